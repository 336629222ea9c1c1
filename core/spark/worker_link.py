"""On the workers: the steps of `linking`, each over the rows that it needs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from incidents.gazetteer import Gazetteer
from incidents.linking.attach import attach
from incidents.linking.block import keys_of
from incidents.linking.group import Decisions, Weights, find_edges, is_sure, keep_apart, regroup
from incidents.linking.merge import merge_reports
from incidents.linking.pipeline import DEFAULT_THRESHOLD
from incidents.linking.score import to_weight
from incidents.model import Report
from incidents.spark.arrow import each_row, in_groups, to_batches
from incidents.spark.tables import INCIDENTS, incident_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incidents.linking.group import Edge
    from incidents.spark.arrow import Row

LIGHT = pa.schema(
    [
        ("id", pa.string()),
        ("article_id", pa.string()),
        ("position", pa.int64()),
        ("sure", pa.bool_()),
        ("light", pa.string()),  # the report without its sentences, which linking does not read
        ("data", pa.string()),  # the report
    ]
)
KEYS = pa.schema([("key", pa.int64()), ("id", pa.string()), ("leads", pa.bool_())])
EDGES = pa.schema([("one", pa.string()), ("two", pa.string()), ("weight", pa.float64())])
MEMBERS = pa.schema([("id", pa.string()), ("group", pa.string())])

MIN_WEIGHT = to_weight(DEFAULT_THRESHOLD)
_NONE = Decisions()  # what people decide is kept in databases
_KNOWN = 20_000  # reports that a task keeps decoded


def lighten(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Make rows of `LIGHT` of reports: `article_id`, `position` and `data`."""

    def light(row: Row) -> Row:
        report = msgspec.json.decode(row["data"], type=Report)
        small = msgspec.structs.replace(report, evidence=())
        return row | {
            "id": report.id,
            "sure": is_sure(report, _NONE),
            "light": msgspec.json.encode(small).decode(),
        }

    return to_batches(map(light, each_row(batches)), LIGHT)


def list_keys(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Make rows of `KEYS` of `id` and `light`."""
    rows = (
        {"key": key, "id": row["id"], "leads": leads}
        for row in each_row(batches)
        for key, leads in keys_of(msgspec.json.decode(row["light"], type=Report)).items()
    )
    return to_batches(rows, KEYS)


def weigh_pairs(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Weigh pairs into rows of `EDGES`: `one`, `two`, and of each `sure` and `light`."""
    known = _Reports()
    for batch in batches:
        reports: dict[str, Report] = {}
        sure: set[str] = set()
        pairs: list[Edge] = []
        for row in batch.to_pylist():
            pairs.append((row["one"], row["two"]))
            for side in ("one", "two"):
                reports[row[side]] = known.decode(row[side], row[f"{side}_light"])
                if row[f"{side}_sure"]:
                    sure.add(row[side])
        weights = Weights(reports, _gazetteer(), _NONE)
        edges = find_edges(pairs, sure, weights, min_weight=MIN_WEIGHT)
        rows = ({"one": one, "two": two, "weight": w} for (one, two), w in edges.items())
        yield from to_batches(rows, EDGES)


def cluster_components(
    batches: Iterable[pa.RecordBatch], *, is_sure: bool
) -> Iterator[pa.RecordBatch]:
    """Group the reports of each component into rows of `MEMBERS`.

    Args:
        batches: `component`, `id`, `light`, and `near`: the pairs in which the report is first,
            as `two` and `weight`; in the order of `component`.
        is_sure: whether the reports are anchored.
    """

    def rows() -> Iterator[Row]:
        for _, members in in_groups(batches, "component"):
            reports = {row["id"]: msgspec.json.decode(row["light"], type=Report) for row in members}
            edges = {
                (row["id"], other["two"]): other["weight"]
                for row in members
                for other in row["near"] or ()
            }
            weights = Weights(reports, _gazetteer(), _NONE, dict(edges))
            sure = set(reports) if is_sure else set()
            for group in regroup(reports, sure, edges, weights, min_weight=MIN_WEIGHT):
                yield from ({"id": id_, "group": group[0]} for id_ in group)

    return to_batches(rows(), MEMBERS)


def choose_groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Find the group that each loose report joins, if any, into rows of `MEMBERS`.

    Args:
        batches: `loose`, `loose_light`, and a row for each `member` of a `group` near it, with
            `light`; in the order of `loose`.
    """
    known = _Reports()

    def rows() -> Iterator[Row]:
        for id_, near in in_groups(batches, "loose"):
            reports = {row["member"]: known.decode(row["member"], row["light"]) for row in near}
            reports[id_] = known.decode(id_, near[0]["loose_light"])
            groups: dict[str, list[str]] = {}
            for row in near:
                groups.setdefault(row["group"], []).append(row["member"])
            if (group := _attach(groups, [id_], reports).get(id_)) is not None:
                yield {"id": id_, "group": group}

    return to_batches(rows(), MEMBERS)


def settle_siblings(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Of loose reports of one article that chose one group, let the weightiest join it.

    Args:
        batches: as for `choose_groups`, of such reports and their group, in the order of `group`.
    """
    known = _Reports()

    def rows() -> Iterator[Row]:
        for group, chosen in in_groups(batches, "group"):
            reports = {row["member"]: known.decode(row["member"], row["light"]) for row in chosen}
            members = sorted(reports)
            for row in chosen:
                reports[row["loose"]] = known.decode(row["loose"], row["loose_light"])
            loose = sorted(reports.keys() - set(members))
            found = _attach({group: members}, loose, reports)
            yield from ({"id": id_, "group": group} for id_ in found)

    return to_batches(rows(), MEMBERS)


def _attach(
    groups: dict[str, list[str]], loose: list[str], reports: dict[str, Report]
) -> dict[str, str]:
    """Attach loose reports to groups that are all near; loose report to group."""
    weights = Weights(reports, _gazetteer(), _NONE)
    names = sorted(groups)
    near = {id_: [groups[name][0] for name in names] for id_ in loose}
    found = attach(
        [sorted(groups[name]) for name in names],
        loose,
        near,
        weights,
        min_weight=MIN_WEIGHT,
        keeps_apart=keep_apart(weights),
    )
    return {id_: names[position] for id_, position in found.items()}


def merge_groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Merge groups into rows of `INCIDENTS`: `group` and `data`, in the order of `group`."""
    rows = (
        incident_row(
            merge_reports(msgspec.json.decode(row["data"], type=Report) for row in members)
        )
        for _, members in in_groups(batches, "group")
    )
    return to_batches(rows, INCIDENTS)


class _Reports:
    """Reports that were decoded, each once: the same ones come in many pairs."""

    def __init__(self) -> None:
        self._known: dict[str, Report] = {}

    def decode(self, id_: str, data: str) -> Report:
        """The report of an id."""
        if id_ not in self._known:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            self._known[id_] = msgspec.json.decode(data, type=Report)
        return self._known[id_]


@cache
def _gazetteer() -> Gazetteer:
    """The gazetteer of this process: it tells which body an actor belongs to."""
    return Gazetteer.open()
