"""Read files that were changed at random, and name what breaks a reader.

    .venv/bin/python benchmarks/fuzz.py [--inputs N] [--seconds S] [--seed K]
                                        [--failing FOLDER] [--totals FILE]

Starts from a small valid file of every format and changes bytes in it, in what it is packed in or
in what it holds (`tests/mutations.py`). Cheap readers are given most inputs. The readers run in a
child process, so that a crash of a library or a hang is seen and the run goes on. What must hold:
articles or one-line errors, no traceback, no input that takes more than `SLOW` seconds, no more
memory than `MEMORY_BYTES`.

`--totals` adds this run to those of a file. Exits with 1 if anything failed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import mmap
import os
import resource
import signal
import struct
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from article_files import make_files
from fuzz_checks import caught, find_faults, read_all
from mutations import mutate, mutate_inside

SLOW = 10.0  # seconds of processor for one input: a fault
HANG = 120.0  # seconds of the clock after which the child is ended; the machine may be busy
MEMORY_BYTES = 3 << 30
CHUNK = 500  # inputs a child takes at once
TEXT = (
    "QAMISHLI – Two soldiers were killed and five civilians were wounded on Tuesday when gunmen"
    " attacked a checkpoint of the army near Tel Tamer, the Hasakah governorate said.\n"
    "The Syrian Observatory for Human Rights put the toll at “seven dead”; 3 others were missing.\n"
    "On April 20, 2021, clashes broke out between the Asayish and the National Defence Forces."
)


@dataclass(slots=True)
class Tally:
    """What came of the inputs of one file.

    Attributes:
        inputs: how many were tried.
        seconds: of processor, reading alone.
        slowest: seconds of the slowest input.
        slowest_input: its number.
        articles: how many gave an article.
        peak_mb: largest memory of a child.
        caught: errors of libraries that only the last net caught.
        failures: what broke a promise: number of the input, and how.
    """

    inputs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    slowest_input: str = ""
    articles: int = 0
    peak_mb: float = 0.0
    caught: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    @property
    def dearness(self) -> float:
        """By how much its time counts more than that of a file that is read in no time."""
        return 1 + 1000 * self.seconds / max(1, self.inputs)

    def add(self, other: Tally) -> None:
        """Take in what another one counted."""
        self.inputs += other.inputs
        self.seconds += other.seconds
        if other.slowest > self.slowest:
            self.slowest, self.slowest_input = other.slowest, other.slowest_input
        self.articles += other.articles
        self.peak_mb = max(self.peak_mb, other.peak_mb)
        self.caught = dict(Counter(self.caught) + Counter(other.caught))
        self.failures += other.failures


def main() -> int:
    """Try inputs until there are enough or the time is over, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=240.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failing", type=Path, default=Path("fuzz-failing"))
    parser.add_argument("--totals", type=Path)
    parser.add_argument("--only", help="the file of one format, such as a.docx")
    args = parser.parse_args()
    files = make_files(TEXT)
    if args.only:
        files = {args.only: files[args.only]}
    tallies = run(files, args.inputs, args.seconds, args.seed, args.failing)
    if args.totals:
        tallies = add_to_totals(args.totals, tallies)
    print_table(tallies)
    return int(any(tally.failures for tally in tallies.values()))


def run(
    files: dict[str, bytes], inputs: int, seconds: float, seed: int, failing: Path
) -> dict[str, Tally]:
    """Try inputs, always of the file that has had least time; dear ones wait longer."""
    tallies = {name: Tally() for name in files}
    spent = dict.fromkeys(files, 0.0)
    warm_up(files)
    end = time.monotonic() + seconds
    while sum(tally.inputs for tally in tallies.values()) < inputs and time.monotonic() < end:
        name = min(files, key=lambda each: spent[each] * tallies[each].dearness)
        start = time.monotonic()
        tally = try_chunk(name, files[name], seed, tallies[name].inputs)
        spent[name] += time.monotonic() - start
        tallies[name].add(tally)
        for failure in tally.failures:
            save(failing, name, files[name], failure)
    return tallies


def warm_up(files: dict[str, bytes]) -> None:
    """Load libraries and models once, so that no child has to."""
    import pyarrow.parquet  # noqa: F401, PLC0415 - reading starts threads, which a child would lack

    for name, data in files.items():
        if not name.endswith(".parquet"):
            read_all(name, data)
    read_all(
        "a.txt", "Deux soldats ont été tués lundi près de Mopti, au nord du pays. ".encode() * 9
    )
    read_all("a.txt", b"caf\xe9 " * 99)


def make_input(name: str, data: bytes, seed: int, number: int) -> tuple[bytes, bool]:
    """The input of a number, and whether it comes through a pipe: the same one each time."""
    random = Random(f"{seed} {name} {number}")  # noqa: S311 - chosen, not secret
    make = mutate if random.random() < 0.5 else lambda old, by: mutate_inside(name, old, by)  # noqa: PLR2004
    return make(data, random), random.random() < 0.2  # noqa: PLR2004


def try_chunk(name: str, data: bytes, seed: int, first: int) -> Tally:
    """Try some inputs in a child process; a crash or a hang costs the rest of them only."""
    place = mmap.mmap(-1, 16)  # number of the input that is being read, and when it began
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
            tally = try_inputs(name, data, seed, first, place)
            with os.fdopen(theirs, "w") as pipe:
                json.dump(asdict(tally), pipe)
            status = 0
        finally:
            os._exit(status)
    os.close(theirs)
    return await_child(child, ours, place, seed, first)


def await_child(child: int, ours: int, place: mmap.mmap, seed: int, first: int) -> Tally:
    """Wait for a child, and end it where one input takes too long."""
    os.set_blocking(ours, False)
    answer, is_hung = b"", False
    while True:
        with contextlib.suppress(BlockingIOError):
            while block := os.read(ours, 1 << 16):
                answer += block
        ended, status, used = os.wait4(child, os.WNOHANG)
        number, began = struct.unpack("qd", place[:])
        if ended:
            break
        if began and time.monotonic() - began > HANG and not is_hung:
            is_hung = True
            os.kill(child, signal.SIGKILL)
        time.sleep(0.02)
    with contextlib.suppress(BlockingIOError):
        while block := os.read(ours, 1 << 16):
            answer += block
    os.close(ours)
    if os.waitstatus_to_exitcode(status) == 0 and answer:
        tally = Tally(**json.loads(answer))
    else:
        how = "hung" if is_hung else f"ended with {os.waitstatus_to_exitcode(status)}"
        tally = Tally(inputs=number - first + 1, failures=[f"{seed}:{number}: the process {how}"])
    tally.peak_mb = used.ru_maxrss / 1024
    return tally


def try_inputs(name: str, data: bytes, seed: int, first: int, place: mmap.mmap) -> Tally:
    """Read inputs one after another."""
    tally, nets = Tally(), Counter[str]()
    start = time.monotonic()
    for number in range(first, first + CHUNK):
        changed, is_piped = make_input(name, data, seed, number)
        place[:] = struct.pack("qd", number, time.monotonic())
        began = time.process_time()
        try:
            found = read_all(name, changed, is_piped=is_piped)
            faults = find_faults(found)
            nets.update(caught(found))
            tally.articles += any(not isinstance(each, Exception) for each in found)
        except Exception as error:  # noqa: BLE001 - what escapes is what is looked for
            faults = [f"{type(error).__name__}: {error}"]
        took = time.process_time() - began
        tally.inputs += 1
        tally.seconds += took
        if took > tally.slowest:
            tally.slowest, tally.slowest_input = took, f"{seed}:{number}"
        if took > SLOW:
            faults.append(f"took {took:.1f} s")
        tally.failures += [f"{seed}:{number}: {fault}" for fault in faults]
        if time.monotonic() - start > 2.0:  # noqa: PLR2004 - seconds; dear readers take turns too
            break
    tally.caught = dict(nets)
    return tally


def save(folder: Path, name: str, data: bytes, failure: str) -> None:
    """Keep an input that broke something, and say how."""
    seed, _, rest = failure.partition(":")
    number = rest.partition(":")[0]
    if not number.isdigit():
        return
    folder.mkdir(parents=True, exist_ok=True)
    changed, is_piped = make_input(name, data, int(seed), int(number))
    kept = folder / f"{seed}-{number}-{name}"
    kept.write_bytes(changed)
    how = "piped" if is_piped else "file"
    kept.with_name(f"{kept.name}.why").write_text(f"{how}\n{failure}\n", encoding="utf-8")


def add_to_totals(path: Path, tallies: dict[str, Tally]) -> dict[str, Tally]:
    """Add these figures to those of earlier runs in a file, and give the sums."""
    sums: dict[str, Tally] = {}
    if path.exists():
        for name, values in json.loads(path.read_text(encoding="utf-8")).items():
            sums[name] = Tally(**values)
    for name, tally in tallies.items():
        sums.setdefault(name, Tally()).add(tally)
    path.write_text(json.dumps({name: asdict(each) for name, each in sums.items()}, indent=1))
    return sums


def print_table(tallies: dict[str, Tally]) -> None:
    """Print a line a file, the sum, and what went wrong."""
    print(f"{'file':12} {'inputs':>9} {'articles':>9} {'CPU s':>7} {'slowest':>8}  peak MB")
    for name, tally in tallies.items():
        print(
            f"{name:12} {tally.inputs:9,} {tally.articles:9,} {tally.seconds:7.1f}"
            f" {tally.slowest:7.2f}s  {tally.peak_mb:6.0f}  {tally.slowest_input}"
        )
    total = Tally()
    for tally in tallies.values():
        total.add(tally)
    print(
        f"{'all':12} {total.inputs:9,} {total.articles:9,} {total.seconds:7.1f}"
        f" {total.slowest:7.2f}s  {total.peak_mb:6.0f}"
    )
    for what, count in Counter(total.caught).most_common():
        print(f"caught by the last net: {count:6,} {what}")
    for name, tally in tallies.items():
        for failure in tally.failures[:10]:
            print(f"FAILED {name} {failure}")


if __name__ == "__main__":
    sys.exit(main())
