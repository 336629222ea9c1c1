"""The triage: what must be parsed, what need not be, and offsets of what was cut out."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.extractors.excerpts import cut_out, split_sentences, whole
from incidents.extractors.triage import Triage
from incidents.extractors.triage_score import Scan
from incidents.extractors.triage_words import forms_of, scanned_words
from incidents.gazetteer import Gazetteer
from incidents.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language

    from incidents.extractors.pipeline import Extractor

GOLD = Path(__file__).parent.parent / "gold"
SETS = sorted(path.stem for path in GOLD.glob("*.jsonl"))

# Sentences that tell of an incident, one or more of each kind and way of telling.
TELLING = (
    # kinds of event
    "Two soldiers were killed when their patrol was ambushed near Menaka on Monday.",
    "Warplanes bombed a market in the town of Sarmin, local residents said.",
    "A suicide bomber blew himself up at the gate of the police academy in Kabul.",
    "Shells fell on the eastern outskirts of the town overnight.",
    "Attackers hurled a grenade into a bar in Bujumbura, wounding six.",
    "A roadside bomb exploded as a bus passed through the Diffa area.",
    "Deminers cleared a minefield after a farmer stepped on a landmine in Hays.",
    "Chlorine was dropped on the suburb from a helicopter, doctors said.",
    "Gunmen abducted a priest from his home in Kaduna state.",
    "The herders were led away into the forest by armed men.",
    "Security forces arrested eleven suspected militants in Derna.",
    "Police rounded up dozens of students after the rally.",
    "Thousands marched through Conakry to demand new elections.",
    "Police fired tear gas to disperse demonstrators in Lomé.",
    "Rioters burned tyres and threw stones at officers in Jos.",
    "A mob lynched two men accused of theft in Petauke.",
    "The government and the rebels signed a ceasefire agreement in Juba.",
    "The two sides exchanged forty prisoners on Sunday.",
    "Rebels released eight hostages after a month in captivity.",
    "Militiamen looted shops and set houses ablaze in the village.",
    "Raiders drove off 300 head of cattle from a camp near Pibor.",
    "A soldier raped two women who were collecting firewood near the camp.",
    "The army set up a new base on the hill above the town.",
    "Fighters seized the district headquarters without a fight.",
    "Government troops recaptured the town of Bambari from the rebels.",
    "The army withdrew from its positions around the airport.",
    "Forty fighters surrendered and laid down their arms in Goma.",
    "Air defences shot down three drones over the port.",
    "Sappers defused a car bomb outside the court.",
    "Hundreds of families fled their homes after the clashes.",
    "Officers seized power in a coup and closed the borders.",
    # ways of telling
    "The death toll from the attack rose to 12.",
    "Five bodies were found with bullet wounds beside the road.",
    "Gunmen Storm Village, Kill Nine Farmers",
    "SIX DEAD AS MILITANTS ATTACK CONVOY IN SAHEL",
    "The clashes left at least 20 people dead and dozens wounded.",
    "Residents reported heavy gunfire and explosions through the night.",
    "The killing of the mayor by unknown gunmen shocked the town.",
    "Three policemen have been shot dead in Karachi.",
    "Hamas fired rockets at Ashkelon.",
    "The neighbourhood was shelled for a second day.",
    "Paramilitaries have laid siege to the city of El Fasher.",
    "Neutralised: the army says it killed four insurgents.",
    "Demonstrators clashed with the gendarmerie in the harbour quarter.",
)
# Words of violence in everyday news.
EVERYDAY = (
    "The delegates killed time with a game of cards before the vote.",
    "The striker shot wide from close range in the second half.",
    "The hearing turned into a clash of opinions over the budget.",
    "Stocks plunged on Tuesday after the bank raised its rates.",
    "Both clubs are in a battle for the title with three games left.",
    "The captain led the team onto the pitch at noon.",
    "Her new film opens in cinemas on Friday.",
    "The company took over a rival for 3 million dollars.",
    "Ministers agreed to extend the deadline for the trade talks.",
    "He was released by the club at the end of the season.",
    "The storm hit the coast and cut power to 4,000 homes.",
    "The orchestra struck a cheerful note at the opening concert.",
    "Scientists released data on the comet gathered by the probe.",
    "Prices at the market fell to their lowest level this year.",
    "Voters gathered at the town hall to hear the candidates.",
    "The museum seized the chance to buy the painting.",
)
FILLER = "The committee will publish its annual review of the library budget next week. "


@pytest.fixture(scope="module")
def triage() -> Triage:
    """The triage with the shipped actors."""
    return Triage(Gazetteer.open())


def rows(name: str) -> list[dict]:
    """The annotated articles of a set."""
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").open(encoding="utf-8")]


@pytest.mark.parametrize("sentence", TELLING)
def test_sentence_of_an_incident_is_kept_in_an_ordinary_article(
    sentence: str, triage: Triage
) -> None:
    """It stands alone in a long article of something else, and is parsed."""
    text = f"{FILLER * 12}\n\n{sentence}\n\n{FILLER * 12}"
    start = text.index(sentence)

    found = triage.passages(text)

    assert any(begin <= start and start + len(sentence) <= end for begin, end in found)


@pytest.mark.parametrize("sentence", EVERYDAY)
def test_everyday_sentence_is_not_parsed(sentence: str, triage: Triage) -> None:
    """Words that are also said of violence do not make an ordinary article worth parsing."""
    assert triage.passages(f"{FILLER * 12}\n\n{sentence}\n\n{FILLER * 12}") == ()


def test_of_an_ordinary_article_only_what_stands_beside_is_parsed(triage: Triage) -> None:
    """The headline and the paragraph's sentences before and behind come with a telling one."""
    telling = "He spoke. Gunmen killed two soldiers near Gao. They fled."
    text = f"Budget review\n\n{FILLER * 20}\n\n{telling}\n\n{FILLER * 20}"

    kept = "".join(text[start:end] for start, end in triage.passages(text))

    assert kept == f"Budget review\n\n{telling}\n\n"


def test_dateline_and_explained_abbreviation_are_parsed_too(triage: Triage) -> None:
    """They say what a kept sentence leaves unsaid."""
    text = (
        f"BANGUI, Central African Republic — {FILLER}{FILLER * 10}\n\n"
        f"The Plain Unity Front (PUF) has a new logo. {FILLER * 10}\n\n"
        f"Fighters of the PUF killed nine villagers near Bria. {FILLER * 12}"
    )

    kept = "".join(text[start:end] for start, end in triage.passages(text))

    assert kept.startswith("BANGUI")
    assert "Plain Unity Front (PUF)" in kept
    assert len(kept) < len(text) / 2


def test_harm_that_the_next_sentence_lays_to_intent_is_kept(triage: Triage) -> None:
    """A collapse is none of ours, unless investigators speak of terrorism."""
    accident = "A blast brought a bridge down on a train, killing seven passengers."
    text = f"{FILLER * 12}\n\n{accident} {{}}\n\n{FILLER * 12}"

    assert triage.passages(text.format("Investigators treat it as an act of terrorism."))


@pytest.mark.parametrize("name", SETS)
def test_no_annotated_article_with_incidents_is_passed_over(name: str, triage: Triage) -> None:
    """Recall of articles is 1 on the project's own sets."""
    lost = [
        row["id"] for row in rows(name) if row["incidents"] and not triage.passages(row["text"])
    ]

    assert lost == []


@pytest.mark.model
def test_reports_are_the_same_where_nothing_is_left_out(extractor: Extractor) -> None:
    """And of articles with incidents that are cut, none is lost on the project's own sets."""
    from incidents.extractors.pipeline import Extractor as Plain

    every = Plain(triage=False)
    triage = Triage(Gazetteer.open())
    given = [row for name in SETS for row in rows(name)]
    articles = [Article(id=r["id"], text=r["text"]) for r in given]
    for row, article, expected, found in zip(
        given, articles, every.pipe(articles), extractor.pipe(articles), strict=True
    ):
        if triage.excerpt(article.text) == whole(article.text):
            assert found == expected, article.id
        elif row["incidents"]:  # else a report that is left out is a false alarm less
            assert [r.sub_event_type for r in found] == [r.sub_event_type for r in expected]


@pytest.mark.model
def test_offsets_of_a_cut_article_point_into_its_text(extractor: Extractor) -> None:
    """Evidence and casualties count in the article as it is stored, not in what was parsed."""
    text = (
        f"Budget review\n\n{FILLER * 20}\n\nGunmen killed two soldiers near Gao on Monday. "
        f"{FILLER * 9}\n\n{FILLER * 9}Six farmers were wounded in a mortar attack on Menaka, Mali."
        f" {FILLER * 9}"
    )

    reports = extractor.extract(Article(id="a", text=text))

    assert len(Triage(Gazetteer.open()).passages(text)) > 2
    assert [c.mention for r in reports for c in r.casualties] == [
        "killed two soldiers",
        "Six farmers were wounded",
    ]
    for report in reports:
        assert all(text[e.start : e.end] == e.text for e in report.evidence)
        assert all(text[c.start : c.end] == c.mention for c in report.casualties)


@pytest.mark.model
def test_article_without_incidents_is_not_parsed(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its text never reaches the language model; an article behind it keeps its own reports."""
    seen: list[str] = []
    pipe = extractor._nlp.pipe

    def watch(texts: Iterable[Any], **options: Any) -> Any:  # noqa: ANN401 - spaCy's
        given = list(texts)
        seen.extend(str(each[0]) for each in given if isinstance(each, tuple))  # called again
        return pipe(given, **options)

    monkeypatch.setattr(extractor._nlp, "pipe", watch)
    articles = [
        Article(id="a", text=FILLER * 20),
        Article(id="b", text="Gunmen killed three soldiers in Mopti, Mali."),
    ]

    quiet, told = extractor.pipe(articles)

    assert quiet == []
    assert [r.article.id for r in told] == ["b"]
    assert articles[1].text in seen
    assert FILLER.strip() not in "".join(seen)


@given(st.text(alphabet=st.sampled_from("aA.!? \n\t\"'()1é—x"), max_size=400))
def test_sentences_cover_a_text(text: str) -> None:
    """They are its parts, in order, without gaps."""
    cuts = split_sentences(text)

    assert "".join(text[start:end] for start, end in cuts) == text
    assert all(start < end for start, end in cuts)


PARTS = st.sampled_from([FILLER, *TELLING, *EVERYDAY, "\n", "\n\n", " ", "(PUF) ", "PUF ", "Mr. "])


@settings(max_examples=50)
@given(st.lists(st.one_of(PARTS, st.text(max_size=30)), max_size=40).map("".join))
def test_passages_are_sorted_disjoint_and_inside(text: str) -> None:
    """Whatever the text is; and each character of the excerpt is the article's, or a line end."""
    triage = _triage()
    found = triage.passages(text)
    edges = [edge for passage in found for edge in passage]
    excerpt = cut_out(text, found)

    assert edges == sorted(edges)
    assert all(start < end for start, end in found)
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(text))
    assert all(
        char == "\n" or text[excerpt.offset(i)] == char for i, char in enumerate(excerpt.text)
    )


def _triage() -> Triage:
    """One for all examples of a property."""
    if not _KEPT:
        _KEPT.append(Triage(Gazetteer.open()))
    return _KEPT[0]


_KEPT: list[Triage] = []


_SECONDS = 20  # a tenth of one, on a machine that is not busy


@pytest.mark.parametrize(
    "text",
    [
        "." * 50_000,
        "a. " * 20_000,
        "(AB) " * 10_000,
        "\n" * 50_000,
        "fire " * 10_000,
        " ." * 25_000,
    ],
)
def test_hostile_text_is_read(text: str, triage: Triage) -> None:
    """Long runs of the same cost no more than other text; with more, this takes minutes."""
    began = time.process_time()

    triage.passages(text)

    assert time.process_time() - began < _SECONDS


def test_forms_of_words() -> None:
    """Regular endings by rule, others by the data file."""
    assert forms_of("shoot") >= {"shoot", "shoots", "shot", "shooting"}
    assert forms_of("abduct") >= {"abducted", "abducting", "abducts"}
    assert forms_of("gunman") >= {"gunman", "gunmen"}
    assert forms_of("kidnap") >= {"kidnapped", "kidnapping"}
    assert forms_of("seize") >= {"seized", "seizing"}
    assert forms_of("ied") >= {"ied", "ieds"}


@pytest.mark.model
def test_scan_knows_the_forms_that_the_lemmatizer_knows(nlp: Language) -> None:
    """Where the model sees a word of the lists in the project's articles, the scan does too."""
    words = scanned_words()
    texts = [row["text"] for name in SETS for row in rows(name)]
    missed = {
        (token.lower_, token.lemma_.lower())
        for doc in nlp.pipe(texts, disable=["parser", "ner", *_own(nlp)])
        for token in doc
        if token.pos_ in {"VERB", "NOUN"} and token.lower_.isalpha()
        if token.lemma_.lower() in words.cues
        and token.lemma_.lower() not in words.lemmas.get(token.lower_, ())
    }

    assert missed == set()


def _own(nlp: Language) -> list[str]:
    return [name for name in nlp.pipe_names if name.startswith("incidents_")]


def test_own_actors_count() -> None:
    """A sentence that names an armed group scores higher than one that names a club."""
    scan = Scan(Gazetteer.open())

    assert "people:named" in scan.read("Hezbollah fired at the post.").cues
    assert "people:named" not in scan.read("The club is open.").cues
