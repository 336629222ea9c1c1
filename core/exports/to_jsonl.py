"""JSON lines: one object a line, for `jq`, streams and data frames."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from incidents.exports.registry import Export
from incidents.exports.to_json import encode_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidents.exports.material import Material
    from incidents.model import Incident


def write_jsonl(items: Iterable[object], stream: IO[str]) -> None:
    """Write one object a line.

    Args:
        items: reports, incidents or anything else that msgspec encodes.
        stream: written as it goes, so that a reader at the other end of a pipe sees each line.
    """
    stream.writelines(f"{encode_line(item)}\n" for item in items)


def _write(incidents: Sequence[Incident], stream: IO[str], _material: Material) -> None:
    write_jsonl(incidents, stream)


EXPORT = Export(
    name="jsonl",
    help="One JSON object a line, every field of the incidents; see `incidents schema`.",
    suffix=".jsonl",
    write=_write,
)
"""The format `jsonl`."""
