"""When an account's event was, and whether the article only recalls it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from msgspec import structs

from incidents.extractors.attribution import speech_verbs
from incidents.extractors.columns import text_at
from incidents.extractors.date_resolution import Anchor, resolve_date
from incidents.extractors.syntax import is_verbal
from incidents.extractors.vocabulary import word_set
from incidents.model import EventDate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span

    from incidents.extractors.accounts import Account
    from incidents.extractors.drafts import Draft
    from incidents.extractors.list_items import Item
    from incidents.extractors.mentions import DateMention

_OLD_DAYS = 7  # an event this much older than the main one is background
_REPORTED_DAYS = 45  # what monthly reports look back on
_SAYING = frozenset({"say", "tell"})  # of these the day is, whatever the parser makes of the rest
_RECORD_TOKENS = 8  # between "the first" or "the deadliest" and "since"
_SPEECH_NOUNS = frozenset(
    "statement report interview conference briefing tweet announcement post message".split()
)
_RECALLING = ("discourse", "background", "turns")  # "last year", "similar attacks"
_SHARPNESS = {"day": 4, "week": 3, "month": 2, "year": 1, "none": 0}


def date_of(
    account: Account, anchor: Anchor | None, previous: EventDate | None
) -> tuple[EventDate, Span | None]:
    """The date of an account: the sharpest of its time expressions."""
    best: tuple[EventDate, Span | None] = (EventDate(), None)
    for span in account.dates:
        if _is_speech_time(span) or any(t.lower_ == "born" for t in span.root.ancestors):
            continue
        if _measures(span) or _dates_cause(span, account):
            continue
        date = resolve_date(_recalled(span), span.text, anchor, previous)
        if date.precision in {"year", "month"} and _is_of_other_deed(span, account):
            continue
        if span._.date.modifier == "overnight" and _is_chronicle(span) and date.end is not None:
            date = structs.replace(date, start=date.end)
        if best[1] is None or is_sharper(date, best[0]):
            best = date, span
    return best


def _measures(span: Span) -> bool:
    """True for a day that a record is measured from: "the deadliest attack since May"."""
    if not (span._.date.modifier or "").startswith("since"):
        return False
    before = span.doc[max(span.sent.start, span.start - _RECORD_TOKENS) : span.start]
    return any(t.tag_ in {"JJS", "RBS"} or t.lower_ == "first" for t in before)


def _dates_cause(span: Span, account: Account) -> bool:
    """True for the day of what an event answers: "shelled X in retaliation for Friday's attack"."""
    causes = word_set("discourse", "cause", "nouns")
    for node in span.root.ancestors:
        if node.lemma_.lower() in causes and node.i < span.start:
            inside = {t.i for t in node.subtree}
            return any(t.root not in inside for t in account.triggers)
    return False


def _is_of_other_deed(span: Span, account: Account) -> bool:
    """True for when it was what a clause beside the event tells: "the ground it lost last year"."""
    events = [span.doc[t.root] for t in account.triggers]
    for node in (span.root, *span.root.ancestors):
        if node.dep_ == "relcl" and is_verbal(node):
            told = {node.head, *node.subtree}
            return bool(events) and not any(e in told for e in events)
    return False


def _is_chronicle(span: Span) -> bool:
    """True for news in the present tense: a chronicle dates the night by the day it ended on."""
    root = span.sent.root
    helpers = [c for c in root.children if c.dep_ in {"aux", "auxpass"}]
    return (helpers[0] if helpers else root).tag_ in {"VBZ", "VBP"} and not any(
        c.lemma_ == "have" for c in helpers
    )


def _recalled(span: Span) -> DateMention:
    """Read "it comes a week after X" backwards: X was a week before, not a week later."""
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
        if head.lemma_ in _SPEECH_NOUNS and head.pos_ != "VERB":
            return True  # not "clashes were reported on 5 May"
        if head.lemma_.lower() in speech_verbs() | _learning() and head.pos_ == "VERB":
            told = any(c.dep_ in {"ccomp", "parataxis"} for c in head.children)
            return told or head.lemma_ in _SAYING
        if head.pos_ == "VERB" or (head.pos_ == "NOUN" and node.dep_ == "poss"):
            return False  # "in Monday's clashes": the day of the event
        node = head
    return False


def _learning() -> frozenset[str]:
    """Verbs of coming to know: "a bomb went off, the agency learned on Monday"."""
    return word_set("discourse", "learning", "verbs")


def is_sharper(new: EventDate, old: EventDate) -> bool:
    """True if a date says more than another."""
    if old.start is None and new.start is None:
        if old.mention is None:
            return new.mention is not None
        return old.weekday is None and new.weekday is not None
    if new.start is None or old.start is None:
        return new.start is not None
    return _SHARPNESS[new.precision] > _SHARPNESS[old.precision]


def is_background(
    account: Account,
    date: EventDate,
    span: Span | None,
    drafts: Sequence[Draft],
    anchor: Anchor | None,
) -> bool:
    """True for events that the article recalls.

    Args:
        account: a sentence's telling of an event.
        date: when that was, as `date_of` gives it.
        span: the words that say so.
        drafts: the incidents told before it.
        anchor: day that relative dates count from.
    """
    if _recalls_in_words(account, date, anchor):
        return True
    main = next((d for d in drafts if not d.background), None)
    if span is not None and main is not None and (_is_sum(span, date) or _tells_past(span, date)):
        return True
    if _is_sum_to_date(date, anchor):
        return True
    if date.start is not None and date.end is not None:
        latest = main.date.start if main is not None and main.date.start else None
        if latest is None and anchor is not None:
            latest = anchor.day
        return latest is not None and (latest - date.end).days > _OLD_DAYS
    if span is not None and span._.date.kind in {"month", "year", "span", "ago", "offset"}:
        return bool(span._.date.unit != "day" or span._.date.kind == "span")
    return False


def _recalls_in_words(account: Account, date: EventDate, anchor: Anchor | None) -> bool:
    """True for words that look back, "similar attacks", on what is not dated to these very days."""
    is_recent = (
        date.precision == "day"
        and anchor is not None
        and date.start is not None
        and (anchor.day - date.start).days < _OLD_DAYS
    )
    if is_recent:
        return False
    sent, text = account.sent, text_at(account.sent).lower()
    starts = [text.find(turn) for turn in word_set(*_RECALLING) if turn in text]
    words = [sent.char_span(start, start + 1, alignment_mode="expand") for start in starts]
    return any(word is None or not _is_of_other_deed(word, account) for word in words)


def _tells_past(span: Span, date: EventDate) -> bool:
    """True for "it comes a week after X", and for the week of "two weeks ago"."""
    return _recalled(span) != span._.date or (
        date.precision == "week" and span._.date.kind == "ago"
    )


def _is_sum_to_date(date: EventDate, anchor: Anchor | None) -> bool:
    """True for "since 2015": a sum of events."""
    return (
        date.start is not None
        and date.end is not None
        and anchor is not None
        and (date.end - date.start).days > 2 * _OLD_DAYS
        and (anchor.day - date.end).days <= 1
    )


def bring_back(drafts: Sequence[Draft], anchor: Anchor | None) -> None:
    """Take events for news that passed for background by their age alone.

    A situation report or a digest comes out days after what it reports: its events are old
    against its own day, not against each other.
    """
    aged = [d for d in drafts if d.background and _is_aged_only(d)]
    main = next((d.date.start for d in drafts if not d.background and d.date.start), None)
    if main is None and anchor is not None and len(aged) > 1:
        reported = (d.date.start for d in aged if d.date.start is not None)
        recent = (day for day in reported if (anchor.day - day).days <= _REPORTED_DAYS)
        main = next(recent, None)
    for draft in aged:
        day = draft.date.start
        if main is not None and day is not None and abs((main - day).days) <= _OLD_DAYS:
            draft.background = False


def _is_aged_only(draft: Draft) -> bool:
    """True for an event of a day told by its date, in words that do not recall it."""
    if draft.date_span is None or draft.date.precision != "day":
        return False
    turns = word_set(*_RECALLING)
    texts = [text_at(a.sent).lower() for a in draft.accounts]
    dated = draft.date_span._.date.kind in {"full", "day-month"}
    return dated and not any(turn in text for text in texts for turn in turns)


def _is_sum(span: Span, date: EventDate) -> bool:
    """True for "since Friday": what happened over days beside the event of one of them."""
    since = (span._.date.modifier or "").startswith("since")
    return since and date.start is not None and date.start != date.end


def lend_dates(drafts: Sequence[Draft], anchor: Anchor | None) -> None:
    """Date the current drafts that no time expression dates.

    In an article of several events the day told last holds on, but not from one list item to
    another; news without any time expression is of its day of publication.
    """
    told: EventDate | None = None
    item: Item | None = None
    for draft in drafts:
        if draft.background:
            continue
        now = draft.accounts[0].item
        told, item = (None if now != item and now is not None else told), now
        if draft.date.mention is not None:
            if draft.date.precision == "day" and draft.date.start is not None:
                told = draft.date
        elif told is not None:
            draft.date = EventDate(
                start=told.start, end=told.end, precision=told.precision, basis="article"
            )
        elif anchor is not None and anchor.is_published:
            draft.date = EventDate(
                start=anchor.day, end=anchor.day, precision="day", basis="published"
            )
