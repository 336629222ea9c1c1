"""Whether two spellings name one place, where the gazetteer could not say which place it is."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz

from incidents.gazetteer.kinds import read_name
from incidents.gazetteer.names import fold_name
from incidents.gazetteer.spelling import signs

_SAME_SOUND = 85  # rapidfuzz ratio of sounds: Hamma, Hamah; not North, South
_MIN_SOUNDS = 4  # below this a letter more is another name: Tay, Tall


@lru_cache(maxsize=1 << 16)
def is_same_name(one: str, two: str) -> bool:
    """Whether two spellings name one place, kind words and romanisation aside.

    `Al Hamma camp` and `Hamah IDP camp` do; `North Market` and `South Market` do not, and neither
    do `Checkpoint 3` and `Checkpoint 4`.
    """
    if fold_name(one) == fold_name(two):
        return True
    first, second = read_name(one), read_name(two)
    if first.kinds and second.kinds and not set(first.kinds) & set(second.kinds):
        return False
    if _digits(one) != _digits(two):
        return False
    sounds, others = signs(first.name).split(), signs(second.name).split()
    return bool(sounds) and len(sounds) == len(others) and all(map(_is_same_word, sounds, others))


def _digits(name: str) -> list[str]:
    return [word for word in fold_name(name).split() if any(map(str.isdigit, word))]


def _is_same_word(one: str, two: str) -> bool:
    if one == two:
        return True
    return min(len(one), len(two)) >= _MIN_SOUNDS and fuzz.ratio(one, two) >= _SAME_SOUND
