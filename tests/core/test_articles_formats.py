"""Reading articles: every format, told by name and by content, alone, packed and piped."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import article_files
import pytest

from incidents.articles import read_articles
from incidents.articles.registry import Reader, choose_reader, find_readers, known_suffixes

if TYPE_CHECKING:
    from incidents.model import Article

TEXT = (
    "TYRE, Lebanon — Gunmen shot two soldiers near the harbour on Monday, the army said, and burnt"
    " a café. The army closed the road, and the police searched the town until the evening."
)
DAY = dt.date(2021, 4, 21)
FILES = article_files.make_files(TEXT)
WITHOUT_DAY = {"a.txt", "a.txt.gz", "a.pdf", "a.docx", "b.zip"}


def read(path: Path | str, **options: Any) -> list[Article]:  # noqa: ANN401 - of read_articles
    """Read a path that must give no error."""
    return list(read_articles([path], on_error=lambda error: pytest.fail(str(error)), **options))


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Put bytes on standard input, in which one cannot go back."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

    fake: Any = type("Fake", (), {"buffer": Pipe(data)})
    monkeypatch.setattr(sys, "stdin", fake)


@pytest.mark.parametrize("name", FILES)
def test_articles_of_every_format(tmp_path: Path, name: str) -> None:
    """Each format gives the article's words, its title, its day and where it lies."""
    path = tmp_path / name
    path.write_bytes(FILES[name])

    (article,) = read(path)

    assert article.text.strip().endswith(TEXT)
    assert "Home" not in article.text
    assert "Copyright" not in article.text
    assert article_files.TITLE == article.title
    assert (None if name in WITHOUT_DAY else DAY) == article.published
    assert str(article.path).startswith(str(path))
    assert "TYRE, Lebanon" == article.dateline


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("b.")])
def test_articles_format_is_told_by_content(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A pipe has no name: its format is told by its first bytes."""
    pipe(monkeypatch, FILES[name])

    (article,) = read("-")

    assert article.text.strip().endswith(TEXT)
    assert article.path is None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", FILES["a.html"]),
        ("a.html", FILES["a.pdf"]),
        ("a.html", gzip.compress(FILES["a.html"])),
        ("a.json", FILES["a.jsonl"] * 2),
        ("a.zip", FILES["a.parquet"]),
        ("a", FILES["a.html"]),
        ("a.txt", FILES["a.json"]),
        ("a.txt", FILES["a.csv"]),
        ("a.pdf", FILES["a.html"]),
        ("a.jsonl", b"[" + FILES["a.json"].strip().splitlines()[0] + b"]"),
        ("a.jsonl", b"\n\r\n[ " + FILES["a.json"].strip().splitlines()[0] + b"\n]"),
        ("a.jsonl", b'{\n "text":\n"' + TEXT.encode() + b'"\n}'),
        ("a.txt", FILES["a.csv"].decode().encode("utf-16")),
    ],
    ids=[
        "page as text",
        "PDF as page",
        "packed page",
        "lines as JSON",
        "table as archive",
        "no suffix",
        "JSON as text",
        "CSV as text",
        "page as PDF",
        "list as lines",
        "list behind empty lines as lines",
        "object over lines as lines",
        "CSV as text in UTF-16",
    ],
)
def test_articles_wrong_name_is_outweighed(tmp_path: Path, name: str, data: bytes) -> None:
    """What a file holds counts where its name says something else."""
    (tmp_path / name).write_bytes(data)

    (article,) = {a.text: a for a in read(tmp_path / name)}.values()

    assert article.text.strip().endswith(TEXT)


@pytest.mark.parametrize("name", FILES)
def test_readers_claim_no_file_of_each_other(name: str) -> None:
    """The first bytes of a file are claimed by one reader at most."""
    claims = [each.name for each in find_readers().values() if each.is_like(FILES[name][:8192])]

    assert len(claims) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "Damascus, Syria, Tuesday\nGunmen shot two soldiers.",
        "[{sic}] Two killed",
        "<b>Two</b> killed",
        "Text, pictures and films\nGunmen shot two.",
        "% PDF is a format",
        "PK is a party.",
        "WARCHILD says two were killed.",
    ],
)
def test_readers_leave_plain_text_alone(text: str) -> None:
    """Prose is of no format, whatever it begins with."""
    assert choose_reader("", text.encode()).is_plain


def test_readers_are_found_without_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module in readers/ is a format: two with one suffix are an error, and all are used."""
    assert all(isinstance(each, Reader) for each in find_readers().values())
    twice = {"one": find_readers()["gz"], "two": find_readers()["gz"]}
    monkeypatch.setattr("incidents.articles.registry.find_readers", lambda: twice)
    known_suffixes.cache_clear()

    with pytest.raises(ValueError, match=r"\.gz is taken by a gzip file"):
        known_suffixes()
    known_suffixes.cache_clear()


@pytest.mark.parametrize(
    ("name", "asked", "day"),
    [
        ("2021-04-21_rudaw.txt", True, DAY),
        ("2021-04-21_rudaw.txt", False, None),
        ("rudaw_20210421.txt.gz", True, DAY),
        ("2021.04.21.txt", True, DAY),
        ("2021-04-21_2021-04-22.txt", True, None),
        ("20211399.txt", True, None),
        ("120210421.txt", True, None),
        ("2021-0421.txt", True, None),
    ],
)
def test_articles_day_from_the_name_of_the_file(
    tmp_path: Path, name: str, asked: object, day: dt.date | None
) -> None:
    """A day in the name counts where it is asked for and is one day."""
    data = b"Gunmen shot two soldiers."
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)

    (article,) = read(tmp_path / name, dates_from_names=bool(asked))

    assert day == article.published


def test_articles_day_from_the_name_of_a_member(tmp_path: Path) -> None:
    """The name of a file in an archive goes before that of the archive, and before the option."""
    members = {"2021-04-21.txt": b"One shot.", "b.txt": b"Two shot.", "c.html": FILES["a.html"]}
    (tmp_path / "2020-01-02.zip").write_bytes(article_files.make_zip(members))

    found = read(tmp_path / "2020-01-02.zip", dates_from_names=True, published=dt.date(2019, 1, 1))

    assert [a.published for a in found] == [DAY, dt.date(2020, 1, 2), DAY]


# Languages

GERMAN = (
    "Bei einem Angriff auf einen Militärposten im Norden Malis sind am Montag mindestens zwölf"
    " Soldaten getötet worden, wie die Armee am Abend mitteilte."
)
ARABIC = "قتل جنديان وأصيب ثلاثة آخرون في هجوم على حاجز للجيش قرب مدينة القامشلي يوم الثلاثاء"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GERMAN, "a.txt: in German (de), and English is read; leave it out or translate it"),
        (ARABIC, "a.txt: in Arabic (ar), and English is read; leave it out or translate it"),
        ("Two shot near Tyre", None),
        ("القامشلي", None),
        ("Boubacar Diallo, Amadou Koné, Souleymane Traoré; Ségou, Mopti, Bandiagara, Koro", None),
        (f"The army said on Monday that “{GERMAN[:60]}” was what the note said. {TEXT}", None),
    ],
    ids=["German", "Arabic", "short", "a name", "names", "a quotation"],
)
def test_articles_in_other_languages_are_named(
    tmp_path: Path, text: str, message: str | None
) -> None:
    """What is surely not English is told and not read; what is short or unsure is read."""
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    errors: list[str] = []

    found = list(
        read_articles([tmp_path / "a.txt"], on_error=lambda error: errors.append(str(error)))
    )

    told = [error.removeprefix(f"{tmp_path}/") for error in errors]
    assert (len(found), told) == ((0, [message]) if message else (1, []))


def test_formats_page_lists_every_ending() -> None:
    """docs/formats.md names each ending that is read, and no other."""
    page = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    table = page.split("\n## ")[0]

    assert set(known_suffixes()) - {".markdown", ".text"} == set(
        re.findall(r"`(\.\w+)`", re.sub(r"\| of .*", "", table))
    )
