"""What the program is made of and what it reads: pinned by hash, and nothing that runs code."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("cli", "core", "extractors", "gazetteer")
MODULES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))

HASHED = re.compile(r"([\w.-]+)==([\w.+!-]+)((?: --hash=sha256:[0-9a-f]{64})+)")

# Modules that make objects, and so run code, from bytes.
UNSAFE_MODULES = {
    "pickle",
    "cPickle",
    "marshal",
    "shelve",
    "dill",
    "cloudpickle",
    "joblib",
    "torch",
}
# Calls that run what they are given, or read it with a loader that does.
UNSAFE_CALLS = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "os.system",
    "os.popen",
    "yaml.load",
    "yaml.load_all",
    "yaml.unsafe_load",
    "yaml.full_load",
    "torch.load",
    "numpy.load",
    "np.load",
    "pandas.read_pickle",
    "pd.read_pickle",
    "srsly.pickle_loads",
    "runpy.run_path",
    "runpy.run_module",
}
# Modules that read what users and data files hold. XML goes through defusedxml, of which the
# standard library's parsers are the base.
UNSAFE_READERS = {"xml.sax", "xml.dom", "xml.etree", "xmlrpc", "plistlib", "configparser"}
ALLOWED_READERS = {("core/articles/readers/feed.py", "xml.etree")}


def pins(path: Path) -> list[str]:
    """The lines of a constraints file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_hashes_are_of_the_pinned_versions() -> None:
    """Both files name the same packages in the same versions, and each has its hash."""
    hashed = pins(ROOT / "constraints-hashes.txt")
    assert [line for line in hashed if HASHED.fullmatch(line) is None] == []
    assert [line.split(" ")[0] for line in hashed] == pins(ROOT / "constraints.txt")


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-hashes.txt", "pyproject.toml"])
def test_no_index_is_named(name: str) -> None:
    """Packages come from the index that the user has set, never from one that a file names."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"--(?:extra-)?index-url|--find-links|--trusted-host|\w+ @ ", text) == []
    assert name == "pyproject.toml" or "://" not in text


def test_hashes_are_those_that_pip_reports() -> None:
    """The script that writes the file puts each hash behind its pin, whatever the spelling."""
    sys.path.insert(0, str(ROOT / ".ci"))
    try:
        import pin_hashes
    finally:
        sys.path.pop(0)
    report = {
        "install": [
            {
                "metadata": {"name": name, "version": "1.0"},
                "download_info": {"archive_info": {"hashes": {"sha256": digest * 64}}},
            }
            for name, digest in (("Two_Words", "b"), ("one", "a"))
        ]
    }

    made = pin_hashes.make_file(report, "# pins\none==1.0\ntwo-words==1.0\n")

    assert pins_of(made) == [
        f"one==1.0 --hash=sha256:{'a' * 64}",
        f"two-words==1.0 --hash=sha256:{'b' * 64}",
    ]
    with pytest.raises(SystemExit, match=r"one==2\.0: pip reports no file"):
        pin_hashes.make_file(report, "one==2.0\n")


def pins_of(text: str) -> list[str]:
    """The lines of a text that are no comments."""
    return [line for line in text.splitlines() if not line.startswith("#")]


def unsafe(source: str, path: str = "core/x.py") -> list[str]:
    """What in a module can run code that comes with data."""
    found = []
    for node in ast.walk(ast.parse(source)):
        found += [name for name in _imported(node) if _is_unsafe_module(name, path)]
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            is_unsafe = name in UNSAFE_CALLS or name.removeprefix("builtins.") in UNSAFE_CALLS
            if is_unsafe and not _has_safe_loader(node):
                found.append(name)
            found += _unsafe_options(name, node)
    return found


def _has_safe_loader(node: ast.Call) -> bool:
    """Whether YAML is read by a loader that makes strings, numbers and tables only."""
    loaders = [ast.unparse(option.value) for option in node.keywords if option.arg == "Loader"]
    return loaders in (["yaml.BaseLoader"], ["yaml.SafeLoader"])


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _is_unsafe_module(name: str, path: str) -> bool:
    if name.split(".", maxsplit=1)[0] in UNSAFE_MODULES:
        return True
    if any(f"{name}.".startswith(f"{reader}.") for reader in UNSAFE_READERS):
        return not any(path == file and name.startswith(own) for file, own in ALLOWED_READERS)
    # `from yaml import load` is `yaml.load` under another name
    return name in UNSAFE_CALLS


def _unsafe_options(name: str, node: ast.Call) -> Iterator[str]:
    for option in node.keywords:
        value = ast.unparse(option.value)
        if option.arg == "shell" and value != "False":
            yield f"{name}(shell={value})"
        if option.arg == "allow_pickle" and value != "False":
            yield f"{name}(allow_pickle={value})"
        if option.arg == "resolve_entities" and value != "False":
            yield f"{name}(resolve_entities={value})"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_runs_code_from_data(path: Path) -> None:
    """No pickle, no eval, no shell, no YAML loader that makes objects: only text and tables."""
    assert unsafe(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT))) == []


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from marshal import loads",
        "import torch.nn",
        "eval('1')",
        "builtins.exec(code)",
        "import yaml\nyaml.load(text, Loader=yaml.Loader)",
        "from yaml import load",
        "subprocess.run(command, shell=True)",
        "numpy.asarray(x); np.load(path, allow_pickle=True)",
        "import xml.etree.ElementTree",
        "from xml.sax import parse",
        "etree.XMLParser(resolve_entities=True)",
        "os.system('ls')",
    ],
)
def test_what_runs_code_is_seen(source: str) -> None:
    """The test above would notice each of these."""
    assert unsafe(source) != []


@pytest.mark.parametrize(
    "source",
    [
        "yaml.safe_load(text)",
        "re.compile(x)",
        "store.load(1)",
        "json.loads(text)",
        "import msgspec",
    ],
)
def test_what_is_safe_is_let_through(source: str) -> None:
    """Safe loaders and namesakes are no finding."""
    assert unsafe(source) == []
