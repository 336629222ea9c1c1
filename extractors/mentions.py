"""What the components find in one article.

Spans stand in `doc.spans["actors" | "places" | "dates" | "casualties" | "events" | "speech"]`;
their normal forms, the classes below, in `span._.actor`, `span._.place` and so on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal

from spacy.tokens import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from incidents.gazetteer.model import Place
    from incidents.model import ActorKind, CasualtyKind, Modality

COUNTRY_AS_AGENT = "country as agent"
COUNTED = "count of people harmed"  # rule of an event that a count alone tells of


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words that name a party.

    Attributes:
        id: gazetteer id, or None.
        name: canonical name, or the words themselves without determiner.
        kind: ACLED inter label, if the words or the gazetteer tell.
        generic: True for a description ("gunmen") rather than a name.
        country_code: ISO2 of the state that it belongs to, where the words tell.
        rule: the rule that found it.
        described: True for a description whose forces are known ("Kenyan soldiers"): `id` says
            whose they are, `name` keeps the words.
    """

    id: str | None
    name: str
    kind: ActorKind | None
    generic: bool
    country_code: str | None
    rule: str
    described: bool = False

    @property
    def is_country(self) -> bool:
        """True for a country's name that stands for its forces ("Russia", "Israeli")."""
        return self.rule == COUNTRY_AS_AGENT


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that name a place.

    Attributes:
        place: gazetteer entry, or None.
        name: canonical name.
        kind: kind of place, from the gazetteer or the words.
        near: True for "near X", "outside X", "20 km north of X".
        excluded: why it cannot be where an event was (dateline, origin, metonym …), or None.
        rule: the rule that found it.
    """

    place: Place | None
    name: str
    kind: str | None
    near: bool = False
    excluded: str | None = None
    rule: str = ""


DateKind = Literal[
    "full", "day-month", "month", "year", "weekday", "relative-day", "ago", "offset", "span"
]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression, not yet resolved.

    Attributes:
        kind: what it is, see `DateKind`.
        year: calendar year, if it is said.
        month: 1 to 12.
        day: 1 to 31.
        end_day: last day of a range within a month.
        end_month: month of end_day where it differs.
        weekday: 0 (Monday) to 6.
        offset: signed distance, counted in `unit`, from the anchor.
        unit: `day`, `week`, `month`, `year`, `decade` ("in the past two decades"), `weekend`.
        modifier: `last`, `this`, `past`, `earlier`, `late`, `early`, `mid`, `since`, `night` …
        relative_to: `published`, or `event` for "a day earlier", "the previous month".
        rule: name of the pattern.
    """

    kind: DateKind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    end_day: int | None = None
    end_month: int | None = None
    weekday: int | None = None
    offset: int | None = None
    unit: str | None = None
    modifier: str | None = None
    relative_to: str = "published"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class CasualtyMention:
    """A count of people harmed, as one sentence gives it.

    Attributes:
        kind: what befell them.
        min: fewest; None if open.
        max: most; None if open.
        head: index of the word that stands for the people, in the count's own sentence.
        cue: index of the word that says what befell them.
        names: named victims.
        whole: True for a toll so far ("raising the toll to 12"), which replaces its parts.
        more: True for an addition ("two more").
        attackers: True for attackers among the dead ("including the attacker").
        rule: the rule that found it.
        told_before: index of the noun that says who they are, where the head is a pronoun or a bare
            count; it may stand in an earlier sentence.
    """

    kind: CasualtyKind
    min: int | None
    max: int | None
    head: int
    cue: int
    names: tuple[str, ...] = ()
    whole: bool = False
    more: bool = False
    attackers: bool = False
    rule: str = ""
    told_before: int | None = None

    @property
    def noun(self) -> int:
        """Index of the noun that says who they are."""
        return self.head if self.told_before is None else self.told_before


@dataclass(frozen=True, slots=True)
class EventMention:
    """A trigger with its arguments.

    Attributes:
        frame: frame of `data/triggers.toml`.
        root: index of the token that heads the trigger.
        agents: indices of tokens that head the agents' phrases.
        patients: indices of tokens that head the phrases of those acted on.
        parties: heads of the two sides of a clash ("between A and B", "with B").
        real: False for planned, denied, hypothetical or negated events.
        rule: the rule that found it.
    """

    frame: str
    root: int
    agents: tuple[int, ...] = ()
    patients: tuple[int, ...] = ()
    parties: tuple[int, ...] = ()
    real: bool = True
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says what a sentence tells.

    Attributes:
        speaker: the words that name the speaker, or None.
        speaker_root: index of the speaker's head token.
        modality: how the claim is made.
    """

    speaker: str | None
    speaker_root: int | None
    modality: Modality = "asserted"


NO_SPEECH = Speech(None, None)
"""What a sentence without a speaker has: the article itself tells it."""


@dataclass(slots=True)
class Quantity:
    """A count: fewest and most (None = open), and the tokens that say it."""

    min: int
    max: int | None
    tokens: list[int] = field(default_factory=list)


def register_extensions() -> None:
    """Make the span attributes known to spaCy; safe to call again."""
    for name in ("actor", "place", "date", "casualty", "event", "speech"):
        if not Span.has_extension(name):
            Span.set_extension(name, getter=partial(_get, name), setter=partial(_set, name))


def _key(name: str, span: Span) -> str:
    # By label too: spaCy's own values go by the span's bounds alone, so that of "12 dead and
    # wounded" one mention would overwrite the other.
    return f"incidents.{name}:{span.label}:{span.start}:{span.end}"


def _get(name: str, span: Span) -> object:
    return span.doc.user_data.get(_key(name, span))


def _set(name: str, span: Span, value: object) -> None:
    span.doc.user_data[_key(name, span)] = value


def spans_of(doc: Doc, key: str) -> Iterator[Span]:
    """The spans of one group, or none if the component did not run."""
    if key in doc.spans:
        yield from doc.spans[key]


register_extensions()
