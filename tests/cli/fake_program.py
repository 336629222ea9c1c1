"""The program with the stand-ins of conftest.py, to run in a process of its own.

python tests/cli/fake_program.py extract - --reports --format jsonl
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from incidents.cli import main, tools
from incidents.gazetteer import Gazetteer


def load_stand_ins() -> Any:  # noqa: ANN401 - a module that type checkers do not know
    """Import conftest.py, which pytest alone would find."""
    path = Path(__file__).with_name("conftest.py")
    spec = importlib.util.spec_from_file_location("stand_ins", path)
    assert spec is not None
    assert spec.loader is not None
    stand_ins = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(stand_ins)
    return stand_ins


def make_extractor(model: str = "fake", *, triage: bool = True) -> Any:  # noqa: ANN401 - likewise
    """Make the extractor of a worker process."""
    return load_stand_ins().FakeExtractor(model, None, triage=triage)


def put_stand_ins() -> Any:  # noqa: ANN401 - likewise
    """Put the extractor and the gazetteer of conftest.py in place of the real ones.

    Returns:
        conftest.py, as a module.
    """
    stand_ins = load_stand_ins()
    tools.EXTRACTOR = "fake_program:make_extractor"
    pipeline = ModuleType("incidents.extractors.pipeline")
    pipeline.Extractor = stand_ins.FakeExtractor  # type: ignore[attr-defined]
    sys.modules["incidents.extractors.pipeline"] = pipeline
    Gazetteer.open = staticmethod(lambda **_: stand_ins.FakeGazetteer())  # type: ignore[assignment]
    return stand_ins


if __name__ == "__main__":
    put_stand_ins()
    main()
