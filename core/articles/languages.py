"""In which language a text is: only English is read, and other texts are named, not mangled.

py3langid looks at letters and parts of words. Its model takes half a second to load, so that plain
English is told without it, by the share of its commonest words.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from incidents.errors import ForeignTextError

if TYPE_CHECKING:
    from incidents.model import Article

_SAMPLE = 4_000  # characters that are looked at
_MIN_LETTERS = 80  # fewer tell little of a language that is written in Latin letters,
_MIN_OTHERS = 25  # and fewer of another script may be a name and its translation
_MIN_SHARE = 0.08  # of the listed words: 0.13 to 0.25 in English news, 0.02 at most in others
_SURE = 0.95  # probability by the model; names and figures alone stay far below
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


@dataclass(frozen=True, slots=True)
class _Data:
    english: frozenset[str]
    names: dict[str, str]  # code -> English name
    codes: dict[str, str]  # name in lower case -> code


def check_language(article: Article, label: str) -> None:
    """Let English pass, and what is too short or too odd to be told.

    Raises:
        ForeignTextError: the text is surely in another language.
    """
    code = foreign_language(article.text)
    if code is None:
        return
    name = _load().names.get(code)
    shown = f"{name} ({code})" if name else f"another language ({code})"
    msg = f"{label}: in {shown}, and English is read; leave it out or translate it"
    raise ForeignTextError(msg)


def foreign_language(text: str) -> str | None:
    """The language of a text that is surely not English.

    Returns:
        ISO 639 code; None for English, and where that is unsure.

    Example:
        >>> foreign_language(
        ...     "Deux soldats ont été tués lundi près de Mopti, au nord du Mali, a"
        ...     " annoncé l'armée dans un communiqué."
        ... )
        'fr'
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    n_letters = sum(map(len, words))
    is_latin = 2 * len(_LATIN.findall(sample)) > n_letters
    if is_latin:
        n_english = sum(word.lower() in _load().english for word in words)
        if n_letters < _MIN_LETTERS or n_english >= _MIN_SHARE * len(words):
            return None
    elif n_letters < _MIN_OTHERS:
        return None
    code, probability = _identifier().classify(sample)
    # No English is written in other letters, whatever the model is sure of.
    return str(code) if code != "en" and (probability >= _SURE or not is_latin) else None


def language_code(value: str | None) -> str | None:
    """The code of a language that is given by its English name, as some archives do."""
    return _load().codes.get(value.casefold(), value) if value else None


@cache
def _load() -> _Data:
    path = resources.files("incidents.articles") / "data" / "languages.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    names = table["names"]
    return _Data(
        english=frozenset(table["english"]["words"]),
        names=names,
        codes={name.casefold(): code for code, name in names.items()},
    )


@cache
def _identifier() -> Any:  # noqa: ANN401 - the library has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads NumPy

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
