"""Places named in an article, resolved to the gazetteer with the article's countries in mind."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span
from spacy.util import filter_spans

from incidents.extractors.dateline import find_dateline
from incidents.extractors.mentions import PlaceMention, register_extensions, spans_of
from incidents.extractors.vocabulary import load_words, word_set
from incidents.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from incidents.gazetteer.model import PlaceMatch

_ENTITY_LABELS = frozenset({"GPE", "LOC", "FAC"})
_ADMIN = frozenset({"country", "admin1", "region"})
_MIN_SCORE = 0.5
_SAME_SCORE = 0.1  # a town this close behind the province of its name is meant
_CONTEXT_COUNTRIES = 3
_LIKENESS = ("sound", "similar")
_LONG_NAME = 5  # tokens; longer runs are titles, not names with a stray word in front


@cache
def kind_words() -> dict[str, str]:
    """Lower-case kind word, singular or plural, to its kind."""
    kinds = {}
    for kind, words in load_words("place_kinds")["kinds"].items():
        for word in words:
            kinds[word] = kind
            kinds[word + "s"] = kind
    return kinds


class PlaceMatcher:
    """Finds places and resolves them.

    Method: candidates are NER places, names in front of or behind a kind word ("Tay neighborhood",
    "the city of Qamishli") and capitalised names behind a preposition of place. Each is looked up
    in the gazetteer; the countries that the article names and the places found for sure are the
    context for the others. Names inside a party's or an outlet's name are left out, and a
    dateline's place is marked as such.

    Sets `doc.spans["places"]` with `span._.place`. Known misses: unmarked village names at the
    beginning of a sentence.
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        """Use a gazetteer, or the default one, opened when first needed."""
        self._gazetteer = gazetteer

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer that names are looked up in."""
        if self._gazetteer is None:
            self._gazetteer = Gazetteer.open()
        return self._gazetteer

    @gazetteer.setter
    def gazetteer(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["places"]`."""
        doc.spans["places"] = self.match(doc)
        return doc

    def match(self, doc: Doc) -> list[Span]:
        """The places of a doc, without overlap, in order."""
        candidates = [s for s in filter_spans(list(self._candidates(doc))) if self._is_free(doc, s)]
        countries = list(doc.user_data.get("countries", {}))[:_CONTEXT_COUNTRIES]
        countries, near = self._context(candidates, countries)
        spans = [self._resolve(doc, span, countries, near) for span in candidates]
        return sorted((s for s in spans if s is not None), key=lambda s: s.start)

    def _candidates(self, doc: Doc) -> Iterator[Span]:
        for ent in doc.ents:
            if ent.label_ in _ENTITY_LABELS:
                yield _with_kind_word(_trim(ent))
        for token in doc:
            if token.lower_ in kind_words() and token.pos_ in {"NOUN", "PROPN"}:
                yield from _named_by_kind(token)
            elif _is_name_start(token) and (
                _follows_place_preposition(token) or _kind_beside(_name_run(doc, token.i))
            ):
                yield _with_kind_word(_name_run(doc, token.i))
            elif _is_name_start(token) and token.dep_ in {"poss", "appos", "conj", "compound"}:
                run = _name_run(doc, token.i)
                if run.end - run.start <= 3 and self.gazetteer.find_places(run.text, limit=1):  # noqa: PLR2004 - longer runs are titles
                    yield _with_kind_word(run)

    def _is_free(self, doc: Doc, span: Span) -> bool:
        """False inside a party's name, or where the words are a person or an outlet."""
        if not any(t.text[:1].isupper() for t in span):
            return False
        if any(
            o.start < span.end and span.start < o.end
            for key in ("outlets", "dates")
            for o in spans_of(doc, key)
        ):
            return False
        follows = doc[span.end] if span.end < len(doc) else None
        if (
            follows is not None
            and follows.text in {"-", "‑"}
            and span.end + 1 < len(doc)
            and (doc[span.end + 1].tag_ in {"VBN", "VBD", "JJ", "VBG"})
        ):
            return False  # "US-backed", "Damascus-based"
        for actor in spans_of(doc, "actors"):
            inside = actor.start <= span.start and span.end <= actor.end
            if inside and actor._.actor.rule not in {"country as agent", "organisation (NER)"}:
                return False
            if (
                span.start < actor.end
                and actor.start < span.end
                and not inside
                and (actor._.actor.rule not in {"country as agent", "organisation (NER)"})
            ):
                return False  # "an SDF checkpoint" is no name
        return not any(
            e.label_ in {"PERSON", "NORP"}
            and e.start <= span.start
            and span.end <= e.end
            and span[-1].lower_ not in kind_words()
            and not _follows_place_preposition(span[0])
            and _kind_beside(span) is None
            for e in doc.ents
        )

    def _context(
        self, candidates: Sequence[Span], countries: list[str]
    ) -> tuple[list[str], list[str]]:
        """Countries and place ids that the sure candidates give."""
        votes: Counter[str] = Counter()
        near = []
        for rank, code in enumerate(countries):
            votes[code] += 3 - rank
        for span in candidates:
            answers = self.gazetteer.find_places(span.text, countries=countries, limit=3)
            if answers and answers[0].score >= _MIN_SCORE and answers[0].place.country_code:
                votes[answers[0].place.country_code] += 1
                if answers[0].place.kind not in _ADMIN:
                    near.append(answers[0].place.id)
        ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
        return [code for code, _ in ranked[:_CONTEXT_COUNTRIES]], list(dict.fromkeys(near))

    def _resolve(
        self, doc: Doc, span: Span, countries: Sequence[str], near: Sequence[str]
    ) -> Span | None:
        best, span = self._look_up(span, countries, near)
        kind = kind_words().get(span[-1].lower_) or _kind_beside(span)
        if best is None and not self._is_plausible(span, kind):
            return None
        place = best.place if best is not None else None
        result = Span(doc, span.start, span.end, label="PLACE")
        result._.place = PlaceMention(
            place=place,
            name=place.name if place is not None else span.text,
            kind=place.kind if place is not None else kind,
            near=_is_near(span),
            excluded=_why_excluded(doc, span),
            rule=f"gazetteer, {best.reason}" if best is not None else "unresolved name",
        )
        return result

    def _look_up(
        self, span: Span, countries: Sequence[str], near: Sequence[str]
    ) -> tuple[PlaceMatch | None, Span]:
        """The best answer to a span or to its end: of "Syrias Hasakeh city" only the end is one."""
        labels = {t.ent_type_ for t in span}
        doubtful = labels & {"ORG", "PERSON", "NORP", "PRODUCT"} or span.text.isupper()
        for start in range(span.start, span.end):
            part = span.doc[start : span.end]
            if start > span.start and (not part.text[:1].isupper() or _is_kind(part)):
                continue
            answers = self.gazetteer.find_places(part.text, countries=countries, near=near, limit=3)
            best = self._best(answers, countries, has_kind=part[-1].lower_ in kind_words())
            if best is not None and not (doubtful and _is_guess(best, countries)):
                return best, part
            if len(span) > _LONG_NAME:
                break
        return None, span

    def _best(
        self, answers: Sequence[PlaceMatch], countries: Sequence[str], *, has_kind: bool
    ) -> PlaceMatch | None:
        """The first answer that is sure enough; of a town and its province the town."""
        sure = [
            a
            for a in answers
            if a.score >= _MIN_SCORE / (2 if a.place.country_code in countries else 1)
        ]
        if not sure:
            return None
        towns = [
            a
            for a in sure
            if a.place.kind == "city"
            and a.place.population
            and a.score >= sure[0].score - _SAME_SCORE
        ]
        if sure[0].place.kind in {"admin1", "admin2"} and towns and not has_kind:
            return towns[0]
        return sure[0]

    def _is_plausible(self, span: Span, kind: str | None) -> bool:
        """An unknown name is a place if a kind word or the NER says so."""
        if _kind_beside(span) is not None:
            return True
        if _is_kind(span) or all(
            t.is_upper or t.lower_ in kind_words() or not t.is_alpha for t in span
        ):
            return False  # "IDP camp"
        if kind is not None and any(t.text[:1].isupper() for t in span[:-1] or span):
            return True
        ent = span.doc[span.start : span.end]
        labels = {t.ent_type_ for t in ent}
        return bool(labels & _ENTITY_LABELS) and span.text[0].isupper()


def _is_guess(match: PlaceMatch, countries: Sequence[str]) -> bool:
    """True for an answer abroad, or one that only sounds like the name."""
    return match.place.country_code not in countries or match.reason.startswith(_LIKENESS)


def _is_kind(span: Span) -> bool:
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
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].pos_ in {"PUNCT", "SPACE"}):
        end -= 1
    return doc[start : max(end, start + 1)]


def _with_kind_word(span: Span) -> Span:
    """Take in a kind word right behind a name: "Tay" + "neighborhood"."""
    doc, end = span.doc, span.end
    if end < len(doc) and doc[end].lower_ in kind_words() and span[-1].lower_ not in kind_words():
        return doc[span.start : end + 1]
    if end + 1 < len(doc) and " ".join(t.lower_ for t in doc[end : end + 2]) in kind_words():
        return doc[span.start : end + 2]
    return span


def _is_name_start(token: Token) -> bool:
    if token.lower_ in {"al", "el", "as", "ash", "ar", "ad", "at", "az", "an", "es", "et", "ed"}:
        doc = token.doc
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
    end = start
    while (
        end < len(doc)
        and not doc[end].is_space
        and (
            doc[end].text[:1].isupper()
            or doc[end].text in {"-", "‑"}
            or (
                doc[end].lower_ in {"al", "el", "ez", "al-", "as", "ash"}
                and end + 1 < len(doc)
                and doc[end + 1].text == "-"
            )
            or (end > start and doc[end - 1].text in {"-", "‑"} and doc[end].is_alpha)
        )
    ):
        if end > start and doc[end].is_sent_start:
            break
        end += 1
    while end > start + 1 and doc[end - 1].text in {"-", "‑"}:
        end -= 1
    return doc[start : max(end, start + 1)]


def _follows_place_preposition(token: Token) -> bool:
    i = token.i - 1
    doc = token.doc
    while i >= 0 and doc[i].lower_ in {
        "the",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "nearby",
        "north",
        "south",
        "east",
        "west",
        "north-west",
        "rural",
        "downtown",
        "neighbouring",
        "neighboring",
        "-",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "northeast",
        "northwest",
    }:
        i -= 1
    return i >= 0 and doc[i].lower_ in _PLACE_PREPOSITIONS


_PLACE_PREPOSITIONS = frozenset(
    "in at near outside around inside within across off on into towards toward along".split()
)


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


def _kind_beside(span: Span) -> str | None:
    """The kind that the words beside a name give: "the village of X", "X, a village in Y"."""
    if span.start > 1 and span.doc[span.start - 1].lower_ == "of":
        return kind_words().get(span.doc[span.start - 2].lower_)
    for child in span.root.children:
        if child.dep_ == "appos" and child.i >= span.end and child.lower_ in kind_words():
            return kind_words()[child.lower_]
    return None


def _is_near(span: Span) -> bool:
    """True for "near X", "outside X", "20 km north of X", "on the outskirts of X"."""
    doc = span.doc
    before = [doc[i].lower_ for i in range(max(0, span.start - 4), span.start)]
    near = word_set("place_kinds", "prepositions", "near")
    if near & set(before[-2:]):
        return True
    return "of" in before[-2:] and bool(
        {
            "north",
            "south",
            "east",
            "west",
            "outskirts",
            "km",
            "kilometers",
            "kilometres",
            "miles",
            "northeast",
            "northwest",
            "southeast",
            "southwest",
        }
        & set(before)
    )


_AWAY = frozenset({"far", "away", "km", "kilometres", "kilometers", "miles", "metres", "meters"})


def _why_excluded(doc: Doc, span: Span) -> str | None:
    """Why a place named here is not where something happened."""
    dateline = find_dateline(doc.text)
    if dateline is not None and dateline.start <= span.start_char < dateline.end:
        return "dateline"
    before = doc[span.start - 1].lower_ if span.start else ""
    before2 = doc[span.start - 2].lower_ if span.start > 1 else ""
    if before == "from" and before2 not in _AWAY:
        return "origin"
    if before == "by" and span.root.head.dep_ == "agent":
        return "metonym"  # "backed by Washington"
    root = span.root
    if root.dep_ in {"nsubj", "nsubjpass", "poss"} and span._.place is None:
        head = root.head
        if (
            root.dep_ == "nsubj"
            and head.pos_ in {"VERB", "AUX"}
            and head.lemma_ not in {"be", "see", "witness"}
        ):
            return "metonym"
    if "based" in {t.lower_ for t in doc[span.end : span.end + 2]}:
        return "seat"
    return None


@Language.factory("incidents_places", requires=["doc.ents"], assigns=["doc.spans"])
def make_places(nlp: Language, name: str) -> PlaceMatcher:
    """Make the place component with the default gazetteer."""
    del nlp, name
    register_extensions()
    return PlaceMatcher()
