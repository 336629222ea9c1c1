"""Check, or fit anew, the probabilities that reports carry as their confidence.

    .venv/bin/python benchmarks/calibration.py [--fit] [--eval FOLDER]

Reports on annotated articles are right or not (`incidents.evaluation.is_right`). The script prints
a calibration table (predicted probability, share that is right, how many) for the sets that the
weights are fitted to, and for the ones that they never saw; and, for each fitted set, how a fit on
the others does on it. `--fit` writes extractors/data/confidence.toml from dev, dev2 and ce-dev, and
the figures into docs/evaluation.md: run it when extraction has changed, and after it
`pytest tests/test_seeds.py --update-golden` and `docs/make_examples.py`.

Brier score: mean squared distance of probability and truth, 0 is perfect. Error: mean distance of
a bin's probability from its share that is right, weighted by count. AUC: how often a right report
has the higher confidence of a right and a wrong one.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from logistic import fit_weights, write_weights

from incidents.evaluation import align, is_right, read_gold
from incidents.extractors.confidence import CUE_NAMES, confidence_of, find_cues
from incidents.extractors.pipeline import Extractor
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "extractors" / "data" / "confidence.toml"
PAGE = ROOT / "docs" / "evaluation.md"
_MARKS = ("--fit -->\n", "<!-- end of calibration -->")
FITTED = ("dev", "dev2", "ce-dev")
UNSEEN = ("dev3",)
OWN = ROOT / "tests" / "gold" / "short.jsonl"
PENALTY = 1.0  # L2; the base is free. With 3, sets left out fare worse
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Sample:
    """One report: the cues that hold for it, and whether it is right."""

    cues: tuple[str, ...]
    right: bool


def main() -> int:
    """Fit if asked to, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fit", action="store_true", help="write the weights anew")
    parser.add_argument("--eval", type=Path, default=ROOT.parent / "shared" / "eval")
    args = parser.parse_args()
    files = {name: args.eval / f"{name}.jsonl" for name in (*FITTED, *UNSEEN)}
    absent = [str(file) for file in files.values() if not file.is_file()]
    if absent:
        print(f"{', '.join(absent)}: not here, skipped")
        return 0
    extractor = Extractor()
    samples = {name: collect(file, extractor) for name, file in files.items()}
    samples[OWN.stem] = collect(OWN, extractor)
    if args.fit:
        weights = fit([s for name in FITTED for s in samples[name]])
        write(weights, samples)
        write_page(weights, samples)
    load_words.cache_clear()
    weights = load_words("confidence")["weights"]
    print("== fitted to: " + ", ".join(FITTED))
    show([s for name in FITTED for s in samples[name]], weights)
    for name in (*UNSEEN, OWN.stem):
        print(f"== never fitted to: {name}")
        show(samples[name], weights)
    show_left_out(samples)
    return 0


def collect(file: Path, extractor: Extractor) -> list[Sample]:
    """Each report on a set of annotated articles."""
    samples = []
    for item in read_gold(file):
        reports = extractor.extract(item.article)
        told = {j: item.incidents[i] for i, j in align(item.incidents, reports)}
        samples += [
            Sample(find_cues(report, is_only=len(reports) == 1), is_right(told.get(j), report))
            for j, report in enumerate(reports)
        ]
    return samples


def fit(samples: Sequence[Sample]) -> dict[str, float]:
    """The weight of each cue."""
    return fit_weights([(s.cues, s.right) for s in samples], CUE_NAMES, penalty=PENALTY)


def show(samples: Sequence[Sample], weights: Mapping[str, float]) -> None:
    """Print a table of bins, and the scores below it."""
    p, y = predict(samples, weights)
    print(f"{'bin':10} {'predicted':>9} {'right':>6} {'count':>6}")
    for low, high in pairwise(BINS):
        inside = (p >= low) & (p < high)
        if inside.any():
            share = f"{p[inside].mean():9.2f} {y[inside].mean():6.2f} {inside.sum():6}"
            print(f"{low:.1f}-{high:.1f}    {share}")
    print(f"{'all':10} {p.mean():9.2f} {y.mean():6.2f} {len(y):6}")
    print(f"Brier {brier(p, y):.3f}, error {error(p, y):.3f}, AUC {auc(p, y):.3f}\n")


def show_left_out(samples: Mapping[str, Sequence[Sample]]) -> None:
    """Print how a fit on the other sets does on each; 'constant' says their share for all."""
    print("== each set left out of the fit")
    print(f"{'set':10} {'count':>6} {'Brier':>6} {'constant':>9} {'error':>6} {'AUC':>6}")
    for name in FITTED:
        others = [s for other in FITTED if other != name for s in samples[other]]
        p, y = predict(samples[name], fit(others))
        share = np.full(len(y), np.mean([s.right for s in others]))
        scores = f"{brier(p, y):6.3f} {brier(share, y):9.3f} {error(p, y):6.3f} {auc(p, y):6.3f}"
        print(f"{name:10} {len(y):6} {scores}")


def brier(p: np.ndarray, y: np.ndarray) -> float:
    """Mean squared distance of probabilities and truth."""
    return float(np.mean((p - y) ** 2))


def error(p: np.ndarray, y: np.ndarray) -> float:
    """Mean distance of a bin's probability and its share that is right."""
    total = 0.0
    for low, high in pairwise(BINS):
        inside = (p >= low) & (p < high)
        if inside.any():
            total += inside.sum() * abs(p[inside].mean() - y[inside].mean())
    return total / len(p)


def auc(p: np.ndarray, y: np.ndarray) -> float:
    """How often a right report has more confidence than a wrong one; ties count half."""
    gaps = p[y == 1][:, None] - p[y == 0][None, :]
    return float(np.mean((gaps > 0) + 0.5 * (gaps == 0))) if gaps.size else float("nan")


def write(weights: Mapping[str, float], samples: Mapping[str, Sequence[Sample]]) -> None:
    """Write the data file, with what the weights come from."""
    count = sum(len(samples[name]) for name in FITTED)
    write_weights(
        TABLE,
        weights,
        source=f"own work: logistic regression on {count} reports of annotated articles",
        about="Log-odds that a report is right, by what is known of it; written by\n"
        "benchmarks/calibration.py --fit, not by hand.",
    )


def write_page(weights: Mapping[str, float], samples: Mapping[str, Sequence[Sample]]) -> None:
    """Put the figures between their marks on the page."""
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(_MARKS[0])
    _, _, tail = rest.partition(_MARKS[1])
    lines = ["", "| confidence | predicted | right | reports |", "|---|---|---|---|"]
    p, y = predict(samples[UNSEEN[0]], weights)
    for low, high in pairwise(BINS):
        inside = (p >= low) & (p < high)
        if inside.any():
            shares = f"{p[inside].mean():.2f} | {y[inside].mean():.2f} | {inside.sum()}"
            lines.append(f"| {low:.1f} to {high:.1f} | {shares} |")
    lines += ["", "| articles | reports | error | AUC |", "|---|---|---|---|"]
    fitted = [s for name in FITTED for s in samples[name]]
    lines.append(_row("those of the fit", *predict(fitted, weights)))
    lines += [_row(f"{name}, never seen", *predict(samples[name], weights)) for name in UNSEEN]
    lines.append(_row("`tests/gold/short.jsonl`, never seen", *predict(samples[OWN.stem], weights)))
    for name in FITTED:
        others = [s for other in FITTED if other != name for s in samples[other]]
        lines.append(_row(f"{name}, left out of the fit", *predict(samples[name], fit(others))))
    body = "\n".join([*lines, "", ""])
    PAGE.write_text(f"{head}{_MARKS[0]}{body}{_MARKS[1]}{tail}", encoding="utf-8")


def _row(name: str, p: np.ndarray, y: np.ndarray) -> str:
    return f"| {name} | {len(y)} | {error(p, y):.2f} | {auc(p, y):.2f} |"


def predict(
    samples: Sequence[Sample], weights: Mapping[str, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Probability of each report, and 1 for those that are right."""
    p = np.array([confidence_of(s.cues, weights) for s in samples])
    return p, np.array([s.right for s in samples], float)


if __name__ == "__main__":
    sys.exit(main())
