"""What an output was made of: a run is taken up again, another one is refused."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from incidents import __version__
from incidents.errors import InputError
from incidents.linking.pipeline import DEFAULT_THRESHOLD
from incidents.relink import RULES
from incidents.spark.files import UNNAMED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidents.spark.files import Files
    from incidents.spark.reading import InputFile

NAME = "run.json"
_CLEARING = "_clearing"  # its output is being deleted
_FORMAT = 1  # of the folders of an output


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What a finished run holds.

    Attributes:
        articles: that were extracted.
        reports: in them.
        incidents: that linking made of these.
        failures: records and articles that failed.
        foreign: articles in other languages, which were passed over.
    """

    articles: int
    reports: int
    incidents: int
    failures: int
    foreign: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is of; `run.json` in its output.

    Attributes:
        format: version of the layout of an output.
        version: of incidents.
        linking: version of the rules of linking, and the threshold.
        model: the spaCy pipeline.
        options: how articles are read, as one text.
        input: as the user named it.
        files: how many files that is.
        digest: hash of their paths, sizes and times of change.
        articles_a_chunk: how many articles are extracted between two marks of progress.
        counts: None until the run has finished.
    """

    format: int = _FORMAT
    version: str = __version__
    linking: str = f"{RULES} at {DEFAULT_THRESHOLD}"
    model: str
    options: str
    input: str
    files: int
    digest: str
    articles_a_chunk: int
    counts: Counts | None = None


def digest_of(files: Iterable[InputFile]) -> str:
    """Hash the files of an input: another file, size or time of change gives another hash."""
    found = blake2b(digest_size=12)
    for file in files:
        found.update(f"{file.path}\0{file.size}\0{file.changed}\n".encode())
    return found.hexdigest()


def is_output(files: Files, output: str) -> bool:
    """Whether a folder is an output of a run, finished or not, or what is left of one."""
    names = (NAME, f"{NAME}{UNNAMED}", _CLEARING)
    return any(files.exists(f"{output}/{name}") for name in names)


def clear(files: Files, output: str) -> None:
    """Delete an output; where this is killed, the next run goes on with it.

    Raises:
        IncidentsError: it cannot be written.
    """
    files.write(f"{output}/{_CLEARING}", b"")
    for name in files.names(output):
        if name != _CLEARING:  # it goes last: without it the rest would pass for an output
            files.delete(f"{output}/{name}")
    files.delete(output)


def take_up(files: Files, output: str, wanted: Manifest) -> Manifest:
    """Begin an output, or take one up again.

    Args:
        files: where the output is.
        output: its folder.
        wanted: what is to be run.

    Returns:
        What stands in the output: with `counts` where it is finished.

    Raises:
        InputError: the output holds something else.
        IncidentsError: it cannot be written.
    """
    path = f"{output}/{NAME}"
    if files.exists(f"{output}/{_CLEARING}"):
        clear(files, output)  # somebody began to do it anew, and half of it is gone
    if files.names(output) != [f"{NAME}{UNNAMED}"]:  # with nothing beside it, it may be half a file
        files.settle(path)
    if not files.exists(path):
        if set(files.names(output)) - {f"{NAME}{UNNAMED}"}:
            msg = f"{output}: is not empty, and no output of spark-extract; name another OUTPUT"
            raise InputError(msg)
        files.write(path, msgspec.json.encode(wanted))
        return wanted
    try:
        stored = msgspec.json.decode(files.read(path), type=Manifest)
    except msgspec.MsgspecError as exc:
        msg = f"{path}: cannot be read ({exc}); pass --overwrite or name another OUTPUT"
        raise InputError(msg) from exc
    differs = explain_difference(stored, wanted)
    if differs:
        msg = f"{output}: holds {differs}; pass --overwrite to do it anew, or name another OUTPUT"
        raise InputError(msg)
    return stored


def explain_difference(stored: Manifest, wanted: Manifest) -> str | None:
    """Say in words what an output was made of, where that is not what is wanted."""
    if (stored.format, stored.version) != (wanted.format, wanted.version):
        return f"the work of incidents {stored.version}, and this is {wanted.version}"
    if stored.linking != wanted.linking:
        return "what was linked by other rules"
    if stored.model != wanted.model:
        return f"the work of the model {stored.model}"
    if stored.options != wanted.options:
        return "what was read with other options"
    if stored.digest != wanted.digest:
        return f"the work of another input ({stored.files} files of {stored.input})"
    return None
