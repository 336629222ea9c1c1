"""The parts of a cluster's work, without a cluster."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pytest

from incidents.articles.source import Options
from incidents.errors import InputError, PackageMissingError
from incidents.spark import session
from incidents.spark.arrow import in_groups, to_batches, to_ddl
from incidents.spark.manifest import NAME, Manifest, take_up
from incidents.spark.session import require_spark
from incidents.spark.tables import ARTICLES, article_rows
from incidents.spark.worker_extract import name_articles
from incidents.spark.worker_read import FAILED, FOREIGN, read_lines, read_stream

TEXT = "Gunmen attacked a village on Tuesday, officials said, and the army sent soldiers there."
WANTED = Manifest(model="m", options="[]", input="/in", files=2, digest="d", articles_a_chunk=10)


class Disk:
    """Files of this machine, as the driver asks for them."""

    def exists(self, path: str) -> bool:
        """Whether there is a file."""
        return Path(path).exists()

    def names(self, folder: str) -> list[str]:
        """The names in a folder."""
        return sorted(path.name for path in Path(folder).glob("*"))

    def read(self, path: str) -> bytes:
        """A file's bytes."""
        return Path(path).read_bytes()

    def write(self, path: str, data: bytes) -> None:
        """Write a file."""
        Path(path).write_bytes(data)

    def settle(self, path: str) -> None:
        """Nothing is killed here."""


def begin(folder: Path, **changes: Any) -> Manifest:  # noqa: ANN401 - fields of a manifest
    """Begin a run that differs in something."""
    wanted = msgspec.structs.replace(WANTED, **changes)
    return take_up(Disk(), str(folder), wanted)  # type: ignore[arg-type]  # what is asked for


def test_run_is_taken_up_by_the_chunks_that_it_began_with(tmp_path: Path) -> None:
    """Another number of articles a chunk would mix up what is done."""
    assert begin(tmp_path) == WANTED
    assert begin(tmp_path, articles_a_chunk=99) == WANTED


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"digest": "e"}, "another input (2 files of /in)"),
        ({"model": "n"}, "the work of the model m"),
        ({"options": "[1]"}, "other options"),
        ({"version": "9.9"}, "incidents 0.1.0, and this is 9.9"),
        ({"linking": "0 at 0.85"}, "linked by other rules"),
    ],
    ids=["input", "model", "options", "version", "rules"],
)
def test_output_of_something_else_is_refused(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    """One line says what the output is of, and what to do."""
    begin(tmp_path)
    with pytest.raises(InputError) as told:
        begin(tmp_path, **changes)
    assert said in str(told.value)
    assert "--overwrite" in str(told.value)
    assert msgspec.json.decode((tmp_path / NAME).read_bytes(), type=Manifest) == WANTED


def test_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    """Nothing is written among a user's files."""
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="is not empty"):
        begin(tmp_path)


def test_manifest_that_is_damaged_is_refused(tmp_path: Path) -> None:
    """It does not end in a traceback."""
    (tmp_path / NAME).write_text("{")
    with pytest.raises(InputError, match="cannot be read"):
        begin(tmp_path)


@pytest.mark.parametrize(
    ("missing", "said"), [("find_spec", "incidents[spark]"), ("which", "Java 17")]
)
def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, missing: str, said: str) -> None:
    """Without Spark or Java one line says what to install."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(session, "find_spec", lambda _: object())
    if missing == "find_spec":
        monkeypatch.setattr(session, "find_spec", lambda _: None)
    else:
        monkeypatch.setattr(session.shutil, "which", lambda _: None)
    with pytest.raises(PackageMissingError) as told:
        require_spark()
    assert said in str(told.value)
    assert len(str(told.value).splitlines()) == 1


def test_settings_keep_to_the_loopback_on_one_machine() -> None:
    """Nothing listens for other machines unless the master is one; a user's word outweighs."""
    own = "spark.driver.bindAddress"
    for master in ("local[2]", "spark://127.0.0.1:7077", None):
        assert session._settings(master, {}, given={})[own] == "127.0.0.1"
    assert own not in session._settings("spark://head:7077", {}, given={})
    assert own not in session._settings(None, {}, given={"spark.master": "yarn"})
    assert session._settings("local", {own: "::1"}, given={})[own] == "::1"


def test_groups_go_over_the_borders_of_batches() -> None:
    """Rows of one key are one group, wherever a batch ends."""
    schema = pa.schema([("key", pa.string()), ("value", pa.int64())])
    rows = [{"key": key, "value": value} for value, key in enumerate("aaabbc")]
    batches = [pa.RecordBatch.from_pylist(rows[at : at + 2], schema) for at in (0, 2, 4)]
    found = [(key, [row["value"] for row in group]) for key, group in in_groups(batches, "key")]
    assert found == [("a", [0, 1, 2]), ("b", [3, 4]), ("c", [5])]


def test_batches_stay_small() -> None:
    """Large texts are passed on before they fill the memory."""
    schema = pa.schema([("text", pa.string())])
    batches = list(to_batches(({"text": "x" * 6_000_000} for _ in range(7)), schema))
    assert [batch.num_rows for batch in batches] == [3, 3, 1]


def test_columns_are_told_to_spark() -> None:
    """Every type of the tables has its name."""
    assert to_ddl(ARTICLES).startswith("`id` string, `text` string, `title` string, `published`")
    assert to_ddl(pa.schema([("a", pa.list_(pa.string()))])) == "`a` array<string>"


def test_stream_gives_articles_and_errors_in_order() -> None:
    """A broken record, one in another language, and what is whole."""
    french = "Les autorités locales ont ouvert une enquête sur les attaques de la nuit de mardi."
    lines = [json.dumps({"text": TEXT}), "{", json.dumps({"text": french * 3})]
    stream = io.BytesIO("\n".join(lines).encode())
    rows = list(read_stream(7, "/in/a.jsonl", stream, Options()))
    assert [(row["file"], row["number"], row["id"], row["kind"]) for row in rows] == [
        (7, 0, "a-1", None),
        (7, 1, None, FAILED),
        (7, 2, None, FOREIGN),
    ]
    assert rows[1]["error"].startswith("/in/a.jsonl:2: broken JSON")


def test_lines_of_a_split_file_keep_their_numbers() -> None:
    """Each split goes on where the lines before it end; blank lines count, and give nothing."""
    lines = [b"", json.dumps({"text": TEXT}).encode(), b"{"]
    given = [{"uri": "file:///in/a.jsonl", "block": 64, "line": line} for line in lines]
    schema = pa.schema([("uri", pa.string()), ("block", pa.int64()), ("line", pa.binary())])
    [batch] = read_lines(
        [pa.RecordBatch.from_pylist(given, schema)],
        Options(published=dt.date(2024, 3, 6)),
        {"file:///in/a.jsonl": (0, "/in/a.jsonl")},
        {("file:///in/a.jsonl", 64): 10},
    )
    first, second = batch.to_pylist()
    assert (first["id"], first["number"]) == ("a-12", 12)
    assert msgspec.json.decode(first["article"])["published"] == "2024-03-06"
    assert second["error"].startswith("/in/a.jsonl:13: broken JSON")


def test_articles_of_one_id_are_named_as_on_one_machine() -> None:
    """Copies go, files of one name get their folder's, a second text its file's."""
    schema = pa.schema([(name, pa.string()) for name in ("key", "id", "path", "digest")])
    schema = schema.append(pa.field("file", pa.int64())).append(pa.field("number", pa.int64()))
    rows = [
        ("report", "/in/april/report.txt", "x"),
        ("report", "/in/march/report.txt", "y"),
        ("report", "/in/may/report.txt", "x"),
        ("stated", "/in/a.jsonl", "x"),
        ("stated", "/in/b.jsonl", "y"),
    ]
    table = [
        {"key": id_, "id": id_, "path": path, "digest": text, "file": number, "number": 0}
        for number, (id_, path, text) in enumerate(rows)
    ]
    [batch] = name_articles([pa.RecordBatch.from_pylist(table, schema)])
    found = batch.to_pylist()
    assert [row["new_id"] for row in found] == [
        "report",
        "march/report",
        None,
        "stated",
        "b-stated",
    ]


def test_articles_keep_all_their_fields() -> None:
    """What stands in the table is the article."""
    article = {"id": "a", "text": TEXT, "published": "2024-03-06", "publisher": "The Wire"}
    schema = pa.schema([("article", pa.string())])
    given = pa.RecordBatch.from_pylist([{"article": json.dumps(article)}], schema)
    [batch] = article_rows([given])
    [row] = batch.to_pylist()
    known = {key: value for key, value in row.items() if value is not None}
    assert known == article | {"published": dt.date(2024, 3, 6)}
