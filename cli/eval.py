"""`incidents eval`: precision, recall and F1 against annotated articles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from incidents.cli.errors import reports_errors
from incidents.cli.notes import Notes, QuietOption, VerboseOption
from incidents.cli.options import JsonObjectOption, ModelOption
from incidents.errors import InputError, PartialError
from incidents.lines import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from incidents.cli.progress import Progress
    from incidents.evaluation import Evaluation, GoldArticle, Miss
    from incidents.model import Report

_GOLD_HELP = "Annotated articles, one a row (JSON Lines), or - for standard input."
_REPORTS_HELP = "Score these reports instead: what extract --reports --format jsonl has printed."


@reports_errors
def eval_(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help=_GOLD_HELP)],
    *,
    reports: Annotated[
        Path | None, typer.Option("--reports", metavar="FILE", help=_REPORTS_HELP)
    ] = None,
    misses: Annotated[
        bool, typer.Option("--misses", help="List what is missed or wrong, and why.")
    ] = False,
    as_json: JsonObjectOption = False,
    model: ModelOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Score the extractor on articles that you annotated.

    Prints precision, recall and F1 of each field. docs/evaluation.md tells how to
    annotate articles of your own. Nothing is stored.
    """
    from incidents.cli.progress import Progress  # noqa: PLC0415 - keeps --help quick
    from incidents.evaluation import evaluate, read_gold, read_reports  # noqa: PLC0415

    if str(gold) == "-" and str(reports) == "-":
        msg = "GOLD and --reports cannot both be standard input"
        raise typer.BadParameter(msg)
    failures: list[str] = []
    with Progress(Notes.chosen(quiet=quiet, verbose=verbose)) as progress:

        def fail(error: Exception) -> None:
            failures.append(str(error))
            progress.error(str(error))

        articles = list(read_gold(gold, on_error=fail))
        if not articles:
            msg = f"{gold}: no row can be used; mend the rows named above"
            raise InputError(msg)
        if reports is not None:
            found = list(read_reports(reports, on_error=fail))
            _check_reports(reports, articles, found)
        else:
            found = _extract(articles, model, progress, failures)
    _print(evaluate(articles, found), has_misses=misses, as_json=as_json)
    if failures:
        raise typer.Exit(PartialError.exit_code)


def _check_reports(path: Path, articles: Iterable[GoldArticle], reports: list[Report]) -> None:
    """Refuse reports of other articles: all figures would be 0, and look like a bad extractor."""
    known = {item.article.id for item in articles}
    if reports and not known.intersection(report.article.id for report in reports):
        msg = f"{path}: no report is of an annotated article; extract the annotated file itself"
        raise InputError(msg)


def _extract(
    articles: list[GoldArticle], model: str | None, progress: Progress, failures: list[str]
) -> list[Report]:
    """The reports of all articles; one that fails is named and has none."""
    from incidents.attempts import explain_failure  # noqa: PLC0415
    from incidents.cli.tools import Tools  # noqa: PLC0415

    extractor = Tools(model, progress).make_extractor()
    reports = []
    for number, item in enumerate(articles, start=1):
        try:
            reports += extractor.extract(item.article)
        except Exception as exc:  # noqa: BLE001 - one odd article must not end the run
            failures.append(item.article.id)
            progress.error(explain_failure(item.article, exc))
            continue
        progress.advance(done=number, total=len(articles))
    return reports


def _print(result: Evaluation, *, has_misses: bool, as_json: bool) -> None:
    if as_json:
        import msgspec  # noqa: PLC0415

        from incidents.answers import Score  # noqa: PLC0415
        from incidents.exports.to_json import encode_line  # noqa: PLC0415

        misses = tuple(result.misses) if has_misses else msgspec.UNSET
        score = Score(articles=result.articles, figures=dict(result.figures), misses=misses)
        typer.echo(msgspec.json.format(encode_line(score), indent=2))
        return
    _print_figures(result)
    if has_misses:
        _print_misses(result.misses)


def _print_figures(result: Evaluation) -> None:
    from incidents.cli.terminal import plain_table, print_table  # noqa: PLC0415

    table = plain_table("figure", "precision", "recall", "F1", "hit", "gold", "predicted")
    for column in table.columns[1:]:
        column.justify = "right"
        column.no_wrap = True
    for name, each in result.figures.items():
        shares = (f"{share:.3f}" for share in (each.precision, each.recall, each.f1))
        counts = (str(count) for count in (each.hit, each.gold, each.predicted))
        table.add_row(name, *shares, *counts)
    print_table(table)


def _print_misses(misses: Iterable[Miss]) -> None:
    """Print a block for each article and incident, a line or two for each miss."""
    last = None
    for miss in misses:
        head = f"{miss.article}: {miss.incident or 'not annotated'}"
        if head != last:
            typer.echo(f"\n{clean(head)}")
            last = head
        typer.echo(f"  {miss.field}: {_compare(miss)}")
        typer.echo(f"    {clean(miss.why)}")


def _compare(miss: Miss) -> str:
    if miss.field.endswith("incident"):
        return "no report tells it"
    if miss.expected is None:
        return f"found {clean(miss.found or '')}"
    return clean(f"expected {miss.expected}; found {miss.found or 'none'}")
