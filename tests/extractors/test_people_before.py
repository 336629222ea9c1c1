"""Counts whose people stand in an earlier clause or sentence: "they", "both", "all three"."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from incidents.model import Article

if TYPE_CHECKING:
    from incidents.extractors.pipeline import Extractor

pytestmark = pytest.mark.model

Row = tuple[str, int | None, int | None, str]
THURSDAY = dt.date(2024, 2, 15)
K, W, D, A = "killed", "wounded", "detained", "kidnapped"
CIVILIANS = "civilians"

MEANT: list[tuple[str, set[Row]]] = [
    # "they" and "them" are those acted on
    ("Gunmen stopped two traders near Kano on Monday. They were shot dead.",
     {(K, 2, 2, CIVILIANS)}),
    ("Rebels stopped a bus with five soldiers on board near Gao on Monday. They were executed.",
     {(K, 5, 5, "soldiers")}),
    ("Gunmen seized four nurses near Bria on Monday. They were found dead the next day.",
     {(A, 4, 4, CIVILIANS), (K, 4, 4, CIVILIANS)}),
    ("A drone hit a car that carried three boys in Tyre on Monday. They were all killed.",
     {(K, 3, 3, CIVILIANS)}),
    ("Gunmen opened fire on at least six farmers near Jos on Monday. All of them died.",
     {(K, 6, None, CIVILIANS)}),
    ("Gunmen forced 23 passengers off a bus near Quetta on Monday and shot them dead.",
     {(K, 23, 23, CIVILIANS)}),
    ("Attackers dragged two men out of a mosque in Kano on Monday and hacked them to death.",
     {(K, 2, 2, CIVILIANS)}),
    ("Rebels lined up nine villagers in Bria on Monday before executing them.",
     {(K, 9, 9, CIVILIANS)}),
    ("Bandits seized six farmers near Kaduna on Monday. They later killed them.",
     {(A, 6, 6, CIVILIANS), (K, 6, 6, CIVILIANS)}),
    ("Bandits seized six farmers near Kaduna on Monday and later killed four of them.",
     {(A, 6, 6, CIVILIANS), (K, 4, 4, CIVILIANS)}),
    # joined people are counted together
    ("Gunmen ambushed a car with a policeman and his driver in Peshawar on Monday. They were"
     " killed.", {(K, 2, 2, "policeman")}),
    ("Gunmen shot at Omar Diallo and Musa Keita in Kidal on Monday. They died of their wounds.",
     {(K, 2, 2, CIVILIANS)}),
    # those who struck, where forces strike back
    ("Three gunmen stormed a hotel in Mogadishu on Monday. They were killed by soldiers.",
     {(K, 3, 3, "gunmen")}),
    # the dead are not meant again
    ("Rebels killed two soldiers and wounded three nurses near Gao on Monday. They were taken to a"
     " hospital.", {(K, 2, 2, "soldiers"), (W, 3, 3, CIVILIANS)}),
    # a count that says who is meant
    ("Militants abducted two policemen in Bannu on Monday. Both were killed on the spot.",
     {(A, 2, 2, "policemen"), (K, 2, 2, "policemen")}),
    ("Gunmen fired at three soldiers in Kidal on Monday. All three died.", {(K, 3, 3, "soldiers")}),
    ("Gunmen ambushed a car with two officers in it in Lahore on Monday. The pair were killed.",
     {(K, 2, 2, "officers")}),
    ("Gunmen attacked five policemen in Gao on Monday. One was killed.", {(K, 1, 1, "policemen")}),
    ("Gunmen attacked five policemen in Gao on Monday. One of them was killed.",
     {(K, 1, 1, "policemen")}),
]  # fmt: skip

NOT_MEANT: list[tuple[str, set[Row]]] = [
    # nobody is counted
    ("Militants attacked a village near Gao on Monday. They were killed by soldiers.", set()),
    ("Residents of Gao fled an attack by gunmen on Monday. They were wounded.", set()),
    # who tells of it
    ("Rebels attacked a post near Gao on Monday. Two officials said that they were killed.", set()),
    ("Three officials saw the site of the attack by rebels in Gao on Monday. They said that gunmen"
     " had been wounded.", set()),
    # two counted sides fought
    ("Six soldiers fought 20 rebels near Gao on Monday. They were killed.", set()),
    # it did not happen, or has not yet
    ("Soldiers shot four men near Gao on Monday. They were not killed.", set()),
    ("Soldiers arrested four men near Gao on Monday. They will be executed.",
     {(D, 4, 4, "unknown")}),
    ("Gunmen fired at two traders near Gao on Monday. Both survived.", set()),
    # those who get away are not displaced
    ("Two gunmen attacked a market near Gao on Monday. They fled.", set()),
    # things
    ("Rebels attacked two villages near Gao on Monday. Both were burned.", set()),
    ("Rebels attacked Gao on Monday with two drones. Both were shot down.", set()),
]  # fmt: skip


def claims(extractor: Extractor, text: str) -> set[Row]:
    """The casualties of all reports of a text."""
    reports = extractor.extract(Article(id="a", text=text, published=THURSDAY))
    return {(c.kind, c.min, c.max, c.group) for r in reports for c in r.casualties}


@pytest.mark.parametrize(("text", "expected"), MEANT, ids=[m[0] for m in MEANT])
def test_people_before_are_counted(extractor: Extractor, text: str, expected: set[Row]) -> None:
    """Those told of before are counted with the harm that befell them, and for their side."""
    assert expected == claims(extractor, text)


@pytest.mark.parametrize(("text", "expected"), NOT_MEANT, ids=[m[0] for m in NOT_MEANT])
def test_people_before_are_not_guessed(extractor: Extractor, text: str, expected: set[Row]) -> None:
    """Where nobody was counted, or two groups can be meant, nobody is harmed."""
    assert expected == claims(extractor, text)


def test_people_before_lend_their_names(extractor: Extractor) -> None:
    """Named people are named victims, though the sentence of their death names nobody."""
    text = "Gunmen shot at Omar Diallo and Musa Keita in Kidal on Monday. They died at once."

    (report,) = extractor.extract(Article(id="a", text=text, published=THURSDAY))

    (claim,) = report.casualties
    assert claim.names == ("Omar Diallo", "Musa Keita")
    assert text[claim.start : claim.end] == claim.mention == "They died"
