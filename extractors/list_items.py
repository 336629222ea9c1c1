"""Lists in an article: items, records and sections that each tell of their own event.

A digest ("Gao: two traders killed"), a monitor's numbered list, a page of records ("Location:
Gao") or a situation report by provinces is no running text: what one item tells says nothing of
the next, and the name before it says where it was. Works on the bare text, for whole texts are
looked through before anything is parsed.

Source of the forms: public daily lists of monitors, flash updates, and digests of news channels.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from incidents.extractors.dateline import is_name, may_be_place
from incidents.extractors.dates import find_dates
from incidents.extractors.vocabulary import load_words, word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Range = tuple[int, int]

_FEWEST = 2  # what makes a list
_FEWEST_BARE = 3  # lines without full stop; two are a title and its subtitle
_MAX_HEADING = 60  # characters; of a line that is a section's heading
_MAX_DAY_HEADING = 200
_MAX_LINES = 4000  # a text of more lines is a table

_NUMBER = re.compile(r"(?:[#(]?\d{1,3}[.)/]{1,2}|\(?[a-zA-Z][.)])(?:[ \t]+|$)")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}(?:\s?(?:am|pm|GMT|UTC|EST|EDT))?(?:\s?[-–—:|])?(?:[ \t]+|$)")
_DASH = re.compile(r"[-–—*·+>](?:[ \t]+|$)")
_HEAD = re.compile(
    r"#?(?P<name>[^\W\d_][^\n:–—|]{1,60}?)"
    r"(?P<separator>[ ]{0,2}:[ \t]+|[ ]{0,2}[–—|][ ]{0,2}|[ ]-[ ])(?=\S)"
)
_DAY_HEAD = re.compile(
    r"(?P<day>(?=[^\n]{0,20}\d)[^\n:–—|]{3,30}?)(?:[ ]{0,2}[:|]|[ ]{0,2}[–—]|[ ]-)[ \t]+(?=\S)"
)
_LABEL = re.compile(r"(?P<label>[A-Za-z][A-Za-z ]{1,24}?)[ ]{0,2}[:|][ \t]+(?P<value>\S.{0,2000})")
_STOPS = (".", "!", "?", "…", ":", ";", ",", '."', ".”", ".)", ".'", ".’")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list.

    Attributes:
        start: its first character in the text, marker and name included.
        end: one past its last character.
        body: where its first sentence begins.
        names: ranges of the names before it that say where it was, its own first.
        days: ranges of the headings that say when it was.
        counted: True if a number, a time or a day stands before it.
        apart: True if nothing outside of it tells of its event: a place or a record of its own.
    """

    start: int
    end: int
    body: int
    names: tuple[Range, ...] = ()
    days: tuple[Range, ...] = ()
    counted: bool = False
    apart: bool = False


class _Line(NamedTuple):
    start: int
    text: str
    after_blank: bool
    marker: str  # class of marker: "", "number", "time", "symbol"
    body: int
    head: tuple[Range, str, int] | None  # name, its class of separator, where the body begins
    day: tuple[Range, int] | None  # a date and a colon or a dash, where the body begins

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def find_items(text: str, is_place: Callable[[str], bool]) -> tuple[Item, ...]:
    """The list items of a text, in order, without overlap.

    Args:
        text: an article.
        is_place: True for a name that a place is known by.

    Returns:
        Records ("Location: Gao"), items with a marker or a place before them, and sections under
        the name of a place; none for running text.
    """
    lines = _read_lines(text)
    if not _FEWEST <= len(lines) <= _MAX_LINES:
        return ()
    records = _find_records(lines)
    if records:
        return tuple(records)
    headed = _headed(lines, is_place)
    marked = _marked(lines)
    bare = _bare(lines) | _dated(lines)
    sections = _sections(lines, is_place)
    begins = [i for i in range(len(lines)) if i in headed or i in marked or i in bare]
    if len(begins) < _FEWEST and not sections:
        return ()
    items = [
        _item(lines, i, headed=i in headed, until=min(j, _section_end(i, sections, lines)))
        for i, j in pairwise([*begins, len(lines)])
        if i not in sections
    ]
    items += _bodies(lines, sections, {i for i in begins if i not in sections})
    return tuple(_with_headings(sorted(items, key=lambda item: item.start), lines, sections))


def _read_lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start, blank = 0, True
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            lines.append(_read_line(start + raw.index(words[0]), words, after_blank=blank))
        blank = not words
        start += len(raw)
    return lines


def _read_line(start: int, words: str, *, after_blank: bool) -> _Line:
    at, marker = 0, ""
    while at < len(words) and _is_symbol(words[at]):
        at, marker = at + 1, "symbol"
    at += len(words[at:]) - len(words[at:].lstrip())
    for name, pattern in (("symbol", _DASH), ("number", _NUMBER), ("time", _TIME)):
        found = pattern.match(words, at)
        if found:
            marker, at = marker or name, found.end()
    head = _HEAD.match(words, at)
    named = None
    if head is not None and _is_head(head["name"]):
        name_range = start + head.start("name"), start + head.end("name")
        named = name_range, head["separator"].strip(), start + head.end()
    return _Line(start, words, after_blank, marker, start + at, named, _day_head(start, words, at))


def _day_head(start: int, words: str, at: int) -> tuple[Range, int] | None:
    """A day before a line, as in a timeline: "January 4: a bomb …"."""
    head = _DAY_HEAD.match(words, at)
    if head is None:
        return None
    dates = find_dates(head["day"])
    if not any(first == 0 and last == len(head["day"]) for first, last, _ in dates):
        return None
    return (start + at, start + head.end("day")), start + head.end()


def _is_symbol(char: str) -> bool:
    """True for bullets, arrows, emoji and what joins these."""
    return char in "•‣⁃●▪" or unicodedata.category(char) in {"So", "Sk", "Cf", "Mn"}


def _is_head(name: str) -> bool:
    """True for what can be the name of a place, with the places that it lies in."""
    parts = [part.strip() for part in re.split(r"[,/]| and ", name)]
    return all(part and is_name(_without_kind(part)) for part in parts) and may_be_place(parts[0])


def _without_kind(part: str) -> str:
    """A name without the small words that say what it is: "Kharkiv region"."""
    kept = [word for word in part.split() if word not in _kinds()]
    return " ".join(kept)


def _kinds() -> frozenset[str]:
    return frozenset(w for words in load_words("place_kinds")["kinds"].values() for w in words)


def _headed(lines: Sequence[_Line], is_place: Callable[[str], bool]) -> set[int]:
    """Lines with the name of a place before them, where they make a list."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if line.head is not None:
            groups[line.marker, "" if line.marker else line.head[1]].append(i)
    found: set[int] = set()
    for group in groups.values():
        known = [i for i in group if is_place(_name(lines[i]))]
        if len(known) >= _FEWEST and 2 * len(known) >= len(group):
            found |= set(group)
    return found


def _name(line: _Line) -> str:
    """The first name before an item: "Maiduguri" of "Maiduguri, Borno"."""
    start, end = line.head[0] if line.head is not None else (0, 0)
    return re.split(r"[,/]", line.text[start - line.start : end - line.start])[0].strip()


def _marked(lines: Sequence[_Line]) -> set[int]:
    """Lines with a number, a bullet or a time before them, of which there are several."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if line.marker:
            groups[line.marker].append(i)
    return {i for group in groups.values() if len(group) >= _FEWEST for i in group}


def _bare(lines: Sequence[_Line]) -> set[int]:
    """Lines of a run without full stops, as a channel's short items; not wrapped prose."""
    found: set[int] = set()
    run: list[int] = []
    for i, line in enumerate([*lines, None]):
        if line is not None and _is_short_news(line):
            run.append(i)
            continue
        if len(run) >= _FEWEST_BARE:
            found |= set(run)
        run = []
    return found


def _dated(lines: Sequence[_Line]) -> set[int]:
    """Lines with a day before them, of which there are several."""
    found = {i for i, line in enumerate(lines) if line.day is not None}
    return found if len(found) >= _FEWEST else set()


_NEWS_WORDS = 4  # "Three killed in Gao"; fewer are names


def _is_short_news(line: _Line) -> bool:
    first = line.text[:1]
    begins = first.isdigit() or first.isupper() or _is_symbol(first)
    return begins and not line.text.endswith(_STOPS) and len(line.text.split()) >= _NEWS_WORDS


def _sections(lines: Sequence[_Line], is_place: Callable[[str], bool]) -> set[int]:
    """Lines that are the name of a place and head what stands below them."""
    shaped = [_is_heading(line) for line in lines]
    found = {
        i
        for i, line in enumerate(lines[:-1])
        if shaped[i] and not shaped[i + 1] and is_place(line.text.rstrip(":").strip())
    }
    return found if len(found) >= _FEWEST else set()


def _is_heading(line: _Line) -> bool:
    words = line.text.removesuffix(":").strip()
    short = len(words) <= _MAX_HEADING and not line.marker
    return short and words[-1:].isalpha() and _is_head(words)


def _section_end(i: int, sections: set[int], lines: Sequence[_Line]) -> int:
    return min((j for j in sections if j > i), default=len(lines))


def _item(lines: Sequence[_Line], i: int, *, headed: bool, until: int) -> Item:
    """The item that a line begins, up to the next one or the end of its list."""
    line = lines[i]
    last = i
    while last + 1 < until and _goes_on(line, lines[last + 1], headed=headed):
        last += 1
    if headed and line.head is not None:
        name, _, body = line.head
        return Item(line.start, lines[last].end, body, (name,), apart=True)
    if line.day is not None:
        day, body = line.day
        return Item(line.start, lines[last].end, body, days=(day,), counted=True)
    counted = line.marker in {"number", "time"}
    return Item(line.start, lines[last].end, line.body, counted=counted)


def _goes_on(first: _Line, line: _Line, *, headed: bool) -> bool:
    """True for a line that still belongs to an item: paragraphs only under a bare name or time."""
    unmarked = headed and not first.marker and first.after_blank
    empty = first.body == first.end
    return not line.after_blank or unmarked or empty


def _bodies(lines: Sequence[_Line], sections: set[int], items: set[int]) -> Iterator[Item]:
    """What stands below a section's name without being a list itself."""
    for i in sorted(sections):
        end = _section_end(i, sections, lines)
        if any(j in items for j in range(i + 1, end)):
            continue
        stop = next((j for j in range(i + 2, end) if _is_heading(lines[j])), end)
        yield Item(lines[i + 1].start, lines[stop - 1].end, lines[i + 1].body, apart=True)


def _with_headings(
    items: Sequence[Item], lines: Sequence[_Line], sections: set[int]
) -> Iterator[Item]:
    """Items with the section's name and the day that stand above them."""
    inside = [item.start for item in items]
    days: list[Range] = []
    for i, line in enumerate(lines):
        k = bisect_right(inside, line.start) - 1
        if (k < 0 or line.start >= items[k].end or i in sections) and _gives_day(line):
            days.append((line.start, line.end))
    places = [(lines[i].start, lines[i].end) for i in sorted(sections)]
    for item in items:
        above = [p for p in places if p[0] < item.start][-1:]
        day = [d for d in days if d[0] < item.start][-1:]
        yield replace(item, names=(*item.names, *above), days=item.days or tuple(day))


def _gives_day(line: _Line) -> bool:
    """True for a heading with a day: "Incidents of 12 January", "On Monday:"."""
    if len(line.text) > _MAX_DAY_HEADING or line.text.endswith((".", "!", "?")):
        return False
    kinds = word_set("lists", "headings", "days")
    return any(mention.kind in kinds for _, _, mention in find_dates(line.text))


def _find_records(lines: Sequence[_Line]) -> list[Item]:
    """Records of labelled lines: "Date: …", "Location: …", "Description: …"."""
    labelled = [(i, label, match) for i, line in enumerate(lines) for label, match in _label(line)]
    where = word_set("lists", "labels", "place")
    if not labelled or not any(label in where for _, label, _ in labelled):
        return []
    first = labelled[0][1]
    begins = [i for i, label, _ in labelled if label == first]
    items: list[Item] = []
    for i, j in pairwise([*begins, len(lines)]):
        rows = [(label, m, lines[k].start) for k, label, m in labelled if i <= k < j]
        if len({label for label, _, _ in rows}) > _FEWEST:
            items.append(_record(lines[i].start, lines[j - 1].end, rows))
    return items


def _label(line: _Line) -> Iterator[tuple[str, re.Match[str]]]:
    match = _LABEL.match(line.text)
    if match is None:
        return
    label = match["label"].strip().lower()
    if any(label in words for words in load_words("lists")["labels"].values()):
        yield label, match


def _record(start: int, end: int, rows: Sequence[tuple[str, re.Match[str], int]]) -> Item:
    where, when = (word_set("lists", "labels", key) for key in ("place", "day"))

    def values(labels: frozenset[str]) -> tuple[Range, ...]:
        return tuple(
            (at + m.start("value"), at + m.end()) for label, m, at in rows if label in labels
        )

    told = [(m, at) for label, m, at in rows if label not in where | when]
    match, at = max(told or [(rows[-1][1], rows[-1][2])], key=lambda row: len(row[0]["value"]))
    return Item(start, end, at + match.start("value"), values(where), values(when), apart=True)
