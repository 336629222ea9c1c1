"""What must hold whatever a file or a text holds; for tests and `benchmarks/fuzz.py`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import msgspec

from incidents.articles.read import read_source
from incidents.articles.source import Origin, Source
from incidents.errors import InputError

if TYPE_CHECKING:
    from incidents.model import Article, Report

MAX_MESSAGE = 600  # characters; a message is a line that people read


class Pipe(io.BytesIO):
    """Bytes in which one cannot go back, as those of a pipe."""

    def seekable(self) -> bool:
        """They pass once."""
        return False


def read_all(name: str, data: bytes, *, is_piped: bool = False) -> list[Article | InputError]:
    """Read bytes as the file of a name, or as a pipe's."""
    stream = Pipe(data) if is_piped else io.BytesIO(data)
    origin = Origin("file", "file", None if is_piped else "file")
    return list(read_source(Source(stream, "" if is_piped else name, origin)))


def find_faults(found: list[Article | InputError]) -> list[str]:
    """Say what is wrong with what came of a file: with an article, or with a message."""
    faults = []
    for each in found:
        if isinstance(each, InputError):
            faults += _faults_of_message(str(each))
        else:
            faults += _faults_of_article(each)
    return faults


def caught(found: list[Article | InputError]) -> list[str]:
    """The names of errors of libraries that only the last net caught, "a Word file: KeyError"."""
    nets = [str(each) for each in found if ": cannot be read as " in str(each)[:200]]
    return [
        net.partition("cannot be read as ")[2].partition(":")[0].replace(" (", ": ")
        for net in nets
        if " (" in net
    ]


def _faults_of_message(message: str) -> list[str]:
    faults = []
    if "\n" in message.strip("\n"):
        faults.append(f"a message of many lines: {message[:200]!r}")
    if len(message) > MAX_MESSAGE:
        faults.append(f"a message of {len(message)} characters: {message[:200]!r}")
    if "MemoryError" in message:
        faults.append(f"memory ran out: {message[:200]!r}")
    return faults


def _faults_of_article(article: Article) -> list[str]:
    faults = []
    if not article.text.strip():
        faults.append("an article without text")
    if "\r" in article.text:
        faults.append("a line end that was not made one")
    for key in ("id", "title", "publisher", "url"):
        value = getattr(article, key)
        if value is not None and (not value or value != " ".join(value.split())):
            faults.append(f"{key} is not one line: {value!r}")
    try:
        if msgspec.json.decode(msgspec.json.encode(article), type=type(article)) != article:
            faults.append("an article that JSON does not keep")
    except (UnicodeEncodeError, msgspec.MsgspecError) as error:
        faults.append(f"an article that cannot be stored: {error}")
    return faults


def find_report_faults(article: Article, reports: list[Report]) -> list[str]:
    """Say what is wrong with the reports of an article: quotes elsewhere, control characters."""
    faults = []
    for report in reports:
        msgspec.json.encode(report)
        faults += [
            f"evidence that does not stand in the text: {evidence!r}"
            for evidence in report.evidence
            if article.text[evidence.start : evidence.end] != evidence.text
        ]
        faults += [
            f"an actor's name of more than one line: {actor.name!r}"
            for actor in report.actors
            if "\n" in actor.name
        ]
    return faults
