"""One pair of reports, feature by feature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from incidents.linking.counts import compare_counts, share_victims
from incidents.linking.dates import compare_dates
from incidents.linking.kinds import compare_kinds
from incidents.linking.places import compare_places
from incidents.linking.sides import compare_sides

if TYPE_CHECKING:
    from incidents.linking.counts import CountsLevel
    from incidents.linking.dates import DateLevel
    from incidents.linking.kinds import KindLevel
    from incidents.linking.places import PlaceLevel
    from incidents.linking.sides import ActorSource, SidesLevel
    from incidents.model import Report


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far two reports agree, feature by feature.

    Attributes:
        same_article: both stem from one article, which tells two incidents apart.
        place: see `places.compare_places`.
        date: see `dates.compare_dates`.
        sides: see `sides.compare_sides`.
        kind: see `kinds.compare_kinds`.
        counts: see `counts.compare_counts`.
        names: a named victim is common.
        background: one of the reports recalls an earlier event.
    """

    same_article: bool
    place: PlaceLevel
    date: DateLevel
    sides: SidesLevel
    kind: KindLevel
    counts: CountsLevel
    names: bool
    background: bool


def compare_reports(one: Report, two: Report, gazetteer: ActorSource | None = None) -> Comparison:
    """Compare two reports; the order of the two does not matter.

    Args:
        one: a report.
        two: another one.
        gazetteer: tells which body an actor belongs to; without it only equal actors agree.
    """
    return Comparison(
        same_article=one.article.id == two.article.id,
        place=compare_places(one, two),
        date=compare_dates(one, two),
        sides=compare_sides(one, two, gazetteer),
        kind=compare_kinds(one, two),
        counts=compare_counts(one, two),
        names=share_victims(one, two),
        background=one.background or two.background,
    )


def exclude_early(one: Report, two: Report) -> bool:
    """Whether type, article or date alone exclude that two reports are one event.

    The cheap half of a comparison: most pairs of a busy town end here.
    """
    return (
        compare_kinds(one, two) == "conflict"
        or one.article.id == two.article.id
        or compare_dates(one, two) == "conflict"
    )
