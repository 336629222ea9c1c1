"""Words that can name a place: NER places, names beside kind words, names behind prepositions."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from incidents.extractors.columns import columns
from incidents.extractors.syntax import PLACE_LABELS, is_reported_from
from incidents.extractors.vocabulary import load_words, word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc, Span, Token


@cache
def kind_words() -> dict[str, str]:
    """Lower-case kind word, singular or plural, to its kind."""
    kinds = {}
    for kind, words in load_words("place_kinds")["kinds"].items():
        for word in words:
            kinds[word] = kind
            kinds[word + "s"] = kind
    return kinds


def find_candidates(doc: Doc, is_known: Callable[[str], bool]) -> Iterator[Span]:
    """Spans that can name a place, overlapping, unresolved.

    Args:
        doc: an article with entities and dependencies.
        is_known: True for a name that the gazetteer has.
    """
    for ent in doc.ents:
        if ent.label_ in PLACE_LABELS:
            for part in _parts(ent, is_known):
                yield _with_kind_word(_with_forename(_trim(part), is_known))
    yield from _joined_names(doc, is_known)
    words, kinds = columns(doc), kind_words()
    for i, (lower, pos) in enumerate(zip(words.lower, words.pos, strict=True)):
        if pos != "PROPN" and lower not in kinds and lower not in _ARTICLES:
            continue
        token = doc[i]
        if lower in kinds and pos in {"NOUN", "PROPN"}:
            yield from _named_by_kind(token)
            continue
        if not _is_name_start(token):
            continue
        run = _name_run(doc, i)
        if _is_placed(token, run) or (
            (token.dep_ in _NAMING or _is_struck(token))
            and run.end - run.start <= _LONGEST_NAME
            and is_known(run.text)
        ):
            yield _with_kind_word(_with_forename(run, is_known))


def _joined_names(doc: Doc, is_known: Callable[[str], bool]) -> Iterator[Span]:
    """Names with "and" that are one place: "Jammu and Kashmir"."""
    words = columns(doc)
    for i in range(1, len(doc) - 1):
        if words.lower[i] in {"and", "&"} and words.pos[i - 1] == words.pos[i + 1] == "PROPN":
            name = doc[i - 1 : i + 2]
            if is_known(name.text):
                yield name


def _with_forename(span: Span, is_known: Callable[[str], bool]) -> Span:
    """Take in what stands before "de" and the like: "Norte de" + "Santander".

    Only where the gazetteer has the longer name, or what stands behind is but a bearing: the "Sur"
    of "Maguindanao del Sur" is no place of that name.
    """
    doc, start = span.doc, span.start
    particles = word_set("place_kinds", "particles", "words")
    while start > 0 and doc[start - 1].text in particles:
        start -= 1
    particle = start
    while start > 0 and doc[start - 1].pos_ == "PROPN" and doc[start - 1].text.istitle():
        start -= 1
    if particle in {start, span.start}:
        return span
    longer = doc[start : span.end]
    return longer if is_bearing_of_name(span) or is_known(longer.text) else span


def is_bearing_of_name(span: Span) -> bool:
    """True for the "Sur" of "Maguindanao del Sur"."""
    before = span.doc[span.start - 1].text if span.start else ""
    return before in word_set("place_kinds", "particles", "words") and (
        span.text.lower() in word_set("place_kinds", "particles", "bearings")
    )


def _is_placed(first: Token, run: Span) -> bool:
    """True for a name that the words around it make a place."""
    return bool(
        follows_place_preposition(first)
        or kind_beside(run)
        or is_listed_place(run)
        or is_reported_from(run.root)
    )


def _parts(ent: Span, is_known: Callable[[str], bool]) -> Iterator[Span]:
    """The places of an entity that holds two: "Jos, Nigeria", but "Washington, D.C." is one."""
    commas = [t.i for t in ent if t.text == ","]
    if not commas or is_known(ent.text):
        yield ent
        return
    for start, end in pairwise([ent.start - 1, *commas, ent.end]):
        if start + 1 < end:
            yield ent.doc[start + 1 : end]


_LONGEST_NAME = 3  # tokens; longer runs are titles
_NAMING = frozenset({"poss", "appos", "conj", "compound"})


def _is_struck(token: Token) -> bool:
    """True for the object of "captured Bambari" and of "bombardment of Kherson"."""
    return _has_done_to(token, "verbs", "nouns")


def is_struck_place(token: Token) -> bool:
    """True for the object of "shelled Kherson": people are not shelled, whatever the NER says."""
    return _has_done_to(token, "place_verbs", "place_nouns")


def _has_done_to(token: Token, verbs: str, nouns: str) -> bool:
    head = token.head
    if token.dep_ == "dobj":
        return head.lemma_.lower() in word_set("place_kinds", "struck", verbs)
    is_of = token.dep_ == "pobj" and head.lower_ == "of"
    return is_of and head.head.lemma_.lower() in word_set("place_kinds", "struck", nouns)


def is_kind(span: Span) -> bool:
    """True for bare kind words, capitalised or not: "Village"."""
    return all(t.lower_ in kind_words() or not t.is_alpha for t in span)


def _trim(span: Span) -> Span:
    """A span without article, possessive ending and stray punctuation."""
    start, end = span.start, span.end
    doc = span.doc
    while start < end and (
        doc[start].pos_ in {"DET", "PUNCT", "SPACE"} or doc[start].lower_ == "the"
    ):
        start += 1
    while end > start and (
        doc[end - 1].tag_ == "POS"
        or doc[end - 1].pos_ in {"PUNCT", "SPACE"}
        or (end - 1 > start and doc[end - 1].lower_ == doc[end - 1].text in _BEHIND_NAMES)
    ):
        end -= 1  # "Mukondi in North Kivu", "Maqbanah district west of Taiz"
    return doc[start : max(end, start + 1)]


def _with_kind_word(span: Span) -> Span:
    """Take in a kind word right behind a name: "Tay" + "neighborhood"."""
    doc, end = span.doc, span.end
    if end < len(doc) and doc[end].lower_ in kind_words() and span[-1].lower_ not in kind_words():
        return doc[span.start : end + 1]
    if end + 1 < len(doc) and " ".join(t.lower_ for t in doc[end : end + 2]) in kind_words():
        return doc[span.start : end + 2]
    return span


_BEHIND_NAMES = frozenset(
    "in near of at on to from outside inside north south east west northeast northwest southeast"
    " southwest".split()
)
_ARTICLES = frozenset("al el as ash ar ad at az an es et ed".split())  # "al-Tay", "Ash-Sharqi"


def _is_name_start(token: Token) -> bool:
    if token.lower_ in _ARTICLES:
        doc = token.doc
        if token.text.istitle() and token.i + 1 < len(doc) and token.nbor(1).text.istitle():
            return token.nbor(1).pos_ == "PROPN"  # "El Fasher"
        return (
            token.i + 2 < len(doc)
            and doc[token.i + 1].text in {"-", "‑", "–"}
            and doc[token.i + 2].text[:1].isalpha()
            and (token.text[0].isupper() or doc[token.i + 2].text[:1].isupper())
        )
    return (
        token.pos_ == "PROPN"
        and token.text[:1].isupper()
        and (token.i == 0 or token.nbor(-1).pos_ != "PROPN" or token.nbor(-1).is_sent_end is True)
    )


def _name_run(doc: Doc, start: int) -> Span:
    """Capitalised words and hyphens from `start` on."""
    words, end = columns(doc), start
    text, lower, length = words.text, words.lower, len(doc)
    while (
        end < length
        and not words.is_space[end]
        and (
            text[end][:1].isupper()
            or text[end] in _HYPHENS
            or (lower[end] in _RUN_ARTICLES and end + 1 < length and text[end + 1] == "-")
            or (end > start and text[end - 1] in _HYPHENS and doc[end].is_alpha)
        )
    ):
        if end > start and (doc[end].is_sent_start or _goes_on_after_name(doc[end])):
            break
        if text[end] in _HYPHENS and doc[end - 1].whitespace_:
            break  # a dash: "the Gaza Strip - including"
        end += 1
    while end > start + 1 and text[end - 1] in _HYPHENS:
        end -= 1
    return doc[start : max(end, start + 1)]


_HYPHENS = frozenset({"-", "‑"})
_RUN_ARTICLES = frozenset({"al", "el", "ez", "al-", "as", "ash"})


def _goes_on_after_name(token: Token) -> bool:
    """True for the next word of a headline in title case: "in Aleppo Blamed on", "Goma Fighting".

    What has both a name's capital and a deed's meaning is a deed where the words around it that
    are no names have capitals too.
    """
    deed = token.pos_ == "VERB" or token.lower_ in _event_nouns()
    return deed and token.text.istitle() and _is_title_case(token.sent)


def _is_title_case(sent: Span) -> bool:
    """True where verbs and common nouns have capitals."""
    words = [t for t in sent if t.is_alpha and t.i > sent.start and len(t) > _SHORT_WORD]
    return len(words) > 1 and all(t.text[:1].isupper() for t in words)


_SHORT_WORD = 4  # letters: "with", "from"


def follows_place_preposition(token: Token) -> bool:
    """True behind "in", "near", "outside" and the like, directions between left out."""
    lower, i = columns(token.doc).lower, token.i - 1
    while i >= 0 and lower[i] in _DIRECTIONS:
        i -= 1
    return i >= 0 and lower[i] in _PLACE_PREPOSITIONS


_DIRECTIONS = frozenset(
    "the northern southern eastern western central nearby north south east west north-west rural"
    " downtown neighbouring neighboring - northeastern northwestern southeastern southwestern"
    " northeast northwest".split()
)
_PLACE_PREPOSITIONS = frozenset(
    "in at near outside around inside within across off on into towards toward along".split()
)


def stands_for_place(span: Span) -> bool:
    """True for a name that only a place can be, whatever it is called: "in Tal Dhalfa".

    Not behind "at" and "on", which people, firms and papers follow as well; nor for what stands in
    front of a noun ("in Abe Lincoln country") or owns one ("in Hassan's house").
    """
    if span.root.dep_ == "conj":
        return is_listed_place(span)
    if is_reported_from(span.root):
        return True
    words = word_set("place_kinds", "prepositions", "inside")
    if word_set("place_kinds", "no_places", "words") & {t.lower_ for t in span}:
        return False
    prep = span.root.head
    return (
        span.root.dep_ == "pobj"
        and prep.lower_ in words
        and follows_place_preposition(span[0])
        and _happens(prep.head)
        and not any(c.dep_ in {"case", "relcl"} for c in span.root.children)
    )


def _happens(governor: Token) -> bool:
    """True for what is somewhere: a deed, an event, a kind of place. Not for "trust in X"."""
    lemma = governor.lemma_.lower()
    return governor.pos_ in {"VERB", "AUX"} or lemma in kind_words() or lemma in _event_nouns()


@cache
def _event_nouns() -> frozenset[str]:
    """Last words of the nouns that tell of events."""
    entries = load_words("triggers")["frames"].values()
    return frozenset(noun.split()[-1] for entry in entries for noun in entry.get("nouns", ()))


def is_listed_place(span: Span) -> bool:
    """True for Y and Z in "in X, Y and Z" and "the villages of X, Y and Z"."""
    head, steps = span.root, 0
    while head.dep_ == "conj" and head.head.i < head.i and steps < _LIST_TOKENS:
        head, steps = head.head, steps + 1
    if not steps or head.dep_ != "pobj" or head.pos_ != "PROPN":
        return False
    if head.head.lower_ == "of":
        return head.head.head.lower_ in kind_words()
    return head.head.lower_ in word_set("place_kinds", "prepositions", "inside")


def _named_by_kind(token: Token) -> Iterator[Span]:
    """Names before a kind word ("al-Wehda roundabout") or behind it ("the village of X")."""
    doc = token.doc
    start = token.i
    while (
        start > 0
        and (
            doc[start - 1].text[:1].isupper()
            or doc[start - 1].text in {"-", "‑"}
            or (doc[start - 1].lower_ in {"al", "el", "as", "ash", "ar"} and doc[start].text == "-")
        )
        and not doc[start].is_sent_start
        and doc[start - 1].ent_type_ not in {"DATE", "TIME", "NORP"}
    ):
        start -= 1
    while start < token.i and (doc[start].text in {"-", "‑"} or doc[start].pos_ in {"DET", "ADP"}):
        start += 1
    if start < token.i:
        yield doc[start : token.i + 1]
    if (
        token.i + 2 < len(doc)
        and doc[token.i + 1].lower_ == "of"
        and _is_name_start(doc[token.i + 2])
    ):
        yield _name_run(doc, token.i + 2)


def kind_word_before(span: Span) -> str | None:
    """The kind word in front of a name: "province" for X in "the province of X"."""
    doc, start = span.doc, span.start
    word = doc[start - 2].lower_ if start > 1 and doc[start - 1].lower_ == "of" else ""
    return word if word in kind_words() else None


def kind_beside(span: Span) -> str | None:
    """The kind that the words beside a name give: "the village of X", "X, a village in Y"."""
    if (word := kind_word_before(span)) is not None:
        return kind_words()[word]
    for child in span.root.children:
        if child.dep_ == "appos" and child.i >= span.end and child.lower_ in kind_words():
            return kind_words()[child.lower_]
    return None


def shared_kind_word(span: Span) -> str | None:
    """The kind word behind a list of names: "region" for X in "X, Y and Z regions"."""
    listed = False
    for token in span.doc[span.end : span.end + _LIST_TOKENS]:
        word = token.lower_.removesuffix("s")
        if word != token.lower_ and word in kind_words():
            return word if listed else None
        listed |= token.lower_ == "and"
        if token.text not in {",", "-"} and token.lower_ != "and" and not token.text[0].isupper():
            return None
    return None


def kind_word_of(span: Span) -> tuple[str | None, frozenset[str]]:
    """The kind word behind the list that a name is in, or that of a region in front of it.

    Args:
        span: a name without a kind word of its own.

    Returns:
        The word or None, and the kinds of places that it can mean.
    """
    shared = shared_kind_word(span)
    if shared is not None:
        return shared, frozenset({kind_words()[shared]})
    before = kind_word_before(span)
    if before is not None and kind_words()[before] in _REGIONS:
        return before, _REGIONS
    return None, frozenset()


_REGIONS = frozenset({"admin1", "admin2", "district", "region"})  # words mix them up
_LIST_TOKENS = 10  # of a list of names up to its kind word
