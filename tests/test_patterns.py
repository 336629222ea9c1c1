"""Regular expressions take time in line with the text: none can be made to run for hours.

Every pattern of the package is found and given texts that are bad for it: long runs of what it
repeats, with and without what would end it.
"""

from __future__ import annotations

import ast
import functools
import importlib
import pkgutil
import re
import sys
import time
from pathlib import Path
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

SHORT, LONG = 20_000, 80_000  # characters
QUICK = 0.1  # seconds for the short text: a hundred times what most take
MOST = 10.0  # times as long for a text four times as long; 16 would be the square
LONGEST = 5.0  # seconds for the long text, whatever the ratio
FEW = (12, 16, 20)  # repeats; a pattern that doubles its time with each is seen here
ENOUGH = 3  # slow texts of one pattern
_MANY = 30  # a repeat that is bounded below this costs a constant

# Patterns that are made when they are used, as they would be made.
MADE = {
    "incidents.shorten": [r"\bclash\w*"],  # the beginning of a word that a rule quotes
    "incidents.articles.readers.csv_table": ["[,;\t|]"],
    "incidents.extractors.attribute_rules": ["^[Yy]$"],  # as the model's own rules are
    "incidents.gazetteer.spelling": [
        "sch|sh|s|c|h"
    ],  # letters that sound alike, none of them repeated
}
FLAGS = {name: getattr(re, name) for name in "IGNORECASE MULTILINE DOTALL VERBOSE ASCII".split()}
RUNS = (
    *(
        " ",
        "\t",
        "\n",
        "a",
        "A",
        "1",
        "-",
        ".",
        ",",
        "'",
        '"',
        "<",
        ">",
        "&",
        "#",
        "/",
        "_",
        "é",
        "\0",
    ),
    *(
        "a ",
        "A ",
        "1 ",
        "1,",
        "A.",
        "A. ",
        "a-",
        "a'",
        "(a",
        "a)",
        "[",
        "]",
        "{",
        "<!--",
        "<?",
        "a\n",
    ),
    *(
        "\n ",
        " \n",
        "1-",
        "12:",
        "2021-04-",
        "and ",
        "of the ",
        "\r\n",
        "<a ",
        '="',
        "---\n",
        "\u200b",
    ),
)


def find_modules() -> Iterator[ModuleType]:
    """Every module of the package."""
    for name in ("incidents", "incidents.cli", "incidents.extractors", "incidents.gazetteer"):
        package = importlib.import_module(name)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            yield importlib.import_module(found.name)


def walk(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:  # noqa: ANN401 - anything
    """The patterns in a value: itself, or in a collection or an object of the package."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth > 4 or isinstance(value, (str, bytes, type)):
        return
    elif isinstance(value, dict):
        for each in value.values():
            yield from walk(each, depth + 1)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from walk(each, depth + 1)
    elif hasattr(value, "__slots__") and type(value).__module__.startswith("incidents"):
        for name in value.__slots__:
            yield from walk(getattr(value, name, None), depth + 1)


def calls_of(tree: ast.AST) -> Iterator[ast.Call]:
    """Where the functions of a module use `re` with a pattern."""
    functions = (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef))
    for node in (node for function in functions for node in ast.walk(function)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr != "escape"
        ):
            yield node


def pattern_of(call: ast.Call, module: ModuleType, where: str) -> list[Any]:
    """The pattern of a call, with its flags; those of `MADE` where the code makes it."""
    first = call.args[0]
    flags = 0
    for node in ast.walk(call):
        if isinstance(node, ast.Attribute) and node.attr in FLAGS:
            flags |= FLAGS[node.attr]
    if isinstance(first, ast.Constant):
        return [(first.value, flags)]
    if isinstance(first, ast.Name) and isinstance(getattr(module, first.id, None), str):
        return [(getattr(module, first.id), flags)]
    return [(pattern, flags) for pattern in MADE.get(where, [])]


def is_matched_only(pattern: re.Pattern[Any], module: ModuleType, source: str) -> bool:
    """Whether a pattern is only ever held against one place of a text, and not searched for."""
    names = [name for name, value in vars(module).items() if value is pattern]
    methods = {found for name in names for found in re.findall(rf"\b{name}\.(\w+)\(", source)}
    return bool(methods) and methods <= {"match", "fullmatch"}


def find_patterns() -> dict[tuple[Any, int, bool], str]:
    """Every pattern with its flags and whether it is searched for, and where it stands.

    Raises:
        AssertionError: a pattern is made by code, and `MADE` does not show it.
    """
    found: dict[tuple[Any, int, bool], str] = {}
    for module in find_modules():
        assert module.__file__ is not None
        where = module.__name__
        source = Path(module.__file__).read_text(encoding="utf-8")
        for pattern in walk(list(vars(module).values())):
            is_searched = not is_matched_only(pattern, module, source)
            found.setdefault((pattern.pattern, pattern.flags, is_searched), where)
        for call in calls_of(ast.parse(source)):
            known = pattern_of(call, module, where)
            assert known, f"{module.__file__}:{call.lineno}: show its pattern in MADE"
            for pattern, flags in known:
                found.setdefault((pattern, re.compile(pattern, flags).flags, True), where)
    return found


def sample(tree: Any) -> str:  # noqa: ANN401 - the parser's own lists
    """A short text that a parsed pattern takes, as far as that is easily made."""
    out = ""
    for op, value in tree:
        if op is constants.LITERAL:
            out += chr(value)
        elif op is constants.NOT_LITERAL:
            out += "b" if value != ord("b") else "c"
        elif op is constants.ANY:
            out += "a"
        elif op is constants.IN:
            out += char_in(value)
        elif op in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
            out += sample(value[2]) * max(1, value[0])
        elif op is constants.SUBPATTERN:
            out += sample(value[3])
        elif op is constants.ATOMIC_GROUP:
            out += sample(value)
        elif op is constants.BRANCH:
            out += sample(value[1][0])
    return out


def char_in(items: Any) -> str:  # noqa: ANN401 - likewise
    """A character of a set."""
    source = [(op, value) for op, value in items if op is not constants.NEGATE]
    if len(source) < len(items):
        wanted = re.compile("[^" + "".join(map(shown, source)) + "]")
        return next((char for char in "a1 A-\n.,<é" if wanted.match(char)), "a")
    op, value = source[0]
    if op is constants.RANGE:
        return chr(value[0])
    if op is constants.CATEGORY:
        name = str(value)
        return (
            "1"
            if "DIGIT" in name and "NOT" not in name
            else " "
            if name.endswith("Y_SPACE")
            else "a"
        )
    return chr(value)


def shown(item: Any) -> str:  # noqa: ANN401 - likewise
    """An item of a set as it is written."""
    op, value = item
    if op is constants.LITERAL:
        return re.escape(chr(value))
    if op is constants.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    names = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w"}
    names |= {"CATEGORY_NOT_DIGIT": r"\D", "CATEGORY_NOT_SPACE": r"\S", "CATEGORY_NOT_WORD": r"\W"}
    return names.get(str(value), "")


def repeats(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - likewise
    """What a pattern repeats without a small bound, with a text that stands before it."""
    for op, value in tree:
        if op in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
            if value[1] is constants.MAXREPEAT or value[1] >= _MANY:
                yield before, sample(value[2])
            yield from repeats(value[2], before)
        elif op is constants.SUBPATTERN:
            yield from repeats(value[3], before)
        elif op is constants.ATOMIC_GROUP:
            yield from repeats(value, before)
        elif op is constants.BRANCH:
            for branch in value[1]:
                yield from repeats(branch, before)
        elif op in (constants.ASSERT, constants.ASSERT_NOT):
            yield from repeats(value[1], before)
        before += sample([(op, value)])


def bad_texts(pattern: Any, flags: int) -> set[tuple[str, str, str]]:  # noqa: ANN401 - str or bytes
    """Beginnings, what is repeated, and endings that are bad for a pattern."""
    words = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    parsed = parser.parse(words, flags & ~re.UNICODE if isinstance(pattern, bytes) else flags)
    own = {each for each in repeats(parsed) if each[1]}
    parts = {part for _, part in own}
    texts = {(before, part, end) for before, part in own for end in ("", "\0", "!x")}
    texts |= {("", before + part, "\0") for before, part in own if before}
    texts |= {("", one + two, "\0") for one in parts for two in parts}
    return texts | {("", run, end) for run in RUNS for end in ("", "\0")}


def seconds(
    pattern: re.Pattern[Any], text: tuple[str, str, str], length: int, *, is_searched: bool
) -> float:
    """How long a pattern takes for all of a text, in seconds of processor."""
    before, part, end = text
    whole: Any = before + part * (length // len(part)) + end
    if isinstance(pattern.pattern, bytes):
        whole = whole.encode("utf-8")
    start = time.process_time()
    if is_searched:
        for _ in pattern.finditer(whole):
            pass
    pattern.match(whole)
    pattern.fullmatch(whole)
    return time.process_time() - start


def find_slow(pattern: Any, flags: int, *, is_searched: bool = True) -> list[str]:  # noqa: ANN401 - str or bytes
    """The texts for which a pattern takes time by the square of their length, or worse."""
    kept = flags & (re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE | re.ASCII)
    compiled = re.compile(pattern, kept)
    measure = functools.partial(seconds, compiled, is_searched=is_searched)
    slow: list[str] = []
    for text in sorted(bad_texts(pattern, flags)):
        if len(slow) == ENOUGH:
            break
        steps = (*(few * len(text[1]) for few in FEW), 250, 1000, 4000)
        early = next((n for n in steps if measure(text, n) > QUICK), None)
        if early:
            slow.append(f"{text} takes long at {early:,} characters")
            continue
        once = measure(text, SHORT)
        if once <= QUICK:
            continue
        again = measure(text, LONG)
        if again > LONGEST or again > MOST * once:
            slow.append(f"{text} takes {once:.2f} s, four times as much {again:.2f} s")
    return slow


PATTERNS = find_patterns()


@pytest.mark.parametrize(
    ("pattern", "flags", "is_searched"),
    PATTERNS,
    ids=[f"{where.removeprefix('incidents.')}-{n}" for n, where in enumerate(PATTERNS.values())],
)
def test_pattern_takes_time_in_line_with_the_text(
    pattern: str | bytes, flags: int, *, is_searched: bool
) -> None:
    """Four times the text takes about four times as long, whatever is repeated in it."""
    assert find_slow(pattern, flags, is_searched=is_searched) == []


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"\s+$", r"\w+@", r"(\d+,)*\d+;"])
def test_pattern_that_is_slow_is_found(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The texts do find what they are made to find."""
    monkeypatch.setattr(sys.modules[__name__], "QUICK", 0.02)

    assert find_slow(pattern, re.compile(pattern).flags)
