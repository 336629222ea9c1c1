"""Measure how well the place of an event is told from other places in its sentence.

    .venv/bin/python benchmarks/event_place.py [--misses KIND] [FILE]

FILE has one sentence a row: `text`, a `verb` that tells of an event (`start`, `end`), and `places`
of that event (`start`, `end`), often none. The sentences are part of event_location by Andrew
Halterman (MIT licence) and not of this repository; without them the script says so and ends well.

Two predictions are scored. "trigger": the places of the account whose trigger is the verb, as in a
report; a verb that is no trigger to the project has none. "event": the verb is taken for an event,
as the sentences do; where no account tells it, the nearest account of the sentence lends its
places, and without any account all places of the sentence are taken. Places that contain another
of them are left out ("Mosul", not "Nineveh"), and so are words of the kind ("the village of"),
which are no part of the annotated names. A word is a hit if it is annotated and predicted;
precision, recall and F1 are counted over all such words.

The author's model reaches an F1 of 0.83, trained on thousands of sentences of the same kind
(Halterman, "Geolocating political events in text", 2019). The two predictions choose by nearness in
the parse and leave out the improbable; benchmarks/fit_event_places.py scores the trained weights
alone, on sentences that they never saw.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from incidents.extractors.account_finding import find_accounts
from incidents.extractors.mentions import spans_of
from incidents.extractors.pipeline import load_pipeline
from incidents.extractors.sides import Sides
from incidents.extractors.syntax import distance

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from spacy.tokens import Doc, Span, Token

_ARTICLES = frozenset({"al", "el", "as", "ar", "at", "ad", "an"})  # "al-Bayaa"

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT.parent / "shared" / "eval" / "event-place-dev.jsonl"


def main() -> int:
    """Print precision, recall and F1, and what the misses are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=SENTENCES)
    parser.add_argument("--misses", metavar="KIND", help="list the sentences of one kind of miss")
    args = parser.parse_args()
    if not args.file.is_file():
        print(f"{args.file}: not here, skipped")
        return 0
    rows = read_rows(args.file)
    nlp = load_pipeline()
    tallies = {"trigger": Tally(), "event": Tally()}
    kinds: Counter[str] = Counter()
    for row, doc in zip(rows, nlp.pipe(row["text"] for row in rows), strict=True):
        verb = set(tokens_in(doc, [row["verb"]]))
        wanted = set(tokens_in(doc, row["places"]))
        found = names_of(own_places(doc, verb) or [])
        tallies["trigger"].add(wanted, found)
        tallies["event"].add(wanted, names_of(event_places(doc, verb)))
        kind = kind_of(doc, verb, wanted, found)
        kinds[kind] += 1
        if kind == args.misses:
            print(f"[{row['verb']['text']}] {words(wanted)} / {words(found)}: {doc.text.strip()}")
    print(f"{len(rows)} sentences")
    for name, tally in tallies.items():
        print(f"{name:8} {tally}")
    print(*(f"{count:5} {kind}" for kind, count in kinds.most_common()), sep="\n")
    return 0


def read_rows(file: Path) -> list[dict[str, Any]]:
    """The rows of a file of sentences."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@dataclass(slots=True)
class Tally:
    """Words that are annotated, predicted, and both."""

    hit: int = 0
    gold: int = 0
    predicted: int = 0

    def add(self, wanted: Collection[object], found: Collection[object]) -> None:
        """Count a sentence."""
        self.hit += len(set(wanted) & set(found))
        self.gold += len(wanted)
        self.predicted += len(found)

    def join(self, other: Tally) -> None:
        """Take in the counts of other sentences."""
        self.hit += other.hit
        self.gold += other.gold
        self.predicted += other.predicted

    def __str__(self) -> str:
        precision = self.hit / max(self.predicted, 1)
        recall = self.hit / max(self.gold, 1)
        f1 = 2 * self.hit / max(self.gold + self.predicted, 1)
        return f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}"


def tokens_in(doc: Doc, ranges: Sequence[dict[str, Any]]) -> list[Token]:
    """The words that lie in ranges of characters."""
    return [
        t
        for t in doc
        if is_word(t) and any(t.idx < r["end"] and r["start"] < t.idx + len(t) for r in ranges)
    ]


def is_word(token: Token) -> bool:
    """True for what is neither punctuation nor space."""
    return not token.is_punct and not token.is_space


def own_places(doc: Doc, verb: set[Token]) -> list[Span] | None:
    """The most specific places of the account that a verb tells; None if no account does."""
    for account in find_accounts(doc, Sides(doc), has_title=False):
        if any(doc[trigger.root] in verb for trigger in account.triggers):
            return without_containers(account.places)
    return None


def event_places(doc: Doc, verb: set[Token]) -> list[Span]:
    """The most specific places of the verb as an event, whether it is a trigger or not."""
    own = own_places(doc, verb)
    if own is not None or not verb:
        return own or []
    head = min(verb, key=lambda t: t.i)
    near = [a for a in find_accounts(doc, Sides(doc), has_title=False) if a.sent == head.sent]
    told = [(distance(doc[t.root], head), i) for i, a in enumerate(near) for t in a.triggers]
    if told and near[min(told)[1]].places:
        return without_containers(near[min(told)[1]].places)
    places = [s for s in spans_of(doc, "places") if s._.place.excluded is None]
    return without_containers([s for s in places if s.sent == head.sent])


def names_of(spans: Sequence[Span]) -> set[Token]:
    """Words of the names: without "the village of" before and "district" behind them."""
    found: set[Token] = set()
    for span in spans:
        capitals = [t.i for t in span if t.text[0].isupper() or t.lower_ in _ARTICLES]
        inside = span.doc[min(capitals) : max(capitals) + 1] if capitals else []
        found.update(t for t in inside if is_word(t))
    return found


def without_containers(spans: Sequence[Span]) -> list[Span]:
    """Places that contain no other of them."""
    around = {
        each for s in spans if s._.place.place is not None for each in s._.place.place.within_ids
    }
    return [s for s in spans if s._.place.place is None or s._.place.place.id not in around]


def kind_of(doc: Doc, verb: set[Token], wanted: set[Token], found: set[Token]) -> str:
    """What went wrong in a sentence, if anything."""
    if wanted == found:
        return "right"
    named = {t for span in spans_of(doc, "places") for t in span}
    triggers = {t for span in spans_of(doc, "events") for t in span}
    if wanted and not found:
        if not verb & triggers:
            return "no trigger"
        return "no place found" if not wanted & named else "place of no account"
    if not wanted:
        return "place of another event or of none"
    return "other words of the place" if wanted & found else "another place"


def words(tokens: set[Token]) -> str:
    """Words in order of the text."""
    return " ".join(t.text for t in sorted(tokens, key=lambda t: t.i)) or "none"


if __name__ == "__main__":
    sys.exit(main())
