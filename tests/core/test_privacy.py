"""What is printed of articles that cannot be used holds none of their words."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from incidents.ahead import Plain
from incidents.articles import read_articles
from incidents.attempts import explain_failure
from incidents.batch import Batch, extract_batch
from incidents.model import Article
from incidents.parallel import extract_here
from incidents.store import open_store

if TYPE_CHECKING:
    from incidents.model import Report

QUOTE = "Gunmen killed Xylophonist Ali"
WORDS = re.compile("gunmen|xylophonist", re.IGNORECASE)
FOREIGN = "Xylophonist: les hommes armés ont tué trois soldats à Goma, dit la police mardi. " * 5

BROKEN = {
    "comma.json": f'{{"id": "x", "text": "{QUOTE}" "more"}}',
    "list.json": f'{{"id": "x", "text": ["{QUOTE}"]}}',
    "second.json": f'[{{"id": "x", "text": "One. Two."}}, {{"id": {QUOTE}',
    "bare.json": f'{{"text": {QUOTE}}}',
    "rows.jsonl": f'{{"id": "x", "text": "{QUOTE}" more}}\n{{"id": "y", {QUOTE}}}\n',
    "plain.jsonl": f"{QUOTE}\n",
    "quote.csv": f'id,text\n1,"{QUOTE}\n2,"{QUOTE}" {QUOTE}\n',
    "tags.xml": f"<rss><channel><item><title>{QUOTE}</title><description>{QUOTE}</item>",
    "name.rss": f"<rss><channel><item><{QUOTE}></rss>",
    "head.warc": f"WARC/1.0\r\n{QUOTE}\r\n{QUOTE}",
    "none.warc": f"{QUOTE}\r\n{QUOTE}",
    "none.zip": f"PK\x03\x04{QUOTE}",
    "none.parquet": f"PAR1{QUOTE}PAR1",
    "none.docx": f"PK\x03\x04{QUOTE}",
    "none.pdf": f"%PDF-1.4\n{QUOTE}",
    "quote.md": f'---\ntitle: "{QUOTE}\npublished: {QUOTE}: {QUOTE}\n---\n{QUOTE}',
    "tab.md": f"---\n{QUOTE}\n\t{QUOTE}: {{\n---\n{QUOTE}",
    "zero.txt": f"{QUOTE}\x00",
    "none.gz": f"\x1f\x8b\x08{QUOTE}",
    "french.txt": FOREIGN,
}


@pytest.mark.parametrize(("name", "text"), BROKEN.items(), ids=list(BROKEN))
def test_errors_of_reading_hold_no_words_of_the_text(
    name: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file, the place in it and the reason are told, and not what stands there."""
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(text, encoding="latin-1")
    errors: list[str] = []

    list(read_articles([name], on_error=lambda error: errors.append(str(error))))

    assert errors
    assert [error for error in errors if WORDS.search(error)] == []


class Quoting:
    """An extractor whose errors quote the article, as those of Python do."""

    def extract(self, article: Article) -> list[Report]:
        """Fail on a value of the article."""
        int(article.text)
        return []


def test_errors_of_extraction_hold_no_words_of_the_text(tmp_path: Path) -> None:
    """Class and place of an unforeseen error are told, and not its message."""
    errors: list[str] = []
    with open_store(tmp_path / "incidents.db") as store:
        article = Article(id="a1", path="news/a1.txt", text=QUOTE)
        done = extract_batch(
            Plain([article]),
            store,
            extract=partial(extract_here, make_extractor=Quoting, seconds=None),
            batch=Batch(),
            on_error=errors.append,
        )
        assert list(done) == []

    [error] = errors
    assert re.fullmatch(
        r"news/a1\.txt: cannot be extracted \(ValueError, test_privacy\.py:\d+\);"
        r" report it with this line",
        error,
    )


def test_error_that_was_never_raised_is_named() -> None:
    """An error without a place in the code is told by its class."""
    article = Article(id="a1", text=QUOTE)
    assert "(KeyError); report" in explain_failure(article, KeyError(QUOTE))
