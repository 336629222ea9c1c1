"""The day on which a web page says that it was published.

Only what the page states as such is taken: a date in the text, the footer or the comments is none.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from incidents.articles.published import read_published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

# /2021/04/21/ or /2021-04-21- in an address: outlets file articles by their day
_DAY_IN_URL = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?P<gap>[/-])(?P<month>\d\d)(?P=gap)(?P<day>\d\d)\b"
)
_MAX_LINKED_DATA = 1_000_000  # characters of one script


@cache
def _load() -> dict[str, Any]:
    path = resources.files("incidents.articles") / "data" / "pages.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def find_page_date(tree: HtmlElement, url: str | None) -> dt.date | None:
    """The day of publication that a page states.

    In this order: linked data, meta elements, a `time` element that is marked as such, the page's
    address.

    Args:
        tree: the page.
        url: its address, if known.
    """
    stated = (*_linked_data(tree), *_meta(tree), *_times(tree))
    day = next((day for value in stated if (day := read_published(value))), None)
    return day or _day_in_url(url or "")


def _linked_data(tree: HtmlElement) -> Iterator[str]:
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        text = script.text or ""
        try:
            data = json.loads(text) if len(text) <= _MAX_LINKED_DATA else None
        except (ValueError, RecursionError):
            continue
        yield from _dates_in(data)


def _dates_in(data: Any) -> Iterator[str]:  # noqa: ANN401 - JSON holds anything
    """The days of the things on a page: one, a list of them, or a graph."""
    if isinstance(data, list):
        for item in data[:100]:
            if isinstance(item, dict):
                yield from _dates_in(item)
    elif isinstance(data, dict):
        for key in _load()["linked_data"]:
            if isinstance(data.get(key), str):
                yield data[key]
        if isinstance(data.get("@graph"), list):
            yield from _dates_in(data["@graph"])


def _meta(tree: HtmlElement) -> Iterator[str]:
    found: dict[str, str] = {}
    for element in tree.iterfind(".//meta[@content]"):
        for attribute in ("property", "name", "itemprop"):
            found.setdefault(element.get(attribute, "").lower(), element.get("content", ""))
    yield from (found[name] for name in _load()["meta"] if name in found)


def _times(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iterfind(".//time[@datetime]"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            yield element.get("datetime", "")


def _day_in_url(url: str) -> dt.date | None:
    found = _DAY_IN_URL.search(url)
    if found is None:
        return None
    try:
        return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
