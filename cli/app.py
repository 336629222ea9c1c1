"""The program `incidents`: its commands and what holds for all of them."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from incidents import __version__
from incidents.cli import gazetteer_edit as _gazetteer_edit
from incidents.cli import gazetteer_list as _gazetteer_list
from incidents.cli.diff import diff
from incidents.cli.doctor import doctor
from incidents.cli.errors import EXIT_UNREAD, echo_error, give_up_stdout
from incidents.cli.eval import eval_
from incidents.cli.examples import examples
from incidents.cli.export import export
from incidents.cli.extract import extract
from incidents.cli.forget import forget
from incidents.cli.gazetteer import gazetteer_app
from incidents.cli.import_ import import_
from incidents.cli.link import link
from incidents.cli.plain_help import PlainTyper
from incidents.cli.runs import runs
from incidents.cli.schema import schema
from incidents.cli.show import show
from incidents.cli.spark_extract import spark_extract
from incidents.cli.usage_errors import UsageGroup
from incidents.cli.why import why
from incidents.errors import IncidentsError

app = PlainTyper(
    name="incidents",
    cls=UsageGroup,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog=examples(
        "incidents extract seeds/",
        "incidents show --place Qamishli",
        "incidents export html --output incidents.html",
    ),
    no_args_is_help=True,
    rich_markup_mode=None,  # boxes leave a third of 80 columns to the words
    # a bug keeps Python's own traceback; Typer's would print local variables, article text included
    pretty_exceptions_enable=False,
)
app.command(
    epilog=examples(
        "incidents extract seeds/",
        "incidents extract news.jsonl.gz --published 2021-04-22",
        "zcat *.jsonl.gz | incidents extract - --reports --format jsonl > out.jsonl",
    )
)(extract)
app.command(
    epilog=examples(
        "incidents show --place Qamishli --since 2021-04",
        "incidents show --place Amuda --within-km 30 --min-killed 2",
        "incidents show --actor ISF --type 'armed clash' --json | jq",
    )
)(show)
app.command(
    epilog=examples(
        "incidents export acled --since 2021 --output acled.csv",
        "incidents export html --output incidents.html",
    )
)(export)
app.command(epilog=examples("incidents why inc-d8df382c"))(why)
app.command("eval", epilog=examples("incidents eval gold.jsonl --misses"))(eval_)
app.command(
    epilog=examples(
        "incidents link --merge inc-d8df382c inc-2622b17f",
        "incidents link --split inc-d8df382c rep-8f86b575879d",
        "incidents link --decisions",
    )
)(link)
app.command(epilog=examples("incidents runs", "incidents runs --json | jq '.[-1]'"))(runs)
app.command(epilog=examples("incidents diff", "incidents diff 3 5 --json"))(diff)
app.command(epilog=examples("incidents forget news/2021-04-20-rudaw"))(forget)
app.command(epilog=examples("incidents doctor", "incidents doctor --full --json"))(doctor)
app.command(epilog=examples("incidents schema incident", "incidents schema explanation"))(schema)
app.command(
    epilog=examples(
        "incidents spark-extract /data/news /data/out --master spark://head:7077",
        "incidents spark-extract s3a://news/2026 s3a://out/2026 --master yarn",
    )
)(spark_extract)
app.command("import", epilog=examples("incidents import /data/out --db incidents.db"))(import_)
_gazetteer_edit.register(gazetteer_app)
_gazetteer_list.register(gazetteer_app)
app.add_typer(gazetteer_app)


def _print_version(asked: bool) -> None:  # noqa: FBT001 - the signature is Typer's
    if asked:
        typer.echo(f"incidents {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and exit.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Extract armed-conflict incidents from news articles, offline.

    Start with `incidents extract FOLDER`, then `incidents show` and `incidents why ID`.
    """


def main() -> None:
    """Run the program; the console script `incidents` calls this."""
    # a shell can start a program without streams (`>&-`); what it prints is then for nobody
    nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open to the end
    sys.stdout = sys.stdout or nowhere
    sys.stderr = sys.stderr or nowhere
    # articles hold every script: a file or pipe gets UTF-8 whatever the locale says, and a
    # terminal that lacks a letter gets a replacement instead of a traceback
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
            if not stream.isatty():
                stream.reconfigure(encoding="utf-8")
    try:
        _run()
    except OSError as exc:
        if exc.errno not in _OUTPUT_ERRORS or exc.filename is not None:
            raise
        _give_up_output(exc)


# What writing to a stream, which has no file name, can fail with: a full disk, a lost device.
_OUTPUT_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def _run() -> None:
    """Run the command, and see that what it printed has arrived."""
    try:
        app()
    finally:
        _flush()


def _flush() -> None:
    """See that all is printed; a short output meets a closed pipe only here."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        give_up_stdout()
        sys.exit(EXIT_UNREAD)


def _give_up_output(exc: OSError) -> NoReturn:
    """End with one line; Python would fail a second time when it flushes at its own end."""
    give_up_stdout()
    echo_error(
        f"standard output cannot be written ({str(exc.strerror).lower()}); "
        "free some space or write elsewhere"
    )
    sys.exit(IncidentsError.exit_code)
