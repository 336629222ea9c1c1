"""How Sphinx builds the pages in this folder into a static site.

    .venv/bin/sphinx-build -W docs build/site

`-W` turns a warning into an error: a broken link, a missing page, an unknown name.
"""

from __future__ import annotations

import incidents

project = "incidents"
copyright = "the incidents project, Apache-2.0"  # noqa: A001 - Sphinx reads this name
version = release = incidents.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["Thumbs.db"]
suppress_warnings = ["myst.strikethrough"]

myst_heading_anchors = 3  # README-style links such as `evaluation.md#confidence`
# GitHub shows the pages too: no syntax of Sphinx stands in them but the `{toctree}` of index.md
# and the `{eval-rst}` of the reference.

default_role = "code"  # single backticks in docstrings
smartquotes = False  # "--" is an option, not a dash

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autoclass_content = "class"
napoleon_use_ivar = True

html_theme = "furo"
html_title = f"incidents {release}"
html_show_sourcelink = False
html_copy_source = False
