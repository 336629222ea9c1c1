"""Write an export into a file: whole, or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from incidents.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidents.exports.material import Material
    from incidents.exports.registry import Export
    from incidents.model import Incident


def write_file(
    export: Export, incidents: Sequence[Incident], path: Path, material: Material
) -> None:
    """Write incidents into a file that takes the place of an older one only when it is whole.

    Args:
        export: the format.
        incidents: in the order in which they are to stand.
        path: the file; a link is followed, a device or pipe is written directly.
        material: see `Material`.

    Raises:
        InputError: the file cannot be written.
    """
    try:
        with _replacing(path, is_binary=export.is_binary) as stream:
            export.write(incidents, stream, material)
    except OSError as exc:
        reason = (exc.strerror or str(exc)).lower()
        msg = f"{path}: cannot be written ({reason}); name another file with --output"
        raise InputError(msg) from exc


@contextmanager
def _replacing(path: Path, *, is_binary: bool) -> Iterator[IO[Any]]:
    """Open a file beside another one; at the end it takes its name, unless something failed."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        with _open(path, "w", is_binary=is_binary) as stream:
            yield stream
        return
    path = Path(os.path.realpath(path))  # not before: the link of a pipe in /dev/fd names no file
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with _open(draft, "x", is_binary=is_binary) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _open(path: Path, mode: str, *, is_binary: bool) -> IO[Any]:
    if is_binary:
        return path.open(f"{mode}b")
    # a lone surrogate of a broken article must not stop the rest
    return path.open(mode, encoding="utf-8", errors="replace", newline="")
