"""Word lists: headers, duplicates, and the value of each word that has one."""

from __future__ import annotations

import calendar
import tomllib
from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from incidents.extractors.dates import find_dates
from incidents.extractors.quantities import number_of, read_quantity
from incidents.extractors.triggers import frames
from incidents.extractors.vocabulary import load_words, word_set
from incidents.model import EVENT_TYPE_OF

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATA = files("incidents.extractors") / "data"
NAMES = sorted(p.name.removesuffix(".toml") for p in _DATA.iterdir() if p.name.endswith(".toml"))
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NOUNS = {"dozen": 12, "score": 20, "couple": 2, "pair": 2, "trio": 3, "duo": 2}
VAGUE = {
    "several": 3, "a few": 3, "few": 3, "quite a few": 3, "some": 1, "many": 3, "multiple": 3,
    "numerous": 3, "various": 3, "dozens": 24, "tens": 20, "scores": 40, "hundreds": 200,
    "thousands": 2000, "several hundred": 300, "several dozen": 36, "several thousand": 3000,
    "a few hundred": 300, "a few dozen": 36, "many dozens": 24, "tens of thousands": 20000,
    "hundreds of thousands": 200_000, "an unknown number": 1, "unknown number": 1,
    "an unspecified number": 1, "unspecified number": 1, "an undisclosed number": 1, "a number": 1,
    "undetermined number": 1, "large number": 1, "unknown numbers": 1, "several hundreds": 300,
    "several dozens": 36, "several thousands": 3000, "a few thousand": 3000, "few dozen": 36,
    "few hundred": 300, "few thousand": 3000,
}  # fmt: skip


def _lists(node: Any, path: str = "") -> Iterator[tuple[str, list[Any]]]:  # noqa: ANN401 - TOML
    if isinstance(node, list):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _lists(value, f"{path}.{key}" if path else key)


@pytest.mark.parametrize("name", NAMES)
def test_word_list_states_its_source_and_licence(name: str) -> None:
    """Each file of words opens with source, licence, day of retrieval and language."""
    words = load_words(name)

    assert words["source"]
    assert words["licence"]
    assert words["language"] == "en"
    assert words["retrieved"].year > 2000


@pytest.mark.parametrize("name", NAMES)
def test_word_list_says_nothing_twice(name: str) -> None:
    """No list of a file holds a word twice, and none is empty by accident of an edit."""
    text = (_DATA / f"{name}.toml").read_text(encoding="utf-8")

    twice = {
        path: [word for word, n in Counter(map(str, words)).items() if n > 1]
        for path, words in _lists(tomllib.loads(text))
    }

    assert {path: words for path, words in twice.items() if words} == {}


@pytest.mark.parametrize("name", NAMES)
def test_word_list_holds_lower_case_words_without_stray_blanks(name: str) -> None:
    """Words are compared in lower case, so a capital or a blank would never match."""
    words = [w for _, items in _lists(load_words(name)) for w in items if isinstance(w, str)]

    assert [w for w in words if w != w.strip() or w != w.lower() or "  " in w] == []


def test_word_list_without_source_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without its header names itself and what it lacks."""
    monkeypatch.setattr(tomllib, "loads", lambda _: {"source": "x", "language": "en"})

    with pytest.raises(ValueError, match=r"speech\.toml: no licence, retrieved; state where"):
        load_words.__wrapped__("speech")


def test_word_set_is_the_list_of_the_file() -> None:
    """A set holds what the list of the file holds."""
    assert word_set("speech", "unreal", "modals") == set(load_words("speech")["unreal"]["modals"])


def test_units_and_tens_are_all_listed() -> None:
    """The file knows zero to nineteen and the tens, and nothing else."""
    words = load_words("quantities")

    assert dict(zip(UNITS, range(20), strict=True)) == words["units"]
    assert dict(zip(TENS, range(20, 100, 10), strict=True)) == words["tens"]


@pytest.mark.parametrize(
    "word", [*load_words("quantities")["units"], *load_words("quantities")["tens"]]
)
def test_number_word_has_its_value(word: str) -> None:
    """Each number word reads as its number."""
    expected = UNITS.index(word) if word in UNITS else 10 * TENS.index(word) + 20

    assert (expected, 1) == number_of([word, "people"])


@pytest.mark.parametrize("word", load_words("quantities")["multipliers"])
def test_multiplier_has_its_value(word: str) -> None:
    """Each multiplier multiplies by its power of ten."""
    power = {"hundred": 100, "thousand": 1000, "million": 1_000_000}[word]

    assert (3 * power, 2) == number_of(["three", word, "people"])


@pytest.mark.parametrize("word", load_words("quantities")["nouns"])
def test_number_noun_has_its_value(word: str) -> None:
    """Each noun that counts reads as its number behind "a"."""
    assert (NOUNS[word], NOUNS[word]) == read_quantity(["a", word, "of", "men"])[:2]  # type: ignore[index]  # None fails the test as it should


@pytest.mark.parametrize("phrase", load_words("quantities")["vague"])
def test_vague_quantity_has_its_lowest_count(phrase: str) -> None:
    """Each vague quantity gives the fewest people that its words allow, and no most."""
    found = read_quantity([*phrase.split(), "people"])

    assert found is not None
    assert (VAGUE[phrase], None) == found[:2]


@pytest.mark.parametrize(
    ("table", "low", "high"),
    [("lower_bounds", 20, None), ("above", 21, None), ("approximations", 20, 20)],
)
def test_bound_words_of_each_table_bound_the_count(table: str, low: int, high: int | None) -> None:
    """Each phrase before a number does to the count what its table says."""
    # "some other" is read as the vague "some"
    phrases = set(load_words("quantities")[table]["phrases"]) - {"some other"}

    wrong = {
        p: found
        for p in phrases
        if (found := read_quantity([*p.split(), "20", "people"])) is None
        or found[:2] != (low, high)
    }

    assert wrong == {}


@pytest.mark.parametrize("word", load_words("dates")["months"])
def test_month_word_has_its_number(word: str) -> None:
    """Each month name and abbreviation is the month that it begins."""
    number = next(i for i in range(1, 13) if calendar.month_name[i].lower().startswith(word[:3]))

    (found,) = find_dates(f"On 3 {word.capitalize()} 2019 the bridge fell.")

    assert (number, 3, 2019) == (found[2].month, found[2].day, found[2].year)


@pytest.mark.parametrize("word", load_words("dates")["weekdays"])
def test_weekday_word_has_its_number(word: str) -> None:
    """Each weekday name and abbreviation is the weekday that it begins, Monday being 0."""
    number = next(i for i in range(7) if calendar.day_name[i].lower().startswith(word[:3]))

    (found,) = find_dates(f"On {word.capitalize()}, 3 June the bridge fell.")

    assert (number, 6, 3) == (found[2].weekday, found[2].month, found[2].day)


@pytest.mark.parametrize("word", load_words("dates")["counts"])
def test_count_word_of_dates_has_its_value(word: str) -> None:
    """Each count before "days ago" is that many days."""
    expected = {"a": 1, "an": 1, "couple": 2}.get(word) or UNITS.index(word)

    (found,) = find_dates(f"It fell {word} days ago.")

    assert -expected == found[2].offset


def test_casualty_kinds_are_complete() -> None:
    """Each kind of casualty has each list, so that a missing table cannot pass unseen."""
    words = load_words("casualties")
    lists = {"verbs", "intransitive", "adjectives", "deeds", "counts"}

    kinds = ("killed", "wounded", "detained", "kidnapped", "missing", "displaced")

    assert {kind: set(words[kind]) for kind in kinds} == dict.fromkeys(kinds, lists)


def test_casualty_cues_belong_to_one_kind() -> None:
    """No cue of one column says two different things."""
    words = load_words("casualties")
    kinds = ("killed", "wounded", "detained", "kidnapped", "missing", "displaced")
    for column in ("verbs", "intransitive", "adjectives", "deeds", "counts"):
        seen = Counter(cue for kind in kinds for cue in words[kind][column])
        assert [cue for cue, n in seen.items() if n > 1] == []


@pytest.mark.parametrize("frame", sorted(frames()))
def test_frame_has_a_sub_event_type_of_acled(frame: str) -> None:
    """Each frame gives one of the codebook's sub-event types."""
    assert frames()[frame].sub_event_type in EVENT_TYPE_OF


def test_weapons_decide_between_types_of_acled() -> None:
    """Each list of arms stands under one of the codebook's sub-event types."""
    types = {name for name, entry in load_words("weapons").items() if isinstance(entry, dict)}

    assert types <= set(EVENT_TYPE_OF)


def test_people_are_of_one_class() -> None:
    """A noun for people stands in one class, or its side would depend on the order of the file."""
    words = load_words("people")
    classes = ("civilian", "neutral", "state", "rebel", "militia", "identity", "crowd", "rioters")
    seen = Counter(noun for name in classes for noun in words[name]["nouns"])

    assert [noun for noun, n in seen.items() if n > 1] == []


def test_people_are_no_things() -> None:
    """No noun is both people and never people."""
    words = load_words("people")
    classes = ("civilian", "neutral", "state", "rebel", "militia", "identity", "crowd", "rioters")
    people = {noun for name in classes for noun in words[name]["nouns"]}

    assert people & set(words["not_people"]["nouns"]) == set()
