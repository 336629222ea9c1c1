"""Numbered migrations of the database: each is a module, and applied once, in a transaction.

The number of the last applied migration is the database's `user_version`. `application_id` marks
the file as ours, so that a mistyped `--db` never writes into another program's database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.store.migrations import (
    m001_initial,
    m002_links,
    m003_titles_and_views,
    m004_indices,
    m005_runs,
    m006_more_filters,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

APPLICATION_ID = 0x494E4344  # "INCD"

MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    m001_initial.migrate,
    m002_links.migrate,
    m003_titles_and_views.migrate,
    m004_indices.migrate,
    m005_runs.migrate,
    m006_more_filters.migrate,
)
"""All migrations, oldest first; never edit one that was released, add the next."""
