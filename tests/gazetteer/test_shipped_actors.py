"""UCDP's actors beside the project's own: found by their names, and by nothing shorter."""

import re

import pytest

from incidents.errors import GazetteerError
from incidents.gazetteer import Gazetteer, fold_tokens
from incidents.gazetteer.data_files import ActorNamesRow, ActorRow, read_actor_names, read_actors
from incidents.gazetteer.shipped_actors import read_shipped, with_names

FOUND = [
    # name, country, id
    ("Baloch Republican Army", "PK", "ucdp-289"),
    ("BRA", "PK", "ucdp-289"),
    ("Movement of Democratic Forces of Casamance", "SN", "ucdp-529"),
    ("Mouvement des forces démocratiques de Casamance", "SN", "ucdp-529"),
    ("MFDC", "SN", "ucdp-529"),
    ("UNITA", "AO", "ucdp-567"),
    ("Terceiro Comando Puro", "BR", "ucdp-4462"),
    ("Juarez Cartel", "MX", "ucdp-793"),
    ("Cártel de Juárez", "MX", "ucdp-793"),
    ("Misseriya tribesmen", "SD", "ucdp-1025"),
    ("Lou Nuer militia", "SS", "ucdp-706"),
    ("Duduble sub-clan", "SO", "ucdp-602"),
    # names that UCDP adds to actors of the project
    ("al-Qaida in the Arabian Peninsula", "YE", "ye-aqap"),
    ("Autodefensas Unidas de Colombia", "CO", "co-auc"),
    ("Twiganeho", "CD", "cd-twirwaneho"),
    ("Ansar Bayt al-Maqdis", "EG", "eg-sinai"),
]
FURTHER, NAMES = "actors_ucdp.json", "actors_ucdp_names.json"
NO_NAMES = [
    # an ordinary word, a people, a person, a place, a nation, another body
    "Union", "The Resistance", "The Reds", "Outlaws", "Farmers", "Supporters of Islam",
    "Yaka", "Luba", "Dizi", "Dinka", "Hausa", "Fur", "Ale", "Pan", "Hutu", "Han Chinese",
    "Ismail", "Suleiman", "Sunni", "Sunni (Lebanon)", "Tibet", "Indian", "Somali",
    "PRC", "PNA", "PLA", "Government of Hyderabad", "Supporters of BNP", "Awami League",
]  # fmt: skip


@pytest.mark.parametrize(("name", "country", "actor_id"), FOUND, ids=[row[0] for row in FOUND])
def test_shipped_actors_are_found(gaz: Gazetteer, name: str, country: str, actor_id: str) -> None:
    """Full names, abbreviations and native names find their actor in its country."""
    assert actor_id == gaz.find_actors(name, countries=[country])[0].actor.id


@pytest.mark.parametrize("name", NO_NAMES)
def test_shipped_actors_have_no_ordinary_names(gaz: Gazetteer, name: str) -> None:
    """What is a word, a people, a person or a place does not find an actor of UCDP."""
    found = [match.actor.id for match in gaz.find_actors(name) if match.reason != "sound"]
    assert [actor_id for actor_id in found if actor_id.startswith("ucdp-")] == []


def test_shipped_actors_have_full_rows() -> None:
    """UCDP's number is the id; its last year of fighting is not taken for an end."""
    rows = read_actors(FURTHER)
    assert [row.id for row in rows if not re.fullmatch(r"ucdp-\d+", row.id)] == []
    assert [row.id for row in rows if row.active_from or row.active_to or row.parent] == []
    assert [row.id for row in rows if not row.countries or not row.source] == []
    assert {row.kind for row in rows} == {"rebel group", "political militia", "identity militia"}


def test_shipped_actors_of_one_word_are_local() -> None:
    """A name of one word, or in capitals, counts only where the country is spoken of."""
    rows = (*read_actors(FURTHER), *read_actor_names(NAMES))
    wide = [name for row in rows for name in row.aliases]
    wide += [row.name for row in rows if isinstance(row, ActorRow) and row.name not in row.local]
    assert [name for name in wide if len(fold_tokens(name)) == 1 or name.isupper()] == []


def test_shipped_actors_are_peoples_by_their_armed_only() -> None:
    """An ethnic group or clan has no name that ends without its armed people, tribe or clan."""
    nouns = set("militia militias militiamen fighters gunmen tribesmen tribe clan subclan".split())
    peoples = [row for row in read_actors(FURTHER) if row.kind == "identity militia"]
    names = [name for row in peoples for name in (row.name, *row.aliases, *row.local)]
    assert len(peoples) > 200
    assert [name for name in names if fold_tokens(name)[-1] not in nouns] == []
    assert [row.id for row in peoples if row.aliases] == []


def test_shipped_actors_are_no_governments_or_factions() -> None:
    """Governments are patterns; factions, coalitions and a person's forces are left out."""
    rows = read_actors(FURTHER)
    names = [name for row in rows for name in (row.name, *row.aliases, *row.local)]
    odd = re.compile(r"Government of|Supporters of|Forces of [A-Z]\w+$|Military faction|.*,|.* - ")
    assert [name for name in names if odd.match(name)] == []


def test_shipped_actors_do_not_repeat_own() -> None:
    """No actor of UCDP bears the name of one of the project's in the same country."""
    own = {
        (fold_tokens(name), code): row.id
        for row in read_actors()
        for name in (row.name, *row.aliases, *row.local)
        for code in row.countries
    }
    twice = [
        (row.id, own[fold_tokens(name), code])
        for row in read_actors(FURTHER)
        for name in (row.name, *row.aliases, *row.local)
        for code in row.countries
        if (fold_tokens(name), code) in own
    ]
    assert twice == []


def test_with_names_puts_them_behind() -> None:
    """Further spellings come after the actor's own; other actors stay as they are."""
    rows = tuple(
        ActorRow(id=each, name=each, kind="rebel group", countries=(), aliases=("A",), source="s")
        for each in ("x", "y")
    )
    joined = with_names(
        rows, (ActorNamesRow(id="x", aliases=("B",), local=("C",), source="s"),), "f.json"
    )
    assert (joined[0].aliases, joined[0].local) == (("A", "B"), ("C",))
    assert joined[1] == rows[1]


def test_with_names_refuses_strangers() -> None:
    """A spelling of an actor that is not there is an error that names the file."""
    with pytest.raises(GazetteerError, match=r"f\.json: there is no actor 'z'"):
        with_names((), (ActorNamesRow(id="z", aliases=(), local=(), source="s"),), "f.json")


def test_read_shipped_keeps_own_first() -> None:
    """The project's own actors come first, so that they win where names clash."""
    ids = [row.id.startswith("ucdp-") for row in read_shipped()]
    assert ids == sorted(ids)
