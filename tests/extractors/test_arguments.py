"""Who did it and to whom, from the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incidents.extractors.arguments import agents_of, light_verbs, patients_of
from incidents.extractors.syntax import is_verbal

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

# The marked word is the trigger; then its agents, its patients.
ROWS: list[tuple[str, list[str], list[str]]] = [
    # verbs
    ("Rebels [attacked] a base.", ["Rebels"], ["base"]),
    ("A base was [attacked] by rebels.", ["rebels"], ["base"]),
    ("A base was [attacked].", [], ["base"]),
    (
        "Rebels and bandits [attacked] a base and a school.",
        ["Rebels", "bandits"],
        ["base", "school"],
    ),
    ("The rebels, who [attacked] the camp, fled.", ["rebels"], ["camp"]),
    ("Rebels entered the town and [killed] a judge.", ["Rebels"], ["judge"]),
    ("Rebels stormed a post, [killing] six guards.", ["Rebels"], ["guards"]),
    ("Soldiers [fired] at a car.", ["Soldiers"], ["car"]),
    ("Six men [killed] by rebels were buried.", ["rebels"], ["men"]),
    ("Rebels began to [shell] the town.", ["Rebels"], ["town"]),
    ("Rebels used a drone to [attack] a base.", ["Rebels"], ["base"]),
    ("Men armed with machetes [killed] two guards.", ["Men"], ["guards"]),
    ("The post fell, with six guards [killed].", [], ["guards"]),
    # nouns
    ("Soldiers fled an [attack] that rebels made on a column.", ["rebels"], ["column"]),
    ("The [attack], which killed ten, was condemned.", [], ["ten"]),
    ("The [attack] on the village by rebels failed.", ["rebels"], ["village"]),
    ("Rebels launched an [attack] on a school.", ["Rebels"], ["school"]),
    ("Rebels carried out a [raid] against a post.", ["Rebels"], ["post"]),
    ("The rebels' [attack] on the post failed.", ["rebels"], ["post"]),
    ("Rebel [attacks] on villages continued.", ["Rebel"], ["villages"]),
    ("The [killing] of a priest by gunmen was filmed.", ["gunmen"], ["priest"]),
    ("An [ambush] by gunmen killed six soldiers.", ["gunmen"], ["soldiers"]),
    ("An [attack] targeting a convoy failed.", [], ["convoy"]),
    # "one of", "a wave of"; the agent behind what stands between; whose the town was
    ("The rebels launched one of the largest drone [attacks] on Gao.", ["rebels"], ["Gao"]),
    ("The rebels began a wave of [attacks] on villages.", ["rebels"], ["villages"]),
    ("A judge was [shot] and killed by gunmen in Gao.", ["gunmen"], ["judge"]),
    ("A judge and his son were [killed] in firing by gunmen.", ["gunmen"], ["judge", "son"]),
    ("A bomb was [found] in a house in Ramadi by soldiers.", ["soldiers"], ["bomb"]),
    ("The army [retook] the town of Bama from Boko Haram.", ["army"], ["town", "Haram"]),
    ("Two people were wounded in Hezbollah [shelling] of a farm.", ["Hezbollah"], ["farm"]),
    ("Soldiers [repelled] an attack by rebels.", ["rebels"], ["Soldiers"]),
    ("Men believed to be rebels [attacked] a village.", ["Men"], ["village"]),
    # look-alikes: what stands near is no agent
    ("A judge was [killed] in a road near a house built by soldiers.", [], ["judge"]),
    ("The army [took] food from the town.", ["army"], ["food"]),
]


def _ask(nlp: Language, marked: str, question: object) -> list[str]:
    start = marked.index("[")
    doc = nlp(marked.replace("[", "").replace("]", ""))
    root = next(t for t in doc if t.idx == start)
    return [t.text for t in question(root)]  # type: ignore[operator]  # one of the module's functions


@pytest.mark.parametrize(("marked", "agents", "patients"), ROWS, ids=[r[0] for r in ROWS])
def test_agents_and_patients_of_trigger(
    nlp: Language, marked: str, agents: list[str], patients: list[str]
) -> None:
    """Active, passive, relative, joined, light-verb and nominal syntax give the same roles."""
    assert agents == _ask(nlp, marked, agents_of)
    assert patients == _ask(nlp, marked, patients_of)


def test_is_verbal_tells_participles_from_nouns(nlp: Language) -> None:
    """Verbs and participles take arguments of their own; nouns do not."""
    doc = nlp("Rebels attacked the camp, killing six guards.")

    assert [t.text for t in doc if is_verbal(t)] == ["attacked", "killing"]


@pytest.mark.parametrize("verb", sorted(light_verbs()))
def test_light_verb_is_one_word_in_lower_case(verb: str) -> None:
    """Light verbs are compared with single lemmas."""
    assert verb == verb.lower().split()[0]
