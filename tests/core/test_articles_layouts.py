"""Reading articles: tables and JSON of other programs, and names that the user gives."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import article_files
import pytest

from incidents.articles import read_articles
from incidents.articles.layouts import load_layouts
from incidents.articles.markup import markup_text

if TYPE_CHECKING:
    from pathlib import Path

    from incidents.model import Article

TEXT = "Gunmen shot two soldiers near Tyre on Monday."
URL = "https://example.org/12"
DAY = dt.date(2021, 4, 21)

RECORDS: dict[str, dict[str, Any]] = {
    "news-please": {
        "authors": [],
        "date_publish": "2021-04-21 17:03:00",
        "maintext": TEXT,
        "source_domain": "wire.org",
        "title": "Two shot",
        "url": URL,
        "language": "en",
    },
    "Common Crawl news (CC-News data set)": {
        "title": "Two shot",
        "text": TEXT,
        "domain": "wire.org",
        "date": "2021-04-21 17:03:00",
        "description": "",
        "url": URL,
        "image_url": None,
    },
    "Media Cloud": {
        "id": "a1b2",
        "publish_date": "2021-04-21",
        "media_name": "wire.org",
        "title": "Two shot",
        "text": TEXT,
        "url": URL,
        "indexed_date": "2021-04-22T01:00:00",
    },
    "GDELT article list, with the texts added": {
        "url": URL,
        "title": "Two shot",
        "seendate": "20210421T171500Z",
        "domain": "wire.org",
        "language": "English",
        "body": TEXT,
    },
    "Event Registry (newsapi.ai)": {
        "uri": "7001",
        "lang": "eng",
        "date": "2021-04-21",
        "url": URL,
        "title": "Two shot",
        "body": TEXT,
        "source": {"uri": "wire.org", "title": "wire.org"},
    },
    "News API (newsapi.org)": {
        "source": {"id": None, "name": "wire.org"},
        "title": "Two shot",
        "url": URL,
        "publishedAt": "2021-04-21T17:03:00Z",
        "content": TEXT,
    },
    "The Guardian Open Platform": {
        "id": "world/12",
        "webTitle": "Two shot",
        "webPublicationDate": "2021-04-21T17:03:00Z",
        "webUrl": URL,
        "fields": {"bodyText": TEXT},
        "publisher": "wire.org",
    },
    "JSON Feed": {
        "id": "12",
        "url": URL,
        "title": "Two shot",
        "content_text": TEXT,
        "date_published": "2021-04-21T17:03:00Z",
        "publisher": "wire.org",
    },
    "JSON Feed, HTML": {
        "id": "12",
        "url": URL,
        "title": "Two shot",
        "content_html": f"<p>{TEXT}</p>",
        "date_published": "2021-04-21T17:03:00Z",
        "publisher": "wire.org",
    },
    "schema.org NewsArticle": {
        "@type": "NewsArticle",
        "headline": "Two shot",
        "datePublished": "2021-04-21T17:03:00Z",
        "articleBody": TEXT,
        "url": URL,
        "publisher": {"@type": "Organization", "name": "wire.org"},
    },
    "WordPress posts": {
        "id": 12,
        "date": "2021-04-21T17:03:00",
        "date_gmt": "2021-04-21T14:03:00",
        "link": URL,
        "title": {"rendered": "Two&nbsp;shot"},
        "content": {"rendered": f"<p>{TEXT}</p>"},
        "publisher": "wire.org",
    },
}


def read(path: Path, data: object, **options: Any) -> list[Article]:  # noqa: ANN401
    """Write a JSON file and read it without an error."""
    path.write_text(json.dumps(data), encoding="utf-8")
    return list(read_articles([path], on_error=lambda error: pytest.fail(str(error)), **options))


@pytest.mark.parametrize("layout", load_layouts(), ids=lambda layout: layout.name)
def test_articles_of_known_layouts(tmp_path: Path, layout: Any) -> None:  # noqa: ANN401
    """Each known layout gives text, title, day, publisher and address, alone and wrapped."""
    record = RECORDS[layout.name]
    document: Any = [record]
    for key in reversed(layout.list_path):
        document = {key: document}

    (article,) = read(tmp_path / "a.jsonl", record)
    (wrapped,) = read(tmp_path / "b.json", document)

    assert (TEXT, "Two shot", DAY, "wire.org", URL) == (
        article.text,
        article.title,
        article.published,
        article.publisher,
        article.url,
    )
    assert article.text == wrapped.text
    assert article.published == wrapped.published


def test_articles_language_is_a_code(tmp_path: Path) -> None:
    """A language that is given by its name becomes its code."""
    (article,) = read(tmp_path / "a.json", {"text": TEXT, "language": "English"})

    assert "en" == article.language


@pytest.mark.parametrize("suffix", ["json", "csv", "parquet"])
def test_articles_fields_of_the_user(tmp_path: Path, suffix: str) -> None:
    """Names that the user gives count before all others."""
    record = {"nr": "12", "text": "a note", "body": TEXT, "when": "20210421", "from": "The Wire"}
    path = tmp_path / f"a.{suffix}"
    if suffix == "json":
        path.write_text(json.dumps(record), encoding="utf-8")
    elif suffix == "csv":
        rows = (";".join(record), ";".join(record.values()))
        path.write_text("\n".join(rows), encoding="utf-16")
    else:
        path.write_bytes(article_files.make_parquet({key: [v] for key, v in record.items()}))
    fields = {"id": "nr", "text": "body", "published": "when", "publisher": "from"}

    (article,) = read_articles(
        [path], fields=fields, on_error=lambda error: pytest.fail(str(error))
    )

    assert ("12", TEXT, DAY, "The Wire") == (
        article.id,
        article.text,
        article.published,
        article.publisher,
    )


def test_articles_csv_cells_hold_lines_and_separators(tmp_path: Path) -> None:
    """What stands in quotes is one value; a heading in capitals is understood."""
    path = tmp_path / "a.csv"
    path.write_bytes(
        b'\xef\xbb\xbfID,Text,Published\r\n7,"He said ""no"",\r\nand left.",2021-04-21\r\n\r\n'
        b"8,Two,\r\n"
    )

    found = list(read_articles([path], on_error=lambda error: pytest.fail(str(error))))

    assert [("7", 'He said "no",\nand left.', DAY), ("8", "Two", None)] == [
        (a.id, a.text, a.published) for a in found
    ]


def test_articles_parquet_values_are_taken_as_text(tmp_path: Path) -> None:
    """Days, times and numbers of a table are read; what is missing is missing."""
    columns: dict[str, list[object]] = {
        "id": [12.0, float("nan")],
        "text": [TEXT, TEXT + " More."],
        "published": [dt.datetime(2021, 4, 21, 20, 15, tzinfo=dt.UTC), None],
    }
    path = tmp_path / "a.parquet"
    path.write_bytes(article_files.make_parquet(columns))

    found = list(read_articles([path], on_error=lambda error: pytest.fail(str(error))))

    assert [("12", DAY), ("a-2", None)] == [(a.id, a.published) for a in found]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One <b>two</b></p><p>three</p>", "One two\nthree"),
        ("One<br/>two &amp; three", "One\ntwo & three"),
        ("One<script>x()</script> two<style>p{}</style>", "One two"),
        ("plain, as it is\n\nhere", "plain, as it is\n\nhere"),
        ("<!-- nothing -->", ""),
        ("<ul><li>One</li><li>two</li></ul>\n\n<p>a\nb</p>", "One\ntwo\na b"),
    ],
)
def test_markup_becomes_lines(markup: str, text: str) -> None:
    """A paragraph is a line; scripts and comments are no words."""
    assert text == markup_text(markup)


def test_articles_day_may_be_a_number(tmp_path: Path) -> None:
    """Programs write 20210421 without quotes; other numbers, as seconds, are no day."""
    (article,) = read(tmp_path / "a.json", {"text": TEXT, "published": 20210421})

    assert DAY == article.published
