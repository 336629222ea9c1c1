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
    for one, two in combinations(members, 2):
        first, second = source_of[one.id], source_of[two.id]
        if first != second and _is_one_source(one, two):
            source_of = {id_: first if at == second else at for id_, at in source_of.items()}
    groups: dict[str, list[str]] = {}
    for id_, source in source_of.items():
        groups.setdefault(source, []).append(id_)
    return sorted(tuple(group) for group in groups.values())


def _is_one_source(one: Report, two: Report) -> bool:
    first, second = one.article.publisher, two.article.publisher
    if one.article.id == two.article.id or (
        first and second and fold_name(first) == fold_name(second)
    ):
        return True
    return is_copy(_sentences(one), _sentences(two))


def is_copy(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether most of the shorter of two texts, given as sentences, stands in the other."""
    first, second = _shingles(tuple(one)), _shingles(tuple(two))
    least = min(len(first), len(second))
    return least >= _LEAST_SHINGLES and len(first & second) >= _COPIED * least


def _sentences(report: Report) -> tuple[str, ...]:
    return tuple(sorted({evidence.text for evidence in report.evidence}))


@lru_cache(maxsize=1 << 12)
def _shingles(sentences: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for sentence in sentences:
        words = fold_name(sentence).split()
        found.update(zip(*(words[at:] for at in range(_WORDS)), strict=False))
    return frozenset(found)
