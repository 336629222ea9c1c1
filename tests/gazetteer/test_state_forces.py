"""Forces of all countries by name patterns."""

import pytest

from incidents.gazetteer import Gazetteer
from incidents.gazetteer.data_files import read_countries, read_templates


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [
        # army and its branches
        ("Malian army", "ml-fama"),
        ("Ukrainian forces", "ua-mil"),
        ("the Burmese military", "mm-sac"),
        ("Kenyan troops", "ke-mil"),
        ("Indian security forces", "in-army"),
        ("the Nigerian Air Force", "ng-mil"),
        ("Ghana Air Force", "gh-army"),
        ("Ukraine's air force", "ua-mil"),
        ("Russian navy", "ru-mil"),
        ("Mexican marines", "mx-army"),
        ("Indian Coast Guard", "in-army"),
        ("Egyptian border guards", "eg-army"),
        ("Gabonese republican guard", "ga-army"),
        ("Nigerien presidential guard", "ne-army"),
        ("Jordanian intelligence services", "jo-army"),
        ("Royal Thai Navy", "th-army"),
        # forces with a name of their own
        ("Pakistani Rangers", "pk-rangers"),
        ("Central Reserve Police Force", "in-crpf"),
        ("Ukrainian border guards", "ua-sbgs"),
        ("District Reserve Guard", "in-drg"),
        # police
        ("Turkish gendarmerie", "tr-police"),
        ("Israeli Border Police", "il-police"),
        ("Philippine National Police", "ph-police"),
        # governments
        ("Colombian authorities", "co-government"),
        ("the Swiss government", "ch-government"),
        ("Government of Nigeria", "ng-government"),
        ("Mali's government", "ml-government"),
        ("Burkinabe junta", "bf-government"),
        ("Myanmar government", "mm-sac"),
        ("Syrian authorities", "sy-gov"),
    ],
)
def test_state_forces_are_found(gaz: Gazetteer, name: str, actor_id: str) -> None:
    """Army, branches, police and government of a country, by demonym or by its name."""
    assert actor_id == gaz.find_actors(name)[0].actor.id


@pytest.mark.parametrize(
    "name",
    ["Presidential Guard", "government", "authorities", "the army", "Kenyan", "Colombian rebels",
     "Swiss opposition", "Nigerian officials", "Indian party", "Malian", "coast guard"],
)  # fmt: skip
def test_state_forces_are_not_guessed(gaz: Gazetteer, name: str) -> None:
    """A force without a country, or a country without a force, is no state force."""
    assert gaz.find_actors(name) == []


def test_state_forces_belong_to_their_government(gaz: Gazetteer) -> None:
    """Army and police are branches of the government, unless an actor stands for both."""
    parents = [getattr(gaz.actor(each), "parent", "") for each in ("tr-tsk", "pe-police", "mm-sac")]
    assert parents == ["tr-government", "pe-government", None]


def test_state_forces_have_one_government_each(gaz: Gazetteer) -> None:
    """Every country with a demonym has a government, as an actor of its own or within another."""
    missing = [
        row.code
        for row in read_countries()
        if row.demonyms and not gaz.find_actors(f"{row.demonyms[0]} government")
    ]
    assert missing == []


def test_state_forces_patterns_are_filled(gaz: Gazetteer) -> None:
    """Each pattern finds an actor of Kenya, which has one country name and one demonym."""
    patterns = [name for row in read_templates() for name in row.names]
    names = [each.format(demonym="Kenyan", country="Kenya") for each in patterns]
    found = [gaz.find_actors(name)[0].actor.countries[0] for name in names]
    assert found == ["KE"] * len(patterns)
