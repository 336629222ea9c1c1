"""Datelines: the words before an article's first sentence that say where the reporter sits.

`ERBIL, Kurdistan Region (K24) –` is where the article was filed, not where it happened. Pure
Python, without spaCy, because the readers use it too.

Source of the forms: the dateline entries of news agencies' style guides (capitals for the town,
then region, date, outlet in brackets, a dash).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from incidents.extractors.vocabulary import load_words

_MAX_LINES = 12  # a dateline comes after title, subtitle and byline, not deep in the text
_MAX_WORDS = 5  # of one comma part: "SAN MIGUEL DE ALLENDE", "Autonomous Region in Muslim Mindanao"
_MAX_CHARS = 20_000  # so that one long text is not split into lines for nothing
_MIN_REST = 15  # characters of a sentence behind the separator; "BEIRUT: an elegy" is a heading

# Head, separator, sentence; brackets are atoms, so that "(AP - June 3, 2004)" has no separator.
# Every repetition is bounded: a line costs at most a few hundred steps.
_LINE = re.compile(
    r"""(?P<head>[^\W\d_](?:\([^()\n]{1,60}\)|[^()\n—–:]){1,90}?)
        (?P<separator>
            \s{0,3}(?:—|–|--)\s{0,3}     # LONDON—Prices, BEIRUT – The, TYRE -- At
          | \s{1,3}-\s{0,3} | -\s{1,3}   # BEIRUT - The, Damascus, SANA- The
          | \s{0,2}:\s{1,3}              # TRIPOLI, Lebanon: The, Damascus, March 21 : At
          | (?<=\))\s{1,3}               # DOHA (Outlet - 9 December, 2021) A
        )
        (?=(?P<rest>[“"‘'(\[]{0,2}\S.{0,200}))""",
    re.VERBOSE,
)
_OUTLET = re.compile(r"(?<!\s)\s*\((?P<inside>[^()]{1,60})\)\s*$")
_ALSO = re.compile(r"\([^()]{1,60}\)")
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<month>[A-Za-z]{{3,9}})\.?\s{{1,2}}{_DAY}(?:,?\s{{1,2}}{_YEAR})?",  # Aug. 9, 2005
        rf"{_DAY}\s{{1,2}}(?P<month>[A-Za-z]{{3,9}})\.?(?:,?\s{{1,2}}{_YEAR})?",  # 13 August 2007
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",  # 2021-04-20
    )
)
_DATE_IN_BRACKETS = re.compile(r"^(?P<outlet>.{1,40}?)\s*[-–—,|]\s*(?P<date>[^-–—|]{4,24})$")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline found in a text.

    Attributes:
        place: its place words as written, region included: `ERBIL, Kurdistan Region`.
        outlet: the outlet in brackets, or None.
        date: the date as written, or None.
        start: first character in the text.
        end: one past the separator, where the first sentence begins.
    """

    place: str
    outlet: str | None
    date: str | None
    start: int
    end: int

    @property
    def day(self) -> dt.date | None:
        """The calendar day, where the dateline gives day, month and year."""
        return parse_day(self.date) if self.date else None


@dataclass(frozen=True, slots=True)
class _Words:
    months: dict[str, int]
    weekdays: frozenset[str]
    particles: frozenset[str]
    not_places: frozenset[str]


def find_dateline(text: str) -> Dateline | None:
    """Find the dateline of an article.

    Args:
        text: the article's text; the dateline may stand after the title and a subtitle.

    Returns:
        The first dateline at the start of one of the first lines, or None.

    Example:
        >>> find_dateline("TRIPOLI, Lebanon: The army closed the road to Tyre.").place
        'TRIPOLI, Lebanon'
    """
    found: list[tuple[Dateline, bool]] = []
    start, lines = 0, 0
    for line in text[:_MAX_CHARS].splitlines(keepends=True):
        if line.strip():
            lines += 1
            dateline = _read_line(line, start)
            if dateline:
                found.append((dateline, text[: dateline.end].rstrip().endswith(":")))
        start += len(line)
        if lines >= _MAX_LINES:
            break
    # "HOMS: Two killed." "HAMA: One killed." is a list by town.
    if sum(colon for _, colon in found) > 1:
        found = [(dateline, colon) for dateline, colon in found if not colon]
    return found[0][0] if found else None


def parse_day(date: str) -> dt.date | None:
    """Read a dateline's date; None unless it has day, month and year.

    Example:
        >>> parse_day("Aug. 9, 2005")
        datetime.date(2005, 8, 9)
    """
    match = _match_date(date)
    if match is None or not match["year"]:
        return None
    try:
        return dt.date(int(match["year"]), _month(match["month"]), int(match["day"]))
    except ValueError:  # 31 June
        return None


def _read_line(line: str, offset: int) -> Dateline | None:
    indent = len(line) - len(line.lstrip())
    match = _LINE.match(line, indent)
    if match is None or not _begins_sentence(match["rest"]):
        return None
    head, separator = match["head"], match["separator"]
    bracket = _OUTLET.search(head)
    outlet, date = _split_bracket(bracket["inside"]) if bracket else (None, None)
    if not separator.strip() and date is None:
        return None
    place_words = head[: bracket.start()] if bracket else head
    parts, outlet, date = _sort_parts(place_words, outlet, date)
    rubric = ":" in separator and date is None
    if not _is_place(parts, marked=outlet is not None or date is not None, colon=rubric):
        return None
    if outlet and _is_abbreviation(outlet, parts[0]):
        return None
    place = ", ".join(parts)
    return Dateline(place, outlet, date, offset + indent, offset + match.end())


def _begins_sentence(rest: str) -> bool:
    first = rest.lstrip("“\"‘'([")[:1]
    starts = first.isdigit() or (first.isalpha() and not first.islower())
    return starts and len(rest) >= _MIN_REST and any(char.islower() for char in rest)


def _split_bracket(inside: str) -> tuple[str | None, str | None]:
    """Split `Agency - 9 December, 2021` into outlet and date."""
    match = _DATE_IN_BRACKETS.match(inside)
    if match and _match_date(match["date"]):
        return match["outlet"].strip(), match["date"].strip()
    if _match_date(inside):
        return None, inside.strip()
    return inside.strip(), None


def _sort_parts(
    words: str, outlet: str | None, date: str | None
) -> tuple[list[str], str | None, str | None]:
    """Sort the comma parts of a head into place words, outlet and date."""
    parts: list[str] = []
    for raw in words.split(","):
        part = raw.strip()
        if not part or _is_weekday(part):
            continue
        if parts and _match_date(part):
            date = part
        elif date and re.fullmatch(_YEAR, part):
            date = f"{date}, {part}"
        elif parts and outlet is None and part.isupper() and not parts[0].isupper():
            outlet = part  # "Damascus, SANA -"
        else:
            parts.append(part)
    return parts, outlet, date


def _is_place(parts: list[str], *, marked: bool, colon: bool) -> bool:
    """Whether the parts read as a town and its region.

    Args:
        parts: comma parts of the head.
        marked: an outlet or a date stands beside them; only then may the town be in small letters.
        colon: the separator is a colon and no date stands before it, which also ends rubrics.
    """
    max_parts = 3
    if not 1 <= len(parts) <= max_parts or not all(is_name(part) for part in parts):
        return False
    if not may_be_place(parts[0]):
        return False
    town = _names(parts[0])
    capitals = all(word.isupper() or not _is_cased(word) for word in town)
    long_enough = any(len(word) > 2 for word in town)  # noqa: PLR2004 - "EU", "UN", "IS"
    return long_enough and (capitals or (marked and not colon))


def is_name(part: str) -> bool:
    """True for words that can be a name: capitals, but for the small words within it.

    Args:
        part: a town or its region, without commas.
    """
    words = _ALSO.sub(" ", part).split()
    particles = _words().particles
    return 1 <= len(words) <= _MAX_WORDS and all(
        not word[0].islower() and not word[0].isdigit()
        for word in re.split(r"[\s-]+", " ".join(words))
        if word and word.casefold() not in particles
    )


def may_be_place(part: str) -> bool:
    """False for rubrics, weekdays and months, and organisations in front of a colon or a dash.

    Args:
        part: words that can be a name.
    """
    town = _names(part)
    words = _words()
    no_town = words.not_places | words.weekdays | words.months.keys()
    return bool(town) and not any(word.casefold() in no_town for word in town)


def _names(part: str) -> list[str]:
    """Words of a part without particles and brackets."""
    words = re.findall(r"[^\W\d_]+", _ALSO.sub(" ", part))
    return [word for word in words if word.casefold() not in _words().particles]


def _is_cased(word: str) -> bool:
    return word.lower() != word.upper()


def _is_abbreviation(bracket: str, name: str) -> bool:
    """Whether the bracket abbreviates the name before it: National Defence Forces (NDF)."""
    initials = "".join(word[0] for word in _names(name))
    return len(initials) > 1 and initials.casefold() == bracket.casefold()


def _match_date(text: str) -> re.Match[str] | None:
    for pattern in _DATES:
        match = pattern.fullmatch(text.strip())
        if match and _month(match["month"]):
            return match
    return None


def _month(word: str) -> int:
    """Turn a month name, or its digits, into a number; 0 for another word."""
    return int(word) if word.isdigit() else _words().months.get(word.casefold(), 0)


def _is_weekday(word: str) -> bool:
    return word.rstrip(".").casefold() in _words().weekdays


@cache
def _words() -> _Words:
    dates, words = load_words("dates"), load_words("dateline")
    return _Words(
        months=dates["months"],
        weekdays=frozenset(dates["weekdays"]),
        particles=frozenset(words["particles"]["words"]),
        not_places=frozenset(word for group in words["not_places"].values() for word in group),
    )
