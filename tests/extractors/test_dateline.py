"""Datelines: what they look like, and what only looks like them."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from incidents.extractors.dateline import find_dateline, parse_day
from incidents.extractors.vocabulary import load_words

SENTENCE = "The army closed the road to the coast on Monday."

DATELINES = [
    # head, place, outlet, date
    ("ZALIN, Syria — ", "ZALIN, Syria", None, None),
    ("ERBIL (Kurdistan 24) – ", "ERBIL", "Kurdistan 24", None),
    ("ERBIL, Kurdistan Region (K24) – ", "ERBIL, Kurdistan Region", "K24", None),
    ("ZALIN ܙܐܠܝܢ (QAMISHLI), Syria – ", "ZALIN ܙܐܠܝܢ (QAMISHLI), Syria", None, None),
    ("WASHINGTON, Aug. 9, 2005 – ", "WASHINGTON", None, "Aug. 9, 2005"),
    ("KHARTOUM, 13 August 2007 — ", "KHARTOUM", None, "13 August 2007"),
    ("DOHA (The Wire - 9th December, 2021) ", "DOHA", "The Wire", "9th December, 2021"),
    ("AMMAN (2021-04-20) — ", "AMMAN", None, "2021-04-20"),
    ("TRIPOLI, Lebanon: ", "TRIPOLI, Lebanon", None, None),
    ("BEIRUT (Reuters) - ", "BEIRUT", "Reuters", None),
    ("BEIRUT (AP) -- ", "BEIRUT", "AP", None),
    ("KYIV, Wednesday, Nov 17 (Reuters) - ", "KYIV", "Reuters", "Nov 17"),
    ("Mogadishu, April 3 (SONNA) — ", "Mogadishu", "SONNA", "April 3"),
    ("Damascus, SANA- ", "Damascus", "SANA", None),
    ("MAIDUGURI, Nigeria (AP) — ", "MAIDUGURI, Nigeria", "AP", None),
    ("IRBIL, IRAQ — ", "IRBIL, IRAQ", None, None),
    ("PORT-AU-PRINCE, Haiti — ", "PORT-AU-PRINCE, Haiti", None, None),
    ("DEIR ez-ZOR, Syria — ", "DEIR ez-ZOR, Syria", None, None),
    ("LONDON—", "LONDON", None, None),
    ("Damascus, March 21 : ", "Damascus", None, "March 21"),
    ("Srinagar, Nov 3: ", "Srinagar", None, "Nov 3"),
]

LOOK_ALIKES = [
    "Clashes erupted — again, and The Road stayed closed.",
    "One dead - officials said that The Road stayed closed.",
    "One dead - Officials said that the road stayed closed.",
    "NATO – the alliance of thirty states – closed the road.",
    "NATO – The alliance of thirty states closed the road.",
    "Qamishlo – also spelled Qamishli – lies on the border.",
    "Qamishlo – Also spelled Qamishli, it lies on the border.",
    "National Defence Forces (NDF) – The militia closed the road.",
    "- ALEPPO: The army closed the road to the coast.",
    "1. ALEPPO – The army closed the road to the coast.",
    "• HOMS — The army closed the road to the coast.",
    "BREAKING: The army closed the road to the coast.",
    "WAR: Fighting drives villagers over the border.",
    "He said: The army closed the road to the coast.",
    "Aleppo: The army closed the road to the coast.",
    "REBELS SEIZE TOWN – ARMY SAYS THAT IT HAS WITHDRAWN",
    "(CNN) -- The army closed the road to the coast.",
    "HOMS: closed",
    "12 KILLED — The army closed the road to the coast.",
    "20 April 2021 — The army closed the road to the coast.",
    "HOMS: Two men were shot dead.\nHAMA: One man was shot dead.",
    "The road from BEIRUT — The army closed it on Monday.",
    "",
]


@pytest.mark.parametrize(("head", "place", "outlet", "date"), DATELINES, ids=str)
def test_dateline_gives_place_outlet_date_and_offsets(
    head: str, place: str, outlet: str | None, date: str | None
) -> None:
    """A dateline behind the title yields its parts, and ends where the sentence begins."""
    text = f"Army closes road\n\n{head}{SENTENCE}\nMore follows."

    dateline = find_dateline(text)

    assert dateline is not None
    assert (place, outlet, date) == (dateline.place, dateline.outlet, dateline.date)
    assert head == text[dateline.start : dateline.end]


@pytest.mark.parametrize("line", LOOK_ALIKES)
def test_dateline_ignores_look_alikes(line: str) -> None:
    """Dashes, colons and brackets of ordinary sentences, lists and rubrics are no dateline."""
    assert find_dateline(f"Army closes road\n\n{line}\n") is None


def test_dateline_is_found_on_the_first_line() -> None:
    """A text without a title may open with its dateline."""
    dateline = find_dateline(f"TYRE, Lebanon — {SENTENCE}")

    assert dateline is not None
    assert dateline.start == 0


def test_dateline_is_not_searched_deep_in_the_text() -> None:
    """A line far below the top belongs to the story."""
    text = "\n".join([SENTENCE] * 30 + [f"TYRE, Lebanon — {SENTENCE}"])

    assert find_dateline(text) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Aug. 9, 2005", dt.date(2005, 8, 9)),
        ("13 August 2007", dt.date(2007, 8, 13)),
        ("2nd Sept, 2014", dt.date(2014, 9, 2)),
        ("2021-04-20", dt.date(2021, 4, 20)),
        ("April 3", None),
        ("31 June 2007", None),
        ("2021-14-20", None),
        ("Blurgh 3, 2007", None),
    ],
)
def test_parse_day_needs_day_month_and_year(written: str, day: dt.date | None) -> None:
    """Only a full, possible date becomes a calendar day."""
    assert day == parse_day(written)


@pytest.mark.parametrize(("month", "number"), load_words("dates")["months"].items())
def test_parse_day_knows_every_month_of_the_data_file(month: str, number: int) -> None:
    """Each spelling of a month gives its number."""
    assert dt.date(2020, number, 7) == parse_day(f"{month.title()} 7, 2020")


@pytest.mark.parametrize(
    "word", [word for group in load_words("dateline")["not_places"].values() for word in group]
)
def test_dateline_refuses_every_rubric_of_the_data_file(word: str) -> None:
    """Each word of the lists, in capitals before a colon or a dash, names no place."""
    assert find_dateline(f"{word.upper()}: {SENTENCE}") is None
    assert find_dateline(f"{word.upper()} — {SENTENCE}") is None


def test_dateline_takes_little_time_on_hostile_lines() -> None:
    """Long lines of brackets, capitals and dashes do not make the search slow."""
    hostile = "\n".join(["A(" * 5000, "A, " * 5000, "A(B)" * 5000, "A - " * 5000] * 3)
    started = time.perf_counter()

    find_dateline(hostile)

    assert time.perf_counter() - started < 1
