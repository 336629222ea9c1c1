"""The pages of docs/ build into a static site."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site, a warning being an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", str(ROOT / "docs")]
    doctrees = folder / "doctrees"
    done = subprocess.run(
        [*command, "-d", str(doctrees), str(folder / "html")],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (0, "") == (done.returncode, done.stderr)
    return folder / "html"


@pytest.mark.slow
def test_every_page_is_in_the_site(site: Path) -> None:
    """A page that no list of contents names would be a warning, so all are reached."""
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert pages <= {path.stem for path in site.glob("*.html")}


@pytest.mark.slow
def test_site_needs_no_network(site: Path) -> None:
    """Styles, scripts and pictures are the site's own."""
    fetched = re.compile(r'(?:src|<link[^>]*href)="(?:https?:)?//[^"]+"')
    found = {
        f"{path.name}: {match[0]}"
        for path in site.rglob("*.html")
        for match in fetched.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == set()


@pytest.mark.slow
def test_reference_is_made_from_the_code(site: Path) -> None:
    """The fields of the contract stand in the reference, with what they mean."""
    page = (site / "data-model.html").read_text(encoding="utf-8")
    for name in ("Report", "Incident", "Casualty"):
        assert f'id="incidents.model.{name}"' in page
