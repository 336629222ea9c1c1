"""Whole reports and incidents from the JSON that a store keeps of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from incidents.errors import StoreError
from incidents.model import Incident, Report

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T", Report, Incident)


def decode(data: str, kind: type[T], path: Path) -> T:
    """Read a report or an incident.

    Args:
        data: JSON as the store wrote it.
        kind: which of the two it is.
        path: of the store.

    Raises:
        StoreError: another version of the program wrote it, or the disk has changed it.
    """
    what = kind.__name__.lower()
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as exc:
        msg = (
            f"{path}: holds {_article(what)} of another version of incidents ({exc}); "
            "extract the articles again"
        )
        raise StoreError(msg) from exc
    except msgspec.DecodeError as exc:
        msg = (
            f"{path}: is damaged: {_article(what)} in it cannot be read ({exc}); restore a copy, "
            "or delete it and extract again"
        )
        raise StoreError(msg) from exc


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
