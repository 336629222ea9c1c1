"""The readers, found by looking: a module in `readers/` is a format, and no list names it."""

from __future__ import annotations

import codecs
import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from incidents.articles import readers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from incidents.articles.source import Source
    from incidents.errors import InputError
    from incidents.model import Article


def _never(_: bytes) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Reader:
    """A format, and how it is read. A module in `readers/` has one, called `READER`.

    Attributes:
        name: what messages call such a file: "a PDF file".
        suffixes: the endings of its files, in lower case; the first one stands for it.
        read: gives the articles of a source, errors for what gives none, and sources that lie
            inside it, each of which is read before the next is asked for.
        is_like: whether bytes begin as this format does.
        begins: what every file of it begins with, and files of another format perhaps too: a file
            that does is taken at its name.
        is_binary: whether it is no text: its first bytes then outweigh a file's name.
        is_plain: whether it is text of no format: first bytes of another one outweigh the name.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Source], Iterator[Article | InputError | Source]]
    is_like: Callable[[bytes], bool] = _never
    begins: bytes = b""
    is_binary: bool = False
    is_plain: bool = False


@cache
def find_readers() -> dict[str, Reader]:
    """Every reader, by its module's name in alphabetical order.

    Returns:
        The readers. Importing them is cheap: their libraries load when a file needs them.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(readers.__path__))
    return {
        name: importlib.import_module(f"{readers.__name__}.{name}").READER  # one module, one format
        for name in names
    }


@cache
def known_suffixes() -> dict[str, Reader]:
    """Which reader takes files of an ending.

    Raises:
        ValueError: two readers want the same one.
    """
    found: dict[str, Reader] = {}
    for reader in find_readers().values():
        for suffix in reader.suffixes:
            if suffix in found:
                msg = f"{suffix} is taken by {found[suffix].name} and by {reader.name}"
                raise ValueError(msg)
            found[suffix] = reader
    return found


def is_readable(name: str) -> bool:
    """Whether a file of this name is of a format that is read."""
    return PurePath(name).suffix.casefold() in known_suffixes()


def list_kinds() -> str:
    """The endings that are read, for messages."""
    return " ".join(reader.suffixes[0] for reader in find_readers().values())


def choose_reader(name: str, head: bytes) -> Reader:
    """Tell a format by a file's name and its first bytes.

    A name can be wrong: a page saved as .txt, a packed file without .gz. First bytes that no other
    format has outweigh it, and any outweigh the name of a format that must begin otherwise: a
    server's page of regrets called .pdf.

    Args:
        name: file's name; empty where there is none.
        head: its first bytes.
    """
    head = _as_utf8(head)
    named = known_suffixes().get(PurePath(name).suffix.casefold())
    told = next((reader for reader in find_readers().values() if reader.is_like(head)), None)
    if named is None:
        return told or known_suffixes()[".txt"]
    is_so = named.is_like(head) or (named.begins and head.startswith(named.begins))
    if told is None or is_so:
        return named
    return told if told.is_binary or named.is_binary or named.is_plain else named


def _as_utf8(head: bytes) -> bytes:
    """First bytes of UTF-16 text as the readers know them: spreadsheets save tables so."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", errors="ignore").encode()
    return head
