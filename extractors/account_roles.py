"""Roles of the parties in one account: who acted, who was acted on, who took part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from incidents.extractors.abbreviations import speaks_of_force
from incidents.extractors.arguments import agents_of
from incidents.extractors.companions import HELPER, companions_of
from incidents.extractors.mediators import find_mediators
from incidents.extractors.mentions import COUNTRY_AS_AGENT
from incidents.extractors.people import ARMED, class_of, is_attacker
from incidents.extractors.spokesmen import speaker_as_agent
from incidents.extractors.struck_beside import parties_among, parties_of_site
from incidents.extractors.syntax import is_verbal
from incidents.extractors.triggers import frames, trigger_phrases
from incidents.extractors.vocabulary import word_set
from incidents.gazetteer import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span, Token

    from incidents.extractors.accounts import Account
    from incidents.extractors.mentions import EventMention
    from incidents.extractors.sides import Party, Sides
    from incidents.model import ActorKind

FINDING = frozenset({"find", "recover", "discover", "retrieve"})
_AGREED = frozenset({"agreement", "release"})
_LONE = (["man"], ["men"], ["woman"], ["women"], ["teenager"], ["person"])
_SHOOTING = frozenset({"kill", "target", "attack"})
_DYING = frozenset({"die", "perish"})


def fill_roles(account: Account, sides: Sides) -> None:
    """Set an account's initiators, targets, participants and mediators."""
    doc = account.sent.doc
    if account.families & _AGREED:
        _add(account.mediators, sides.parties(find_mediators(account.sent)))
    between = {party.key for party in account.mediators}
    for trigger in account.triggers:
        if trigger.frame == "displace" or doc[trigger.root].lemma_ in _DYING:
            continue  # the subject is harmed, and is read with the casualties
        patients = _patients(trigger, account, sides)
        agents = _agents(trigger, patients, account, sides)
        if trigger.frame == "clash" or frames()[trigger.frame].family == "agreement":
            parties = sides.parties(doc[i] for i in trigger.parties)
            told = [*parties, *agents, *(patients if not parties else [])]
            told = [_as_actor(party, trigger, doc) for party in told if party.key not in between]
            _add(account.participants, told)
            continue
        if doc[trigger.root].lemma_ in FINDING:
            continue  # who finds the bodies did not kill
        if _answers(trigger, account):
            continue
        agents = [_as_actor(party, trigger, doc) for party in agents if party.key not in between]
        if _was_intercepted(trigger, account):
            _add(account.targets, agents)
            continue
        struck = {a.key for a in agents} | {p.key for p in account.responsible}
        _add(account.initiators, agents)
        _add(
            account.targets,
            [p for p in patients if p.key not in struck and p.rule != COUNTRY_AS_AGENT],
        )
        site = parties_of_site(trigger.frame, doc[trigger.root], sides)
        _add(account.targets, [p for p in site if p.key not in struck])
    _add_harmed(account, sides)


def _add_harmed(account: Account, sides: Sides) -> None:
    """Add those harmed to the targets, and attackers among them to the initiators."""
    doc = account.sent.doc
    if any(claim.party is None or claim.party.people for claim in account.claims):
        began = {p.key for p in account.initiators}
        among = parties_among(account.sent, sides)
        _add(account.targets, [p for p in among if p.key not in began])
    fought = _fought(account)
    for claim in account.claims:
        if claim.party is not None and claim.party.key in fought:
            _add(account.participants, [claim.party])
            continue
        attacked = claim.mention.attackers or is_attacker(doc[claim.mention.noun])
        if claim.party is not None and claim.party.generic and attacked:
            _add(account.initiators, [claim.party])
        elif claim.party is not None and claim.party.key not in {p.key for p in account.initiators}:
            _add(account.targets, [claim.party])


def _fought(account: Account) -> frozenset[str]:
    """Armed sides of which each lost people in a clash: "a soldier and six rebels died in it"."""
    if "clash" not in account.frames or account.initiators:
        return frozenset()
    armed = {c.party.key for c in account.claims if c.party is not None and c.party.kind in ARMED}
    return frozenset(armed) if len(armed) > 1 else frozenset()


def _answers(trigger: EventMention, account: Account) -> bool:
    """True for what answers an attack: who shoots "the attacker", who intercepts the missiles."""
    doc = account.sent.doc
    if trigger.frame == "disrupt":
        return any(doc[t.root].is_ancestor(doc[trigger.root]) for t in _remote(account))
    patients = [doc[i] for i in trigger.patients]
    return trigger.frame in _SHOOTING and any(
        is_attacker(t) and any(c.lower_ == "the" for c in t.children) for t in patients
    )


def _was_intercepted(trigger: EventMention, account: Account) -> bool:
    """True for the firing of "shot down eight missiles fired by Ukraine"."""
    doc = account.sent.doc
    return trigger in _remote(account) and any(
        t.frame == "disrupt" and doc[t.root].is_ancestor(doc[trigger.root])
        for t in account.triggers
    )


def _remote(account: Account) -> list[EventMention]:
    return [t for t in account.triggers if t.frame in {"air", "shelling"}]


def _agents(
    trigger: EventMention, patients: Sequence[Party], account: Account, sides: Sides
) -> list[Party]:
    """Parties that acted; who fought in the clash that killed is told with the clash."""
    doc = account.sent.doc
    harmed = _harmed_by(trigger, account)
    tokens = [doc[i] for i in trigger.agents if i not in harmed and not _is_clash(doc[i])]
    agents = sides.parties(_through_nouns(tokens))
    if not trigger.agents:
        if trigger.frame == "disrupt" and _remote(account):
            return []  # who reports an air raid and what was shot down of it
        speaker = speaker_as_agent(trigger, patients, account.speech, sides, doc)
        return [speaker] if speaker is not None else []
    with_them = [c for t in tokens for c in companions_of(doc[trigger.root], t)]
    known = {p.key for p in agents}
    helpers = sides.parties(_through_nouns(with_them)) if agents else []
    return agents + [
        replace(p, rule=HELPER)
        for p in helpers
        if p.key not in known and p.kind in ARMED and p.rule != COUNTRY_AS_AGENT
    ]


def _harmed_by(trigger: EventMention, account: Account) -> frozenset[int]:
    """Heads of those whom a trigger's own verb says to be harmed.

    In "leaving two men dead and four officers injured" the parser takes the officers for those who
    injured somebody.
    """
    return frozenset(c.mention.head for c in account.claims if c.mention.cue == trigger.root)


def _is_clash(token: Token) -> bool:
    found = trigger_phrases().longest([token.lemma_.lower()], 0)
    clash = found is not None and any(entry.frame == "clash" for entry in found[1])
    return clash and not is_verbal(token)


def _as_actor(party: Party, trigger: EventMention, doc: Doc) -> Party:
    """Herders who attack are no civilians: a militia of their people, or those who protest.

    "A man" who attacks is known by nothing else; "unknown men" are an armed group without a name.
    Source: ACLED Codebook (2023), identity militias, protesters and unidentified armed groups.
    """
    if party.name != "civilians":
        return party
    family = frames()[trigger.frame].family
    if party.people:
        strangers = _strangers(party, doc) if family in {"violence", "abduction"} else None
        if strangers is not None:
            return replace(
                party,
                name=strangers.text,
                mention=strangers.text,
                start=strangers.start_char,
                people=False,
                kind="political militia",
            )
        lone = fold_name(party.mention).split()[-1:] in _LONE and family == "violence"
        return replace(party, name=party.mention, people=False, kind=None) if lone else party
    if not set(fold_name(party.mention).split()) & word_set("people", "communal", "nouns"):
        return party
    protests = family == "demonstration"
    kind: ActorKind = "protesters" if protests else "identity militia"
    return replace(party, name=party.mention, kind=kind)


def _strangers(party: Party, doc: Doc) -> Span | None:
    """The phrase of people who are nobody known: "unidentified men", "unknown persons"."""
    span = doc.char_span(party.start, party.start + 1, alignment_mode="expand")
    head = span[0] if span is not None else None
    if head is None:
        return None
    unknown = word_set("people", "strangers", "words")
    first = next((c for c in head.lefts if c.dep_ == "amod" and c.lower_ in unknown), None)
    return doc[first.i : head.i + 1] if first is not None else None


def _patients(trigger: EventMention, account: Account, sides: Sides) -> list[Party]:
    """Parties acted on: people and forces, no arms and no mere organisations."""
    doc = account.sent.doc
    meant = {c.mention.head: c.mention.noun for c in account.claims}  # "they were shot dead"
    arms = word_set("objects", "arms", "words") | word_set("objects", "weapons", "words")
    tokens = (doc[meant.get(i, i)] for i in trigger.patients if doc[i].lemma_.lower() not in arms)
    return [
        party
        for party in sides.parties(tokens)
        if party.rule != "organisation (NER)" or speaks_of_force(party.mention)
    ]


def _through_nouns(agents: list[Token]) -> list[Token]:
    """Agents behind event nouns and arms: in "a Russian missile killed five", Russia."""
    arms = word_set("objects", "arms", "words")
    found = []
    for agent in agents:
        lemma = agent.lemma_.lower()
        is_event = (
            trigger_phrases().longest([lemma], 0) is not None
            and not is_verbal(agent)
            and class_of(agent) is None  # "protesters" tell of a protest, and act
        )
        if is_event or lemma in arms:
            found += [a for a in agents_of(agent) if a != agent]
        else:
            found.append(agent)
    return found


def _add(parties: list[Party], new: Sequence[Party]) -> None:
    known = {p.key for p in parties}
    for party in new:
        if party.key not in known:
            parties.append(party)
            known.add(party.key)
