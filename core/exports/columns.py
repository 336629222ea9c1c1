"""The columns of a format: what each is called, holds and means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "number", "flag", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: the header.
        about: what it holds, in a line; docs/exports.md is made of these.
        kind: of its values: text, integer, number (a fraction), flag (true or false), day.
        is_blank: whether it is always empty, because only its owner can know it.
    """

    name: str
    about: str
    kind: Kind = "text"
    is_blank: bool = False


LATITUDE = Column("latitude", "degrees north, WGS84", "number")
LONGITUDE = Column("longitude", "degrees east, WGS84", "number")
NOTES = Column("notes", "the incident in words, with all figures and what sources differ on")
DEATHS_UNKNOWN = Column("deaths_unknown", "for nobody's side in particular", "integer")


def blank(name: str, about: str) -> Column:
    """A column that stands for the sake of the format and is always empty."""
    return Column(name, about, is_blank=True)
