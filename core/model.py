"""What passes between the parts: articles, reports and incidents.

The classes are the JSON contract: field names, order and types here are what
`incidents extract --reports --format jsonl` prints. All offsets are half-open character offsets
into `Article.text` as stored: `article.text[start:end]` is the mention. Dates are calendar days
without a time zone. Coordinates are WGS84 degrees.

Sources of the vocabulary:
    inter codes, geo_precision: ACLED Codebook (2023); event types stand in `event_types.py`.
    low/best/high fatalities: UCDP Georeferenced Event Dataset codebook (v23.1).
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - msgspec reads the annotations at run time
from typing import Literal, get_args

import msgspec

# `as` marks names of this module too: event types are part of the model
from incidents.event_types import EVENT_TYPE_OF as EVENT_TYPE_OF  # noqa: PLC0414
from incidents.event_types import SUB_EVENT_TYPES as SUB_EVENT_TYPES  # noqa: PLC0414

ActorKind = Literal[
    "state forces",
    "rebel group",
    "political militia",
    "identity militia",
    "rioters",
    "protesters",
    "civilians",
    "external/other",
]
"""ACLED inter codes 1 to 8, in their order."""

Role = Literal["initiator", "target", "participant", "mediator"]
ROLES: tuple[Role, ...] = get_args(Role)
CasualtyKind = Literal["killed", "wounded", "detained", "kidnapped", "missing", "displaced"]
CASUALTY_KINDS: tuple[CasualtyKind, ...] = get_args(CasualtyKind)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""English names of weekdays, numbered from 0 as `datetime.date.weekday` does."""
DatePrecision = Literal["day", "week", "month", "year", "none"]
Grade = Literal["confirmed", "fair", "weak", "contested"]
Modality = Literal["asserted", "claimed", "denied", "negated", "planned", "hypothetical"]


class _Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Common options: immutable, unknown JSON fields refused."""


class Article(_Struct, frozen=True, kw_only=True):
    """One text with its metadata.

    Attributes:
        id: the input's own id, else the file's stem.
        text: the text that all offsets point into; the title is its first line where the source
            has it there.
        title: headline.
        published: day of publication.
        publisher: outlet or agency.
        url: address of the source.
        path: file that the article was read from.
        dateline: the place words of a dateline (`ERBIL, Kurdistan Region`), as written.
        language: ISO 639-1 code where the source states it.
    """

    id: str
    text: str
    title: str | None = None
    published: dt.date | None = None
    publisher: str | None = None
    url: str | None = None
    path: str | None = None
    dateline: str | None = None
    language: str | None = None


class ArticleRef(_Struct, frozen=True, kw_only=True):
    """An article without its text, as a report names it.

    Attributes:
        id: the input's own id, else the file's stem.
        title: headline.
        publisher: outlet or agency.
        published: day of publication.
        url: address of the source.
        path: file that the article was read from.
    """

    id: str
    title: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    url: str | None = None
    path: str | None = None


class EventDate(_Struct, frozen=True, kw_only=True):
    """When an incident happened.

    Attributes:
        start: first day, or None where nothing resolves it.
        end: last day; equals start for a single day.
        precision: how much of the date is known.
        mention: the words that gave it.
        basis: what resolved it: `explicit`, `weekday+day`, `published`, `article`, or `linked` for
            a value lent by another report.
        weekday: English weekday name, kept also where the day stays unresolved.
    """

    start: dt.date | None = None
    end: dt.date | None = None
    precision: DatePrecision = "none"
    mention: str | None = None
    basis: str | None = None
    weekday: str | None = None

    def __post_init__(self) -> None:
        if (self.start is None) != (self.end is None):
            msg = "start and end of a date are both set or both None"
            raise ValueError(msg)
        if self.start is not None and self.end is not None and self.start > self.end:
            msg = f"date starts after it ends: {self.start} > {self.end}"
            raise ValueError(msg)


class PlaceRef(_Struct, frozen=True, kw_only=True):
    """A place as one report names it.

    Attributes:
        id: `geonames:<geonameid>`, an id of the project's own gazetteer, or None if unresolved.
        name: canonical name.
        mention: the words in the article.
        kind: city, neighbourhood, street, roundabout, airport, admin1, country …
        lat: degrees north, or None.
        lon: degrees east, or None.
        country: English short name.
        country_code: ISO 3166-1 alpha-2.
        admin1: name of the first-order division.
        within: names of the containing places, nearest first.
    """

    id: str | None = None
    name: str
    mention: str
    kind: str | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    country_code: str | None = None
    admin1: str | None = None
    within: tuple[str, ...] = ()


class ActorRef(_Struct, frozen=True, kw_only=True):
    """A party to an incident.

    Attributes:
        id: id in the gazetteer of actors; None where the gazetteer lacks the actor.
        name: canonical name, or the article's.
        mention: the words in the article.
        role: `initiator` struck first, `target` was struck; `participant` of a clash that nobody is
            said to have begun; `mediator` of an agreement.
        kind: ACLED's kind of actor.
    """

    id: str | None = None
    name: str
    mention: str
    role: Role
    kind: ActorKind | None = None


class Casualty(_Struct, frozen=True, kw_only=True):
    """One claim about people harmed.

    Attributes:
        kind: what befell them.
        min: fewest people, 1 or more; None where the claim has no lower bound.
        max: most people; None where the claim is open ("at least 3").
        group: canonical name of the side or group, `civilians`, or `unknown`.
        names: named victims.
        claimed_by: who says so, or None for the article itself.
        modality: how the claim is made.
        mention: the words in the article.
        start: first character of the mention in the article's text.
        end: one past its last character.
        article: the article that start and end count in; left out in a report, whose own it is.
    """

    kind: CasualtyKind
    min: int | None = None
    max: int | None = None
    group: str = "unknown"
    names: tuple[str, ...] = ()
    claimed_by: str | None = None
    modality: Modality = "asserted"
    mention: str = ""
    start: int = 0
    end: int = 0
    article: str | msgspec.UnsetType = msgspec.UNSET

    def __post_init__(self) -> None:
        if self.min is not None and self.max is not None and self.min > self.max:
            msg = f"casualty range is upside down: {self.min} > {self.max}"
            raise ValueError(msg)


class Fatalities(_Struct, frozen=True, kw_only=True):
    """Deaths in all as UCDP counts them: 0 <= low <= best <= high.

    Attributes:
        low: the least that is claimed.
        best: the most likely number.
        high: the most that is claimed.
    """

    low: int = 0
    best: int = 0
    high: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.best <= self.high:
            msg = f"fatalities are not ordered: {self.low}, {self.best}, {self.high}"
            raise ValueError(msg)


class Deaths(_Struct, frozen=True, kw_only=True):
    """The best estimate of deaths by side, as UCDP counts them.

    Attributes:
        a: of who attacked, or of the first party of a clash.
        b: of the other party.
        civilians: of people without arms, protesters and rioters among them.
        unknown: of nobody's side in particular.
    """

    a: int = 0
    b: int = 0
    civilians: int = 0
    unknown: int = 0


class Evidence(_Struct, frozen=True, kw_only=True):
    """The sentence behind a value, and the rule that read it.

    Attributes:
        start: first character of the sentence in the article's text.
        end: one past its last character.
        text: the sentence.
        rule: `<field>:<rule name>`, for example `date:weekday+day` or `casualties:passive`.
        article: the article that start and end count in; left out in a report, whose own it is.
    """

    start: int
    end: int
    text: str
    rule: str
    article: str | msgspec.UnsetType = msgspec.UNSET


class _Telling(_Struct, frozen=True, kw_only=True):
    """What a notebook shows as a table: a report or an incident."""

    def _repr_html_(self) -> str:
        from incidents import to_html  # noqa: PLC0415 - the model stands below all else

        return to_html(self)  # type: ignore[arg-type]  # its two subclasses are what it takes


class Report(_Telling, frozen=True, kw_only=True):
    """One article's account of one incident.

    Attributes:
        id: the same for the same article, text and version of the program.
        article: where it is told.
        event_type: ACLED's event type.
        sub_event_type: ACLED's sub-event type.
        background: an earlier event that the article recalls.
        date: when it happened.
        places: where it happened, the most specific first.
        geo_precision: ACLED's: 1 the place itself, 2 a place near it, 3 a province or country.
        actors: the parties.
        casualties: claims about people harmed.
        fatalities: deaths in all.
        attribution: who tells of it, where the article says so.
        confidence: probability that event type, date and place are right.
        evidence: the sentences that the values come from.
    """

    id: str
    article: ArticleRef
    event_type: str
    sub_event_type: str
    background: bool = False
    date: EventDate = EventDate()
    places: tuple[PlaceRef, ...] = ()
    geo_precision: int | None = None
    actors: tuple[ActorRef, ...] = ()
    casualties: tuple[Casualty, ...] = ()
    fatalities: Fatalities = Fatalities()
    attribution: str | None = None
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        if EVENT_TYPE_OF.get(self.sub_event_type) != self.event_type:
            msg = f"{self.sub_event_type!r} is no sub-event type of {self.event_type!r}"
            raise ValueError(msg)


class Source(_Struct, frozen=True, kw_only=True):
    """Where an incident's reports come from: one entry an article.

    Attributes:
        publisher: outlet or agency.
        url: address of the source.
        article: id of the article.
    """

    publisher: str | None = None
    url: str | None = None
    article: str


class DisagreementValue(_Struct, frozen=True, kw_only=True):
    """One of the values that sources give for a field, and the articles that give it.

    Attributes:
        value: in words.
        articles: ids of the articles.
    """

    value: str
    articles: tuple[str, ...] = ()


class Disagreement(_Struct, frozen=True, kw_only=True):
    """A field on which reports of one incident differ.

    Attributes:
        field: what they differ on: `date`, `place`, `casualties killed <group>` …
        values: what they say.
    """

    field: str
    values: tuple[DisagreementValue, ...] = ()


class Lent(_Struct, frozen=True, kw_only=True):
    """A value that one report of an incident has and others lack.

    Attributes:
        field: `date`, `place` or `victim`.
        value: the value.
        report: id of a report that has it.
        to: ids of the reports that say less.
    """

    field: str
    value: str
    report: str
    to: tuple[str, ...] = ()


class Incident(_Telling, frozen=True, kw_only=True):
    """Reports of the same real event, merged across articles; claims that differ are kept.

    Attributes, beside those of a report:
        reports: ids of the reports.
        sources: one entry an article.
        source_count: independent ones: copies of one text and articles of one outlet count once.
        disagreements: fields on which the reports differ.
        grade: how well it is founded; see `linking/grade.py`.
        deaths: the best estimate of deaths by side.
        lent: values that some of the reports lack.
    """

    id: str
    event_type: str
    sub_event_type: str
    background: bool = False
    date: EventDate = EventDate()
    places: tuple[PlaceRef, ...] = ()
    geo_precision: int | None = None
    actors: tuple[ActorRef, ...] = ()
    casualties: tuple[Casualty, ...] = ()
    fatalities: Fatalities = Fatalities()
    attribution: str | None = None
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    reports: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    source_count: int = 1
    grade: Grade = "weak"
    deaths: Deaths = Deaths()
    lent: tuple[Lent, ...] = ()
