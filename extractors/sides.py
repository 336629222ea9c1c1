"""From a noun phrase to the party that it means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from incidents.extractors.antecedents import PRONOUNS, find_antecedent, first_looked_at
from incidents.extractors.attribution import find_teller, speech_verbs
from incidents.extractors.mentions import COUNTRY_AS_AGENT, spans_of
from incidents.extractors.people import class_of, kind_of_class, member_nouns, organisation_nouns
from incidents.extractors.person_phrases import count_people
from incidents.extractors.vocabulary import word_set
from incidents.gazetteer import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Span, Token

    from incidents.extractors.mentions import ActorMention
    from incidents.model import ActorKind

_PERSONAL = frozenset("he she him her".split())
_PERSONS_DEPS = frozenset({"nsubj", "nsubjpass", "dobj"})
_GROUP_NOUNS = frozenset(
    "group militia force forces militants fighters gunmen attackers assailants insurgents army"
    " troops soldiers police jihadists extremists gang movement faction terrorists bandits rebels"
    " raiders mercenaries former latter organisation organization".split()
)
_OF_TELLERS = frozenset({"it", "its", "they", "their", "them"})
_OWN_PEOPLE = frozenset(
    {"man", "woman", "people", "member", "comrade", "number", "dead", "wounded"}
)
_PARTS = frozenset({"patrol", "unit", "contingent", "platoon", "garrison"})  # "a patrol of police"
_MAX_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Party:
    """A party as one article means it.

    Attributes:
        id: gazetteer id, or None.
        name: canonical name, or the words.
        mention: the words of this mention.
        kind: ACLED inter label, if known.
        generic: True for descriptions ("gunmen").
        people: True for people whose side is open ("three people").
        start: first character of the mention.
        rule: the rule that found the mention.
        described: True where `id` is known and `name` is but a description.
    """

    id: str | None
    name: str
    mention: str
    kind: ActorKind | None
    generic: bool
    people: bool = False
    start: int = 0
    rule: str = ""
    described: bool = False

    @property
    def key(self) -> str:
        """What makes two mentions the same party."""
        return self.id or fold_name(self.name)


class Sides:
    """Resolves phrase heads to parties within one article."""

    def __init__(self, doc: Doc) -> None:
        """Index the actor mentions of a doc, and which description is which named actor."""
        self._doc = doc
        self._spans = list(spans_of(doc, "actors"))
        self._owner = {i: span for span in self._spans for i in range(span.start, span.end)}
        self._aliases = self._learn_aliases()

    def _learn_aliases(self) -> dict[str, ActorMention]:
        """Descriptions that the article equates with a named actor: "Kurdish forces (Asayish)"."""
        aliases: dict[str, ActorMention] = {}
        for span in self._spans:
            if not span._.actor.generic or span._.actor.kind == "civilians":
                continue
            named = self._named_behind(span)
            if named is not None:
                aliases.setdefault(fold_name(span._.actor.name), named)
        return aliases

    def _named_behind(self, span: Span) -> ActorMention | None:
        """The named actor in brackets or behind "known as" right after a description."""
        doc, i = self._doc, span.end
        while i < len(doc) and doc[i].text in {"(", ",", "known", "as", "called", "-", "–", "the"}:
            i += 1
        if i == span.end or i >= len(doc):
            return None
        if doc[span.end].text == "," and doc[i - 1].text not in {"as", "called", "the"}:
            return None
        owner = self._owner.get(i)
        if owner is None or owner.start != i or owner._.actor.generic:
            return None
        actor: ActorMention = owner._.actor
        return actor if actor.id and not actor.is_country else None

    def of(self, token: Token, depth: int = 0) -> Party | None:
        """The party that a phrase's head names, or None.

        Args:
            token: head of a noun phrase.
            depth: how often the question was passed on to a part of the phrase.
        """
        if depth > _MAX_DEPTH:
            return None
        span = self._owner.get(token.i)
        if span is not None:
            return self._from_span(span, token, depth)
        if token.lower_ in _PERSONAL:
            return self._person(token)
        if token.lower_ in PRONOUNS:
            return self._antecedent(token)
        if _is_known_group(token) and (known := self._antecedent(token)) is not None:
            return known
        modifier = self._from_modifiers(token, depth)
        if modifier is not None and modifier.id:
            return modifier
        return (
            self._from_complement(token, depth)
            or (self._from_apposition(token) if token.lemma_ in member_nouns() else None)
            or modifier
            or self._from_side(token)
            or self._from_owner(token)
            or self._from_noun(token)
        )

    def _from_owner(self, token: Token) -> Party | None:
        """The party whose men "its men" are."""
        if token.lemma_ not in _OWN_PEOPLE:
            return None
        owner = next((c for c in token.children if c.lower_ in {"its", "their"}), None)
        party = self._antecedent(owner) if owner is not None else None
        return party if party is not None and _can_be(party, None) else None

    def _from_modifiers(self, token: Token, depth: int) -> Party | None:
        """The party in front of a noun, the nearest named one first: "an ISF checkpoint"."""
        parties = []
        for child in sorted(token.children, key=lambda c: -c.i):
            if child.i < token.i and child.dep_ in {"compound", "amod", "nmod", "poss"}:
                party = (
                    self.of(child, depth + 1)
                    if child.i in self._owner
                    else (self._from_modifiers(child, depth + 1) if depth < _MAX_DEPTH else None)
                )
                if party is not None and (party.rule != COUNTRY_AS_AGENT or _can_belong(token)):
                    parties.append(party)
        return next((p for p in parties if p.id), parties[0] if parties else None)

    def _from_side(self, token: Token) -> Party | None:
        """Read "the regime-backed side" as the actor that was called "regime-backed militia"."""
        if token.lemma_ not in {"side", "part", "rank"}:
            return None
        words = fold_name(token.doc[token.left_edge.i : token.i].text).removeprefix("the ")
        for description, actor in self._aliases.items():
            if words and description.startswith(words + " "):
                return Party(
                    actor.id, actor.name, token.text, actor.kind, generic=False, start=token.idx
                )
        return None

    def _from_span(self, span: Span, token: Token, depth: int) -> Party | None:
        actor = span._.actor
        if actor.kind == "civilians" and actor.generic:
            return _party(actor, span)
        if actor.generic:
            named = (
                self._from_complement(token, depth)
                or self._from_alias(actor, span)
                or self._from_apposition(token)
            )
            if named is not None and (not named.generic or token.lemma_ in _PARTS):
                return named
            owner = next(
                (c for c in token.children if c.dep_ == "poss" and c.lower_ in {"its", "their"}),
                None,
            )
            owned = token.lower_ in organisation_nouns() or token.lemma_ in member_nouns()
            if owner is not None and owned:
                kind = None if token.lemma_ == "force" else actor.kind
                return self._antecedent(owner, kind=kind) or _party(actor, span)
            definite = any(
                c.dep_ in {"det", "poss"} and c.lower_ in {"the", "its", "their", "those", "these"}
                for c in token.children
            )
            bare = all(t.lower_ in word_set("people", "describing", "words") for t in span[:-1])
            if definite and bare and token.lower_ in _GROUP_NOUNS:
                return self._antecedent(token, kind=actor.kind) or _party(actor, span)
        return _party(actor, span)

    def _from_alias(self, actor: ActorMention, span: Span) -> Party | None:
        alias = self._aliases.get(fold_name(actor.name))
        return _party(alias, span) if alias is not None else None

    def _from_apposition(self, token: Token) -> Party | None:
        for child in token.children:
            if child.dep_ == "appos" and child.i in self._owner:
                owner = self._owner[child.i]
                if not owner._.actor.generic and not owner._.actor.is_country:
                    return _party(owner._.actor, owner)
        return None

    def _from_complement(self, token: Token, depth: int) -> Party | None:
        """The party behind "of", "from", "belonging to": "fighters of the NDF"."""
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "from", "within"}:
                for obj in child.children:
                    if obj.dep_ == "pobj" and obj.ent_type_ not in {"GPE", "LOC", "FAC", "DATE"}:
                        party = self.of(obj, depth + 1)
                        if party is not None and (party.id or not party.people):
                            return party
            elif child.dep_ in {"acl", "relcl"} and child.lemma_ in {"call", "know", "belong"}:
                for obj in child.subtree:
                    owner = self._owner.get(obj.i)
                    if owner is not None and owner._.actor.id and not owner._.actor.is_country:
                        return _party(owner._.actor, owner)
        return None

    def _from_noun(self, token: Token) -> Party | None:
        _, noun = count_people(token)
        if noun != token and noun.i in self._owner and noun.ent_type_ not in {"GPE", "LOC"}:
            return self._from_span(self._owner[noun.i], noun, _MAX_DEPTH)
        name = class_of(noun)
        if name is None:
            if token.ent_type_ == "PERSON":
                return Party(
                    None, "civilians", token.text, None, generic=True, people=True, start=token.idx
                )
            return None
        if name == "neutral":
            if noun.lemma_ in member_nouns() or noun.lemma_ in {"life", "body", "death"}:
                return None
            people = next((c.text + " " for c in noun.lefts if c.ent_type_ == "NORP"), "")
            return Party(
                None,
                "civilians",
                people + noun.text,
                "civilians",
                generic=True,
                people=True,
                start=noun.idx,
            )
        label = "civilians" if name == "civilian" else noun.text
        return Party(None, label, noun.text, kind_of_class(name), generic=True, start=noun.idx)

    def _antecedent(self, token: Token, kind: ActorKind | None = None) -> Party | None:
        """The party that a pronoun or "the group" means."""
        teller = self._teller(token)
        if teller is not None and _can_be(teller, kind):
            return teller
        span = find_antecedent(token, self._spans, kind)
        return self._from_span(span, span.root, 0) if span is not None else None

    def _teller(self, token: Token) -> Party | None:
        """The party that says the clause of a pronoun: "the army said five of its men died"."""
        told_by = find_teller(token) if token.lower_ in _OF_TELLERS else None
        party = self.of(told_by, _MAX_DEPTH) if told_by is not None else None
        if party is None and told_by is not None and _is_ministry(told_by):
            party = self._country_of(told_by)
        # A bare "the army said it …" names nobody for certain but as an owner.
        owns = token.dep_ == "poss"
        return party if party is not None and (owns or not party.generic) else None

    def _country_of(self, ministry: Token) -> Party | None:
        """The state whose ministry it is: "Russia's defence ministry"."""
        owners = (self._owner.get(c.i) for c in ministry.lefts)
        party = next((_party(o._.actor, o) for o in owners if o and o._.actor.is_country), None)
        return None if party is None else replace(party, rule="defence ministry")

    def _person(self, pronoun: Token) -> Party | None:
        """Who "he" or "she" is: the one person who was subject or object last."""
        for token in reversed(self._doc[first_looked_at(pronoun) : pronoun.i]):
            is_one = token.tag_ == "NN" and class_of(token) not in {None, "neutral"}
            told = token.head.lemma_.lower() in speech_verbs()
            if token.dep_ in _PERSONS_DEPS and not told and (is_one or token.ent_type_ == "PERSON"):
                return self.of(token, _MAX_DEPTH)
        return None

    def parties(self, tokens: Iterable[Token]) -> list[Party]:
        """The parties of several phrase heads, each once, in their order."""
        found: dict[str, Party] = {}
        for token in tokens:
            for party in (self._joined_before(token), self.of(token)):
                if party is not None:
                    found.setdefault(party.key, party)
        return list(found.values())

    def _joined_before(self, token: Token) -> Party | None:
        """The Thai troops of "Thai and Cambodian troops"."""
        span = self._owner.get(token.i)
        if span is None or span.start < 2 or span._.actor.country_code is None:  # noqa: PLR2004
            return None
        before = self._owner.get(span.start - 2)
        if (
            self._doc[span.start - 1].lower_ != "and"
            or before is None
            or not before._.actor.is_country
            or self._doc[span.start - 2].pos_ != "ADJ"
            or before._.actor.country_code == span._.actor.country_code
        ):
            return None
        words = f"{before.text} {span[-1].text}"
        return replace(_party(before._.actor, before), name=words, described=True)


def _party(actor: ActorMention, span: Span) -> Party:
    return Party(
        actor.id,
        actor.name,
        span.text,
        actor.kind,
        generic=actor.generic,
        start=span.start_char,
        rule=actor.rule,
        described=actor.described,
    )


def _is_ministry(noun: Token) -> bool:
    """True for a defence ministry, whose troops are the state's."""
    words = word_set("forces", "ministries", "words")
    return noun.lower_ in {"ministry", "staff"} and any(c.lower_ in words for c in noun.lefts)


def _can_be(party: Party, kind: ActorKind | None) -> bool:
    """True for an armed party that a pronoun can mean; a state's soldiers are no rebels' men."""
    if party.people or party.kind in {None, "civilians"}:
        return False
    return kind is None or party.kind == kind or "state" not in f"{kind}{party.kind}"


def _is_known_group(noun: Token) -> bool:
    """True for "the militant group", which was named before."""
    modifiers = [c for c in noun.lefts if c.dep_ in {"amod", "compound"}]
    return (
        noun.lower_ in _GROUP_NOUNS
        and any(c.lower_ == "the" for c in noun.lefts)
        and bool(modifiers)
        and all(c.lower_ in word_set("people", "describing", "words") for c in modifiers)
    )


def _can_belong(noun: Token) -> bool:
    """True for what a state's forces own or are; a "Syrian city" is no party."""
    return (
        noun.lemma_.lower() in word_set("objects", "assets", "words")
        or noun.lower_ in organisation_nouns()
        or (class_of(noun) in {"state", "rebel", "militia", "identity"})
    )
