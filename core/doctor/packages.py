"""Python, this package, and those that it needs: all there, in versions that go together?"""

from __future__ import annotations

import platform
import sys
from importlib import metadata
from typing import TYPE_CHECKING

from incidents import __version__
from incidents.doctor.check import Check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packaging.requirements import Requirement

_LEAST_PYTHON = (3, 11)
_FOR_WORK = frozenset({"dev", "docs", "mutation"})  # extras that users of the program do not need


def check_packages() -> Iterator[Check]:
    """Check versions of the program, of Python, and of each package that is needed."""
    yield Check(area="packages", name="incidents", found=__version__)
    is_known = sys.version_info >= _LEAST_PYTHON
    yield Check(
        area="packages",
        name="Python",
        state="ok" if is_known else "fault",
        found=f"{platform.python_version()} on {platform.system()} {platform.machine()}",
        advice=None if is_known else "install Python 3.11 or newer",
    )
    needed = [need for need in _requirements() if _is_wanted(need, "")]
    faults = list(_faults(needed))
    yield from faults
    yield Check(area="packages", name="spaCy", found=_version("spacy") or "not installed")
    if not faults:
        yield Check(
            area="packages",
            name="dependencies",
            found=f"{len(needed)} packages, all in versions that go together",
        )


def check_extras() -> Iterator[Check]:
    """Say which optional packages are there; none has to be."""
    extras = metadata.metadata("incidents").get_all("Provides-Extra") or []
    for extra in sorted(set(extras) - _FOR_WORK):
        needed = [
            need for need in _requirements() if _is_wanted(need, extra) and not _is_wanted(need, "")
        ]
        missing = [need for need in needed if _version(need.name) is None]
        wrong = list(_faults(need for need in needed if need not in missing))
        yield from wrong
        if missing:
            yield Check(
                area="extras",
                name=extra,
                state="note",
                found=f"not installed ({', '.join(need.name for need in missing)})",
                advice=f"pip install 'incidents[{extra}]', if you need it",
            )
        elif not wrong:
            found = ", ".join(f"{need.name} {_version(need.name)}" for need in needed)
            yield Check(area="extras", name=extra, found=found)


def _faults(needed: Iterable[Requirement]) -> Iterator[Check]:
    """The packages that are missing or of a version that is not known to go with this one."""
    for need in needed:
        version = _version(need.name)
        if version is not None and need.specifier.contains(version, prereleases=True):
            continue
        yield Check(
            area="packages",
            name=need.name,
            state="fault",
            found=f"{version or 'not installed'}; {need.specifier or 'any version'} is needed",
            advice=f"pip install '{need.name}{need.specifier}'",
        )


def _requirements() -> list[Requirement]:
    from packaging.requirements import Requirement  # noqa: PLC0415 - only needed here

    return [Requirement(line) for line in metadata.requires("incidents") or []]


def _is_wanted(need: Requirement, extra: str) -> bool:
    return need.marker is None or need.marker.evaluate({"extra": extra})


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
