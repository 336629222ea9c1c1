"""Find the accounts of an article: which triggers of a sentence tell one event, and what is its."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.account_places import drop_improbable_places
from incidents.extractors.account_roles import fill_roles
from incidents.extractors.accounts import Account, Claim
from incidents.extractors.attribution import speech_at
from incidents.extractors.columns import columns, spans_within, text_at, text_of
from incidents.extractors.item_lending import take_from_item
from incidents.extractors.mentions import COUNTED, NO_SPEECH, EventMention
from incidents.extractors.modality import is_cumulative, is_depicted
from incidents.extractors.page_links import find_links, is_link
from incidents.extractors.responsibility import find_responsible
from incidents.extractors.settings import is_where_treated, tells_setting
from incidents.extractors.syntax import distance, is_verbal, stands_after
from incidents.extractors.triggers import frames
from incidents.extractors.victim_parties import share_sides, victim_party
from incidents.extractors.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Span, Token

    from incidents.extractors.excerpts import Excerpt
    from incidents.extractors.mentions import CasualtyMention
    from incidents.extractors.sides import Sides

# Families whose events can be parts of one incident when one sentence tells them together.
_TOGETHER = (
    frozenset({"violence", "territory", "property", "displacement", "other", "disrupt", "change"}),
    frozenset({"violence", "abduction", "property"}),
    frozenset({"violence", "arrest"}),
    frozenset({"demonstration", "violence", "arrest", "property"}),
    frozenset({"arrest", "disrupt"}),
    frozenset({"abduction", "arrest"}),
)


def find_accounts(
    doc: Doc, sides: Sides, *, has_title: bool, excerpt: Excerpt | None = None
) -> list[Account]:
    """The accounts of an article, sentence by sentence.

    Args:
        doc: a doc that all components have run on.
        sides: the article's parties.
        has_title: True if the first sentence is the headline.
        excerpt: which part of the article the doc is, None for all of it; sentences that it leaves
            out are counted too.
    """
    accounts = []
    links = find_links(text_of(doc))
    for number, sent in enumerate(_told(doc)):
        if is_link(links, sent.start_char):
            continue
        index = number + (excerpt.sentences_before(sent.start_char) if excerpt else 0)
        found = _in_sentence(sent, index, sides, in_title=has_title and index == 0)
        for account in found:
            take_from_item(account)
        accounts += found
    return accounts


def _told(doc: Doc) -> Iterator[Span]:
    for sent in doc.sents:
        if not all(columns(doc).is_space[sent.start : sent.end]):
            yield sent


def _in_sentence(sent: Span, index: int, sides: Sides, *, in_title: bool) -> list[Account]:
    doc = sent.doc
    spans = [s for s in spans_within(sent, "events") if s._.event.real and not _is_standing(s)]
    casualties = [
        s for s in spans_within(sent, "casualties") if not is_depicted(doc[s._.casualty.cue])
    ]
    speech = next((s._.speech for s in spans_within(sent, "speech")), NO_SPEECH)
    groups = _split_triggers([s._.event for s in spans], doc, sent)
    accounts = [Account(sent, index, triggers=g, speech=speech, in_title=in_title) for g in groups]
    if not accounts and casualties:
        told = [_harm_told(s._.casualty) for s in casualties]
        accounts = [Account(sent, index, triggers=told[:1], speech=speech, in_title=in_title)]
    responsible = sides.parties(find_responsible(sent))
    if not accounts and (responsible or tells_setting(sent)):
        accounts = [Account(sent, index, speech=speech, in_title=in_title)]
    if not accounts:
        return []
    accounts[0].responsible = responsible
    for span in casualties:
        mention = span._.casualty
        account = _nearest(accounts, doc[mention.cue])
        party = victim_party(doc[mention.noun], doc[mention.cue], account.claims, sides)
        teller = speech_at(doc[mention.cue], speech)
        account.claims.append(Claim(mention, party, span, teller, in_title))
    for account in accounts:
        share_sides(account.claims)
    _share_dates(accounts, spans_within(sent, "dates"))
    where = [s for s in spans_within(sent, "places") if s._.place.excluded is None]
    _share_places(accounts, [s for s in where if not is_where_treated(s)])
    for account in accounts:
        drop_improbable_places(account)
        fill_roles(account, sides)
    return accounts


_HARMS = {
    "killed": "kill",
    "wounded": "kill",
    "missing": "kill",
    "detained": "arrest",
    "kidnapped": "abduct",
    "displaced": "displace",
}


def _harm_told(casualty: CasualtyMention) -> EventMention:
    """The event that a count alone tells of: "Six dead in Tripoli"."""
    return EventMention(_HARMS[casualty.kind], casualty.cue, rule=COUNTED)


def _is_standing(span: Span) -> bool:
    """True for what is no one event: what happens again and again, and the toll of a war."""
    is_toll = frames()[span._.event.frame].name == "kill" and is_cumulative(span.root)
    return is_toll or _is_habitual(span)


def _is_habitual(span: Span) -> bool:
    """True for what happens time and again, told without being one event."""
    root = span.root
    verb = root
    while not is_verbal(verb) and verb.head != verb:
        verb = verb.head
    near = {c.lower_ for t in {root, verb} for c in t.children}
    if near & word_set("discourse", "habitual", "words"):
        return True
    text = text_at(span.sent).lower()
    return any(turn in text for turn in word_set("discourse", "habitual", "turns"))


def _split_triggers(triggers: list[EventMention], doc: Doc, sent: Span) -> list[list[EventMention]]:
    """Triggers of one sentence by the event that they tell."""
    groups: list[list[EventMention]] = []
    for trigger in triggers:
        for group in sorted(groups, key=lambda told: _away(told, trigger, doc)):
            if all(_tell_one_event(trigger, other, doc, sent) for other in group):
                group.append(trigger)
                break
        else:
            groups.append([trigger])
    return groups


def _away(told: Sequence[EventMention], trigger: EventMention, doc: Doc) -> int:
    """Arcs from a trigger to the nearest of others."""
    return min(distance(doc[other.root], doc[trigger.root]) for other in told)


def _tell_one_event(a: EventMention, b: EventMention, doc: Doc, sent: Span) -> bool:
    families = {frames()[a.frame].family, frames()[b.frame].family}
    if len(families) > 1 and not any(families <= together for together in _TOGETHER):
        return False
    if a.frame == b.frame and _share_subject(doc[a.root], doc[b.root]):
        return True
    if _follows(doc[a.root], doc[b.root]) or _follows(doc[b.root], doc[a.root]):
        return False
    if stands_after(doc[a.root], doc[b.root]) or stands_after(doc[b.root], doc[a.root]):
        return not _have_own_dates(a, b, sent) and len(families) == 1
    return not _have_own_dates(a, b, sent) and not _have_own_places(a, b, sent)


def _share_subject(a: Token, b: Token) -> bool:
    """True for "were fired from the hills and fell on the camp": one deed in two verbs."""
    first, second = sorted((a, b), key=lambda t: t.i)
    own = any(c.dep_ in {"nsubj", "nsubjpass", "dobj"} for c in second.children)
    return second.dep_ == "conj" and second.head == first and not own


def _follows(later: Token, earlier: Token) -> bool:
    """True for "the attacks followed clashes": subject and object are two events."""
    verb = later.head
    return (
        verb.lemma_ in {"follow", "precede"}
        and later.dep_ in {"nsubj", "nsubjpass"}
        and (earlier != verb and earlier.i > verb.i and verb.i in {t.i for t in earlier.ancestors})
    )


def _qualifies(inner: Token, outer: Token) -> bool:
    """True for "girls abducted a year ago were released": the day is the participle's own."""
    return inner.dep_ in {"acl", "relcl"} and outer.is_ancestor(inner)


def _have_own_dates(a: EventMention, b: EventMention, sent: Span) -> bool:
    """True if each of two triggers has a date of its own, and they differ."""
    return len(_own(a, b, [(s, s.text) for s in spans_within(sent, "dates")])) > 1


def _have_own_places(a: EventMention, b: EventMention, sent: Span) -> bool:
    """True if each of two triggers has a place of its own, and neither lies in the other."""
    spans = [
        s
        for s in spans_within(sent, "places")
        if not s._.place.excluded and s._.place.kind != "country"
    ]
    names = _own(a, b, [(s, s._.place.name) for s in spans])
    known = [s._.place.place for s in spans_within(sent, "places") if s._.place.name in names]
    return len(names) > 1 and not any(p is not None and names & set(p.within) for p in known)


def _own(a: EventMention, b: EventMention, named: Sequence[tuple[Span, str]]) -> set[str]:
    """The first of some spans that is nearer to each of two triggers than to the other, by name."""
    found: dict[int, str] = {}
    for span, name in named:
        doc = span.doc
        (least, nearest), (more, _) = sorted(
            (distance(doc[t.root], span.root), t.root) for t in (a, b)
        )
        if least < more:
            found.setdefault(nearest, name)
    return set(found.values())


def _nearest(accounts: Sequence[Account], token: Token) -> Account:
    def away(account: Account) -> tuple[int, int]:
        if not account.triggers:
            return 0, 0
        steps = min(distance(token.doc[t.root], token) for t in account.triggers)
        return steps, abs(account.triggers[0].root - token.i)

    return min(accounts, key=away)


def _share_dates(accounts: Sequence[Account], spans: Sequence[Span]) -> None:
    """Give each date to the account whose trigger is nearest; those of its clause share it."""
    for span in spans:
        _nearest(accounts, span.root).dates.append(span)
    for account in accounts:
        if not account.dates:
            lead = next((a for a in accounts if a.dates and _is_same_clause(a, account)), None)
            account.dates = list(lead.dates) if lead is not None else []


def _share_places(accounts: Sequence[Account], spans: Sequence[Span]) -> None:
    """Give each place to the account whose trigger is nearest; the others share the first one's."""
    for span in spans:
        _nearest(accounts, span.root).places.append(span)
    for account in accounts:
        if not account.places:
            lead = next((a for a in accounts if a.places and not _is_other_day(a, account)), None)
            account.places = list(lead.places) if lead is not None else []


def _is_other_day(a: Account, b: Account) -> bool:
    """True for "Saturday's attack came two weeks after a bombing in X", which is elsewhere."""
    if not (a.dates and b.dates) or a.dates == b.dates:
        return False
    doc = a.sent.doc
    roots = [(doc[t.root], doc[u.root]) for t in a.triggers for u in b.triggers]
    return any(stands_after(t, u) or stands_after(u, t) for t, u in roots)


def _is_same_clause(a: Account, b: Account) -> bool:
    doc = a.sent.doc
    return any(
        not any(
            apart(doc[x.root], doc[y.root])
            for apart in (stands_after, _follows, _qualifies)
            for x, y in ((t, u), (u, t))
        )
        for t in a.triggers
        for u in b.triggers
    )
