"""Who struck, where strikes of one side are told together and only some sentences name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.people import ARMED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.extractors.accounts import Account
    from incidents.extractors.drafts import Draft
    from incidents.extractors.sides import Party

_FROM_AFAR = frozenset({"air", "shelling"})
_STRIKES = frozenset({("strike", "NOUN"), ("bomb", "VERB")})
_NEAR = 3  # sentences between a strike and the next one told with it


def lend_initiators(drafts: Sequence[Draft]) -> None:
    """Give strikes from afar that nobody is named for the side that struck close by in the text.

    "Russian forces bombed Kharkiv. An hour later a missile hit Sumy": both are Russia's. Only where
    all such strikes in that country that have a side have the same one.

    Args:
        drafts: the incidents of an article; those without a side are changed.
    """
    known = [(d, side, _countries(d)) for d in drafts if (side := _strikers(d))]
    for draft in drafts:
        if not _is_orphan(draft):
            continue
        here = _countries(draft)
        beside = [
            (d, side)
            for d, side, countries in known
            if countries & here and d.background == draft.background
        ]
        keys = {tuple(sorted(p.key for p in side)) for _, side in beside}
        first = min(a.index for a in draft.accounts)
        if len(keys) == 1 and any(0 <= first - d.last_index <= _NEAR for d, _ in beside):
            draft.accounts[0].initiators += beside[0][1]


def _is_strike(account: Account) -> bool:
    """True for shells, missiles and bombs from the air, and for "a strike" of any kind."""
    doc = account.sent.doc
    return bool(account.frames & _FROM_AFAR) or any(
        (doc[t.root].lemma_.lower(), doc[t.root].pos_) in _STRIKES for t in account.triggers
    )


def _strikers(draft: Draft) -> list[Party]:
    """The armed parties that a draft's strikes are told of."""
    found: dict[str, Party] = {}
    if any(_is_strike(a) for a in draft.accounts):
        for account in draft.accounts:
            for party in (*account.initiators, *account.responsible):
                if party.kind in ARMED:
                    found.setdefault(party.key, party)
    return list(found.values())


def _is_orphan(draft: Draft) -> bool:
    """True for a strike that no account names anybody for."""
    return any(_is_strike(a) for a in draft.accounts) and not any(
        a.initiators or a.responsible or a.participants for a in draft.accounts
    )


def _countries(draft: Draft) -> set[str]:
    resolved = [p._.place.place for p in draft.places if p._.place.place is not None]
    return {place.country_code for place in resolved if place.country_code}
