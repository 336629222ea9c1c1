"""Reading articles: each trouble is one line that says what, where and what to do."""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from incidents.articles import limits, line_records, read_articles
from incidents.articles.readers import plain_text
from incidents.articles.registry import list_kinds
from incidents.errors import MendedInputError

if TYPE_CHECKING:
    from incidents.errors import InputError

GOOD = "Gunmen shot two soldiers near Tyre on Monday."

KINDS = list_kinds()

BROKEN_FILES = [
    # name, content, message behind the file's name
    ("empty.txt", b"", ": empty; put the article's text into it or leave it out"),
    (
        "blank.txt",
        b"\xef\xbb\xbf \r\n\n",
        ": empty; put the article's text into it or leave it out",
    ),
    ("empty.json", b" ", ": empty; put the article's text into it or leave it out"),
    ("empty.jsonl", b"\n\n", ": empty; put articles into it or leave it out"),
    (
        "binary.txt",
        b"abcdef\0",
        ": a binary file (a zero byte at byte 6), not text; save the article as plain text",
    ),
    (
        "latin.json",
        b'{"text": "caf\xe9 burnt"}',
        ": not UTF-8 at byte 13 (0xe9); convert it, for example: iconv -f WINDOWS-1252 -t UTF-8",
    ),
    (
        "bom-latin.txt",
        b"\xef\xbb\xbfcaf\xe9 burnt",
        ": not UTF-8 at byte 6 (0xe9); convert it, for example: iconv -f WINDOWS-1252 -t UTF-8",
    ),
    (
        "front.md",
        b"---\nid: 1\ntitle: Tyre: two shot\n---\nText.",
        (
            ":3: front matter is not YAML (mapping values are not allowed here);"
            " put the value in quotes"
        ),
    ),
    (
        "control.md",
        b"---\nid: \x07\n---\nText.",
        ":1: front matter is not YAML (not readable); put the value in quotes",
    ),
    ("only.md", b"---\nid: 1\n---\n", ": no text; give the article's words or leave it out"),
    ("tags.md", b"---\nurl: [a]\n---\nText.", ": 'url' is not a string: ['a']; put it in quotes"),
    (
        "broken.json",
        b'{\n"text": "One."\n"id"',
        ":3: broken JSON (Expecting ',' delimiter); mend the file",
    ),
    ("deep.json", b"[" * 100_000, ": lists more than 200 deep in each other; mend the file"),
    ("brackets.json", b'{"a":' * 100_000, ": JSON that cannot be read; mend the file"),
    ("list.json", b"[]", ": an empty list; put articles into it or leave it out"),
    ("string.json", b'"One."', ': not a JSON object; write {"id": …, "text": …}'),
    (
        "none.json",
        b'{"title": "T", "body": "One."}',
        (
            ": no 'text' among its fields (title, body);"
            " name what each holds: --fields text=NAME,published=NAME"
        ),
    ),
    (
        "null.json",
        b'{"text": null}',
        ": no 'text'; name what each holds: --fields text=NAME,published=NAME",
    ),
    (
        "other.json",
        b'{"text": 7}',
        ": 'text' is not a string; give the article's words as 'text'",
    ),
    ("blank.json", b'{"text": " "}', ": no text; give the article's words or leave it out"),
    (
        "half.json",
        b'{"text": "a\\ud800b"}',
        ": 'text' holds half a character (\\ud800) at 1; write it as UTF-8 or as a pair of escapes",
    ),
    (
        "film.mp4",
        b"ftyp",
        (
            f": files of this kind are not read; these are: {KINDS};"
            " text of another kind can be piped into '-'"
        ),
    ),
]


def read(*paths: str | Path) -> tuple[list[str], list[str]]:
    """Read paths; give the ids read and the messages reported."""
    errors: list[InputError] = []
    ids = [article.id for article in read_articles(paths, on_error=errors.append)]
    return ids, [str(error) for error in errors]


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with one good article, so that the names in messages are short."""
    monkeypatch.chdir(tmp_path)
    Path("good.txt").write_text(GOOD, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "data", "message"), BROKEN_FILES, ids=[f[0] for f in BROKEN_FILES]
)
def test_articles_broken_file_is_reported_and_the_rest_done(
    name: str, data: bytes, message: str
) -> None:
    """A file that cannot be used gives one line; the next one is read."""
    Path(name).write_bytes(data)

    assert (["good"], [name + message]) == read(name, "good.txt")
    assert "\n" not in message


def test_articles_broken_line_names_file_and_line() -> None:
    """In JSON Lines each bad line is reported by number and the good ones are read."""
    Path("a.jsonl").write_bytes(
        b'{"id": "1", "text": "One."}\n{"id": "2", "text": \n\n"three"\n{"id": "4"}\n'
        b'{"id": "5", "text": "caf\xe9"}\n{"id": "6", "text": "Six.", "published": "6/6"}\n'
        b'{"id": "7", "text": "Seven."}'
    )

    ids, messages = read("a.jsonl")

    assert ids == ["1", "6", "7"]
    assert messages == [
        "a.jsonl:2: broken JSON (Expecting value, column 20); write one whole object on each line",
        'a.jsonl:4: not a JSON object; write {"id": …, "text": …}',
        (
            "a.jsonl:5: no 'text' among its fields (id);"
            " name what each holds: --fields text=NAME,published=NAME"
        ),
        (
            "a.jsonl:6: not UTF-8 at byte 24 (0xe9);"
            " convert it, for example: iconv -f WINDOWS-1252 -t UTF-8"
        ),
        (
            "a.jsonl:7: 'published' is not a date: '6/6'; the article is kept without a day;"
            " write 2021-04-21 or pass --published"
        ),
    ]


def test_articles_broken_object_of_a_list_is_named_by_its_number() -> None:
    """In a JSON list the bad object is reported and the others are read."""
    Path("a.json").write_text(
        '[{"text": "One."}, {"text": 2}, {"text": "Three."}]', encoding="utf-8"
    )

    assert (
        ["a-1", "a-3"],
        ["a.json: article 2: 'text' is not a string; give the article's words as 'text'"],
    ) == read("a.json")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nope.txt", "nope.txt: no such file or folder; check the path"),
        ("no/*.txt", f"no/*.txt: matches no file that is read ({KINDS}); check the pattern"),
        (
            "void",
            (f"void: no file in this folder that is read ({KINDS}); name the one that has them"),
        ),
    ],
)
def test_articles_path_that_gives_nothing_is_reported(path: str, message: str) -> None:
    """Missing paths, globs without a match and folders without articles are named."""
    Path("void/.hidden").mkdir(parents=True)
    Path("void/film.mp4").write_bytes(b"ftyp")

    assert (["good"], [message]) == read(path, "good.txt")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            PermissionError(errno.EACCES, "Permission denied"),
            "good.txt: no permission to read it; change its mode or its owner (chmod +r)",
        ),
        (
            OSError(errno.EIO, "Input/output error"),
            "good.txt: cannot be read (input/output error); check the file",
        ),
    ],
)
def test_articles_file_that_cannot_be_opened_is_reported(
    monkeypatch: pytest.MonkeyPatch, error: OSError, message: str
) -> None:
    """What the system refuses is told in its own words, with the remedy."""

    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)

    assert ([], [message]) == read("good.txt")


def test_articles_other_text_under_a_known_id_is_kept_under_another() -> None:
    """Two texts with one id are named with both files; the second one is called after its file."""
    for name in ("a", "b"):
        Path(f"{name}.md").write_text(f"---\nid: x9\n---\nText of {name}.", encoding="utf-8")

    assert (
        ["x9", "b-x9"],
        ["b.md: its id 'x9' is that of another article in a.md; it is kept as 'b-x9'"],
    ) == read("a.md", "b.md")


def test_articles_larger_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files and lines above the limit are reported; the lines after them are read."""
    for module in (plain_text, limits, line_records):
        monkeypatch.setattr(module, "MAX_TEXT_BYTES", 40)
    Path("a.jsonl").write_text(
        '{"text": "' + "x" * 90 + '"}\n{"id": "b", "text": "Two."}\n', encoding="utf-8"
    )

    ids, messages = read("good.txt", "a.jsonl")

    assert ids == ["b"]
    assert messages == [
        "good.txt: larger than 0 MB; split it, or write its articles as .jsonl, one object a line",
        "a.jsonl:1: a line larger than 0 MB; split the article",
    ]


def test_articles_pipes_in_a_folder_are_passed_over() -> None:
    """A pipe that nobody writes to does not keep the reader of a folder waiting."""
    Path("sub").mkdir()
    Path("sub/good.txt").write_text("Text.", encoding="utf-8")
    os.mkfifo("sub/pipe.txt")

    assert (["good"], []) == read("sub")


def test_articles_too_long_for_a_parser_are_refused() -> None:
    """A text of more than a million characters is named with what to do."""
    Path("a.txt").write_text("word " * 200_001, encoding="utf-8")

    assert ([], ["a.txt: 1,000,005 characters, and 1,000,000 are read; split the text"]) == read(
        "a.txt"
    )


def test_articles_stdin_is_named_in_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trouble on standard input is told with its line."""
    fake: Any = io.TextIOWrapper(io.BytesIO(b'{"text": "One."}\n{"text"'), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", fake)

    ids, messages = read("-")

    assert len(ids) == 1
    assert messages[0].startswith("stdin:2: broken JSON (")


def test_articles_broken_first_line_of_stdin_costs_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """JSON Lines are known by their later lines too."""
    data = b'{"text": "One.\n{"id": "b", "text": "Two."}\n{"id": "c", "text": "Three."}\n'
    fake: Any = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", fake)

    ids, (message,) = read("-")

    assert ids == ["b", "c"]
    assert message.startswith("stdin:1: broken JSON (")


def test_articles_closed_stdin_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without standard input, `-` is told with what to do."""
    monkeypatch.setattr(sys, "stdin", None)

    assert ([], ["stdin: closed; pipe an article into it or name a file"]) == read("-")


UNREAD_DAYS = [
    # name, content, the value as it is told
    ("date.md", b"---\npublished: 21/4/21\n---\nText.", "'21/4/21'"),
    ("date.json", b'{"text": "One.", "published": "2021-04-31"}', "'2021-04-31'"),
    ("number.json", b'{"text": "One.", "published": 1619049600}', "1619049600"),
    ("true.json", b'{"text": "One.", "published": true}', "True"),
    ("list.json", b'{"text": "One.", "published": ["2021-04-21"]}', "['2021-04-21']"),
    ("long.json", b'{"text": "One.", "published": "' + b"x" * 100 + b'"}', "'" + "x" * 36 + "…"),
]


@pytest.mark.parametrize(("name", "data", "shown"), UNREAD_DAYS, ids=[d[0] for d in UNREAD_DAYS])
def test_articles_with_an_unreadable_day_are_kept(name: str, data: bytes, shown: str) -> None:
    """A stated day that cannot be read is told; the article is read without it."""
    Path(name).write_bytes(data)
    notes: list[InputError] = []

    (article,) = read_articles([name], on_error=notes.append)

    assert article.published is None
    (note,) = notes
    assert isinstance(note, MendedInputError)
    assert str(note) == (
        f"{name}: 'published' is not a date: {shown};"
        " the article is kept without a day; write 2021-04-21 or pass --published"
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Text.", dt.date(2021, 4, 21)),  # what the note advises, --published, mends the article
        (
            "AMMAN (2021-04-20) — The army closed the road on Monday.",
            dt.date(2021, 4, 20),
        ),  # the article knows better
    ],
)
def test_articles_unreadable_day_gives_way(text: str, day: dt.date) -> None:
    """A dateline with its year stands in for a day that cannot be read; then --published."""
    Path("a.md").write_text(f"---\npublished: 21/4/21\n---\n{text}", encoding="utf-8")
    notes: list[InputError] = []

    (article,) = read_articles(["a.md"], published=dt.date(2021, 4, 21), on_error=notes.append)

    assert article.published == day
    assert [str(note) for note in notes] == [
        f"a.md: 'published' is not a date: '21/4/21'; {day} is taken instead;"
        " write days as 2021-04-21"
    ]


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31T00:00:00Z", "9999-12-31"])
def test_articles_day_that_stands_for_none_is_told(day: str) -> None:
    """What tables write where they have no day is none: nothing is dated by it."""
    Path("a.json").write_text(f'{{"text": "One.", "published": "{day}"}}', encoding="utf-8")
    notes: list[InputError] = []

    (article,) = read_articles(["a.json"], on_error=notes.append)

    assert article.published is None
    assert [str(note) for note in notes] == [
        f"a.json: 'published' lies outside 1900 to 2099: '{day}';"
        " the article is kept without a day; write 2021-04-21 or pass --published"
    ]


def test_feed_with_a_year_that_no_calendar_has() -> None:
    """A day of twenty digits is one that cannot be read; the entry and those beside it stay."""
    year = "9" * 20
    items = "".join(
        f"<item><title>T</title><pubDate>{day}</pubDate><description>{text}</description></item>"
        for day, text in (
            (f"Tue, 20 Apr {year} 10:00:00 GMT", "Clashes in Goma."),
            ("Tue, 20 Apr 2021 10:00:00 GMT", "Clashes in Beni."),
        )
    )
    Path("a.rss").write_text(f"<rss><channel>{items}</channel></rss>", encoding="utf-8")
    notes: list[InputError] = []

    first, second = read_articles(["a.rss"], on_error=notes.append)

    assert (first.published, second.published) == (None, dt.date(2021, 4, 20))
    assert "Goma" in first.text
    (note,) = notes
    assert isinstance(note, MendedInputError)
    assert "'published' is not a date" in str(note)
