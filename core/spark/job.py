"""The whole run: files to articles, reports and incidents."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from incidents.errors import IncidentsError, InputError
from incidents.spark.arrow import to_ddl
from incidents.spark.files import Files
from incidents.spark.manifest import NAME, Counts, Manifest, clear, digest_of, is_output, take_up
from incidents.spark.session import open_session
from incidents.spark.steps import WORK, Steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pyspark.sql import DataFrame, SparkSession

    from incidents.articles.source import Options
    from incidents.spark.reading import InputFile

_ARTICLES_A_CORE = 500  # of a chunk: about a minute
_SHOWN = 10  # failures that are named; all stand in the table


@dataclass(frozen=True)
class Run:
    """What is to be done.

    Attributes:
        source: a file, folder or glob that Spark reads.
        output: a folder that Spark writes.
        model: name or path of the spaCy pipeline, as the workers know it.
        options: how articles are read.
        articles_a_chunk: articles between two marks of progress; None to fit the cluster.
        overwrite: whether an output of something else is deleted.
        tell: gets a line on what goes on.
    """

    source: str
    output: str
    model: str
    options: Options
    articles_a_chunk: int | None = None
    overwrite: bool = False
    tell: Callable[[str], None] = field(default=lambda _: None)


@dataclass(frozen=True)
class Outcome:
    """What became of a run.

    Attributes:
        output: its folder, by its whole address.
        counts: what it holds.
        failures: the first lines on what failed.
    """

    output: str
    counts: Counts
    failures: tuple[str, ...] = ()


def run_job(
    run: Run, *, master: str | None, settings: Mapping[str, str], is_heard: bool = False
) -> Outcome:
    """Run, or take up again what a killed run has left.

    Args:
        run: what is to be done.
        master: address of the cluster; None under spark-submit.
        settings: Spark's own.
        is_heard: whether what Spark says of itself goes to stderr.

    Raises:
        PackageMissingError: Spark or Java is missing.
        InputError: there is nothing to read, or the output holds something else.
        IncidentsError: a job of Spark failed.
    """
    spark = open_session(master, settings, is_heard=is_heard)
    try:
        with spark_errors():
            return _run(spark, run)
    finally:
        spark.stop()


@contextmanager
def spark_errors() -> Iterator[None]:
    """Turn what Spark raises into one line; what was written before stays."""
    from py4j.protocol import Py4JError  # noqa: PLC0415 - an extra
    from pyspark.errors import PySparkException  # noqa: PLC0415

    try:
        yield
    except (PySparkException, Py4JError) as exc:
        raise IncidentsError(explain_spark(str(exc))) from exc


def explain_spark(text: str) -> str:
    """Say in one line what a job of Spark failed on, of what its machines told line by line."""
    own = re.search(r"incidents\.errors\.\w+: (.+)", text)
    if own:
        return own[1].strip()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [line for line in lines if re.match(r"[\w.]{0,200}(Error|Exception): ", line)]
    reason = (told or lines or ["no reason given"])[-1 if told else 0]
    return f"Spark failed ({reason[:300]}); run the same again to go on where it stood"


def _run(spark: SparkSession, run: Run) -> Outcome:
    from incidents.spark.reading import list_input, mark_lines  # noqa: PLC0415 - needs Spark

    files = Files(spark)
    output = files.qualify(run.output)
    if run.overwrite and is_output(files, output):
        clear(files, output)
    inputs = mark_lines(files, list_input(spark, run.source))
    if any(file.uri.startswith(f"{output}/") for file in inputs):
        msg = f"{run.output}: lies in the input; name an OUTPUT beside it"
        raise InputError(msg)
    cores = spark.sparkContext.defaultParallelism
    options = msgspec.json.encode(
        [sorted(run.options.fields.items()), run.options.published, run.options.dates_from_names]
    )
    wanted = Manifest(
        model=run.model,
        options=options.decode(),
        input=run.source,
        files=len(inputs),
        digest=digest_of(inputs),
        articles_a_chunk=run.articles_a_chunk or _ARTICLES_A_CORE * cores,
    )
    manifest = take_up(files, output, wanted)
    steps = Steps(spark, files, output, run.tell)
    if manifest.counts is None:
        failures = _extract(steps, run, inputs, manifest)
        counts = _count(failures, steps.read("articles"), *_link(steps))
        manifest = msgspec.structs.replace(manifest, counts=counts)
        files.write(f"{output}/{NAME}", msgspec.json.encode(manifest))
    files.delete(f"{output}/{WORK}")
    assert manifest.counts is not None  # noqa: S101 - written above
    return Outcome(output, manifest.counts, _first_failures(steps))


def _extract(steps: Steps, run: Run, inputs: list[InputFile], manifest: Manifest) -> DataFrame:
    """Read and extract, and write articles and failures; returns the failures."""
    from incidents.spark.extraction import ROWS_A_FILE, extract_chunks  # noqa: PLC0415
    from incidents.spark.naming import name_apart  # noqa: PLC0415
    from incidents.spark.reading import read_input  # noqa: PLC0415
    from incidents.spark.tables import ARTICLES, article_rows  # noqa: PLC0415
    from incidents.spark.worker_link import LIGHT, lighten  # noqa: PLC0415

    rows_a_file = min(ROWS_A_FILE, manifest.articles_a_chunk)
    read = read_input(steps, inputs, run.options, rows_a_file)
    named = name_apart(steps, steps.read(*read))
    chunks = extract_chunks(
        steps, read, named, model=run.model, articles_a_chunk=manifest.articles_a_chunk
    )
    done = steps.read(*chunks)
    steps.once(
        "articles",
        lambda: (
            done.where("error IS NULL")
            .select("article")
            .mapInArrow(article_rows, to_ddl(ARTICLES))
            .hint("rebalance")
        ),
        about="Writing articles",
    )
    steps.once(
        f"{WORK}/reports",
        lambda: (
            done.where("error IS NULL")
            .selectExpr("id AS article_id", "posexplode(reports) AS (position, data)")
            .selectExpr("article_id", "CAST(position AS long) AS position", "data")
            .mapInArrow(lighten, to_ddl(LIGHT))
        ),
    )
    return steps.once("failures", lambda: _failures(steps.read(*read), done))


def _failures(read: DataFrame, done: DataFrame) -> DataFrame:
    """What gave no article or no reports, in the order of the input."""
    columns = "CAST({} AS string) AS kind", "id AS article_id", "path", "error", "file", "number"
    parts = [
        read.selectExpr("kind", *columns[1:]),
        done.join(read.select("file", "number", "path"), ["file", "number"]).selectExpr(
            columns[0].format("'extracting'"), *columns[1:]
        ),
    ]
    whole = parts[0].unionByName(parts[1]).where("error IS NOT NULL")
    return whole.coalesce(1).sortWithinPartitions("file", "number").drop("file", "number")


def _link(steps: Steps) -> tuple[DataFrame, DataFrame]:
    """Link the reports; write them and the incidents, by month, and return both."""
    from incidents.spark.grouping import group_reports  # noqa: PLC0415
    from incidents.spark.pairs import weigh_all  # noqa: PLC0415
    from incidents.spark.tables import INCIDENTS, MONTH, REPORTS, report_rows  # noqa: PLC0415
    from incidents.spark.worker_link import merge_groups  # noqa: PLC0415

    reports = steps.read(f"{WORK}/reports")

    def merge() -> DataFrame:
        groups = group_reports(steps, reports, weigh_all(steps, reports))
        rows = reports.select("id", "data").join(groups, "id").select("group", "data")
        ordered = rows.repartition("group").sortWithinPartitions("group")
        return ordered.mapInArrow(merge_groups, to_ddl(INCIDENTS)).hint("rebalance", MONTH)

    incidents = steps.once("incidents", merge, partition_by=[MONTH], columns=to_ddl(INCIDENTS))
    written = steps.once(
        "reports",
        lambda: (
            reports.select("article_id", "position", "data")
            .mapInArrow(report_rows, to_ddl(REPORTS))
            .hint("rebalance", MONTH)
        ),
        partition_by=[MONTH],
        columns=to_ddl(REPORTS),
        about="Writing reports",
    )
    return written, incidents


def _count(
    failures: DataFrame, articles: DataFrame, reports: DataFrame, incidents: DataFrame
) -> Counts:
    from incidents.spark.worker_read import FOREIGN  # noqa: PLC0415

    kinds = {row[0]: row[1] for row in failures.groupBy("kind").count().collect()}
    foreign = kinds.pop(FOREIGN, 0)
    return Counts(
        articles=articles.count(),
        reports=reports.count(),
        incidents=incidents.count(),
        failures=sum(kinds.values()),
        foreign=foreign,
    )


def _first_failures(steps: Steps) -> tuple[str, ...]:
    from incidents.spark.worker_read import FOREIGN  # noqa: PLC0415

    rows = steps.read("failures").where(f"kind != '{FOREIGN}'").select("error")
    return tuple(row[0] for row in rows.limit(_SHOWN).collect())
