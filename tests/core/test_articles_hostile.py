"""Reading articles: what is broken, huge or made as a trap is named, and the rest is read."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import stat
import zipfile
from pathlib import Path

import article_files
import pytest
import zstandard

from incidents.articles import limits, read_articles
from incidents.articles.readers import zip_archive

GOOD = "Gunmen shot two soldiers near Tyre on Monday."
LINE = json.dumps({"id": "x", "text": GOOD}).encode() + b"\n"


def read(*paths: str | Path) -> tuple[list[str], list[str]]:
    """Read paths; give the ids read and the messages reported."""
    errors: list[str] = []
    found = read_articles(paths, on_error=lambda error: errors.append(str(error)))
    ids = [article.id for article in found]
    return ids, errors


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with one good article, so that the names in messages are short."""
    monkeypatch.chdir(tmp_path)
    Path("good.txt").write_text(GOOD, encoding="utf-8")


def bomb() -> bytes:
    """Make 80 MB of blanks, packed to some 80 kB."""
    return gzip.compress(LINE + b" " * 80_000_000)


def locked_zip() -> bytes:
    """Make an archive whose member says that it is encrypted."""
    data = bytearray(article_files.make_zip({"a.txt": GOOD.encode()}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def linked_zip() -> bytes:
    """Make an archive with a link in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("a.txt", GOOD)
    return file.getvalue()


def overlapping_zip() -> bytes:
    """Make an archive whose table of contents names the data of one member 50 times."""
    data = article_files.make_zip({"a.txt": os.urandom(10_000)})
    begin, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    tail = bytearray(data[end:])
    tail[8:12] = (50).to_bytes(2, "little") * 2  # entries on this disk, and in all
    tail[12:16] = (50 * (end - begin)).to_bytes(4, "little")
    return data[:begin] + data[begin:end] * 50 + bytes(tail)


def damaged_zip() -> bytes:
    """Make an archive with one member that is damaged and one that is not."""
    data = article_files.make_zip({"a.txt": (GOOD * 20).encode(), "b.txt": GOOD.encode()})
    at = data.index(b"a.txt") + 10
    return data[:at] + bytes(8) + data[at + 8 :]


TRAPS = [
    # name, content, ids read before the trouble, message behind the name
    ("cut.jsonl.gz", gzip.compress(LINE * 3)[:-12], ["x"], ": broken or cut short ("),
    ("cut.jsonl.zst", zstandard.compress(LINE + bytes(range(256)) * 99)[:-99], [], ": "),
    ("bomb.jsonl.gz", bomb(), ["x"], ": unpacks to more than 200 times its size, as no text does"),
    ("locked.zip", locked_zip(), [], ": a.txt: locked with a password; unpack the archive first"),
    ("linked.zip", linked_zip(), ["a"], ": link.txt: a link, not a file; it was not read, "),
    (
        "out.zip",
        article_files.make_zip({"../../a.txt": b"x", "/b.txt": b"x", "c.txt": GOOD.encode()}),
        ["c"],
        ": ../../a.txt: its name leads out of the archive; it was not read, rename it",
    ),
    ("overlap.zip", overlapping_zip(), [], ": members of the archive overlap, as in a bomb;"),
    ("damaged.zip", damaged_zip(), ["b"], ": a.txt: broken or cut short ("),
    ("none.zip", article_files.make_zip({"a.mp4": b"x"}), [], ": no file in this archive that is "),
    ("no.zip", b"PK\x03\x04 and no more", [], ": broken ZIP archive (File is not a zip file); "),
    ("empty.zip", b"", [], ": empty; fetch it again or leave it out"),
    ("a.pdf", b"%PDF-1.4\nand no more", [], ": a PDF file that is broken; save its text as .txt"),
    ("scan.pdf", article_files.make_pdf([[]]), [], ": no text in its pages (a scan?); run OCR "),
    ("a.docx", b"PK\x03\x04 and no more", [], ": no Word file, or a broken one; save it as .docx"),
    (
        "b.docx",
        article_files.make_zip({"word/document.xml": b" " * 30_000_000}),
        [],
        ": its text: larger than 20 MB; split it or leave it out",
    ),
    ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", [], ": an old or locked Word file; save it "),
    ("a.parquet", b"PAR1 and no more PAR1", [], ": broken Parquet table ("),
    (
        "b.parquet",
        article_files.make_parquet({"words": [GOOD]}),
        [],
        ": no 'text' among its fields (words); name what each holds: --fields text=NAME",
    ),
    ("a.warc", b"WARC/1.0 and no more", [], ": broken web archive (a record without its length)"),
    (
        "b.warc",
        article_files.make_warc([("https://x.org/a", "404 Not Found", "text/html", b"<html>")]),
        [],
        ": no page in this web archive; leave it out",
    ),
    ("menu.html", b"<!doctype html><html><body></body></html>", [], ": no article in this page; "),
    (
        "deep.html",
        b"<!doctype html><html><body>" + b"<div>" * 300_000 + GOOD.encode(),
        [],
        ": no article in this page; save its text as .txt, or leave it out",
    ),
    ("cut.rss", article_files.make_rss(GOOD)[:-9], ["cut-1"], ":1: broken XML (unclosed token);"),
    ("map.xml", b"<urlset><url/></urlset>", [], ": no entry of a feed (RSS, Atom) in it; leave it"),
    ("deep.xml", b"<rss>" + b"<a>" * 1000, [], ": elements more than 100 deep; mend the file"),
    (
        "laughs.xml",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
        b"<rss><channel><item><description>&b;</description></item></channel></rss>",
        [],
        ": XML with entities of its own, which can be a trap; it was not read, take them out",
    ),
    (
        "outside.xml",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b"<rss><channel><item><description>&a;</description></item></channel></rss>",
        [],
        ": XML with entities of its own, which can be a trap; it was not read, take them out",
    ),
    ("empty.csv", b"\n\n", [], ": empty; put articles into it or leave it out"),
    (
        "names.csv",
        b"id,body,when\n1,One.,2021\n",
        [],
        ": no 'text' among its fields (id, body, when); name what each holds: --fields text=NAME",
    ),
    (
        "more.csv",
        b"id,text\n1,One, two.\n2,Two.\n",
        ["2"],
        ":2: 3 values, and the heading has 2; put quotes around what holds the separator",
    ),
    (
        "quote.csv",
        b'id,text\n1,One.\n2,"Two.\n3,Three.\n',
        ["1"],
        ":3: a quote that opens and does not close takes 2 lines; close it",
    ),
    (
        "mixed.csv",
        b"id,text\n1,One." + b"\xc3\xa9" * 60_000 + b"\n2,caf\xe9\n3,Three.\n",
        ["1", "3"],
        ":3: not UTF-8; convert the file, for example: iconv -f WINDOWS-1252 -t UTF-8",
    ),
    (
        "list.json",
        b'[{"id": "1", "text": "One."}, {"id": "2", "text": ]',
        ["1"],
        ": broken JSON after article 1 (parse error: unallowed token at this point in JSON text); ",
    ),
]


@pytest.mark.parametrize(("name", "data", "ids", "message"), TRAPS, ids=[t[0] for t in TRAPS])
def test_articles_trap_is_one_line_and_the_rest_is_read(
    name: str, data: bytes, ids: list[str], message: str
) -> None:
    """What cannot be read is told with the file and the member; what can be read is."""
    Path(name).write_bytes(data)

    found, errors = read(name, "good.txt")

    assert [*ids, "good"] == list(dict.fromkeys(found))
    assert errors
    assert errors[0].startswith(name + message)
    assert all("\n" not in error and "report it" not in error for error in errors)


def test_articles_archives_inside_each_other_have_a_limit() -> None:
    """A file that is packed again and again is not unpacked for ever."""
    data = GOOD.encode()
    for _ in range(limits.MAX_DEPTH + 1):
        data = gzip.compress(data)
    Path("a.txt.gz").write_bytes(data)

    assert read("a.txt.gz", "good.txt") == (
        ["good"],
        ["a.txt.gz: more than 4 archives inside each other; unpack one"],
    )


def test_articles_links_in_a_circle_are_told() -> None:
    """A link to a folder is followed; one that leads back up is named, and so is one to itself."""
    Path("news/may").mkdir(parents=True)
    Path("news/may/a.txt").write_text(GOOD, encoding="utf-8")
    Path("elsewhere").mkdir()
    Path("elsewhere/b.txt").write_text(GOOD, encoding="utf-8")
    Path("news/may/up").symlink_to(Path("news").absolute())
    Path("news/june").symlink_to(Path("elsewhere").absolute())
    Path("news/self.txt").symlink_to("self.txt")

    ids, errors = read("news")

    assert sorted(ids) == ["a", "b"]
    assert errors == [
        "news/may/up: a link to a folder that holds it; remove the link",
        "news/self.txt: cannot be read (too many levels of symbolic links); check the file",
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", b'{"text": "' + b"x" * 90_000 + b'"}\n'),
        ("a.csv", b"id,text\n1," + b"x" * 90_000 + b"\n"),
        ("a.json", b'[{"text": "' + b"x" * 900_000 + b'"}]'),
        ("a.rss", b"<rss><channel><item><description>" + b"x" * 900_000),
    ],
)
def test_articles_line_without_end_is_told(
    monkeypatch: pytest.MonkeyPatch, name: str, data: bytes
) -> None:
    """A line or an object above the limit is named, and takes no memory."""
    monkeypatch.setattr(limits, "MAX_TEXT_BYTES", 10_000)
    Path(name).write_bytes(data)

    ids, (error,) = read(name, "good.txt")

    assert ids == ["good"]
    assert "larger than" in error
    assert error.startswith(name)


def test_articles_line_of_50_megabytes_costs_no_other(tmp_path: Path) -> None:
    """Rows before and after a line of 50 MB are read."""
    row = b"2," + b"x" * 50_000_000 + b"\n"
    (tmp_path / "a.csv").write_bytes(b"id,text\n1,One shot.\n" + row + b"3,Three shot.\n")

    assert read("a.csv") == (["1", "3"], ["a.csv:3: a line larger than 20 MB; split the article"])


def test_articles_member_that_cannot_be_opened_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A way of packing that Python does not know is named with the member."""

    def refuse(*_: object) -> None:
        raise NotImplementedError("compression type 99")

    Path("a.zip").write_bytes(article_files.make_zip({"a.txt": b"x"}))
    monkeypatch.setattr(zip_archive.zipfile.ZipFile, "open", refuse)

    assert read("a.zip")[1] == [
        "a.zip: a.txt: cannot be unpacked (compression type 99); pack it again"
    ]


def test_articles_odd_file_does_not_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a library fails on is one line, and the next file is read."""

    def fail(*_: object, **__: object) -> None:
        raise RecursionError("maximum recursion\ndepth")

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    Path("a.html").write_bytes(article_files.make_html([GOOD]))

    ids, [error] = read("a.html", "good.txt")

    assert ids == ["good"]
    assert re.fullmatch(
        r"a\.html: cannot be read as a web page \(RecursionError, test_articles_hostile\.py:\d+\);"
        r" save its text as \.txt",
        error,
    )


def make_pages(*, packed: bool) -> bytes:
    """Make a web archive of five pages."""
    page = article_files.make_html([GOOD])
    answers = [(f"https://x.org/{n}", "200 OK", "text/html", page) for n in range(5)]
    return article_files.make_warc(answers, packed=packed)


@pytest.mark.parametrize(
    ("name", "data", "ids"),
    [
        pytest.param(
            "a.warc.gz",
            make_pages(packed=True)[:-60],
            [f"record-{n}" for n in range(4)],
            id="web archive",
        ),
        pytest.param(
            "a.json.gz",
            gzip.compress(b"[\n" + (LINE.strip() + b",\n") * 300)[:-12],
            ["x"],
            id="list",
        ),
        pytest.param(
            "a.rss.gz",
            gzip.compress(article_files.make_rss(GOOD).replace(b"><", b">\n<"))[:-12],
            ["a-1"],
            id="feed",
        ),
    ],
)
def test_articles_packed_file_is_read_up_to_where_it_was_cut(
    name: str, data: bytes, ids: list[str]
) -> None:
    """What was unpacked before the end is missing is read, also of the last block."""
    Path(name).write_bytes(data)

    found, (error,) = read(name)

    assert ids == found
    assert error.startswith(f"{name}: broken or cut short (")


def test_articles_lines_of_utf_16_are_one_trouble() -> None:
    """Lines of JSON that a shell wrote as UTF-16 are told once, not line by line."""
    Path("a.jsonl").write_bytes((LINE * 9).decode().encode("utf-16"))

    assert read("a.jsonl") == ([], ["a.jsonl: UTF-16; convert it: iconv -f UTF-16 -t UTF-8"])


def test_articles_record_that_was_cut_is_named() -> None:
    """A web archive without its end looks whole but for the length of its last record."""
    data = make_pages(packed=False)
    Path("a.warc").write_bytes(data[:-150])

    found, (error,) = read("a.warc")

    assert [f"record-{n}" for n in range(5)] == found
    assert error == (
        "a.warc: https://x.org/4: broken web archive (this record is shorter than it states);"
        " what there is of it was read, fetch it again for the rest"
    )
    Path("a.warc").write_bytes(data)
    assert (found, []) == read("a.warc")


def test_articles_table_without_a_heading_is_told_in_a_short_line() -> None:
    """The first row of a table can be a text of megabytes, with line ends in it."""
    Path("a.csv").write_text(f'1,"{GOOD}\n{GOOD * 10_000}"\n', encoding="utf-8")

    assert read("a.csv")[1] == [
        "a.csv: no 'text' among its fields (1, Gunmen shot two soldiers near Tyre on M…);"
        " name what each holds: --fields text=NAME,published=NAME"
    ]
