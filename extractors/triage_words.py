"""The words that the triage looks for: all that the components know, in every form.

No tagger and no lemmatizer has run where they are looked up. So "shot" stands for "shoot" and for
a photograph, and a phrase is found where its words stand in one sentence, in any order.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from incidents.extractors.people import ARMED_GROUPS
from incidents.extractors.triggers import frames, phrase_keys
from incidents.extractors.vocabulary import load_words
from incidents.model import CASUALTY_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from incidents.gazetteer import Gazetteer

_VOWELS = frozenset("aeiou")
_LONGEST_COUNT = 999  # 1 to 3 digits count people; a year does not
_SHORTEST = 3  # letters of a word that is inflected
_PEOPLE = ("civilian", "neutral", "state", "rebel", "militia", "identity", "crowd", "rioters")
_BESIDE = (
    "not_conflict",
    "hostilities",
    "captivity",
    "marks",
    "crowd_control",
    "demand",
    "crowds",
    "harmless",
)
# Means that are also said of accidents, of sports and of work
_AMBIGUOUS = frozenset(
    "explosion blast fire strike attack aircraft jet helicopter round raid device".split()
)

# More often said of teams, or of what is not public or not special, than of forces
_EVERYDAY = frozenset({"striker", "ranger", "captain", "general", "private"})


class Phrase(NamedTuple):
    """Words that tell of something together."""

    lemmas: AbstractSet[str]
    cue: str


class Words(NamedTuple):
    """What the scan looks up.

    Attributes:
        lemmas: by form: the lemmas that it can be of.
        cues: by lemma: what it can tell of.
        phrases: phrases by their longest word.
    """

    lemmas: Mapping[str, AbstractSet[str]]
    cues: Mapping[str, AbstractSet[str]]
    phrases: Mapping[str, tuple[Phrase, ...]]


@cache
def scanned_words() -> Words:
    """The words of all word lists, with what they can tell of."""
    cues: dict[str, set[str]] = defaultdict(set)
    phrases: set[Phrase] = set()
    for cue, entries in _listed():
        for entry in entries:
            keys = frozenset(phrase_keys(entry.lower()))
            if len(keys) == 1:
                cues[next(iter(keys))].add(cue)
            elif keys:
                phrases.add(Phrase(keys, cue))
    lemmas: dict[str, set[str]] = defaultdict(set)
    for lemma in {*cues, *(key for phrase in phrases for key in phrase.lemmas)}:
        for form in forms_of(lemma):
            lemmas[form].add(lemma)
    return Words(lemmas, cues, index_phrases(phrases))


def named_groups(gazetteer: Gazetteer) -> tuple[AbstractSet[str], Mapping[str, tuple[Phrase, ...]]]:
    """Names of armed groups that are no state's.

    Args:
        gazetteer: shipped and own actors.

    Returns:
        Names of one word as they are written, which is with a capital; and longer ones as
        phrases.
    """
    acronyms = gazetteer.acronyms()
    single: set[str] = set()
    longer: set[Phrase] = set()
    for tokens, ids in gazetteer.actor_names().items():
        kinds = {actor.kind for each in ids if (actor := gazetteer.actor(each)) is not None}
        if not kinds & ARMED_GROUPS:
            continue
        if len(tokens) > 1:
            longer.add(Phrase(frozenset(tokens), "people:named"))
        elif tokens in acronyms:
            single.add(tokens[0].upper())
        else:
            single |= {tokens[0].title(), tokens[0].upper()}
    return single, index_phrases(longer)


def index_phrases(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    """Phrases by their longest word, which is seldom a common one.

    Args:
        phrases: each of two words or more.
    """
    index: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in sorted(phrases, key=lambda p: (p.cue, sorted(p.lemmas))):
        index[max(phrase.lemmas, key=lambda lemma: (len(lemma), lemma))].append(phrase)
    return {lemma: tuple(found) for lemma, found in index.items()}


def forms_of(lemma: str) -> set[str]:
    """The forms of a word: plural, past tense and participles, as a noun and as a verb.

    >>> sorted(forms_of("stab"))
    ['stab', 'stabbed', 'stabbing', 'stabs']

    Args:
        lemma: in lower case.
    """
    forms = {lemma, *load_words("word_forms")["forms"].get(lemma, ())}
    if not lemma.isalpha() or len(lemma) < _SHORTEST:
        return forms
    if lemma.endswith("man"):
        forms.add(lemma.removesuffix("man") + "men")
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return forms | {lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"}
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        return forms | {lemma + ending for ending in ("s", "es", "ed", "ing")}
    if lemma.endswith("e"):
        return forms | {lemma + "s", lemma + "d", lemma[:-1] + "ing", lemma + "ing"}
    forms |= {lemma + ending for ending in ("s", "ed", "ing")}
    if lemma[-2] in _VOWELS and lemma[-1] not in _VOWELS | set("wxy"):
        forms |= {lemma + lemma[-1] + ending for ending in ("ed", "ing")}  # "stabbed"
    return forms


def _listed() -> Iterator[tuple[str, Iterable[str]]]:
    """Each list of words with the cue that it makes."""
    yield from _event_words()
    yield from _deed_words()
    triggers, casualties = load_words("triggers"), load_words("casualties")
    for table in _BESIDE:
        for key, words in triggers[table].items():
            if key != "phrases":  # which are looked for as they stand
                yield f"{table}:{key}", words
    yield "deliberate", (*triggers["deeds"]["verbs"], "murder", "execute", "execution")
    yield "no event", triggers["not_events"]["compounds"]
    for kind in CASUALTY_KINDS:
        for words in casualties[kind].values():
            yield f"harm:{kind}", words
    for phrase, entry in casualties["phrases"].items():
        yield f"harm:{entry['kind']}", [phrase]
    people = load_words("people")
    for name in (*_PEOPLE, "organisation"):
        yield f"people:{name}", (noun for noun in people[name]["nouns"] if noun not in _EVERYDAY)
    yield "people:describing", people["describing"]["words"]
    for table in _tables():
        yield f"thing:{table}", _things(table)
    yield "thing:plain arms", {*_things("arms"), *_things("explosives")} - _AMBIGUOUS
    quantities = load_words("quantities")
    yield "number", map(str, range(1, _LONGEST_COUNT + 1))
    for key in ("units", "tens", "nouns", "alone", "vague"):
        yield "number", (word for word in quantities[key] if " " not in word)


def _event_words() -> Iterator[tuple[str, Iterable[str]]]:
    for name, entry in load_words("triggers")["frames"].items():
        for form in ("verbs", "nouns", "phrases"):
            yield f"event:{name}", entry.get(form, ())
        yield f"turn:{name}", entry.get("phrases", ())
        if "landings" in entry:
            landing = entry["landings"]
            yield f"deed:{name}", _joined(landing["verbs"], landing["subjects"])


def _deed_words() -> Iterator[tuple[str, Iterable[str]]]:
    """Verbs with what they act on; those that act on people, forces or ground by themselves."""
    for name in frames():
        for row in load_words("deeds").get(name, ()):
            verbs = (*row["verbs"], *row.get("nouns", ()))
            if row["objects"] in _tables():
                yield f"deed:{name}", _joined(verbs, row["objects"])
            else:
                yield f"act:{name}", verbs


def _tables() -> list[str]:
    return [
        key
        for key, entry in load_words("objects").items()
        if isinstance(entry, dict) and "words" in entry
    ]


def _things(table: str) -> list[str]:
    things: list[str] = load_words("objects")[table]["words"]
    return things


def _joined(verbs: Iterable[str], table: str) -> Iterator[str]:
    return (f"{verb} {thing}" for verb in verbs for thing in _things(table))
