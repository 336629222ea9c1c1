"""The same articles give the same bytes: on any clock, in any language, in any order."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pytest

pytestmark = [pytest.mark.model, pytest.mark.slow]

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = Path(sys.executable).with_name("incidents")


@dataclass(frozen=True)
class Variant:
    """How a run differs from the first one.

    Attributes:
        name: of the test.
        environment: variables that Python, the C library and this program read.
        seed: shuffles the articles; None keeps their order.
        options: of `incidents extract`, which must not change what is found.
    """

    name: str
    environment: dict[str, str] = field(default_factory=dict)
    seed: int | None = None
    options: tuple[str, ...] = ()


PLAIN = Variant("plain", {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"})
VARIANTS = [
    # a day ahead of UTC: a date taken from the clock would move
    Variant("east", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}),
    # a day behind, and a locale in which Python itself would write ASCII
    Variant(
        "west, ascii",
        {
            "TZ": "Etc/GMT+12",
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "PYTHONHASHSEED": "4294967295",
        },
    ),
    Variant("two processes", dict(PLAIN.environment), options=("--jobs", "2")),
    # a locale whose small I has no dot, where the system has it
    Variant(
        "turkish, shuffled",
        {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "random"},
        seed=1,
    ),
]
"""Options that change speed alone, such as the number of processes, belong here too."""


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of articles: the five examples, and some of the project's own."""
    folder = tmp_path_factory.mktemp("news")
    for path in (ROOT / "seeds").glob("*.txt"):
        (folder / path.name).write_bytes(path.read_bytes())
    gold = ROOT / "tests" / "gold" / "rare.jsonl"
    for line in gold.read_text(encoding="utf-8").splitlines()[:6]:
        row = json.loads(line)
        article = {"id": row["id"], "text": row["text"], "published": row.get("published")}
        (folder / f"{row['id']}.json").write_text(json.dumps(article), encoding="utf-8")
    return folder


def extract(news: Path, folder: Path, variant: Variant) -> tuple[bytes, bytes]:
    """Run the program; gives the reports as they were printed, and the incidents."""
    folder.mkdir()
    paths = sorted(path.name for path in news.iterdir())
    if variant.seed is not None:
        random.Random(variant.seed).shuffle(paths)  # noqa: S311 - no secret
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "LANG", "TZ", "PYTHON"))
    }
    environment |= {"INCIDENTS_DB": str(folder / "incidents.db"), **variant.environment}

    def call(*words: str) -> bytes:
        command = [str(PROGRAM), *words, "--format", "jsonl", "--quiet"]
        return subprocess.run(
            command, check=True, stdout=subprocess.PIPE, cwd=news, env=environment
        ).stdout

    return call("extract", "--reports", *variant.options, *paths), call("show")


@pytest.fixture(scope="module")
def first(news: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """Give what the plain run prints."""
    return extract(news, tmp_path_factory.mktemp("plain") / "run", PLAIN)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_run_gives_the_same_bytes(
    news: Path, tmp_path: Path, first: tuple[bytes, bytes], variant: Variant
) -> None:
    """Incidents are the same in any order of the articles, and so are the reports of each."""
    reports, incidents = extract(news, tmp_path / "run", variant)

    assert len(first[0].splitlines()) > 15
    assert incidents == first[1]
    if variant.seed is None:
        assert reports == first[0]
    else:
        assert reports != first[0]
        assert by_article(reports) == by_article(first[0])


def by_article(reports: bytes) -> dict[str, list[bytes]]:
    """The lines of each article, in its order."""
    lines = groupby(reports.splitlines(), key=lambda line: json.loads(line)["article"]["id"])
    return {article: list(group) for article, group in lines}
