"""Fit the weights of fuzzy look-ups on held-out spellings, and write them to their data file.

    .venv/bin/python benchmarks/fit_spelling.py NAMES.jsonl NEGATIVES.jsonl [--half odd] [--dry-run]

The files are those of `names.py`. One weight for each feature of a candidate, one for each feature
of "none of them": a logistic choice (softmax) among the candidates of a question and none, fitted
by gradient descent (Adam). `--half odd` fits on cities with an odd geonameid only, so that
`names.py --half even` then measures unseen ones.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from names import SETS, Row, open_without, read
from numpy.typing import NDArray

from incidents.gazetteer.fuzzy import fame_of

if TYPE_CHECKING:
    from incidents.gazetteer.fuzzy import CountryNames

FILE = Path(__file__).resolve().parent.parent / "gazetteer" / "data" / "spelling_odds.json"
NEGATIVE_WEIGHT, PERSON_WEIGHT = 0.7, 2.0
STEPS, RATE, RIDGE = 4000, 0.03, 1e-5
MOST = 12  # candidates of a question

Question = tuple[list[tuple[int, dict[str, float]]], dict[str, float], int | None, float]
Array = NDArray[np.float64]


def main() -> None:
    """Fit, and write the weights unless told not to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", type=Path)
    parser.add_argument("negatives", type=Path)
    parser.add_argument("--half", choices=("odd", "even"), help="only geonameids of this parity")
    parser.add_argument("--dry-run", action="store_true", help="print the weights, write nothing")
    args = parser.parse_args()
    names = read(args.names)
    if args.half:
        names = [row for row in names if row["geonameid"] % 2 == (args.half == "odd")]
    answer, nothing = fit(questions(names, read(args.negatives)))
    print(json.dumps({"answer": answer, "nothing": nothing}, indent=1))
    if not args.dry_run:
        page = FILE.read_text(encoding="utf-8")
        for key, weights in (("answer", answer), ("nothing", nothing)):
            page = re.sub(
                rf'^ "{key}": .*,$', f' "{key}": {json.dumps(weights)},', page, flags=re.MULTILINE
            )
        FILE.write_text(page, encoding="utf-8")


def questions(names: list[Row], negatives: list[Row]) -> list[Question]:
    """Return the features of every question, the right answer, and the question's weight."""
    found: list[Question] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in SETS:
            rows = [row for row in names if row["set"] == name]
            index = open_without(rows, Path(folder) / f"{name}.sqlite")
            asked = [(row, row["geonameid"], 1.0) for row in rows if not row["homonym"]]
            if name == SETS[-1]:
                asked += [
                    (row, None, PERSON_WEIGHT if row["kind"] == "person" else NEGATIVE_WEIGHT)
                    for row in negatives
                ]
            for row, right, weight in asked:
                spellings: CountryNames | None = index.country_names(row["country"])
                listed = [match.place for match in index.find(row["name"])]
                if spellings is None or any(p.country_code == row["country"] for p in listed):
                    continue  # answered before the fuzzy step
                fame = fame_of(place.population for place in listed)
                found.append((*spellings.features(row["name"], ("city",), fame), right, weight))
    return [question for question in found if question[0]]


def fit(asked: list[Question]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the weights of an answer's features and of those of "none of them"."""
    answer_keys, nothing_keys = list(asked[0][0][0][1]), list(asked[0][1])
    size = len(answer_keys)
    features = np.zeros((len(asked), MOST, size))
    present = np.zeros((len(asked), MOST), dtype=bool)
    right = np.full(len(asked), MOST)
    for i, (candidates, _, gold, _) in enumerate(asked):
        for j, (number, values) in enumerate(candidates[:MOST]):
            features[i, j] = [values[key] for key in answer_keys]
            present[i, j] = True
            if number == gold:
                right[i] = j
    nothing = np.array([[question[1][key] for key in nothing_keys] for question in asked])
    weight = np.array([question[3] for question in asked])[:, None]
    goal = np.eye(MOST + 1)[right]
    found = np.zeros(size + len(nothing_keys))
    found[answer_keys.index("odds")], found[size] = 0.5, 5.0
    mean, square = np.zeros_like(found), np.zeros_like(found)
    for step in range(1, STEPS + 1):
        off = (choose(found, size, features, present, nothing) - goal) * weight
        slope = np.concatenate(
            [np.einsum("ik,ikf->f", off[:, :MOST], features), (off[:, MOST:] * nothing).sum(0)]
        )
        slope = slope / weight.sum() + RIDGE * found
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        scale = np.sqrt(square / (1 - 0.999**step)) + 1e-8
        found -= RATE * mean / (1 - 0.9**step) / scale
    rounded = [round(float(value), 3) for value in found]
    return (
        dict(zip(answer_keys, rounded[:size], strict=True)),
        dict(zip(nothing_keys, rounded[size:], strict=True)),
    )


def choose(found: Array, size: int, features: Array, present: Array, nothing: Array) -> Array:
    """Return the probabilities of each candidate and, last, of none."""
    scores = np.where(present, features @ found[:size], -1e9)
    scores = np.concatenate([scores, (nothing @ found[size:])[:, None]], axis=1)
    powers: Array = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


if __name__ == "__main__":
    main()
