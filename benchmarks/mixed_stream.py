"""Measure the triage on a stream of nine ordinary articles to one of conflict.

    .venv/bin/python benchmarks/mixed_stream.py [--corpus FILE] [--articles N] [--no-speed]

With FILE, the corpus of benchmarks/false_alarms.py, articles are made of its items: eight of one
category, in their order, are the paragraphs of one article. Only items of the days from the 19th of
each month on are taken, since the weights of the triage are fitted to earlier days. Ordinary ones
take turns among the categories in ORDINARY, conflict ones are of "Armed conflicts and attacks".
Where FILE is missing, ordinary articles are those of benchmarks/ordinary.jsonl, written for the
project, and conflict ones those of tests/gold with incidents.

The articles of earlier days go through first, uncounted: words and tables are then loaded, as in a
long run.

Prints, by category, how much the triage skips and how many of the reports that there are without
it are still found; its speed; and how fast the whole pipeline is beside bare `nlp.pipe`, in CPU
time of one process.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import spacy
from false_alarms import CONFLICT, CORPUS, read

from incidents.extractors.pipeline import DEFAULT_MODEL, Extractor
from incidents.extractors.triage import Triage
from incidents.gazetteer import Gazetteer
from incidents.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from incidents.model import Report

ROOT = Path(__file__).resolve().parent.parent
OWN = Path(__file__).resolve().with_name("ordinary.jsonl")
GOLD = ROOT / "tests" / "gold"
FIRST_DAY = 19  # of each month: the weights never saw later days
ITEMS = 8  # a corpus article has some 260 words, as news has
SHARE = 9  # ordinary articles to one of conflict
ORDINARY = (
    "Sports",
    "Business and economy",
    "Politics and elections",
    "Arts and culture",
    "Science and technology",
    "Health and environment",
    "Disasters and accidents",
)


class Story(NamedTuple):
    """An article of the stream, and what it is of."""

    category: str
    article: Article


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--articles", type=int, default=100, help="how many")
    parser.add_argument("--no-speed", action="store_true", help="only what is skipped")
    args = parser.parse_args()
    if args.corpus.is_file():
        stream = list(itertools.islice(of_corpus(args.corpus, later), args.articles))
        others = list(of_corpus(args.corpus, lambda day: not later(day)))
    else:
        print(f"{args.corpus}: not here; the project's own articles instead")
        articles = of_repository()
        stream = list(itertools.islice(articles, args.articles))
        others = list(itertools.islice(articles, args.articles))
    stories = ", ".join(f"{n} {c}" for c, n in Counter(s.category for s in stream).items())
    print(f"{len(stream)} articles: {stories}\n")
    show_skipped(stream)
    if not args.no_speed:
        show_speed([s.article for s in stream], [s.article for s in others])
    return 0


def later(day: dt.date) -> bool:
    """True for the days that the weights of the triage were not fitted to."""
    return day.day >= FIRST_DAY


def of_corpus(corpus: Path, is_wanted: Callable[[dt.date], bool]) -> Iterator[Story]:
    """Nine ordinary articles to one of conflict; a category that runs out is passed over."""
    items: dict[str, list[dict]] = defaultdict(list)
    for item in read(corpus):
        if is_wanted(dt.date.fromisoformat(item["published"])):
            items[item["category"]].append(item)
    stories = {c: iter(list(join(c, items[c]))) for c in (*ORDINARY, CONFLICT)}
    turns = itertools.cycle(ORDINARY)
    for conflict in stories[CONFLICT]:
        for _ in range(SHARE):
            turn = (next(stories[c], None) for c in itertools.islice(turns, len(ORDINARY)))
            story = next(filter(None, turn), None)
            if story is None:
                return
            yield story
        yield conflict


def join(category: str, items: Sequence[dict]) -> Iterator[Story]:
    """Articles of some items each; the last day of them is that of the article."""
    for i in range(0, len(items) - ITEMS + 1, ITEMS):
        some = items[i : i + ITEMS]
        text = "\n\n".join(item["text"].strip() for item in some)
        published = dt.date.fromisoformat(some[-1]["published"])
        yield Story(category, Article(id=some[0]["id"], text=text, published=published))


def of_repository() -> Iterator[Story]:
    """The project's ordinary articles again and again, with each of its articles of conflict."""
    ordinary = [Story("ordinary", article_of(row)) for row in rows_of(OWN)]
    conflict = [row for p in sorted(GOLD.glob("*.jsonl")) for row in rows_of(p) if row["incidents"]]
    turns = itertools.cycle(ordinary)
    for row in conflict[:: len(conflict) // len(ordinary)]:
        yield from itertools.islice(turns, SHARE)
        yield Story(CONFLICT, article_of(row))


def rows_of(path: Path) -> list[dict]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def article_of(row: dict) -> Article:
    """A row as an article."""
    day = row.get("published")
    published = dt.date.fromisoformat(day) if day else None
    return Article(id=row["id"], text=row["text"], title=row.get("title"), published=published)


def show_skipped(stream: Sequence[Story]) -> None:
    """Print tokens skipped, articles not parsed at all, and reports kept, by category."""
    gazetteer = Gazetteer.open()
    triage = Triage(gazetteer)
    tokens = spacy.blank("en").tokenizer
    every = Extractor(gazetteer=gazetteer, triage=False)
    found: dict[str, list[int]] = defaultdict(lambda: [0] * 6)
    for story, reports in zip(stream, every.pipe(s.article for s in stream), strict=True):
        text = story.article.text
        passages = triage.passages(text)
        kept = sum(len(tokens(text[start:end])) for start, end in passages)
        told = [is_kept(report, passages) for report in reports]
        row = 1, not passages, len(tokens(text)), kept, len(told), sum(told)
        for key in (story.category, "all"):
            found[key] = [a + b for a, b in zip(found[key], row, strict=True)]
    print(f"{'':28} articles  not parsed   tokens  skipped  reports  kept")
    for key, (articles, none, length, kept, reports, told) in found.items():
        share = 1 - kept / length
        print(f"{key:28} {articles:8} {none:11} {length:8} {share:8.1%} {reports:8} {told:5}")


def is_kept(report: Report, passages: Sequence[tuple[int, int]]) -> bool:
    """True if a sentence that tells of the event is parsed."""
    return any(
        start <= e.start and e.end <= end
        for e in report.evidence
        if e.rule.startswith(("event:", "casualties:"))
        for start, end in passages
    )


def show_speed(articles: Sequence[Article], others: Sequence[Article]) -> None:
    """Print CPU seconds of the scan, of bare `nlp.pipe`, and of the pipeline with and without.

    Other articles go through first, uncounted.
    """
    gazetteer = Gazetteer.open()
    triage = Triage(gazetteer)
    bare = spacy.load(DEFAULT_MODEL)
    texts = [article.text for article in articles]
    length = sum(map(len, texts))
    for article in others:
        triage.passages(article.text)
    list(bare.pipe(article.text for article in others))
    scan = seconds(lambda: [triage.passages(text) for text in texts])
    parse = seconds(lambda: list(bare.pipe(texts)))
    print(f"\nscan {scan:.2f} s, {length / scan / 1e6:.1f} MB/s; bare nlp.pipe {parse:.2f} s")
    for is_used in (True, False):
        extractor = Extractor(gazetteer=gazetteer, triage=is_used)
        list(extractor.pipe(others))
        whole = seconds(lambda e=extractor: list(e.pipe(articles)))
        name = "with triage" if is_used else "without"
        print(f"pipeline {name:12} {whole:.2f} s, {parse / whole:.2f} times as fast as nlp.pipe")


def seconds(work: Callable[[], object]) -> float:
    """CPU time of a piece of work."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
