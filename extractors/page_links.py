"""Headlines of other articles that a saved page carries: "Read also: …".

What they tell belongs to the article that they lead to.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from incidents.extractors.vocabulary import load_words

# a turn at the head of a line or behind a full stop, its colon or its line's end
_EITHER = "|".join(
    re.escape(turn).replace(r"\ ", r"[ \t]")
    for turn in sorted(load_words("lists")["links"]["turns"], key=len, reverse=True)
)
_LINK_PATTERN = (
    r"(?:^[ \t>»*•\[(-]{0,4}|(?<=[.!?”\"])\s{0,2})"
    rf"(?P<turn>(?:{_EITHER})(?:[ \t]?:|[ \t]{{0,2}}(?=\n|$)))(?P<behind>[^\n]{{0,300}})"
)
_LINK = re.compile(_LINK_PATTERN, re.IGNORECASE | re.MULTILINE)
# lines without a full stop at their ends, one below the other
_LINE = r"[^\n]{8,200}(?<![.!?:;,”\"\s])(?=[ \t]{0,4}(?:\n|$))"
_LINES_PATTERN = rf"\s{{1,4}}{_LINE}(?:[ \t]{{0,4}}\n[ \t]{{0,4}}{_LINE}){{0,5}}"
_HEADLINES = re.compile(_LINES_PATTERN)


def find_links(text: str) -> list[tuple[int, int]]:
    """Where a text leads to other articles.

    Args:
        text: an article.

    Returns:
        Half-open ranges, in order, of "Read also: …" up to the line's end; where nothing stands
        behind it, with the lines below, as far as these are headlines.
    """
    found = []
    for match in _LINK.finditer(text):
        end = match.end()
        if not match["behind"].strip():
            below = _HEADLINES.match(text, end)
            if below is None:
                continue
            end = below.end()
        found.append((match.start("turn"), end))
    return found


def is_link(links: list[tuple[int, int]], position: int) -> bool:
    """True for a character that leads to another article.

    Args:
        links: as `find_links` gives them.
        position: offset into the text.
    """
    i = bisect_right([start for start, _ in links], position) - 1
    return i >= 0 and position < links[i][1]
