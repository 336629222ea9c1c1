"""Whether all that `incidents` stands on is there and whole; what to do where it is not.

Each of packages.py, model.py, gazetteer.py and database.py looks at one of these, and gives what
check.py describes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.doctor.check import Check
from incidents.doctor.database import check_database
from incidents.doctor.gazetteer import check_gazetteer
from incidents.doctor.model import check_model, check_parse
from incidents.doctor.packages import check_extras, check_packages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Check", "examine"]


def examine(db: Path, *, model: str | None = None, is_full: bool = False) -> Iterator[Check]:
    """Check packages, language model, gazetteer and database, one after another.

    Nothing is changed: a database of an older version is not brought up to date, and an index
    that is missing is not built.

    Args:
        db: the database; it need not exist.
        model: name or path of a spaCy pipeline; None for the built-in one.
        is_full: load the model and parse a sentence; check the whole database, however large.
    """
    yield from check_packages()
    yield from check_model(model)
    yield from check_gazetteer()
    yield from check_database(db, is_full=is_full)
    yield from check_extras()
    if is_full:
        yield from check_parse(model)
