"""Parties beside those that a verb names: helpers, speakers, sites, shared strikes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from incidents.model import Article

if TYPE_CHECKING:
    from incidents.extractors.pipeline import Extractor

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """Return one extractor for the module."""
    from incidents import Extractor

    return Extractor()


def _sides(extractor: Extractor, text: str) -> list[set[tuple[str, str]]]:
    """Words and role of the parties of each report."""
    article = Article(id="x", text=text, published=dt.date(2025, 1, 15))
    return [{(a.mention, a.role) for a in r.actors} for r in extractor.extract(article)]


TOLD = [
    # who helped
    (
        "Iraqi forces, backed by Shiite militias, attacked the Islamic State near Hit on Sunday.",
        {("Iraqi forces", "initiator"), ("Shiite militias", "initiator")},
    ),
    (
        "Soldiers together with local vigilantes killed six Boko Haram fighters in Damboa.",
        {("Soldiers", "initiator"), ("vigilantes", "initiator")},
    ),
    # who fought where both sides lost people
    (
        "Two soldiers and six members of the Abu Sayyaf died in a firefight in Patikul on Monday.",
        {("soldiers", "participant"), ("Abu Sayyaf", "participant")},
    ),
    # who is nobody known
    (
        "Unidentified men kidnapped two nurses in Jacmel on Sunday.",
        {("Unidentified men", "initiator"), ("nurses", "target")},
    ),
    (
        "Two unidentified men were shot dead by soldiers in Goma on Monday.",
        {("men", "target"), ("soldiers", "initiator")},
    ),
    # who is harmed by the verb that the parser makes them the subject of
    (
        "A car bomb went off in Tumaco on Wednesday, leaving two porters dead and four police"
        " officers injured.",
        {("porters", "target"), ("police officers", "target")},
    ),
    # who tells of his own deed
    ("Two suspects were arrested in Tunis on Monday, police said.", {("police", "initiator")}),
    (
        "A drone was shot down over Belgorod on Monday, Russia's Defense Ministry said.",
        {("Defense Ministry", "initiator")},
    ),
    # whose post it was
    (
        "A bomb went off near an army checkpoint in Mogadishu on Monday, killing three people.",
        {("army", "target")},
    ),
    # who was among the victims
    (
        "Three people were killed in an Israeli airstrike on a car in Tyre on Monday, including"
        " a member of the Quds Force.",
        {("Quds Force", "target"), ("Israeli", "initiator")},
    ),
    # who attacked and was shot
    (
        "A Palestinian man stabbed two people in Tel Aviv on Monday. Police officers shot the"
        " attacker dead.",
        {("Palestinian man", "initiator")},
    ),
    # who is arrested for it
    (
        "Two shopkeepers were shot dead in Lyon on Monday. The suspect was arrested.",
        {("suspect", "initiator")},
    ),
]
NOT_TOLD = [
    ("Iraqi forces, backed by air support, attacked the Islamic State near Hit.", "air support"),
    ("Two farmers were killed by gunmen in Mangu on Monday, police said.", "police"),
    ("A bomb went off near a school in Mogadishu on Monday, police said.", "police"),
    (
        "A Palestinian man stabbed two people in Tel Aviv on Monday. Police officers shot the"
        " attacker dead.",
        "Police officers",
    ),
]


@pytest.mark.parametrize(("text", "parties"), TOLD, ids=[row[0] for row in TOLD])
def test_further_parties_are_told(
    extractor: Extractor, text: str, parties: set[tuple[str, str]]
) -> None:
    """Helpers, speakers, owners of sites and suspects have their roles."""
    assert any(parties <= found for found in _sides(extractor, text))


@pytest.mark.parametrize(("text", "mention"), NOT_TOLD, ids=[row[1] for row in NOT_TOLD])
def test_bystanders_have_no_role(extractor: Extractor, text: str, mention: str) -> None:
    """Speakers of others' deeds and those who end an attack are none of its parties."""
    found = _sides(extractor, text)

    assert found
    assert all((mention, "initiator") not in parties for parties in found)


LENT = (
    "Russian forces bombed Kharkiv on Monday evening, wounding six residents. An hour later a"
    " missile landed beside a school in Sumy and injured thirteen people."
)
APART = (
    "Ukrainian forces shelled Donetsk on Monday, killing two. On the same day a missile landed in"
    " Kursk, Russia, and injured three people."
)


@pytest.mark.parametrize(("text", "count"), [(LENT, 2), (APART, 1)])
def test_strikes_told_together_share_their_side(
    extractor: Extractor, text: str, count: int
) -> None:
    """A strike that nobody is named for is that of the side which struck the same country."""
    initiators = [p for parties in _sides(extractor, text) for p in parties if p[1] == "initiator"]

    assert len(initiators) == count
