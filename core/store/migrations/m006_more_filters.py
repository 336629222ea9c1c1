"""Sixth version: the domain of each article, and an index for each further filter of `show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.store.domains import domain_of

if TYPE_CHECKING:
    import sqlite3


def migrate(db: sqlite3.Connection) -> None:
    """Add the domain, and what finds sources, points, deaths and kinds of actors by an index."""
    db.create_function("domain_of", 1, domain_of, deterministic=True)
    for statement in (
        "ALTER TABLE article ADD COLUMN domain TEXT",
        "UPDATE article SET domain = domain_of(url) WHERE url IS NOT NULL",
        # names are looked through, each once: see `store/names.py`
        "CREATE INDEX article_by_publisher ON article (publisher)",
        "CREATE INDEX article_by_domain ON article (domain) WHERE domain IS NOT NULL",
        "CREATE INDEX incident_by_position ON incident (latitude, longitude)",
        "CREATE INDEX incident_by_deaths ON incident (fatalities_low)",
        "CREATE INDEX incident_actor_by_kind ON incident_actor (kind, incident_id)",
    ):
        db.execute(statement)
