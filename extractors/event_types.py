"""The ACLED sub-event type of an incident, from its triggers, means and sides.

Source: ACLED Codebook (2023): an attack on armed men is a battle, on civilians violence against
civilians; the means decides explosions and remote violence; who takes the ground decides the
territory types.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from incidents.extractors.phrases import PhraseTrie
from incidents.extractors.triggers import frames, lemma_keys
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.extractors.accounts import Account
    from incidents.extractors.drafts import Draft
    from incidents.extractors.sides import Party
    from incidents.model import ActorKind

ARMED: frozenset[ActorKind] = frozenset(
    {"state forces", "rebel group", "political militia", "identity militia", "external/other"}
)
CROWDS: frozenset[ActorKind] = frozenset({"protesters", "rioters"})
_TITLE_BONUS, _HARM_BONUS, _NAMED_BONUS, _BRIEF_MALUS = 6, 14, 4, 10
_REMOTE = frozenset({"suicide", "air", "shelling", "grenade", "bomb", "chemical"})
_LESSER = frozenset({"arrest", "abduction"})  # families that deaths outrank
_MEANS_FRAMES = {
    "Suicide bomb": "suicide",
    "Chemical weapon": "chemical",
    "Air/drone strike": "air",
    "Shelling/artillery/missile attack": "shelling",
    "Grenade": "grenade",
    "Remote explosive/landmine/IED": "bomb",
}


@cache
def _weapons() -> PhraseTrie[str]:
    trie: PhraseTrie[str] = PhraseTrie()
    for sub_event_type, entry in load_words("weapons").items():
        if isinstance(entry, dict):
            for phrase in entry["words"]:
                trie.add(phrase.replace("-", " ").split(), sub_event_type)
    return trie


def means_of(account: Account) -> list[str]:
    """Sub-event types that the arms named in a sentence stand for, in order of the text."""
    keys, indices = lemma_keys(account.sent.doc)
    first = next((k for k, i in enumerate(indices) if i >= account.sent.start), len(keys))
    last = next((k for k, i in enumerate(indices) if i >= account.sent.end), len(keys))
    return [values[0] for _, _, values in _weapons().find(keys[first:last])]


def _frame_scores(draft: Draft) -> dict[str, int]:
    """Each frame's rank, with what speaks for it: people harmed, the headline, several tellings."""
    scores: dict[str, int] = {}
    deadly = any(c.mention.kind in {"killed", "wounded"} for a in draft.accounts for c in a.claims)
    for account in draft.accounts:
        harmed = bool(account.claims)
        hurt = any(c.mention.kind in {"killed", "wounded"} for c in account.claims)
        for trigger in account.triggers:
            score = frames()[trigger.frame].rank
            score += _HARM_BONUS if harmed and trigger.frame != "kill" else 0
            if not hurt and account.sent.doc[trigger.root].lemma_ == "raid":
                score -= 2 * _BRIEF_MALUS  # "raided a house and arrested six"
            score -= 2 * _BRIEF_MALUS if deadly and frames()[trigger.frame].family in _LESSER else 0
            score += _TITLE_BONUS if account.in_title else 0
            if not (trigger.agents or trigger.patients or trigger.parties) and not harmed:
                score -= _BRIEF_MALUS
            if _is_beginning(account, trigger.root):
                score -= 2 * _BRIEF_MALUS
            scores[trigger.frame] = max(scores.get(trigger.frame, 0), score)
    return scores


def _is_beginning(account: Account, root: int) -> bool:
    """True for "tensions erupted when X began shooting": what set off the event, not the event."""
    token = account.sent.doc[root]
    return token.dep_ == "xcomp" and token.head.dep_ == "advcl"


def choose_sub_event_type(
    draft: Draft,
    initiators: Sequence[Party],
    targets: Sequence[Party],
    participants: Sequence[Party],
) -> tuple[str, str]:
    """The sub-event type of a draft and the rule that gave it.

    Args:
        draft: the incident's accounts.
        initiators: parties that acted.
        targets: parties that were acted on.
        participants: sides of a clash without a known first mover.
    """
    scores = _frame_scores(draft)
    if not scores:
        return "Attack", "type:people harmed"
    frame = max(scores, key=lambda f: (scores[f], frames()[f].rank, f))
    family = frames()[frame].family
    if family == "violence":
        return _violence(draft, frame, scores, initiators, targets, participants)
    if family == "demonstration":
        return _demonstration(draft, frame, scores)
    if frame == "territory":
        return _territory(initiators), "type:territory taken"
    return frames()[frame].sub_event_type, f"type:{frame}"


def _violence(
    draft: Draft,
    frame: str,
    scores: dict[str, int],
    initiators: Sequence[Party],
    targets: Sequence[Party],
    participants: Sequence[Party],
) -> tuple[str, str]:
    if frame == "sexual":
        return "Sexual violence", "type:sexual"
    if frame in _REMOTE:
        better = _sharper_means(draft, frame)
        return better or frames()[frame].sub_event_type, f"type:{frame}"
    if frame in {"attack", "target", "kill"}:
        for account in draft.accounts:
            for means in means_of(account):
                remote = _MEANS_FRAMES.get(means)
                if remote is not None and _means_used(account, means):
                    return means, f"type:means, {remote}"
    if (
        "territory" in scores
        and scores["territory"] >= scores.get(frame, 0) - _HARM_BONUS
        and initiators
    ):
        return _territory(initiators), "type:territory taken"
    if frame == "clash":
        crowd = [p for p in (*participants, *initiators, *targets) if p.kind in CROWDS]
        if crowd:
            return "Violent demonstration", "type:clash with a crowd"
        return "Armed clash", "type:clash"
    if frame == "target" and _is_from_the_air(draft, initiators):
        return "Air/drone strike", "type:strike of a state"
    if any(p.kind in CROWDS for p in targets) and any(p.kind == "state forces" for p in initiators):
        return "Excessive force against protesters", "type:force against protesters"
    if _is_battle(targets, participants):
        return "Armed clash", "type:armed target"
    return "Attack", "type:civilian target"


def _is_from_the_air(draft: Draft, initiators: Sequence[Party]) -> bool:
    """True for "Israel strikes" or "bombed" without other means: a state strikes by air."""
    by_state = any(p.kind == "state forces" for p in initiators)
    lemmas = {a.sent.doc[t.root].lemma_.lower() for a in draft.accounts for t in a.triggers}
    return by_state and bool(lemmas & {"strike", "bomb", "pound"})


def _sharper_means(draft: Draft, frame: str) -> str | None:
    """Suicide attackers outrank the bomb that they carry."""
    if frame == "shelling" and any(
        "Air/drone strike" in means_of(a) for a in draft.accounts if "shelling" in _frames_of(a)
    ):
        return "Air/drone strike"  # ACLED codes a mixed salvo of drones and missiles so
    if frame == "bomb":
        for account in draft.accounts:
            for means in means_of(account):
                if (
                    means in {"Suicide bomb", "Grenade", "Air/drone strike"}
                    and (
                        means == "Suicide bomb"
                        or frames()["bomb"].rank < frames()[_MEANS_FRAMES[means]].rank
                    )
                    and account.triggers
                ):
                    return means
    return None


def _frames_of(account: Account) -> set[str]:
    return {t.frame for t in account.triggers}


def _means_used(account: Account, means: str) -> bool:
    """True if an event told in the sentence was done with the arms, not done to them."""
    if any(t.frame == "clash" for t in account.triggers):
        return False
    doc = account.sent.doc
    keys, indices = lemma_keys(account.sent.as_doc())
    verbs = {t.i for t in account.sent if t.pos_ == "VERB"}  # "bombed" is no bomb
    struck = {i for t in account.triggers for i in t.patients}
    used = (
        {
            indices[start] + account.sent.start
            for start, _, values in _weapons().find(keys)
            if means in values
        }
        - struck
        - verbs
    )
    for trigger in account.triggers:
        root = doc[trigger.root]
        clause = {t.i for t in root.subtree}
        if root.dep_ in {"dobj", "nsubj", "pobj", "conj", "xcomp"}:
            clause |= {t.i for t in root.head.subtree}
        if used & clause or used & set(trigger.agents):
            return True
    return False


def _is_battle(targets: Sequence[Party], participants: Sequence[Party]) -> bool:
    """ACLED: an attack on soldiers, police or fighters is a battle."""
    armed_targets = [p for p in targets if p.kind in ARMED]
    civil_targets = [p for p in targets if p.kind == "civilians"]
    if armed_targets and not civil_targets:
        return True
    if armed_targets and civil_targets:
        return armed_targets[0].start <= civil_targets[0].start
    return len({p.key for p in participants}) > 1


def _demonstration(draft: Draft, frame: str, scores: dict[str, int]) -> tuple[str, str]:
    if frame == "mob":
        return "Mob violence", "type:mob"
    if frame == "riot":
        return "Violent demonstration", "type:riot"
    text = " ".join(a.sent.text.lower() for a in draft.accounts)
    harmed = any(c.mention.kind in {"killed", "wounded"} for a in draft.accounts for c in a.claims)
    if harmed and any(
        w in text for w in ("live ammunition", "live rounds", "opened fire", "shot dead", "shot")
    ):
        return "Excessive force against protesters", "type:protest, lethal force"
    if "riot" in scores:
        return "Violent demonstration", "type:riot"
    if (
        "arrest" in scores
        or harmed
        or any(
            w in text
            for w in (
                "tear gas",
                "water cannon",
                "dispersed",
                "batons",
                "rubber bullets",
                "detained",
                "arrested",
            )
        )
    ):
        return "Protest with intervention", "type:protest, intervention"
    return "Peaceful protest", "type:protest"


def _territory(initiators: Sequence[Party]) -> str:
    if initiators and initiators[0].kind == "state forces":
        return "Government regains territory"
    return "Non-state actor overtakes territory"
