"""Accounts of one article into drafts of incidents: which sentences tell of the same event."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from incidents.extractors.date_resolution import Anchor, resolve_date
from incidents.extractors.events import frames
from incidents.extractors.modality import speech_verbs
from incidents.model import EventDate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span

    from incidents.extractors.accounts import Account
    from incidents.extractors.mentions import DateMention, PlaceMention

_THRESHOLD = 1.5
_OLD_DAYS = 7  # an event this much older than the main one is background
_COMPATIBLE = (
    frozenset({"violence", "displacement", "property", "other", "territory", "change", "disrupt"}),
    frozenset({"demonstration", "arrest", "violence", "property"}),
    frozenset({"arrest", "violence"}),
    frozenset({"abduction", "arrest"}),
)
_FINE = frozenset({"neighbourhood", "street", "roundabout", "airport", "checkpoint", "camp", "site",
                   "village", "base"})
_SAME_AREA_KM = 30.0
_BACKGROUND_TURNS = ("not the first time", "previously", "in the past", "in previous", "last year",
                     "past months", "past years", "at the time", "in recent months",
                     "days and weeks prior", "in the past few days", "a similar attack",
                     "similar attacks", "comparable attacks", "earlier this year")


@dataclass(slots=True)
class Draft:
    """An incident in the making: its accounts, its date and whether it is background."""

    accounts: list[Account] = field(default_factory=list)
    date: EventDate = field(default_factory=EventDate)
    date_span: Span | None = None
    background: bool = False

    @property
    def families(self) -> set[str]:
        """Families of all its frames."""
        return {f for a in self.accounts for f in a.families}

    @property
    def places(self) -> list[Span]:
        """Its places in order of the text."""
        return [p for a in self.accounts for p in a.places]

    @property
    def party_keys(self) -> set[str]:
        """Keys of its named parties."""
        return {p.key for a in self.accounts for p in a.parties if not p.people}

    @property
    def last_index(self) -> int:
        """Number of its last sentence."""
        return max(a.index for a in self.accounts)


def group_accounts(accounts: Sequence[Account], doc: Doc, anchor: Anchor | None) -> list[Draft]:
    """Put accounts together that tell of one incident.

    The body is read in order; each account joins the draft that it fits best or begins a new one.
    The headline joins last, because it has the fewest facts.

    Args:
        accounts: the article's accounts in order.
        doc: the article.
        anchor: day that relative dates count from.
    """
    drafts: list[Draft] = []
    body = [a for a in accounts if not a.in_title]
    previous: EventDate | None = None
    for account in body:
        date, span = _date_of(account, anchor, previous)
        background = _is_background(account, date, span, drafts, anchor)
        draft = _best(account, date, background, drafts)
        if draft is None:
            draft = Draft(date=date, date_span=span, background=background)
            drafts.append(draft)
        elif _is_sharper(date, draft.date):
            draft.date, draft.date_span = date, span
        draft.accounts.append(account)
        if draft.date.start is not None:
            previous = draft.date
    for account in (a for a in accounts if a.in_title):
        _join_title(account, drafts, anchor)
    return drafts


def _date_of(
    account: Account, anchor: Anchor | None, previous: EventDate | None
) -> tuple[EventDate, Span | None]:
    """The date of an account: the sharpest of its time expressions."""
    best: tuple[EventDate, Span | None] = (EventDate(), None)
    for span in account.dates:
        if _is_speech_time(span):
            continue
        date = resolve_date(_recalled(span), span.text, anchor, previous)
        if best[1] is None or _is_sharper(date, best[0]):
            best = date, span
    return best


def _recalled(span: Span) -> DateMention:
    """ "It comes a week after X": X was a week before, not a week later."""
    mention: DateMention = span._.date
    governors = {t.lemma_ for t in (span.root, *span.root.ancestors)}
    if mention.kind == "offset" and (mention.offset or 0) > 0 and governors & {"come", "follow"}:
        return replace(mention, offset=-(mention.offset or 0))
    return mention


def _is_speech_time(span: Span) -> bool:
    """True for the day on which somebody spoke: "said on Wednesday that …"."""
    node = span.root
    for _ in range(3):
        head = node.head
        if head == node:
            return False
        if head.lemma_ in _SPEECH_NOUNS:
            return True
        if head.lemma_.lower() in speech_verbs() and head.pos_ == "VERB":
            return any(c.dep_ in {"ccomp", "parataxis"} for c in head.children)
        if head.pos_ == "VERB":
            return False
        node = head
    return False


_SPEECH_NOUNS = frozenset({"statement", "report", "interview", "conference", "briefing", "tweet"})
_SHARPNESS = {"day": 4, "week": 3, "month": 2, "year": 1, "none": 0}


def _is_sharper(new: EventDate, old: EventDate) -> bool:
    if old.start is None and new.start is None:
        if old.mention is None:
            return new.mention is not None
        return old.weekday is None and new.weekday is not None
    if new.start is None or old.start is None:
        return new.start is not None
    return _SHARPNESS[new.precision] > _SHARPNESS[old.precision]


def _is_background(
    account: Account, date: EventDate, span: Span | None, drafts: Sequence[Draft],
    anchor: Anchor | None,
) -> bool:
    """True for events that the article recalls."""
    text = account.sent.text.lower()
    if any(turn in text for turn in _BACKGROUND_TURNS) and not (
        date.precision == "day" and anchor and date.start and (anchor.day - date.start).days < _OLD_DAYS
    ):
        return True
    main = next((d for d in drafts if not d.background), None)
    if span is not None and main is not None and (
        _recalled(span) != span._.date or (date.precision == "week" and span._.date.kind == "ago")
    ):
        return True
    if date.start is not None and date.end is not None and (
        date.end - date.start > dt.timedelta(days=2 * _OLD_DAYS)
    ) and anchor is not None and date.end >= anchor.day - dt.timedelta(days=1):
        return True  # "since 2015": a sum of events
    if date.start is not None and date.end is not None:
        latest = main.date.start if main is not None and main.date.start else None
        if latest is None and anchor is not None:
            latest = anchor.day
        return latest is not None and (latest - date.end) > dt.timedelta(days=_OLD_DAYS)
    if span is not None and span._.date.kind in {"month", "year", "span", "ago", "offset"}:
        return span._.date.unit != "day" or span._.date.kind == "span"
    return False


def _best(
    account: Account, date: EventDate, background: bool, drafts: Sequence[Draft]  # noqa: FBT001 - one of three facts of the account
) -> Draft | None:
    """The draft that an account fits best, or None."""
    scored = [
        (score, -i) for i, d in enumerate(drafts)
        if (score := _fit(account, date, background, d, is_last=d is _latest(drafts))) is not None
    ]
    if not scored:
        return None
    score, i = max(scored)
    return drafts[-i] if score >= _THRESHOLD else None


def _latest(drafts: Sequence[Draft]) -> Draft:
    return max(drafts, key=lambda d: d.last_index)


def _fit(
    account: Account, date: EventDate, background: bool, draft: Draft, *, is_last: bool  # noqa: FBT001 - see _best
) -> float | None:
    """How well an account fits a draft; None if it cannot be the same event."""
    families = account.families | draft.families
    if account.triggers and len(families) > 1 and not any(families <= c for c in _COMPATIBLE):
        return None
    adjacent = is_last and account.index - draft.last_index <= 1
    undated = date.mention is None
    if background != draft.background and not (undated and adjacent and draft.background):
        return None
    dates = _dates_agree(date, draft.date)
    if dates is None:
        return None
    if _is_other_means(account, draft):
        return None
    places = _places_agree(account.places, draft.places)
    if places is None and not (is_definite(account) and undated):
        return None
    score = dates + (places if places is not None else -0.5) + _parties_agree(account, draft)
    if adjacent:
        score += 0.75 if undated else 0.25
    if is_last:
        score += 0.25
    if is_definite(account):
        score += 1.0
    if not account.triggers:
        score += 0.5
    if _is_turn(account):
        score -= 1.5
    return score


_REMOTE = frozenset({"air", "shelling", "bomb", "suicide", "grenade", "chemical"})


def _is_other_means(account: Account, draft: Draft) -> bool:
    """True for arms and a place that the draft has not told of: another event in the same area."""
    mine = {t.frame for t in account.triggers} & _REMOTE
    theirs = {t.frame for a in draft.accounts for t in a.triggers}
    if not mine or mine & theirs or is_definite(account) or not account.claims or not theirs:
        return False
    known = {p._.place.name for p in draft.places}
    return any(p._.place.name not in known for p in account.places)


_TURNS = ("meanwhile", "elsewhere", "separately", "in another", "in a separate", "in other",
          "a separate", "another attack", "another incident", "also on", "in a second", "a second")


def _is_turn(account: Account) -> bool:
    """True where the words turn to another event."""
    start = account.sent.text.lstrip("“\"' ").lower()[:60]
    return any(turn in start for turn in _TURNS)


def is_definite(account: Account) -> bool:
    """True if the account speaks of an event as known: "the attack", "the blast"."""
    doc = account.sent.doc
    return any(
        doc[t.root].pos_ in {"NOUN", "PROPN"}
        and any(c.dep_ == "det" and c.lower_ in {"the", "this", "these", "that"} for c in doc[t.root].children)
        and frames()[t.frame].name != "kill"
        for t in account.triggers
    )


def _dates_agree(new: EventDate, old: EventDate) -> float | None:
    if new.mention is None or old.mention is None:
        return 0.75
    if new.start is not None and old.start is not None and new.end and old.end:
        if new.start <= old.end and old.start <= new.end:
            return 1.5 if new.precision == old.precision else 0.5
        return None
    if new.start is None and old.start is None and new.precision == old.precision and (
        new.precision in {"month", "year"} and new.mention.lower() != old.mention.lower()
    ):
        return None
    if new.weekday and old.weekday:
        return 1.5 if new.weekday == old.weekday else None
    if new.precision != old.precision and {"month", "year"} & {new.precision, old.precision}:
        return None
    return 0.5


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    (la1, lo1), (la2, lo2) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((la2 - la1) / 2) ** 2 + cos(la1) * cos(la2) * sin((lo2 - lo1) / 2) ** 2
    return 6371 * 2 * asin(min(1.0, sqrt(h)))


def places_compatible(a: PlaceMention, b: PlaceMention) -> bool | None:
    """True if one contains the other or they are one place, False if apart, None if unknown."""
    if a.name == b.name:
        return True
    if a.place is None or b.place is None:
        return None
    if a.place.id == b.place.id or a.place.id in b.place.within_ids or b.place.id in a.place.within_ids:
        return True
    if a.place.country_code != b.place.country_code:
        # A country beside a town abroad is a border, an ally or a reaction more often than a place.
        return None if "country" in {a.place.kind, b.place.kind} else False
    if {a.place.kind, b.place.kind} & {"country", "admin1", "admin2", "region"}:
        return False if a.place.kind == b.place.kind else None
    if None in {a.place.lat, a.place.lon, b.place.lat, b.place.lon}:
        return None
    near = _km((a.place.lat or 0, a.place.lon or 0), (b.place.lat or 0, b.place.lon or 0)) <= _SAME_AREA_KM
    return near


def _places_agree(new: Sequence[Span], old: Sequence[Span]) -> float | None:
    if not new or not old:
        return 0.5
    verdicts = [places_compatible(a._.place, b._.place) for a in new for b in old]
    if any(verdicts):
        return 1.5
    return None if False in verdicts else 0.0


def _parties_agree(account: Account, draft: Draft) -> float:
    mine = {p.key for p in account.parties if not p.people and not p.generic}
    theirs = {p.key for a in draft.accounts for p in a.parties if not p.people and not p.generic}
    if not mine or not theirs:
        return 0.25
    if mine & theirs:
        return 1.0
    return -0.75


def _join_title(account: Account, drafts: list[Draft], anchor: Anchor | None) -> None:
    """Give the headline to the draft that it fits; alone it begins a draft only without a body."""
    date, span = _date_of(account, anchor, None)
    fits = []
    for i, draft in enumerate(drafts):
        if draft.background:
            continue
        families = account.families | draft.families
        if account.triggers and len(families) > 1 and not any(families <= c for c in _COMPATIBLE):
            continue
        places = _places_agree(account.places, draft.places)
        score = (places if places is not None else -1.0) + _parties_agree(account, draft)
        fits.append((score, -i))
    if fits:
        drafts[-max(fits)[1]].accounts.append(account)
    elif not drafts:
        drafts.append(Draft([account], date, span))
