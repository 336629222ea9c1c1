"""The gazetteer: its data, its built index, the folder for it, and the user's own entries."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from incidents.doctor.check import Check
from incidents.errors import GazetteerError
from incidents.gazetteer import index
from incidents.gazetteer.cache import cache_folders, can_be_made
from incidents.gazetteer.user import UserGazetteer, user_path
from incidents.gazetteer.version import shipped_version, user_version
from incidents.lines import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MEGABYTE = 1_000_000


def check_gazetteer() -> Iterator[Check]:
    """Check data, index, cache folder and the user's gazetteer."""
    yield _check_data()
    found = index.find_index()
    yield _check_index(found)
    yield _check_cache(is_needed=found is None)
    yield from _check_user(has_index=found is not None)


def _check_data() -> Check:
    from incidents.gazetteer.sources import list_sources  # noqa: PLC0415 - reads all data

    try:
        sources = len(list(list_sources()))
    except (GazetteerError, OSError, ValueError) as exc:
        return Check(
            area="gazetteer",
            name="data",
            state="fault",
            found=f"cannot be read ({exc})",
            advice="install incidents again",
        )
    found = f"{sources} sources, hash {shipped_version()}"
    return Check(area="gazetteer", name="data", found=found)


def _check_index(path: Path | None) -> Check:
    if path is None:
        return Check(
            area="gazetteer",
            name="index",
            state="note",
            found="not built yet",
            advice="the first extract builds it, in some seconds",
        )
    try:
        index.connect(path).close()
    except GazetteerError as exc:
        return Check(
            area="gazetteer",
            name="index",
            state="fault",
            found=str(exc),
            advice=f"delete {path} and run again",
        )
    about = path.stat()
    built = dt.datetime.fromtimestamp(about.st_mtime, dt.UTC).date()
    size = about.st_size / _MEGABYTE
    found = f"built on {built}, {size:,.0f} MB, {path}"
    return Check(area="gazetteer", name="index", found=found)


def _check_cache(*, is_needed: bool) -> Check:
    """Whether built files can be kept; it is a fault only where one is still to be built."""
    folders = cache_folders()
    folder = next((each for each in folders if can_be_made(each)), None)
    if folder is not None:
        return Check(area="gazetteer", name="cache folder", found=f"{folder} can be written")
    return Check(
        area="gazetteer",
        name="cache folder",
        state="fault" if is_needed else "note",
        found=f"{folders[0]} cannot be written",
        advice="set INCIDENTS_CACHE to a folder that can",
    )


def _check_user(*, has_index: bool) -> Iterator[Check]:
    path = user_path()
    if not path.is_file():
        yield Check(area="gazetteer", name="your own", found="none")
        return
    try:
        found = f"hash {user_version(path)}, {path}"
        complaints = _complaints() if has_index else []
    except GazetteerError as exc:
        yield Check(
            area="gazetteer",
            name="your own",
            state="fault",
            found=str(exc),
            advice="move the file away, or restore a copy of it",
        )
        return
    yield Check(
        area="gazetteer",
        name="your own",
        state="note" if complaints else "ok",
        found=f"{counted(len(complaints), 'complaint')}, {found}" if complaints else found,
        advice="`incidents gazetteer check` lists them" if complaints else None,
    )


def _complaints() -> list[str]:
    from incidents.gazetteer import Gazetteer  # noqa: PLC0415 - opens the index
    from incidents.gazetteer.checking import check_user  # noqa: PLC0415

    user = UserGazetteer()
    try:
        return check_user(user, Gazetteer.open())
    finally:
        user.connection.close()
