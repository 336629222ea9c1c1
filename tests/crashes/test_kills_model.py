"""The real program, with its language model, killed at some moments."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from store_state import exact_state, faults, half_articles

PROGRAM = Path(sys.executable).parent / "incidents"

pytestmark = [pytest.mark.model, pytest.mark.slow]


def start(seeds: Path, db: Path) -> subprocess.Popen[bytes]:
    """Start an extract."""
    return subprocess.Popen(
        [PROGRAM, "extract", seeds, "--db", db, "--quiet"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def test_real_program_killed(tmp_path: Path, seeds: Path) -> None:
    """As it is killed while the first article is stored, and later, the next run completes it."""
    undisturbed = tmp_path / "undisturbed.db"
    began = time.monotonic()
    assert start(seeds, undisturbed).wait() == 0
    length = time.monotonic() - began
    whole = exact_state(undisturbed)
    for part in (0.7, 0.95):
        path = tmp_path / f"killed-{part}.db"
        killed = start(seeds, path)
        time.sleep(part * length)
        killed.kill()
        killed.wait()
        if path.exists():
            assert faults(path) == []
            assert half_articles(path, whole) == []
        assert start(seeds, path).wait() == 0
        assert exact_state(path) == whole
        assert faults(path) == []
