"""Put a page together: template, style, scripts and data in one file that needs no network."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from incidents.errors import InputError
from incidents.exports.page.borders import borders_near
from incidents.exports.page.facts import PageFacts, gather_facts
from incidents.exports.page.labels import Labels, labels_near
from incidents.lines import clean
from incidents.model import SUB_EVENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidents.exports.material import Material
    from incidents.exports.page.borders import Topology
    from incidents.model import Incident

SCRIPTS = (
    "dom.js",
    "data.js",
    "filters.js",
    "symbols.js",
    "labels.js",
    "map.js",
    "timeline.js",
    "claims.js",
    "table.js",
    "main.js",
)
"""The page's own scripts, in the order in which they need each other."""

_TILES = re.compile(r"https://[\w.-]+(?::\d+)?/[\w./?=&%~+@:-]*")


class PageData(msgspec.Struct, frozen=True, kw_only=True):
    """All that the scripts of a page read."""

    types: list[str]
    facts: PageFacts
    borders: Topology
    labels: Labels
    tiles: str = ""


def build_page(incidents: Sequence[Incident], material: Material, *, title: str, tiles: str) -> str:
    """Build a page that opens from disk, without a network unless tiles are asked for.

    Args:
        incidents: in the order of the page.
        material: gives their reports and articles.
        title: the headline.
        tiles: address of map tiles with `{z}`, `{x}` and `{y}`; empty for the built-in lines.

    Returns:
        The page; the same incidents always give the same page.

    Raises:
        InputError: the address of the tiles cannot be used.
    """
    source = _tile_source(tiles)
    data = _gather(incidents, material, tiles)
    style = _read("vendor", "leaflet.css") + _read("assets", "page.css")
    script = "\n".join((*_libraries(), *(_read("assets", name) for name in SCRIPTS)))
    parts = {
        "title": html.escape(clean(title)),
        "csp": _policy(script, style, source),
        "style": style,
        "script": script,
        "data": _script_safe(msgspec.json.encode(data).decode()),
    }
    return Template(_read("assets", "page.html")).substitute(parts)


def _gather(incidents: Sequence[Incident], material: Material, tiles: str) -> PageData:
    facts = gather_facts(incidents, material)
    points = sorted({incident.at for incident in facts.incidents if incident.at})
    countries = {
        place.country_code
        for incident in incidents
        for place in incident.places[:1]
        if place.country_code
    }
    return PageData(
        types=list(SUB_EVENT_TYPES),
        facts=facts,
        borders=borders_near(points, countries),
        labels=_labels(points),
        tiles=tiles,
    )


def _labels(points: Sequence[tuple[float, float]]) -> Labels:
    from incidents.gazetteer import Gazetteer  # noqa: PLC0415 - opened only where it is needed

    return labels_near(points, Gazetteer.open())


def _libraries() -> Iterable[str]:
    """The libraries, in the order of their list, each under a line that names it."""
    for library in msgspec.json.decode(_read("vendor", "libraries.json")):
        builds = [name for name in library["sha256"] if name.endswith(".js")]
        for build in builds:
            licence = f"{library['name']} {library['version']}, {library['licence']}"
            yield f"/*! {licence} */\n{_read('vendor', build)}"


def _read(folder: str, name: str) -> str:
    path = files("incidents.exports.page").joinpath(folder, name)
    return path.read_text(encoding="utf-8")


def _policy(script: str, style: str, tile_source: str) -> str:
    """A content security policy: this script, this style, and nothing from anywhere else.

    Source: W3C, Content Security Policy Level 3.
    """
    images = f"data: {tile_source}".strip()
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        f"img-src {images}; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _script_safe(json: str) -> str:
    """JSON in which nothing ends the script element that holds it.

    Source: WHATWG HTML, "Restrictions for contents of script elements".
    """
    return json.replace("<", r"\u003c").replace("\u2028", r"\u2028").replace("\u2029", r"\u2029")


def _tile_source(tiles: str) -> str:
    """The origin that tiles come from, for the policy; empty where there are none.

    Raises:
        InputError: the address is not one of tiles.
    """
    if not tiles:
        return ""
    plain = tiles
    for mark in ("{z}", "{x}", "{y}"):
        if mark not in tiles:
            plain = ""
        plain = plain.replace(mark, "0")
    if not _TILES.fullmatch(plain):
        msg = (
            f"--option tiles={clean(tiles)}: is no address of tiles; write it as "
            "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
        )
        raise InputError(msg)
    parts = urlsplit(plain)
    return f"{parts.scheme}://{parts.netloc}"
