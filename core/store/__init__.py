"""The SQLite store of articles, reports and incidents."""

from incidents.store.circles import Circle
from incidents.store.filters import IncidentFilter
from incidents.store.store import PutResult, Store, open_store

__all__ = ["Circle", "IncidentFilter", "PutResult", "Store", "open_store"]
