"""JSON as the contract has it: keys in the order of the model, ISO dates, null where unknown."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import msgspec

from incidents.exports.registry import Export

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidents.exports.material import Material
    from incidents.model import Incident


def write_json(items: Iterable[object], stream: IO[str]) -> None:
    """Write one array, an object a line; `[]` where there is nothing.

    Args:
        items: reports, incidents or anything else that msgspec encodes.
        stream: written as it goes.
    """
    before = "[\n"
    for item in items:
        stream.write(f"{before}{encode_line(item)}")
        before = ",\n"
    stream.write("[]\n" if before == "[\n" else "\n]\n")


def encode_line(item: object) -> str:
    """Write one object as JSON without a line break."""
    return msgspec.json.encode(item).decode()


def _write(incidents: Sequence[Incident], stream: IO[str], _material: Material) -> None:
    write_json(incidents, stream)


EXPORT = Export(
    name="json",
    help="One JSON array, every field of the incidents; see `incidents schema`.",
    suffix=".json",
    write=_write,
)
"""The format `json`."""
