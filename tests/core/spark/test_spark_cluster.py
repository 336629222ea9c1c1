"""A real cluster of two workers gives what one machine gives, whatever is killed on the way."""

from __future__ import annotations

import gzip
import importlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from article_files import make_parquet, make_warc
from pyarrow import dataset
from typer.testing import CliRunner

from incidents.articles import read_articles
from incidents.cli import app
from incidents.errors import MendedInputError
from incidents.gazetteer import Gazetteer
from incidents.linking import link
from incidents.model import ArticleRef, Incident, Report
from incidents.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidents.errors import InputError
    from incidents.extractors.pipeline import Extractor

ROOT = Path(__file__).resolve().parents[3]
SEEDS = ROOT / "seeds"
TEXT = "Gunmen attacked a village on Tuesday, officials said, and the army sent soldiers there. "
FRENCH = (
    "Des hommes armés ont attaqué un village du nord dans la nuit de mardi à mercredi, selon les"
    " autorités locales, qui ont ouvert une enquête et envoyé des renforts sur place."
)
EVENTS = 60
LARGE_LINES = 70
LARGE_BYTES = 1_000_000  # a line: the whole is above the size from which files are split

pytestmark = pytest.mark.slow


def load(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table of an output."""
    rows: list[dict[str, Any]] = (
        dataset.dataset(folder / name, partitioning="hive").to_table().to_pylist()
    )
    return rows


def whole(items: Iterable[Report | Incident]) -> list[str]:
    """Objects as JSON, in an order of their own."""
    return sorted(msgspec.json.encode(item).decode() for item in items)


def data_of(folder: Path, name: str) -> list[str]:
    """The whole objects of a table, in an order of their own."""
    return sorted(row["data"] for row in load(folder, name))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Report]:
    """Invented reports, each of an article of its own."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    script = importlib.import_module("made_reports")
    reports: list[Report] = script.make_reports(EVENTS)[0]
    return reports


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles in several formats, with copies, clashing names, and records that are broken."""
    folder = tmp_path_factory.mktemp("input")
    for name in ("march", "april"):
        (folder / name).mkdir()
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    (folder / "march/report.txt").write_text(texts[0], encoding="utf-8")
    (folder / "april/report.txt").write_text(texts[1], encoding="utf-8")
    (folder / "copy.txt").write_text(texts[0], encoding="utf-8")
    records = [
        {"id": "a1", "text": texts[2], "published": "2021-04-21", "publisher": "The Wire"},
        {"id": "a1", "text": texts[2]},
        {"id": "a1", "text": f"{TEXT}Another text under the same id."},
        {"text": FRENCH},
    ]
    lines = [json.dumps(record) for record in records]
    (folder / "news.jsonl").write_text("\n".join([*lines, '{"text": "cut']) + "\n")
    (folder / "packed.jsonl.gz").write_bytes(
        gzip.compress(json.dumps({"text": texts[3], "published": "2021-04-22"}).encode())
    )
    (folder / "table.parquet").write_bytes(
        make_parquet({"id": ["1", "2"], "text": [texts[4], None]})
    )
    page = f"<html><head><title>Attack</title></head><body><p>{TEXT * 4}</p></body></html>"
    pages = [("https://example.org/1", "200 OK", "text/html; charset=utf-8", page.encode())]
    (folder / "crawl.warc.gz").write_bytes(make_warc(pages, packed=True))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    return folder


@pytest.mark.model
def test_spark_gives_what_one_machine_gives(
    cluster: Any,  # noqa: ANN401 - its class is the conftest's
    mixed: Path,
    tmp_path: Path,
    extractor: Extractor,
) -> None:
    """The same articles, reports, incidents and failures; `import` makes the same database."""
    failures: list[str] = []

    def fail(error: InputError) -> None:
        if not isinstance(error, MendedInputError):  # what is mended is no failure
            failures.append(str(error))

    articles = list(read_articles([mixed], on_error=fail))
    reports = [report for article in articles for report in extractor.extract(article)]
    output = tmp_path / "out"
    code, lines = cluster.finish(cluster.extract(mixed, output, "--chunk", "4"))
    assert (3, 3) == (code, len([line for line in lines if line.startswith("Error: ")])), lines
    assert sorted(failures) == sorted(row["error"] for row in load(output, "failures"))
    assert {article.id for article in articles} == {row["id"] for row in load(output, "articles")}
    assert whole(reports) == data_of(output, "reports")
    incidents = link(reports, gazetteer=Gazetteer.open())
    assert whole(incidents) == data_of(output, "incidents")
    months = {path.name for path in (output / "incidents").iterdir() if path.is_dir()}
    assert {"event_month=2021-04", "event_month=undated"} <= months
    assert not (output / "_work").exists()
    for _ in range(2):  # a second time changes nothing
        imported = CliRunner().invoke(app, ["import", str(output), "--db", str(tmp_path / "i.db")])
        assert imported.exit_code == 0, imported.output
        with open_store(tmp_path / "i.db") as store:
            assert whole(incidents) == whole(store.incidents())
            assert articles[0] == store.article(articles[0].id)


def write_made(folder: Path, reports: list[Report], *, large: int) -> tuple[Path, Path]:
    """Write the articles of reports, and the reports for the stand-in.

    The first few articles are lines of a large file that state no id: these are called by their
    line's number, so that a wrong number would lose a report.
    """
    articles = folder / "articles"
    articles.mkdir()
    kept = []
    if large:
        filling = TEXT * (LARGE_BYTES // len(TEXT))
        with (articles / "large.jsonl").open("w", encoding="utf-8") as stream:
            for number, report in enumerate(reports[:large], start=1):
                blank = "\n" if number == 1 else ""  # the first line is none
                stream.write(f"{blank}{json.dumps({'text': f'{number}. {filling}'})}\n")
                ref = ArticleRef(id=f"large-{number + 1}")
                kept.append(msgspec.structs.replace(report, article=ref))
    kept += reports[large:]
    lines = [json.dumps({"id": report.article.id, "text": TEXT}) for report in kept[large:]]
    (articles / "made.jsonl").write_text("\n".join(lines), encoding="utf-8")
    path = folder / "reports.jsonl"
    path.write_bytes(b"\n".join(map(msgspec.json.encode, kept)))
    return articles, path


def chunks_done(output: Path) -> dict[str, int]:
    """The chunks that were extracted whole, and when."""
    found = output.glob("_work/extract-*/_SUCCESS")
    return {path.parent.name: path.stat().st_mtime_ns for path in found}


def test_spark_loses_and_doubles_nothing(
    cluster: Any,  # noqa: ANN401 - its class is the conftest's
    made: list[Report],
    tmp_path: Path,
) -> None:
    """A worker is killed in mid-run, then the driver; what was written is not done again.

    Lines of a file that is split among the workers keep their numbers.
    """
    articles, stand_in = write_made(tmp_path, made, large=LARGE_LINES)
    output = tmp_path / "out"
    settings = cluster.stand_in(stand_in, 0.05)
    settings["spark.sql.files.maxPartitionBytes"] = "16m"
    options = ("--model", "stand-in", "--chunk", "60")

    def goes_on_to(number: int) -> bool:
        """Whether so many chunks are done before the run ends."""
        cluster.wait_for(lambda: len(chunks_done(output)) >= number or driver.poll() is not None)
        return driver.poll() is None

    driver = cluster.extract(articles, output, *options, settings=settings)
    assert goes_on_to(1), driver.communicate()
    cluster.kill_worker()
    assert goes_on_to(len(chunks_done(output)) + 1), driver.communicate()
    cluster.kill(driver)
    before = chunks_done(output)
    assert not (output / "articles").exists()
    cluster.add_worker()
    driver = cluster.extract(articles, output, *options, settings=settings)
    assert goes_on_to(len(before) + 1), driver.communicate()
    assert before.items() <= chunks_done(output).items()
    code, lines = cluster.finish(driver)
    assert code == 0, lines
    expected = [msgspec.json.decode(line, type=Report) for line in stand_in.open("rb")]
    assert whole(expected) == data_of(output, "reports")
    assert whole(link(expected)) == data_of(output, "incidents")
    assert not (output / "_work").exists()
