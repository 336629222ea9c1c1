"""Ids of articles: one id, one article, over a run and from run to run."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.articles import read_articles
from incidents.articles.naming import Names
from incidents.errors import MendedInputError
from incidents.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from incidents.errors import InputError

BODY = "Gunmen shot two soldiers near Tyre on Monday."


def fail(error: InputError) -> None:
    """Nothing here is an error."""
    pytest.fail(str(error))


def read(*paths: str | Path) -> list[Article]:
    """Read paths that must give no error."""
    return list(read_articles(paths, on_error=fail))


def write(path: Path, content: str) -> Path:
    """Write a file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_articles_of_standard_input_are_told_apart_by_their_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is piped in on two days gets two ids, and the same text the same id."""
    ids = []
    for text in (BODY, BODY + " More.", BODY):
        fake: Any = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", fake)
        ids += [article.id for article in read("-")]

    assert ids[0] == ids[2] != ids[1]


def read_again(path: Path, *stored: Article) -> list[str]:
    """Read with what earlier runs have stored; gives the ids."""
    known = {article.id: article for article in stored}
    return [a.id for a in read_articles([path], on_error=fail, find_stored=known.get)]


@pytest.mark.parametrize(
    ("stored", "ids"),
    [
        pytest.param({}, ["a"], id="new"),
        pytest.param({"text": BODY, "path": "elsewhere/a.txt"}, ["a"], id="moved"),
        pytest.param({"text": "Old words.", "path": "{here}"}, ["a"], id="changed"),
        pytest.param({"text": "Other words.", "path": "elsewhere/a.txt"}, ["news/a"], id="other"),
        pytest.param({"text": "Other words.", "path": None}, ["news/a"], id="from a pipe"),
    ],
)
def test_articles_never_take_the_place_of_another_file(
    tmp_path: Path, stored: dict[str, str], ids: list[str]
) -> None:
    """A changed file keeps its id; one of the same name elsewhere does not lose its article."""
    path = write(tmp_path / "news" / "a.txt", BODY)
    if stored:
        stored = {key: value and value.format(here=path) for key, value in stored.items()}

    known = [Article(id="a", **stored)] if stored else []  # type: ignore[arg-type]
    assert ids == read_again(path, *known)


def test_articles_own_id_stands_for_the_article(tmp_path: Path) -> None:
    """An id that the source states means that article, wherever it lies."""
    path = write(tmp_path / "news" / "a.md", f"---\nid: x9\n---\n{BODY}")

    assert ["x9"] == read_again(path, Article(id="x9", text="Old words.", path="b.md"))


def test_articles_of_one_name_are_called_by_their_folders(tmp_path: Path) -> None:
    """Files of one name get as many folders before it as tell them apart."""
    names = ("a.txt", "may/a.txt", "may/x/a.txt", "june/x/a.txt", "june/a.jsonl")
    for number, name in enumerate(names):
        body = f"{BODY} {number}."
        write(tmp_path / name, body if name.endswith("txt") else json.dumps({"text": body}))

    found = read(*(tmp_path / name for name in names))

    assert [a.id for a in found] == ["a", "may/a", "x/a", "june/x/a", "a-1"]


def test_articles_numbered_alike_in_two_tables_are_told_apart(tmp_path: Path) -> None:
    """The first rows of two months' tables are both called 1; neither displaces the other."""
    months = []
    for month in ("may", "june"):
        rows = "".join(f'{n},"{BODY} {month} {n}."\n' for n in (1, 2))
        months.append(write(tmp_path / f"{month}.csv", f"id,text\n{rows}"))

    found = read(*months)

    assert ["1", "2", "june-1", "june-2"] == [a.id for a in found]
    assert ["june-1", "june-2"] == read_again(months[1], *found[:2])
    assert ["june-1", "june-2"] == read_again(months[1], *found)


@pytest.mark.parametrize(
    ("stored", "id_"),
    [
        pytest.param({"path": "{here}", "url": None}, "7", id="changed row"),
        pytest.param({"path": "old.csv", "url": "https://x.org/a"}, "7", id="same address"),
        pytest.param({"path": "{here}", "url": "https://x.org/b"}, "new-7", id="other address"),
        pytest.param({"path": "old.csv", "url": None}, "new-7", id="other table"),
        pytest.param({"path": None, "url": None}, "new-7", id="from a pipe"),
    ],
)
def test_articles_number_stands_for_the_article_of_its_table_or_address(
    tmp_path: Path, stored: dict[str, str | None], id_: str
) -> None:
    """A number is kept by the article that had it, with other words perhaps."""
    path = write(tmp_path / "new.csv", f'id,text,url\n7,"{BODY}",https://x.org/a\n')
    where = {key: value and value.format(here=path) for key, value in stored.items()}

    assert [id_] == read_again(path, Article(id="7", text="Old words.", **where))  # type: ignore[arg-type]


def read_mended(
    *paths: Path, known: Callable[[str], Article | None] = lambda _: None
) -> tuple[list[str], list[str]]:
    """Read paths that give notes, and no errors; gives the ids and the notes."""
    notes: list[InputError] = []
    ids = [a.id for a in read_articles(paths, on_error=notes.append, find_stored=known)]
    assert all(isinstance(note, MendedInputError) for note in notes)
    return ids, [str(note) for note in notes]


def test_articles_numbered_alike_in_one_table_are_all_kept(tmp_path: Path) -> None:
    """Rows with one number are the table's own mistake, which is told and costs no article."""
    rows = "".join(f'1,"{BODY} {n}."\n' for n in (1, 2, 3, 4, 2))
    path = write(tmp_path / "a.csv", f"id,text\n{rows}")

    ids, notes = read_mended(path)

    assert ["1", "a-1", "a-1-2", "a-1-3"] == ids  # and the copy of the second is passed over
    told = f"{path}: its id '1' is that of another article in {path}; it is kept as "
    assert [f"{told}{id_!r}" for id_ in ids[1:]] == notes


def test_articles_of_one_stated_id_keep_their_ids_from_run_to_run(tmp_path: Path) -> None:
    """Two texts of one stated id are both kept, and read again they are the same articles."""
    paths = [
        write(tmp_path / f"{name}.md", f"---\nid: x9\n---\n{BODY} {name}.") for name in ("a", "b")
    ]

    assert ["x9", "b-x9"] == read_mended(*paths)[0]

    stored: dict[str, Article] = {}
    for article in read_articles(paths, on_error=lambda _: None):
        stored[article.id] = article
    assert ["x9", "b-x9"] == read_mended(*paths, known=stored.get)[0]
    write(paths[1], f"---\nid: x9\n---\n{BODY} Changed.")
    assert ["x9", "b-x9"] == read_mended(*paths, known=stored.get)[0]


def test_articles_numbered_in_a_pipe_take_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number from a pipe is no name: what an earlier pipe or a table stored under it stays."""
    stored = {"1": Article(id="1", text="Old words."), "2": Article(id="2", text=f"{BODY} 2.")}
    ids = []
    for _ in range(2):
        lines = "".join(json.dumps({"id": n, "text": f"{BODY} {n}."}) + "\n" for n in (1, 2))
        fake: Any = io.TextIOWrapper(io.BytesIO(lines.encode()), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", fake)
        found = list(read_articles(["-"], on_error=fail, find_stored=stored.get))
        stored |= {article.id: article for article in found}
        ids.append([article.id for article in found])

    assert ids[0] == ids[1]
    assert ids[0][0].startswith("stdin-")
    assert ids[0][1] == "2"  # the same text


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["1", "x", "a", "a-1", "stdin-0"]),
            st.sampled_from(["One.", "Two.", "Three."]),
            st.sampled_from(["/news/a.csv", "/news/b.csv", "/may/a.csv", None]),
        )
    )
)
def test_articles_are_never_lost_by_their_ids(rows: list[tuple[str, str, str | None]]) -> None:
    """Whatever ids sources state, each text of an id comes out, under an id that no other has."""
    stored: dict[str, Article] = {}
    names = Names(stored.get, lambda _: False, on_mended=lambda _: None)
    for id_, text, path in rows:
        article = names.check(Article(id=id_, text=text, path=path))
        if article is not None:
            assert article.id not in stored
            stored[article.id] = article

    assert len({(id_, text) for id_, text, _ in rows}) == len(stored)
