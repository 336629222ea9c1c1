"""Options and fixtures of the whole suite."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import msgspec
import pytest
from hypothesis import HealthCheck, settings

from incidents.gazetteer.index import open_index
from incidents.gazetteer.user import VARIABLE
from incidents.schema import KINDS, make_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.extractors.pipeline import Extractor
    from incidents.model import Article, Report
    from incidents.schema import Kind

SEEDS = Path(__file__).parent.parent / "seeds"

# The same examples each time, however slow the machine is: red means that the change is wrong.
settings.register_profile(
    "suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# Others each time, and more: `pytest --hypothesis-profile=explore` looks for new bugs.
_explore = settings(settings.get_profile("suite"), derandomize=False, max_examples=1000)
settings.register_profile("explore", _explore)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden files change only when this is asked for."""
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden from the present output"
    )


def pytest_configure() -> None:
    """What a developer has in a gazetteer of their own changes no test.

    No file can be made there, so that a test that forgets to name its own fails.
    """
    os.environ[VARIABLE] = str(Path(os.devnull) / "gazetteer.sqlite")


@pytest.fixture(scope="session", autouse=True)
def index_of_places() -> None:
    """Build the index of places before the first test, which would else see it announced."""
    open_index().close()


@pytest.fixture(scope="session")
def check_json() -> Callable[..., None]:
    """Hold what is printed against `incidents schema`; all JSON of the suite goes through here.

    Takes an object, an array of objects, or the text of either or of JSON lines; and its kind,
    which reports, incidents, decisions and summaries say themselves.
    """
    checkers = {
        kind: jsonschema.Draft202012Validator(
            make_schema(kind), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
        )
        for kind in KINDS
    }

    def check(printed: Any, kind: Kind | None = None) -> None:  # noqa: ANN401 - whatever JSON holds
        if isinstance(printed, str):
            is_whole = printed.startswith(("[", "{\n"))
            printed = (
                json.loads(printed) if is_whole else list(map(json.loads, printed.splitlines()))
            )
        if isinstance(printed, list):
            for each in printed:
                check(each, kind)
            return
        start = str(printed.get("id", ""))[:4]
        kind = (
            kind
            or {"rep-": "report", "inc-": "incident"}.get(start)
            or ("decision" if "first" in printed and "rest" in printed else "summary")
        )
        found = [
            f"{error.json_path}: {error.message}" for error in checkers[kind].iter_errors(printed)
        ]
        assert found == [], f"{kind} {printed.get('id')}"

    return check


@pytest.fixture(scope="session")
def extractor(check_json: Callable[[Any], None]) -> Extractor:
    """The extractor with the default model and gazetteer; its reports are as the schema says."""
    from incidents.extractors.pipeline import Extractor

    class Checked(Extractor):
        def extract(self, article: Article) -> list[Report]:
            reports = super().extract(article)
            check_json(json.loads(msgspec.json.encode(reports)))
            return reports

    return Checked()


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five example articles."""
    return SEEDS
