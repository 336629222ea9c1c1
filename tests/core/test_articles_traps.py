"""Reading articles: bombs, devices, files that change, and odd names."""

from __future__ import annotations

import gzip
import os
import tracemalloc
from pathlib import Path

import article_files
import pytest

from incidents.articles import read_articles
from incidents.articles.readers import docx

GOOD = "Gunmen shot two soldiers near Tyre on Monday."
MB = 1_000_000


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of its own, so that the names in messages are short."""
    monkeypatch.chdir(tmp_path)


def read(*paths: str | Path) -> tuple[list[str], list[str]]:
    """Read paths; give the ids read and the messages reported."""
    errors: list[str] = []
    ids = [each.id for each in read_articles(paths, on_error=lambda each: errors.append(str(each)))]
    return ids, errors


def word_file(**parts: bytes) -> bytes:
    """Make a Word file in which parts are replaced, `styles=…` for word/styles.xml."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(article_files.make_docx([GOOD]))) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    members |= {f"word/{name}.xml": content for name, content in parts.items()}
    return article_files.make_zip(members)


ENTITIES = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a0 "ha">' + ENTITIES + b"]>"
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    b"<w:p><w:r><w:t>&a8;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = LAUGHS.replace(b'<!ENTITY a0 "ha">', b'<!ENTITY a8 SYSTEM "file:///etc/passwd">')


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.docx", word_file(styles=b" " * 30 * MB), "a.docx: its text: larger than 20 MB"),
        ("b.docx", word_file(media=b" " * 21 * MB), "b.docx: its text: larger than 20 MB"),
        ("laughs.docx", word_file(document=LAUGHS), "laughs.docx: "),
        ("outside.docx", word_file(document=OUTSIDE), "outside.docx: "),
        (
            "twice.jsonl.gz.gz",
            gzip.compress(gzip.compress(b" " * 80 * MB)),
            "twice.jsonl.gz.gz: unpacks to more than 200 times its size",
        ),
        (
            "nested.zip",
            article_files.make_zip(
                {"inner.zip": article_files.make_zip({"a.jsonl": b" " * 80 * MB})}
            ),
            "nested.zip: inner.zip: a.jsonl: unpacks to more than 200 times its size",
        ),
        ("line.txt", b"x" * 50 * MB, "line.txt: larger than 20 MB; split it"),
        ("line.jsonl", b'{"text": "' + b"x" * 50 * MB + b'"}', "line.jsonl:1: a line larger than"),
        (
            "line.json",
            b'[{"text": "' + b"x" * 50 * MB + b'"}]',
            "line.json: article 1: larger than",
        ),
        ("blank.json", b"\n" * 20 * MB, "blank.json: empty; put the article's text into it"),
        ("line.rss", b"<rss><item>" + b"x" * 50 * MB, "line.rss: an entry: larger than 20 MB"),
        ("nul.txt", b"Two killed.\0", "nul.txt: a binary file (a zero byte at byte 11)"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "",
)
def test_articles_trap_is_told_and_takes_little_memory(
    name: str, data: bytes, message: str
) -> None:
    """What unpacks, unfolds or goes on without end is one line; memory stays far below its size."""
    Path(name).write_bytes(data)
    del data
    tracemalloc.start()
    try:
        ids, errors = read(name)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert ids == []
    assert errors
    assert errors[0].startswith(message)
    assert "root:" not in errors[0]
    assert peak < 130 * MB


def test_articles_large_word_file_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of a Word file holds for one on disk, too."""
    monkeypatch.setattr(docx, "MAX_DOCUMENT_BYTES", 1000)
    Path("a.docx").write_bytes(article_files.make_docx([GOOD]))

    assert read("a.docx") == ([], ["a.docx: larger than 0 MB; split it or leave it out"])


def test_articles_device_without_end_is_told() -> None:
    """A device that is named, or that a link in a folder leads to, does not fill memory."""
    Path("news").mkdir()
    Path("news/zero.txt").symlink_to("/dev/zero")
    Path("news/good.txt").write_text(GOOD, encoding="utf-8")

    ids, errors = read("news", "/dev/zero")

    assert ids == ["good"]
    assert all("larger than 20 MB" in error for error in errors)
    assert len(errors) == 2


def test_articles_file_that_vanishes_is_told() -> None:
    """A file that is deleted while a folder is read costs no other."""
    for number in range(4):
        Path(f"a{number}.txt").write_text(f"{GOOD} {number}.", encoding="utf-8")
    errors: list[str] = []
    ids = []
    for article in read_articles(["."], on_error=lambda error: errors.append(str(error))):
        ids.append(article.id)
        Path("a2.txt").unlink(missing_ok=True)

    assert ids == ["a0", "a1", "a3"]
    assert errors == ["a2.txt: cannot be read (no such file or directory); check the file"]


def test_articles_file_that_is_cut_while_read_is_read_up_to_there() -> None:
    """What was there is read; the line in which the file now ends is told."""
    line = '{"id": "%d", "text": "%s"}\n'
    lines = [line % (number, GOOD * 400) for number in range(40)]
    Path("a.jsonl").write_text("".join(lines), encoding="utf-8")
    errors: list[str] = []
    ids = []
    for article in read_articles(["a.jsonl"], on_error=lambda error: errors.append(str(error))):
        ids.append(article.id)
        if len(ids) == 1:
            os.truncate("a.jsonl", len("".join(lines[:20])) + 50)

    assert len(ids) < 40
    assert ids == [str(number) for number in range(len(ids))]
    assert len(errors) == 1
    assert ": broken JSON (" in errors[0]


def test_articles_file_that_grows_while_read_is_read_once() -> None:
    """Lines that are added while a file is read are read or not, and none is read twice."""
    Path("a.jsonl").write_text('{"id": "0", "text": "One."}\n', encoding="utf-8")
    ids = []
    for article in read_articles(["a.jsonl"], on_error=lambda error: pytest.fail(str(error))):
        ids.append(article.id)
        if len(ids) < 5:
            with Path("a.jsonl").open("a", encoding="utf-8") as stream:
                stream.write(f'{{"id": "{len(ids)}", "text": "One."}}\n')

    assert ids == list(dict.fromkeys(ids))


def test_articles_names_that_are_no_utf_8_are_read() -> None:
    """A file's name may be any bytes; messages and ids show a sign for what is no letter."""
    name = os.fsdecode(b"caf\xe9.txt")
    Path(name).write_text(GOOD, encoding="utf-8")
    Path(os.fsdecode(b"\xff.json")).write_text("{", encoding="utf-8")

    ids, (error,) = read(".")

    assert ids == ["caf\ufffd"]
    assert error.startswith("\ufffd.json:1: broken JSON")
    error.encode()


def test_articles_of_many_small_files_are_held_one_by_one() -> None:
    """Three thousand files take no more memory than their names; see benchmarks/small_files.py."""
    Path("news").mkdir()
    for number in range(3000):
        Path(f"news/{number:05}.txt").write_text(f"{GOOD} {number}." * 20, encoding="utf-8")
    next(read_articles(["news"], on_error=print))  # what is loaded once
    tracemalloc.start()
    try:
        found = sum(1 for _ in read_articles(["news"], on_error=print))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert found == 3000
    assert peak < 5 * MB  # the texts alone have 2.8 MB, the names with what holds them 2 MB
