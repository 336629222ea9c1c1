"""Have two processes change and link one database, interleaved at random; look at the outcome.

    .venv/bin/python benchmarks/fuzz_links.py [--runs N] [--seconds S] [--seed K]

Each run is some steps of one process: articles that come, change and go, linking, another
threshold, decisions by hand and articles that are forgotten. Between the parts of its linking a
second connection does steps of the same kinds. The same seed gives the same runs. What must hold
at the end, when the first one has linked:

- each report is in one incident, and nothing waits to be linked;
- the incidents are those that linking everything at once gives;
- the id of each incident that was ever there, and a report of which is left, still leads to one.

Exits with 1 if anything failed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from short_reports import NoPlaces, random_report

from incidents import relink as relinking
from incidents.batch import link_store
from incidents.decide import forget_decision, list_decisions, merge_incidents, split_incident
from incidents.errors import IncidentsError, InputError, NotFoundError, StoreError
from incidents.forget import forget_articles
from incidents.linking import link
from incidents.model import Article
from incidents.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from incidents.store import Store

ARTICLES = 14  # few, so that most change again and again
MANY = 2  # reports from which pairs are weighed outside of a transaction, in some runs
LENGTHS = (8, 16, 24, 32, 100)  # steps of the first process in a run
THRESHOLDS = ("0.3", "0.6", "0.85", "0.98")
NOWHERE: Any = NoPlaces()


@dataclass(slots=True)
class Run:
    """One run.

    Attributes:
        seed: of the numbers that choose its steps.
        random: gives them.
        decides: whether people decide by hand in it.
        seen: incident id to the reports that it held last, and that were there ever since.
        steps: how many steps were done, by either process.
        between: how many of them in the middle of the other one's linking.
    """

    seed: int
    random: Random = field(init=False)
    decides: bool = field(init=False)
    seen: dict[str, set[str]] = field(default_factory=dict)
    steps: int = 0
    between: int = 0

    def __post_init__(self) -> None:
        """Choose by the seed."""
        self.random = Random(self.seed)  # noqa: S311 - chosen, not secret
        self.decides = self.seed % 2 == 0

    def step(self, store: Store) -> None:
        """Do one of the things that people and programs do to a database."""
        self.steps += 1
        chance = self.random.random()
        for bound, do in STEPS:
            if chance < bound:
                do(self, store)
                break
        there = {report.id for report in store.reports()}
        for reports in self.seen.values():
            reports.intersection_update(there)
        for incident in store.incidents():
            self.seen[incident.id] = there.intersection(incident.reports)

    def put(self, store: Store) -> None:
        """Store an article that is new or changed, with no report, one or two."""
        number = self.random.randrange(ARTICLES)
        parts = self.random.choice(("", "1", "2", "3", "4", "5", "12", "12"))
        reports = [random_report(self.random, f"{number:03}.{part}") for part in parts]
        store.put_article(Article(id=f"{number:03}", text="Text"), reports)

    def relink(self, store: Store) -> None:
        """Link once, whether it succeeds or not."""
        relinking.relink(store, NOWHERE)

    def forget(self, store: Store) -> None:
        """Take an article out."""
        articles = [source.article for each in store.incidents() for source in each.sources]
        if articles:
            forget_articles(store, [self.random.choice(articles)], gazetteer=NOWHERE)

    def retune(self, store: Store) -> None:
        """Set another threshold, as `incidents link --threshold` does."""
        with store.links.transaction():
            store.links.put_setting("threshold", self.random.choice(THRESHOLDS))
            store.links.mark()

    def decide(self, store: Store) -> None:
        """Merge, split, or take a decision back."""
        incidents = store.incidents()
        what = self.random.choice(("merge", "split", "forget")) if self.decides else None
        several = [each for each in incidents if len(each.reports) > 1]
        if what == "merge" and len(incidents) > 1:
            merge_incidents(store, [each.id for each in self.random.sample(incidents, 2)])
        elif what == "split" and several:
            chosen = self.random.choice(several)
            split_incident(store, chosen.id, [self.random.choice(chosen.reports)])
        elif what == "forget" and (decisions := list_decisions(store)):
            forget_decision(store, self.random.choice(decisions).id)


STEPS: tuple[tuple[float, Callable[[Run, Store], None]], ...] = (
    (0.55, Run.put),
    (0.72, Run.relink),
    (0.79, Run.forget),
    (0.87, Run.retune),
    (1.00, Run.decide),
)


def main() -> int:
    """Run until there are enough runs or the time is over; print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=240.0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    end = time.monotonic() + args.seconds
    runs, faults = [], []
    for seed in range(args.seed, args.seed + args.runs):
        run = Run(seed)
        found = try_run(run)
        runs.append(run)
        faults += [f"seed {seed}: {each}" for each in found]
        for each in found:
            print(f"FAILED seed {seed}: {each}")
        if time.monotonic() > end:
            break
    steps, between = sum(run.steps for run in runs), sum(run.between for run in runs)
    print(
        f"{len(runs):,} runs (seeds {args.seed} to {runs[-1].seed}), {steps:,} steps,"
        f" {between:,} of them in the middle of the other one's linking; {len(faults)} faults"
    )
    return int(bool(faults))


def try_run(run: Run) -> list[str]:
    """Do a run in a database of its own; says what is wrong at its end."""
    relinking._MANY = MANY if run.seed % 3 == 0 else 2000  # noqa: SLF001 - both ways are tried
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fuzz.db"
        with open_store(path) as one, open_store(path, timeout=1) as two:
            try:
                with interleaved(run, one, two):
                    for _ in range(run.random.choice(LENGTHS)):
                        attempt(run, one)
                link_store(one, NOWHERE)
                return find_faults(run, one)
            except Exception as error:  # noqa: BLE001 - what escapes is what is looked for
                return [f"{type(error).__name__}: {error}"]


def attempt(run: Run, store: Store) -> None:
    """Do one step; what the other process has taken away meanwhile is told, and no fault."""
    try:
        run.step(store)
    except (InputError, NotFoundError):
        pass
    except StoreError as error:
        if "all the time" not in str(error):
            raise


@contextmanager
def interleaved(run: Run, one: Store, two: Store) -> Iterator[None]:
    """Have the second process do steps between the parts of what the first one does."""
    is_busy = False

    def other() -> None:
        nonlocal is_busy
        if is_busy or one._db.in_transaction:  # noqa: SLF001 - it would wait for the first one
            return
        is_busy = True
        try:
            for _ in range(run.random.choice((0, 0, 0, 1, 2))):
                run.between += 1
                attempt(run, two)
        finally:
            is_busy = False

    places = [
        (one, "change_incidents"),
        (one.links, "transaction"),
        (one.links, "snapshot"),
        (relinking, "_regroup"),
        (relinking, "_weigh_pairs"),
    ]
    kept = [(of, name, getattr(of, name)) for of, name in places]
    for of, name, go_on in kept:
        setattr(of, name, _after(other, go_on))
    try:
        yield
    finally:
        for of, name, go_on in kept:
            setattr(of, name, go_on)


def _after(other: Callable[[], None], go_on: Callable[..., Any]) -> Callable[..., Any]:
    def late(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the part gives
        other()
        return go_on(*args, **options)

    return late


def find_faults(run: Run, store: Store) -> list[str]:
    """Say what must hold and does not."""
    faults = []
    found = sorted(each.reports for each in store.incidents())
    if sorted(id_ for reports in found for id_ in reports) != sorted(r.id for r in store.reports()):
        faults.append("a report is in no incident, or in two")
    if store.links.waiting(store.links.turn()) or store.count_unlinked():
        faults.append("something waits to be linked")
    for id_, reports in run.seen.items():
        if reports and not _leads(store, id_):
            faults.append(f"{id_} leads nowhere")
    if found != (wanted := _all_at_once(run, store)):
        faults.append(f"incidents are {found}, and all at once {wanted}")
    return faults


def _leads(store: Store, incident_id: str) -> bool:
    try:
        store.incident(incident_id)
    except IncidentsError:
        return False
    return True


def _all_at_once(run: Run, store: Store) -> list[tuple[str, ...]]:
    """The groups of reports that come of linking all of them."""
    if run.decides:  # which `link` knows nothing of
        store.links.mark()
        link_store(store, NOWHERE)
        return sorted(each.reports for each in store.incidents())
    threshold = float(store.links.setting("threshold") or 0.85)
    made = link(store.reports(), gazetteer=NOWHERE, threshold=threshold)
    return sorted(each.reports for each in made)


if __name__ == "__main__":
    sys.exit(main())
