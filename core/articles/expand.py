"""What the user named, as a row of files: folders and globs spelt out, `-` kept."""

from __future__ import annotations

import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING

from incidents.articles.registry import is_readable, list_kinds
from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

STDIN = "-"


def expand_path(path: str | Path) -> Iterator[Path | InputError]:
    """Yield the files behind one path.

    Args:
        path: a file, a folder (searched with its sub-folders), a glob or `-`.

    Yields:
        Files to read, `Path("-")` for standard input, or an error for what cannot be read. Inside
        a folder files come sorted by name; hidden files, pipes and files of other kinds are passed
        over. A pipe or device that is named itself (`<(curl …)`) is taken as it is.
    """
    name = str(path)
    if not name:  # an unset variable of a shell; it would mean the folder that one is in
        yield InputError("a path is empty; name a file or a folder, or . for this one")
        return
    if name == STDIN:
        yield Path(STDIN)
        return
    try:
        exists = Path(name).exists()
    except OSError as error:  # no permission on a parent, a name too long
        yield InputError(f"{name}: cannot be looked up ({_reason(error)}); check the path")
        return
    if exists:
        yield from _expand_existing(Path(name))
    elif glob.has_magic(name):
        yield from _expand_glob(name)
    else:
        yield InputError(f"{name}: no such file or folder; check the path")


def _expand_existing(path: Path) -> Iterator[Path | InputError]:
    if path.is_dir():
        yield from _walk(path)
    elif path.is_file() and path.suffix and not is_readable(path.name):
        yield InputError(
            f"{path}: files of this kind are not read; these are: {list_kinds()}; text of another"
            " kind can be piped into '-'"
        )
    else:
        yield path


def _expand_glob(pattern: str) -> Iterator[Path | InputError]:
    """Spell out a glob that the shell left as it was, as quotes and Windows do."""
    # Unlike Path.glob, this takes absolute patterns and passes hidden files over.
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207
    usable = [path for path in map(Path, matches) if path.is_dir() or is_readable(path.name)]
    if not usable:
        yield InputError(
            f"{pattern}: matches no file that is read ({list_kinds()}); check the pattern"
        )
    for path in usable:
        # With ** a folder's files are matched one by one already.
        if not (path.is_dir() and "**" in pattern):
            yield from _expand_existing(path)


def _walk(folder: Path) -> Iterator[Path | InputError]:
    """Yield the files of a folder and its sub-folders; links to folders are followed once."""
    troubles: list[InputError] = []
    files: list[Path] = []
    seen = {os.path.realpath(folder)}

    def tell(error: OSError) -> None:
        reason = f"cannot be listed ({_reason(error)}); check its permissions"
        troubles.append(InputError(f"{error.filename}: {reason}"))

    for parent, folders, names in os.walk(folder, onerror=tell, followlinks=True):
        folders[:] = [
            name
            for name in sorted(folders)
            if not name.startswith(".") and _is_new(Path(parent, name), seen, troubles)
        ]
        files += [
            Path(parent, name)
            for name in names
            if not name.startswith(".") and is_readable(name) and not _waits(Path(parent, name))
        ]
    yield from troubles
    if not files and not troubles:
        yield InputError(
            f"{folder}: no file in this folder that is read ({list_kinds()});"
            " name the one that has them"
        )
    yield from sorted(files)


def _is_new(folder: Path, seen: set[str], troubles: list[InputError]) -> bool:
    """Whether a sub-folder was not walked yet; one that leads back up is told."""
    place = os.path.realpath(folder)
    if place in seen:
        if Path(os.path.realpath(folder.parent)).is_relative_to(place):
            troubles.append(
                InputError(f"{folder}: a link to a folder that holds it; remove the link")
            )
        return False
    seen.add(place)
    return True


def _waits(path: Path) -> bool:
    """Whether reading would wait for another program; a pipe is taken where it is named only."""
    return path.is_fifo() or path.is_socket()


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
