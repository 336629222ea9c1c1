"""The kept spellings of a country: worked out once, the same as worked out anew."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

import pytest

from incidents.gazetteer.country_spellings import CountrySpellings, read_spellings, work_out
from incidents.gazetteer.fuzzy import CountryNames

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = [
    [1, "city", 180_000, ["Qamishli", "Kamishli", "القامشلي", "!"]],
    [2, "admin1", 0, ["Al-Hasakah"]],
    [3, "city", 500, ["Hasakah", "Tell Hasakah"]],
]


def packed(entries: list[list[object]]) -> bytes:
    """Entries as the index holds them."""
    return zlib.compress(json.dumps(entries).encode())


def facts(table: CountrySpellings) -> tuple[object, ...]:
    """What a table says; spellings themselves are compared by identity."""
    rows = [(s.written, s.abjad, s.coarse, s.skeleton, s.numbers) for s in table.spellings]
    return table.kinds, rows, table.words


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv("INCIDENTS_CACHE", str(tmp_path))
    return tmp_path


def test_spellings_are_written_in_signs_once_each() -> None:
    """Places share a spelling; what no script writes is left out."""
    kinds, rows, words = facts(work_out(packed(ENTRIES)))

    assert kinds == {1: "city", 2: "admin1", 3: "city"}
    assert [(row[0], row[1], row[4]) for row in rows] == [  # type: ignore[index,attr-defined]
        ("qamiSli", False, (1,)),
        ("kamiSli", False, (1,)),
        ("qamSly", True, (1,)),
        ("hasakah", False, (2, 3)),
        ("tel hasakah", False, (3,)),
    ]
    assert words == {"qamiSli": 1, "kamiSli": 1, "qamSly": 1, "hasakah": 2, "tel": 1}


def test_spellings_are_kept(folder: Path) -> None:
    """They are read back as they were worked out; other entries make another file."""
    built = read_spellings("SY", packed(ENTRIES))
    (file,) = folder.iterdir()
    before = file.stat().st_mtime_ns

    assert facts(read_spellings("SY", packed(ENTRIES))) == facts(built)
    assert file.stat().st_mtime_ns == before
    assert len(read_spellings("SY", packed(ENTRIES[:1])).spellings) == 3
    assert [path.name != file.name for path in folder.iterdir()] == [True]


def test_kept_spellings_answer_alike() -> None:
    """Names looked up in a table that was read have the answers of one that was worked out."""
    asked = ["Qamishly", "Hassake", "Tall Hasaka", "Aleppo", ""]
    built, read = (CountryNames("SY", packed(ENTRIES)) for _ in range(2))

    assert [built.find(name) for name in asked] == [read.find(name) for name in asked]
    assert built.find("Qamishly")[0].number == 1
