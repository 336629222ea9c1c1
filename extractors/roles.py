"""Initiators, targets and participants of an incident out of its accounts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from incidents.extractors.companions import HELPER
from incidents.extractors.mentions import COUNTRY_AS_AGENT
from incidents.extractors.people import ARMED
from incidents.extractors.vocabulary import word_set
from incidents.gazetteer import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incidents.extractors.accounts import Account
    from incidents.extractors.drafts import Draft
    from incidents.extractors.sides import Party
    from incidents.gazetteer import Gazetteer

_ROLES = ("initiator", "target", "participant")
_NEVER = 1_000_000_000  # sorts behind every sentence
_SUSPECTS = frozenset({"rebel group", "political militia"})
_GUNMEN = frozenset({"gunman", "gunmen", "kidnapper", "robber", "hijacker"})  # say more than that
_ATTACKED = 10  # how much an attack counts beside a count of the attackers' dead
_STRIKING = frozenset({"attack", "suicide", "bomb", "air", "shelling", "grenade"})
_BOTH = 2  # the two sides of an incident


@dataclass(slots=True)
class _Standing:
    """What the accounts say of one party."""

    party: Party
    tally: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    in_body: bool = False
    first_role: str | None = None
    helps: bool = False  # told as acting with somebody else: "backed by militias"
    began: tuple[int, int] = (_NEVER, 0)


def settle_roles(
    draft: Draft, gazetteer: Gazetteer
) -> tuple[list[Party], list[Party], list[Party]]:
    """Roles of the parties of an incident.

    Rules: a named party drives out descriptions of its side, and a branch its parent ("the regime"
    beside the militia that it backs); the headline's parties count where the body names none; a
    party told as both keeps the role told more often; where two parties struck each other, the one
    told first began; the sides of a clash become initiator and target where another sentence says
    who struck first.

    Args:
        draft: the incident's accounts.
        gazetteer: where actors' parents come from.

    Returns:
        Initiators, targets and participants.
    """
    between = {party.key for account in draft.accounts for party in account.mediators}
    standings = {key: s for key, s in _collect(draft).items() if key not in between}
    harmed = frozenset(
        c.party.key for a in draft.accounts for c in a.claims if c.party and not c.party.people
    )
    kept = _drop_parents(_drop_title_only(standings), gazetteer)
    kept = _collapse(_drop_civilians(_drop_shadows(kept), harmed))
    role_of = {key: _role(s) for key, s in kept.items()}
    _settle_mutual(role_of, kept)
    _balance(role_of, kept)
    by_role: dict[str, list[Party]] = {role: [] for role in _ROLES}
    for key, role in role_of.items():
        by_role[role].append(kept[key].party)
    return by_role["initiator"], by_role["target"], by_role["participant"]


def mediators_of(draft: Draft, gazetteer: Gazetteer) -> list[Party]:
    """Parties that stood between those who agreed, each once; a country is its government.

    Args:
        draft: the incident's accounts.
        gazetteer: where governments are listed.
    """
    found: dict[str, Party] = {}
    for party in (party for account in draft.accounts for party in account.mediators):
        known = gazetteer.actor(party.id) if party.id and party.rule == COUNTRY_AS_AGENT else None
        state = gazetteer.branch(known.countries[0], "government") if known is not None else None
        named = party if state is None else replace(party, id=state.id, name=state.name)
        if not named.people and named.kind != "civilians":
            found.setdefault(party.key, named)
    return list(found.values())


def _collect(draft: Draft) -> dict[str, _Standing]:
    standings: dict[str, _Standing] = {}
    for account in sorted(draft.accounts, key=lambda a: (a.in_title, a.index)):
        for role, party in _told_roles(account, draft):
            standing = standings.setdefault(party.key, _Standing(party))
            if standing.party.people and not party.people:
                standing.party = party  # "civilians" says more than "people"
            elif standing.party.described and not party.described:
                standing.party = replace(standing.party, name=party.name, described=False)
            standing.tally[role] += _weight(role, account)
            standing.in_body |= not account.in_title
            standing.helps |= party.rule == HELPER
            if role == "initiator":
                standing.began = min(standing.began, (account.index, party.start))
            if standing.first_role is None and role != "participant":
                standing.first_role = role
    return standings


def _told_roles(account: Account, draft: Draft) -> Iterator[tuple[str, Party]]:
    """Roles and parties of an account; who is held responsible counts as initiator.

    In an incident of violence, suspects who are arrested for it began it; who arrests them or
    intercepts the missiles did not.
    """
    others = [a for a in draft.accounts if a is not account]
    if account.frames == {"arrest"} and any(_is_violent(a) for a in others):
        suspects = [p for p in account.targets if p.generic and p.kind in _SUSPECTS]
        if suspects and all(p.generic for p in account.targets):
            yield from (("initiator", party) for party in suspects)
            return
    for role in _ROLES:
        if role == "initiator" and _is_interception(account, others):
            continue
        yield from ((role, party) for party in getattr(account, role + "s"))
    yield from (("initiator", party) for party in account.responsible)


def _is_interception(account: Account, others: Iterable[Account]) -> bool:
    """True where missiles are shot down that another sentence says who fired."""
    return account.frames == {"disrupt"} and any(
        a.initiators and a.frames & {"air", "shelling"} for a in others
    )


def _is_violent(account: Account) -> bool:
    """True for an account of violence against people or forces, not of a protest."""
    return "violence" in account.families and "demonstration" not in account.families


def _weight(role: str, account: Account) -> int:
    """Who is said to have attacked did so, however often its own dead are counted afterwards."""
    return _ATTACKED if role == "initiator" and _STRIKING & account.frames else 1


def _drop_title_only(standings: dict[str, _Standing]) -> dict[str, _Standing]:
    """The headline often says in other words what the body says by name, or the other way round."""
    body = {k: s for k, s in standings.items() if s.in_body or _is_described(s, standings.values())}
    armed = [s for s in body.values() if s.party.kind != "civilians"]
    return body if len(armed) >= _BOTH or (armed and len(body) >= _BOTH) else standings


def _is_described(title: _Standing, others: Iterable[_Standing]) -> bool:
    """True for a force that the headline names and the body only describes: "the military"."""
    return title.party.id is not None and any(
        other.in_body
        and other.party.generic
        and other.party.kind == title.party.kind == "state forces"
        and bool(set(other.tally) & set(title.tally))
        for other in others
    )


def _drop_parents(standings: dict[str, _Standing], gazetteer: Gazetteer) -> dict[str, _Standing]:
    """Without the states and umbrellas whose branches are named beside them on the same side."""
    parents: dict[str, set[str]] = {}
    for key in standings:
        actor = gazetteer.actor(key)
        while actor is not None and actor.parent is not None:
            parents.setdefault(actor.parent, set()).add(key)
            actor = gazetteer.actor(actor.parent)
    return {
        key: s
        for key, s in standings.items()
        if not any(_same_side(s, standings[child]) for child in parents.get(key, ()))
    }


def _same_side(a: _Standing, b: _Standing) -> bool:
    opposed = {"initiator": "target", "target": "initiator"}
    return not any(opposed.get(role) in b.tally and role not in b.tally for role in a.tally)


def _drop_shadows(standings: dict[str, _Standing]) -> dict[str, _Standing]:
    """Without descriptions whose side has a name."""
    named = {k: s for k, s in standings.items() if not s.party.generic}
    named_roles = [_role(s) for s in named.values()]
    first_movers = set(named_roles) & {"initiator", "target"}
    both_named = len(named) >= _BOTH and (
        len(first_movers) == _BOTH or named_roles.count("participant") >= _BOTH
    )
    return {
        key: s
        for key, s in standings.items()
        if not s.party.generic
        or s.party.kind == "civilians"
        or s.helps
        or not (both_named or _role(s) in first_movers)
    }


def _drop_civilians(
    standings: dict[str, _Standing], harmed: frozenset[str]
) -> dict[str, _Standing]:
    """Civilians are targets only; beside an armed target only where the text counts them."""
    armed_target = any(
        s.party.kind in ARMED and {"target", "participant"} & set(s.tally)
        for s in standings.values()
    )
    kept = {}
    for key, standing in standings.items():
        party = standing.party
        if party.kind == "civilians" or party.people:
            incidental = party.people or key not in harmed
            if "target" not in standing.tally or (armed_target and incidental):
                continue
            standing.tally.pop("initiator", None)
            standing.tally.pop("participant", None)
        kept[key] = standing
    return kept


def _collapse(standings: dict[str, _Standing]) -> dict[str, _Standing]:
    """One description for each kind and role: "motorcycle bomber" and "the assailant" are one."""
    kept: dict[str, _Standing] = {}
    # "the attackers" says less than "militants", wherever it stands
    for key, standing in sorted(standings.items(), key=lambda item: _only_attacks(item[1].party)):
        twin = next((s for s in kept.values() if _are_twins(s, standing)), None)
        if twin is None:
            kept[key] = standing
        else:
            for role, count in standing.tally.items():
                twin.tally[role] += count
    return kept


def _are_twins(a: _Standing, b: _Standing) -> bool:
    if not (a.party.generic and b.party.generic) or a.party.kind == "civilians":
        return False
    police = [
        ("police" in s.party.name.lower() or "gendarme" in s.party.name.lower()) for s in (a, b)
    ]
    lone = a.party.kind is None  # "a man"
    vague = _only_attacks(b.party) and (
        lone or (a.party.kind in ARMED and a.party.kind != "state forces")
    )
    if vague and "initiator" in a.tally:
        return True  # whoever attacked and is then shot is the same party
    return (
        a.party.kind == b.party.kind
        and police[0] == police[1]
        and bool(set(a.tally) & set(b.tally))
    )


def _only_attacks(party: Party) -> bool:
    """True for words that say no more than that somebody struck: "attackers", "a bomber"."""
    last = fold_name(party.name).split()[-1:]
    return party.generic and any(
        word.removesuffix("s") in word_set("people", "attackers", "nouns") - _GUNMEN
        for word in last
    )


def _role(standing: _Standing) -> str:
    tally = standing.tally
    if "initiator" not in tally and "target" not in tally:
        return "participant"
    if tally.get("initiator", 0) == tally.get("target", 0):
        return standing.first_role or "initiator"
    return "initiator" if tally.get("initiator", 0) > tally.get("target", 0) else "target"


def _settle_mutual(role_of: dict[str, str], standings: dict[str, _Standing]) -> None:
    """Where every armed party struck, the one told first began and the others were its targets."""
    armed = [k for k in role_of if standings[k].party.kind != "civilians"]
    if len(armed) < _BOTH or {role_of[k] for k in armed} != {"initiator"}:
        return
    armed.sort(key=lambda k: standings[k].began)
    struck = [k for k in armed if "target" in standings[k].tally]
    for key in struck if len(struck) < len(armed) else armed[1:]:
        role_of[key] = "target"


def _balance(role_of: dict[str, str], standings: dict[str, _Standing]) -> None:
    """If one side of a clash struck first, the other side was its target."""
    roles = {role for key, role in role_of.items() if standings[key].party.kind != "civilians"}
    if "participant" not in roles or len(roles) == 1:
        return
    if "initiator" in roles and "target" not in roles:
        other = "target"
    elif "target" in roles and "initiator" not in roles:
        other = "initiator"
    else:
        return
    for key, role in role_of.items():
        if role == "participant":
            role_of[key] = other
