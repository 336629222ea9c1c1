"""Which of its frames names an incident: what speaks for each, and what for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.cast import HURT, has_kind
from incidents.extractors.crowds import DEEDS
from incidents.extractors.modality import is_allusion
from incidents.extractors.people import CROWDS
from incidents.extractors.syntax import stands_after
from incidents.extractors.triggers import frames

if TYPE_CHECKING:
    from spacy.tokens import Token

    from incidents.extractors.accounts import Account
    from incidents.extractors.drafts import Draft
    from incidents.extractors.mentions import EventMention

TITLE_BONUS, HARM_BONUS, _BRIEF_MALUS = 6, 14, 10
_LESSER = frozenset({"arrest", "abduction"})  # families that deaths outrank
_SURPRISES = frozenset({"attack", "grenade", "suicide", "bomb"})  # what befalls a rally


def frame_scores(draft: Draft) -> dict[str, int]:
    """Each frame's rank, with what speaks for it: people harmed, the headline, several tellings."""
    scores: dict[str, int] = {}
    kinds = {
        c.mention.kind
        for a in draft.accounts
        for c in a.claims
        if not _is_of_the_held(a, a.sent.doc[c.mention.cue])
    }
    telling = draft.telling
    deadly = bool(kinds & HURT) and not ("killed" not in kinds and _opens_with_arrests(draft))
    for account in draft.accounts:
        stopped = _stopped(account)
        for trigger in account.triggers:
            if trigger.root in stopped and not deadly:
                continue
            score = frames()[trigger.frame].rank + _harm_bonus(account, trigger)
            score -= 2 * _BRIEF_MALUS if deadly and frames()[trigger.frame].family in _LESSER else 0
            score += TITLE_BONUS if account.in_title else 0
            score -= 0 if account in telling else 3 * _BRIEF_MALUS
            score -= 4 * _BRIEF_MALUS if _is_circumstance(account, trigger, deadly=deadly) else 0
            if not (trigger.agents or trigger.patients or trigger.parties or account.claims):
                score -= _BRIEF_MALUS
            if _is_beginning(account, trigger.root):
                score -= 2 * _BRIEF_MALUS
            scores[trigger.frame] = max(scores.get(trigger.frame, 0), score)
    return scores


def _is_of_the_held(account: Account, harm: Token) -> bool:
    """True for harm that those arrested are held for: "arrested the planner of the murder"."""
    roots = {t.root for t in account.triggers if t.frame == "arrest"}
    node = harm
    while node.head != node and node.i not in roots:
        if node.head.i in roots:
            return node.dep_ in {"dobj", "nsubjpass", "prep"} and node != harm
        node = node.head
    return False


def _opens_with_arrests(draft: Draft) -> bool:
    """True where the first sentence of an incident counts arrests; one may be hurt in them."""
    first = min(draft.accounts, key=lambda a: (a.in_title, a.index))
    return any(t.frame == "arrest" for t in first.triggers) and all(
        c.mention.kind == "detained" for c in first.claims
    )


def _harm_bonus(account: Account, trigger: EventMention) -> int:
    """What the people harmed speak for: deaths for violence, those held for an arrest."""
    kinds = {c.mention.kind for c in account.claims}
    hurt = bool(kinds & HURT)
    bonus = 0
    if frames()[trigger.frame].family in _LESSER or not kinds <= {"detained", "kidnapped"}:
        bonus = HARM_BONUS if kinds and trigger.frame != "kill" else 0
    if not hurt and account.sent.doc[trigger.root].lemma_ == "raid":
        bonus -= 2 * _BRIEF_MALUS  # "raided a house and arrested six"
    return bonus


def _is_circumstance(account: Account, trigger: EventMention, *, deadly: bool) -> bool:
    """True for what only says why, how or where another event of the sentence came about.

    "Arrested on suspicion of murder", "detained in raids", "a stabbing at a rally": the arrests
    and the stabbing are the event. Police who kill at a rally are a matter of the rally.
    """
    family = frames()[trigger.frame].family
    root = account.sent.doc[trigger.root]
    if account.in_title and is_allusion(root):
        return True  # "Two held over market blast"
    above = {
        t.frame
        for t in account.triggers
        if t.root != trigger.root and account.sent.doc[t.root].is_ancestor(root)
    }
    if family in {"violence", "abduction"} and "arrest" in above and not deadly:
        return True
    if family == "demonstration" and root.dep_ == "pobj":
        parties = (*account.initiators, *account.participants)
        others = {t.frame for t in account.triggers}
        return bool(others & _SURPRISES) and not has_kind(parties, CROWDS | {"state forces"})
    return trigger.frame == "clash" and any(
        t.agents and t.patients and stands_after(root, account.sent.doc[t.root])
        for t in account.triggers
        if t.frame in DEEDS
    )


def _stopped(account: Account) -> set[int]:
    """Tokens that say what was intercepted: "shot down missiles fired by the rebels"."""
    doc = account.sent.doc
    return {
        t.i
        for trigger in account.triggers
        if trigger.frame == "disrupt"
        for patient in trigger.patients
        for t in doc[patient].subtree
        if t.i != trigger.root
    }


def _is_beginning(account: Account, root: int) -> bool:
    """True for "tensions erupted when X began shooting": what set off the event, not the event."""
    token = account.sent.doc[root]
    return token.dep_ == "xcomp" and token.head.dep_ == "advcl"
