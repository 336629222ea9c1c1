"""Read articles from files, folders, globs and standard input, one after another."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from incidents.articles.decode import open_bytes
from incidents.articles.expand import STDIN, expand_path
from incidents.articles.languages import check_language
from incidents.articles.limits import MAX_DEPTH
from incidents.articles.naming import Names
from incidents.articles.registry import choose_reader
from incidents.articles.source import Options, Origin, Source, day_of, stem_of, take_head
from incidents.errors import InputError, describe_bug

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from incidents.model import Article


def read_articles(
    paths: Iterable[str | Path],
    *,
    published: dt.date | None = None,
    fields: Mapping[str, str] | None = None,
    dates_from_names: bool = False,
    on_error: Callable[[InputError], None],
    find_stored: Callable[[str], Article | None] = lambda _: None,
    has_text: Callable[[Article], bool] = lambda _: False,
) -> Iterator[Article]:
    """Read articles one after another, in the order of the paths.

    Each trouble is reported and the rest goes on. An article that comes twice, by id and text, is
    yielded once. Where files of one name lie in several folders, the later ones are called by
    their folder too, `march/report`; so is another text under an id that a source states, which is
    told: no article is lost.

    Args:
        paths: files of any format in `readers/`, folders, globs, and `-` for standard input.
        published: day for articles that state none, in a field or in a dateline with its year.
        fields: field of an article -> the name it has in tables and JSON, `{"text": "body"}`.
        dates_from_names: whether a day in a file's name goes before `published`.
        on_error: called with every file or article that cannot be read, and with a
            `ForeignTextError` for every article that is not in English, and a `MendedInputError`
            for what was left out of an article or changed in it.
        find_stored: gives the article that is known by an id from an earlier run, if any, so that
            a file of the same name in another folder does not take its place.
        has_text: whether the article that is known by an id had the same text; asked where the
            known one is without its text.

    Yields:
        Articles, as they are read; no more than one is held at a time.
    """
    options = Options(fields or {}, published, dates_from_names)
    names = Names(find_stored, has_text, on_mended=on_error)
    for path in paths:
        told = None
        for found in _read_path(path, options, on_error):
            if isinstance(found, InputError):
                # a break in an archive is met by the page that it cuts and by the archive itself
                if str(found) != told:
                    on_error(found)
                told = str(found)
            elif article := names.check(found):
                yield article


def read_source(source: Source) -> Iterator[Article | InputError]:
    """Read a source by the reader of its format, and then what lies inside it.

    Yields:
        Articles in English, and errors for what gives none.
    """
    if source.depth > MAX_DEPTH:
        yield InputError(
            f"{source.label}: more than {MAX_DEPTH} archives inside each other; unpack one"
        )
        return
    name = "a text file"
    try:
        head, stream = take_head(source.stream)
        reader = choose_reader(source.name, head)
        name = reader.name
        if reader.is_binary and not head:
            yield InputError(f"{source.label}: empty; fetch it again or leave it out")
            return
        for found in reader.read(replace(source, stream=stream)):
            if isinstance(found, Source):
                yield from read_source(found)
            else:
                yield check_english(found, source)
    except InputError as error:
        yield error
    except OSError:
        raise  # the file itself; told where it was opened
    except Exception as error:  # noqa: BLE001 - one odd file must not end a run over thousands
        yield InputError(
            f"{source.label}: cannot be read as {name} ({describe_bug(error)});"
            " save its text as .txt"
        )


def check_english(found: Article | InputError, source: Source) -> Article | InputError:
    """Pass an article of a source on if it is in English; else the error that says so."""
    if isinstance(found, InputError):
        return found
    label = source.label
    if found.id != source.origin.default_id and found.path is not None:
        label = f"{label}: {found.id}"  # one of many
    try:
        check_language(found, label)
    except InputError as error:
        return error
    return found


def _read_path(
    path: str | Path, options: Options, on_mended: Callable[[InputError], None]
) -> Iterator[Article | InputError]:
    for file in expand_path(path):
        if isinstance(file, InputError):
            yield file
            continue
        try:
            yield from _read_file(file, options, on_mended)
        except InputError as error:
            yield error


def _read_file(
    file: Path, options: Options, on_mended: Callable[[InputError], None]
) -> Iterator[Article | InputError]:
    # A name that is no UTF-8 would break every output; its odd bytes are shown as \ufffd.
    label = os.fsencode(file).decode("utf-8", "replace")
    if label == STDIN:
        name = ""
        origin = Origin("stdin", "stdin", None, options.published, on_mended)
    else:
        name = file.name if file.is_file() else ""  # a pipe's name tells nothing
        day = day_of(label, options) or options.published
        origin = Origin(label, stem_of(label), label, day, on_mended)
    with open_bytes(file, origin.label) as stream:
        yield from read_source(Source(stream, name, origin, options))
