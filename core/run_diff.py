"""What changed between two runs over the same articles, report by report and field by field.

Reports have no id that outlasts a new version of the program, so those of one article are paired by
what they say: the pair that shares most first. What is left over appeared or is gone.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidents.runs import Facts

# What two tellings of one event share. A report that has neither sentence nor type nor place in
# common with another is another event, whatever its day and its sides are.
_WEIGHTS = {"sentence": 4.0, "type": 2.0, "date": 2.0, "place": 2.0, "actor": 2.0, "casualty": 1.0}
_TELLING = ("sentence", "type", "place")
_LEAST = 3.0

# Where it was read is how reports are paired and no value of its own.
_UNCOMPARED = frozenset({"sentence"})
_BEHIND = re.compile(r" [(\[][^()\[\]]*[)\]]$")


class FieldChange(msgspec.Struct, frozen=True):
    """A field that two runs filled in differently.

    Attributes:
        field: its name.
        before: what only the first run has; one value or several.
        after: what only the second run has.
    """

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class ReportChange(msgspec.Struct, frozen=True, kw_only=True):
    """A report that appeared, is gone or changed.

    Attributes:
        article: id of its article.
        change: which of the three.
        report: its type, date and place in words, as the later run has it that has the report.
        fields: what changed.
    """

    article: str
    change: Literal["appeared", "gone", "changed"]
    report: str
    fields: tuple[FieldChange, ...] = ()


def compare_results(
    article: str, before: Sequence[Facts], after: Sequence[Facts]
) -> list[ReportChange]:
    """Compare what two runs found in one article.

    Args:
        article: its id.
        before: facts of the reports of the first run, in their order.
        after: those of the second run.

    Returns:
        What changed: first what stayed in part, then what is gone, then what appeared.
    """
    pairs = _pair(before, after)
    found = [
        ReportChange(article=article, change="changed", report=_words(after[new]), fields=fields)
        for old, new in pairs
        if (fields := tuple(_changes(before[old], after[new])))
    ]
    found += _alone(article, "gone", before, {old for old, _ in pairs})
    found += _alone(article, "appeared", after, {new for _, new in pairs})
    return found


def _alone(
    article: str, change: Literal["gone", "appeared"], facts: Sequence[Facts], paired: set[int]
) -> list[ReportChange]:
    return [
        ReportChange(article=article, change=change, report=_words(each))
        for number, each in enumerate(facts)
        if number not in paired
    ]


def _pair(before: Sequence[Facts], after: Sequence[Facts]) -> list[tuple[int, int]]:
    """Which report of the second run is which of the first, in the order of the first."""
    weighed = sorted(
        (-_likeness(before[old], after[new]), abs(old - new), old, new)
        for old, new in product(range(len(before)), range(len(after)))
    )
    pairs: dict[int, int] = {}
    for weight, _, old, new in weighed:
        if -weight >= _LEAST and old not in pairs and new not in pairs.values():
            pairs[old] = new
    return sorted(pairs.items())


def _likeness(one: Facts, two: Facts) -> float:
    """How much two reports share: the weight of each field by the part of it that is the same."""
    shared = {
        field: weight * _overlap(_values(one, field), _values(two, field))
        for field, weight in _WEIGHTS.items()
    }
    return sum(shared.values()) if any(shared[field] for field in _TELLING) else 0.0


def _overlap(one: Iterable[str], two: Iterable[str]) -> float:
    first, second = set(one), set(two)
    return len(first & second) / len(first | second) if first or second else 0.0


def _changes(before: Facts, after: Facts) -> Iterable[FieldChange]:
    for field in dict.fromkeys((*before, *after)):
        one, two = _values(before, field), _values(after, field)
        if one == two or field in _UNCOMPARED:
            continue
        gone = tuple(value for value in one if value not in two)
        new = tuple(value for value in two if value not in one)
        # the same values in another order: the first of them is the one that counts
        yield FieldChange(field, gone, new) if gone or new else FieldChange(field, one, two)


def _values(facts: Facts, field: str) -> tuple[str, ...]:
    value = facts.get(field, ())
    return (value,) if isinstance(value, str) else tuple(value)


def _words(facts: Facts) -> str:
    """A report in a line: `2021-04-20, Armed clash, Qamishli`."""
    parts = (_values(facts, field)[:1] for field in ("date", "type", "place"))
    # what stands in brackets behind a value is where it comes from, or its id
    return ", ".join(_BEHIND.sub("", value) for part in parts for value in part)
