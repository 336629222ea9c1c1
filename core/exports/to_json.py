"""JSON as the contract has it: keys in the order of the model, ISO dates, null where unknown."""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING

import msgspec

from incidents.exports.registry import Export

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from incidents.exports.material import Material
    from incidents.model import Incident


# msgspec has escaped the C0 characters; outside of strings JSON is ASCII.
_OBEYED = re.compile(
    "[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\U000e0000-\U000e007f]"
)


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
    r"""Write one object as JSON without a line break.

    What a terminal would obey or hide is written as an escape, which is the same text to whoever
    reads the JSON: control characters, and what turns the direction of a line or is not seen.

    >>> encode_line("a\x9b31m\u202e")
    '"a\\u009b31m\\u202e"'
    """
    line = msgspec.json.encode(item).decode()
    return _OBEYED.sub(_escape, line)


def _escape(found: re.Match[str]) -> str:
    """A character as JSON escapes it: beyond U+FFFF as two halves."""
    return json.dumps(found[0])[1:-1] if found[0] != "\x7f" else "\\u007f"


def _write(incidents: Sequence[Incident], stream: IO[str], _material: Material) -> None:
    write_json(incidents, stream)


EXPORT = Export(
    name="json",
    help="One JSON array, every field of the incidents; see `incidents schema`.",
    suffix=".json",
    write=_write,
)
"""The format `json`."""
