"""The sides of an incident as the choice of its type sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.extractors.drafts import Draft
    from incidents.extractors.sides import Party
    from incidents.gazetteer import Gazetteer
    from incidents.model import ActorKind

# what befalls people in violence, unlike an arrest
HURT = frozenset({"killed", "wounded"})


@dataclass(frozen=True, slots=True)
class Cast:
    """The sides of an incident, and what the article around it adds.

    Attributes:
        initiators: parties that acted.
        targets: parties that were acted on.
        participants: sides of a clash without a known first mover.
        abroad: True if a state's forces acted outside their own country.
        article_means: sub-event type of the remote means that the article tells of most.
    """

    initiators: Sequence[Party]
    targets: Sequence[Party]
    participants: Sequence[Party]
    abroad: bool = False
    article_means: str | None = None


def acts_abroad(draft: Draft, initiators: Sequence[Party], gazetteer: Gazetteer) -> bool:
    """True if the state's forces that acted come from another country than the place."""
    here = {p._.place.place.country_code for p in draft.places if p._.place.place is not None}
    for party in initiators:
        actor = gazetteer.actor(party.id) if party.id else None
        if party.kind == "state forces" and actor is not None and actor.countries:
            return bool(here) and actor.countries[0] not in here
    return False


def has_kind(parties: Sequence[Party], kinds: frozenset[ActorKind] | set[ActorKind]) -> bool:
    """True if one of the parties is of one of the kinds."""
    return any(p.kind in kinds for p in parties)
