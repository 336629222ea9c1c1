"""Places named in an article, resolved to the gazetteer with the article's countries in mind."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language
from spacy.tokens import Span
from spacy.util import filter_spans

from incidents.extractors.columns import text_of
from incidents.extractors.components import Component
from incidents.extractors.country_parts import find_country_parts
from incidents.extractors.dateline import find_dateline
from incidents.extractors.doc_items import find_heads, item_at
from incidents.extractors.mentions import (
    COUNTRY_AS_AGENT,
    PlaceMention,
    register_extensions,
    spans_of,
)
from incidents.extractors.needs import check_needs
from incidents.extractors.place_candidates import (
    find_candidates,
    follows_place_preposition,
    is_bearing_of_name,
    is_kind,
    is_listed_place,
    is_struck_place,
    kind_beside,
    kind_word_of,
    kind_words,
    shared_kind_word,
    stands_for_place,
)
from incidents.extractors.place_matches import (
    LIKENESS,
    MIN_SCORE,
    is_guess,
    is_initials,
    is_namesake,
    is_sure,
)
from incidents.extractors.place_surroundings import (
    is_near,
    mark_bearings,
    mark_speakers_seats,
    why_excluded,
)
from incidents.extractors.syntax import PLACE_LABELS, entity_at
from incidents.gazetteer import Gazetteer
from incidents.gazetteer.model import REGION_KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from spacy.tokens import Doc

    from incidents.gazetteer.model import PlaceMatch

_SAME_SCORE = 0.1  # a town this close behind the province of its name is meant
_CONTEXT_COUNTRIES = 3
_NAMED_ANYHOW = frozenset({COUNTRY_AS_AGENT, "organisation (NER)"})
_WITHIN = frozenset({",", "in", "of", "the", "'s", "’s"})
_MISTAKEN = frozenset({"", "PERSON", "ORG"})  # what the NER takes unknown villages for
_LONG_NAME = 5  # tokens; longer runs are titles, not names with a stray word in front


class PlaceMatcher:
    """Finds places and resolves them.

    Method: candidates are NER places, names in front of or behind a kind word ("Tay neighborhood",
    "the city of Qamishli") and capitalised names behind a preposition of place. Each is looked up
    in the gazetteer; the countries that the article names and the places found for sure are the
    context for the others. Names inside a party's or an outlet's name are left out, and a
    dateline's place is marked as such.

    Sets `doc.spans["places"]` with `span._.place`.

    Measured: finds 0.83 (268/321) of the words that annotators quote for places, on 190 real
    articles (`benchmarks/components.py`); whether a place is that of the event in its sentence, F1
    0.58 over words, 0.62 where the event is given (`benchmarks/event_place.py`), 0.69 by trained
    weights on sentences that they never saw (`benchmarks/fit_event_places.py`). Known misses:
    unmarked village names at the beginning of a sentence; places without a name ("a hospital");
    the town that a place is "near" is taken along with it.
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        """Use a gazetteer, or the default one, opened when first needed."""
        self._gazetteer = gazetteer
        self._answers: dict[tuple[object, ...], list[PlaceMatch]] = {}  # of one article

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
        check_needs(doc, "incidents_places", "POS")
        doc.spans["places"] = self.match(doc)
        return doc

    def match(self, doc: Doc) -> list[Span]:
        """The places of a doc, without overlap, in order."""
        self._answers.clear()
        heads = find_heads(doc)
        taken = _taken_tokens(doc) | {t.i for head in heads for t in head}
        candidates = [
            s
            for s in filter_spans(list(find_candidates(doc, self._is_known)))
            if taken.isdisjoint(range(s.start, s.end)) and _is_place_name(s)
        ]
        candidates = sorted([*candidates, *heads], key=lambda s: s.start)
        countries = dict(list(doc.user_data.get("countries", {}).items())[:_CONTEXT_COUNTRIES])
        dateline = find_dateline(text_of(doc))
        where = None if dateline is None else (dateline.start, dateline.end)
        context = self._context(candidates, countries, where)
        begins = {head.start for head in heads}
        spans = [self._resolve(s, context, is_head=s.start in begins) for s in candidates]
        found = [s for s in spans if s is not None]
        taken = {t.i for s in found for t in s}
        parts = find_country_parts(doc, self.gazetteer)
        found += [p for p in parts if taken.isdisjoint(range(p.start, p.end))]
        return mark_speakers_seats(mark_bearings(sorted(found, key=lambda s: s.start)))

    def _is_known(self, name: str) -> bool:
        return bool(self._find_places(name, limit=1))

    def _find_places(
        self,
        name: str,
        *,
        countries: Collection[str] = (),
        near: Collection[str] = (),
        limit: int = 10,
    ) -> list[PlaceMatch]:
        """The gazetteer's answer, which an article asks for at each mention of a name."""
        key = name, tuple(countries), tuple(near), limit
        if key not in self._answers:
            self._answers[key] = self.gazetteer.find_places(
                name, countries=countries, near=near, limit=limit
            )
        return self._answers[key]

    def _context(
        self,
        candidates: Sequence[Span],
        countries: Mapping[str, int],
        dateline: tuple[int, int] | None,
    ) -> _Context:
        """What the sure candidates give for the others."""
        votes: Counter[str] = Counter()
        near = []
        for rank, code in enumerate(countries):
            votes[code] += 3 - rank
        outer = self._outer(candidates, list(countries))
        home = {code for code, count in countries.items() if count > 1}
        home |= self._countries_of_provinces(candidates, list(countries))
        for span in candidates:
            answers = self._find_places(span.text, countries=countries)
            inside = [a for a in answers if outer.get(span.start) in a.place.within_ids]
            best = next((a for a in inside or answers if not is_namesake(a, home)), None)
            if (
                best is not None
                and is_sure(best)
                and best.place.country_code
                # a name that only sounds like a place does not say which country is meant
                and not best.reason.startswith(LIKENESS)
            ):
                votes[best.place.country_code] += 1
                if best.place.country_code in countries and best.place.kind != "country":
                    home.add(best.place.country_code)
                if best.place.kind not in REGION_KINDS:
                    near.append(best.place.id)
        ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
        scope = tuple(code for code, _ in ranked[:_CONTEXT_COUNTRIES])
        return _Context(scope, frozenset(home), tuple(dict.fromkeys(near)), outer, dateline)

    def _outer(self, candidates: Sequence[Span], countries: Sequence[str]) -> dict[int, str]:
        """By first token of a name, the place told right behind it: "Ponyativka, Kherson"."""
        outer = self._above(candidates, countries)
        for inner, span in pairwise(candidates):
            between = span.doc[inner.end : span.start]
            if len(between) and all(t.lower_ in _WITHIN for t in between):
                answers = self._find_places(span.text, countries=countries, limit=1)
                if answers and is_sure(answers[0]):
                    outer[inner.start] = answers[0].place.id
        return outer

    def _countries_of_provinces(
        self, candidates: Sequence[Span], countries: Sequence[str]
    ) -> set[str]:
        """The countries of what is surely a province: "Zamfara State" is in Nigeria."""
        found = set()
        for span in candidates:
            if kind_words().get(span[-1].lower_) == "admin1":
                answers = self._find_places(span.text, countries=countries, limit=1)
                if answers and answers[0].reason == "exact" and is_sure(answers[0]):
                    found.add(answers[0].place.country_code or "")
        return found - {""}

    def _above(self, candidates: Sequence[Span], countries: Sequence[str]) -> dict[int, str]:
        """By first token of a name in a list item, the country or province that heads the item."""
        above = {}
        for span in candidates:
            item = item_at(span.doc, span.start_char)
            for start, end in item.names if item is not None else ():
                name = text_of(span.doc)[start:end].rstrip(":")
                answers = self._find_places(name, countries=countries, limit=1)
                if answers and answers[0].place.kind in REGION_KINDS and span.start_char >= end:
                    above[span.start] = answers[0].place.id
        return above

    def _resolve(self, span: Span, context: _Context, *, is_head: bool) -> Span | None:
        """A name with the place that it means; the head of a list item is one, known or not."""
        doc = span.doc
        best, span = self._look_up(span, context)
        kind = kind_words().get(span[-1].lower_) or kind_beside(span)
        if best is None and not (is_head or self._is_plausible(span, kind)):
            return None
        place = best.place if best is not None else None
        is_country = place is not None and place.kind == "country"
        result = Span(doc, span.start, span.end, label="PLACE")
        result._.place = PlaceMention(
            place=place,
            name=place.name if place is not None else span.text,
            kind=place.kind if place is not None else kind,
            near=is_near(span) or kind_words().get(span[-1].lower_) == "area",
            excluded=(
                None
                if is_head
                else why_excluded(
                    doc, span, context.dateline, is_country=is_country, is_known=place is not None
                )
            ),
            rule=f"gazetteer, {best.reason}" if best is not None else "unresolved name",
        )
        return result

    def _look_up(self, span: Span, context: _Context) -> tuple[PlaceMatch | None, Span]:
        """The best answer to a span or to its end: of "Syrias Hasakeh city" only the end is one."""
        labels = {t.ent_type_ for t in span}
        doubtful = labels & {"ORG", "PERSON", "NORP", "PRODUCT"} or span.text.isupper()
        outer = context.outer.get(span.start)
        for start in range(span.start, span.end):
            part = span.doc[start : span.end]
            if start > span.start and (not part.text[:1].isupper() or is_kind(part)):
                continue
            if is_bearing_of_name(part):
                continue
            answers = self._find(part, context)
            inside = [a for a in answers if outer in a.place.within_ids]
            word = shared_kind_word(part) or ""
            kind = kind_words().get(part[-1].lower_) or kind_words().get(word)
            best = self._best(inside or answers, context, kind)
            if best is not None and not (doubtful and is_guess(best, context.countries)):
                return None if is_initials(part, best) else best, part
            if len(span) > _LONG_NAME:
                break
        return None, span

    def _find(self, part: Span, context: _Context) -> Sequence[PlaceMatch]:
        """The answers to a name, with the kind word in front of it or behind its list."""
        bare = self._find_places(part.text, countries=context.countries, near=context.near)
        word, kinds = kind_word_of(part)
        if word is None or part[-1].lower_ in kind_words():
            return bare
        named = f"{part.text} {word}"
        answers = self._find_places(named, countries=context.countries, near=context.near)
        answers = [a for a in answers if a.place.kind in kinds]
        # A town of the region that has its name is near enough, and exact.
        is_seat = shared_kind_word(part) is None and any(
            answers and answers[0].place.id in a.place.within_ids for a in bare
        )
        return bare if is_seat else answers or bare

    def _best(
        self, answers: Sequence[PlaceMatch], context: _Context, kind: str | None
    ) -> PlaceMatch | None:
        """The first answer that is sure enough; of a town and its province the town."""
        countries = context.countries
        sure = [
            a
            for a in answers
            if (is_sure(a) or (a.place.country_code in countries and a.score >= MIN_SCORE / 2))
            and not is_namesake(a, context.home)
        ]
        if not sure:
            return None
        towns = [
            a
            for a in sure
            if a.place.kind == "city"
            and a.place.population
            and sure[0].place.id in a.place.within_ids
            and a.score >= sure[0].score - _SAME_SCORE
        ]
        if sure[0].place.kind in {"admin1", "admin2"} and towns and kind in {None, "city"}:
            return towns[0]
        return sure[0]

    def _is_plausible(self, span: Span, kind: str | None) -> bool:
        """An unknown name is a place if a kind word or the NER says so."""
        if kind_beside(span) is not None:
            return True
        if is_kind(span) or all(
            t.is_upper or t.lower_ in kind_words() or not t.is_alpha for t in span
        ):
            return False  # "IDP camp"
        if kind is not None and any(t.text[:1].isupper() for t in span[:-1] or span):
            return True
        labels = {t.ent_type_ for t in span}
        if labels & PLACE_LABELS:
            return span.text[0].isupper()
        return labels <= _MISTAKEN and span.root.pos_ == "PROPN" and stands_for_place(span)


def _taken_tokens(doc: Doc) -> set[int]:
    """Tokens of parties' and outlets' names and of dates: "an SDF checkpoint" is no name."""
    spans = [s for s in spans_of(doc, "outlets") if not stands_for_place(s)]  # "in Mayadeen"
    spans += spans_of(doc, "dates")
    spans += [a for a in spans_of(doc, "actors") if a._.actor.rule not in _NAMED_ANYHOW]
    return {i for span in spans for i in range(span.start, span.end)}


def _is_place_name(span: Span) -> bool:
    """False for words in small letters, for "US-backed" and for people's names."""
    if not any(t.text[:1].isupper() for t in span):
        return False
    behind = span.doc[span.end : span.end + 2]
    if (
        len(behind) == 2  # noqa: PLR2004 - a hyphen and a participle
        and behind[0].text in {"-", "‑"}
        and behind[1].tag_ in {"VBN", "VBD", "JJ", "VBG"}
    ):
        return False  # "US-backed", "Damascus-based"
    if any(t.tag_ == "VBN" and t.i > span.start and t.nbor(-1).text in {"-", "‑"} for t in span):
        return False  # "rebel-held city"
    people = entity_at(span[0])
    return not (
        people is not None
        and people.label_ in {"PERSON", "NORP"}
        and span.end <= people.end
        and span[-1].lower_ not in kind_words()
        and not follows_place_preposition(span[0])
        and not is_listed_place(span)
        and kind_beside(span) is None
        and not (len(people) == 1 and is_struck_place(span.root))
    )


class _Context(NamedTuple):
    """What an article says about where its places are.

    Attributes:
        countries: ISO codes, the likeliest first.
        home: those that the article is about: named twice, or with a place in them.
        near: ids of the places found for sure.
        outer: by first token of a name, the id of the place told right behind it.
        dateline: first and last character of the dateline.
    """

    countries: tuple[str, ...]
    home: frozenset[str]
    near: tuple[str, ...]
    outer: dict[int, str]
    dateline: tuple[int, int] | None


COMPONENT = Component("incidents_places", after=("incidents_actors", "incidents_dates"))


@Language.factory("incidents_places", requires=["doc.ents"], assigns=["doc.spans"])
def make_places(nlp: Language, name: str) -> PlaceMatcher:
    """Make the place component with the default gazetteer."""
    del nlp, name
    register_extensions()
    return PlaceMatcher()
