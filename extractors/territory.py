"""Who holds the ground after an incident: taken, taken back, or left without a fight.

Source: ACLED Codebook (2023): a state regains territory, others overtake it; ground that changes
hands without a fight is a non-violent transfer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.syntax import stands_after
from incidents.extractors.vocabulary import word_set

if TYPE_CHECKING:
    from incidents.extractors.accounts import Account
    from incidents.extractors.cast import Cast
    from incidents.extractors.drafts import Draft
    from incidents.extractors.mentions import EventMention


def _is_left_first(draft: Draft) -> bool:
    """True where leaving the ground is told no later than its taking; else it was lost."""
    told = {f: i for i, a in reversed(list(enumerate(draft.accounts))) for f in _frames_of(a)}
    return "withdraw" in told and told["withdraw"] <= told.get("territory", len(draft.accounts))


def is_yielded(draft: Draft) -> bool:
    """True where ground is left before it is taken, or taken without a fight.

    Args:
        draft: an incident's accounts.
    """
    if _is_left_first(draft):
        return True
    if any(t.frame == "clash" for a in draft.accounts for t in a.triggers):
        return False
    told = " ".join(a.sent.text.lower() for a in draft.telling)
    if any(turn in told for turn in word_set("discourse", "unopposed", "turns")):
        return True
    return any(
        stands_after(a.sent.doc[t.root], a.sent.doc[other.root])
        for a in draft.accounts
        for t in a.triggers
        if t.frame == "withdraw"
        for other in a.triggers
        if other.frame == "territory"
    )


def _joined(account: Account, trigger: EventMention) -> set[str]:
    """Names of nations that acted together: "Mozambican and Rwandan troops"."""
    doc = account.sent.doc
    return {t.text for i in trigger.agents for t in doc[i].subtree if t.ent_type_ == "NORP"}


def _frames_of(account: Account) -> set[str]:
    """Frames told, but for ground that is merely held."""
    doc = account.sent.doc
    return {t.frame for t in account.triggers if doc[t.root].lemma_ not in {"occupy", "control"}}


_TAKING_BACK = frozenset({"retake", "recapture", "regain", "reclaim", "liberate"})


def territory_type(draft: Draft, cast: Cast) -> str:
    """ACLED: a state regains what is its own; abroad it takes ground as a rebel group does.

    Joint forces that take a town back regain it, though one of them is foreign.

    Args:
        draft: an incident's accounts.
        cast: its sides.
    """
    back = any(
        a.sent.doc[t.root].lemma_.lower() in _TAKING_BACK and len(_joined(a, t)) > 1
        for a in draft.accounts
        for t in a.triggers
    )
    by_state = bool(cast.initiators) and cast.initiators[0].kind == "state forces"
    if by_state and (back or not cast.abroad):
        return "Government regains territory"
    return "Non-state actor overtakes territory"
