"""Extract, resolve and link armed-conflict incidents from news articles, offline.

>>> import incidents
>>> article = incidents.Article(
...     id="a1", text="Gunmen killed three soldiers in Goma on Tuesday.", published=None
... )

The public names load lazily (PEP 562), so that no command pays for spaCy without using it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incidents.errors import IncidentsError
    from incidents.extractors.model_files import DEFAULT_MODEL
    from incidents.extractors.pipeline import Extractor
    from incidents.frames import to_dataframe
    from incidents.linking import link
    from incidents.model import Article, Incident, Report
    from incidents.notebook import to_html
    from incidents.store import open_store

__version__ = "0.1.0"

__all__ = [
    "DEFAULT_MODEL",
    "Article",
    "Extractor",
    "Incident",
    "IncidentsError",
    "Report",
    "__version__",
    "link",
    "open_store",
    "to_dataframe",
    "to_html",
]

_HOMES = {
    "DEFAULT_MODEL": "incidents.extractors.model_files",
    "Extractor": "incidents.extractors.pipeline",
    "Article": "incidents.model",
    "Incident": "incidents.model",
    "Report": "incidents.model",
    "IncidentsError": "incidents.errors",
    "link": "incidents.linking",
    "open_store": "incidents.store",
    "to_dataframe": "incidents.frames",
    "to_html": "incidents.notebook",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562
    home = _HOMES.get(name)
    if home is None:
        msg = f"module 'incidents' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(importlib.import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
