"""Reading web archives: a damaged record costs no other, and what is passed over is known."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import article_files
import pytest

from incidents.articles import limits, read_articles

TEXT = "Gunmen shot two soldiers near Tyre on Monday."
PAGE = article_files.make_html([TEXT])
IDS = [f"record-{number}" for number in range(5)]


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of its own, so that the names in messages are short."""
    monkeypatch.chdir(tmp_path)


def read(name: str, data: bytes) -> tuple[list[str], list[str]]:
    """Read a file of these bytes; give the ids read and the messages reported."""
    Path(name).write_bytes(data)
    errors: list[str] = []
    ids = [
        each.id for each in read_articles([name], on_error=lambda each: errors.append(str(each)))
    ]
    return ids, errors


def make_archive(*, packed: bool = False) -> bytes:
    """Make a web archive of five pages."""
    answers = [(f"https://x.org/{n}", "200 OK", "text/html", PAGE) for n in range(5)]
    return article_files.make_warc(answers, packed=packed)


def record_starts(data: bytes, mark: bytes) -> list[int]:
    """Where the pages of an archive begin, behind the crawler's own record."""
    return [found.start() for found in re.finditer(re.escape(mark), data)][1:]


def damage(kind: str) -> bytes:
    """Break the second page of an archive."""
    data = make_archive()
    starts = record_starts(data, b"WARC/1.")
    start, end = starts[1], starts[2]
    record = data[start:end]
    broken = {
        "cut": record[:-200],
        "heading": record.replace(b"WARC/1.", b"WORC/1.", 1),
        "no length": record.replace(b"Content-Length", b"Content-Lengxx", 1),
        "wrong length": re.sub(rb"Content-Length: \d+", b"Content-Length: x9", record, count=1),
        "longer": re.sub(rb"Content-Length: \d+", b"Content-Length: 999999", record, count=1),
        "endless": re.sub(rb"Content-Length: \d+", b"Content-Length: 999999999", record, count=1),
        "shorter": re.sub(rb"Content-Length: \d+", b"Content-Length: 60", record, count=1),
        "garbage": b"\0\xff garbage\n" * 50,
    }[kind]
    return data[:start] + broken + data[end:]


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("cut", IDS),  # what there is of the page is read
        ("longer", IDS),
        ("heading", [*IDS[:1], *IDS[2:]]),
        ("no length", [*IDS[:1], *IDS[2:]]),
        ("wrong length", [*IDS[:1], *IDS[2:]]),
        ("shorter", IDS),
        ("garbage", [*IDS[:1], *IDS[2:]]),
    ],
)
def test_articles_damaged_record_costs_no_other(kind: str, ids: list[str]) -> None:
    """Behind a damaged record the next one is found; the damage is told."""
    found, errors = read("a.warc", damage(kind))

    assert ids == found
    assert errors
    assert all(error.startswith("a.warc: ") for error in errors)
    assert any("broken web archive (" in error for error in errors)


def test_articles_record_of_endless_length_is_named() -> None:
    """A record that claims more than any document is not kept to be looked through."""
    found, errors = read("a.warc", damage("endless"))

    assert found == IDS[:1]
    assert errors == ["a.warc: https://x.org/1: larger than 100 MB; split it or leave it out"]


def test_articles_page_about_web_archives_is_not_cut() -> None:
    """A record's length is believed where it is right, whatever stands in the record."""
    words = f"{TEXT}\n\nWARC/1.0\r\nWARC-Type: response\r\n\r\nThis is how records begin."
    answers = [("https://x.org/a", "200 OK", "text/plain", words.encode())] * 2
    Path("a.warc").write_bytes(article_files.make_warc(answers))

    errors: list[object] = []
    articles = list(read_articles(["a.warc"], on_error=errors.append))

    assert len(articles) == 2
    assert all(each.text.endswith("This is how records begin.") for each in articles)
    assert errors == []


@pytest.mark.parametrize("kind", ["garbled", "cut", "no heading"])
def test_articles_damaged_part_of_a_packed_archive_costs_no_other(kind: str) -> None:
    """Behind a damaged gzip part the next part is read."""
    data = make_archive(packed=True)
    starts = record_starts(data, b"\x1f\x8b\x08")
    part = data[starts[1] : starts[2]]
    broken = {
        "garbled": part[:40] + bytes(byte ^ 0x5A for byte in part[40:90]) + part[90:],
        "cut": part[:-150],
        "no heading": b"\x1f\x8c" + part[2:],
    }[kind]

    found, errors = read("a.warc.gz", data[: starts[1]] + broken + data[starts[2] :])

    assert [*IDS[:1], *IDS[2:]] == found
    assert errors
    assert errors[0].startswith("a.warc.gz: broken or cut short (")


def test_articles_packed_lines_end_where_a_part_is_damaged() -> None:
    """What is no row of records is not read on: a line would begin in the middle."""
    parts = [gzip.compress(b'{"id": "%d", "text": "One."}\n' % number) for number in range(3)]
    parts[1] = parts[1][:12] + b"\xff\xff\xff" + parts[1][15:]

    found, errors = read("a.jsonl.gz", b"".join(parts))

    assert found == ["0"]
    assert len(errors) == 1


def test_articles_gzip_is_read_like_the_library_reads_it() -> None:
    """Parts, zeros between them and a large file come out whole."""
    lines = b"".join(b'{"id": "%d", "text": "One %d."}\n' % (n, n) for n in range(30_000))
    middle = len(lines) // 2
    packed = gzip.compress(lines[:middle]) + b"\0" * 700 + gzip.compress(lines[middle:]) + b"\0"

    found, errors = read("a.jsonl.gz", packed)

    assert (30_000, []) == (len(found), errors)


def test_articles_xml_of_a_web_archive_is_told_by_its_first_bytes() -> None:
    """Feeds and pages that servers call XML are read; site maps and data are passed over."""
    kinds = ("text/xml", "application/xml; charset=utf-8")
    contents = (
        article_files.make_rss(TEXT),
        b'<?xml version="1.0"?>' + PAGE,
        b'<?xml version="1.0"?><urlset><url><loc>https://x.org</loc></url></urlset>',
    )
    answers = [
        (f"https://x.org/{n}/{kind[:4]}", "200 OK", kind, content)
        for n, content in enumerate(contents)
        for kind in kinds
    ]
    Path("a.warc").write_bytes(article_files.make_warc(answers))
    errors: list[object] = []

    articles = list(read_articles(["a.warc"], on_error=errors.append))

    assert [TEXT in article.text for article in articles] == [True] * 4
    assert errors == []


def test_articles_in_a_web_archive_are_one_deeper() -> None:
    """What a web archive holds counts as inside it; four deep is the most."""
    data = make_archive(packed=True)  # a page is in a .warc in a .gz
    data = article_files.make_zip({"a.warc.gz": data})
    assert read("a.zip", data)[0] == IDS

    found, errors = read("b.zip", article_files.make_zip({"a.zip": data}))

    assert limits.MAX_DEPTH == 4
    assert (IDS, []) == (found, errors)
    found, errors = read("c.zip.gz", gzip.compress(article_files.make_zip({"a.zip": data})))
    assert found == []
    assert "more than 4 archives inside each other" in errors[0]


def test_articles_web_archive_says_nothing_on_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    """What the library would print of a damaged archive does not reach the terminal."""
    for kind in ("shorter", "longer", "garbage", "cut"):
        read("a.warc", damage(kind).replace(b"https://x.org/3", b"https://x.o g/\x1b[3"))

    assert capfd.readouterr() == ("", "")
