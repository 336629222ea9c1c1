"""Which places of a sentence are not those of the event that one of its accounts tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.event_places import place_probability
from incidents.extractors.place_cues import scene_of
from incidents.gazetteer.model import REGION_KINDS

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Span

    from incidents.extractors.accounts import Account

_IMPROBABLE = 0.03
_FAR_BEHIND = 0.08  # of the probability of the account's best place


def drop_improbable_places(account: Account) -> None:
    """Take from an account the places that its event was hardly at.

    A speaker's seat, where the hurt were taken, where attackers came from. Countries and provinces
    stay, and the town of another of the places, since the event may be in them; so does
    what is told without a trigger.

    Args:
        account: its places are changed.
    """
    if len(account.places) < 2 or not account.triggers:  # noqa: PLR2004 - nothing to choose from
        return
    around = {
        each
        for p in account.places
        if p._.place.place is not None
        for each in p._.place.place.within_ids
    }
    doubtful = [p for p in account.places if not _stays(p, around)]
    if not doubtful:
        return
    scene = scene_of(account.sent)
    doc = account.sent.doc
    odds = {
        place.start: max(place_probability(place, doc[t.root], scene) for t in account.triggers)
        for place in account.places
    }
    least = min(_IMPROBABLE, _FAR_BEHIND * max(odds.values()))
    dropped = {place.start for place in doubtful if odds[place.start] < least}
    account.places = [p for p in account.places if p.start not in dropped]


def _stays(place: Span, around: AbstractSet[str]) -> bool:
    """True for a country or a province, and for what another of the places lies in."""
    mention = place._.place
    return mention.kind in REGION_KINDS or (
        mention.place is not None and mention.place.id in around
    )
