"""Actors and outlets: every spelling finds its actor, others stay apart."""

import pytest

from incidents.gazetteer import Gazetteer, fold_tokens


@pytest.mark.parametrize(
    ("article", "name", "actor_id"),
    [
        ("000", "National Defense Forces", "sy-ndf"),
        ("000", "NDF", "sy-ndf"),
        ("000", "Internal Security Forces", "sy-isf"),
        ("000", "ISF", "sy-isf"),
        ("000", "Democratic Autonomous Administration", "sy-aanes"),
        ("000", "DAA", "sy-aanes"),
        ("000", "North and East Syria security forces", "sy-isf"),
        ("000", "Syrian regime", "sy-gov"),
        ("000", "Russian forces", "ru-mil"),
        ("000", "Sutoro", "sy-sutoro"),
        ("000", "Syriac Security Forces", "sy-sutoro"),
        ("001", "Internal Security Forces of North and East Syria", "sy-isf"),
        ("001", "National Defense Force", "sy-ndf"),
        ("001", "Syrian Government", "sy-gov"),
        ("002", "Asayish forces", "sy-isf"),
        ("002", "National Defence Forces", "sy-ndf"),
        ("002", "National Defense Militia", "sy-ndf"),
        ("002", "Syrian Democratic Forces", "sy-sdf"),
        ("003", "Kurdish Asayish security forces", "sy-isf"),
        ("003", "SDF", "sy-sdf"),
        ("003", "regime troops", "sy-gov"),
        ("003", "Syrian military forces", "sy-saa"),
        ("003", "Islamic State group", "is"),
        ("004", "Syrian Regime fighters", "sy-gov"),
        ("004", "Asayish", "sy-isf"),
        ("004", "Alasayish", "sy-isf"),
        ("004", "Alasayish forces", "sy-isf"),
        ("004", "Rojava Asayish forces", "sy-isf"),
        ("004", "Kurdish internal security forces", "sy-isf"),
        ("004", "National Defense", "sy-ndf"),
    ],
)
def test_find_actors_resolves_the_seeds(
    gaz: Gazetteer, article: str, name: str, actor_id: str
) -> None:
    """Each actor of the example articles, as written there, is found in Syria."""
    assert actor_id == gaz.find_actors(name, countries=["SY"])[0].actor.id, article


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [
        ("the Houthis", "ye-houthi"),
        ("Daesh", "is"),
        ("Malian soldiers", "ml-fama"),
        ("Ugandan army", "ug-updf"),
        ("Peruvian police", "pe-police"),
        ("Hayat Tahreer al Sham", "sy-hts"),
        ("M23 rebels", "cd-m23"),
        ("RSF", "sd-rsf"),
    ],
)
def test_find_actors_knows_the_world(gaz: Gazetteer, name: str, actor_id: str) -> None:
    """Well-known actors are found without a country."""
    assert actor_id == gaz.find_actors(name)[0].actor.id


@pytest.mark.parametrize("name", ["Kurdish forces", "Kurdish fighters", "gunmen", "Rudaw", ""])
def test_find_actors_leaves_descriptions_alone(gaz: Gazetteer, name: str) -> None:
    """A description that fits several actors, or an outlet, is no actor."""
    assert gaz.find_actors(name) == []


@pytest.mark.parametrize(
    ("name", "country", "actor_id"),
    [
        ("ISF", "SY", "sy-isf"),
        ("ISF", "LB", "lb-isf"),
        ("ISF", "IQ", "iq-army"),
        ("Asayish", "IQ", "iq-asayish"),
        ("SNA", "SO", "so-sna"),
        ("SNA", "SY", "sy-sna"),
    ],
)
def test_find_actors_lets_the_country_decide(
    gaz: Gazetteer, name: str, country: str, actor_id: str
) -> None:
    """An abbreviation that actors share means the one of the country."""
    assert actor_id == gaz.find_actors(name, countries=[country])[0].actor.id


def test_find_actors_lets_the_year_decide(gaz: Gazetteer) -> None:
    """The army of Syria is another one after 2024."""
    found = [gaz.find_actors("Syrian army", year=year)[0].actor.id for year in (2021, 2025)]
    assert found == ["sy-saa", "sy-transitional"]


def test_actors_carry_years_kind_and_parent(gaz: Gazetteer) -> None:
    """The NDF existed from 2012 to 2024; Sutoro is a branch of the ISF."""
    ndf, sutoro, isf = (gaz.actor(each) for each in ("sy-ndf", "sy-sutoro", "sy-isf"))
    assert ndf is not None
    assert sutoro is not None
    assert isf is not None
    assert (ndf.active_from, ndf.active_to, ndf.kind) == (2012, 2024, "political militia")
    assert sutoro.parent == "sy-isf"
    assert isf.kind == "rebel group"
    assert gaz.actor("none") is None


def test_actor_names_hold_every_spelling(gaz: Gazetteer) -> None:
    """Each name and alias of each actor is in the map under its tokens, with that actor."""
    names = gaz.actor_names()
    missing = [
        (actor.id, spelling)
        for actor in gaz.actors()
        for spelling in (actor.name, *actor.aliases)
        if actor.id not in names.get(fold_tokens(spelling.removeprefix("The ")), ())
    ]
    assert missing == []


def test_actor_names_hold_fused_articles(gaz: Gazetteer) -> None:
    """`Al-Asayish` is also found as `Alasayish`."""
    assert gaz.actor_names()[("alasayish",)] == ("sy-isf",)


def test_acronyms_tell_is_from_is(gaz: Gazetteer) -> None:
    """Names that are words when written small count only in capitals; others always."""
    acronyms = gaz.acronyms()
    assert ("is",) in acronyms
    assert ("ndf",) in acronyms
    assert ("asayish",) not in acronyms
    assert ("داعش",) not in acronyms


def test_branch_has_every_country(gaz: Gazetteer) -> None:
    """Each country has an army; named ones stand in for the pattern."""
    found = [getattr(gaz.branch(code, "army"), "id", None) for code in ("SY", "us", "UG", "XX")]
    assert found == ["sy-saa", "us-mil", "ug-updf", None]


@pytest.mark.parametrize(
    ("spelling", "outlet"),
    [
        ("Rudaw", "Rudaw"),
        ("K24", "Kurdistan 24"),
        ("Kurdistan 24", "Kurdistan 24"),
        ("ANHA", "ANHA"),
        ("Hawar News Agency", "ANHA"),
        ("Syrian Observatory for Human Rights", "SOHR"),
        ("SyriacPress", "SyriacPress"),
        ("Media Center of the ISF", "Media Center of the ISF"),
        ("Al Jazeera", "Al Jazeera"),
    ],
)
def test_outlets_hold_the_spellings(gaz: Gazetteer, spelling: str, outlet: str) -> None:
    """Outlets and monitors are known by name and abbreviation."""
    assert [o.name for o in gaz.outlets() if spelling in (o.name, *o.aliases)] == [outlet]


def test_outlets_are_no_actors(gaz: Gazetteer) -> None:
    """No outlet of the seeds is in the actors' map: sources are never parties."""
    names = gaz.actor_names()
    outlets = ("Rudaw", "K24", "Kurdistan 24", "ANHA", "Hawar News Agency", "SOHR")
    assert [each for each in outlets if fold_tokens(each) in names] == []
