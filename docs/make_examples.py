"""Run the `console` blocks of README.md and docs/, and write what the program answers.

    .venv/bin/python docs/make_examples.py

In a block, each line after `$ ` is run by the shell in an empty folder that holds seeds/ only;
the blocks of one page share the folder, so that a block can show what an earlier one stored. What
stands below a command is its stdout in 80 columns. A test compares the pages with the program.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def make_page(text: str) -> str:
    """Return a page with the answers of all its blocks made anew.

    Args:
        text: the page in Markdown.
    """
    if not BLOCK.search(text):
        return text
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(ROOT / "seeds", Path(name) / "seeds")
        return BLOCK.sub(lambda block: f"```console\n{_answer(block[1], Path(name))}```", text)


def _answer(block: str, folder: Path) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{_run(command[2:], folder)}" for command in commands)


def _run(command: str, folder: Path) -> str:
    """Run one command line; its stdout, which ends with a line break unless it is empty."""
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "INCIDENTS_DB": "incidents.db",
        "INCIDENTS_GAZETTEER": str(folder / "gazetteer.sqlite"),
    }
    shell = ["bash", "-c", command]
    done = subprocess.run(  # noqa: S603 - the project's own pages
        shell, check=False, capture_output=True, text=True, cwd=folder, env=environment
    )
    if done.returncode or "Traceback" in done.stderr:
        msg = f"$ {command}\nended with exit code {done.returncode}: {done.stderr}"
        raise RuntimeError(msg)
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(make_page(page.read_text(encoding="utf-8")), encoding="utf-8")
