"""JSON as the contract has it: keys in the order of the model, ISO dates, null where unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO


def write_jsonl(items: Iterable[object], stream: TextIO) -> None:
    """Write one object a line.

    Args:
        items: reports, incidents or anything else that msgspec encodes.
        stream: written as it goes, so that a reader at the other end of a pipe sees each line.
    """
    stream.writelines(f"{_encode(item)}\n" for item in items)


def write_json(items: Iterable[object], stream: TextIO) -> None:
    """Write one array, an object a line; `[]` where there is nothing."""
    before = "[\n"
    for item in items:
        stream.write(f"{before}{_encode(item)}")
        before = ",\n"
    stream.write("[]\n" if before == "[\n" else "\n]\n")


def _encode(item: object) -> str:
    return msgspec.json.encode(item).decode()
