"""Deeds: everyday verbs that tell of an event together with what they act on, and who acts.

"Picked up two suspects", said of police, is an arrest; "made the school its base" sets up a base;
"drove the army out of the town" takes ground. The words stand in `data/deeds.toml`.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from incidents.extractors.arguments import agents_of, patients_of
from incidents.extractors.captivity import is_captor, is_soldier, is_somebody
from incidents.extractors.columns import spans_at
from incidents.extractors.event_checks import is_armed, is_land
from incidents.extractors.people import class_of
from incidents.extractors.syntax import is_verbal, with_conjuncts
from incidents.extractors.triggers import Entry, frames, lemma, phrase_keys, trigger_phrases
from incidents.extractors.vocabulary import load_words, word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Token

_PARTICLES = frozenset({"prt", "advmod", "prep", "acomp", "oprd", "xcomp", "ccomp", "npadvmod"})
_ADVERBS = frozenset({"over", "up", "down", "out", "away", "off", "back"})
# Objects known by the parse, not by lists
_PEOPLE, _FORCES, _GROUND, _COMMANDERS = _READ = ("people", "forces", "ground", "commanders")


@cache
def deeds() -> dict[tuple[str, str], list[Entry]]:
    """What a verb or its noun tells of with an object: "fired … rockets", "pick up … people".

    Returns:
        The entries for each pair of a verb (with its particle or preposition) or noun, and an
        object of `data/objects.toml`, or `people`, `forces`, `ground` and `commanders`.
    """
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for frame in frames():
        for row in load_words("deeds").get(frame, ()):
            objects = row["objects"]
            things = {f"#{objects}"} if objects in _READ else word_set("objects", objects, "words")
            entry = Entry(frame, "deed", row.get("by"))
            for word in (*row["verbs"], *row.get("nouns", ())):
                for thing in things:
                    found[word, thing].append(entry)
    return dict(found)


@cache
def landings() -> dict[tuple[str, str], Entry]:
    """What a verb without an object tells of with its subject: "shells … fell on the town".

    Returns:
        The entry for each pair of a verb's lemma and a subject of `data/objects.toml`.
    """
    found: dict[tuple[str, str], Entry] = {}
    for name, entry in load_words("triggers")["frames"].items():
        landing = entry.get("landings")
        if landing is not None:
            for thing in word_set("objects", landing["subjects"], "words"):
                found.update({(verb, thing): Entry(name, "deed") for verb in landing["verbs"]})
    return found


@cache
def deed_words() -> frozenset[str]:
    """The lemmas that `deeds_of` can answer to: no other word makes a deed with anything."""
    begun = {
        key[:end]
        for key, _ in deeds()
        for end in range(1, len(key) + 1)
        if end == len(key) or key[end] == " "
    }
    return frozenset({*begun, *trigger_phrases().first_words(), *(verb for verb, _ in landings())})


def deeds_of(word: Token) -> list[Entry]:
    """What a verb or its noun can tell of with what it acts on, counts between.

    "Fired about 100 rockets", "stole 300 head of cattle", "the seizure of arms".

    Args:
        word: a verb or a noun.
    """
    if word.pos_ not in {"VERB", "NOUN"} and not word.tag_.startswith("VB"):
        return []
    if lemma(word) not in deed_words():
        return []
    found: list[Entry] = []
    for key, things in _objects(word):
        for thing in things:
            if word_set("objects", "remains", "words") & {thing.lemma_.lower()}:
                continue  # a dead captive is handed over, and none is set free
            for name in _names(thing):
                found += [e for e in deeds().get((key, name), ()) if e not in found]
            found += [e for e in _of_kind(key, thing) if e not in found]
    phrase = _parted_phrase(word)
    return found or ([phrase] if phrase is not None else _landing(word))


def is_done_by(by: str | None, agents: Sequence[Token]) -> bool:
    """True if one of the agents is of the kind that a deed asks for.

    Args:
        by: `state`, `police`, `armed`, `captors`, `people` or `unarmed`; None asks for nobody.
        agents: who did it, by the parse.
    """
    tests: dict[str, Callable[[Token], bool]] = {
        "state": _is_state,
        "police": lambda t: _is_state(t) and not any(map(is_soldier, agents)),
        "armed": is_armed,
        "captors": is_captor,
        "people": lambda t: is_armed(t) or is_somebody(t),
        "unarmed": lambda t: is_somebody(t) and not is_armed(t),
    }
    return by is None or any(tests[by](t) for agent in agents for t in _names_of(agent))


def _names_of(agent: Token) -> list[Token]:
    """An agent with what says whose it is: "the Densus 88 unit", "dozens of soldiers"."""
    if agent.lemma_.lower() in word_set("objects", "arms", "words"):
        return []
    of = [o for c in agent.children if c.lower_ == "of" for o in c.children]
    return [agent, *of, *(c for c in agent.lefts if c.dep_ in {"compound", "nmod", "amod"})]


def _is_state(token: Token) -> bool:
    """True for police, soldiers and other forces of a state."""
    if class_of(token) == "state":
        return True
    return any(s._.actor.kind == "state forces" for s in spans_at(token, "actors"))


def _objects(word: Token) -> Iterator[tuple[str, list[Token]]]:
    """Each way in which a word takes an object: alone, with a particle, with a preposition."""
    things = [t for t in patients_of(word) if t.i > word.i or is_verbal(word)]
    if is_verbal(word):
        yield from _with_particles(word, things)  # "shot down missiles" before "shot missiles"
    yield lemma(word), things


def _with_particles(word: Token, things: list[Token]) -> Iterator[tuple[str, list[Token]]]:
    # "drove away 400 head of cattle"
    things = [*things, *(c for c in word.children if c.i > word.i and c.dep_ == "npadvmod")]
    for thing in things:
        for child in thing.children:
            if child.lower_ in {"alive", "dead"}:
                yield f"{lemma(word)} {child.lower_}", [thing]
    after = word.i + 1
    if after < len(word.doc) and word.doc[after].lower_ in _ADVERBS:
        yield f"{lemma(word)} {word.doc[after].lower_}", things  # wherever the parser hung it
    for child in word.children:
        if child.dep_ in _PARTICLES and child.i > word.i:
            yield f"{lemma(word)} {child.lower_}", [*things, *_below(child)]
            if child.pos_ == "NOUN":  # "made the hospital their headquarters"
                yield lemma(word), [child]


def _below(particle: Token) -> list[Token]:
    """Objects of a preposition, also behind another one ("off with"); who is let go."""
    found = [t for c in particle.children if c.dep_ == "pobj" for t in with_conjuncts(c)]
    for inner in particle.children:
        if inner.dep_ in {"prep", "prt"}:
            found += [o for o in inner.children if o.dep_ == "pobj"]
        elif inner.dep_ == "nsubj" and particle.lower_ in {"go", "free"}:
            found.append(inner)
    return found


def _names(thing: Token) -> Iterator[str]:
    """What an object is called: its noun, a compound, its parts, and what it is loaded with."""
    nouns = [thing, *(o for c in thing.children if c.lower_ == "of" for o in c.children)]
    for child in thing.children:
        if child.dep_ in {"acl", "relcl"} and child.lemma_ in word_set("objects", "laden", "verbs"):
            nouns += [t for t in child.subtree if t.dep_ in {"pobj", "dobj"}]
    for noun in nouns:
        if any(c.lemma_ in _HELD and c.i > noun.i for c in noun.children):
            yield "captive"  # "the girls abducted by the sect were released"
            continue
        for part in noun.lefts:
            if part.dep_ in {"compound", "amod", "nmod"}:
                yield f"{lemma(part)} {lemma(noun)}"
        yield lemma(noun)


_HELD = frozenset({"abduct", "kidnap", "capture", "seize", "snatch", "detain", "hold"})


def _of_kind(key: str, thing: Token) -> list[Entry]:
    """Entries of deeds to people, forces, ground and commanders."""
    tests = {
        _PEOPLE: _is_human,
        _FORCES: is_armed,
        _GROUND: lambda t: is_land(t) or t.lower_ == "it",
        _COMMANDERS: _is_commander,
    }
    return [e for kind in _READ for e in deeds().get((key, f"#{kind}"), ()) if tests[kind](thing)]


def _is_human(thing: Token) -> bool:
    """True for people, also an armed group's "financier" and "courier"."""
    if is_somebody(thing):
        return True
    of_group = any(c.dep_ == "compound" and is_armed(c) for c in thing.lefts)
    return of_group and thing.lower_.endswith(_DOERS)


def _is_commander(noun: Token) -> bool:
    """True for the head of an armed group: "the FDLR chief", "commander of the front"."""
    if noun.lemma_.lower() not in word_set("objects", "leaders", "words"):
        return False
    of = (o for c in noun.children if c.lower_ in {"of", "in"} for o in c.children)
    return any(is_captor(t) for t in (*noun.lefts, *of))


_DOERS = ("er", "or", "ier", "ist", "ive")


def _parted_phrase(word: Token) -> Entry | None:
    """A phrase of verb and object with other words between: "threw at them two grenades"."""
    for thing in patients_of(word):
        keys = [lemma(word), *phrase_keys(lemma(thing))]
        match = trigger_phrases().longest(keys, 0)
        if match is not None and match[0] == len(keys) > 1 and is_verbal(word):
            return next((e for e in match[1] if e.frame is not None), None)
    return None


def _landing(word: Token) -> list[Entry]:
    """The event of what lands by itself: "shells filled with chlorine fell on the town"."""
    if not is_verbal(word):
        return []
    pairs = ((lemma(word), name) for thing in agents_of(word) for name in _names(thing))
    return [landings()[pair] for pair in pairs if pair in landings()][:1]
