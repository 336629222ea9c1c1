"""Places: every spelling finds its place, look-alikes do not."""

import pytest

from incidents.gazetteer import Gazetteer

QAMISHLI = "geonames:173377"
HASAKAH = "geonames:173811"
HASAKAH_PROVINCE = "geonames:173813"
SYRIA = "geonames:163843"


def first(gaz: Gazetteer, name: str, **scope: object) -> str | None:
    """Return the id of the best match, or None."""
    matches = gaz.find_places(name, **scope)  # type: ignore[arg-type] - passed through
    return matches[0].place.id if matches else None


@pytest.mark.parametrize(
    ("article", "name", "place_id"),
    [
        ("000", "Zalin", QAMISHLI),
        ("000", "ZALIN", QAMISHLI),
        ("000", "Syria", SYRIA),
        ("000", "North and East Syria", "incidents:sy-northeast"),
        ("000", "al-Wehda roundabout", "incidents:qamishli-wahda-roundabout"),
        ("000", "Qamishli", QAMISHLI),
        ("000", "Tay neighborhood", "incidents:qamishli-tay"),
        ("000", "Qamishli International Airport", "incidents:qamishli-airport"),
        ("001", "ܙܐܠܝܢ", QAMISHLI),
        ("001", "QAMISHLI", QAMISHLI),
        ("001", "Halku neighborhood", "incidents:qamishli-halko"),
        ("001", "Damascus", "geonames:170654"),
        ("002", "ERBIL", "geonames:95446"),
        ("002", "Kurdistan Region", "incidents:kurdistan-region"),
        ("002", "city of Qamishli", QAMISHLI),
        ("002", "Al-Wahda roundabout", "incidents:qamishli-wahda-roundabout"),
        ("002", "Hasaka", HASAKAH),
        ("002", "Rojava", "incidents:sy-northeast"),
        ("003", "Qamishlo", QAMISHLI),
        ("003", "QAMISHLO", QAMISHLI),
        ("003", "al-Tay neighborhood", "incidents:qamishli-tay"),
        ("003", "al-Wahda roundabout", "incidents:qamishli-wahda-roundabout"),
        ("003", "Qamishlo city", QAMISHLI),
        ("003", "Hasakah", HASAKAH),
        ("003", "Turkey", "geonames:298795"),
        ("004", "Alwahda Street", "incidents:qamishli-wahda-street"),
        ("004", "Khaleej Street", "incidents:qamishli-khalij-street"),
        ("004", "Hasakeh province", HASAKAH_PROVINCE),
    ],
)
def test_find_places_resolves_the_seeds(
    gaz: Gazetteer, article: str, name: str, place_id: str
) -> None:
    """Each place of the example articles, as written there, is found without context."""
    assert place_id == first(gaz, name), article


@pytest.mark.parametrize(
    "name",
    [
        "Qamishli", "Al-Qamishli", "Al Qamishli", "Qamishlo", "Qamişlo", "Kamishli", "Kamishly",
        "Quamishli", "Qameshli", "Zalin", "Zalîn", "Bet Zalin", "القامشلي", "ܙܐܠܝܢ", "qamishli",
        "Qamishli city", "the city of Qamishlo", "Qamichli",
    ],
)  # fmt: skip
def test_find_places_knows_all_spellings_of_qamishli(gaz: Gazetteer, name: str) -> None:
    """Every spelling of the city finds it."""
    assert first(gaz, name) == QAMISHLI


@pytest.mark.parametrize(
    ("name", "countries"), [("Qameshly", ["SY"]), ("Hasekeh", ["sy"]), ("Deir az Zoor", ["SY"])]
)
def test_find_places_uses_sound_in_a_country(
    gaz: Gazetteer, name: str, countries: list[str]
) -> None:
    """A spelling that nobody lists is found by sound where the country is known."""
    best = gaz.find_places(name, countries=countries)[0]
    assert (best.place.country_code, best.reason) == ("SY", "sound")


@pytest.mark.parametrize(
    ("name", "country"), [("Zlín", "CZ"), ("Yantai", "CN"), ("Zlin", "CZ"), ("Halle", "DE")]
)
def test_find_places_keeps_lookalikes_apart(gaz: Gazetteer, name: str, country: str) -> None:
    """Places that merely look like ours are themselves."""
    assert gaz.find_places(name)[0].place.country_code == country


@pytest.mark.parametrize(
    "name",
    [
        "said", "force", "week", "center", "side", "most", "Most", "police", "of", "March", "May",
        "Tuesday", "from", "shot", "split", "us", "car", "Wehda", "Khaleej", "Damascus Street",
        "Xyzzyville", "", "province",
    ],
)  # fmt: skip
def test_find_places_leaves_words_alone(gaz: Gazetteer, name: str) -> None:
    """Common words, bare street names and nonsense are no places."""
    assert gaz.find_places(name) == []


def test_find_places_answers_local_names_near_their_city(gaz: Gazetteer) -> None:
    """A bare local name ("Tay") is the neighbourhood only where the city is known."""
    assert first(gaz, "Tay") is None
    assert first(gaz, "Tay", countries=["SY"]) is None
    assert first(gaz, "Tay", near=[QAMISHLI]) == "incidents:qamishli-tay"
    assert first(gaz, "Tay", near=["geonames:170654"]) is None
    assert first(gaz, "Wahda roundabout", countries=["YE"]) is None


def test_find_places_prefers_the_country_in_scope(gaz: Gazetteer) -> None:
    """Scope decides between places of one name; without scope population does."""
    assert first(gaz, "Tripoli") == "geonames:2210247"
    assert first(gaz, "Tripoli", countries=["LB"]) == "geonames:266826"


def test_find_places_prefers_a_known_town_to_a_likeness_in_scope(gaz: Gazetteer) -> None:
    """In news of the United States, "Kabul" is no Cabool, Missouri; "Cabool" still is."""
    assert first(gaz, "Kabul", countries=["US"]) == "geonames:1138958"
    assert first(gaz, "Cabool", countries=["US"]) == "geonames:4379478"


def test_find_places_steers_by_kind_word(gaz: Gazetteer) -> None:
    """The same name is a city, a province or an airport, as the word says."""
    kinds = [
        gaz.find_places(name)[0].place.kind
        for name in ("Idlib", "Idlib province", "Hasakah governorate", "Qamishli airport")
    ]
    assert kinds == ["city", "admin1", "admin1", "airport"]


def test_find_places_doubts_first_names(gaz: Gazetteer) -> None:
    """A name that people bear scores low, with a kind word it does not."""
    assert gaz.find_places("Ali")[0].score < 0.5
    assert gaz.find_places("village of Ali")[0].score > 0.7


def test_find_places_doubts_demonyms(gaz: Gazetteer) -> None:
    """A demonym is hardly ever a place."""
    assert all(match.score < 0.5 for match in gaz.find_places("Syrian"))


def test_find_places_sorts_and_limits(gaz: Gazetteer) -> None:
    """Answers come best first, at most as many as asked for, scores within 0 to 1."""
    scores = [match.score for match in gaz.find_places("San Antonio", limit=5)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 5
    assert all(0 < score <= 1 for score in scores)


def test_place_has_its_containers(gaz: Gazetteer) -> None:
    """A neighbourhood lies in city, province and country, nearest first."""
    place = gaz.place("incidents:qamishli-tay")
    assert place is not None
    assert place.within == ("Qamishli", "Al-Hasakah", "Syria")
    assert place.within_ids == (QAMISHLI, HASAKAH_PROVINCE, SYRIA)
    assert (place.country_code, place.admin1) == ("SY", "Al-Hasakah")


def test_place_is_none_for_unknown_ids(gaz: Gazetteer) -> None:
    """Unknown and odd ids are no places."""
    unknown = ("geonames:0", "geonames:x", "incidents:none", "", "173377")
    assert [gaz.place(each) for each in unknown] == [None] * 5


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("incidents:qamishli-tay", QAMISHLI, True),
        ("incidents:qamishli-tay", SYRIA, True),
        (QAMISHLI, QAMISHLI, False),
        (QAMISHLI, HASAKAH_PROVINCE, True),
        (QAMISHLI, HASAKAH, False),
        (SYRIA, QAMISHLI, False),
    ],
)
def test_place_lies_within_its_containers(
    gaz: Gazetteer, inner: str, outer: str, *, expected: bool
) -> None:
    """A place is within all its containers, not within its neighbours or itself."""
    place = gaz.place(inner)
    assert place is not None
    assert (outer in place.within_ids) is expected


@pytest.mark.parametrize(
    ("name", "countries", "expected"),
    [
        ("Tripoli", (), "LY"),
        ("Tripoli", ("LB",), "LB"),
        ("Tripoli", ("LY",), "LY"),
        ("Georgia", (), "GE"),
        ("Georgia", ("US",), "US"),
        ("Georgia", ("US", "GE"), "GE"),
        ("Mali", (), "ML"),
        ("Mali", ("GN",), "ML"),
        ("Hama", (), "SY"),
    ],
)
def test_find_places_settles_homonyms_by_scope(
    gaz: Gazetteer, name: str, countries: tuple[str, ...], expected: str
) -> None:
    """Countries in scope settle what a name means; the others stay as runners-up."""
    matches = gaz.find_places(name, countries=countries)
    assert expected == matches[0].place.country_code
    assert len({match.place.country_code for match in matches}) > 1
