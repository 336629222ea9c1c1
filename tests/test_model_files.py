"""The model's weights are the official ones, though a third party packs them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from incidents.extractors import model_files

KNOWN = model_files.known_models()
DEFAULT = KNOWN[model_files.DEFAULT_MODEL]
PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


@pytest.mark.parametrize("name", DEFAULT.files)
def test_weights_are_those_of_the_official_wheel(name: str) -> None:
    """A repacked model with other weights would be noticed."""
    folder = model_files.find_model(DEFAULT.package)
    assert folder is not None
    assert model_files.file_hash(folder / DEFAULT.folder / name) == DEFAULT.files[name]


def test_pinned_version_is_the_one_of_the_hashes() -> None:
    """pyproject.toml asks for the version whose hashes are known."""
    needed = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    assert f"{DEFAULT.package.replace('_', '-')}=={DEFAULT.version}" in needed


@pytest.mark.parametrize("model", KNOWN.values(), ids=list(KNOWN))
def test_hashes_are_whole(model: model_files.KnownModel) -> None:
    """Each is a SHA-256 in 43 characters, of the parts that decide what is read."""
    assert {"ner/model", "tok2vec/model", "parser/model"} <= model.files.keys()
    assert all(re.fullmatch(r"[\w-]{43}", found) for found in model.files.values())


def test_model_is_found_by_path(tmp_path: Path) -> None:
    """A folder with a `meta.json` is a pipeline; what is no pipeline has no version."""
    (tmp_path / "meta.json").write_text('{"name": "own", "version": "2.0"}', encoding="utf-8")

    assert model_files.find_model(str(tmp_path)) == tmp_path
    assert model_files.model_version(str(tmp_path)) == "own 2.0"
    assert model_files.find_model("no such/model") is None
    assert model_files.model_version("json") is None
