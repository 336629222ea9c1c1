"""What the accounts of a draft say together, and whether two of them can be of one event."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from incidents.distance import km_between
from incidents.extractors.vocabulary import word_set
from incidents.gazetteer.model import REGION_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidents.extractors.accounts import Account
    from incidents.extractors.list_items import Item
    from incidents.extractors.mentions import PlaceMention

WITH_SPOILS = frozenset({"violence", "arrest"})
"""Families of events after which arms are found."""

_SAME_AREA_KM = 30.0
_SETTLEMENTS = frozenset({"city", "village", "camp"})
_DIVISIONS = REGION_KINDS | {"admin2"}


class Told:
    """What the accounts of a draft say together, added up as they come.

    Each account of an article is held against each draft, so that asking the accounts anew would
    take time with the cube of the length.

    Attributes:
        count: how many accounts are in it.
        last_index: number of the last sentence.
        main_families: families of the frames, but for arms found in a fight.
        frames: names of the frames.
        items: list items that they stand in.
        parties: keys of the named parties.
        places: place mentions in order of the text, each once.
        place_names: their names.
    """

    __slots__ = (
        "count",
        "frames",
        "items",
        "last_index",
        "main_families",
        "parties",
        "place_names",
        "places",
    )

    def __init__(self, accounts: Iterable[Account] = ()) -> None:
        """Take in accounts."""
        self.count = 0
        self.last_index = -1
        self.main_families: set[str] = set()
        self.frames: set[str] = set()
        self.items: set[Item] = set()
        self.parties: set[str] = set()
        self.places: dict[PlaceMention, None] = {}
        self.place_names: set[str] = set()
        for account in accounts:
            self.add(account)

    def add(self, account: Account) -> None:
        """Take in one account more."""
        self.count += 1
        self.last_index = max(self.last_index, account.index)
        self.main_families |= _main_families(account)
        self.frames |= account.frames
        if account.item is not None:
            self.items.add(account.item)
        self.parties |= {p.key for p in account.parties if not p.people and not p.generic}
        for span in account.places:
            self.places[span._.place] = None
            self.place_names.add(span._.place.name)


def _main_families(account: Account) -> set[str]:
    """The families told, but for arms that were found in a fight or with those arrested."""
    families = account.families
    return families - {"disrupt"} if families & WITH_SPOILS and tells_finds(account) else families


def tells_finds(account: Account) -> bool:
    """True if what an account tells of arms is only that they were found.

    Args:
        account: a sentence's telling.
    """
    roots = {account.sent.doc[t.root].lemma_ for t in account.triggers if t.frame == "disrupt"}
    return roots <= word_set("discourse", "finding", "verbs")


def places_compatible(a: PlaceMention, b: PlaceMention) -> bool | None:
    """True if one contains the other or they are one place, False if apart, None if unknown."""
    if a.name == b.name or set(a.name.lower().split()) <= set(b.name.lower().split()):
        return True
    if a.place is None or b.place is None:
        # Two towns or villages by other names are two places, known to the gazetteer or not.
        return False if {a.kind, b.kind} <= _SETTLEMENTS else None
    if (
        a.place.id == b.place.id
        or a.place.id in b.place.within_ids
        or b.place.id in a.place.within_ids
    ):
        return True
    if a.place.country_code != b.place.country_code:
        # A country beside a town abroad is a border, an ally or a reaction more often than a place.
        return None if "country" in {a.place.kind, b.place.kind} else False
    if {a.place.kind, b.place.kind} & _DIVISIONS:
        return False if a.place.kind == b.place.kind else None
    if None in {a.place.lat, a.place.lon, b.place.lat, b.place.lon}:
        return None
    return (
        km_between(a.place.lat or 0, a.place.lon or 0, b.place.lat or 0, b.place.lon or 0)
        <= _SAME_AREA_KM
    )


def _is_exact(place: PlaceMention) -> bool:
    return place.kind not in _DIVISIONS | {"district"}


def places_agree(new: Told, old: Told) -> float | None:
    """How well the places of an account fit those of a draft; None if they are apart."""
    if not new.places or not old.places:
        return 0.5
    # A province that both name says little where each names a town of its own.
    mine, theirs = list(new.places), list(old.places)
    exact_mine, exact_theirs = ([p for p in side if _is_exact(p)] for side in (mine, theirs))
    if exact_mine and exact_theirs:
        mine, theirs = exact_mine, exact_theirs
    apart = False
    for a, b in product(mine, theirs):
        verdict = places_compatible(a, b)
        if verdict:
            return 1.5
        apart = apart or verdict is False
    return None if apart else 0.0


def parties_agree(new: Told, old: Told) -> float:
    """How well the named parties of an account fit those of a draft."""
    if not new.parties or not old.parties:
        return 0.25
    return -0.75 if new.parties.isdisjoint(old.parties) else 1.0
