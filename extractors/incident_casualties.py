"""Casualty claims of one incident, each with its side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from incidents.extractors.casualty_sides import CIVILIANS, UNKNOWN, Groups, strikes_civilians
from incidents.extractors.tolls import Toll, merge_tolls
from incidents.extractors.victim_parties import is_bare
from incidents.extractors.vocabulary import word_set
from incidents.model import Casualty

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
        sub_event_type: ACLED sub-event type.
    """
    groups = Groups(initiators, others, sub_event_type)
    tolls = [
        Toll(
            _casualty(claim, groups.of(claim)),
            claim.in_title,
            claim.mention.whole,
            claim.mention.more,
            account.index,
            groups.is_own(claim),
            claim.mention.cue,
            is_bare(claim.span.doc[claim.mention.noun]),
            claim.span.doc[claim.mention.noun].lemma_ == "man",
        )
        for account in draft.accounts
        for claim in account.claims
    ]
    merged = merge_tolls(_without_bare_casualties(tolls))
    if strikes_civilians(draft, others, sub_event_type):
        counted = {c.kind for c in merged if c.group == CIVILIANS}
        return [
            replace(c, group=CIVILIANS) if c.group == UNKNOWN and c.kind not in counted else c
            for c in merged
        ]
    return merged


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


def _without_bare_casualties(tolls: list[Toll]) -> list[Toll]:
    """Without "casualties" of nobody in particular where the dead are counted.

    Nor the 12 of "12 casualties: four dead and eight wounded", which are counted by kind.
    """
    told = {t.casualty.kind: t.casualty.min or 0 for t in tolls if not _is_casualties(t)}
    if "killed" not in told:
        return tolls
    by_kind = told["killed"] + told.get("wounded", 0)
    return [
        t
        for t in tolls
        if not (
            _is_casualties(t)
            and (
                ((t.casualty.min, t.casualty.max) == (1, None) and t.casualty.group == UNKNOWN)
                or t.casualty.min == by_kind
            )
        )
    ]


def _is_casualties(toll: Toll) -> bool:
    nobody = toll.casualty.group in {UNKNOWN, CIVILIANS}
    return nobody and toll.casualty.mention.endswith("casualties")
