"""How likely a sentence tells of an incident, by its words alone."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from incidents.extractors.triage_words import forms_of, named_groups, scanned_words
from incidents.extractors.triggers import frames
from incidents.extractors.vocabulary import load_words, word_set

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from incidents.gazetteer import Gazetteer

_WORD = re.compile(r"[^\W_]+")
_BASE = "base"
_SUMS = 1 << 16  # sentences share most of their sets of cues

_HARM = frozenset(
    "event:kill event:displace event:bomb harm:killed harm:wounded harm:missing"
    " harm:displaced".split()
)
_WEAK = _HARM | frozenset(
    f"event:{name}"
    for name in "target territory change withdraw agreement abduct disrupt release".split()
)
_BARE = _HARM - {"event:bomb"}
_DELIBERATE = frozenset({"deliberate", "marks:words", "not_conflict:intent"})
_NAMED = "people:named"
_TURN = "not_conflict:phrases"


class Reading(NamedTuple):
    """What the words of a sentence say.

    Attributes:
        score: log-odds that it tells of an incident.
        cues: the lists that its words stand in.
    """

    score: float
    cues: frozenset[str]


class Scan:
    """Scores sentences.

    Method: log-odds of a logistic regression (`data/triage.toml`; `benchmarks/fit_triage.py` fits
    it to what the pipeline itself finds) over the words of a sentence, the lists that they stand
    in, and pairs of lists: arms beside an act, a count beside people, harm beside an accident.
    """

    def __init__(self, gazetteer: Gazetteer, weights: Mapping[str, float] | None = None) -> None:
        """Take over the names of armed groups.

        Args:
            gazetteer: shipped and own actors.
            weights: by cue; those of the data file if None.
        """
        self._single, self._longer = named_groups(gazetteer)
        self._weights = load_words("triage")["weights"] if weights is None else weights
        self._words = {
            cue.removeprefix("word:"): weight
            for cue, weight in self._weights.items()
            if cue.startswith("word:")
        }
        self._small = frozenset(name.lower() for name in self._single)
        self._sum = lru_cache(maxsize=_SUMS)(self._sum_cues)

    def read(self, sentence: str) -> Reading:
        """Weigh the words of a sentence.

        Args:
            sentence: any text; the weights are fitted to sentences.
        """
        small = sentence.lower()
        words = set(_WORD.findall(small))
        listed = self._listed(sentence, small, words)
        weights = self._words
        own = sum([weights[word] for word in weights.keys() & words])
        return Reading(own + self._sum(listed), listed)

    def cues(self, sentence: str) -> frozenset[str]:
        """All that can count in a sentence: `word:<form>`, its cues of lists, and pairs of these.

        Args:
            sentence: any text.
        """
        small = sentence.lower()
        words = set(_WORD.findall(small))
        listed = self._listed(sentence, small, words)
        return listed | pairs_of(listed) | {f"word:{word}" for word in words}

    def _listed(self, sentence: str, small: str, words: AbstractSet[str]) -> frozenset[str]:
        """The cues of the lists that words of a sentence stand in."""
        forms, phrases, turns = _cues_of_forms(), _phrases_of_forms(), _turns()
        found = set().union(*[forms[word] for word in forms.keys() & words])
        for word in phrases.keys() & words:
            for cue, parts in phrases[word]:
                if cue not in found and not any(map(words.isdisjoint, parts)):
                    found.add(cue)
        if self._names_group(sentence, words):
            found.add(_NAMED)
        for word in turns.keys() & words:
            if any(turn in small for turn in turns[word]):
                found.add(_TURN)
        return frozenset(found)

    def _names_group(self, sentence: str, words: AbstractSet[str]) -> bool:
        if not words.isdisjoint(self._small) and not self._single.isdisjoint(
            _WORD.findall(sentence)  # "IS" is a group, "is" is none
        ):
            return True
        return any(
            phrase.lemmas <= words
            for word in self._longer.keys() & words
            for phrase in self._longer[word]
        )

    def _sum_cues(self, cues: frozenset[str]) -> float:
        weights = self._weights
        return sum(weights.get(cue, 0.0) for cue in (_BASE, *cues, *pairs_of(cues)))


def pairs_of(cues: AbstractSet[str]) -> set[str]:
    """What cues say together: two kinds of them, or harm that nobody is said to have done.

    Args:
        cues: those of the lists.
    """
    kinds = {kind for kind, names in _kinds().items() if not names.isdisjoint(cues)}
    pairs = {f"{a} & {b}" for a in kinds for b in kinds if a < b}
    acts = _acts() & cues
    if not acts:
        pairs.add("armed, nothing done" if kinds & {"armed", "arms"} else "nothing done")
    elif not kinds & {"armed", "deed", "arms"}:
        if acts <= _HARM:
            pairs |= {"harm alone", *(f"harm alone & {kind}" for kind in kinds)}
        elif acts <= _WEAK:
            pairs.add("weak alone")
    return pairs


def is_bare_harm(cues: AbstractSet[str]) -> bool:
    """True for people harmed, where nothing says that somebody did it: "five die in a fire".

    `relevance` takes that for an incident only beside another one.

    Args:
        cues: those of the lists.
    """
    acts = _acts() & cues
    done = {"armed", "arms", "deed"}
    return (
        bool(acts)
        and acts <= _BARE
        and cues.isdisjoint(_DELIBERATE)
        and all(_kinds()[kind].isdisjoint(cues) for kind in done)
    )


@cache
def _turns() -> dict[str, tuple[str, ...]]:
    """The turns of accidents and sports, which count as they stand, by their longest word."""
    index: dict[str, list[str]] = defaultdict(list)
    for turn in sorted(word_set("triggers", "not_conflict", "phrases")):
        index[max(_WORD.findall(turn), key=len)].append(turn)
    return {word: tuple(turns) for word, turns in index.items()}


@cache
def _acts() -> frozenset[str]:
    harms = {cue for cues in scanned_words().cues.values() for cue in cues if cue[:5] == "harm:"}
    return frozenset(harms) | _kinds()["event"] | _kinds()["deed"]


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """Cues that are weighed together where they stand beside others."""
    armed = (*"state rebel militia identity organisation".split(), "named")
    return {
        "armed": frozenset(f"people:{name}" for name in armed),
        "arms": frozenset({"thing:plain arms"}),
        "people": frozenset({"people:civilian", "people:neutral", "people:crowd"}),
        "number": frozenset({"number"}),
        "harm": frozenset({"harm:killed", "harm:wounded"}),
        "event": frozenset(f"event:{name}" for name in frames()),
        "deed": frozenset(f"deed:{name}" for name in frames()),
        "accident": frozenset({"not_conflict:crashes"}),
        "everyday": frozenset({"not_conflict:words"}),
    }


@cache
def _cues_of_forms() -> dict[str, frozenset[str]]:
    """The cues of each form of a word that stands in a list or in a phrase."""
    words = scanned_words()
    return {
        form: frozenset(cue for lemma in lemmas for cue in words.cues.get(lemma, ()))
        for form, lemmas in words.lemmas.items()
    }


@cache
def _phrases_of_forms() -> dict[str, tuple[tuple[str, tuple[frozenset[str], ...]], ...]]:
    """By each form of a phrase's longest word: what it tells of, and forms of the other words."""
    words = scanned_words()
    found: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = defaultdict(list)
    for longest, phrases in words.phrases.items():
        for phrase in phrases:
            parts = tuple(frozenset(forms_of(other)) for other in phrase.lemmas - {longest})
            for form in forms_of(longest):
                found[form].append((phrase.cue, parts))
    return {form: tuple(entries) for form, entries in found.items()}
