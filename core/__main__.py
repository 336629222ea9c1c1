"""The program as a process: the script `incidents`, and `python -m incidents`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the program; Ctrl-C while it loads, or ends, is no traceback."""
    try:
        from incidents.cli import main as run  # noqa: PLC0415 - it takes a moment

        run()
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        sys.exit(130)  # as `incidents.cli.errors` has it, which may not be there yet


if __name__ == "__main__":
    main()
