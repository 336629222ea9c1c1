"""Write the tables of columns into docs/exports.md from what each format says of itself.

    .venv/bin/python docs/make_exports.py

Below `<!-- columns NAME -->`, up to `<!-- end -->`, stands a row for each column of a format, below
`<!-- formats -->` one for each format. A test compares the page with the program.
"""

from __future__ import annotations

import re
from pathlib import Path

from incidents.exports import export_names, load_export

PAGE = Path(__file__).with_name("exports.md")
BLOCK = re.compile(r"<!-- (columns (\w+)|formats) -->\n.*?<!-- end -->", re.DOTALL)


def make_page(text: str) -> str:
    """Return the page with all its tables made anew.

    Args:
        text: the page in Markdown.
    """
    return BLOCK.sub(_fill, text)


def _fill(block: re.Match[str]) -> str:
    table = _columns(block[2]) if block[2] else _formats()
    return "\n".join((f"<!-- {block[1]} -->", *table, "<!-- end -->"))


def _columns(name: str) -> list[str]:
    rows = [
        f"| `{column.name}` | {'*blank:* ' if column.is_blank else ''}{column.about} |"
        for column in load_export(name).columns
    ]
    return ["| column | what it holds |", "|---|---|", *rows]


def _formats() -> list[str]:
    rows = []
    for name in export_names():
        export = load_export(name)
        options = ", ".join(
            f"`{option.name}={'` or `'.join(option.choices) or 'TEXT'}`"
            for option in export.options
        )
        rows.append(f"| `{name}` | {export.help} | {options} |")
    return ["| format | what it is | `--option` |", "|---|---|---|", *rows]


if __name__ == "__main__":
    PAGE.write_text(make_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
