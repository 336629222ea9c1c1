"""Did it happen?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incidents.extractors.modality import is_real

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

# The word between the marks is the one that is asked about.
REAL = [
    "Rebels [attacked] the camp.",
    "The army said that rebels [attacked] the camp.",
    "The army claimed that it [killed] six rebels.",
    "Rebels reportedly [killed] two men.",
    "Police said six men were [killed] in the raid.",
    '"They [killed] my son," said a woman.',
    "Rebels [attacked] the camp after the army refused to leave.",
    "After rebels [attacked] the camp, residents wanted to leave.",
    "It is not the first time that rebels [attacked] the camp.",
    "The [raid] ended without casualties.",
    "The president condemned the attack that [killed] six people.",
    "The rebels managed to [kill] two soldiers.",
    "The governor confirmed the [attack].",
    "The town was [attacked] at dawn, and the army may respond.",
    "Soldiers who want peace [killed] a man.",
    "The [attack] came as the army planned to leave.",
    "The mayor died after the [attack] on his house.",
    "Villagers accused the army of [killing] two men.",
    "The police accused rebels of [killing] a mayor on Monday.",
    "Soldiers were able to [kill] two rebels.",
    "Without firing a shot, they [took] the hill.",
    "The rebels [withdrew] without a fight.",
]
UNREAL = [
    # negated
    "Rebels did not [attack] the camp.",
    "Rebels never [attacked] the camp.",
    "Neither side [attacked] the camp.",
    "There was no [attack].",
    "The raid ended without [casualties].",
    "No one was [killed].",
    "Nobody was [wounded] in the blast.",
    # not yet, or never
    "Rebels may [attack] the camp.",
    "Rebels might have [attacked] the camp.",
    "Rebels will [attack] the camp on Friday.",
    "Rebels threatened to [attack] the camp.",
    "Rebels plan to [attack] the camp.",
    "Rebels tried to [attack] the camp.",
    "The group vowed to [strike] again.",
    "Troops were ordered to [attack] the hill.",
    "The army wants to [attack] and kill the rebels.",
    "The army wants to attack and [kill] the rebels.",
    "The police warned of an [attack].",
    "The police prevented an [attack] on the mosque.",
    "Rebels should stop [killing] civilians.",
    # conditions, questions, fears
    "If rebels [attack] the camp, the army will respond.",
    "The mayor asked whether the army [killed] the boys.",
    "Officials feared that rebels [killed] the men.",
    # denied
    "The army denied that rebels [attacked] the camp.",
    "The army denied [attacking] the camp.",
    "The army rejected claims that it [killed] two men.",
    "The governor dismissed reports that gunmen [attacked] the camp.",
    # law and opinion
    "He was convicted of [killing] two tourists.",
    "The president condemned the [attack].",
]
BUGS = [
    ("The army did not say who [attacked] the camp.", True,
     "a question word asserts its clause: somebody attacked"),
    ("Two men were to be [killed] at dawn.", False, "'were to be' is a plan"),
]  # fmt: skip


def real(nlp: Language, marked: str) -> bool:
    """Return what is_real says of the marked word."""
    start = marked.index("[")
    doc = nlp(marked.replace("[", "").replace("]", ""))
    return is_real(next(t for t in doc if t.idx == start))


@pytest.mark.parametrize("marked", REAL)
def test_is_real_is_true_for_what_is_told_as_having_happened(nlp: Language, marked: str) -> None:
    """Asserted, claimed and reported events have happened, whatever stands beside them."""
    assert real(nlp, marked)


@pytest.mark.parametrize("marked", UNREAL)
def test_is_real_is_false_for_what_did_not_happen_or_not_yet(nlp: Language, marked: str) -> None:
    """Negated, planned, feared, conditional and denied events have not happened."""
    assert not real(nlp, marked)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param(
            *b, id=b[0], marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=r)
        )
        for *b, r in BUGS
    ],
)
def test_is_real_of_harder_sentence(nlp: Language, marked: str, *, expected: bool) -> None:
    """Known failures: events taken for real that are not, and the other way round."""
    assert expected == real(nlp, marked)
