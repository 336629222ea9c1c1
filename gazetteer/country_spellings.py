"""All spellings of a country's places in signs: worked out once, then kept as a file.

A large country has 80,000 spellings, which take two seconds to write in signs and 0.1 to read.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from functools import cache

import msgspec

from incidents.gazetteer.cache import fingerprint, load_or_build
from incidents.gazetteer.spelling import coarse, script_of, signs, skeleton

_DATA = ("romanisation.json",)
_CODE = ("country_spellings.py", "names.py", "spelling.py")

_Entry = tuple[int, str, int, list[str]]
_decode = msgspec.json.Decoder(list[_Entry]).decode


class Spelling(msgspec.Struct, frozen=True, eq=False, array_like=True, gc=False):
    """One spelling of a country's places, in signs.

    Attributes:
        written: the name in signs.
        abjad: whether its script leaves short vowels out.
        coarse: key of the classes that romanisations exchange.
        skeleton: the same of the consonants alone.
        numbers: the places that bear it.

    """

    written: str
    abjad: bool
    coarse: str
    skeleton: str
    numbers: tuple[int, ...]


class CountrySpellings(msgspec.Struct, frozen=True):
    """A country's places, as fuzzy look-ups need them.

    Attributes:
        kinds: kinds of places by their numbers.
        spellings: each spelling once.
        words: in how many spellings each word stands.

    """

    kinds: dict[int, str]
    spellings: tuple[Spelling, ...]
    words: dict[str, int]


def read_spellings(country: str, packed: bytes) -> CountrySpellings:
    """Read a country's spellings, or work them out and keep them in the cache folder.

    Args:
        country: ISO 3166-1 alpha-2 code.
        packed: the country's row of the index's `spellings`.

    """
    version = hashlib.sha256(_version().encode() + packed).hexdigest()[:16]
    kind = f"spellings-{country}"
    return load_or_build(kind, version, CountrySpellings, lambda: work_out(packed))


def work_out(packed: bytes) -> CountrySpellings:
    """Write all names of a country in signs.

    Args:
        packed: the country's row of the index's `spellings`.

    """
    entries = _decode(zlib.decompress(packed))
    bearers: dict[tuple[str, bool], dict[int, None]] = {}
    for number, _, _, names in entries:
        for name in names:
            script = script_of(name)
            written = signs(name) if script else ""
            if written and script:
                bearers.setdefault((written, script.abjad), {})[number] = None
    return CountrySpellings(
        kinds={number: kind for number, kind, _, _ in entries},
        spellings=tuple(
            Spelling(written, abjad, coarse(written), skeleton(written), tuple(numbers))
            for (written, abjad), numbers in bearers.items()
        ),
        words=Counter(word for written, _ in bearers for word in set(written.split())),
    )


@cache
def _version() -> str:
    return fingerprint(_DATA, _CODE)
