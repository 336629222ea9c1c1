"""What crowds did and what was done to them: mobs, riots, protests and how they were met.

Source: ACLED Codebook (2023): a crowd's violence against people is mob violence, its other violence
a violent demonstration; deaths among protesters make force excessive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.account_roles import FINDING
from incidents.extractors.cast import HURT, has_kind
from incidents.extractors.people import ARMED, CROWDS
from incidents.extractors.vocabulary import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from incidents.extractors.accounts import Account
    from incidents.extractors.cast import Cast
    from incidents.extractors.drafts import Draft
    from incidents.extractors.mentions import EventMention
    from incidents.extractors.sides import Party

DEEDS = frozenset({"attack", "target", "kill", "loot"})  # what a crowd does when it is violent
_TOPICS = frozenset({"at", "over", "against", "about"})


def crowd_violence(draft: Draft, scores: dict[str, int], cast: Cast) -> tuple[str, str] | None:
    """What a violent crowd did: to people it is mob violence, else a violent demonstration."""
    if any(
        a.sent.doc[t.root].lemma_.lower().startswith("lynch")
        for a in draft.accounts
        for t in a.triggers
    ):
        armed = any(p.kind in ARMED and not p.generic for p in cast.initiators)
        return None if armed else ("Mob violence", "type:lynching")
    if is_by_mob(draft):
        return "Mob violence", "type:violence of a crowd against people"
    both = (*cast.initiators, *cast.participants)
    if "clash" in scores and _is_brawl(draft, cast):
        return "Mob violence", "type:fight of crowds"
    if "clash" in scores and has_kind(cast.targets, CROWDS):
        return "Violent demonstration", "type:clash with a crowd"
    if not has_kind(both, CROWDS):
        return None
    if "mob" in scores:
        return "Mob violence", "type:mob"
    if "clash" in scores:
        return "Violent demonstration", "type:clash with a crowd"
    if not (DEEDS & set(scores) and has_kind(cast.initiators, CROWDS)):
        return None
    if _is_force_against(draft, cast):
        return demonstration(draft, "protest", scores)
    if has_kind(cast.targets, {"civilians"}) and "loot" not in scores:
        return "Mob violence", "type:violence of a crowd against people"
    return "Violent demonstration", "type:violence of a crowd"


def _is_brawl(draft: Draft, cast: Cast) -> bool:
    """True for a fight of people with sticks or machetes, or of two crowds, no forces in it."""
    sides = (*cast.initiators, *cast.participants, *cast.targets)
    if has_kind(sides, ARMED):
        return False
    crude = word_set("triggers", "crowd_control", "crude")
    words = {t.lemma_.lower() for a in draft.telling for t in a.sent}
    return bool(words & crude) or (
        bool(sides) and all(p.kind in CROWDS for p in sides) and ("rival" in words)
    )


def _is_force_against(draft: Draft, cast: Cast) -> bool:
    """True where police and a crowd acted and no police were harmed: the crowd was."""
    hurt = {c.party.kind for a in draft.accounts for c in a.claims if c.party is not None}
    return (
        has_kind(cast.initiators, {"state forces"})
        and not has_kind(cast.targets, {"state forces"})
        and "state forces" not in hurt
        and any(c.mention.kind in HURT for a in draft.accounts for c in a.claims)
    )


def is_by_mob(draft: Draft) -> bool:
    """True for villagers, residents or a crowd that beat or killed people.

    Args:
        draft: an incident's accounts.
    """
    mobs = word_set("triggers", "crowd_control", "mobs")
    return any(
        t.frame in {"target", "kill", "attack"}
        and t.patients
        and a.sent.doc[t.root].lemma_ not in FINDING  # residents who find the bodies
        and any(_heads(a.sent.doc[i]) & mobs for i in t.agents)
        for a in draft.telling
        if not any(p.kind in ARMED and not _is_of(p, mobs) for p in a.initiators)
        for t in a.triggers
    )


def _is_of(party: Party, nouns: frozenset[str]) -> bool:
    """True for villagers and residents, though they attack as a militia of their people does."""
    return party.mention.lower().split()[-1].removesuffix("s") in nouns


def _heads(noun: Token) -> set[str]:
    """Lemma of a noun, and of those that it counts: "hundreds of villagers"."""
    of = (o for c in noun.children if c.lower_ == "of" for o in c.children)
    return {noun.lemma_.lower(), *(o.lemma_.lower() for o in of)}


def demonstration(draft: Draft, frame: str, scores: dict[str, int]) -> tuple[str, str]:
    """The sub-event type of a crowd's gathering, by how it was met, and the rule that gave it.

    Args:
        draft: the incident's accounts.
        frame: its leading frame, of the family of demonstrations.
        scores: the frames told, with their scores.
    """
    if frame == "mob":
        return "Mob violence", "type:mob"
    if frame == "riot":
        return "Violent demonstration", "type:riot"
    kinds = {c.mention.kind for a in draft.accounts for c in a.claims}
    words = {t.lower_ for a in draft.accounts for t in a.sent}
    lethal = word_set("triggers", "crowd_control", "lethal")
    shot = bool(words & (lethal - {"bullets"} if "rubber" in words else lethal))
    if "killed" in kinds or ("wounded" in kinds and shot):
        return "Excessive force against protesters", "type:protest, lethal force"
    if "riot" in scores:
        return "Violent demonstration", "type:riot"
    if (
        any(t.frame == "arrest" and not _is_topic(a, t) for a in draft.accounts for t in a.triggers)
        or "wounded" in kinds
        or words & word_set("triggers", "crowd_control", "words")
    ):
        return "Protest with intervention", "type:protest, intervention"
    return "Peaceful protest", "type:protest"


def _is_topic(account: Account, trigger: EventMention) -> bool:
    """True for what a protest is about: "in protest at the arrest of a colleague"."""
    protests = {t.root for t in account.triggers if t.frame == "protest"}
    node = account.sent.doc[trigger.root]
    while node.head != node and node.i not in protests:
        if node.head.i in protests:
            return node.dep_ == "prep" and node.lower_ in _TOPICS
        if node.lower_ in _TOPICS and node.i - 1 in protests:
            return True  # "walked out in protest at", where the parser hangs "at" on the verb
        node = node.head
    return False
