"""Counts in words and figures: "at least 12", "two dozen", "between 10 and 15", "several"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from incidents.extractors.columns import columns
from incidents.extractors.mentions import Quantity
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?!\S)")  # "4 000", as French papers write it
_MOST_GROUPS = 4  # and the word behind them
_ODD = "-odd"  # "20-odd" is about 20
_FIGURE_RANGE = re.compile(r"(\d{1,6})\s?[-–]\s?(\d{1,6})")
_LARGEST_COUNT = 50_000_000
_HUNDRED = 100


def number_of(words: Sequence[str]) -> tuple[int, int] | None:
    """Read the number that `words` begins with.

    Args:
        words: lower-case words and figures, `twenty-one` as one word or as three.

    Returns:
        The number and how many words it took, or None.

    >>> number_of(["two", "dozen", "people"])
    (24, 2)
    >>> number_of(["1,200", "people"])
    (1200, 1)
    """
    if grouped := _GROUPED.match(" ".join(words[:_MOST_GROUPS])):
        return int(grouped[0].replace(" ", "")), grouped[0].count(" ") + 1
    total, current, used = 0, 0.0, 0
    vocabulary = load_words("quantities")
    units, tens = vocabulary["units"], vocabulary["tens"]
    for i, spelled in enumerate(words):
        word = spelled.removesuffix(_ODD)
        if (small := _below_hundred(word)) is not None:
            if current % _HUNDRED and not (current % _HUNDRED in tens.values() and word in units):
                break
            current += small
        elif _FIGURE.fullmatch(word) and not current:
            current = float(word.replace(",", ""))
        elif word in vocabulary["multipliers"] and used:
            factor = vocabulary["multipliers"][word]
            total, current = (
                (total, current * factor) if factor == _HUNDRED else (total + current * factor, 0)
            )
        elif word in vocabulary["nouns"] and used and current:
            current *= vocabulary["nouns"][word]
        elif used and _is_joint(words, i):
            if word == "and" and not (total or current >= _HUNDRED):
                break
            continue
        else:
            break
        used = i + 1
    return (round(total + current), used) if used else None


def _is_joint(words: Sequence[str], i: int) -> bool:
    """True for the "and" of "a hundred and fifty" and the hyphen of "twenty-one"."""
    after = words[i + 1] if i + 1 < len(words) else ""
    return words[i] in {"-", "and"} and _below_hundred(after) is not None


def _below_hundred(word: str) -> int | None:
    """Value of `nine`, `ninety` or `ninety-nine`; None for other words."""
    vocabulary = load_words("quantities")
    units, tens = vocabulary["units"], vocabulary["tens"]
    first, hyphen, second = word.partition("-")
    if hyphen:
        return tens[first] + units[second] if first in tens and second in units else None
    value: int | None = units.get(word, tens.get(word))
    return value


def _half_at(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """Read `half a dozen` and `half-a-million`, however the hyphens are cut off."""
    wholes = load_words("quantities")["nouns"] | load_words("quantities")["multipliers"]
    for length in (1, 3, 5):
        spelled = " ".join(words[i : i + length]).replace("-", " ").split()
        if spelled[:2] == ["half", "a"] and spelled[2:] and spelled[2] in wholes:
            return wholes[spelled[2]] // 2, length
    return None


def _number_at(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """The number at word i, with `a dozen`, `half a million` and `a couple of hundred`."""
    nouns = load_words("quantities")["nouns"]
    multipliers = load_words("quantities")["multipliers"]
    if half := _half_at(words, i):
        return half
    if words[i] in {"a", "an"} and i + 1 < len(words):
        if words[i + 1] in multipliers:  # "a hundred and fifty" is "one hundred and fifty"
            return number_of(["one", *words[i + 1 :]])
        if words[i + 1] in nouns:
            n = nouns[words[i + 1]]
            match words[i + 2 : i + 4]:
                case ["of", factor] if factor in multipliers:
                    return n * multipliers[factor], 4
            return n, 2
    if words[i] in load_words("quantities")["alone"]:
        return load_words("quantities")["alone"][words[i]], 1
    return number_of(words[i:])


def _vague_at(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """The lowest count of the vague quantity at word i, longest phrase first."""
    vague = load_words("quantities")["vague"]
    for end in range(min(i + _longest_vague(), len(words)), i, -1):
        phrase = " ".join(words[i:end])
        if phrase in vague:
            return vague[phrase], end - i
    return None


@cache
def _longest_vague() -> int:
    """How many words the longest vague quantity has."""
    return max(len(phrase.split()) for phrase in load_words("quantities")["vague"])


def _ends_with(words: Sequence[str], end: int, phrases: Sequence[str]) -> str | None:
    """The phrase that stands right before word `end`."""
    for phrase in sorted(phrases, key=len, reverse=True):
        parts = phrase.split()
        if end >= len(parts) and list(words[end - len(parts) : end]) == parts:
            return phrase
    return None


def _bounded(words: Sequence[str], start: int, n: int) -> tuple[int, int | None, int]:
    """Apply the words before a number: (min, max, index of the first word used)."""
    v = load_words("quantities")
    first = start
    while skip := _ends_with(words, first, v["approximations"]["phrases"]):
        first -= len(skip.split())
    below = max(0, n - 1)
    for table, low, high in (  # "no more than" before the "more than" in it
        ("lower_bounds", n, None),
        ("upper_bounds", min(1, n), n),
        ("below", min(1, below), below),
        ("above", n + 1, None),
    ):
        phrase = _ends_with(words, first, v[table]["phrases"])
        if phrase:
            return low, high, first - len(phrase.split())
    return n, n, first


def read_quantity(words: Sequence[str]) -> tuple[int, int | None, int, int] | None:
    """The count in a noun phrase's words.

    Args:
        words: lower-case words of the phrase, in order.

    Returns:
        (fewest, most, first word, one past the last word), None for an open end; or None if the
        phrase has no count. Rules: exact n is n/n; "at least n" n/None; "more than n" n+1/None;
        "up to n" 1/n; "between n and m" and "n to m" n/m; vague words as in
        `data/quantities.toml`.

    >>> read_quantity(["at", "least", "12", "people"])
    (12, None, 0, 3)
    >>> read_quantity(["between", "10", "and", "15", "fighters"])
    (10, 15, 0, 4)
    """
    words = list(words)
    for i in range(len(words)):
        if joined := _FIGURE_RANGE.fullmatch(words[i]):
            low, high = int(joined[1]), int(joined[2])
            if low < high:
                return low, high, i, i + 1
        if number := _number_at(words, i):
            return _with_range(words, i, number)
        if words[i] in {"many", "few"} and i and words[i - 1] in {"as", "how", "so", "too"}:
            continue
        if vague := _vague_at(words, i):
            if words[i] == "some" and i + 1 < len(words) and _number_at(words, i + 1):
                continue
            return vague[0], None, i, i + vague[1]
    return None


def _with_range(
    words: list[str], i: int, number: tuple[int, int]
) -> tuple[int, int | None, int, int] | None:
    """Complete a number at word i by a second one or by the words around it."""
    n, used = number
    if n > _LARGEST_COUNT:
        return None
    end = i + used
    if words[end : end + 2] == ["-", "odd"]:
        end += 2
    if end < len(words) - 1 and words[end] in {"to", "and", "or", "-", "–"}:
        second = _number_at(words, end + 1)
        between = words[i - 1 : i] == ["between"]
        if second and second[0] > n and (words[end] != "and" or between):
            return n, second[0], i - between, end + 1 + second[1]
    if words[end : end + 2] == ["or", "more"]:
        return n, None, i, end + 2
    low, high, first = _bounded(words, i, n)
    return low, high, first, end


def quantity_of(tokens: Sequence[Token]) -> Quantity | None:
    """The count that the tokens of a noun phrase say, with the tokens that say it.

    Ages ("3-year-old"), percentages, ordinals, money and measures are no counts.
    """
    if not tokens:
        return None
    known = columns(tokens[0].doc).kept
    key = quantity_of, tuple(t.i for t in tokens)
    if key not in known:
        counting = [t for t in tokens if not _is_measure(t)]
        found = read_quantity([t.lower_ for t in counting])
        if found is not None:
            low, high, start, end = found
            known[key] = low, high, tuple(t.i for t in counting[start:end])
        else:
            known[key] = None
    told = known[key]
    return Quantity(told[0], told[1], list(told[2])) if isinstance(told, tuple) else None


_MEASURES = frozenset(
    "year years month months week weeks day days hour hours minute minutes km kilometre kilometres"
    " kilometer kilometers mile miles metre metres meter meters percent % per old am pm kg tonnes"
    " tons dollars euros mm caliber calibre".split()
)


def _is_measure(token: Token) -> bool:
    """True for a figure that measures something other than people."""
    if not token.like_num:
        return False
    doc = token.doc
    after = columns(doc).lower[token.i + 1 : token.i + 3]
    if after[:1] == ["-"]:  # "10-year-old"
        after = after[1:]
    if after and after[0] in _MEASURES:
        return True
    before = doc[token.i - 1] if token.i else None
    return before is not None and (
        before.lower_ in {"aged", "age"} or before.text in {"$", "€", "£", "#"}
    )
