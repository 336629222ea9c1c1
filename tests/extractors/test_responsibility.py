"""Claims of responsibility, blame and accusation: who is said to have done it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from incidents.extractors.responsibility import find_responsible
from incidents.model import Article

if TYPE_CHECKING:
    from spacy.language import Language

    from incidents.extractors.pipeline import Extractor

pytestmark = pytest.mark.model

# sentence, heads of those who are held or hold themselves responsible
RESPONSIBLE = [
    # claims
    ("Al-Shabaab claimed responsibility for the attack.", ["Shabaab"]),
    ("The Taliban have claimed responsibility for the bombing in Kunduz.", ["Taliban"]),
    ("The ELN and a rival gang claimed responsibility.", ["ELN", "gang"]),
    ("Jaish al-Adl, a Sunni militant group, claimed responsibility for the ambush.", ["Adl"]),
    ("The rebels accepted responsibility for the raid.", ["rebels"]),
    ("The army admitted responsibility for the strike.", ["army"]),
    (
        "The movement accuses Malian soldiers and Wagner mercenaries of killing 24 civilians.",
        ["soldiers", "mercenaries"],
    ),
    ("The rebels claimed responsibility for the blast that killed many people.", ["rebels"]),
    ("Responsibility was claimed by the ELN.", ["ELN"]),
    # blame
    ("Police blamed Boko Haram for the attack.", ["Haram"]),
    ("The attack was blamed on cattle rustlers.", ["rustlers"]),
    ("Separatists were blamed for the ambush.", ["Separatists"]),
    ("Police blamed the attack on Boko Haram.", ["Haram"]),
    ("Residents blamed the killings on soldiers and militiamen.", ["soldiers", "militiamen"]),
    ("The group blamed the M23.", ["M23"]),
    ("The governor blamed bandits.", ["bandits"]),
    # claims of the deed itself
    ("The Islamic State group claimed the attack on Monday.", ["group"]),
    ("The raid was claimed by the Taliban.", ["Taliban"]),
    ("Boko Haram said that it was behind the bombing.", ["it"]),
    ("The attack was claimed by the Islamic State.", ["State"]),
    # attribution and suspicion
    ("The army held the rebels responsible for the killings.", ["rebels"]),
    ("Police suspect the PKK of planting the bomb.", ["PKK"]),
    ("Aid workers attribute the shelling to the RSF.", ["RSF"]),
    ("A raid linked to the Taliban hit a base.", ["Taliban"]),
    ("The ministry held the Houthis responsible.", ["Houthis"]),
    ("Investigators suspect the cartel or a local gang.", ["cartel", "gang"]),
    # accusations
    ("Relatives of the dead accused the federal government of the strike.", ["government"]),
    ("The army has been accused of bombing the school.", ["army"]),
    ("The mayor accused the army of shelling the market.", ["army"]),
    ("Ukraine accused Russia of bombing a hospital.", ["Russia"]),
]
NOBODY = [
    # negated and denied
    "No group has claimed responsibility for the attack.",
    "No group claimed responsibility.",
    "Neither side claimed responsibility.",
    "No one has claimed responsibility.",
    "Nobody claimed responsibility for the bombing.",
    "None of the groups claimed responsibility.",
    "The Taliban did not claim responsibility for the blast.",
    "Responsibility for the attack has not been claimed.",
    "There was no immediate claim of responsibility.",
    "Normally, the outlawed group claims responsibility for attacks.",
    "The group claims responsibility for most of the attacks in the north.",
    "Al-Shabaab has claimed several bombings in the past.",
    "The rebels denied responsibility for the attack.",
    "The army denied accusations that it shelled the market.",
    # unknown
    "It was not clear who was behind the attack.",
    "It is unclear which group was to blame.",
    # other senses
    "The president blamed a surge in prices.",
    "The opposition blamed the government.",
    "The driver behind the wheel was tired.",
    "The report linked the shortage to the drought.",
    "The minister took responsibility for the budget.",
    "The mayor accused the council of waste.",
    "He accepted the blame for the defeat.",
    "She claimed the prize.",
    "The flood claimed 12 lives.",
]
THING = "what is blamed need not be anybody"
BUGS = [
    ("The group said it was behind the attack.", ["group"], "'be behind' is unknown"),
    ("The Islamic State said it carried out the bombing.", ["State"],
     "'it' is not traced to the speaker"),
    ("A claim of responsibility came from the ELN.", ["ELN"], "claims as a noun are unknown"),
    ("The militia has yet to claim responsibility.", [], "'has yet to' does not negate"),
    ("Police blamed bad weather for the crash.", [], THING),
    ("The firm blamed the delay on rain.", [], THING),
]  # fmt: skip

BLAST = "A car bomb killed nine people in Mogadishu on Monday."
# what follows on the blast, those who did it
FOLLOWED_BY = [
    ("Al-Shabaab claimed responsibility for the blast.", {"so-shabaab"}),
    ("Al-Shabaab claimed the attack.", {"so-shabaab"}),
    ("Al-Shabaab said it was behind the attack.", {"so-shabaab"}),
    ("The government blamed Al-Shabaab for the blast.", {"so-shabaab"}),
    ("The government blamed the blast on Al-Shabaab.", {"so-shabaab"}),
    ("No group has claimed responsibility.", set()),
    ("Al-Shabaab denied responsibility.", set()),
]


def responsible(nlp: Language, sentence: str) -> list[str]:
    """Return the heads of those who are held responsible."""
    doc = nlp(sentence)
    return [token.text for sent in doc.sents for token in find_responsible(sent)]


def initiators(extractor: Extractor, text: str) -> list[set[str]]:
    """Return those who did it, by id where there is one, a report."""
    article = Article(id="a", text=text, published=dt.date(2019, 3, 20))
    return [
        {a.id or a.name for a in report.actors if a.role == "initiator"}
        for report in extractor.extract(article)
    ]


@pytest.mark.parametrize(("sentence", "heads"), RESPONSIBLE, ids=[r[0] for r in RESPONSIBLE])
def test_find_responsible_gives_who_claims_or_is_blamed(
    nlp: Language, sentence: str, heads: list[str]
) -> None:
    """Who claims an attack, and who is blamed for it or accused of it, is named."""
    assert heads == responsible(nlp, sentence)


@pytest.mark.parametrize("sentence", NOBODY)
def test_find_responsible_of_look_alike_is_nobody(nlp: Language, sentence: str) -> None:
    """Claims that nobody made, denials and other senses of the words name nobody."""
    assert responsible(nlp, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "heads"),
    [
        pytest.param(
            *b, id=b[0], marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=r)
        )
        for *b, r in BUGS
    ],
)
def test_find_responsible_of_harder_sentence(
    nlp: Language, sentence: str, heads: list[str]
) -> None:
    """Known failures: claims and blame that are missed, or read where there are none."""
    assert heads == responsible(nlp, sentence)


@pytest.mark.parametrize(("sentence", "expected"), FOLLOWED_BY, ids=[f[0] for f in FOLLOWED_BY])
def test_responsible_are_the_initiators_of_the_attack_told_before(
    extractor: Extractor, sentence: str, expected: set[str]
) -> None:
    """Who claims an attack or is blamed for it did it; who denies it did not."""
    assert [expected] == initiators(extractor, f"{BLAST} {sentence}")


def test_responsible_accuser_is_no_party(extractor: Extractor) -> None:
    """Who accuses somebody of an attack tells of it, and did not do it."""
    text = (
        "A rocket hit a market in Kramatorsk on Monday, killing three people."
        " Ukraine accused Russia of targeting civilians."
    )

    (found,) = initiators(extractor, text)

    assert "Ukraine" not in found
