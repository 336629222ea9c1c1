"""What decides the type when one sentence alone does not: its objects, and what stands around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    TypesOf = Callable[[str], list[str]]

pytestmark = pytest.mark.model

# article, sub-event types of its reports: what one sentence alone does not decide
ARTICLES: list[tuple[str, list[str]]] = [
    # a strike whose means another sentence names
    (
        "A Russian missile strike on a mill in Nikopol on Monday killed four people. A separate"
        " strike killed two officers in Sumy.",
        ["Shelling/artillery/missile attack", "Shelling/artillery/missile attack"],
    ),
    # arms named far down decide nothing
    (
        "Militants attacked an army camp near Ansongo on Monday. The attack began at dawn. Eleven"
        " soldiers were killed in the attack, the army said. The attack lasted six hours. Troops"
        " launched a counterattack under the cover of airstrikes.",
        ["Armed clash"],
    ),
    # who was killed in an aircraft that was shot down
    (
        "A military plane was shot down by rebels near Kadugli on Monday, killing five soldiers.",
        ["Armed clash"],
    ),
    # what was intercepted was no attack
    (
        "Air defences shot down 40 drones launched by Russia at Odesa on Monday.",
        ["Disrupted weapons use"],
    ),
    # what only says why, where or after what
    (
        "Police arrested six men in Durban on Monday on suspicion of murder and kidnapping.",
        ["Arrests"],
    ),
    (
        "A man was stabbed in an attack at a demonstration in Ghent on Monday and badly wounded.",
        ["Attack"],
    ),
    (
        "Soldiers executed 20 men in Tartus on Monday after clashes broke out in the town.",
        ["Attack"],
    ),
    # the attacker who is shot at the scene
    (
        "Nine people were injured in a car-ramming attack in Lod on Monday. The suspect was shot"
        " dead by police.",
        ["Attack"],
    ),
    # protesters harmed in clashes
    (
        "Two protesters were killed in clashes with police in Kisumu on Monday.",
        ["Violent demonstration"],
    ),
    # arms that nobody is said to have fired
    ("Mortars struck the airport in Sirte on Monday.", ["Shelling/artillery/missile attack"]),
    # "take" with a place
    (
        "Rebels have taken the village of Kaya, residents said on Monday.",
        ["Non-state actor overtakes territory"],
    ),
    # arrests on raids
    ("Israeli forces raided Jenin on Monday and arrested 12 Palestinians.", ["Arrests"]),
    # sent to do it is not done
    ("The army sent troops on Monday to retake the town of Bama.", []),
    ("Police in Bogota on Monday spoke of plans for attacks on barracks.", []),
    # the blast that arrests are about is another incident
    (
        "Two held over market blast\nPolice arrested two men on Tuesday in connection with last"
        " week's bombing of a market in Quetta, an officer said. The blast killed 11 people.",
        ["Arrests", "Remote explosive/landmine/IED"],
    ),
    # arrests in which one is hurt
    (
        "Police in the Philippines arrested nine suspected members of Abu Sayyaf on Monday. One"
        " suspect was wounded when he tried to escape.",
        ["Arrests"],
    ),
    # villagers and crowds
    (
        "A crowd in Lae hacked two women to death on Saturday. Police later arrested 12 men.",
        ["Mob violence"],
    ),
    (
        "Gunmen attacked the village of Ixtla on Monday. Residents recovered three bodies.",
        ["Attack"],
    ),
    # ground that is left before it is taken
    (
        "The rebels withdrew from the town of Douma on Monday. Army units entered the town after"
        " they had left.",
        ["Non-violent transfer of territory"],
    ),
    # riot police make no riot, and a protest elsewhere is another
    (
        "Riot police broke up a protest in Dhaka on Tuesday with batons. Protests also took place"
        " in Rajshahi, where they ended peacefully.",
        ["Protest with intervention", "Peaceful protest"],
    ),
    # a day told later is the day of the news above it
    (
        "Sixty women were raped by rebels in Fizi, a nurse said. The attack began on March 1 and"
        " lasted two days.",
        ["Sexual violence"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ARTICLES, ids=[a[0][:60] for a in ARTICLES])
def test_event_types_of_articles(types_of: TypesOf, text: str, expected: list[str]) -> None:
    """Other sentences lend a strike its means, and do not turn an attack into another."""
    assert expected == types_of(text)
