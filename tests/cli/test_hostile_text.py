"""What an article, a file name or an argument says never steers the terminal or the output."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

ESCAPES = "\x1b[31m\x1b]8;;https://evil.example\x07\x9b2J\x7f"
TURNED = "\u202e\u2066\u200f\u200b\U000e0041"
MARKUP = "[red]R[/red] [link=https://evil.example]L[/link] [/]"
EVIL = f"{ESCAPES}{TURNED}{MARKUP}"
# What a terminal obeys, and what turns a line round or is not seen; line ends are the program's.
OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
    "|[\U000e0000-\U000e007f]"
)
CLASH = "NDF shot at Asayish in Qamishlo on Tuesday, killing one [bold]member\x1b[31m."


@pytest.fixture
def stored(run: Run, tmp_path: Path) -> str:
    """Store an article whose every field is hostile; give the id of its incident."""
    record = {
        "id": f"x{EVIL}",
        "text": f"{EVIL}\n\n{CLASH} {EVIL} In 2016 they fought in Goma.",
        "title": f"T{EVIL}<script>alert(1)</script>",
        "publisher": f"=P{EVIL}",
        "url": "javascript:alert(document.domain)",
        "published": f"p{EVIL}",
    }
    path = tmp_path / f"f{EVIL.replace('/', '')}.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    code, out, err = run("extract", str(path))
    assert code == 0
    assert "'published' is not a date" in err
    check(out, err)
    _, printed, _ = run("show", "--json", "--background")
    found: list[dict[str, Any]] = json.loads(printed)
    assert found[0]["sources"][0]["publisher"].startswith("=P")
    return str(found[0]["id"])


def check(*outputs: str) -> None:
    """Nothing in the outputs is obeyed by a terminal."""
    for output in outputs:
        found = OBEYED.search(output)
        assert found is None, repr(output[max(0, found.start() - 60) : found.end() + 20])


@pytest.mark.parametrize(
    "args",
    [
        ("show",),
        ("show", "--background"),
        ("show", "--json"),
        ("show", "--format", "jsonl"),
        ("show", "--format", "csv"),
        ("show", "--summary"),
        ("show", "--summary", "--json"),
        ("show", "--summary", "--format", "csv"),
        ("link",),
        ("link", "--decisions"),
        ("link", "--json"),
        ("export", "csv"),
        ("export", "json"),
        ("export", "jsonl"),
        ("export", "acled"),
        ("export", "ged"),
        ("export", "hxl"),
    ],
    ids=" ".join,
)
def test_hostile_article_is_shown_harmlessly(run: Run, stored: str, args: tuple[str, ...]) -> None:
    """No command prints an escape sequence or a character that turns a line round."""
    assert stored
    code, out, err = run(*args)

    assert code == 0
    check(out, err)


def test_hostile_article_is_explained_harmlessly(run: Run, stored: str) -> None:
    """`why` quotes the article without what steers the terminal; markup is shown as it stands."""
    code, out, err = run("why", stored)

    assert code == 0
    check(out, err)
    assert "[bold]member" in out


def plain_id(arg: str) -> str:
    """Name an argument without what it would do to the terminal that shows the tests."""
    for evil, name in ((EVIL, "EVIL"), (ESCAPES, "ESCAPES"), (TURNED, "TURNED")):
        arg = arg.replace(evil, name)
    return arg


@pytest.mark.parametrize(
    "args",
    [
        ("show", "--place", EVIL),
        ("show", "--place", EVIL, "--within-km", "5"),
        ("show", "--place", "Goma", "--within-km", EVIL),
        ("show", "--min-killed", EVIL),
        ("show", "--source", EVIL),
        ("show", "--kind", EVIL),
        ("show", "--actor", EVIL),
        ("show", "--type", EVIL),
        ("show", "--since", EVIL),
        ("show", f"--{ESCAPES}"),
        ("show", f"--{TURNED}{ESCAPES}"),
        ("gazetteer", "lookup", f"--{TURNED}"),
        (f"--{TURNED}",),
        ("why", EVIL),
        ("link", EVIL),
        ("link", "--merge", EVIL, EVIL),
        ("link", "--threshold", EVIL),
        ("export", EVIL),
        ("gazetteer", "lookup", EVIL),
        ("gazetteer", "lookup", "Goma", "--country", EVIL),
        ("extract", EVIL),
        ("extract", f"*{EVIL}"),
        ("extract", "x.txt", "--fields", EVIL),
        ("extract", "x.txt", "--published", EVIL),
        ("eval", EVIL),
        ("schema", EVIL),
        (EVIL,),
    ],
    ids=lambda args: " ".join(plain_id(arg) for arg in args),
)
def test_hostile_argument_is_told_harmlessly(run: Run, stored: str, args: tuple[str, ...]) -> None:
    """Messages about what the user typed carry none of it raw."""
    assert stored
    code, out, err = run(*args)

    check(out, err)
    assert code in {0, 1, 2, 3}


@pytest.mark.parametrize(
    "value", ["'; DROP TABLE incident; --", '" OR 1=1 --', "%", "_", "x' UNION SELECT 1 --"]
)
def test_filters_are_bound_and_not_pasted(run: Run, stored: str, value: str) -> None:
    """SQL in a filter finds nothing and changes nothing."""
    assert stored
    before = run("show", "--json", "--background")[1]

    for option in ("--place", "--actor", "--type"):
        _, out, _ = run("show", option, value, "--json")
        assert out.strip() in {"", "[]"}
    run("why", value)

    assert run("show", "--json", "--background")[1] == before


def test_page_carries_no_script_of_an_article(run: Run, stored: str, tmp_path: Path) -> None:
    """Words of articles are data in the page; an address that is no web address is no link."""
    assert stored
    code, _, _ = run("export", "html", "--output", str(tmp_path / "page.html"))

    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert code == 0
    assert "<script>alert(1)" not in page
    assert 'href="javascript:' not in page


def test_cells_are_guarded_and_can_be_read_back(run: Run, stored: str) -> None:
    """An outlet called `=P` does not begin like a formula; `plain_text` gives it back."""
    import csv

    from incidents.exports.cells import plain_text

    assert stored
    rows = list(csv.DictReader(run("export", "csv")[1].splitlines()))
    cells = [cell for row in rows for cell in row.values() if cell]

    assert any(cell.startswith("'=P") for cell in cells)
    assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in cells)
    assert any(plain_text(cell).startswith("=P") for cell in cells)


def test_foreign_articles_give_an_empty_result(run: Run, tmp_path: Path) -> None:
    """Where every article is passed over, JSON is an empty list and CSV its heading."""
    text = "Deux soldats ont été tués lundi près de Mopti, au nord du pays, selon la police. " * 3
    (tmp_path / "fr.txt").write_text(text, encoding="utf-8")

    for more in ((), ("--reports",)):
        code, out, err = run("extract", "fr.txt", "--json", *more)
        assert (code, json.loads(out)) == (0, [])
        assert "Passed over: fr.txt" in err
        assert run("extract", "fr.txt", "--format", "csv", *more)[1].startswith("id,")


@pytest.mark.parametrize(
    "args",
    [
        ("show", "--place", "\udcff"),
        ("show", "--actor", "\udcff"),
        ("show", "--sources", "9" * 20),
        ("diff", "9" * 20, "1"),
        ("link", "--merge", "\udcff", "inc-"),
        ("forget", "\udcff"),
    ],
)
def test_what_no_database_can_hold_is_one_line(
    run: Run, stored: str, args: tuple[str, ...]
) -> None:
    """Bytes that are no text, as a shell passes them on, and numbers beyond all bounds."""
    assert stored
    code, out, err = run(*args)

    assert (code, out) == (1, "")
    assert re.fullmatch(r"Error: incidents\.db: cannot hold .+; check what was typed\n", err)
