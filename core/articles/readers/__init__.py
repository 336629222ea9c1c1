"""One format, one module: each has a `READER`, and `registry.py` finds them by looking here.

A new format is a new module. Libraries are imported inside its functions, so that a run pays for
the formats it meets and for no other.
"""
