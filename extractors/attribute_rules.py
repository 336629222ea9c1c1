"""The model's attribute ruler, asked once for each kind of token instead of at every token.

The rules of spaCy's English models look at a token's word, tag and arc: wherever the same kind of
token stands, the same rules hold. spaCy's matcher finds them once; from then on the answer is
looked up, which costs a tenth.

Source: `spacy.pipeline.AttributeRuler` (spaCy 3.8), whose annotations these are.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from spacy.attrs import (  # type: ignore[import-not-found] # compiled, without types
    DEP,
    LEMMA,
    MORPH,
    ORTH,
    POS,
    TAG,
)
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.language import Language

Kind = tuple[int, int, int]
"""What rules may ask of a token: its word, tag and arc label, as spaCy's numbers. All words that no
rule names are one."""

_WORD = frozenset({"ORTH", "TEXT", "LOWER"})
_ASKED = _WORD | {"TAG", "DEP", "IS_SPACE"}
_MOST_EXPRESSIONS = 20  # tried on each new word
_LONGEST_TRIED = 100
_SET = (TAG, POS, MORPH, LEMMA, DEP)
_UNSET = 2**64 - 1  # no hash of a string
_MOST_KINDS = 1 << 17  # kept, some 50 MB: a run over millions of texts must not fill the memory


class _Phrase(NamedTuple):
    """A rule about several tokens: the conditions on each, and which of them it sets."""

    rule: int
    conditions: tuple[int, ...]
    target: int


class _Known(NamedTuple):
    """What holds for one kind of token.

    Attributes:
        conditions: numbers of the conditions that it meets.
        rules: the rules about one token that hold.
        values: what they set, in the order of `_SET`.
        phrases: rules that can begin here.
    """

    conditions: frozenset[int]
    rules: tuple[int, ...]
    values: tuple[int, ...]
    phrases: tuple[_Phrase, ...]


class _Table:
    """The rules of a ruler by kind of token."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self.size = len(ruler.attrs)
        self._attributes: list[dict[int, int]] = ruler.attrs
        self._vocab = ruler.vocab
        self._matcher = Matcher(ruler.vocab)
        self._numbers: dict[str, int] = {}
        self._alone: dict[int, list[int]] = {}
        self._phrases: list[_Phrase] = []
        self._known: dict[Kind, _Known] = {}
        self._named = _Named(ruler)
        self._words: dict[int, int] = {}
        self._any_word: int = self._vocab.strings.add(self._named.other)
        for rule, pattern, target in _patterns(ruler):
            conditions = tuple(self._number(token) for token in pattern)
            if len(conditions) == 1:
                self._alone.setdefault(conditions[0], []).append(rule)
            else:
                self._phrases.append(_Phrase(rule, conditions, target))

    def _number(self, condition: dict[str, object]) -> int:
        """The number of a condition on one token; the same one has the same number."""
        key = json.dumps(condition, sort_keys=True)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers)
            self._matcher.add(str(self._numbers[key]), [[condition]])
        return self._numbers[key]

    def annotate(self, doc: Doc) -> None:
        """Set what the rules say of each token."""
        rows: list[Kind] = doc.to_array([ORTH, TAG, DEP]).tolist()
        kinds = [(self._word(word), tag, label) for word, tag, label in rows]
        self._learn({kind for kind in kinds if kind not in self._known})
        found = [self._known[kind] for kind in kinds]
        values = [each.values for each in found]
        for i, rules in _matched_phrases(found).items():
            values[i] = self._values({*found[i].rules, *rules})
        before: Any = doc.to_array(list(_SET))
        now = before.copy()
        now[:] = values
        now[now == _UNSET] = before[now == _UNSET]
        doc.from_array(list(_SET), now)

    def _word(self, number: int) -> int:
        """The number of a word, or of the one that stands for all that no rule names."""
        known = self._words.get(number)
        if known is None:
            word = self._vocab.strings[number]
            is_named = not self._named.is_told or word in self._named
            known = self._words[number] = number if is_named else self._any_word
        return known

    def _learn(self, kinds: Iterable[Kind]) -> None:
        """Ask spaCy's matcher about kinds of tokens that were not met before."""
        new = list(kinds)
        if not new:
            return
        doc = Doc(self._vocab, words=[self._vocab.strings[word] for word, _, _ in new])
        arcs: Any = doc.to_array([TAG, DEP])
        arcs[:] = [kind[1:] for kind in new]
        doc.from_array([TAG, DEP], arcs)
        met: list[set[int]] = [set() for _ in new]
        for number, start, _ in self._matcher(doc, allow_missing=True):
            met[start].add(int(self._vocab.strings[number]))
        for kind, conditions in zip(new, met, strict=True):
            rules = sorted({r for c in conditions for r in self._alone.get(c, ())})
            self._known[kind] = _Known(
                frozenset(conditions),
                tuple(rules),
                self._values(rules),
                tuple(p for p in self._phrases if p.conditions[0] in conditions),
            )

    def _values(self, rules: Iterable[int]) -> tuple[int, ...]:
        """What several rules set together: a later one wins."""
        merged: dict[int, int] = {}
        for rule in sorted(rules):
            merged.update(self._attributes[rule])
        return tuple(merged.get(attribute, _UNSET) for attribute in _SET)

    def forget(self) -> None:
        """Make room where very many kinds of tokens were met."""
        if max(len(self._known), len(self._words)) > _MOST_KINDS:
            self._known.clear()
            self._words.clear()


def _matched_phrases(found: Sequence[_Known]) -> dict[int, list[int]]:
    """By each token that rules about several tokens set, the numbers of these rules."""
    set_by: dict[int, list[int]] = {}
    for i, known in enumerate(found):
        for rule, conditions, target in known.phrases:
            tokens = found[i : i + len(conditions)]
            if len(tokens) == len(conditions) and all(
                wanted in token.conditions for wanted, token in zip(conditions, tokens, strict=True)
            ):
                set_by.setdefault(i + target % len(conditions), []).append(rule)
    return set_by


class AttributeTable(AttributeRuler):
    """An attribute ruler that looks its answers up.

    Rules that ask for more than a token's word, tag and arc label, or set more than tags,
    features, lemmas and arc labels, are left to spaCy's own way.
    """

    _table: _Table | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Set all attributes that the rules give."""
        if self._table is None or self._table.size != len(self.attrs):
            self._table = _Table(self) if _can_be_looked_up(self) else None
        if self._table is None:
            annotated: Doc = super().__call__(doc)
            return annotated
        self._table.forget()
        if len(doc):
            self._table.annotate(doc)
        return doc


def _patterns(ruler: AttributeRuler) -> Iterator[tuple[int, list[dict[str, object]], int]]:
    """Each pattern of a ruler: the number of its rule, its conditions, the token that it sets."""
    entries: Any = ruler.patterns
    for rule, entry in enumerate(entries):
        for pattern in entry["patterns"]:
            yield rule, pattern, entry["index"]


class _Named:
    """The words that rules of a ruler name, or describe by an expression.

    Attributes:
        is_told: False where a rule describes words in yet another way.
        other: some word that no rule names.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        self._words: set[str] = set()
        self._expressions: list[re.Pattern[str]] = []
        understood = [
            self._take(condition[key])
            for _, pattern, _ in _patterns(ruler)
            for condition in pattern
            for key in condition.keys() & _WORD
        ]
        tried = ("x" * length for length in range(1, _LONGEST_TRIED))
        self.other = next((word for word in tried if word not in self), "")
        self.is_told = all(understood) and self.other != ""

    def _take(self, value: object) -> bool:
        """Take over what a condition asks of a word; False where that is not understood."""
        if isinstance(value, str):
            self._words.add(value.lower())
        elif isinstance(value, dict) and value.keys() <= {"IN", "NOT_IN"}:
            self._words |= {word.lower() for words in value.values() for word in words}
        elif isinstance(value, dict) and value.keys() == {"REGEX"}:
            self._expressions.append(re.compile(value["REGEX"]))
        else:
            return False
        return len(self._expressions) <= _MOST_EXPRESSIONS

    def __contains__(self, word: str) -> bool:
        """Whether some rule may hold for a word and not for most others."""
        small = word.lower()
        return (
            word.isspace()
            or small in self._words
            or any(each.search(word) or each.search(small) for each in self._expressions)
        )


def _can_be_looked_up(ruler: AttributeRuler) -> bool:
    """True where rules ask for nothing but a token's word, tag and arc label."""
    return all(set(attributes) <= set(_SET) for attributes in ruler.attrs) and all(
        -len(pattern) <= target < len(pattern)
        and all(set(condition) <= _ASKED for condition in pattern)
        for _, pattern, target in _patterns(ruler)
    )


def look_up_attributes(nlp: Language) -> None:
    """Let the attribute rulers of a pipeline look their answers up.

    A ruler keeps its name and its rules, and is saved and loaded as spaCy's own.

    Args:
        nlp: a loaded pipeline; a ruler with rules of other kinds stays as it is.
    """
    for _, pipe in nlp.pipeline:
        if type(pipe) is AttributeRuler and _can_be_looked_up(pipe):
            pipe.__class__ = AttributeTable
