"""The command line: one command a file; no logic.

app.py           the program and its commands; tools.py: gazetteer and extractor, when needed
options.py, filter_options.py, filters.py  options that commands share
plain_help.py, examples.py, usage_errors.py  help, and what is said of wrong usage
errors.py        errors as a line and an exit code; notes.py, progress.py: the rest of stderr
output.py        results on stdout: table.py, summary.py and why_text.py, why_links.py lay them
out, with short_names.py, over terminal.py
"""

from incidents.cli.app import app, main

__all__ = ["app", "main"]
