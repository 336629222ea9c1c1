"""Names to places and actors: the data, name matching and resolution.

gazetteer.py     what the rest of the program asks
model.py         places, actors, outlets, and the answers about them
names.py         keys under which spellings of one name meet
places.py        a place's name -> places, from the sure spelling to the doubtful; kinds.py: words
such as "province"; fuzzy.py: likely misspellings
spelling.py      names as strings of sounds; odds.py: how likely two are one name;
country_spellings.py: all of a country, kept as a file
actors.py        an actor's name -> actors; outlets
shipped_actors.py, state_forces.py, countries.py  what actors.py looks up
data_folder.py   where the data files are; data_files.py, wide_places.py: their schemas
build.py         the index of places; index.py finds it or has it built; reader.py reads it;
numbers.py: which place has which number in it
cache.py         files that are built once; actor_cache.py: the tables of actors
user.py          the user's own entries; importing.py, checking.py, sources.py: in, right, out
version.py       a hash of all that names are looked up in
"""

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
