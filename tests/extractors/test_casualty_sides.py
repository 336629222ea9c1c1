"""Whose dead they are: small articles and the groups of their casualties."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from incidents.extractors.assembly import extract_reports
from incidents.model import Article

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

Row = tuple[str, int | None, int | None, str]

K, W, D = "killed", "wounded", "detained"
GROUPS: list[tuple[str, str, set[Row]]] = [
    ("violence against civilians harms civilians",
     "Gunmen killed nine people in the village of Ogossagou on Monday.",
     {(K, 9, 9, "civilians")}),
    ("whom a mob harms is a civilian",
     "A mob beat two men to death in Siliguri on Monday after rumours of theft.",
     {(K, 2, 2, "civilians")}),
    ("shells on houses hit civilians",
     "Shells hit two houses in Idlib on Monday, killing four people.",
     {(K, 4, 4, "civilians")}),
    ("what was hit may stand in the next sentence",
     "A drone strike killed two people in Idlib on Monday. A school was among the targets.",
     {(K, 2, 2, "civilians")}),
    ("the dead of a strike on no place of civilians may be anybody",
     "A drone strike killed two people near Idlib on Monday.",
     {(K, 2, 2, "unknown")}),
    ("the dead of a planted bomb may be guards",
     "A car bomb killed six people near a market in Mogadishu on Monday.",
     {(K, 6, 6, "unknown")}),
    ("children among the dead say that people at home were hit",
     "A drone strike near Idlib killed six people, including two children, on Monday.",
     {(K, 6, 6, "civilians")}),
    ("a commander among the dead does not",
     "A drone strike near Idlib killed six people, including a rebel commander, on Monday.",
     {(K, 6, 6, "unknown")}),
    ("others beside soldiers are soldiers",
     "A mine killed three soldiers and injured eight others near Gao on Monday.",
     {(K, 3, 3, "soldiers"), (W, 8, 8, "soldiers")}),
    ("people beside soldiers are not",
     "A mine killed three soldiers and two people were injured near Gao on Monday.",
     {(K, 3, 3, "soldiers"), (W, 2, 2, "unknown")}),
    ("each speaker of a sentence has its own count and its own dead",
     ("The Karen National Union ambushed troops near Kawkareik on Monday. The Karen National Union"
      " said its men killed eight soldiers and lost one, while the army said three of its soldiers"
      " had died."),
     {(K, 3, 8, "troops"), (K, 1, 1, "Karen National Liberation Army")}),
    ("guerrillas hurt by the army that guerrillas attacked are the attackers",
     ("FARC dissidents attacked an army patrol near Argelia on Monday. Two soldiers were wounded"
      " and four guerrillas were killed."),
     {(W, 2, 2, "army patrol"), (K, 4, 4, "FARC dissidents")}),
    ("a captain's driver is one of his men",
     "Rebels ambushed a convoy near Gao on Monday. A captain and his driver were killed.",
     {(K, 2, 2, "captain")}),
    ("he is whoever was just told of",
     "Soldiers shot a farmer in Jenin on Monday, the army said. He died in hospital.",
     {(K, 1, 1, "civilians")}),
    ("descriptions of one force are one group",
     ("Gunmen killed three police officers in Kano on Monday. A spokesman said that four officers"
      " were wounded."), {(K, 3, 3, "police officers"), (W, 4, 4, "police officers")}),
    ("police and soldiers are two",
     "Rebels killed two policemen and four soldiers in Gao on Monday.",
     {(K, 2, 2, "policemen"), (K, 4, 4, "soldiers")}),
    ("the attacker among the dead is none of the victims",
     "Five people, including the attacker, were killed in a stabbing in Lyon on Monday.",
     {(K, 4, 4, "civilians"), (K, 1, 1, "attacker")}),
    ("gunmen killed by soldiers are no soldiers",
     "Soldiers killed 13 gunmen near Kano on Monday.", {(K, 13, 13, "gunmen")}),
    ("a person described by a party is the party's",
     "Soldiers killed Omar Diallo, a member of Boko Haram, in Maiduguri on Monday.",
     {(K, 1, 1, "Boko Haram")}),
    ("a people is no state",
     "Gunmen killed three Malians in Kidal on Monday.", {(K, 3, 3, "civilians")}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [g[1:] for g in GROUPS], ids=[g[0] for g in GROUPS])
def test_casualty_sides_of_article(nlp: Language, text: str, expected: set[Row]) -> None:
    """Each rule of whose dead they are, by an example; the id is the rule."""
    article = Article(id="a", text=text, published=dt.date(2015, 5, 15))

    matcher: Any = nlp.get_pipe("incidents_actors")

    found = extract_reports(nlp(text), article, matcher.gazetteer)

    assert expected == {(c.kind, c.min, c.max, c.group) for r in found for c in r.casualties}
