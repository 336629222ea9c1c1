"""What is known of a place beside an event: the cues that `event_places` weighs.

Every cue is a yes or no that can be asked of any English sentence: how the words hang together in
the parse, what stands between them, what kind of place it is, and which other places stand beside
it. No cue is the word of the event itself, so that the weights do not depend on what the sentences
that they were fitted to happen to tell of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from incidents.extractors.attribution import speech_verbs
from incidents.extractors.columns import columns, spans_within
from incidents.extractors.people import class_of
from incidents.extractors.place_candidates import kind_beside, kind_words
from incidents.extractors.place_surroundings import gives_bearing, is_near
from incidents.extractors.syntax import arcs_between, is_verbal, way_between
from incidents.extractors.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Span, Token

_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "acl", "conj", "parataxis", "xcomp", "pcomp"})
_ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "pobj", "compound", "appos"})
_MODIFIERS = frozenset({"compound", "amod", "nmod", "poss"})
_PREPOSITIONAL = frozenset({"prep", "agent"})
_LABELS = ("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP")
_WINDOWS = (2, 5, 9, 15)  # tokens between a place and a trigger
_LONG_WAY = 12  # arcs
_MANY = 3
_APART = 99  # arcs between two trees
_JOINED_TOKENS = 6  # "X, in the northern province of Y"
_LISTED_TOKENS = 3  # "X, and the Y"
_LIST_WORDS = frozenset({"and", ",", "or", "the", "&"})
_BEFORE = frozenset({"the", ",", "("})
_BEHIND = frozenset({",", ".", "'s", "and", "-"})
_STOPS = frozenset({",", ";", "–", "—"})
_WHEN = frozenset({"after", "since", "before", "when", "while", "as"})


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its places and events.

    Attributes:
        sent: the sentence.
        places: all its places in order, those that cannot be where something was among them.
        place_roots: indices of their heads.
        place_tokens: indices of their tokens.
        event_roots: indices of the heads of its triggers.
        event_tokens: indices of their tokens.
        told: by the first token of a place, the cues of it that no trigger has a say in.
        steps: by the head of a trigger, the arcs between it and each of the places.
    """

    sent: Span
    places: tuple[Span, ...]
    place_roots: tuple[int, ...]
    place_tokens: frozenset[int]
    event_roots: frozenset[int]
    event_tokens: frozenset[int]
    told: dict[int, tuple[str, ...]] = field(default_factory=dict)
    steps: dict[int, list[int]] = field(default_factory=dict)

    @property
    def doc(self) -> Doc:
        """The article."""
        return self.sent.doc


def scene_of(sent: Span) -> Scene:
    """A sentence with what the place and the event component found in it."""
    places, events = (tuple(spans_within(sent, key)) for key in ("places", "events"))
    return Scene(
        sent,
        places,
        tuple(p.root.i for p in places),
        _tokens(places),
        frozenset(s.root.i for s in events),
        _tokens(events),
    )


def _tokens(spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(i for s in spans for i in range(s.start, s.end))


def find_cues(place: Span, trigger: Token, scene: Scene) -> frozenset[str]:
    """Names of the cues that hold for a place and a trigger of one sentence.

    Args:
        place: one of the places of the scene.
        trigger: head of the trigger.
        scene: their sentence.
    """
    steps = scene.steps.get(trigger.i)
    if steps is None:
        steps = [_arcs(scene.doc, root, trigger.i) for root in scene.place_roots]
        scene.steps[trigger.i] = steps
    single = frozenset(
        [
            *_path_cues(place, trigger, scene),
            *_governor_cues(place, trigger, scene),
            *_distance_cues(place, trigger, scene),
            *_rank_cues(place, trigger, scene, steps),
            *_own_cues(place, scene),
        ]
    )
    return single | frozenset(_pairs(single))


def _own_cues(place: Span, scene: Scene) -> tuple[str, ...]:
    """Cues of a place that are the same for every trigger."""
    known = scene.told.get(place.start)
    if known is None:
        company = _company_cues(place, scene.places)
        known = *_kind_cues(place), *_wording_cues(place), *company
        scene.told[place.start] = known
    return known


_PAIRED = (
    ("first", "steps"),
    ("first", "tree rank"),
    ("first", "clauses"),
    ("first", "verbs between"),
    ("first", "events between"),
    ("first", "kind"),
    ("first", "outer governor"),
    ("first", "governor"),
    ("first", "joint"),
    ("first", "side"),
    ("first", "trigger"),
    ("first", "passive"),
    ("first", "under"),
    ("first", "own verb"),
    ("kind", "right"),
    ("tree rank", "right"),
    ("tree rank", "inside"),
    ("prep", "modifies"),
    ("excluded", "dep"),
    ("labels", "outer governor"),
)
"""Cues that say more together: their parts before the colon."""


def _pairs(cues: Iterable[str]) -> Iterator[str]:
    by_kind: dict[str, list[str]] = {}
    for cue in cues:
        by_kind.setdefault(cue.partition(":")[0], []).append(cue)
    for first, second in _PAIRED:
        for a in by_kind.get(first, ()):
            for b in by_kind.get(second, ()):
                yield f"{a} & {b}"


def _path(place: Token, trigger: Token) -> tuple[list[Token], list[Token], Token] | None:
    """Tokens up from a place, and up from a trigger, to where both meet; None if apart."""
    doc = place.doc
    way = way_between(doc, place.i, trigger.i)
    if way is None:
        return None
    up, down, joint = way
    return [doc[i] for i in up], [doc[i] for i in down], doc[joint]


def _arcs(doc: Doc, place: int, trigger: int) -> int:
    arcs = arcs_between(doc, place, trigger)
    return _APART if arcs is None else arcs


def _path_cues(place: Span, trigger: Token, scene: Scene) -> Iterator[str]:
    """How a place hangs on a trigger."""
    root = place.root
    yield f"dep:{root.dep_}"
    prep = next((t for t in (root, *root.ancestors) if t.dep_ in _PREPOSITIONAL), None)
    yield "prep:" + ("none" if prep is None else _preposition(prep))
    path = _path(root, trigger)
    if path is None:
        yield "no path"
        return
    up, down, joint = path
    yield f"steps:{min(len(up) + len(down), _LONG_WAY)}"
    yield f"up:{min(len(up), 8)}"
    yield f"down:{min(len(down), 6)}"
    preps = [t for t in up if t.dep_ in _PREPOSITIONAL]
    yield f"preps:{min(len(preps), 4)}"
    yield "first:" + (_preposition(preps[0]) if preps else "none")
    yield "last:" + (_preposition(preps[-1]) if preps else "none")
    yield "labels:" + ">".join(_label(t) for t in up[-2:])
    yield from (f"up clause:{t.dep_}" for t in up if t.dep_ in _CLAUSES)
    yield from (f"down arc:{t.dep_}" for t in down if t.dep_ in _CLAUSES | _ARGUMENTS)
    yield f"clauses:{min(sum(t.dep_ in _CLAUSES for t in (*up, *down)), 4)}"
    if joint == trigger:
        yield "under:trigger"
        yield f"under:{_label(up[-1])}" if up else "under:itself"
    else:
        yield "joint:" + ("place" if joint == root else _class(joint, scene))


def _governor_cues(place: Span, trigger: Token, scene: Scene) -> Iterator[str]:
    """What a place belongs to, and what a trigger is."""
    root = place.root
    preps = [t for t in (root, *root.ancestors) if t.dep_ in _PREPOSITIONAL]
    if preps:
        yield "governor:" + _class(preps[0].head, scene)
        yield "outer governor:" + _class(preps[-1].head, scene)
    if root.dep_ in _MODIFIERS:
        yield "modifies:" + _class(root.head, scene)
    verb = next((t for t in root.ancestors if is_verbal(t)), None)
    if verb is not None:
        yield "own verb:" + ("trigger" if verb == trigger else _class(verb, scene))
    yield "trigger:" + ("verb" if is_verbal(trigger) else "noun")
    yield f"trigger dep:{trigger.dep_}"
    if any(c.dep_ in {"nsubjpass", "auxpass"} for c in trigger.children):
        yield "passive:"
    if any(c.dep_ == "dobj" for c in trigger.children):
        yield "has object"


def _preposition(token: Token) -> str:
    known = word_set("place_kinds", "prepositions", "told")
    return token.lower_ if token.lower_ in known else "other"


def _label(token: Token) -> str:
    return _preposition(token) if token.dep_ in _PREPOSITIONAL else token.dep_


def _class(token: Token, scene: Scene) -> str:
    """What a word is to the question where something happened."""
    lemma = token.lemma_.lower()
    if token.i in scene.event_tokens:
        return "event"
    if is_verbal(token):
        if lemma in speech_verbs():
            return "speech"
        for kind in ("motion", "position"):
            if lemma in word_set("place_kinds", "verbs", kind):
                return kind
        return "verb"
    if lemma in kind_words():
        return "kind of place"
    if token.i in scene.place_tokens:
        return "place"
    if class_of(token) is not None or token.ent_type_ in {"ORG", "PERSON", "NORP"}:
        return "people"
    return token.pos_


def _distance_cues(place: Span, trigger: Token, scene: Scene) -> Iterator[str]:
    """What stands between a place and a trigger."""
    doc = scene.doc
    before = place.start < trigger.i
    side = "before" if before else "behind"
    yield f"side:{side}"
    first, last = (place.end, trigger.i) if before else (trigger.i + 1, place.start)
    words, between = columns(doc), slice(first, max(first, last))
    gap = between.stop - between.start
    yield from (f"{side} within:{n}" for n in _WINDOWS if gap <= n)
    events = sum(first <= i < last for i in scene.event_roots)
    yield f"events between:{min(events, _MANY)}"
    yield f"verbs between:{min(words.pos[between].count('VERB'), _MANY)}"
    yield f"places between:{min(sum(first <= p.start < last for p in scene.places), _MANY)}"
    if not _STOPS.isdisjoint(words.text[between]):
        yield "comma between"
    if not _WHEN.isdisjoint(words.lower[between]):
        yield "time word between"


def _rank_cues(place: Span, trigger: Token, scene: Scene, steps: Sequence[int]) -> Iterator[str]:
    """Whether another place or another event is nearer."""
    doc, root = scene.doc, place.root.i
    gap = abs(root - trigger.i)
    if any(abs(root - i) < gap for i in scene.event_roots if i != trigger.i):
        yield "another event nearer"
    arcs = _arcs(doc, root, trigger.i)
    if any(_arcs(doc, root, i) < arcs for i in scene.event_roots if i != trigger.i):
        yield "another event nearer in the tree"
    yield f"tree rank:{min(sum(n < arcs for n in steps), _MANY)}"
    nearer = sum(abs(other - trigger.i) < gap for other in scene.place_roots)
    yield f"token rank:{min(nearer, _MANY)}"


def _kind_cues(place: Span) -> Iterator[str]:
    """What kind of place it is."""
    mention = place._.place
    yield f"kind:{mention.kind}"
    yield f"excluded:{mention.excluded}"
    yield "known" if mention.place is not None else "unknown"
    labels = {t.ent_type_ for t in place}
    yield from (f"ner:{label}" for label in _LABELS if label in labels)
    if labels == {""}:
        yield "ner:none"
    if is_near(place):
        yield "near"
    if gives_bearing(place):
        yield "bearing"
    if kind_beside(place) is not None:
        yield "kind beside"
    if place[-1].lower_ in kind_words():
        yield "kind at its end"


def _wording_cues(place: Span) -> Iterator[str]:
    """The words right before and right behind a place."""
    doc, sent = place.doc, place.sent
    told = word_set("place_kinds", "prepositions", "told")
    before = "start"
    if place.start > sent.start:
        token = doc[place.start - 1]
        before = token.lower_ if token.lower_ in told | _BEFORE else token.pos_
    yield f"word before:{before}"
    behind = "end"
    if place.end < sent.end:
        token = doc[place.end]
        behind = token.lower_ if token.lower_ in told | _BEHIND else token.pos_
        if class_of(token) is not None:
            yield "people behind"
    yield f"word behind:{behind}"


def _company_cues(place: Span, places: Sequence[Span]) -> Iterator[str]:
    """The other places of the sentence: parts of it, what it lies in, what it is listed with."""
    yield f"places:{min(len(places), 4)}"
    own = place._.place.place
    for other in places:
        theirs = other._.place.place
        if own is not None and theirs is not None:
            if own.id in theirs.within_ids:
                yield "inside:contains another"
            if theirs.id in own.within_ids:
                yield "inside:within another"
    if any(p.end <= place.start and _is_joined(p, place) for p in places):
        yield "right:before"
    if any(place.end <= p.start and _is_joined(place, p) for p in places):
        yield "right:behind"
    if any(_is_listed(p, place) or _is_listed(place, p) for p in places):
        yield "listed"
    yield f"order:{min(sum(p.start < place.start for p in places), _MANY)}"


def _is_joined(a: Span, b: Span) -> bool:
    """True for X and Y in "X, in the northern province of Y"."""
    words = columns(a.doc).lower[a.end : b.start]
    joiners = word_set("place_kinds", "joiners", "words")
    return 0 < len(words) <= _JOINED_TOKENS and all(w in joiners for w in words)


def _is_listed(a: Span, b: Span) -> bool:
    """True for X and Y in "X and Y"."""
    words = columns(a.doc).lower[a.end : b.start]
    return 0 < len(words) <= _LISTED_TOKENS and all(w in _LIST_WORDS for w in words)
