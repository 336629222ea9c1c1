"""Names to places and actors: the data, name matching and resolution."""

from incidents.gazetteer.gazetteer import Gazetteer
from incidents.gazetteer.model import Actor, ActorMatch, Outlet, Place, PlaceMatch
from incidents.gazetteer.names import fold_name, fold_tokens, is_article

__all__ = [
    "Actor",
    "ActorMatch",
    "Gazetteer",
    "Outlet",
    "Place",
    "PlaceMatch",
    "fold_name",
    "fold_tokens",
    "is_article",
]
