"""Articles into reports in several processes: the same, in order, whatever befalls one of them."""

from __future__ import annotations

import inspect
import signal
import threading
import time
from typing import TYPE_CHECKING

import msgspec
import pytest
from worker_stand_ins import Scripted

from incidents.ahead import Ahead, Plain
from incidents.attempts import BATCH_ARTICLES, BATCH_CHARACTERS, attempt, cut
from incidents.errors import InputError, ModelMissingError, OverTimeError, WorkerError
from incidents.model import Article
from incidents.parallel import extract_here, extract_in_workers
from incidents.time_limit import time_limit
from incidents.worker_process import Start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from incidents.parallel import Found, Item

SECONDS = 30.0  # far more than any of these takes


def make_articles(*texts: str) -> list[Article]:
    """Articles with these texts."""
    return [Article(id=f"n{number}", text=text) for number, text in enumerate(texts)]


def start(factory: str = "Scripted", seconds: float | None = None) -> Start:
    """What a worker with a stand-in begins with."""
    return Start(f"worker_stand_ins:{factory}", {"model": "m"}, seconds)


def in_workers(
    items: Iterable[Item], jobs: int = 2, most: int = 16, begin: Start | None = None
) -> list[Found]:
    """What comes of articles in workers."""
    found = extract_in_workers(Plain(items), begin or start(), jobs, most=most)
    return [each for _, each in found]


def here(items: Iterable[Item], most: int = 16, seconds: float | None = None) -> list[Found]:
    """What comes of articles in this process."""
    found = extract_here(Plain(items), Scripted, seconds=seconds, most=most)
    return [each for _, each in found]


MANY = make_articles(*(f"word{n} " * (n % 5) + "fail " * (n % 11 == 3) for n in range(150)))


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("most", [1, 7, 64])
def test_parallel_gives_the_same_for_any_jobs_and_batches(jobs: int, most: int) -> None:
    """Byte by byte and in order, failures among them."""
    found = here(MANY, most) if jobs == 1 else in_workers(MANY, jobs, most)

    expected = [
        attempt_one(article) if "fail" not in article.text else failure(article) for article in MANY
    ]
    assert msgspec.json.encode(found) == msgspec.json.encode(expected)


def attempt_one(article: Article) -> Found:
    """The reports of an article."""
    return Scripted().extract(article)


def failure(article: Article) -> str:
    """The line on an article with a bug."""
    where = inspect.getsourcelines(Scripted.do_fail)
    line = next(n for n, code in enumerate(where[0], where[1]) if "raise" in code)
    what = f"ValueError, worker_stand_ins.py:{line}"
    return f"{article.id}: cannot be extracted ({what}); report it with this line"


@pytest.mark.parametrize("run", [here, in_workers])
def test_parallel_keeps_what_could_not_be_read_in_its_place(
    run: Callable[[list[Item]], list[Found]],
) -> None:
    """Errors of reading come where they stand in the input."""
    one, two = make_articles("a", "b")
    error = InputError("x.txt: empty")
    assert run([error, one, error, two]) == [[], attempt_one(one), [], attempt_one(two)]


def test_parallel_tries_the_work_of_a_dead_worker_again(tmp_path: Path) -> None:
    """A worker that is killed once costs nothing."""
    articles = make_articles("a", f"die:{tmp_path / 'once'}", "c")

    assert in_workers(articles) == [attempt_one(each) for each in articles]


def test_parallel_gives_up_what_kills_two_workers() -> None:
    """The one is named, and all others are done, those of its batch too."""
    articles = make_articles(*(["a"] * 20), "die", *(["b"] * 20))

    found = in_workers(articles)

    assert found[20] == (
        "n20: ended two worker processes (killed); it may need more time or memory than there is "
        "(3 characters): split it"
    )
    assert [each for each in found if isinstance(each, str)] == [found[20]]
    assert [len(each) for each in found if not isinstance(each, str)] == [1] * 40


def test_parallel_stops_what_takes_too_long() -> None:
    """The limit is for each article, in this process and in workers."""
    articles = make_articles("a", "loop", "c")
    line = "n1: not done within 0.2 s of computing time (4 characters); split it, or allow more"

    for found in (here(articles, seconds=0.2), in_workers(articles, begin=start(seconds=0.2))):
        assert [found[0], found[2]] == [attempt_one(articles[0]), attempt_one(articles[2])]
        assert found[1] == f"{line} with --time-limit"


def test_parallel_ends_a_worker_that_no_signal_reaches() -> None:
    """What computes in C without an end costs its worker, and is named."""
    found = in_workers(make_articles("a", "count", "c"), begin=start(seconds=0.1))

    assert [isinstance(each, str) for each in found] == [False, True, False]
    assert "n1: ended two worker processes (over its limit of time)" in str(found[1])


def test_parallel_keeps_answers_apart_from_what_libraries_print(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """What is printed in a worker goes to stderr."""
    found = in_workers(make_articles("print:hello"))

    assert [len(each) for each in found] == [1]
    assert capfd.readouterr() == ("", "hello\n")


@pytest.mark.parametrize(
    ("factory", "error", "message"),
    [
        pytest.param("fail_to_start", ModelMissingError, "no model 'm'; install it", id="model"),
        pytest.param("nothing", WorkerError, "cannot start .*nothing.*--jobs 1", id="bug"),
        pytest.param("die_at_start", WorkerError, r"end while they start \(killed\)", id="dies"),
    ],
)
def test_parallel_says_why_workers_do_not_start(
    factory: str, error: type[Exception], message: str
) -> None:
    """An error that every worker would have is one error."""
    with pytest.raises(error, match=message):
        in_workers(make_articles("a"), begin=start(factory))


def test_parallel_raises_what_the_source_raises_in_its_turn() -> None:
    """All that was read before comes first."""

    def read() -> Iterator[Article]:
        yield from make_articles("a", "b")
        msg = "disk"
        raise OSError(msg)

    found = extract_in_workers(Plain(read()), start(), 2, most=1)
    assert [len(next(found)[1]) for _ in range(2)] == [1, 1]
    with pytest.raises(OSError, match="disk"):
        next(found)


def test_parallel_waits_for_no_further_article() -> None:
    """With a slow producer each article is out before the next one is there."""
    gates = [threading.Event() for _ in range(3)]

    def produce(put: Callable[[Item], None]) -> None:
        for gate, article in zip(gates, make_articles("a", "b", "c"), strict=True):
            assert gate.wait(SECONDS)
            put(article)

    found = extract_in_workers(Ahead(produce, size=lambda _: 1), start(), 2)
    for gate in gates:
        gate.set()
        assert len(next(found)[1]) == 1
    assert list(found) == []


def test_ahead_reads_a_few_and_no_more() -> None:
    """The reader waits for who takes; closing ends it."""
    read: list[int] = []

    def produce(put: Callable[[int], None]) -> None:
        for number in range(10_000):
            read.append(number)
            put(number)

    ahead = Ahead(produce, size=lambda _: 1)
    first = ahead.take(3)
    deadline = time.monotonic() + SECONDS
    while len(read) < 60 and time.monotonic() < deadline:
        time.sleep(0.01)
    ahead.close()

    assert first == list(range(len(first)))
    assert 60 <= len(read) < 100
    assert ahead.take(5) == []


def test_attempt_finds_the_one_that_fails() -> None:
    """A batch that fails is done one by one."""
    one, bad, two = make_articles("a", "fail", "c")

    assert list(attempt(Scripted(), [one, bad, two])) == [
        *(attempt_one(one), failure(bad), attempt_one(two))
    ]


def test_cut_by_number_and_by_length() -> None:
    """A batch holds some articles, and fewer where they are long."""
    most = BATCH_CHARACTERS
    sizes = [1] * (BATCH_ARTICLES + 2) + [most - 1_000, 2_000, most + 1, 1]

    batches = list(cut(sizes, lambda size: size))

    assert [size for batch in batches for size in batch] == sizes
    assert [len(batch) for batch in batches] == [BATCH_ARTICLES, 3, 1, 1, 1]
    assert list(cut([5, 5, 5], int, characters=10)) == [[5, 5], [5]]


def test_time_limit_counts_no_waiting() -> None:
    """A process that waits for the disk or for its turn is not too slow."""
    with time_limit(0.1):
        time.sleep(0.3)


def test_time_limit_leaves_signals_as_they_were() -> None:
    """Nothing is left of a limit, kept or not."""
    before = signal.getsignal(signal.SIGVTALRM)
    with pytest.raises(OverTimeError, match=r"not done within 0.05 s"), time_limit(0.05):
        Scripted().do_loop("")
    with time_limit(50):
        pass

    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGVTALRM) is before


def test_time_limit_that_is_over_late_neither_fails_nor_stays() -> None:
    """A signal on its way when a block ends comes when the limit is gone."""
    with time_limit(50):
        stop = signal.getsignal(signal.SIGVTALRM)
    assert callable(stop)

    stop(signal.SIGVTALRM, None)

    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_time_limit_is_none_in_other_threads() -> None:
    """Signals reach the main thread alone."""
    done = []

    def work() -> None:
        with time_limit(0.01):
            sum(range(3_000_000))
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(SECONDS)

    assert done == [True]
