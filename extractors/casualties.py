"""Counts of people killed, wounded, detained, kidnapped, missing and displaced."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span

from incidents.extractors.casualty_words import casualty_words, cues
from incidents.extractors.columns import columns, is_in_span
from incidents.extractors.components import Component
from incidents.extractors.harm_turns import UNSAVED, can_turn, find_turns, in_bad_condition
from incidents.extractors.joined_people import (
    attackers_among,
    companions,
    conjuncts,
    is_subset,
    listed_before,
    spelled_out,
)
from incidents.extractors.mentions import CasualtyMention, Quantity, register_extensions
from incidents.extractors.modality import is_cumulative, is_real
from incidents.extractors.needs import check_needs
from incidents.extractors.people import class_of, member_nouns
from incidents.extractors.people_before import people_meant
from incidents.extractors.person_phrases import (
    COLLECTIVE,
    NUMBER_NOUNS,
    count_people,
    is_denied,
    is_known_people,
    is_person,
    left_tokens,
    stands_for_one,
    victim_names,
)
from incidents.extractors.phrases import PhraseTrie
from incidents.extractors.quantities import quantity_of
from incidents.extractors.toll_counts import TOLL, TOLL_WORDS, find_tolls
from incidents.extractors.victims import (
    ACTED_BEFORE,
    Victims,
    adjective_victims,
    coordinated_with,
    count_victims,
    deed_victims,
    misread_victims,
    subjects_harmed,
    verb_victims,
)
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc, Token

    from incidents.model import CasualtyKind


@cache
def _phrases() -> PhraseTrie[tuple[CasualtyKind, str]]:
    trie: PhraseTrie[tuple[CasualtyKind, str]] = PhraseTrie()
    for phrase, entry in load_words("casualties")["phrases"].items():
        trie.add(phrase.split(), (entry["kind"], entry["people"]))
    return trie


@cache
def _cue_words() -> frozenset[str]:
    """Lemmas and words that can lead to people harmed without being verbs."""
    return frozenset(
        {
            *TOLL_WORDS,
            *casualty_words("toll", "nouns"),
            *casualty_words("toll", "groups"),
            *casualty_words("treated", "conditions"),
            *(
                word
                for column in ("adjectives", "deeds", "counts", "verbs", "intransitive")
                for word in cues(column)
            ),
        }
    )


class CasualtyMatcher:
    """Finds casualty counts by the parse.

    Method: a cue (verb, adjective or noun of `data/casualties.toml`) leads to the phrase that names
    the people: object, passive subject, participle's noun, "left N dead", "the death of", "N
    deaths", "lost N fighters", "taken to hospital", "the toll rose to N"; lists and companions
    are followed. The phrase must be people; its count is read by `quantities`. Sets
    `doc.spans["casualties"]` with `span._.casualty`. Left out: negated, planned and hypothetical
    harm; subsets ("including three children"), but for the attackers among the dead, who have a
    side of their own; lasting states ("four detained journalists").

    Measured: finds 0.92 (216/234) of the words that annotators quote for people harmed, and 0.84
    (196/234) with their kind and range, on 190 real articles (`benchmarks/components.py`). Known
    misses: counts whose noun stands in another sentence; people that the tagger does not know
    for a name.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["casualties"]`."""
        check_needs(doc, "incidents_casualties", "POS", "DEP")
        doc.spans["casualties"] = list(self.match(doc))
        return doc

    def match(self, doc: Doc) -> Iterator[Span]:
        """Casualty counts of a doc in order of their cues."""
        seen: set[tuple[str, int]] = set()
        harmed: dict[int, CasualtyKind] = {}
        counted: set[tuple[str, int]] = set()  # "30 others injured" by "others" and by "injured"
        for kind, cue, victims in self._find(doc):
            for head, rule in _together(victims):
                if (kind, head.i) in seen:
                    continue
                span = self._mention(doc, kind, cue, head, rule, harmed)
                if span is None:
                    continue
                number = quantity_of(left_tokens(head))
                key = (kind, number.tokens[-1] if number else head.i)
                if key not in counted:
                    seen.add((kind, head.i))
                    counted.add(key)
                    harmed[span._.casualty.noun] = kind
                    yield span

    def _find(self, doc: Doc) -> Iterator[tuple[CasualtyKind, Token, Victims]]:
        for start, end, values in _phrases().find(columns(doc).lemma):
            del end
            for kind, people in values:
                verb = doc[start]
                found = (
                    verb_victims(verb)
                    if people == "object"
                    else (Victims(s, "subject") for s in subjects_harmed(verb))
                )
                yield from ((kind, verb, v) for v in found)
        words = columns(doc)
        cue_words = _cue_words()
        for i, (lower, lemma, pos) in enumerate(
            zip(words.lower, words.lemma, words.pos, strict=True)
        ):
            is_cue = lemma in cue_words or lower in cue_words
            if is_cue or (pos == "VERB" and can_turn(lemma, words.vocabulary)):
                yield from self._find_at(doc[i])

    def _find_at(self, token: Token) -> Iterator[tuple[CasualtyKind, Token, Victims]]:
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB":
            if kind := cues("verbs").get(lemma):
                yield from ((kind, token, v) for v in verb_victims(token))
            if kind := cues("intransitive").get(lemma):
                yield from ((kind, token, Victims(s, "subject")) for s in subjects_harmed(token))
            yield from ((kind, token, v) for kind, v in find_turns(token))
        kind = cues("adjectives").get(token.lower_)
        if kind and token.pos_ in {"ADJ", "NOUN", "PROPN", "VERB"}:
            yield from ((kind, token, v) for v in adjective_victims(token))
        yield from ((kind, token, v) for kind, v in find_tolls(token))
        if token.pos_ in {"NOUN", "PROPN"}:
            if kind := cues("deeds").get(lemma):
                yield from ((kind, token, v) for v in deed_victims(token))
            yield from ((kind, token, v) for kind, v in in_bad_condition(token))
            if kind := cues("counts").get(lemma) or cues("counts").get(token.lower_):
                yield from ((kind, token, v) for v in count_victims(token))
            if kind := cues("verbs").get(lemma):
                yield from ((kind, token, v) for v in misread_victims(token))

    def _mention(
        self,
        doc: Doc,
        kind: CasualtyKind,
        cue: Token,
        head: Token,
        rule: str,
        harmed: Mapping[int, CasualtyKind],
    ) -> Span | None:
        quantity, noun = count_people(head)
        if rule == "shared count" and quantity is None:
            lead = coordinated_with(cue)
            quantity = quantity_of(left_tokens(lead)) if lead is not None else None
        if _is_unreal(cue, head, rule) or not _is_harmed(kind, cue, head, noun, rule, quantity):
            return None
        before = people_meant(head, cue, quantity, harmed) if kind in _REPEATED else None
        if before is not None and _is_unfit(kind, cue, head, before.noun):
            return None
        if before is not None and quantity is None:
            low, high = before.min, before.max
        elif quantity is not None and rule == TOLL and head.head.lower_ == "from":
            low = high = quantity.max  # "has risen from nine to 14"
        else:
            low, high = self._count(head, noun, quantity)
        if rule != _ATTACKERS:
            low, high = _without_attackers(head, low, high)
        if low is None and high is None:
            return None
        tokens = [cue.i, head.i, *(quantity.tokens if quantity else [])]
        span = Span(doc, min(tokens), max(tokens) + 1, label=kind.upper())
        span._.casualty = CasualtyMention(
            kind=kind,
            min=low,
            max=high,
            head=head.i,
            cue=cue.i,
            names=victim_names(head) if before is None else before.names,
            whole=rule == TOLL or head.head.lemma_ in {"total", "totaling", "totalling"},
            more=_is_more(head),
            attackers=rule in {_ATTACKERS, ACTED_BEFORE},
            rule=rule,
            told_before=None if before is None else before.noun.i,
        )
        return span

    def _count(
        self, head: Token, noun: Token, quantity: Quantity | None
    ) -> tuple[int | None, int | None]:
        if quantity is not None:
            return quantity.min, quantity.max
        if head.lemma_.lower() == "casualty":
            return (None, None) if is_known_people(head) else (1, None)
        if head.lower_ in {"he", "she", "him", "her", "one"} or stands_for_one(head):
            return 1, 1
        if head.ent_type_ == "NORP" and any(c.lower_ == "a" for c in head.children):
            return 1, 1  # "a Syrian was shot dead"
        if head.ent_type_ == "PERSON" or (
            head.tag_ in {"NN", "NNP"}
            and (class_of(noun) or noun.lemma_.lower() in member_nouns())
            and head.lower_ not in COLLECTIVE
            and head.lower_ not in NUMBER_NOUNS
        ):
            return 1, 1
        return None, None


_ATTACKERS = "attackers among the dead"
_REPEATED = frozenset(
    {"killed", "wounded", "detained", "kidnapped"}
)  # "they fled" is mostly culprits
_MORE = frozenset({"more", "another", "further", "additional", "others", "other"})


def _is_more(head: Token) -> bool:
    """True for an addition: "two more", "another five"."""
    end = head.i + 1 + (head.pos_ == "NUM")  # "two more", which hangs on the two
    return any(t.lower_ in _MORE for t in head.doc[head.left_edge.i : end])


def _together(victims: Victims) -> Iterator[tuple[Token, str]]:
    """The people of a phrase, those joined to them, and the attackers counted with them."""
    parts = spelled_out(victims.head)
    first = listed_before(victims.head)
    for head in parts or [*first, *conjuncts(victims.head), *companions(victims.head)]:
        yield head, victims.rule
        attackers = attackers_among(head)
        if attackers is not None:
            yield attackers, _ATTACKERS


def _without_attackers(
    head: Token, low: int | None, high: int | None
) -> tuple[int | None, int | None]:
    """The count of the attack's victims: "five killed, including the attacker" is four."""
    attackers = attackers_among(head)
    if attackers is None or low is None:
        return low, high
    own = quantity_of(left_tokens(attackers))
    n = own.min if own is not None else 1
    if low <= n:
        return None, None
    return low - n, None if high is None else high - n


def _is_unreal(cue: Token, head: Token, rule: str) -> bool:
    """True for harm that is negated, planned or the sum of a war."""
    return not (is_real(cue) or rule == UNSAVED) or is_denied(head) or is_cumulative(cue)


def _is_harmed(
    kind: CasualtyKind, cue: Token, head: Token, noun: Token, rule: str, quantity: Quantity | None
) -> bool:
    """True for people, and not such as were counted already."""
    if rule != _ATTACKERS and is_subset(head, noun, cue, kind):
        return False
    strict = kind == "missing" or cue.lemma_ == "capture" or rule == "verb read as noun"
    counted = quantity is not None and not strict
    is_member = head.lemma_.lower() in member_nouns()  # "two members of the front"
    if rule == TOLL and quantity is not None:
        return True  # a bare number, which the recogniser often takes for an age
    if head != cue and not (is_member or is_person(noun, counted=counted)):
        return False
    return not _is_unfit(kind, cue, head, noun)


def _is_unfit(kind: CasualtyKind, cue: Token, head: Token, noun: Token) -> bool:
    """True for a captured town, and for gunmen who fled the scene: nobody was displaced.

    Neither are bodies wounded that were taken to a hospital.
    """
    if kind != "killed" and head.lemma_.lower() in _LIFELESS:
        return True
    if cue.lemma_ in {"capture", "seize"} and _is_place(head):
        return True
    return kind == "displaced" and (class_of(noun) in _ARMED or _gets_away(cue, noun))


def _gets_away(verb: Token, noun: Token) -> bool:
    """True for "two men fled on a motorcycle" and "they fled the scene": those who did it."""
    if verb.lemma_ != "flee":
        return False
    if any(
        c.dep_ == "dobj" and c.lemma_ in casualty_words("getaway", "scenes") for c in verb.rights
    ):
        return True
    told = (t for c in verb.children if c.dep_ in {"nsubj", "prep"} for t in c.subtree)
    means = casualty_words("getaway", "means")
    return noun.lemma_.lower() in casualty_words("getaway", "who") and any(
        t.lemma_.lower() in means for t in told
    )


_LIFELESS = frozenset({"body", "corpse", "remain", "martyr", "dead", "deceased"})
_ARMED = frozenset({"state", "rebel", "militia", "identity", "rioters"})


def _is_place(noun: Token) -> bool:
    return is_in_span(noun, "places")


COMPONENT = Component("incidents_casualties", after=("incidents_actors", "incidents_places"))


@Language.factory("incidents_casualties", requires=["token.dep"], assigns=["doc.spans"])
def make_casualties(nlp: Language, name: str) -> CasualtyMatcher:
    """Make the casualty component."""
    del nlp, name
    register_extensions()
    return CasualtyMatcher()
