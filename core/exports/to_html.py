"""One self-contained page: map, timeline, table, and the sentences behind each incident."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from incidents.exports.registry import Export, ExportOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidents.exports.material import Material
    from incidents.model import Incident


def _write(incidents: Sequence[Incident], stream: IO[str], material: Material) -> None:
    from incidents.exports.page.build import build_page  # noqa: PLC0415 - keeps --list quick

    title, tiles = material.options["title"], material.options["tiles"]
    stream.write(build_page(incidents, material, title=title, tiles=tiles))


EXPORT = Export(
    name="html",
    help="One page with map, timeline, table and evidence; opens from disk, without a network.",
    suffix=".html",
    write=_write,
    options=(
        ExportOption(name="title", help="the headline", default="Incidents"),
        ExportOption(
            name="tiles",
            help="address of map tiles with {z}, {x} and {y}; readers then need a network",
            default="",
        ),
    ),
)
"""The format `html`."""
