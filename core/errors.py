"""Every error that `incidents` raises on purpose.

    IncidentsError (exit code 1)
    ├── InputError         an article or a value in it cannot be used
    │   ├── ForeignTextError   an article is not in English
    │   └── MendedInputError   an article was read, but not quite as it stands
    ├── GazetteerError     a gazetteer file or name cannot be used
    ├── StoreError         the database cannot be opened, read or written
    ├── NotFoundError      no such incident, report, place or actor
    ├── ModelMissingError  the spaCy pipeline is not installed or not usable
    ├── PackageMissingError  a package of an extra is not installed
    ├── ExtractionError    no reports could be made of an article
    │   └── OverTimeError      it took longer than is allowed
    ├── WorkerError        worker processes do not start
    └── PartialError (3)   some articles failed; the rest was done

A message is one line: what, where, what to do. Exit code 2 stays the command line's own, for
wrong usage. It may hold names of files, ids and numbers, and never words of an article.
"""

from __future__ import annotations

import traceback
from pathlib import Path

_MAX_REASON = 120  # characters


class IncidentsError(Exception):
    """Base of all errors that a user can do something about.

    Attributes:
        exit_code: what the command line exits with when this error ends a command.
    """

    exit_code = 1


class InputError(IncidentsError):
    """An article file, or a value inside it, cannot be used."""


class ForeignTextError(InputError):
    """An article is in another language than English; it is passed over, which is no failure."""


class MendedInputError(InputError):
    """An article was read, with a value left out or changed; it is told, which is no failure."""


class GazetteerError(IncidentsError):
    """A gazetteer file is broken, or a gazetteer cannot be built."""


class StoreError(IncidentsError):
    """The database cannot be opened, read or written."""


class NotFoundError(IncidentsError):
    """Nothing has the id or the name that was asked for."""


class ModelMissingError(IncidentsError):
    """The named spaCy pipeline is not installed or lacks a component that is needed."""


class PackageMissingError(IncidentsError):
    """A package that only an extra of this one brings is not installed."""


class ExtractionError(IncidentsError):
    """No reports could be made of an article."""


class OverTimeError(ExtractionError):
    """An article took more computing time than is allowed.

    Args:
        seconds: what is allowed.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not done within {seconds:g} s of computing time")


class WorkerError(IncidentsError):
    """Worker processes cannot be started, or end while they start."""


class PartialError(IncidentsError):
    """Some articles could not be read or extracted; all others were done."""

    exit_code = 3


def describe_bug(exc: BaseException) -> str:
    """Say what an unforeseen error is and which line of code raised it: `ValueError, dates.py:12`.

    What Python or a library says of a value may quote the article, so it is left out.
    """
    frames = traceback.extract_tb(exc.__traceback__)
    at = f", {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(exc).__name__}{at}"


def reason_of(error: BaseException) -> str:
    """What a library or the system says is wrong, as part of a line: short, and in one line.

    Libraries put the bytes that they failed on into their messages, by the page if need be.

    Args:
        error: what was raised.

    Returns:
        Its first words, without a full stop; the name of its class where it says nothing.
    """
    words = " ".join(str(error).split()).rstrip(".") or type(error).__name__
    return words if len(words) <= _MAX_REASON else words[: _MAX_REASON - 1] + "…"
