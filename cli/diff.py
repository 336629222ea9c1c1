"""`incidents diff`: what changed between two runs over the same articles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from incidents.cli.errors import reports_errors
from incidents.cli.options import DEFAULT_DB, DbOption, JsonObjectOption
from incidents.errors import NotFoundError
from incidents.lines import clean, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidents.run_diff import ReportChange
    from incidents.runs import Run
    from incidents.store import Store
    from incidents.store.runs import RunPair

_LISTED = 10  # articles of one kind that are named in the table
_TWO = 2


@reports_errors
def diff(
    runs: Annotated[
        list[int] | None,
        typer.Argument(
            metavar="RUN",
            help="Two numbers that `incidents runs` lists; the last two if left out.",
        ),
    ] = None,
    *,
    as_json: JsonObjectOption = False,
    db: DbOption = DEFAULT_DB,
) -> None:
    """Show what changed between two runs of `extract`.

    Reports that appeared, are gone or changed, by article.

    Only articles are compared that both runs read, with the same text and metadata; what is
    different is then due to the version of the program, the model, the gazetteer or the options.
    """
    from incidents.run_diff import compare_results  # noqa: PLC0415 - keeps --help quick
    from incidents.store import open_store  # noqa: PLC0415

    with open_store(db, create=False) as store:
        one, two = _choose(store, runs or [])
        pair = store.runs.compare(one.id, two.id)
        changes = [
            change
            for article, before, after in store.runs.changed(one.id, two.id)
            for change in compare_results(article, before, after)
        ]
    if as_json:
        import sys  # noqa: PLC0415

        from incidents.answers import Comparison  # noqa: PLC0415
        from incidents.exports import write_jsonl  # noqa: PLC0415

        found = Comparison(first=one, second=two, articles=pair, changes=tuple(changes))
        write_jsonl([found], sys.stdout)
        return
    for line in (*_heading(one, two), *_counts(pair, changes), *_left_out(one, two, pair)):
        _print(line)
    for line in _body(changes):
        _print(line)


def _choose(store: Store, numbers: list[int]) -> tuple[Run, Run]:
    """The runs that are asked for, or the last two.

    Raises:
        BadParameter: neither none nor two are named.
        NotFoundError: there is no such run, or not yet two.
    """
    if not numbers:
        numbers = [run.id for run in store.runs.all()[-_TWO:]]
        if len(numbers) < _TWO:
            msg = f"{store.path}: holds {len(numbers)} of the two runs to compare; extract again"
            raise NotFoundError(msg)
    if len(numbers) != _TWO:
        msg = f"{len(numbers)} given; name two runs, or none for the last two"
        raise typer.BadParameter(msg)
    return store.runs.get(numbers[0]), store.runs.get(numbers[1])


def _heading(one: Run, two: Run) -> Iterator[str]:
    from incidents.cli.runs import differences, short_time  # noqa: PLC0415

    for run in (one, two):
        ended = run.outcome or "unfinished"
        yield f"run {run.id}: {short_time(run.started)} UTC, {ended}"
    found = differences(one, two)
    for name, (old, new) in found.items():
        yield f"{name}: {old}, then {new}"
    if not found:
        yield "same version, rules, model, gazetteer and options"


def _counts(pair: RunPair, changes: Sequence[ReportChange]) -> Iterator[str]:
    kinds = Counter(change.change for change in changes)
    articles = len({change.article for change in changes})
    told = ", ".join(f"{kinds[kind]:,} {kind}" for kind in ("appeared", "gone", "changed"))
    yield f"{counted(pair.both, 'article')} compared, {articles:,} with changes; reports: {told}"
    fields = Counter(field.field for change in changes for field in change.fields)
    if fields:
        yield "changed fields: " + ", ".join(f"{name} {n:,}" for name, n in fields.most_common())


def _left_out(one: Run, two: Run, pair: RunPair) -> Iterator[str]:
    """Articles that are not compared, counted and named."""
    for what, ids in (
        ("with another text or other metadata", pair.other_input),
        (f"only in run {one.id}", pair.only_first),
        (f"only in run {two.id}", pair.only_second),
    ):
        if ids:
            rest = f" and {len(ids) - _LISTED:,} more" if len(ids) > _LISTED else ""
            named = ", ".join(ids[:_LISTED])
            yield f"not compared, {what}: {counted(len(ids), 'article')} ({named}{rest})"


def _body(changes: Sequence[ReportChange]) -> Iterator[str]:
    article = None
    for change in changes:
        if change.article != article:
            article = change.article
            yield ""
            yield f"article {article}"
        yield f"  {change.change}: {change.report}"
        for field in change.fields:
            for mark, values in (("-", field.before), ("+", field.after)):
                for value in values:
                    yield f"    {mark} {field.field}: {value}"


def _print(line: str) -> None:
    """Print a line of any length; on a terminal what does not fit goes on below, indented."""
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from incidents.cli.terminal import print_table  # noqa: PLC0415

    indent = len(line) - len(line.lstrip())
    print_table(Padding(Text(clean(line)), (0, 0, 0, indent)) if line else Text(""))
