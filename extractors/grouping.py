"""Accounts of one article into drafts of incidents: which sentences tell of the same event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.account_dates import bring_back, date_of, is_background, is_sharper
from incidents.extractors.drafts import (
    Draft,
    Newcomer,
    can_be_one,
    fit,
    is_definite,
    is_spoils,
    latest_draft,
    shares_agents,
    sums_up,
)
from incidents.extractors.told import Told, parties_agree, places_agree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.extractors.accounts import Account
    from incidents.extractors.date_resolution import Anchor
    from incidents.model import EventDate

_THRESHOLD = 1.5


def group_accounts(accounts: Sequence[Account], anchor: Anchor | None) -> list[Draft]:
    """Put accounts together that tell of one incident.

    The body is read in order; each account joins the draft that it fits best or begins a new one.
    The headline joins last, because it has the fewest facts.

    Args:
        accounts: the article's accounts in order.
        anchor: day that relative dates count from.
    """
    drafts: list[Draft] = []
    body = [a for a in accounts if not a.in_title]
    previous: EventDate | None = None
    for account in body:
        if is_spoils(account, drafts):
            continue
        date, span = date_of(account, anchor, previous)
        background = is_background(account, date, span, drafts, anchor)
        if background and is_definite(account) and _awaits_date(drafts):
            background = False  # "the attack began on July 30": the day of the news told above
        draft = _best(Newcomer(account, date, background), drafts)
        if draft is None:
            draft = Draft(date=date, date_span=span, background=background)
            drafts.append(draft)
        elif is_sharper(date, draft.date):
            draft.date, draft.date_span = date, span
        draft.accounts.append(account)
        if draft.date.start is not None:
            previous = draft.date
    _drop_sums(drafts)
    bring_back(drafts, anchor)
    for account in (a for a in accounts if a.in_title):
        _join_title(account, drafts, anchor)
    return drafts


def _drop_sums(drafts: Sequence[Draft]) -> None:
    """Without what several events cost together where they are counted one by one.

    "Three attacks killed ten people" tells of no one of the three.
    """
    sums: list[Account] = []
    single: list[Account] = []
    for account in (a for d in drafts for a in d.accounts):
        (sums if sums_up(account) else single).append(account)
    counted = {c.mention.kind for a in single for c in a.claims}
    for account in sums:
        account.claims = [c for c in account.claims if c.mention.kind not in counted]


def _awaits_date(drafts: Sequence[Draft]) -> bool:
    """True if the article tells its news without a day so far."""
    return len(drafts) == 1 and not drafts[0].background and drafts[0].date.mention is None


def _best(new: Newcomer, drafts: Sequence[Draft]) -> Draft | None:
    """The draft that an account fits best, or None."""
    if not drafts:
        return None
    latest = latest_draft(drafts)
    scored = [
        (score, -i)
        for i, d in enumerate(drafts)
        if (score := fit(new, d, is_last=d is latest)) is not None
    ]
    if not scored:
        return None
    score, i = max(scored)
    found = drafts[-i]
    if found.background:
        news = [d for d in (drafts[-j] for _, j in scored) if not d.background]
        found = next((d for d in news if _comes_back_to(new, d, found)), found)
    return found if score >= _THRESHOLD else None


def _comes_back_to(new: Newcomer, news: Draft, recalled: Draft) -> bool:
    """True for what an article goes on with after it has looked back.

    "Armed men", told of in the news, are no others where they are told of anew; and a toll is that
    of the news where nobody was harmed in what was recalled.
    """
    if shares_agents(new.account, news):
        return True
    harms = [{c.mention.kind for a in d.accounts for c in a.claims} for d in (news, recalled)]
    return (
        new.definite
        and not harms[1]
        and not harms[0].isdisjoint(c.mention.kind for c in new.account.claims)
    )


def _join_title(account: Account, drafts: list[Draft], anchor: Anchor | None) -> None:
    """Give the headline to the draft that it fits; alone it begins a draft only without a body."""
    date, span = date_of(account, anchor, None)
    fits, told = [], Told([account])
    for i, draft in enumerate(drafts):
        if draft.background:
            continue
        if account.triggers and not can_be_one(account.families | draft.families):
            continue
        places = places_agree(told, draft.told)
        score = (places if places is not None else -1.0) + parties_agree(told, draft.told)
        fits.append((score, -i))
    if fits:
        drafts[-max(fits)[1]].accounts.append(account)
    elif not drafts:
        drafts.append(Draft([account], date, span))
