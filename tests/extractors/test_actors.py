"""Parties: names, abbreviations, forces, groups; and what is no party."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

NAMES = [
    # sentence, words, id
    ("ISIS fighters attacked a post.", "ISIS fighters", "is"),
    ("The Syrian Democratic Forces took the dam.", "Syrian Democratic Forces", "sy-sdf"),
    ("The Wagner Group left Bangui.", "Wagner Group", "ru-wagner"),
    ("Boko Haram raided a village.", "Boko Haram", "ng-jas"),
    ("The M23 took Rutshuru.", "M23", "cd-m23"),
    ("The Rapid Support Forces shelled a market.", "Rapid Support Forces", "sd-rsf"),
    ("Hezbollah fired rockets at Haifa.", "Hezbollah", "lb-hezbollah"),
    ("The Taliban entered Kunduz.", "Taliban", "af-taliban"),
    ("Guerrillas of the ELN kidnapped a mayor.", "ELN", "co-eln"),
    ("The army clashed with the New People's Army.", "New People's Army", "ph-npa"),
    ("The town is held by IS.", "IS", "is"),
    ("Al-Shabaab claimed the attack in Mogadishu.", "Al-Shabaab", "so-shabaab"),
]
LOCAL = [
    # sentence, words, id: short names where their country is spoken of
    ("RCD rebels left Goma in Congo.", "RCD rebels", "ucdp-424"),
    ("In Angola, UNITA shelled Kuito.", "UNITA", "ucdp-567"),
    ("Gunmen of Los Ardillos shot a mayor in Mexico.", "Los Ardillos", "ucdp-6009"),
    ("Misseriya militiamen raided Abyei, Sudan.", "Misseriya militiamen", "ucdp-1025"),
    ("Nuer fighters burned huts in South Sudan.", "Nuer fighters", "ucdp-660"),
    ("The Abgal clan seized a well in Somalia.", "Abgal clan", "ucdp-1028"),
]
NOT_LOCAL = [
    # short names where another country is spoken of, or none; peoples that are not armed
    "The RCD was rolled out to all shops in Spain.",
    "UNITA sells shoes.",
    "A shop called Los Ardillos opened in Italy.",
    "Nuer fighters lost.",
    "Dinka villagers left for Juba, South Sudan.",
    "The Hausa language is spoken in Nigeria.",
    "The European Union sent aid to the Central African Republic.",
    "Tama is a town in Chad.",
    "The Lumad of the Philippines sang.",
    "A PRC diplomat met the mayor in Israel.",
    "The Ninjas won the cup in Canada.",
]
STATES = [
    # sentence, words, country
    ("Turkish forces crossed the border.", "Turkish forces", "TR"),
    ("Ukrainian troops shelled a depot.", "Ukrainian troops", "UA"),
    ("Nigerien soldiers shot two men.", "Nigerien soldiers", "NE"),
    ("Pakistani police arrested 12 people.", "Pakistani police", "PK"),
    ("The Ethiopian military struck a market.", "Ethiopian military", "ET"),
    ("The Congolese army left Goma.", "Congolese army", "CD"),
    ("The Armed Forces of the Philippines shelled a camp.", "Armed Forces of the Philippines",
     "PH"),
    ("The Myanmar junta bombed a school.", "Myanmar junta", "MM"),
    ("Israel bombed a depot near Damascus.", "Israel", "IL"),
    ("Russia struck a power plant in Kharkiv.", "Russia", "RU"),
    ("Turkey bombed a camp in Sinjar.", "Turkey", "TR"),
]  # fmt: skip
GROUPS = [
    # sentence, words, kind
    ("Gunmen stormed a church.", "Gunmen", "political militia"),
    ("Suspected jihadists burned a village.", "Suspected jihadists", "rebel group"),
    ("Protesters threw stones at a bank.", "Protesters", "protesters"),
    ("Tribesmen fought over a well.", "Tribesmen", "identity militia"),
    ("Government forces retook the town.", "Government forces", "state forces"),
    ("Rebel fighters entered Bria.", "Rebel fighters", "rebel group"),
    ("Rebel forces entered Bria.", "Rebel forces", "rebel group"),
    ("The opposition forces left the town.", "opposition forces", "rebel group"),
    ("The air force bombed a camp.", "air force", "state forces"),
    ("A suicide bomber struck a market.", "suicide bomber", "political militia"),
    ("Police closed the road.", "Police", "state forces"),
    ("Looters broke into a shop.", "Looters", "rioters"),
    ("Civilians left the town.", "Civilians", "civilians"),
    ("Unidentified armed men shot a driver.", "Unidentified armed men", "political militia"),
    ("Several armed men entered the bank.", "armed men", "political militia"),
]
CIVILIANS = [
    ("Three farmers were shot in Benue.", "farmers"),
    ("The bomb hit a teacher.", "teacher"),
    ("Villagers left.", "Villagers"),
    ("Gunmen killed the village head.", "village head"),
    ("The traditional ruler was abducted.", "traditional ruler"),
]
NO_PARTY = [
    "The airport is open and he is safe.",
    "Reuters reported that two men died.",
    "A Rudaw reporter saw the attack.",
    "Al Jazeera and the BBC reported the attack.",
    "SOHR said that 12 people died.",
    "Is the road open, and will it stay so?",
    "The house burned for two hours.",
    "The price of bread doubled.",
    "In front of the house stood a car.",
    "The road to Wase Local Government Area is open.",
    "The company head spoke on television.",
    "It was a group of trees.",
    # those who watch and tell
    "The U.K.-based monitoring group counted 23 dead.",
    "A Nigerian civil group said so.",
    "The Turkish rights group was closed.",
]


def actors(nlp: Language, text: str) -> dict[str, object]:
    """Return the parties of a text by their words."""
    doc = nlp(text)
    return {s.text: s._.actor for s in doc.spans["actors"]}


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The train stopped in India. Authorities closed the road.", "India. Authorities"),
        ("In Kenya, police closed the road.", "Kenya, police"),
        ("He left for Ghana; air force jets flew by.", "Ghana; air force"),
    ],
)
def test_actors_end_at_a_stop(nlp: Language, sentence: str, words: str) -> None:
    """A name does not run over a stop or a comma that it does not have itself."""
    found = actors(nlp, sentence)

    assert words not in found
    assert not any(set(text) & set(".,;") for text in found)


def test_actors_keep_the_commas_of_a_name(nlp: Language) -> None:
    """A name that has commas of its own is found with them."""
    found = actors(nlp, "Fighters of Return, Reclamation, Rehabilitation raided Bocaranga.")

    assert found["Return, Reclamation, Rehabilitation"].id == "cf-3r"  # type: ignore[attr-defined] - a mention


@pytest.mark.parametrize(("sentence", "words", "actor_id"), LOCAL, ids=[n[1] for n in LOCAL])
def test_actors_by_local_name(nlp: Language, sentence: str, words: str, actor_id: str) -> None:
    """Abbreviations, short names and peoples' militias are found in their country."""
    assert actors(nlp, sentence)[words].id == actor_id  # type: ignore[attr-defined] - a mention


@pytest.mark.parametrize("sentence", NOT_LOCAL)
def test_actors_by_local_name_elsewhere(nlp: Language, sentence: str) -> None:
    """Outside their country, or without arms, they are no actor of the gazetteer."""
    ids = [a.id for a in actors(nlp, sentence).values()]  # type: ignore[attr-defined] - mentions
    assert [each for each in ids if each and each.startswith("ucdp-")] == []


@pytest.mark.parametrize(("sentence", "words", "actor_id"), NAMES, ids=[n[1] for n in NAMES])
def test_actors_by_name(nlp: Language, sentence: str, words: str, actor_id: str) -> None:
    """A name of the gazetteer is the whole mention, with its id."""
    actor = actors(nlp, sentence)[words]

    assert (actor_id, False) == (actor.id, actor.generic)  # type: ignore[attr-defined]  # ActorMention


@pytest.mark.parametrize(("sentence", "words", "country"), STATES, ids=[s[1] for s in STATES])
def test_actors_of_a_state(nlp: Language, sentence: str, words: str, country: str) -> None:
    """A demonym with a force, and a country as the agent, are the state's forces."""
    actor = actors(nlp, sentence)[words]

    assert (country, "state forces") == (actor.country_code, actor.kind)  # type: ignore[attr-defined]  # ActorMention


@pytest.mark.parametrize(("sentence", "words", "kind"), GROUPS, ids=[g[1] for g in GROUPS])
def test_actors_by_description(nlp: Language, sentence: str, words: str, kind: str) -> None:
    """A description is a party without id, by its own words."""
    actor = actors(nlp, sentence)[words]

    assert (None, kind, True) == (actor.id, actor.kind, actor.generic)  # type: ignore[attr-defined]  # ActorMention


@pytest.mark.parametrize(("sentence", "words"), CIVILIANS)
def test_actors_civilian_nouns_are_civilians(nlp: Language, sentence: str, words: str) -> None:
    """Trades and kin are civilians by name."""
    assert actors(nlp, sentence)[words].name == "civilians"  # type: ignore[attr-defined]  # ActorMention


@pytest.mark.parametrize("sentence", NO_PARTY)
def test_actors_of_look_alike_are_none(nlp: Language, sentence: str) -> None:
    """Outlets and monitors are sources; "is" is a verb; things are no parties."""
    assert list(actors(nlp, sentence)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "The Northern Reed Liberation Army (NRLA) attacked a convoy. The NRLA later left.",
            "NRLA",
        ),
        ("The United Valley Defence Front (UVDF) left. Police blamed the UVDF.", "UVDF"),
    ],
)
def test_actors_learn_abbreviations_of_the_article(nlp: Language, text: str, words: str) -> None:
    """An abbreviation in brackets behind a name is that name from then on."""
    doc = nlp(text)

    found = [s._.actor for s in doc.spans["actors"] if s.text == words]

    assert len(found) == 2
    assert {a.name for a in found} == {text[4 : text.index(" (")]}


def test_actors_learn_no_abbreviation_of_a_club(nlp: Language) -> None:
    """Brackets behind the name of a body that is no force define no party."""
    doc = nlp("The Rice Growers Association (RGA) met in Hue.")

    assert all(s._.actor.rule == "organisation (NER)" for s in doc.spans["actors"])


def test_actors_abbreviation_goes_to_the_country_of_the_article(nlp: Language) -> None:
    """A name that several countries share is read in the light of the countries that are named."""
    doc = nlp("In Mali the army left. In Mali and in Gao, Mali, Nigerian soldiers met JNIM.")

    countries = list(doc.user_data["countries"])

    assert countries[:2] == ["ML", "NG"]


def test_actors_do_not_overlap_and_stand_in_order(nlp: Language) -> None:
    """Spans come from left to right, none inside another."""
    doc = nlp("Turkish forces and Free Syrian Army rebels shelled Kurdish YPG fighters near Afrin.")

    spans = list(doc.spans["actors"])

    assert len(spans) > 1
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
