"""The kept tables of actors: the same as built ones, and never needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.gazetteer.actors import ActorTable

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def kept(folder: Path) -> list[Path]:
    """Return the files of tables in a cache folder."""
    return sorted(folder.glob("actors-*.msgpack"))


def test_tables_are_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second table reads what the first one built, and answers alike."""
    monkeypatch.setenv("INCIDENTS_CACHE", str(tmp_path))
    built = ActorTable()
    assert built.find("NDF", countries=("SY",))
    (file,) = kept(tmp_path)
    before = file.stat().st_mtime_ns

    read = ActorTable()

    assert read.actors == built.actors
    assert read.names == built.names
    assert read.branch("NG", "police") == built.branch("NG", "police")
    assert file.stat().st_mtime_ns == before


def test_broken_tables_are_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged file costs time, not the answer; files of other versions go."""
    monkeypatch.setenv("INCIDENTS_CACHE", str(tmp_path))
    assert ActorTable().actors
    (file,) = kept(tmp_path)
    file.write_bytes(b"\xc1broken")
    (tmp_path / "actors-0.msgpack").write_bytes(b"")

    assert ActorTable().find("ISF", countries=("SY",))[0].actor.id == "sy-isf"
    assert kept(tmp_path) == [file]
    assert file.stat().st_size > len(b"\xc1broken")


def test_tables_do_without_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be kept, the tables are built each time."""
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("INCIDENTS_CACHE", str(blocked))

    assert ActorTable().find("ISF", countries=("SY",))[0].actor.id == "sy-isf"
