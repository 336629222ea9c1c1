"""Fit the weights by which the triage tells sentences that may hold an incident from others.

    .venv/bin/python benchmarks/fit_triage.py [--fit] [--corpus FILE] [--sentences FILE]

The teacher is the pipeline itself: every sentence of the corpus is parsed, and those that a report
rests on are the ones to keep. FILE is the corpus of benchmarks/false_alarms.py and the sentences of
benchmarks/event_place.py; where one is missing, the script says so and ends well. Weights are
fitted to items of the first 18 days of each month, and to all of the sentences. Of the items of
later days, which the weights never saw, the script prints how many have a sentence above a bar, by
category. `--fit` writes extractors/data/triage.toml.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from event_place import SENTENCES, read_rows
from false_alarms import CORPUS, read
from logistic import BASE, fit_weights, write_weights

from incidents.extractors.excerpts import split_sentences
from incidents.extractors.pipeline import Extractor
from incidents.extractors.triage_score import Scan
from incidents.extractors.vocabulary import load_words
from incidents.gazetteer import Gazetteer
from incidents.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from incidents.model import Report

TABLE = Path(__file__).resolve().parent.parent / "extractors" / "data" / "triage.toml"
ANNOTATED = CORPUS.parent.parent / "eval" / "ce-dev.jsonl"  # items kept for measuring
LAST_DAY = 18  # of each month: later items are for measuring
PENALTY = 4.0  # L2; 2 and 8 do no better on later days
RARE_WORD = 15  # a word seen less often gets no weight of its own
RARE_CUE = 4
NAME = 0.3  # a word with a capital this often is a name, and gets none either
SHORT = 3  # letters of words that say nothing: "the", "of"
LIGHT = 0.05  # a weight below this is not written
BARS = (-3.5, -2.0, -1.5, -1.0, -0.5)
_LETTERS = re.compile(r"[^\W_\d]+")


class Sentence(NamedTuple):
    """A sentence, its item and its category, and whether a report rests on it."""

    item: str
    category: str
    text: str
    right: bool


def main() -> int:
    """Fit if asked to, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--sentences", type=Path, default=SENTENCES)
    parser.add_argument("--fit", action="store_true", help="write the weights anew")
    args = parser.parse_args()
    for file in (args.corpus, args.sentences):
        if not file.is_file():
            print(f"{file}: not here, skipped")
            return 0
    extractor = Extractor(triage=False)
    items = list(read(args.corpus))
    early = [i for i in without_annotated(items) if day_of(i) <= LAST_DAY]
    late = [i for i in items if day_of(i) > LAST_DAY]
    if args.fit:
        rows = [{**row, "category": ""} for row in read_rows(args.sentences)]
        taught = list(teach([*early, *rows], extractor))
        about = (
            "Log-odds that a sentence tells of an incident, by its words and their lists; written\n"
            "by benchmarks/fit_triage.py --fit, not by hand."
        )
        source = (
            f"logistic regression on {len(early)} items of Wikipedia's Portal:Current events 2025 "
            f"(CC BY-SA 4.0), {len(rows)} sentences of event_location (MIT)"
        )
        write_weights(TABLE, fit(taught), source=source, about=about)
        load_words.cache_clear()
    show(list(teach(late, extractor)), Scan(Gazetteer.open()))
    return 0


def without_annotated(items: Iterable[dict]) -> list[dict]:
    """The items that no annotated set holds."""
    if not ANNOTATED.is_file():
        return list(items)
    kept = {json.loads(line)["text"] for line in ANNOTATED.open(encoding="utf-8")}
    return [item for item in items if item["text"] not in kept]


def day_of(item: Mapping[str, str]) -> int:
    """The day of the month of an item."""
    return dt.date.fromisoformat(item["published"]).day


def teach(rows: Sequence[dict], extractor: Extractor) -> Iterator[Sentence]:
    """Each sentence, and whether the pipeline makes a report of it."""
    articles = [
        Article(
            id=row["id"],
            text=row["text"],
            published=dt.date.fromisoformat(row["published"]) if "published" in row else None,
        )
        for row in rows
    ]
    for row, article, reports in zip(rows, articles, extractor.pipe(articles), strict=True):
        told = list(tellings(reports))
        for start, end in split_sentences(article.text):
            right = any(begin < end and start < stop for begin, stop in told)
            yield Sentence(article.id, row["category"], article.text[start:end], right)


def tellings(reports: Iterable[Report]) -> Iterator[tuple[int, int]]:
    """Where the sentences stand that tell of an event or of people harmed."""
    for report in reports:
        for evidence in report.evidence:
            if evidence.rule.partition(":")[0] in {"event", "casualties"}:
                yield evidence.start, evidence.end


def fit(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Weights of all cues that are seen often enough; of words, only those that are no names."""
    scan = Scan(Gazetteer.open(), {})
    words = common_words(sentence.text for sentence in sentences)
    samples = [
        ({c for c in scan.cues(s.text) if not c.startswith("word:") or c[5:] in words}, s.right)
        for s in sentences
    ]
    counts = Counter(cue for cues, _ in samples for cue in cues)
    names = sorted(cue for cue, count in counts.items() if count >= RARE_CUE)
    weights = fit_weights(samples, names, penalty=PENALTY)
    return {c: w for c, w in weights.items() if c == BASE or abs(w) >= LIGHT}


def common_words(texts: Iterable[str]) -> set[str]:
    """Words of a text that are seen often, and seldom with a capital."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        for word in _LETTERS.findall(text)[1:]:  # the first one has a capital anyway
            (capital if word[0].isupper() else small)[word.lower()] += 1
    return {
        word
        for word, count in small.items()
        if count >= RARE_WORD and capital[word] < NAME * count and len(word) > SHORT
    }


def show(sentences: Iterable[Sentence], scan: Scan) -> None:
    """Print how many items reach each bar, by category, beside how many give a report."""
    best: dict[tuple[str, str], tuple[float, bool]] = defaultdict(lambda: (-99.0, False))
    for item, category, text, right in sentences:
        score, told = best[category, item]
        best[category, item] = max(score, scan.read(text).score), told or right
    by_category: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for (category, _), found in best.items():
        by_category[category].append(found)
    print(f"{'items of later days':30} items reports   above " + " ".join(f"{b:5}" for b in BARS))
    for category, found in sorted(by_category.items(), key=lambda entry: -len(entry[1])):
        shares = " ".join(f"{sum(s >= bar for s, _ in found) / len(found):5.2f}" for bar in BARS)
        told = [s for s, right in found if right]
        print(f"{category:30} {len(found):5} {len(told) / len(found):7.2f}         {shares}")
        if len(told) >= RARE_WORD:
            kept = " ".join(f"{sum(s >= bar for s in told) / len(told):5.2f}" for bar in BARS)
            print(f"{'  those with a report':30} {len(told):5}                 {kept}")


if __name__ == "__main__":
    sys.exit(main())
