"""Make the pictures of README.md from the seeds: the table of a terminal, and the exported page.

    .venv/bin/python docs/make_pictures.py

The table is what the program prints on a terminal of 100 columns, drawn as SVG: a test holds its
words to what the program prints now. The page is a photograph by a headless Chromium.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
COMMAND = ("show", "--place", "Zalin")
COLUMNS = 100
_PROGRAM = Path(sys.executable).parent / "incidents"
_PAGE_SIZE = {"width": 1280, "height": 860}
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# black on white reads on GitHub's light and dark pages alike; the eight colours are unused
_THEME = TerminalTheme((255, 255, 255), (31, 35, 40), [(31, 35, 40)] * 8)


def main() -> None:
    """Write both pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        extract_seeds(folder)
        (FOLDER / "table.svg").write_text(draw(terminal_output(folder)), encoding="utf-8")
        _photograph(folder, FOLDER / "page.png")


def extract_seeds(folder: Path) -> None:
    """Extract the five articles into `incidents.db` of a folder."""
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    subprocess.run(  # noqa: S603 - the project's own program
        [_PROGRAM, "extract", "seeds/", "--quiet"],
        cwd=folder,
        check=True,
        env={**os.environ, "INCIDENTS_DB": "incidents.db"},
        stdout=subprocess.DEVNULL,
    )


def terminal_output(folder: Path) -> str:
    """What the command prints where it runs on a terminal, with its colours.

    Args:
        folder: holds `incidents.db`.
    """
    reader, terminal = pty.openpty()
    environment = {
        **os.environ,
        "COLUMNS": str(COLUMNS),
        "INCIDENTS_DB": "incidents.db",
        "TERM": "xterm-256color",
    }
    with subprocess.Popen(  # noqa: S603 - the project's own program
        [_PROGRAM, *COMMAND], cwd=folder, env=environment, stdout=terminal
    ):
        os.close(terminal)
        found = b"".join(iter(lambda: _read(reader), b""))
    os.close(reader)
    return found.decode().replace("\r\n", "\n")


def _read(reader: int) -> bytes:
    try:
        return os.read(reader, 65_536)
    except OSError:  # Linux says so where the program has ended
        return b""


def draw(output: str) -> str:
    """Draw a terminal with the command and its output as SVG, without web fonts.

    Args:
        output: text with escape sequences for colours.
    """
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(file=nowhere, record=True, width=COLUMNS, force_terminal=True)
        console.print(Text(f"$ incidents {' '.join(COMMAND)}", style="bold"))
        console.print(Text.from_ansi(output.rstrip("\n")))
    drawn = console.export_svg(title="incidents", theme=_THEME, unique_id="table")
    return re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)


def _photograph(folder: Path, target: Path) -> None:
    """Open the exported page, unfold its first incident, and take its picture."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the test draws without one

    browser_path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser_path is None:
        sys.exit("chromium: not found; install it to take the picture of the page")
    page_file = folder / "incidents.html"
    subprocess.run(  # noqa: S603 - the project's own program
        [_PROGRAM, "export", "html", "--output", page_file],
        cwd=folder,
        check=True,
        env={**os.environ, "INCIDENTS_DB": "incidents.db"},
    )
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport=_PAGE_SIZE)
        page.goto(page_file.as_uri())
        page.wait_for_load_state("networkidle")
        page.locator("tr.row").nth(1).click()
        page.evaluate("window.scrollTo(0, 0)")
        page.wait_for_timeout(1_000)  # the map moves to what was chosen
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main()
