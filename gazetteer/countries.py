"""Country names, their variants and demonyms."""

from __future__ import annotations

from functools import cache

from incidents.gazetteer.data_files import read_countries
from incidents.gazetteer.names import fold_name, plain_key

# A regular plural: Syrian, Syrians. Chinese, Swiss and British have none.
_NO_PLURAL = ("s", "sh", "ch", "ese", "men", "x", "z")


def country_of(word: str, folded: str | None = None) -> str | None:
    """Return the ISO 3166-1 alpha-2 code behind a country name, variant or demonym.

    Args:
        word: as written.
        folded: what `fold_name` makes of it, if at hand.

    >>> country_of("Malians"), country_of("Ivory Coast"), country_of("DRC"), country_of("us")
    ('ML', 'CI', 'CD', None)
    """
    word = word.strip()
    if word in _lower_case_traps():
        return None
    folded = (fold_name(word) if folded is None else folded).removeprefix("the ")
    codes = _codes()
    return codes.get(folded) or codes.get(plain_key(folded))


def country_name(code: str) -> str:
    """Return the English short name of a country; the code itself where it is unknown."""
    return _names().get(code.upper(), code)


def is_demonym(word: str) -> bool:
    """Tell whether a word is an adjective or noun for a country's people, not its name."""
    return fold_name(word) in _demonyms()


@cache
def _lower_case_traps() -> frozenset[str]:
    """Abbreviations that are other words when written small: us, car, opt."""
    return frozenset(
        name.lower()
        for row in read_countries()
        for name in row.names
        if name.isupper() and name.isalpha()
    )


@cache
def _names() -> dict[str, str]:
    return {row.code: row.name for row in read_countries()}


@cache
def _demonyms() -> dict[str, str]:
    codes: dict[str, str] = {}
    for row in read_countries():
        for demonym in row.demonyms:
            folded = fold_name(demonym)
            codes.setdefault(folded, row.code)
            if not folded.endswith(_NO_PLURAL):
                codes.setdefault(folded + "s", row.code)
    return codes


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for row in read_countries():
        codes.setdefault(fold_name(row.name), row.code)
    for row in read_countries():
        for name in row.names:
            folded = fold_name(name)
            codes.setdefault(folded.removeprefix("the "), row.code)
    return {**_demonyms(), **codes}
