"""How much of bare spaCy's throughput is left when articles become reports.

    .venv/bin/python benchmarks/throughput.py [--rounds N] [--texts FILE.jsonl] [--model NAME]

Runs the same texts through `spacy.load(model).pipe` and through the whole extractor (the model,
this project's components, the assembly of reports), one after the other in each round, in one
process. The ratio is that of the two medians. A busy machine moves the seconds, and the ratio of
CPU seconds little. One pass over the texts comes first and is not counted: it loads word lists and
fills the tables of words that a longer run would fill once.

The texts are those of `tests/gold` and `seeds`; `--texts` takes JSON lines with a `text` in each.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
import warnings
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import spacy

from incidents import Article
from incidents.extractors.assembly import extract_reports
from incidents.extractors.pipeline import DEFAULT_MODEL, Extractor, load_pipeline
from incidents.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

ROOT = Path(__file__).resolve().parent.parent
BARE, WHOLE = "spaCy alone", "incidents"
OWN = "incidents_"  # what the names of this project's components begin with
ASSEMBLY = "assembly of reports"


class Seconds(NamedTuple):
    """What one pass over the texts took."""

    cpu: float
    wall: float


def main() -> int:
    """Measure and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--texts", type=Path, help="JSON lines with a text each")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    args = parser.parse_args()
    articles = list(read_articles(args.texts))
    if not articles:
        print(f"{args.texts}: no texts")
        return 1
    warnings.filterwarnings("ignore", message=r"\[W095\]")
    rows = passes(args.model, articles)
    times = measure(rows, args.rounds)
    print_ratios(times, articles)
    print()
    print_components(measure_components(args.model, articles, args.rounds))
    return 0


def read_articles(file: Path | None) -> Iterator[Article]:
    """The articles to measure with, in their order."""
    files = [file] if file is not None else sorted((ROOT / "tests" / "gold").glob("*.jsonl"))
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            row = json.loads(line)
            yield Article(id=f"{path.name}:{number}", text=row["text"], title=row.get("title"))
    if file is None:
        for path in sorted((ROOT / "seeds").glob("*.txt")):
            yield Article(id=path.name, text=path.read_text(encoding="utf-8"))


def passes(model: str, articles: Sequence[Article]) -> dict[str, Callable[[], None]]:
    """What is compared, by the name of its row; the first is what the others are held against.

    A further way to run the same articles is a further entry.
    """
    bare = spacy.load(model)
    whole = Extractor(model)
    return {
        BARE: lambda: _exhaust(bare.pipe(article.text for article in articles)),
        WHOLE: lambda: _exhaust(whole.pipe(articles)),
    }


def _exhaust(items: Iterable[object]) -> None:
    for _ in items:
        pass


def measure(rows: Mapping[str, Callable[[], None]], rounds: int) -> dict[str, list[Seconds]]:
    """Run each row once a round, in turn, after a pass that is not counted.

    Args:
        rows: what to run, by name.
        rounds: how often.
    """
    times: dict[str, list[Seconds]] = {name: [] for name in rows}
    for number in range(rounds + 1):
        for name, run in rows.items():
            taken = seconds(run)
            if number:
                times[name].append(taken)
    return times


def seconds(run: Callable[[], object]) -> Seconds:
    """What a call takes: CPU seconds of this process, and of the clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    run()
    return Seconds(time.process_time() - cpu, time.perf_counter() - wall)


def measure_components(
    model: str, articles: Sequence[Article], rounds: int
) -> dict[str, list[float]]:
    """CPU seconds of each step by itself, over all articles.

    Args:
        model: name or path of a spaCy pipeline.
        articles: what to run.
        rounds: how often, after a pass that is not counted.
    """
    gazetteer = Gazetteer.open()
    nlp = load_pipeline(model, gazetteer)
    times: dict[str, list[float]] = defaultdict(list)
    for number in range(rounds + 1):
        for name, taken in _steps(nlp, articles, gazetteer):
            if number:
                times[name].append(taken)
    return times


def _steps(
    nlp: Language, articles: Sequence[Article], gazetteer: Gazetteer
) -> Iterator[tuple[str, float]]:
    docs: list[Doc] = []
    yield "tokenizer", seconds(lambda: docs.extend(nlp.make_doc(a.text) for a in articles)).cpu
    for name, component in nlp.pipeline:
        began = time.process_time()
        if hasattr(component, "pipe"):
            docs = list(component.pipe(docs, batch_size=nlp.batch_size))
        else:
            docs = [component(doc) for doc in docs]
        yield name, time.process_time() - began
    began = time.process_time()
    for doc, article in zip(docs, articles, strict=True):
        extract_reports(doc, article, gazetteer)
    yield ASSEMBLY, time.process_time() - began


def print_ratios(times: Mapping[str, Sequence[Seconds]], articles: Sequence[Article]) -> None:
    """The table of throughput: medians, and each row's share of the first one's."""
    letters = sum(len(article.text) for article in articles)
    print(f"{len(articles)} articles, {letters:,} characters")
    print(f"{'':22} {'CPU s':>7} {'clock s':>8} {'articles/s':>11} {'ratio CPU':>10} {'clock':>7}")
    first = _medians(next(iter(times.values())))
    for name, taken in times.items():
        middle = _medians(taken)
        print(
            f"{name:22} {middle.cpu:7.2f} {middle.wall:8.2f} {len(articles) / middle.wall:11.1f}"
            f" {first.cpu / middle.cpu:10.2f} {first.wall / middle.wall:7.2f}"
        )


def _medians(times: Sequence[Seconds]) -> Seconds:
    return Seconds(*(statistics.median(column) for column in zip(*times, strict=True)))


def print_components(times: Mapping[str, Sequence[float]]) -> None:
    """The table of steps, the dearest first, and what this project's take together."""
    middles = {name: statistics.median(taken) for name, taken in times.items()}
    total = sum(middles.values())
    print(f"{'step':24} {'CPU s':>7} {'share':>7}")
    for name, middle in sorted(middles.items(), key=lambda item: -item[1]):
        print(f"{name:24} {middle:7.3f} {middle / total:7.1%}")
    own = sum(m for name, m in middles.items() if name.startswith(OWN) or name == ASSEMBLY)
    print(f"{'of this project':24} {own:7.3f} {own / total:7.1%}")


if __name__ == "__main__":
    sys.exit(main())
