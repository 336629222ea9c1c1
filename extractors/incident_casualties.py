"""Casualty claims of one incident, each with its side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from incidents.extractors.event_types import ARMED
from incidents.extractors.people import is_attacker
from incidents.extractors.tolls import Toll, merge_tolls
from incidents.extractors.vocabulary import word_set
from incidents.model import EVENT_TYPE_OF, Casualty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.extractors.accounts import Claim
    from incidents.extractors.drafts import Draft
    from incidents.extractors.sides import Party
    from incidents.model import Modality


def incident_casualties(
    draft: Draft, initiators: Sequence[Party], others: Sequence[Party], sub_event_type: str
) -> list[Casualty]:
    """The casualties of a draft, one claim a kind and group.

    Args:
        draft: the incident's accounts.
        initiators: parties that acted.
        others: targets and participants.
        sub_event_type: ACLED sub-event type; people harmed by violence against civilians are
            civilians, and so are the displaced; people harmed at protests are protesters.
    """
    event_type = EVENT_TYPE_OF[sub_event_type]
    civil = event_type == "Violence against civilians"
    crowd = next((p.name for p in (*others, *initiators) if p.kind == "protesters"), "protesters")
    keys = {p.key for p in initiators}
    tolls = []
    for account in draft.accounts:
        for claim in account.claims:
            group = _group_of(claim, initiators, others)
            if group == "unknown" and (civil or claim.mention.kind == "displaced"):
                group = "civilians"
            elif group == "unknown" and event_type == "Protests":
                group = crowd
            m = claim.mention
            own = claim.party is not None and claim.party.key in keys
            tolls.append(
                Toll(
                    _casualty(claim, group),
                    claim.in_title,
                    m.whole,
                    m.more,
                    account.index,
                    own,
                    m.cue,
                )
            )
    merged = merge_tolls(_without_bare_casualties(tolls))
    if event_type == "Explosions/Remote violence" and _strikes_civilians(draft, others):
        counted = {c.kind for c in merged if c.group == "civilians"}
        return [
            replace(c, group="civilians") if c.group == "unknown" and c.kind not in counted else c
            for c in merged
        ]
    return merged


def _strikes_civilians(draft: Draft, others: Sequence[Party]) -> bool:
    """True for a bomb or shell that hits where civilians live, and nobody armed."""
    if any(p.kind in ARMED for p in others):
        return False
    words = word_set("objects", "civil", "words")
    return any(t.lemma_.lower() in words for a in draft.accounts for t in a.sent)


def _casualty(claim: Claim, group: str) -> Casualty:
    m = claim.mention
    return Casualty(
        kind=m.kind,
        min=m.min,
        max=m.max,
        group=group,
        names=m.names,
        claimed_by=claim.speech.speaker,
        modality=_modality(claim),
        mention=claim.span.text,
        start=claim.span.start_char,
        end=claim.span.end_char,
    )


def _modality(claim: Claim) -> Modality:
    """How the claim is made; "reportedly killed" is a claim also without a speaker."""
    cue = claim.span.doc[claim.mention.cue]
    if any(c.lower_ in word_set("speech", "uncertain", "adverbs") for c in cue.children):
        return "claimed"
    return claim.speech.modality


def _group_of(claim: Claim, initiators: Sequence[Party], others: Sequence[Party]) -> str:
    """Canonical name of the side that those harmed belong to.

    A description ("soldiers") stands for the one party of its kind that was not the attacker, and
    "the attackers" for the one that was.
    """
    party = claim.party
    if party is None or party.people:
        return "unknown"
    if party.kind == "civilians":
        return "civilians"
    if not party.generic or any(p.key == party.key for p in (*initiators, *others)):
        return party.name
    pool = initiators if is_attacker(claim.span.doc[claim.mention.head]) else others
    candidates = [p for p in pool if p.kind == party.kind or pool is initiators]
    return candidates[0].name if len(candidates) == 1 else party.name


def _without_bare_casualties(tolls: list[Toll]) -> list[Toll]:
    """Without "casualties" of nobody in particular where the dead are counted."""
    if not any(t.casualty.kind == "killed" for t in tolls):
        return tolls
    return [
        t
        for t in tolls
        if not (
            t.casualty.group == "unknown"
            and (t.casualty.min, t.casualty.max) == (1, None)
            and t.casualty.mention.endswith("casualties")
        )
    ]
