"""Fit the weights that tell the place of an event from other places, and check them.

    .venv/bin/python benchmarks/fit_event_places.py [--fit] [FILE]

FILE has one sentence a row, as benchmarks/event_place.py describes; the project's own sentences in
benchmarks/event_places.txt come on top. The script prints F1 over words, as that benchmark counts
it, of weights that never saw the sentence (ten folds; a sentence that stands twice is in one fold),
and of the weights as they are shipped. `--fit` writes extractors/data/event_places.toml.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from event_place import SENTENCES, Tally, names_of, read_rows, tokens_in
from logistic import BASE, fit_weights, write_weights

from incidents.extractors.logistic import probability
from incidents.extractors.pipeline import load_pipeline
from incidents.extractors.place_cues import find_cues, scene_of
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.language import Language

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "extractors" / "data" / "event_places.toml"
OWN = Path(__file__).resolve().with_name("event_places.txt")
FOLDS = 10
PENALTY = 8.0  # L2; the base is free. 4 and 16 do no better on folds
RARE = 12  # a cue that holds less often is left out
THRESHOLD = 0.3  # where F1 over folds is highest
LIGHT = 0.05  # a weight below this is not written


@dataclass(frozen=True, slots=True)
class Pair:
    """A place beside an event: the words of its name, its cues, and whether it is the event's."""

    words: frozenset[int]
    cues: frozenset[str]
    right: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One event with the places of its sentence, and the words that annotators marked."""

    fold: int
    wanted: frozenset[int]
    pairs: tuple[Pair, ...]


def main() -> int:
    """Fit if asked to, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=SENTENCES)
    parser.add_argument("--fit", action="store_true", help="write the weights anew")
    args = parser.parse_args()
    if not args.file.is_file():
        print(f"{args.file}: not here, skipped")
        return 0
    nlp = load_pipeline()
    sentences = list(collect(read_rows(args.file), nlp))
    own = list(collect(read_own(OWN), nlp))
    if args.fit:
        write(fit([*sentences, *own]), len(sentences), len(own))
        load_words.cache_clear()
    weights = load_words("event_places")["weights"]
    unseen, own_unseen = over_folds(sentences, own)
    print(f"{len(sentences)} sentences, and {len(own)} of the project's own")
    print(f"never seen       {unseen}")
    print(f"never seen, own  {own_unseen}")
    print(f"seen             {tally(sentences, weights)}")
    return 0


def read_own(file: Path) -> Iterator[dict]:
    """The project's own sentences: `[event]` and `{place}` are marked, `#` begins a comment."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield read_marked(line)


def read_marked(line: str) -> dict:
    """A sentence with marks as the dataset has it.

    >>> read_marked("Shells [hit] {Sumy}.")["places"]
    [{'start': 11, 'end': 15}]
    """
    text, found = "", {"[": [], "{": []}
    for part in re.split(r"(\[[^\]]*\]|\{[^}]*\})", line):
        if part[:1] in found:
            found[part[0]].append({"start": len(text), "end": len(text) + len(part) - 2})
            part = part[1:-1]  # noqa: PLW2901 - the mark comes off
        text += part
    return {"text": text, "verb": found["["][0], "places": found["{"]}


def collect(rows: Sequence[dict] | Iterator[dict], nlp: Language) -> Iterator[Sentence]:
    """Each row with the cues of its places."""
    rows = list(rows)
    for row, doc in zip(rows, nlp.pipe(row["text"] for row in rows), strict=True):
        digest = hashlib.sha256(row["text"].strip().encode()).digest()
        wanted = frozenset(t.i for t in tokens_in(doc, row["places"]))
        trigger = tokens_in(doc, [row["verb"]])[0]
        scene = scene_of(trigger.sent)
        pairs = []
        for place in scene.places:
            words = frozenset(t.i for t in names_of([place]))
            right = 2 * len(words & wanted) >= max(len(words), 1)
            pairs.append(Pair(words, find_cues(place, trigger, scene), right))
        yield Sentence(digest[0] % FOLDS, wanted, tuple(pairs))


def fit(sentences: Sequence[Sentence]) -> dict[str, float]:
    """The weight of each cue that is not rare."""
    pairs = [p for s in sentences for p in s.pairs]
    counts = Counter(cue for p in pairs for cue in p.cues)
    names = sorted(cue for cue, count in counts.items() if count >= RARE)
    return fit_weights([(p.cues, p.right) for p in pairs], names, penalty=PENALTY)


def over_folds(sentences: Sequence[Sentence], own: Sequence[Sentence]) -> tuple[Tally, Tally]:
    """What weights make of the sentences that they were not fitted to; theirs and the own ones."""
    tallies = Tally(), Tally()
    for fold in range(FOLDS):
        weights = fit([s for s in (*sentences, *own) if s.fold != fold])
        for total, group in zip(tallies, (sentences, own), strict=True):
            total.join(tally([s for s in group if s.fold == fold], weights))
    return tallies


def tally(sentences: Sequence[Sentence], weights: Mapping[str, float]) -> Tally:
    """Words that are annotated, predicted, and both."""
    total = Tally()
    for sentence in sentences:
        found: set[int] = set()
        for pair in sentence.pairs:
            if probability(pair.cues, weights) >= THRESHOLD:
                found |= pair.words
        total.add(sentence.wanted, found)
    return total


def write(weights: Mapping[str, float], count: int, own: int) -> None:
    """Write the data file, with what the weights come from."""
    write_weights(
        TABLE,
        {k: v for k, v in weights.items() if k == BASE or abs(v) >= LIGHT},
        source=f"logistic regression on {count} sentences of event_location (MIT), {own} own",
        about="Log-odds that a place of a sentence is where an event was, by what is known of the "
        "two;\nwritten by benchmarks/fit_event_places.py --fit, not by hand.",
    )


if __name__ == "__main__":
    sys.exit(main())
