"""The README's first two `sh` blocks: install and use, install and test.

`.ci/run` runs the second for real; here is what can be said of both without a network.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BLOCKS = re.findall(
    r"^```(\w*)\n(.*?)^```$",
    (ROOT / "README.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)
SH = [body for language, body in BLOCKS if language == "sh"]


def test_first_two_blocks_are_sh() -> None:
    """A newcomer meets installing and testing before anything else."""
    assert [language for language, _ in BLOCKS[:2]] == ["sh", "sh"]


@pytest.mark.parametrize("block", SH[:2], ids=["use", "test"])
def test_sh_block_is_short_and_sound(block: str) -> None:
    """One or two lines, which bash can parse."""
    assert 1 <= len(block.splitlines()) <= 2
    subprocess.run(["bash", "-n", "-c", block], check=True)  # noqa: S607 - any bash will do


@pytest.mark.parametrize("block", SH[:2], ids=["use", "test"])
def test_sh_block_installs_from_pins_only(block: str) -> None:
    """Pinned, into .venv, and by no option that would need another index or the system's Python."""
    assert "python3 -m venv --without-pip .venv && python3 -m pip --python .venv" in block
    assert "-c constraints.txt -e " in block
    assert re.search(r"https?:|index-url|find-links|break-system|sudo", block) is None


def test_first_block_reads_the_seeds() -> None:
    """It ends in the table of the five examples."""
    assert SH[0].splitlines()[-1] == ".venv/bin/incidents extract seeds/"
    assert len(list((ROOT / "seeds").glob("*.txt"))) == 5


def test_second_block_runs_the_tests_and_nothing_hides_a_failure() -> None:
    """Its last command is pytest itself, so that its exit code is the block's."""
    assert SH[1].splitlines()[-1] == ".venv/bin/pytest"
    assert re.search(r"\|\||;|\| ", SH[1]) is None


def test_ci_runs_the_second_block() -> None:
    """`.ci/run` takes the tests' commands from the README, not from a copy."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "sh_block README.md 2" in script
    function = re.search(r"^sh_block\(\) \{\n.*?^\}", script, re.MULTILINE | re.DOTALL)
    assert function is not None
    done = subprocess.run(
        ["bash", "-c", f"{function[0]}\nsh_block README.md 2"],  # noqa: S607 - any bash will do
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.stdout == SH[1]
