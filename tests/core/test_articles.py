"""Reading articles: what each format gives."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from incidents.articles import read_articles

if TYPE_CHECKING:
    from incidents.errors import InputError
    from incidents.model import Article

BODY = "Gunmen shot two soldiers near Tyre on Monday.\nThe army closed the road."
DAY = dt.date(2021, 4, 21)


def read(*paths: str | Path, published: dt.date | None = None) -> list[Article]:
    """Read paths that must give no error."""

    def fail(error: InputError) -> None:
        pytest.fail(str(error))

    return list(read_articles(paths, published=published, on_error=fail))


def write(path: Path, content: str | bytes) -> Path:
    """Write a file, byte by byte as given, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# Plain text and Markdown


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Two shot near Tyre\n\n{BODY}", "Two shot near Tyre"),
        (f"\n\nTwo shot near Tyre\n{BODY}", "Two shot near Tyre"),
        (f"# Two shot near Tyre\n\n{BODY}", "Two shot near Tyre"),
        (f"## Two shot near Tyre. ##\n{BODY}", "Two shot near Tyre."),
        (f"“Two shot near Tyre”\n\n{BODY}", "“Two shot near Tyre”"),
        (BODY, None),
        (f"He said: “They shot two.”\n{BODY}", None),
        ("Two shot near Tyre", None),
        (f"TYRE, Lebanon — Gunmen shot two soldiers near the harbour\n{BODY}", None),
        (f"{'Two shot ' * 40}\n{BODY}", None),
    ],
)
def test_articles_plain_text_title(tmp_path: Path, text: str, title: str | None) -> None:
    """A heading or a short first line is the title, and stays in the text."""
    (article,) = read(write(tmp_path / "a12.txt", text))

    assert title == article.title
    assert text == article.text


def test_articles_plain_text_takes_id_and_path_of_the_file(tmp_path: Path) -> None:
    """A text file is called by its stem and remembers its path."""
    path = write(tmp_path / "a12.md", BODY)

    (article,) = read(path)

    assert ("a12", str(path)) == (article.id, article.path)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfTyre\nTwo", "Tyre\nTwo"),
        (b"Tyre\r\nTwo\r\n", "Tyre\nTwo\n"),
        (b"Tyre\rTwo", "Tyre\nTwo"),
        ("Qamişlo".encode("utf-16"), "Qamişlo"),
        (b"In Tyre, caf\xe9s \x93burnt\x94", "In Tyre, cafés “burnt”"),
        ("‘Zalin’ ܙܐܠܝܢ — القامشلي".encode(), "‘Zalin’ ܙܐܠܝܢ — القامشلي"),
        ("Qamişlo".encode(), "Qamişlo"),
    ],
)
def test_articles_text_keeps_everything_but_mark_and_line_ends(
    tmp_path: Path, data: bytes, text: str
) -> None:
    """Byte order mark and carriage returns go; all other characters stay as they are."""
    (article,) = read(write(tmp_path / "a.txt", data))

    assert text == article.text


def test_articles_front_matter_gives_the_fields(tmp_path: Path) -> None:
    """All six fields come from front matter, and the text is what follows it."""
    front = (
        "---\nid: 0012\ntitle: 'Two shot: near Tyre'\npublisher: The Wire\n"
        "url: https://example.org/12\npublished: 2021-04-21\nlanguage: en\ntags: [a, b]\n---\n\n"
    )
    (article,) = read(write(tmp_path / "a.md", front.replace("\n", "\r\n") + BODY))

    assert BODY == article.text
    assert ("0012", "Two shot: near Tyre", "The Wire", "https://example.org/12", DAY, "en") == (
        article.id,
        article.title,
        article.publisher,
        article.url,
        article.published,
        article.language,
    )


@pytest.mark.parametrize(
    "text",
    [
        f"---\nGunmen shot two.\n---\n{BODY}",
        f"---\n{BODY}",
        f"{BODY}\n---\nid: 7\n---\n",
    ],
    ids=["prose between rules", "unclosed", "not at the top"],
)
def test_articles_rules_across_the_page_are_no_front_matter(tmp_path: Path, text: str) -> None:
    """Only a mapping between two rules at the top is front matter."""
    (article,) = read(write(tmp_path / "a.md", text))

    assert ("a", text) == (article.id, article.text)


# JSON


def test_articles_json_object_gives_the_fields(tmp_path: Path) -> None:
    """A JSON object's fields are the article's; unknown ones and gold incidents are ignored."""
    value = {
        "id": 12,
        "text": BODY,
        "title": "Two shot",
        "published": "2021-04-21",
        "publisher": "The Wire",
        "url": "https://example.org/12",
        "language": "en",
        "incidents": [{"primary": True}],
        "extra": None,
    }
    (article,) = read(write(tmp_path / "a.json", json.dumps(value)))

    assert ("12", BODY, "Two shot", DAY, "The Wire", "en") == (
        article.id,
        article.text,
        article.title,
        article.published,
        article.publisher,
        article.language,
    )


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Two shot", BODY, "Two shot"),
        (None, f"Two shot near Tyre\n{BODY}", "Two shot near Tyre"),
        ("", f"Two shot near Tyre\n{BODY}", "Two shot near Tyre"),
        (None, BODY, None),
    ],
)
def test_articles_json_title_falls_back_to_the_first_line(
    tmp_path: Path, title: str | None, text: str, expected: str | None
) -> None:
    """A missing title is the first line where that looks like one; the text never changes."""
    (article,) = read(write(tmp_path / "a.json", json.dumps({"title": title, "text": text})))

    assert (expected, text) == (article.title, article.text)


def test_articles_json_list_and_lines_number_what_has_no_id(tmp_path: Path) -> None:
    """Objects without an id are called by stem and number, in a list as on lines."""
    rows = [{"text": "One."}, {"id": "x", "text": "Two."}, {"text": "Three."}]
    as_list = write(tmp_path / "list.json", json.dumps(rows))
    as_lines = write(tmp_path / "lines.jsonl", "\r\n\r\n".join(map(json.dumps, rows)))

    assert ["list-1", "x", "list-3"] == [article.id for article in read(as_list)]
    assert ["lines-1", "x", "lines-5"] == [article.id for article in read(as_lines)]


def test_articles_jsonl_is_streamed(tmp_path: Path) -> None:
    """The first article of a file comes before its later lines are looked at."""
    path = write(tmp_path / "a.jsonl", '\ufeff{"id": "1", "text": "One."}\n{"broken')

    errors: list[InputError] = []
    articles = read_articles([path], on_error=errors.append)

    assert next(articles).id == "1"
    assert errors == []
    assert list(articles) == []
    assert len(errors) == 1


# Day of publication


@pytest.mark.parametrize(
    ("own", "day"),
    [
        ("2021-04-21", DAY),
        ("2021-04-21T23:30:00+03:00", DAY),
        ("2021-04-21T00:10:00Z", DAY),
        ("2021-04-21 20:15", DAY),
        (" 2021-04-21 ", DAY),
        ("", None),
        (None, None),
    ],
)
def test_articles_published_is_cut_to_the_day(
    tmp_path: Path, own: str | None, day: dt.date | None
) -> None:
    """Dates and times of ISO 8601 give the day as printed, whatever the zone."""
    path = write(tmp_path / "a.json", json.dumps({"text": BODY, "published": own}))
    front = f"---\npublished: {own or ''}\n---\n{BODY}"

    assert day == read(path)[0].published
    assert day == read(write(tmp_path / "b.md", front))[0].published


@pytest.mark.parametrize(
    ("own", "text", "day"),
    [
        ("2020-01-02", f"TYRE, Aug. 9, 2005 — {BODY}", dt.date(2020, 1, 2)),
        (None, f"TYRE, Aug. 9, 2005 — {BODY}", dt.date(2005, 8, 9)),
        (None, f"TYRE, Aug. 9 — {BODY}", DAY),
        (None, BODY, DAY),
    ],
    ids=["own", "dateline", "dateline without year", "none"],
)
def test_articles_published_option_fills_what_is_missing(
    tmp_path: Path, own: str | None, text: str, day: dt.date
) -> None:
    """The option yields to the article's own date and to a dateline with a year."""
    path = write(tmp_path / "a.json", json.dumps({"text": text, "published": own}))

    (article,) = read(path, published=DAY)

    assert day == article.published


def test_articles_dateline_keeps_its_place_words(tmp_path: Path) -> None:
    """The article names the dateline's place as written."""
    path = write(tmp_path / "a.txt", f"Two shot\n\nTYRE, Lebanon (AP) — {BODY}")

    assert read(path)[0].dateline == "TYRE, Lebanon"


# Folders, globs, standard input, copies


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Provide a folder with sub-folders, hidden files and files of other kinds."""
    for name in ("b.txt", "a.md", "sub/c.TXT", "sub/.hidden.txt", ".git/d.txt", "e.mp4"):
        write(tmp_path / name, f"{name} {BODY}")
    write(tmp_path / "sub/f.jsonl", '{"id": "f1", "text": "One."}\n{"id": "f2", "text": "Two."}\n')
    return tmp_path


@pytest.mark.parametrize(
    ("paths", "ids"),
    [
        ((".",), "a b c f1 f2"),
        (("sub", "b.txt"), "c f1 f2 b"),
        (("*.md",), "a"),
        (("*",), "a b c f1 f2"),
        (("**/*.txt",), "b"),
        (("**/*.[tT]*",), "b c"),
        (("s?b",), "c f1 f2"),
        (("b.txt", ".", "b.txt"), "b a c f1 f2"),
    ],
)
def test_articles_come_in_the_order_of_paths_and_names(
    folder: Path, monkeypatch: pytest.MonkeyPatch, paths: tuple[str, ...], ids: str
) -> None:
    """Paths keep their order, folders are sorted, hidden and other files are passed over."""
    monkeypatch.chdir(folder)

    assert ids.split() == [article.id for article in read(*paths)]


def test_articles_name_with_glob_characters_is_a_name_if_it_exists(tmp_path: Path) -> None:
    """A file called `[1].txt` is read as it is."""
    path = write(tmp_path / "[1].txt", BODY)

    assert ["[1]"] == [article.id for article in read(path)]


def test_articles_file_name_that_is_no_utf8_is_shown_with_replacements(tmp_path: Path) -> None:
    """A name in an old encoding neither stops the reader nor breaks its outputs."""
    path = write(tmp_path / os.fsdecode(b"caf\xe9.txt"), BODY)

    (article,) = read(path)

    assert ("caf\ufffd", str(tmp_path / "caf\ufffd.txt")) == (article.id, article.path)


def test_articles_copy_is_yielded_once(tmp_path: Path) -> None:
    """The same id with the same text in two files is one article."""
    paths = [write(tmp_path / name / "a.txt", BODY) for name in ("one", "two")]

    assert [str(paths[0])] == [article.path for article in read(*paths)]


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (BODY, ["stdin-#"]),
        (f"---\nid: x\n---\n{BODY}", ["x"]),
        ('\n \n{"text": "One."}\n{"id": "b", "text": "Two."}\n', ["stdin-#", "b"]),
        ('\ufeff{"id": "a", "text": "One."}', ["a"]),
        ('{\n  "id": "a",\n  "text": "One."\n}\n', ["a"]),
        ('[\n  {"id": "a", "text": "One."},\n  {"text": "Two."}]', ["a", "stdin-#"]),
        (f"[Updated] {BODY}", ["stdin-#"]),
        (f"\n\n[{{sic}}] {BODY}", ["stdin-#"]),
    ],
)
def test_articles_stdin_is_told_by_its_first_character(
    monkeypatch: pytest.MonkeyPatch, data: str, ids: list[str]
) -> None:
    """Standard input holds JSON where it begins so, else one plain-text article."""
    fake: Any = io.TextIOWrapper(io.BytesIO(data.encode()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", fake)

    articles = read("-")

    assert ids == [re.sub(r"^stdin-[0-9a-f]{12}$", "stdin-#", article.id) for article in articles]
    assert all(article.path is None for article in articles)


def test_articles_seeds_keep_text_title_and_dateline() -> None:
    """The five seeds are read with title and dateline, their text as in the file."""
    seeds = Path(__file__).parents[2] / "seeds"

    articles = read(seeds)

    assert [path.stem for path in sorted(seeds.glob("*.txt"))] == [a.id for a in articles]
    assert all(a.path and a.text == Path(a.path).read_text(encoding="utf-8") for a in articles)
    assert all(a.title and a.text.startswith(a.title) for a in articles)
    assert [
        "ZALIN, Syria",
        "ZALIN ܙܐܠܝܢ (QAMISHLI), Syria",
        "ERBIL, Kurdistan Region",
        "QAMISHLO",
        "ERBIL, Kurdistan Region",
    ] == [article.dateline for article in articles]
