"""The ACLED sub-event type of an incident, from its triggers, means and sides.

Source: ACLED Codebook (2023): an attack on armed men is a battle, on civilians violence against
civilians; the means decides explosions and remote violence; who takes the ground decides the
territory types; deaths among protesters make force excessive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.cast import HURT, has_kind
from incidents.extractors.crowds import crowd_violence, demonstration
from incidents.extractors.frame_scores import HARM_BONUS, TITLE_BONUS, frame_scores
from incidents.extractors.means import REMOTE, means_used, sharper_means
from incidents.extractors.people import ARMED, CROWDS
from incidents.extractors.territory import is_yielded, territory_type
from incidents.extractors.told import tells_finds
from incidents.extractors.triggers import frames
from incidents.extractors.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Container

    from incidents.extractors.accounts import Account
    from incidents.extractors.cast import Cast
    from incidents.extractors.drafts import Draft
    from incidents.extractors.mentions import EventMention


def choose_sub_event_type(draft: Draft, cast: Cast) -> tuple[str, str]:
    """The sub-event type of a draft and the rule that gave it.

    Args:
        draft: the incident's accounts.
        cast: its sides.
    """
    scores = frame_scores(draft)
    if not scores:
        return "Attack", "type:people harmed"
    frame = max(scores, key=lambda f: (scores[f], frames()[f].rank, f))
    if frame == "disrupt" and "arrest" in scores and all(map(tells_finds, draft.accounts)):
        frame = "arrest"  # "picked up six suspects and seized rifles"
    family = frames()[frame].family
    crowd = crowd_violence(draft, scores, cast)
    if crowd is not None and frame not in REMOTE:
        return crowd
    if family == "violence":
        return _violence(draft, frame, scores, cast)
    if family == "demonstration":
        return demonstration(draft, frame, scores)
    if frame == "disrupt" and _harms_crew(draft):
        return "Armed clash", "type:aircraft shot down"
    if frame == "territory":
        if "sexual" in scores:
            return "Sexual violence", "type:sexual"
        if is_yielded(draft) and not _harms_anybody(draft, cast):
            return "Non-violent transfer of territory", "type:territory left"
        return territory_type(draft, cast), "type:territory taken"
    return frames()[frame].sub_event_type, f"type:{frame}"


def _violence(draft: Draft, frame: str, scores: dict[str, int], cast: Cast) -> tuple[str, str]:
    found = _by_words(draft, frame, scores)
    if found is not None:
        return found
    ground = scores.get("territory", 0)
    margin = HARM_BONUS + (TITLE_BONUS if frame == "clash" else 0)  # the fight for the ground
    if ground and cast.initiators and ground >= scores.get(frame, 0) - margin:
        return territory_type(draft, cast), "type:territory taken"
    if frame == "clash":
        return "Armed clash", "type:clash"
    if "loot" in scores and not _harms_anybody(draft, cast):
        return "Looting/property destruction", "type:things destroyed"
    if set(scores) == {"kill"} and cast.article_means and not cast.initiators:
        return cast.article_means, "type:means of the article"
    if _is_from_the_air(draft, frame, cast):
        return cast.article_means or "Air/drone strike", "type:strike of a state"
    if "clash" in scores and has_kind(cast.targets, ARMED):
        return "Armed clash", "type:clash"
    if has_kind(cast.targets, CROWDS) and has_kind(cast.initiators, {"state forces"}):
        return "Excessive force against protesters", "type:force against protesters"
    if _is_battle(draft, cast):
        return "Armed clash", "type:armed target"
    return "Attack", "type:civilian target"


def _by_words(draft: Draft, frame: str, scores: dict[str, int]) -> tuple[str, str] | None:
    """The type of violence that words alone decide, whoever the sides are."""
    if frame == "sexual":
        return "Sexual violence", "type:sexual"
    if frame == "bomb" and _is_ambush(draft):
        return "Armed clash", "type:ambush"
    if frame in REMOTE:
        better = sharper_means(draft, frame)
        return better or frames()[frame].sub_event_type, f"type:{frame}"
    if frame not in {"attack", "target", "kill"}:
        return None
    if "sexual" in scores and not _kills(draft):
        return "Sexual violence", "type:sexual"
    if frame == "attack" and _is_search(draft):
        return "Arrests", "type:search"
    if frame != "kill" and _is_mutual(draft):
        return "Armed clash", "type:each other"
    remote = means_used(draft)
    return (remote, f"type:means, {remote}") if remote is not None else None


_SEARCHES = frozenset({"raid", "search", "storm", "sweep", "comb"})
_EACH_OTHER = frozenset({"each other", "one another"})


def _is_search(draft: Draft) -> bool:
    """True for a raid in which people are held and none is hurt: "raided homes and took four"."""
    roots = {a.sent.doc[t.root].lemma_.lower() for a in draft.telling for t in a.triggers}
    kinds = {c.mention.kind for a in draft.accounts for c in a.claims}
    return bool(roots & _SEARCHES) and kinds == {"detained"}


def _is_mutual(draft: Draft) -> bool:
    """True for sides that "shot at each other"."""
    return any(phrase in a.sent.text.lower() for a in draft.telling for phrase in _EACH_OTHER)


def _kills(draft: Draft) -> bool:
    return any(c.mention.kind == "killed" for a in draft.accounts for c in a.claims)


def _is_ambush(draft: Draft) -> bool:
    """True where forces were ambushed and shot at, though a mine or a bomb began it."""
    roots = {a.sent.doc[t.root].lemma_.lower() for a in draft.telling for t in a.triggers}
    words = {t.lemma_.lower() for a in draft.telling for t in a.sent}
    return "ambush" in roots | words and bool(words & {"gunfire", "shoot", "fire", "firefight"})


def _harms_anybody(draft: Draft, cast: Cast) -> bool:
    return bool(cast.targets) or any(a.claims for a in draft.accounts)


def _is_from_the_air(draft: Draft, frame: str, cast: Cast) -> bool:
    """True for "Israel strikes" or "bombed" without other means: a state strikes by air.

    So does the deadly "attack" of a state abroad that names no other arms, and a "strike" that
    nobody is named for in an article about strikes.
    """
    told = [(a, t) for a in draft.accounts for t in a.triggers]
    by_state = has_kind(cast.initiators, {"state forces"})
    strikes = any(
        t.frame == "target" and a.sent.doc[t.root].lemma_.lower() in {"strike", "bomb", "pound"}
        for a, t in told
    )
    if strikes and frame != "attack":
        return by_state or (not cast.initiators and cast.article_means is not None)
    attacks = any(
        a.sent.doc[t.root].lemma_.lower() == "attack"
        and a.sent.doc[t.root].pos_ == "NOUN"
        and _is_by_state(a, t)
        for a, t in told
    )
    hurt = any(c.mention.kind in HURT for a, _ in told for c in a.claims)
    return cast.abroad and attacks and hurt and not has_kind(cast.targets, ARMED)


def _is_by_state(account: Account, trigger: EventMention) -> bool:
    starts = {account.sent.doc[i].idx for i in trigger.agents}
    return any(
        p.kind == "state forces" and p.start <= start < p.start + len(p.mention)
        for p in account.initiators
        for start in starts
    )


def _is_battle(draft: Draft, cast: Cast) -> bool:
    """ACLED: an attack on soldiers, police or fighters is a battle.

    An attacker who is shot or seized at the scene does not make it one.
    """
    attackers = word_set("people", "attackers", "nouns") | {"suspect", "perpetrator"}
    others_hurt = any(
        c.mention.kind in HURT and not (c.party and c.party.kind in ARMED)
        for a in draft.accounts
        for c in a.claims
    )
    armed_targets = [
        p
        for p in cast.targets
        if p.kind in ARMED
        and not (others_hurt and p.generic and set(p.name.lower().split()) & attackers)
    ]
    civil_targets = [p for p in cast.targets if p.kind == "civilians"]
    if armed_targets and not civil_targets:
        return True
    if armed_targets and civil_targets:
        armed, civil = _killed(draft, ARMED), _killed(draft, {"civilians"})
        if armed and civil:
            return armed > civil
        return armed_targets[0].start <= civil_targets[0].start
    return len({p.key for p in cast.participants}) > 1


def _killed(draft: Draft, kinds: Container[str | None]) -> int:
    """Most people of some kinds that one account has killed."""
    return max(
        (
            sum(
                c.mention.min or 0
                for c in a.claims
                if c.mention.kind == "killed" and c.party is not None and c.party.kind in kinds
            )
            for a in draft.accounts
        ),
        default=0,
    )


def _harms_crew(draft: Draft) -> bool:
    """True where those in an aircraft that was shot down were harmed: an attack on armed men."""
    return any(
        c.mention.kind in HURT and (c.party is None or c.party.kind in ARMED)
        for a in draft.accounts
        for c in a.claims
    )
