"""Parties named in an article: known names, its own abbreviations, forces, groups, crowds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span

from incidents.extractors.abbreviations import is_acronym, long_form, speaks_of_force
from incidents.extractors.actor_groups import NOMINAL, Found, find_groups, longest
from incidents.extractors.actor_names import choose_actor, is_in_scope, is_unmistakable
from incidents.extractors.actor_phrases import (
    folded_keys,
    is_broken,
    is_part_of_place,
    written_like,
)
from incidents.extractors.columns import columns
from incidents.extractors.components import Component
from incidents.extractors.mentions import COUNTRY_AS_AGENT, ActorMention, register_extensions
from incidents.extractors.needs import check_needs
from incidents.extractors.phrases import PhraseTrie
from incidents.extractors.vocabulary import word_set
from incidents.gazetteer import Gazetteer, fold_tokens, is_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc


_PEOPLE_ENTITIES = frozenset({"NORP", "GPE", "LOC"})


class ActorMatcher:
    """Finds parties.

    Method: in this order, longest first, names of the gazetteer by a trie over folded words;
    abbreviations that the article defines ("National Defense Forces (NDF)"); noun phrases that end
    in a word for armed people or forces, with the demonym or name in front of them; organisations
    and countries that the NER finds. Outlets and monitors are left out: they are sources.

    Sets `doc.spans["actors"]` with `span._.actor`, `doc.spans["outlets"]`, and
    `doc.user_data["countries"]`: how often each country (ISO2) is named.

    Measured: finds 0.85 (525/618) of the words that annotators quote for sides, on 190 real
    articles (`benchmarks/components.py`). Known misses: names of unknown groups that the NER takes
    for persons; people whose noun is in no word list.
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        """Use a gazetteer, or the default one, opened when first needed."""
        self._gazetteer = gazetteer
        self._names: PhraseTrie[tuple[str, str]] | None = None
        self._outlets: PhraseTrie[str] | None = None

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer that names are looked up in."""
        if self._gazetteer is None:
            self._gazetteer = Gazetteer.open()
        return self._gazetteer

    @gazetteer.setter
    def gazetteer(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._names = self._outlets = None

    def _build(self) -> None:
        self._names, self._outlets = PhraseTrie(), PhraseTrie()
        for actor in self.gazetteer.actors():
            for name in (actor.name, *actor.aliases):
                if tokens := fold_tokens(name):
                    self._names.add(tokens, (actor.id, name))
        for outlet in self.gazetteer.outlets():
            for name in (outlet.name, *outlet.aliases):
                if tokens := fold_tokens(name):
                    self._outlets.add(tokens, name)

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["actors"]` and the countries that are named."""
        check_needs(doc, "incidents_actors", "POS")
        if self._names is None:
            self._build()
        doc.user_data["countries"] = self.count_countries(doc)
        keys, indices = folded_keys(doc)
        outlets = longest(list(self._match_outlets(doc, keys, indices)))
        doc.spans["outlets"] = [Span(doc, c.start, c.end, label="OUTLET") for c in outlets]
        names = list(self._match_names(doc, keys, indices))
        doc.spans["actors"] = self.match(doc, longest([*outlets, *names]))
        return doc

    def count_countries(self, doc: Doc) -> dict[str, int]:
        """How often each country is named, by name or demonym, the most frequent first."""
        counts: Counter[str] = Counter()
        words = columns(doc)
        for text, pos in zip(words.text, words.pos, strict=True):
            if pos in NOMINAL and text[:1].isupper():
                code = self.gazetteer.country_of(text)
                if code:
                    counts[code] += 1
        for ent in doc.ents:
            if (
                ent.label_ == "GPE"
                and len(ent) > 1
                and (code := self.gazetteer.country_of(ent.text.removeprefix("the ")))
            ):
                counts[code] += 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def match(self, doc: Doc, found: list[Found]) -> list[Span]:
        """The parties of a doc, without overlap, in order.

        Args:
            doc: the article.
            found: names of the gazetteer and outlets in it.
        """
        found = [*found, *self._match_abbreviations(doc, found)]
        found = longest([*find_groups(doc, found, self.gazetteer), *found])
        taken = {i for c in found for i in range(c.start, c.end)}
        found += [c for c in self._match_entities(doc) if taken.isdisjoint(range(c.start, c.end))]
        return [
            _span(doc, c) for c in sorted(found, key=lambda c: c.start) if c.mention is not None
        ]

    def _match_outlets(
        self, doc: Doc, keys: Sequence[str], indices: Sequence[int]
    ) -> Iterator[Found]:
        """Outlets: found without a mention, which keeps others from reading them as a party."""
        assert self._outlets is not None  # noqa: S101 - __call__ builds it
        for start, end, names in self._outlets.find(keys):
            span = doc[indices[start] : indices[end - 1] + 1]
            if any(written_like(span, name) for name in names):
                yield Found(span.start, span.end, None)

    def _match_names(
        self, doc: Doc, keys: Sequence[str], indices: Sequence[int]
    ) -> Iterator[Found]:
        assert self._names is not None  # noqa: S101 - __call__ builds it
        countries = list(doc.user_data["countries"])
        i = 0
        while i < len(keys):
            match = self._names.longest(keys, i)
            ids: list[str] = []
            if match is not None:
                span = doc[indices[i] : indices[match[0] - 1] + 1]
                ids = [
                    actor_id
                    for actor_id, name in match[1]
                    if written_like(span, name)
                    and not is_broken(span, name)
                    and (
                        is_in_scope(self.gazetteer, actor_id, name, countries)
                        or is_unmistakable(self.gazetteer, name, match[1])
                    )
                ]
            if match is not None and ids:
                start = _with_article(doc, span.start)
                yield Found(
                    start, span.end, self._named(choose_actor(self.gazetteer, ids, countries), span)
                )
                i = match[0]
            else:
                i += 1

    def _named(self, actor_id: str, span: Span) -> ActorMention:
        actor = self.gazetteer.actor(actor_id)
        assert actor is not None  # noqa: S101 - the id comes from the same gazetteer
        described = actor.kind == "state forces" and span[-1].is_lower and len(span) > 1
        return ActorMention(
            actor.id,
            span.text if described else actor.name,
            actor.kind,
            generic=False,
            country_code=actor.countries[0] if actor.countries else None,
            rule="gazetteer name",
            described=described,
        )

    def _match_abbreviations(self, doc: Doc, found: Sequence[Found]) -> list[Found]:
        """Later uses of an abbreviation that the article explains in brackets."""
        meanings: dict[str, ActorMention | None] = {}
        new = []
        text = columns(doc).text
        for i in range(2, len(text) - 1):
            if text[i - 1] != "(" or text[i + 1] != ")" or not is_acronym(text[i]):
                continue
            words = long_form(doc, i - 1, text[i])
            if words is None:
                continue
            owner = next((c for c in found if c.start >= words.start and c.end == words.end), None)
            if owner is not None:
                meanings[text[i]] = owner.mention
            elif speaks_of_force(words.text):
                meanings[text[i]] = _unknown(words.text, "abbreviation defined in the article")
                new.append(Found(words.start, words.end, meanings[text[i]]))
        covered = {i for c in (*found, *new) for i in range(c.start, c.end)}
        new += [
            Found(i, i + 1, meanings[word])
            for i, word in enumerate(text)
            if word in meanings and i not in covered
        ]
        return new

    def _match_entities(self, doc: Doc) -> Iterator[Found]:
        """Organisations, countries and peoples that the NER finds, as possible parties."""
        for ent in doc.ents:
            if ent.label_ == "ORG" and ent[-1].lower_ in word_set("place_kinds", "nouns", "sites"):
                continue  # "Ben Gurion International Airport" is a place
            if any(is_part_of_place(t) for t in ent):
                continue
            if ent.label_ == "ORG" and not ent.text.islower():
                start = ent.start + (ent[0].lower_ == "the" and len(ent) > 1)
                yield Found(
                    start, ent.end, _unknown(doc[start : ent.end].text, "organisation (NER)")
                )
            elif ent.label_ in _PEOPLE_ENTITIES:
                text = ent.text.removeprefix("the ").removeprefix("The ")
                code = self.gazetteer.country_of(text)
                if code and ent.label_ == "NORP" and ent.root.tag_ in {"NNS", "NNPS"}:
                    yield Found(
                        ent.start,
                        ent.end,
                        ActorMention(
                            None,
                            "civilians",
                            "civilians",
                            generic=True,
                            country_code=code,
                            rule="people",
                        ),
                    )
                elif code:
                    yield Found(ent.start, ent.end, self._state(code))

    def _state(self, code: str) -> ActorMention:
        """A country that stands for its forces."""
        forces = self.gazetteer.branch(code, "army")
        return ActorMention(
            forces.id if forces is not None else None,
            forces.name if forces is not None else self.gazetteer.country_name(code),
            "state forces",
            generic=False,
            country_code=code,
            rule=COUNTRY_AS_AGENT,
        )


def _with_article(doc: Doc, start: int) -> int:
    """Take the article of "al-Shabaab" into the name."""
    if start > 1 and doc[start - 1].text in {"-", "‑"} and is_article(doc[start - 2].text):
        return start - 2
    return start


def _unknown(name: str, rule: str) -> ActorMention:
    return ActorMention(None, name, None, generic=False, country_code=None, rule=rule)


def _span(doc: Doc, found: Found) -> Span:
    span = Span(doc, found.start, found.end, label="ACTOR")
    span._.actor = found.mention
    return span


COMPONENT = Component("incidents_actors")


@Language.factory("incidents_actors", requires=["doc.ents"], assigns=["doc.spans"])
def make_actors(nlp: Language, name: str) -> ActorMatcher:
    """Make the actor component with the default gazetteer."""
    del nlp, name
    register_extensions()
    return ActorMatcher()
