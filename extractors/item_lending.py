"""What a list item takes from the name before it and the heading above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.doc_items import item_at, lent
from incidents.extractors.told import places_compatible

if TYPE_CHECKING:
    from spacy.tokens import Span

    from incidents.extractors.accounts import Account


def take_from_item(account: Account) -> None:
    """Give an account of a list item the place before it, and the day above it if it has none.

    "Quetta: gunmen killed two officers in Mastung" was in Mastung: what the words themselves name
    comes before the head of the item.

    Args:
        account: its item, places and dates are set.
    """
    doc = account.sent.doc
    item = item_at(doc, account.sent.start_char)
    account.item = item
    if item is None:
        return
    heads = [span for span in lent(item, doc, "places") if span.sent != account.sent]
    account.places += [head for head in heads if not _is_elsewhere(head, account.places)]
    if not account.dates:
        account.dates = lent(item, doc, "dates")


def _is_elsewhere(head: Span, own: list[Span]) -> bool:
    """True where the words name another place: then the head is a seat, as in a dateline."""
    known = [s for s in own if s._.place.place is not None and s._.place.kind != "country"]
    return bool(known) and not any(places_compatible(s._.place, head._.place) for s in known)
