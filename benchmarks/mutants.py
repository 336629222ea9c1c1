"""The mutants of a module: what Cosmic Ray can change in it, and what of that is worth a run."""

from __future__ import annotations

import ast
import re
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.plugins import get_operator, operator_names
from parso.python.tree import Keyword, PythonNode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Cosmic Ray turns each operator into each other one. Most of these fall to the same tests, so that
# one stays for each, and with an order both the border and the opposite.
_KEPT = re.compile(
    r"core/(?!ReplaceBinary|ReplaceComparison|ReplaceUnary)"
    r"|core/ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Mul|Mod_FloorDiv|Pow_Mul"
    r"|BitOr_BitAnd|BitAnd_BitOr|BitXor_BitOr)$"
    r"|core/ReplaceComparisonOperator_(Eq_NotEq|NotEq_Eq|Lt_LtE|Lt_GtE|LtE_Lt|LtE_Gt|Gt_GtE|Gt_LtE"
    r"|GtE_Gt|GtE_Lt|Is_IsNot|IsNot_Is)$"
    r"|core/ReplaceUnaryOperator_(USub_UAdd|Delete_Not)$"
)

Change = tuple[str, str, str, str]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change to one module.

    Attributes:
        path: of the module, from the root of the project.
        within: the function or class that it is in, as `Class.method`; empty at the top.
        line: where the change begins, from 1.
        before: that line as it is.
        after: the same line in the mutant; more lines are joined by spaces.
        source: the whole mutated module.
    """

    path: str
    within: str
    line: int
    before: str
    after: str
    source: str

    @property
    def change(self) -> Change:
        """What names the mutant while lines move: path, function, and the line before and after."""
        return self.path, self.within, self.before, self.after


class InToNotIn(Operator):  # type: ignore[misc]  # Cosmic Ray ships no types
    """Turns `a in b` into `a not in b`, which Cosmic Ray's own comparisons leave out."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
        """Give each `in` of a comparison, not of a loop."""
        if isinstance(node, Keyword) and node.value == "in" and node.parent.type == "comparison":
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:  # noqa: ANN401, ARG002
        """Put the `not` before it."""
        node.value = "not in"
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Show what it does."""
        return (Example("x in y", "x not in y"),)


class NotInToIn(Operator):  # type: ignore[misc]  # Cosmic Ray ships no types
    """Turns `a not in b` into `a in b`."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
        """Give each `not in`."""
        if isinstance(node, PythonNode) and node.type == "comp_op":
            is_not, second = (child.value for child in node.children)
            if (is_not, second) == ("not", "in"):
                yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:  # noqa: ANN401, ARG002
        """Take the `not` away."""
        node.children[0].value = ""
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        """Show what it does."""
        return (Example("x not in y", "x in y"),)


def make_mutants(root: Path, path: Path) -> Iterator[Mutant]:
    """Give the mutants of a module in order of operators, then of places.

    Left out is what cannot change an outcome: see `_idle_places`.
    """
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines(keepends=True)
    module = str(path.relative_to(root))
    idle, names = _idle_places(source), _names_by_line(source)
    nodes = list(ast_nodes(get_ast(source)))
    for operator in _operators():
        for node in nodes:
            for index, (place, _) in enumerate(operator.mutation_positions(node)):
                if any(start <= place < end for start, end in idle):
                    continue
                before = _cut(lines, (1, 0), node.start_pos)
                after = _cut(lines, node.end_pos, (len(lines) + 1, 0))
                mutated = before + _mutate(operator, node, index) + after
                if mutated != source and _is_python(mutated):
                    old, new = _changed_lines(source, mutated)
                    line = place[0]
                    yield Mutant(module, names.get(line, ""), line, old, new, mutated)


def _mutate(operator: Operator, node: Any, index: int) -> str:  # noqa: ANN401
    """Give the code of a mutated copy of a node; the tree stays as it is."""
    parent, node.parent = node.parent, None  # or all of the tree would be copied
    twin = deepcopy(node)
    node.parent = twin.parent = parent
    mutated = operator.mutate(twin, index)
    return "" if mutated is None else str(mutated.get_code()).strip()


def _cut(lines: list[str], start: Place, end: Place) -> str:
    """Give the text between two places, lines from 1 and columns from 0."""
    if start[0] == end[0]:
        return lines[start[0] - 1][start[1] : end[1]] if start[0] <= len(lines) else ""
    first, last = lines[start[0] - 1 : start[0]], lines[end[0] - 1 : end[0]]
    middle = lines[start[0] : end[0] - 1]
    return "".join(
        [*(line[start[1] :] for line in first), *middle, *(line[: end[1]] for line in last)]
    )


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:  # a few of the tool's own are none
        return False
    return True


def _idle_places(source: str) -> list[tuple[Place, Place]]:
    """Where no outcome is made.

    Annotations, blocks for type checkers and the bodies of protocols never run; a cache, its size
    and the slots of a class only take memory or time. `strict` of `zip` guards against faults
    elsewhere. The star before arguments that have to be named is no product.
    """
    places: list[tuple[Place, Place]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            places += _idle_marks(node)
        for part in _idle_parts(node):
            if part is not None:
                begin, end = (part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset)
                places.append((begin, end))
    return places


def _idle_marks(function: ast.FunctionDef) -> Iterator[tuple[Place, Place]]:
    """The line of `@cache` and its like, and the star among the arguments."""
    for each in function.decorator_list:
        name = each.func if isinstance(each, ast.Call) else each
        if isinstance(name, ast.Name) and name.id in {"cache", "lru_cache", "by_identity"}:
            yield (each.lineno, 0), (each.lineno + 1, 0)
    args = function.args
    if args.kwonlyargs and args.vararg is None:
        before: list[Any] = args.defaults or args.args or args.posonlyargs
        begin = (before[-1].end_lineno, before[-1].end_col_offset) if before else (0, 0)
        named = args.kwonlyargs[0]
        yield max(begin, (function.lineno, 0)), (named.lineno, named.col_offset)


def _idle_parts(node: ast.AST) -> list[Any]:
    if isinstance(node, ast.AnnAssign | ast.arg):
        return [node.annotation]
    if isinstance(node, ast.FunctionDef):
        return [node.returns]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id == "zip":
            return [each for each in node.keywords if each.arg == "strict"]
        return [node] if node.func.id in {"dataclass", "lru_cache"} else []
    if isinstance(node, ast.If):
        typing = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        return [node] if typing else []
    if isinstance(node, ast.ClassDef):
        is_protocol = any(isinstance(b, ast.Name) and b.id == "Protocol" for b in node.bases)
        return [node] if is_protocol else []
    return []


@lru_cache
def header_lines(source: str) -> dict[int, range]:
    """For each line of a module, the lines of its innermost statement without the body."""
    found: dict[int, range] = {}
    for node in ast.walk(ast.parse(source)):  # outer statements come first
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            end = body[0].lineno - 1 if body else node.end_lineno or node.lineno
            lines = range(node.lineno, max(end, node.lineno) + 1)
            found.update(dict.fromkeys(lines, lines))
    return found


def _operators() -> Iterator[Operator]:
    for name in operator_names():
        kind = get_operator(name)
        if _KEPT.match(name) and not kind.arguments():
            yield kind()
    yield InToNotIn()
    yield NotInToIn()


def _names_by_line(source: str) -> dict[int, str]:
    """For each line of a module, the dotted name of the innermost function or class around it."""
    found: dict[int, str] = {}

    def visit(node: ast.AST, outer: str) -> None:
        for child in ast.iter_child_nodes(node):
            name = outer
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                name = f"{outer}.{child.name}".lstrip(".")
                lines = range(child.lineno, (child.end_lineno or child.lineno) + 1)
                found.update(dict.fromkeys(lines, name))
            visit(child, name)

    visit(ast.parse(source), "")
    return found


def _changed_lines(source: str, mutated: str) -> tuple[str, str]:
    old, new = source.splitlines(), mutated.splitlines()
    first = next(at for at, (one, two) in enumerate(zip(old, new, strict=False)) if one != two)
    last = next(
        at
        for at, (one, two) in enumerate(zip(reversed(old), reversed(new), strict=False))
        if one != two
    )
    before = old[first : max(len(old) - last, first + 1)]
    after = new[first : max(len(new) - last, first)]
    return tuple(" ".join(" ".join(lines).split()) for lines in (before, after))  # type: ignore[return-value]  # two of them
