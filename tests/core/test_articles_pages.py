"""Reading articles: what web pages, web archives and PDF files say about themselves."""

from __future__ import annotations

import datetime as dt
import gzip
import io
from typing import TYPE_CHECKING

import article_files
import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from incidents.articles import read_articles
from incidents.articles.readers.pdf import Line, join_lines

if TYPE_CHECKING:
    from pathlib import Path

    from incidents.model import Article

LINES = [
    "Gunmen shot two soldiers near the harbour of Tyre on Monday, the army said in a statement.",
    "The army closed the road, and the police searched the town until late in the evening.",
]
DAY = dt.date(2021, 4, 21)


def read(path: Path, data: bytes) -> list[Article]:
    """Write a file and read it without an error."""
    path.write_bytes(data)
    return list(read_articles([path], on_error=lambda error: pytest.fail(str(error))))


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta name="pubdate" content="2021-04-21">', DAY),
        ('<meta itemprop="datePublished" content="Wed, 21 Apr 2021 23:30:00 +0300">', DAY),
        ('<script type="application/ld+json">{"datePublished": "2021-04-21T01:00Z"}</script>', DAY),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"},'
            '{"datePublished": "2021-04-21"}]}</script>',
            DAY,
        ),
        ('<script type="application/ld+json">{"broken</script>', None),
        ('<meta property="article:modified_time" content="2021-04-21">', None),
        ('<link rel="canonical" href="https://example.org/2021/04/21/two-shot">', DAY),
        ('<link rel="canonical" href="https://example.org/2021/04/">', None),
        ("", None),
    ],
)
def test_articles_page_day_is_what_it_states(
    tmp_path: Path, head: str, day: dt.date | None
) -> None:
    """Metadata and the address give the day; a footer's or a change's day is none."""
    (article,) = read(tmp_path / "a.html", article_files.make_html(LINES, head=head))

    assert day == article.published


def test_articles_page_keeps_its_paragraphs(tmp_path: Path) -> None:
    """Each paragraph is a line of its own, in their order."""
    (article,) = read(tmp_path / "a.html", article_files.make_html(LINES))

    assert LINES == article.text.split("\n")[-2:]
    assert "The Wire" == article.publisher


@pytest.mark.parametrize("charset", ["windows-1252", "utf-8", "windows-1256", "utf-16"])
def test_articles_page_in_its_declared_character_set(tmp_path: Path, charset: str) -> None:
    """What a page declares is believed where it is not UTF-8."""
    line = f"{LINES[0]} “Two” were hurt in the café."
    (article,) = read(tmp_path / "a.html", article_files.make_html([line], charset=charset))

    assert article.text.endswith(line)


def test_articles_warc_gives_pages_only(tmp_path: Path) -> None:
    """Pages that were answered are read, each with its address; the rest is passed over."""
    page = article_files.make_html(LINES)
    answers = [
        ("https://example.org/a", "200 OK", "text/html; charset=utf-8", page),
        ("https://example.org/b", "301 Moved", "text/html", page),
        ("https://example.org/c.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://example.org/robots.txt", "200 OK", "text/plain", b"User-agent: *"),
        ("https://example.org/d.pdf", "200 OK", "application/pdf", article_files.make_pdf([LINES])),
    ]

    found = read(tmp_path / "a.warc.gz", article_files.make_warc(answers, packed=True))

    assert [
        ("record-0", "https://example.org/a"),
        ("record-4", "https://example.org/d.pdf"),
    ] == [(article.id, article.url) for article in found]


def test_articles_warc_pages_may_be_packed(tmp_path: Path) -> None:
    """Pages that the server sent packed with gzip or brotli are unpacked."""
    page = article_files.make_html(LINES)
    path = tmp_path / "a.warc"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        for coding, content in (("gzip", gzip.compress(page)), ("br", brotli.compress(page))):
            fields = [("Content-Type", "text/html"), ("Content-Encoding", coding)]
            headers = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
            url = f"https://example.org/{coding}"
            payload = io.BytesIO(content)
            record = writer.create_warc_record(url, "response", payload, http_headers=headers)
            writer.write_record(record)

    found = read(path, path.read_bytes())

    assert [LINES[1], LINES[1]] == [article.text.split("\n")[-1] for article in found]


def test_articles_warc_bad_page_is_told_with_its_address(tmp_path: Path) -> None:
    """A page without an article is one line that names archive and address; the rest is read."""
    kind = "text/html"
    answers = [
        ("https://example.org/empty", "200 OK", kind, b"<html><body></body></html>"),
        ("https://example.org/a", "200 OK", kind, article_files.make_html(LINES)),
    ]
    path = tmp_path / "a.warc"
    path.write_bytes(article_files.make_warc(answers))
    errors: list[str] = []

    found = list(read_articles([path], on_error=lambda error: errors.append(str(error))))

    assert ["record-1"] == [article.id for article in found]
    assert [
        f"{path}: https://example.org/empty: no article in this page;"
        " save its text as .txt, or leave it out"
    ] == errors


def test_articles_pdf_drops_running_lines_and_joins_the_others(tmp_path: Path) -> None:
    """Headers and page numbers go, and sentences that are broken over lines are whole."""
    body = [
        "Gunmen shot two soldiers near the har-",
        "bour of Tyre on Monday, the army of Al-",
        "Hasakah said in a",
        "statement.",
        "The army closed the road.",
    ]
    pages = [["The Wire, 21 April", *body, f"Page {number}"] for number in (1, 2, 3)]

    (article,) = read(tmp_path / "a.pdf", article_files.make_pdf(pages))

    told = (
        "Gunmen shot two soldiers near the harbour of Tyre on Monday, the army of Al-Hasakah said"
        " in a statement.\nThe army closed the road."
    )
    assert "\n".join([told] * 3) == article.text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([("One", 0, 10), ("two", 12, 10)], "One two"),
        ([("Gun-", 0, 10), ("men came", 12, 10)], "Gunmen came"),
        ([("Al-", 0, 10), ("Hasakah is", 12, 10)], "Al- Hasakah is"),
        (
            [("Head", 0, 20), ("Body of it", 20, 10), ("goes on", 32, 10)],
            "Head\nBody of it goes on",
        ),
        (
            [("Long line here", 0, 10), ("goes on", 12, 10), ("After a gap", 40, 10)],
            "Long line here goes on\nAfter a gap",
        ),
        ([], ""),
    ],
)
def test_pdf_lines_become_paragraphs(lines: list[tuple[str, float, float]], text: str) -> None:
    """Gaps, sizes and short last lines part paragraphs; hyphens at line ends go."""
    assert text == join_lines([Line(words, -down, height) for words, down, height in lines])


def test_feed_keeps_the_order_of_xhtml(tmp_path: Path) -> None:
    """Words behind an element stand behind all that is inside it."""
    feed = tmp_path / "news.atom"
    feed.write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>e1</id><title>Mine kills two</title>'
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A mine <b>killed '
        "<i>two</i> people</b> near Goma</p> on Monday, the army said.</div></content>"
        "</entry></feed>",
        encoding="utf-8",
    )

    [article] = read_articles([feed], on_error=pytest.fail)

    words = " ".join(article.text.split())
    assert "A mine killed two people near Goma on Monday, the army said." in words
