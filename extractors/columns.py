"""The words of a doc as plain lists, so that a scan over all of them makes no spaCy object each.

A component that looks for a few words in every article reads these lists, and asks spaCy for a
token only where one of them stands. What is costly to tell of a token, and asked again and again,
is kept beside them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary, ref

from incidents.extractors.mentions import spans_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from spacy.tokens import Doc, Span, Token

T = TypeVar("T")

_LEXICAL: list[int | str] = ["ORTH", "LOWER", "IS_SPACE"]
_ANNOTATED: list[int | str] = ["LEMMA", "POS", "TAG", "DEP", "HEAD"]


class Columns:
    """The tokens of a doc, one list a property, in the doc's order.

    Attributes:
        length: how many tokens.
        annotations: spaCy's numbers for what components set, one row a token.
        kept: answers of functions that are marked with `once_a_doc` and its like. They hold no
            spaCy objects: a token holds its doc, which would then never be freed.
        kept_with_spans: likewise, of those that `doc.spans` has a say in.
    """

    def __init__(self, doc: Doc) -> None:
        """Read the doc's annotations as they are now."""
        self.length = len(doc)
        self.annotations = doc.to_array(_ANNOTATED)
        self.kept: dict[object, object] = {}
        self.kept_with_spans: dict[object, object] = {}
        self._lexical = doc.to_array(_LEXICAL)
        self._strings = doc.vocab.strings

    @cached_property
    def text(self) -> list[str]:
        """As written."""
        return self._words(self._lexical[:, 0])

    @cached_property
    def lower(self) -> list[str]:
        """In lower case."""
        return self._words(self._lexical[:, 1])

    @cached_property
    def is_space(self) -> list[int]:
        """1 for line ends and the like."""
        numbers: list[int] = self._lexical[:, 2].tolist()
        return numbers

    @cached_property
    def lemma(self) -> list[str]:
        """Lemmas in lower case."""
        return self._words(self.annotations[:, 0], str.lower)

    @cached_property
    def pos(self) -> list[str]:
        """Coarse parts of speech."""
        return self._words(self.annotations[:, 1])

    @cached_property
    def tag(self) -> list[str]:
        """Fine parts of speech."""
        return self._words(self.annotations[:, 2])

    @cached_property
    def head(self) -> list[int]:
        """Numbers of the tokens that they hang on; a root hangs on itself."""
        steps = self.annotations[:, 4].astype("int64").tolist()
        return [i + step for i, step in enumerate(steps)]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words that occur, in lower case."""
        return frozenset(self.lower)

    def _words(self, column: NDArray[Any], change: Callable[[str], str] | None = None) -> list[str]:
        numbers: list[int] = column.tolist()
        words = {number: self._strings[number] for number in set(numbers)}
        if change is not None:
            words = {number: change(word) for number, word in words.items()}
        return [words[number] for number in numbers]


_known: WeakKeyDictionary[Doc, Columns] = WeakKeyDictionary()


class _Latest:
    """The doc that was asked for last, which is nearly always the one that is asked for next."""

    pair: tuple[Callable[[], Doc | None], Columns] | None = None


def columns(doc: Doc) -> Columns:
    """The words of a doc; the first call reads them.

    Args:
        doc: an annotated doc. Where a component has changed it since, `renew` reads it anew.
    """
    pair = _Latest.pair
    found = pair[1] if pair is not None and pair[0]() is doc else _known.get(doc)
    if found is None or found.length != len(doc):
        found = _known[doc] = Columns(doc)
    if pair is None or pair[1] is not found:
        _Latest.pair = ref(doc), found
    return found


def renew(doc: Doc) -> None:
    """Forget what is kept of a doc's spans; its words too, if they were annotated anew since.

    Each component does so before it begins: what stands before it in a pipeline may have changed
    the doc.

    Args:
        doc: any doc.
    """
    _Latest.pair = None
    found = _known.get(doc)
    if found is None:
        return
    now = doc.to_array(_ANNOTATED)
    if found.annotations.shape == now.shape and bool((found.annotations == now).all()):
        found.kept_with_spans.clear()
    else:
        del _known[doc]


def once_a_doc(function: Callable[[Doc], T]) -> Callable[[Doc], T]:
    """Keep what a function answers for a doc.

    Args:
        function: asks for annotations alone, not for `doc.spans`. Its answer must hold no spaCy
            objects, and nobody may change it.
    """

    @wraps(function)
    def answer(doc: Doc) -> T:
        kept = columns(doc).kept
        if function not in kept:
            kept[function] = function(doc)
        return kept[function]  # type: ignore[return-value] # it is what the function answered

    return answer


def once_a_token(function: Callable[[Token], T]) -> Callable[[Token], T]:
    """Keep what a function answers for a token.

    Args:
        function: asks for annotations alone, as that of `once_a_doc`.
    """

    @wraps(function)
    def answer(token: Token) -> T:
        kept = columns(token.doc).kept
        key = function, token.i
        if key not in kept:
            kept[key] = function(token)
        return kept[key]  # type: ignore[return-value] # it is what the function answered

    return answer


def tokens_once(function: Callable[[Token], list[Token]]) -> Callable[[Token], list[Token]]:
    """Keep which tokens a function answers for a token; each call gives a list of its own.

    Args:
        function: may ask for annotations and for spans of components that ran before.
    """

    @wraps(function)
    def answer(token: Token) -> list[Token]:
        doc = token.doc
        kept = columns(doc).kept_with_spans
        key = function, token.i
        places = kept.get(key)
        if not isinstance(places, tuple):
            found = function(token)
            kept[key] = tuple(t.i for t in found)
            return found
        return [doc[i] for i in places]

    return answer


def spans_at(token: Token, group: str) -> list[Span]:
    """The spans of a group that a token stands in, in their order.

    Args:
        token: any token.
        group: a key of `doc.spans`.
    """
    doc = token.doc
    numbers = _span_numbers(doc, group).get(token.i)
    return [doc.spans[group][number] for number in numbers] if numbers else []


def is_in_span(token: Token, group: str) -> bool:
    """True for a token that stands in a span of a group.

    Args:
        token: any token.
        group: a key of `doc.spans`.
    """
    return token.i in _span_numbers(token.doc, group)


def spans_within(sent: Span, group: str) -> list[Span]:
    """The spans of a group that begin in a sentence, in their order.

    Args:
        sent: a sentence, or any other part of a doc.
        group: a key of `doc.spans`.
    """
    doc = sent.doc
    starts = _span_starts(doc, group)
    first, last = bisect_left(starts, (sent.start, 0)), bisect_left(starts, (sent.end, 0))
    return [doc.spans[group][number] for number in sorted(n for _, n in starts[first:last])]


def _span_starts(doc: Doc, group: str) -> list[tuple[int, int]]:
    """Where the spans of a group begin, with their numbers, in order of the text."""
    kept = columns(doc).kept_with_spans
    key = "starts", group
    starts = kept.get(key)
    if not isinstance(starts, list):
        numbered = enumerate(spans_of(doc, group))
        starts = kept[key] = sorted((span.start, number) for number, span in numbered)
    return starts


def _span_numbers(doc: Doc, group: str) -> dict[int, list[int]]:
    """By token, the numbers of the spans that it stands in."""
    kept = columns(doc).kept_with_spans
    key = "spans", group
    numbers = kept.get(key)
    if not isinstance(numbers, dict):
        places: dict[int, list[int]] = defaultdict(list)
        for number, span in enumerate(spans_of(doc, group)):
            for index in range(span.start, span.end):
                places[index].append(number)
        numbers = kept[key] = places
    return numbers


def mentions_of(doc: Doc, group: str, attribute: str) -> list[Any]:
    """What the spans of a group mean, in their order: `span._.actor` for `actors`.

    Args:
        doc: a doc that the component of the group has run on.
        group: a key of `doc.spans`.
        attribute: name of the extension.
    """
    kept = columns(doc).kept_with_spans
    key = "mentions", group, attribute
    mentions = kept.get(key)
    if not isinstance(mentions, list):
        mentions = kept[key] = [span._.get(attribute) for span in spans_of(doc, group)]
    return mentions


def distinct_mentions(doc: Doc, group: str, attribute: str) -> dict[Any, None]:
    """What `mentions_of` has, each once, in order of their first.

    Args:
        doc: a doc that the component of the group has run on.
        group: a key of `doc.spans`.
        attribute: name of the extension.
    """
    kept = columns(doc).kept_with_spans
    key = "distinct", group, attribute
    mentions = kept.get(key)
    if not isinstance(mentions, dict):
        mentions = kept[key] = dict.fromkeys(mentions_of(doc, group, attribute))
    return mentions


_texts: WeakKeyDictionary[Doc, str] = WeakKeyDictionary()


def text_of(doc: Doc) -> str:
    """The text of a doc, which spaCy would put together from its words each time."""
    text = _texts.get(doc)
    if text is None:
        text = _texts[doc] = doc.text
    return text


def text_at(span: Span) -> str:
    """The words of a span as written, as `span.text` has them."""
    return text_of(span.doc)[span.start_char : span.end_char]
