"""Fetch the JavaScript libraries of the page: `core/exports/page/vendor`.

Usage: pack_page_libraries.py. Needs npm and a network. Takes the minified builds of the versions
below as their makers publish them, with their licences, and writes a list of what was taken, which
the tests compare with the files. To take a newer version, change the number here and run it again;
`docs/dependencies.md` says why each is there.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "core" / "exports" / "page" / "vendor"
# Package, version, the builds taken from it; in the order in which a page loads them.
LIBRARIES = (
    ("leaflet", "1.9.4", ("dist/leaflet.js", "dist/leaflet.css")),
    ("topojson-client", "3.1.0", ("dist/topojson-client.min.js",)),
    ("d3-dispatch", "3.0.1", ("dist/d3-dispatch.min.js",)),
    ("d3-selection", "3.0.0", ("dist/d3-selection.min.js",)),
    ("d3-drag", "3.0.0", ("dist/d3-drag.min.js",)),
    ("d3-color", "3.1.0", ("dist/d3-color.min.js",)),
    ("d3-interpolate", "3.0.1", ("dist/d3-interpolate.min.js",)),
    ("d3-timer", "3.0.1", ("dist/d3-timer.min.js",)),
    ("d3-ease", "3.0.1", ("dist/d3-ease.min.js",)),
    ("d3-transition", "3.0.1", ("dist/d3-transition.min.js",)),
    ("d3-brush", "3.0.0", ("dist/d3-brush.min.js",)),
    ("d3-array", "3.2.4", ("dist/d3-array.min.js",)),
    ("d3-time", "3.1.0", ("dist/d3-time.min.js",)),
    ("d3-time-format", "4.1.0", ("dist/d3-time-format.min.js",)),
    ("d3-format", "3.1.0", ("dist/d3-format.min.js",)),
    ("d3-scale", "4.0.2", ("dist/d3-scale.min.js",)),
    ("d3-axis", "3.0.0", ("dist/d3-axis.min.js",)),
)


def main() -> None:
    """Write the builds, their licences and the list of them."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    for old in VENDOR.iterdir():
        old.unlink()
    taken = [_take(*library) for library in LIBRARIES]
    (VENDOR / "libraries.json").write_text(json.dumps(taken, indent=2) + "\n", encoding="utf-8")


def _take(name: str, version: str, builds: tuple[str, ...]) -> dict[str, object]:
    """Fetch one package and keep its builds and its licence."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["npm", "pack", "--silent", f"{name}@{version}"],  # noqa: S607 - the user's npm
            check=True,
            capture_output=True,
            text=True,
            cwd=folder,
        )
        with tarfile.open(Path(folder) / done.stdout.split()[-1]) as archive:
            held = {member.name: member for member in archive.getmembers()}

            def read(path: str) -> bytes:
                found = archive.extractfile(held[f"package/{path}"])
                if found is None:
                    message = f"{name}@{version} holds no file {path}"
                    raise FileNotFoundError(message)
                return found.read()

            package = json.loads(read("package.json"))
            (VENDOR / f"{name}.LICENSE").write_bytes(read("LICENSE"))
            files = {}
            for build in builds:
                content = read(build).replace(b"//# sourceMappingURL=leaflet.js.map", b"")
                target = VENDOR / Path(build).name
                target.write_bytes(content)
                files[target.name] = hashlib.sha256(content).hexdigest()
    licence = package["license"]
    return {"name": name, "version": version, "licence": licence, "sha256": files}


if __name__ == "__main__":
    main()
