"""Names of any script as strings of sounds, so that romanisations can be compared.

A name is written in Latin letters where its script is another one, its runs of letters that stand
for one sound become one sign ("sh", "sch", "š" -> S), articles and doubled letters go:

    signs("Al-Ḩasakah")    -> "hasakah"        signs("Dayr az-Zawr") -> "dYr zWr"
    signs("الحسكة")        -> "hska"           signs("Харків")       -> "Karkiv"

Two coarser keys find candidates: `coarse` unites the signs that romanisations exchange, `skeleton`
drops the vowels from it as well. `incidents.gazetteer.odds` then weighs candidates sign by sign.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from incidents.gazetteer.data_files import RomanisationFile, ScriptRow, parse_rows, read_file
from incidents.gazetteer.data_folder import data_bytes
from incidents.gazetteer.names import ARTICLES, fold_name

ALPHABET = "abcdefghijklmnopqrstuvwxyzACDEGJKOSTUWXYZ"
"""The signs: plain letters, and capitals for sounds that take several letters."""

_FILE = "romanisation.json"
_DOUBLE = re.compile(r"(.)\1+")
_DOUBLE_BUT_VOWELS = re.compile(r"([^oe])\1+")  # "oo" and "ee" are sounds of their own
_VOWELS = re.compile(r"[aeiouyAEOUWYw]")
_ABJAD_ARTICLE = "ال"
_WORDS = re.compile(r"[^\W\d_]+")
_BRACKETS = re.compile(r"[(\[][^)\]\n]{0,200}[)\]]")


@cache
def _file() -> RomanisationFile:
    return read_file(_FILE, RomanisationFile)


@cache
def _scripts() -> tuple[ScriptRow, ...]:
    return parse_rows(_FILE, data_bytes(_FILE), ScriptRow)


@cache
def _graphemes() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_file().graphemes, key=len, reverse=True)))


@cache
def _coarse_signs() -> dict[int, str]:
    return str.maketrans(_file().coarse)


@cache
def _articles() -> frozenset[str]:
    return ARTICLES | _file().articles


@cache
def _latin() -> dict[int, str]:
    return str.maketrans(_scripts()[0].letters)


@lru_cache(maxsize=1 << 12)
def _script_of(char: str) -> ScriptRow | None:
    """Return the script of a character, None for one that no table covers."""
    code = ord(char)
    for row in _scripts():
        if int(row.first, 16) <= code <= int(row.last, 16):
            return row
    # Latin letters of the Vietnamese and the romanising blocks
    return _scripts()[0] if "\u1e00" <= char <= "\u1eff" else None


def script_of(name: str) -> ScriptRow | None:
    """Return the script of a name's first letter, None where no table covers it."""
    first = next(filter(str.isalpha, name), "")
    return _script_of(first) if first else None


def signs(name: str) -> str:
    """Write a name in signs, its words joined by single spaces; empty where that is impossible."""
    script = script_of(name)
    if script is None:
        return ""
    name = _BRACKETS.sub(" ", name)
    if script.abjad:
        words = [_abjad_word(word, script) for word in _WORDS.findall(_without_marks(name))]
    else:
        words = _words(name.casefold(), script)
    return " ".join(filter(None, map(_word_signs, words)))


def coarse(written: str) -> str:
    """Return the key of the classes that romanisations exchange, for a name written in signs."""
    return _DOUBLE.sub(r"\1", written.replace(" ", "").translate(_coarse_signs()))


def skeleton(written: str) -> str:
    """Return the `coarse` key of the consonants alone."""
    bare = _VOWELS.sub("", written.replace(" ", ""))
    return _DOUBLE.sub(r"\1", bare.translate(_coarse_signs()))


def _words(name: str, script: ScriptRow) -> list[str]:
    if not name.isascii():
        name = unicodedata.normalize("NFC", name)
        if script is _scripts()[0]:
            name = name.translate(_latin())
        else:
            name = "".join(script.letters.get(char, char) for char in name)
    words = fold_name(name).split()
    if len(words) < 2:  # noqa: PLR2004 - a name keeps its only word
        return words
    same = _file().same_words
    last = len(words) - 1
    kept = [same.get(w, w) for i, w in enumerate(words) if w not in _articles() or i == last]
    return [word for word in kept if word not in _file().empty_words] or kept


def _without_marks(name: str) -> str:
    return "".join(char for char in name if not unicodedata.combining(char) and char != "\u0640")


def _abjad_word(word: str, script: ScriptRow) -> str:
    if word.startswith(_ABJAD_ARTICLE) and len(word) > len(_ABJAD_ARTICLE) + 2:
        word = word[len(_ABJAD_ARTICLE) :]
    return "".join(script.letters.get(char, "") for char in word)


@lru_cache(maxsize=1 << 16)
def _word_signs(word: str) -> str:
    word = _DOUBLE_BUT_VOWELS.sub(r"\1", word)
    written = _graphemes().sub(lambda match: _file().graphemes[match.group()], word)
    return "".join(sign for sign in written if sign in _KNOWN)


_KNOWN = frozenset(ALPHABET)
