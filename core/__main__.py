"""`python -m incidents`: the program, where its script is not in the PATH."""

from __future__ import annotations

from incidents.cli import main

if __name__ == "__main__":
    main()
