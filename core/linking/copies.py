"""Which reports of one event come from one source: near-copies of a text, articles of one outlet.

Only the few reports of one incident are compared, so that the overlap of their sentences is worked
out exactly; MinHash would estimate it, and pays only where all articles are compared with all.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from incidents.gazetteer.names import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidents.model import Report

_Shingles = frozenset[tuple[str, ...]]
_WORDS = 4  # of a shingle; outlets share phrases of three ("according to local")
_LEAST_SHINGLES = 8  # a headline may be the same by chance
_COPIED = 0.6  # of the shorter text; agencies' clients cut sentences and change the names' spelling


def group_sources(reports: Iterable[Report]) -> list[tuple[str, ...]]:
    """Group the reports of one event by the source that they stem from.

    Args:
        reports: of one incident; their order does not matter.

    Returns:
        Sorted groups of sorted report ids; each counts as one source.
    """
    members = sorted(reports, key=lambda report: report.id)
    source_of = {report.id: report.id for report in members}

    def join(one: str, two: str) -> None:
        first, second = _root(source_of, one), _root(source_of, two)
        source_of[max(first, second)] = min(first, second)

    same: dict[tuple[str, str], str] = {}  # an event of a thousand articles has few outlets
    for report in members:
        outlet = fold_name(report.article.publisher or "")
        for mark in (("article", report.article.id), *([("outlet", outlet)] if outlet else [])):
            join(same.setdefault(mark, report.id), report.id)
    shingles = {report.id: _shingles(_sentences(report)) for report in members}
    for one, two in combinations(shingles, 2):
        if _root(source_of, one) != _root(source_of, two) and _share(shingles[one], shingles[two]):
            join(one, two)
    groups: dict[str, list[str]] = {}
    for id_ in source_of:
        groups.setdefault(_root(source_of, id_), []).append(id_)
    return sorted(tuple(group) for group in groups.values())


def _root(source_of: dict[str, str], id_: str) -> str:
    """The report that a source is called after; the way to it is made shorter."""
    while source_of[id_] != id_:
        source_of[id_] = source_of[source_of[id_]]
        id_ = source_of[id_]
    return id_


def is_copy(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether most of the shorter of two texts, given as sentences, stands in the other."""
    return _share(_shingles(tuple(one)), _shingles(tuple(two)))


def _share(first: _Shingles, second: _Shingles) -> bool:
    least = min(len(first), len(second))
    return least >= _LEAST_SHINGLES and len(first & second) >= _COPIED * least


def _sentences(report: Report) -> tuple[str, ...]:
    return tuple(sorted({evidence.text for evidence in report.evidence}))


@lru_cache(maxsize=1 << 12)
def _shingles(sentences: tuple[str, ...]) -> _Shingles:
    found: set[tuple[str, ...]] = set()
    for sentence in sentences:
        words = fold_name(sentence).split()
        found.update(zip(*(words[at:] for at in range(_WORDS)), strict=False))
    return frozenset(found)
