"""Places: what is found, what it resolves to, and what is not where something happened."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

PLACES = [
    # sentence, words, name, country
    ("A bomb exploded near Gao.", "Gao", "Gao", "ML"),
    ("Rebels seized Goma, the capital of North Kivu.", "Goma", "Goma", "CD"),
    ("Rebels seized Goma, the capital of North Kivu.", "North Kivu", "North Kivu", "CD"),
    ("A blast rocked a market in Maiduguri, Borno State.", "Maiduguri", "Maiduguri", "NG"),
    ("A blast rocked a market in Maiduguri, Borno State.", "Borno State", "Borno", "NG"),
    ("A rocket landed in Sderot.", "Sderot", "Sderot", "IL"),
    ("The armed forces attacked a post in Buea.", "Buea", "Buea", "CM"),
    ("A mine went off on the road between Djibo and Ouahigouya.", "Djibo", "Djibo", "BF"),
    ("A mine went off on the road between Djibo and Ouahigouya.", "Ouahigouya", "Ouahigouya",
     "BF"),
    ("A drone hit a house in Zaporizhzhia oblast.", "Zaporizhzhia oblast", "Zaporizhzhia", "UA"),
    ("Clashes broke out in the village of Tel Tamer.", "Tel Tamer", "Tell Tamer", "SY"),
    ("Israel struck Damascus.", "Damascus", "Damascus", "SY"),
    # one place with an "and" in its name
    ("A clash in Jammu and Kashmir killed two.", "Jammu and Kashmir", "Jammu and Kashmir", "IN"),
    ("Clashes in Homs and Aleppo killed two.", "Homs", "Homs", "SY"),
    # what people cannot suffer, though the NER sees a person
    ("Rebel bombardment of Kherson killed at least four people.", "Kherson", "Kherson", "UA"),
    ("The army said it had retaken Sabha, killing 15 rebels.", "Sabha", "Sabha", "LY"),
    ("Floods displaced 3,000 people in Assam on Monday.", "Assam", "Assam", "IN"),
    ("Gunmen stormed a bank in the Tay neighborhood of Qamishli.", "Tay neighborhood", "Tay",
     "SY"),
    ("Gunmen stormed a bank in the Tay neighborhood of Qamishli.", "Qamishli", "Qamishli", "SY"),
    # a kind word at the end of a list is each name's own
    ("Drones hit the Kharkiv and Poltava regions.", "Poltava regions", "Poltava", "UA"),
    # parts of a country without a name
    ("The navy hit a boat off the Somali coast.", "Somali coast", "Somalia", "SO"),
    ("Police broke up a rally in the Sudanese capital.", "Sudanese capital", "Sudan", "SD"),
    ("Rebels shot down a jet in the Peruvian jungle.", "Peruvian jungle", "Peru", "PE"),
]  # fmt: skip
KINDS = [
    ("Gunmen shot a guard in Kabul.", "Kabul", "city"),
    ("Shelling hit Kharkiv.", "Kharkiv", "city"),
    ("Soldiers fired at cars on Haifa Street in Baghdad.", "Haifa Street", "street"),
    ("Police met marchers at Tahrir Square in Cairo.", "Tahrir Square", "roundabout"),
    (
        "Gunmen stormed a bank in the Tay neighborhood of Qamishli.",
        "Tay neighborhood",
        "neighbourhood",
    ),
    ("A drone hit a house in Zaporizhzhia oblast.", "Zaporizhzhia oblast", "admin1"),
    ("Drones hit the Kharkiv and Poltava regions.", "Kharkiv", "admin1"),
    ("Rebels raided a farm in the province of Soum in Burkina Faso.", "Soum", "admin2"),
    ("Rebels raided a farm in the city of Mopti in Mali.", "Mopti", "city"),
    ("Drones hit Kharkiv and a warehouse in the Poltava region.", "Kharkiv", "city"),
]
NEAR = [
    ("A bomb exploded near Gao.", "Gao", True),
    ("Shells hit the outskirts of Kharkiv.", "Kharkiv", True),
    ("The convoy was ambushed 20 km north of Mopti.", "Mopti", True),
    ("Police raided two houses in the Zvornik area.", "Zvornik area", True),
    ("A bomb exploded in Gao.", "Gao", False),
]
EXCLUDED = [
    ("NAIROBI, Kenya — Gunmen killed two men in Garissa on Monday.", "NAIROBI", "dateline"),
    ("NAIROBI, Kenya — Gunmen killed two men in Garissa on Monday.", "Garissa", None),
    ("GENEVA (Reuters) - Shelling killed five people in Aleppo on Monday.", "GENEVA", "dateline"),
    ("GENEVA (Reuters) - Shelling killed five people in Aleppo on Monday.", "Aleppo", None),
    ("He came from Lagos.", "Lagos", "origin"),
    ("Washington condemned the attack in Kabul.", "Washington", "metonym"),
    ("Washington condemned the attack in Kabul.", "Kabul", None),
    ("Missiles from the airspace of Belarus hit Kyiv.", "Belarus", "origin"),
    ("Missiles from the airspace of Belarus hit Kyiv.", "Kyiv", None),
    ("The airspace of Belarus was closed.", "Belarus", None),
    ("A rocket hit the U.S. embassy in Baghdad.", "U.S.", "nationality"),
    ("A rocket hit the U.S. embassy in Baghdad.", "Baghdad", None),
    ("A rocket hit a school in the U.S. on Monday.", "U.S.", None),
    ("Gunmen killed a man in Kidal, 285 km (177 miles) north of Gao.", "Gao", "bearing"),
    ("Gunmen killed a man in Kidal, 285 km (177 miles) north of Gao.", "Kidal", None),
    ("Gunmen killed a man 285 km north of Gao.", "Gao", None),
    ("Gunmen killed a man in Kidal, 20 km from the border, and one in Gao.", "Gao", None),
    ("A mine killed a man in Kidal, according to Bamako.", "Bamako", "source"),
    ("A mine killed a man in Kidal, according to Bamako.", "Kidal", None),
    ("The ministry in Bamako said that a mine killed a man in Kidal.", "Bamako", "seat"),
    ("The ministry in Bamako said that a mine killed a man in Kidal.", "Kidal", None),
    ("The ministry in Bamako said that a mine killed a man.", "Bamako", None),
    ("The police in Gao said that a mine killed a man in Kidal.", "Gao", None),
    ("Armed men killed a farmer near the Ugandan border.", "Ugandan", "nationality"),
    ("The general told reporters in Gao that a mine killed a man in Kidal.", "Gao", "source"),
    ("The general told reporters in Gao that a mine killed a man in Kidal.", "Kidal", None),
    ("A nurse confirmed the raid to journalists on Monday in Gao.", "Gao", "source"),
    ("Speaking at a news conference in Gao, he said a mine killed a man.", "Gao", "source"),
    ("Gunmen attacked journalists in Gao on Monday.", "Gao", None),
    ("Soldiers opened fire on reporters in Gao.", "Gao", None),
    ("Gunmen shot at a car next to reporters in Gao.", "Gao", None),
    ("A grenade was thrown at a press conference in Gao.", "Gao", None),
]
NOWHERE = [
    # names of parties
    "The Islamic State in Iraq and Syria attacked a post.",
    "The Kachin Independence Army attacked a post.",
    "The Armed Forces of the Philippines attacked a post.",
    "Nigerian soldiers attacked a post.",
    # people
    "Mr Washington was wounded by a shell.",
    "Victoria was shot by her brother.",
    "The capture of Guzman ended the search.",
    "The bombing of Rawlings' house was condemned.",
    # common words, days and months
    "He said that March was calm and that the Police were of no use.",
    "The Army met the Government.",
    "On Friday the Minister spoke of Peace.",
    "The Bridge fell.",
    "The mayor spoke on Monday.",
    # peoples that own no scene
    "Three soldiers were killed near the Somali border.",
    "The Somali coast guard attacked a boat.",
    "The Sudanese capital was calm.",
    "He spoke of the Peruvian jungle.",
    "A shell hit a Syrian family.",
    # outlets
    "The Washington Post and the Kyiv Independent reported it.",
]
BUGS = [
    ("Villagers fled to Bunia.", ("Bunia", "city"), ("'to' is no preposition of place, and the NER"
     " misses the name")),
    ("Rebels attacked Bambari and Bria.", ("Bria", "city"), ("towns as objects are found only where"
     " the NER sees them")),
]  # fmt: skip


def places(nlp: Language, text: str) -> dict[str, Any]:
    """Return the places of a text by their words."""
    doc = nlp(text)
    return {s.text: s._.place for s in doc.spans["places"]}


@pytest.mark.parametrize(
    ("sentence", "words", "name", "country"), PLACES, ids=[f"{p[1]} in {p[0]}" for p in PLACES]
)
def test_places_resolve_to_the_gazetteer(
    nlp: Language, sentence: str, words: str, name: str, country: str
) -> None:
    """A name is the whole mention, and stands for a place in the right country."""
    mention = places(nlp, sentence)[words]

    assert mention.place is not None
    assert (name, country) == (mention.name, mention.place.country_code)


@pytest.mark.parametrize(("sentence", "words", "kind"), KINDS)
def test_places_have_the_kind_of_their_kind_word_or_entry(
    nlp: Language, sentence: str, words: str, kind: str
) -> None:
    """A word such as street says what the name is; a bare name is the city, not its province."""
    assert places(nlp, sentence)[words].kind == kind


@pytest.mark.parametrize(("sentence", "words", "near"), NEAR)
def test_places_say_whether_it_was_near(
    nlp: Language, sentence: str, words: str, *, near: bool
) -> None:
    """A place behind "near", "outskirts" or a distance was not quite where it happened."""
    assert places(nlp, sentence)[words].near is near


@pytest.mark.parametrize(("text", "words", "why"), EXCLUDED)
def test_places_are_excluded_where_nothing_happened(
    nlp: Language, text: str, words: str, why: str | None
) -> None:
    """A dateline, an origin and a seat of power are marked with the reason."""
    assert places(nlp, text)[words].excluded == why


@pytest.mark.parametrize("sentence", NOWHERE)
def test_places_of_look_alike_are_none(nlp: Language, sentence: str) -> None:
    """Names of parties, people and outlets and common words are no places."""
    assert list(places(nlp, sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            *b, id=b[0], marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=r)
        )
        for *b, r in BUGS
    ],
)
def test_places_of_harder_sentence(nlp: Language, sentence: str, expected: tuple[str, str]) -> None:
    """Known failures: places that are missed or resolve to the wrong entry."""
    found = [(m.name, m.kind) for m in places(nlp, sentence).values()]

    assert expected in found


def test_places_do_not_overlap_and_stand_in_order(nlp: Language) -> None:
    """Spans come from left to right, none inside another."""
    doc = nlp("Rebels seized Goma, Bukavu and Uvira in South Kivu, near Burundi and Rwanda.")

    spans = list(doc.spans["places"])

    assert len(spans) > 2
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
