"""The program with stand-ins, in processes that begin at once: a fork of one that has imported all.

Reads commands from stdin and answers on stdout, a JSON object a line; `stage.py` speaks to it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fake_program import put_stand_ins

from incidents.__main__ import main
from incidents.model import EventDate
from incidents.store import connect, database

if TYPE_CHECKING:
    from collections.abc import Callable

_NOBODY = 65534
_LINKING = (
    "DELETE FROM link_",
    "INSERT INTO link_key",
    "INSERT INTO link_node",
    "INSERT OR REPLACE INTO link_pair",
    "UPDATE link_pending",
    "DELETE FROM incident",
    "INSERT INTO incident",
)

_stand_ins = put_stand_ins()


class Extractor:
    """One or two reports an article, that follow from its number; many are of the same incident."""

    how: dict[str, Any]

    def __init__(self, *_known: object, triage: bool = True) -> None:
        del triage
        self._count = 0

    def extract(self, article: Any) -> list[Any]:  # noqa: ANN401 - as in conftest.py
        """Give the reports of an article; where the test says so, do something to the database."""
        self._count += 1
        if "seconds" in self.how:
            time.sleep(self.how["seconds"])
        if self._count == self.how.get("at_article"):
            _disturb(self.how)
        number = int(article.id.rpartition("-")[2])
        places = ("Qamishli", "Goma", "al-Tay", "Paris", f"Hamlet {number % 17}")
        found = [self._report(article, 1, number % 60, places[number % len(places)])]
        if number % 3 == 0:
            found.append(self._report(article, 2, number % 90, places[number % 4]))
        return found

    def _report(self, article: Any, part: int, day: int, place: str) -> Any:  # noqa: ANN401
        at = dt.date(2021, 5, 1) + dt.timedelta(days=day)
        date = EventDate(start=at, end=at, precision="day", mention="Tuesday", basis="explicit")
        places = (_stand_ins.make_place(place, place),)
        return _stand_ins.build_report(article, part, date=date, places=places)


def _disturb(how: dict[str, Any]) -> None:
    """Delete the database that is written, or put another in its place."""
    db = Path(how["db"])
    if how["replace_by"]:
        other = db.with_name("other.tmp")
        shutil.copy(how["replace_by"], other)
        other.replace(db)
    else:
        db.unlink()


def _kill_at(statements: str | tuple[str, ...], number: int) -> None:
    """End this process before the statement after so many that begin like this."""
    before = iter(range(number))

    def die(sql: str) -> None:
        if sql.startswith(statements) and next(before, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    _prepare_connections(lambda db: db.set_trace_callback(die))


def _prepare_connections(prepare: Callable[[database.Connection], object]) -> None:
    """Have something done to each connection when it is made."""

    class Prepared(database.Connection):
        def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on
            super().__init__(*args, **kwargs)
            prepare(self)

    connect.Connection = Prepared  # type: ignore[misc]


def _play(args: list[str], how: dict[str, Any], out: Path, err: Path) -> None:
    """Be the program, in a process of its own."""
    for file, number in ((out, 1), (err, 2)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), number)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    Extractor.how = how
    if "kill_at_write" in how:
        _kill_at(_LINKING, how["kill_at_write"])
    if "kill_at" in how:
        _kill_at(how["kill_at"], 0)
    if "max_pages" in how:
        _prepare_connections(lambda db: db.execute(f"PRAGMA max_page_count = {how['max_pages']}"))
    if "max_bytes" in how:  # of each file: as a full disk, or a quota
        resource.setrlimit(resource.RLIMIT_FSIZE, (how["max_bytes"], how["max_bytes"]))
    if how.get("is_nobody") and os.geteuid() == 0:  # whom no folder keeps out
        os.setuid(_NOBODY)
    sys.argv = ["incidents", *args]
    code = 99
    try:
        main()
        code = 0
    except SystemExit as exc:
        code = exc.code if isinstance(exc.code, int) else int(exc.code is not None)
    except BaseException:  # noqa: BLE001 - the test is shown it
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _warm_up(folder: Path) -> None:
    """Have everything imported that the processes will need."""
    Extractor.how = {}
    (folder / "a.jsonl").write_text('{"id": "a-1", "text": "Some words."}')
    db = str(folder / "a.db")
    for args in (["extract", str(folder / "a.jsonl")], ["show"], ["link"], ["why", "rep-a-11"]):
        sys.argv = ["incidents", *args, "--db", db]
        with (
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
            contextlib.suppress(SystemExit),
        ):
            main()


def serve() -> None:
    """Start processes and wait for them, as asked."""
    sys.modules["incidents.extractors.pipeline"].Extractor = Extractor  # type: ignore[attr-defined]
    files: dict[int, tuple[Path, Path]] = {}
    with tempfile.TemporaryDirectory() as folder:
        _warm_up(Path(folder))
        Path(folder).chmod(0o777)
        for number, line in enumerate(sys.stdin):
            asked = json.loads(line)
            if "args" in asked:
                out, err = Path(folder) / f"{number}.out", Path(folder) / f"{number}.err"
                pid = os.fork()
                if pid == 0:
                    _play(asked["args"], asked["how"], out, err)
                files[pid] = out, err
                answer: dict[str, Any] = {"pid": pid}
            else:
                _, status = os.waitpid(asked["pid"], 0)
                out, err = files.pop(asked["pid"])
                code = os.waitstatus_to_exitcode(status)
                texts = [file.read_text("utf-8") if file.exists() else "" for file in (out, err)]
                answer = {"code": code, "out": texts[0], "err": texts[1]}
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    serve()
