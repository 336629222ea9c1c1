"""Fragments of HTML, as feeds and archives keep articles, to plain text."""

from __future__ import annotations

import re

_BLOCKS = frozenset(
    (
        "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4"
        " h5 h6 header hr li main ol p pre section table td th tr ul"
    ).split()
)
_UNSEEN = frozenset({"head", "script", "style", "template", "noscript", "iframe"})
_SPACE = re.compile(r"[^\S\n]+")


def markup_text(markup: str) -> str:
    r"""The words of a fragment of HTML, a line for each paragraph.

    Args:
        markup: HTML without a page around it; plain text stays as it is.

    Example:
        >>> markup_text("<p>Two <b>soldiers</b> were shot.</p><p>The army &amp; police came.</p>")
        'Two soldiers were shot.\nThe army & police came.'
    """
    if "<" not in markup and "&" not in markup:
        return markup
    from lxml import etree, html  # noqa: PLC0415 - plain text needs no parser

    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    # a surrogate is no character, and is told where the article is made
    data = f"<body>{markup}</body>".encode("utf-8", "replace")
    try:
        root = html.document_fromstring(data, parser=parser)
    except etree.ParserError:  # nothing but comments
        return ""
    parts: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        is_start = event == "start"
        if element.tag in _UNSEEN:
            unseen += 1 if is_start else -1
        if element.tag in _BLOCKS:
            parts.append("\n")
        words = element.text if is_start else element.tail
        if words and not unseen:
            parts.append(words.replace("\n", " "))
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
