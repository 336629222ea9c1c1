"""PDF files: the text of all pages, its lines joined to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from incidents.articles.decode import read_bytes
from incidents.articles.fields import make_article
from incidents.articles.limits import MAX_DOCUMENT_BYTES
from incidents.articles.registry import Reader
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from incidents.articles.source import Source
    from incidents.model import Article

_MAX_PAGES = 1000
_SHORT = 0.75  # of a page's longest line
_GAP = 1.35  # of the usual distance of lines
_RESIZED = 0.15  # of the height of letters: a heading, a caption
_ENDS = tuple(".!?:…”\"')")
_PARTED = re.compile(r"(?<=[a-z])\ufffe(?=[a-z])")
_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad\u2010]$")
_NUMBER = re.compile(r"\d+")
_LINE = re.compile(r"\S[^\r\n]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print.

    Attributes:
        text: its words.
        bottom: distance from the foot of the page, in points.
        height: of its letters, in points.
    """

    text: str
    bottom: float
    height: float


def _read(source: Source) -> Iterator[Article]:
    import pypdfium2  # noqa: PLC0415 - most files are none of these

    data = read_bytes(source.stream, source.label, limit=MAX_DOCUMENT_BYTES)
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > _MAX_PAGES:
                n_pages = f"{len(document):,} pages"
                msg = f"{source.label}: {n_pages}, and {_MAX_PAGES:,} are read; split it"
                raise InputError(msg)
            pages = [_read_lines(document[number]) for number in range(len(document))]
    except (pypdfium2.PdfiumError, ValueError) as error:  # a page that is none, a text that is none
        what = "locked with a password" if "password" in str(error).lower() else "broken"
        msg = f"{source.label}: a PDF file that is {what}; save its text as .txt"
        raise InputError(msg) from error
    text = "\n".join(join_lines(page) for page in _drop_running(pages) if page)
    if not text.strip():
        msg = f"{source.label}: no text in its pages (a scan?); run OCR over it first"
        raise InputError(msg)
    # Author and day are those of the file, not of the article, and the title is often a template's.
    yield make_article(source.values, text, source.origin)


def _read_lines(page: Any) -> list[Line]:  # noqa: ANN401 - the library has no types
    text_page = page.get_textpage()
    lines = []
    for found in _LINE.finditer(text_page.get_text_range()):
        # Loose boxes are as high as the font, whatever the letter.
        _, bottom, _, top = text_page.get_charbox(found.start(), loose=True)
        # PDFium joins a word that is parted at a line's end, and marks the place.
        words = _PARTED.sub("", found[0].rstrip()).replace("\ufffe", "-")
        lines.append(Line(words, bottom, top - bottom))
    return lines


def _drop_running(pages: list[list[Line]]) -> list[list[Line]]:
    """Take away headers, footers and page numbers: first and last lines that most pages share."""
    edges = Counter(key for page in pages if page for key in {_key(page[0]), _key(page[-1])})
    common = {key for key, count in edges.items() if count > 1 and 2 * count > len(pages)}

    def trim(page: list[Line]) -> list[Line]:
        start = 1 if page and _key(page[0]) in common else 0
        end = -1 if len(page) > start and _key(page[-1]) in common else None
        return page[start:end]

    return [trim(page) for page in pages]


def _key(line: Line) -> str:
    return _NUMBER.sub("#", line.text)


def join_lines(lines: list[Line]) -> str:
    r"""Join the lines of a page to paragraphs, one a line.

    A paragraph ends at a gap, where the size of the letters changes, and at a short line that ends
    a sentence. A word that was hyphenated is put together.

    Example:
        >>> texts = ("Two killed", "Gunmen shot two sol-", "diers on Monday. A", "third was hurt.")
        >>> lines = [Line(text, -20.0 * n, 18 if n == 0 else 10) for n, text in enumerate(texts)]
        >>> join_lines(lines)
        'Two killed\nGunmen shot two soldiers on Monday. A third was hurt.'
    """
    from statistics import median  # noqa: PLC0415 - loads decimals and fractions

    steps = [step for one, two in pairwise(lines) if (step := one.bottom - two.bottom) > 0]
    step = median(steps) if steps else 0.0
    width = max((len(line.text) for line in lines), default=0)
    joined = lines[0].text if lines else ""
    for line, following in pairwise(lines):
        begins = not following.text[:1].islower()
        is_short = len(line.text) < _SHORT * width and line.text.endswith(_ENDS)
        if begins and (is_short or _is_apart(line, following, step)):
            joined += "\n" + following.text
        elif _HYPHEN.search(joined) and not begins:
            joined = joined[:-1] + following.text
        else:
            joined += " " + following.text
    return joined


def _is_apart(line: Line, following: Line, step: float) -> bool:
    """Whether two lines stand further apart than most, or are printed in other sizes."""
    is_gap = line.bottom - following.bottom > _GAP * step
    return is_gap or abs(line.height - following.height) > _RESIZED * line.height


def _is_like(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]  # readers of PDF allow bytes before it


READER = Reader(name="a PDF file", suffixes=(".pdf",), read=_read, is_like=_is_like, is_binary=True)
