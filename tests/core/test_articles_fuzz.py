"""Reading articles: whatever bytes a file has, articles or one-line errors come out of it."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import article_files
import pytest
from fuzz_checks import caught, find_faults, read_all
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import TOKENS, mutate, mutate_inside

from incidents.articles.registry import find_readers

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = (
    "Two soldiers were killed and “five” civilians wounded on Tuesday near Tel Tamer.\n"
    "The governorate said that 3 others were missing."
)
FILES = article_files.make_files(TEXT)
# Each of these takes milliseconds, and what packs them is tried with others.
DEAR = ("a.html", "a.docx", "a.pdf", "a.warc.gz", "a.zip")
CHEAP = tuple(name for name in FILES if name not in DEAR and "htm" not in name)

quick = settings(max_examples=25)
bounded = settings(max_examples=150)


def check(name: str, data: bytes, *, is_piped: bool) -> None:
    """Read bytes; nothing escapes, and what comes out keeps its promises."""
    found = read_all(name, data, is_piped=is_piped)

    assert find_faults(found) == []
    assert caught(found) == [], "a library's own error; tell it in words of ours"


def test_every_format_is_tried() -> None:
    """A reader without a file here would not be tried at all."""
    suffixes = {suffix for reader in find_readers().values() for suffix in reader.suffixes}
    tried = {f".{part}" for name in (*CHEAP, *DEAR) for part in name.split(".")[1:]}

    assert all(set(reader.suffixes) & tried for reader in find_readers().values())
    assert suffixes


def mutated(names: tuple[str, ...], amount: settings) -> Callable[..., None]:
    """A test of files of these names, changed by random numbers that stay the same."""

    @amount
    @given(st.sampled_from(names), st.integers(0, 1 << 32), st.booleans(), st.booleans())
    def try_one(name: str, seed: int, is_inside: bool, is_piped: bool) -> None:  # noqa: FBT001 - drawn
        random = Random(seed)  # noqa: S311 - chosen, not secret
        data = FILES[name]
        changed = mutate_inside(name, data, random) if is_inside else mutate(data, random)
        check(name, changed, is_piped=is_piped)

    return try_one


@pytest.mark.parametrize("name", CHEAP)
def test_changed_file_is_read_or_told(name: str) -> None:
    """A file with some bytes changed gives articles or errors."""
    mutated((name,), bounded)()


@pytest.mark.parametrize("name", DEAR)
def test_changed_dear_file_is_read_or_told(name: str) -> None:
    """The same for formats that take longer."""
    mutated((name,), quick)()


@bounded
@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.one_of(st.binary(max_size=40), st.sampled_from(TOKENS)), max_size=12),
    st.booleans(),
)
def test_any_bytes_are_read_or_told(name: str, parts: list[bytes], is_piped: bool) -> None:  # noqa: FBT001 - drawn
    """Bytes that are of no format at all give articles or errors, under any name."""
    check(name, b"".join(parts), is_piped=is_piped)
