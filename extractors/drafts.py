"""Drafts of incidents, and how well an account fits one."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from incidents.extractors.arguments import light_verbs
from incidents.extractors.columns import columns, text_at
from incidents.extractors.dates import find_dates
from incidents.extractors.mentions import COUNTED
from incidents.extractors.people import is_attacker
from incidents.extractors.told import WITH_SPOILS, Told, parties_agree, places_agree, tells_finds
from incidents.extractors.triggers import frames, lemma, trigger_phrases
from incidents.extractors.vocabulary import word_set
from incidents.model import EventDate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Span, Token

    from incidents.extractors.accounts import Account

_COMPATIBLE = (  # families of frames
    frozenset({"violence", "displacement", "property", "other", "territory", "change"}),
    frozenset({"demonstration", "arrest", "violence", "property"}),
    frozenset({"arrest", "violence"}),
    frozenset({"abduction", "arrest"}),
)
_RAID = frozenset({"violence", "abduction"})
_OPENING = 3  # accounts of an incident that say what it is


@dataclass(slots=True)
class Draft:
    """An incident in the making: its accounts, its date and whether it is background."""

    accounts: list[Account] = field(default_factory=list)
    date: EventDate = field(default_factory=EventDate)
    date_span: Span | None = None
    background: bool = False
    _told: Told = field(default_factory=Told, repr=False, compare=False)

    @property
    def told(self) -> Told:
        """What its accounts say together; none may have changed since they joined."""
        if self._told.count > len(self.accounts):
            self._told = Told()
        for account in self.accounts[self._told.count :]:
            self._told.add(account)
        return self._told

    @property
    def families(self) -> set[str]:
        """Families of all its frames."""
        return {f for a in self.accounts for f in a.families}

    @property
    def places(self) -> list[Span]:
        """Its places in order of the text."""
        return [p for a in self.accounts for p in a.places]

    @property
    def telling(self) -> list[Account]:
        """The accounts that say what it is: the first ones, the headline, those of people harmed.

        Details further down, as the arms that one side also has, do not.
        """
        first = min(a.index for a in self.accounts)
        return [
            a
            for i, a in enumerate(self.accounts)
            if (i < _OPENING and a.index <= first + _OPENING) or a.in_title or a.claims
        ]

    @property
    def last_index(self) -> int:
        """Number of its last sentence."""
        return self.told.last_index


def latest_draft(drafts: Sequence[Draft]) -> Draft:
    """The draft told of last."""
    return max(drafts, key=lambda d: d.last_index)


@dataclass(slots=True)
class Newcomer:
    """An account that looks for its draft, and what is asked of it at each.

    Attributes:
        account: a sentence's telling.
        date: when it was.
        background: True if the article only recalls it.
        told: what it says.
        definite: True if it speaks of an event as known, or only of its toll.
        turns: True where its words turn to another event.
    """

    account: Account
    date: EventDate
    background: bool
    told: Told = field(init=False)
    definite: bool = field(init=False)
    turns: bool = field(init=False)

    def __post_init__(self) -> None:
        """Ask once."""
        self.told = Told([self.account])
        self.definite = is_definite(self.account) or _is_toll(self.account)
        self.turns = _is_turn(self.account)


def fit(new: Newcomer, draft: Draft, *, is_last: bool) -> float | None:
    """How well an account fits a draft; None if it cannot be the same event."""
    account, date, definite, old = new.account, new.date, new.definite, draft.told
    if not _are_compatible(new, old) or _is_of_other_item(new, old):
        return None
    adjacent = is_last and account.index - old.last_index <= 1
    undated = date.mention is None
    echoes = definite and not new.told.frames.isdisjoint(old.frames)
    recalls = undated and draft.background and (adjacent or echoes)
    if new.background != draft.background and not recalls:
        return None
    aftermath = is_last and _is_aftermath(account, adjacent=adjacent)
    dates = 0.75 if aftermath else _dates_agree(date, draft.date)
    if dates is None and definite and _overlap(date, draft.date):
        dates = 0.5  # "the attack" on Tuesday, told of before as overnight
    if dates is None:
        return None
    if _is_other_means(new, old) or (new.turns and not definite):
        return None
    places = 0.5 if aftermath else places_agree(new.told, old)
    if places is None and not (definite and undated):
        return None
    score = dates + (places if places is not None else -0.5) + parties_agree(new.told, old)
    if places == 0.0 and account.claims and not definite:
        score -= 0.75  # another place with people harmed there
    if adjacent:
        score += 0.75 if undated else 0.25
    if is_last:
        score += 0.25
    if adjacent and _goes_on(account):
        score += 1.5
    if definite:
        score += 2.5 if echoes else 1.0
    if not account.triggers:
        score += 1.0 if account.responsible and adjacent else 0.5
    return score


def _are_compatible(new: Newcomer, old: Told) -> bool:
    """True if what an account and a draft tell of can be one event."""
    families = new.told.main_families | old.main_families
    if not new.account.triggers or can_be_one(families):
        return True
    if families != _RAID:
        return False
    is_told = _RAID in (new.told.main_families, old.main_families)  # one of them tells of both
    return is_told or _is_same_raid(new, old)


def _is_same_raid(new: Newcomer, old: Told) -> bool:
    """True for "the attackers also abducted five people", told of a raid that has killed some.

    Source: ACLED Codebook (2023), Abduction/forced disappearance: where people are harmed as well,
    the event is an attack.
    """
    account = new.account
    if account.dates or not new.told.place_names <= old.place_names:
        return False
    doc = account.sent.doc
    agents = [doc[i] for t in account.triggers for i in t.agents]
    return bool(agents) and all(
        a.lower_ in _MENTIONED or (is_attacker(a) and not _is_indefinite(a)) for a in agents
    )


def _is_indefinite(noun: Token) -> bool:
    return not any(c.dep_ == "det" and c.lower_ in {"the", "these", "those"} for c in noun.children)


def can_be_one(families: AbstractSet[str]) -> bool:
    """True if frames of these families can tell of one event.

    Args:
        families: of the frames, as `data/triggers.toml` has them.
    """
    return len(families) == 1 or any(families <= together for together in _COMPATIBLE)


def _is_of_other_item(new: Newcomer, old: Told) -> bool:
    """True for another item of a list than the draft's that tells of its own event.

    Items with a place or a record of their own never tell of another one's event. Others may, as
    the points that sum a story up: where they speak of an event as known, name the same place, or
    only add who did it.
    """
    item = new.account.item
    if item is None or not old.items or item in old.items:
        return False
    if item.apart or any(each.apart for each in old.items):
        return True
    if new.definite or not new.account.triggers:
        return False
    if item.counted:
        return True
    if new.told.places and old.places:
        return new.told.place_names.isdisjoint(old.place_names)
    return bool(new.account.claims or new.account.dates)


def is_spoils(account: Account, drafts: Sequence[Draft]) -> bool:
    """True for arms found after a fight or an arrest: told bare, they are no event of their own.

    Args:
        account: a sentence's telling.
        drafts: the incidents told before it.
    """
    bare = not account.dates and not account.places and not account.claims
    if not (bare and drafts and account.families == {"disrupt"} and tells_finds(account)):
        return False
    latest = latest_draft(drafts)
    return account.index - latest.last_index <= _AFTER and bool(latest.families & WITH_SPOILS)


_AFTER = 2  # sentences between a fight and what was found after it


def _is_toll(account: Account) -> bool:
    """True for a sentence that only says what the toll has come to: "the toll rose to 12"."""
    return bool(account.claims) and all(c.mention.whole for c in account.claims)


def _goes_on(account: Account) -> bool:
    """True for what befell those just told of: "He died in hospital", "They were shot"."""
    doc = account.sent.doc
    subjects = [
        c
        for t in account.triggers
        for root in (doc[t.root], doc[t.root].head)
        for c in root.children
        if c.dep_ in {"nsubj", "nsubjpass"}
    ]
    return any(s.lower_ in _MENTIONED for s in subjects) and not account.dates


_MENTIONED = frozenset({"he", "she", "they", "both", "all"})


def _is_aftermath(account: Account, *, adjacent: bool) -> bool:
    """True for what follows an event: the dead counted on a later day, people who fled elsewhere.

    Their day and their place are not those of the event.
    """
    if account.families == {"displacement"}:
        return not is_definite(account)
    doc = account.sent.doc
    counted = bool(account.triggers) and all(
        t.rule == COUNTED or doc[t.root].lemma_ in word_set("casualties", "found", "verbs")
        for t in account.triggers
    )
    words = {doc[i].lemma_.lower() for c in account.claims for i in (c.mention.head, c.mention.cue)}
    bodies = "body" in words  # "the bodies of four" too
    return adjacent and counted and bodies and not account.places


_REMOTE = frozenset({"air", "shelling", "bomb", "suicide", "grenade", "chemical"})


def _is_other_means(new: Newcomer, old: Told) -> bool:
    """True for arms and a place that the draft has not told of: another event in the same area."""
    account, mine = new.account, new.told.frames & _REMOTE
    if not mine or mine & old.frames or not old.frames or is_definite(account):
        return False
    if not account.claims and not account.dates:
        return False
    return not new.told.place_names <= old.place_names


def _is_turn(account: Account) -> bool:
    """True where the words turn to another event."""
    start = text_at(account.sent).lstrip("“\"' ").lower()[:60]
    return any(turn in start for turn in word_set("discourse", "another", "turns"))


def sums_up(account: Account) -> bool:
    """True if the account counts several events: "three attacks", "in two separate incidents"."""
    doc = account.sent.doc
    if _counts_incidents(account.sent):
        return True
    for trigger in account.triggers:
        root = doc[trigger.root]
        frame = frames()[trigger.frame]
        if frame.family == "violence" and frame.name != "kill" and root.tag_ == "NNS":
            words = {c.lower_ for c in root.children if c.i < root.i}
            if words & {"both", "these"} or any(
                c.dep_ == "nummod" and c.lower_ != "one" for c in root.children
            ):
                return True
    return False


def _counts_incidents(sent: Span) -> bool:
    nouns = word_set("discourse", "setting", "nouns")
    if nouns.isdisjoint(columns(sent.doc).lemma[sent.start : sent.end]):
        return False
    return any(
        t.tag_ == "NNS"
        and t.lemma_.lower() in nouns
        and any(c.dep_ == "nummod" and c.lower_ != "one" for c in t.children)
        for t in sent
    )


def is_definite(account: Account) -> bool:
    """True if the account speaks of an event as known: "the attack", "the blast"."""
    doc = account.sent.doc
    roots = [doc[t.root] for t in account.triggers if t.frame != "kill"]
    if any(root.pos_ in {"NOUN", "PROPN"} and _is_known(root) for root in roots):
        return True
    # "launched the attack": the verb is the head of the phrase
    carried = (c for root in roots for c in root.children if c.dep_ == "dobj" and _is_known(c))
    return any(
        c.head.lemma_.lower() in light_verbs() and trigger_phrases().longest([lemma(c)], 0)
        for c in carried
    )


def _is_known(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in _KNOWN for c in noun.children)


_KNOWN = frozenset({"the", "this", "these", "that"})


def shares_agents(account: Account, draft: Draft) -> bool:
    """True if an account and a draft describe those who acted in the same words: "armed men"."""
    mine, theirs = (
        {p.mention.lower() for a in accounts for p in a.initiators if p.generic and not p.people}
        for accounts in ([account], draft.accounts)
    )
    return not mine.isdisjoint(theirs)


def _dates_agree(new: EventDate, old: EventDate) -> float | None:
    if new.mention is None or old.mention is None:
        return 0.75
    if new.start is not None and old.start is not None and new.end and old.end:
        if _overlap(new, old):
            if new.precision == old.precision == "day" and new.end != old.end:
                return None  # a night shares its first day with the day before, yet comes later
            return 1.5 if new.precision == old.precision else 0.5
        return None
    if (
        new.start is None
        and old.start is None
        and new.precision == old.precision
        and (new.precision in {"month", "year"} and new.mention.lower() != old.mention.lower())
    ):
        return None
    days = _day_of_year(new), _day_of_year(old)
    if None not in days:  # "July 26" and "July 29", of a year that the article does not say
        return 1.5 if days[0] == days[1] else None
    if new.weekday and old.weekday:
        return 1.5 if new.weekday == old.weekday else None
    if new.precision != old.precision and {"month", "year"} & {new.precision, old.precision}:
        return None
    return 0.5


def _overlap(new: EventDate, old: EventDate) -> bool:
    if new.start is None or new.end is None or old.start is None or old.end is None:
        return False
    return new.start <= old.end and old.start <= new.end


def _day_of_year(date: EventDate) -> tuple[int, int] | None:
    """Month and day of a date whose year is not known."""
    if date.start is not None or date.mention is None:
        return None
    return _day_in_words(date.mention)


@lru_cache(maxsize=4096)  # each draft is asked by each account
def _day_in_words(words: str) -> tuple[int, int] | None:
    told = next((mention for _, _, mention in find_dates(words)), None)
    if told is None or told.month is None or told.day is None or told.end_day is not None:
        return None
    return told.month, told.day
