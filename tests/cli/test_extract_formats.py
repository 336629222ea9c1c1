"""`incidents extract` on every format, through the whole program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import article_files
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

# what the stand-in for the language model knows
SENTENCE = "Gunmen kidnapped two men in Tell Zarîfa."
TEXT = f"{SENTENCE} The police searched the town and the road to the river until the evening."
FILES = article_files.make_files(TEXT)
GERMAN = (
    "Bei einem Angriff auf einen Militärposten im Norden Malis sind am Montag mindestens zwölf"
    " Soldaten getötet worden, wie die Armee am Abend mitteilte."
)


@pytest.mark.parametrize("name", FILES)
def test_extract_reads_every_format(run: Run, name: str) -> None:
    """Each format gives the incident that its article reports."""
    Path(name).write_bytes(FILES[name])

    code, out, err = run("extract", name, "--json")

    assert (code, err) == (0, "")
    assert [each["sub_event_type"] for each in json.loads(out)] == [
        "Abduction/forced disappearance"
    ]


def test_extract_reads_a_folder_of_formats(run: Run) -> None:
    """A folder may hold everything at once; a broken file costs no other one."""
    Path("news").mkdir()
    for name, data in FILES.items():
        Path("news", name).write_bytes(data)
    Path("news/broken.zip").write_bytes(b"PK\x03\x04")

    code, _, err = run("extract", "news", "--json")

    assert code == 3
    assert err.splitlines() == [
        "Error: news/broken.zip: broken ZIP archive (File is not a zip file); fetch it again"
    ]


def test_extract_fields_and_dates_from_names(run: Run) -> None:
    """--fields and --dates-from-names reach the reader."""
    Path("2021-04-21_rudaw.csv").write_text(f"nr,body\n7,{SENTENCE}\n", encoding="utf-8")

    options = ("--fields", "id=nr, text=body", "--dates-from-names", "--reports", "--json")
    code, out, err = run("extract", "2021-04-21_rudaw.csv", *options)

    (report,) = json.loads(out)
    assert (code, err) == (0, "")
    assert (report["article"]["id"], report["article"]["published"]) == ("7", "2021-04-21")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("body", "'body' is no list of names; write text=body,published=date"),
        ("text=", "'text=' is no list of names; write text=body,published=date"),
        ("txt=body", "an article has no field 'txt'; its fields are id, text, title, published,"),
    ],
)
def test_extract_wrong_fields_are_wrong_usage(
    run: Run, monkeypatch: pytest.MonkeyPatch, value: str, message: str
) -> None:
    """A list of names that cannot be used ends with 2 before anything is read."""
    monkeypatch.setenv("COLUMNS", "300")

    code, _, err = run("extract", "a.csv", "--fields", value)

    assert code == 2
    assert message in err


def test_extract_as_the_page_of_formats_says(run: Run) -> None:
    """The command that docs/formats.md shows does what it says."""
    page = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    command = page.split("```sh\nincidents ")[1].split("\n")[0]
    Path("dump.csv").write_text(
        f"body,date,source.name\n{SENTENCE},2021-04-21,The Wire\n", encoding="utf-8"
    )

    (report,) = json.loads(run(*command.split(), "--reports", "--json")[1])

    assert report["article"]["published"] == "2021-04-21"


def test_extract_passes_other_languages_over(run: Run) -> None:
    """An article that is not English is named, which is no failure."""
    Path("a.txt").write_text(GERMAN, encoding="utf-8")
    Path("b.txt").write_text(TEXT, encoding="utf-8")

    code, out, err = run("extract", "a.txt", "b.txt", "--json")

    assert code == 0
    assert len(json.loads(out)) == 1
    assert err == (
        "Passed over: a.txt: in German (de), and English is read; leave it out or translate it\n"
    )
