"""Whose soldiers and police a description means, and how a country stands for its forces."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from incidents.extractors.assembly import extract_reports
from incidents.extractors.forces import force_of, on_one_side
from incidents.extractors.sides import Party
from incidents.gazetteer import Gazetteer
from incidents.model import Article

if TYPE_CHECKING:
    from spacy.language import Language

# country, words, id
FORCES = [
    ("PE", "police officers", "pe-police"),
    ("PE", "soldiers", "pe-army"),
    ("PE", "government", "pe-government"),
    ("NG", "troops", "ng-mil"),
    ("NG", "policemen", "ng-police"),
    ("SY", "government", "sy-gov"),
    ("SY", "army", "sy-saa"),
    ("IR", "government", "ir-government"),
    ("MX", "troops", "mx-army"),
]

# text, (words or id, name) of each party of state forces
NAMED = [
    ("Gunmen shot two policemen in Lima on Monday.", ("pe-police", "policemen")),
    ("Three soldiers were killed in an ambush near Gao on Monday.", ("ml-fama", "soldiers")),
    ("Kenyan soldiers shot two men in Mandera on Monday.", ("ke-mil", "Kenyan soldiers")),
    ("Russia shelled Kharkiv on Monday.", ("ru-mil", "Russian Armed Forces")),
    (
        "Malian soldiers shot a herder in Mopti on Monday. The Malian Armed Forces shot a second"
        " herder in Mopti.",
        ("ml-fama", "Malian Armed Forces"),
    ),
]

# text, party without an id: whose they are stays open
OPEN = [
    # forces of another state are spoken of
    "French troops patrolled the town. Two soldiers were killed by a mine near Gao on Monday.",
    # not state forces by themselves
    "Two security guards were killed by gunmen in Lima on Monday.",
    "Two gunmen were killed in Lima on Monday.",
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Return the default gazetteer."""
    return Gazetteer.open()


@pytest.mark.parametrize(("code", "words", "expected"), FORCES)
def test_force_of(gazetteer: Gazetteer, code: str, words: str, expected: str) -> None:
    """Police are the police, a government is its forces, everybody else the army."""
    force = force_of(gazetteer, code, words)

    assert force is not None
    assert force.id == expected


def state_forces(nlp: Language, gazetteer: Gazetteer, text: str) -> set[tuple[str | None, str]]:
    """Return id and name of the parties that are no civilians."""
    article = Article(id="a", text=text, published=dt.date(2019, 3, 20))
    reports = extract_reports(nlp(text), article, gazetteer)
    assert reports
    return {(a.id, a.name) for r in reports for a in r.actors if a.kind == "state forces"}


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_assembly_names_forces(
    nlp: Language, gazetteer: Gazetteer, text: str, expected: tuple[str, str]
) -> None:
    """Forces get the id of the country's own; a description keeps its words beside it."""
    assert expected in state_forces(nlp, gazetteer, text)


@pytest.mark.model
@pytest.mark.parametrize("text", OPEN)
def test_assembly_leaves_forces_open(nlp: Language, gazetteer: Gazetteer, text: str) -> None:
    """Where another state's forces are about, or the people are no soldiers, no id is given."""
    assert not {(i, n) for i, n in state_forces(nlp, gazetteer, text) if i and n.islower()}


def party(name: str, actor_id: str | None = None) -> Party:
    """Return a party of state forces, or another."""
    return Party(actor_id, name, name, "state forces" if actor_id else "rebel group", generic=True)


ARMY, TROOPS = party("army", "ml-fama"), party("troops", "ml-fama")
REBELS, BANDITS = party("rebels"), party("bandits")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # shooting back does not make the attacked the attacker
        (([REBELS, ARMY], [TROOPS], []), ([REBELS], [TROOPS], [])),
        # losses do not make the attacker the attacked
        (([ARMY], [BANDITS, TROOPS], []), ([ARMY], [BANDITS], [])),
        # killed by nobody that is named
        (([ARMY], [TROOPS], []), ([], [TROOPS], [])),
        (([REBELS], [ARMY], [TROOPS]), ([REBELS], [ARMY], [])),
        (([], [], [ARMY, REBELS]), ([], [], [ARMY, REBELS])),
    ],
)
def test_force_stands_on_one_side(
    before: tuple[list[Party], list[Party], list[Party]],
    after: tuple[list[Party], list[Party], list[Party]],
) -> None:
    """Two descriptions of one force are one party in one role."""
    assert on_one_side(*before) == after
