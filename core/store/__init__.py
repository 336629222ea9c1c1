"""The SQLite store of articles, reports and incidents.

store.py         what the rest of the program asks and gives
connect.py       open the file; migrate.py and `migrations/` bring it up to date
transactions.py  write all or nothing; database.py: say in one line what is wrong
rows.py          objects -> rows (domains.py: where an article comes from)
objects.py       rows -> objects
filters.py       which incidents to show, by names (lookup.py, names.py) and by distance
(circles.py)
links.py         what linking keeps between runs
runs.py          what each run of `extract` used and found
erase.py         delete articles so that nothing of them is left
"""

from incidents.store.circles import Circle
from incidents.store.filters import IncidentFilter
from incidents.store.store import PutResult, Store, open_store

__all__ = ["Circle", "IncidentFilter", "PutResult", "Store", "open_store"]
