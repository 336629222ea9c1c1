"""Lists: which lines are items, what stands before and above them, and what is running text."""

from __future__ import annotations

from itertools import pairwise

import pytest

from incidents.extractors.list_items import find_items

KNOWN = {
    "Gao",
    "Mopti",
    "Kidal",
    "Daraa",
    "Homs",
    "North Kivu",
    "Ituri",
    "Port-au-Prince",
    "Jordan",
}

# text, its items: words of the body, names, days
Row = tuple[str, list[str], list[str]]
LISTS: list[tuple[str, str, list[Row]]] = [
    ("the place and a colon",
     "Gao: two traders killed.\nMopti: a mine hit a bus.",
     [("two traders killed.", ["Gao"], []), ("a mine hit a bus.", ["Mopti"], [])]),
    ("numbers, and the day above them",
     "Incidents of 12 January\n\n1. Gao: two dead.\n2. Kidal: a clash.",
     [("two dead.", ["Gao"], ["Incidents of 12 January"]),
      ("a clash.", ["Kidal"], ["Incidents of 12 January"])]),
    ("bullets without a place",
     "• Gunmen raided Gao.\n• A mine hit a bus.\n",
     [("Gunmen raided Gao.", [], []), ("A mine hit a bus.", [], [])]),
    ("symbols of a channel, hash signs, an unknown village among known towns",
     "🔴 #Gao: two dead\n🔴 #Mopti: shelling\n🔴 #Talidja: a raid",
     [("two dead", ["Gao"], []), ("shelling", ["Mopti"], []), ("a raid", ["Talidja"], [])]),
    ("a place, its province and a dash",
     "- Gao, Gao region – two dead\n- Port-au-Prince – a raid",
     [("two dead", ["Gao, Gao region"], []), ("a raid", ["Port-au-Prince"], [])]),
    ("paragraphs below a place and a dash",
     "Gao — Two died.\n\nThe army came.\n\nMopti — A raid.",
     [("Two died.\n\nThe army came.", ["Gao"], []), ("A raid.", ["Mopti"], [])]),
    ("times of a day",
     "14:20 Shells hit Gao.\n15:05 Calm in Kidal.",
     [("Shells hit Gao.", [], []), ("Calm in Kidal.", [], [])]),
    ("days of a timeline",
     "January 4, 2025: A bomb in Gao.\nMay 2, 2024 – A raid on Mopti.",
     [("A bomb in Gao.", [], ["January 4, 2025"]), ("A raid on Mopti.", [], ["May 2, 2024"])]),
    ("sections under a place's name",
     "Daraa\nTwo died. A shop burned.\n\nHoms:\nA mine went off.",
     [("Two died. A shop burned.", ["Daraa"], []), ("A mine went off.", ["Homs:"], [])]),
    ("a list below each place's name",
     "North Kivu\n- A raid on Oicha.\n- A mine.\nIturi\n- Houses burned.",
     [("A raid on Oicha.", ["North Kivu"], []), ("A mine.", ["North Kivu"], []),
      ("Houses burned.", ["Ituri"], [])]),
    ("records",
     ("Date: 9 May 2021\nLocation: Gao, Mali\nDescription: Two died.\n\n"
      "Date: 10 May 2021\nLocation: Kidal\nDescription: A raid."),
     [("Two died.", ["Gao, Mali"], ["9 May 2021"]), ("A raid.", ["Kidal"], ["10 May 2021"])]),
    ("short lines without full stops",
     "Two shot dead in Gao market\nArmy raids a village near Mopti\nShells fall on Kidal again",
     [("Two shot dead in Gao market", [], []), ("Army raids a village near Mopti", [], []),
      ("Shells fall on Kidal again", [], [])]),
    ("an item over two lines, and the text below the list",
     "• Gunmen raided\nGao.\n• A mine hit a bus.\n\nThe mayor spoke.",
     [("Gunmen raided\nGao.", [], []), ("A mine hit a bus.", [], [])]),
]  # fmt: skip

RUNNING = [
    "GAO, Mali (Agency) — Gunmen killed two.\n\nThe army came.",
    "Gunmen killed two in Gao.\nThe army came.\nA mayor spoke.",
    "Gao is calm\nThe army came, a mayor said.\nNobody was hurt.",
    "Jordan: We attack from the left.\nSmith: We shot at goal.\nMiller: We lost.",
    "Two died when gunmen\nopened fire in the market\nof Gao, the mayor said on Monday.",
    "Opinion: The war is lost.\nSport: A draw.\nWeather: Rain.",
    "Mali\nNiger\nSenegal\nGao\nMopti",
    "1. The only point of the list.",
    "- Gao",
    "",
]


def is_known(name: str) -> bool:
    """Stand in for the gazetteer."""
    return name in KNOWN


@pytest.mark.parametrize(("text", "items"), [row[1:] for row in LISTS], ids=[r[0] for r in LISTS])
def test_list_items_are_found_with_their_names_and_days(text: str, items: list[Row]) -> None:
    """Each item once: its words, the names before or above it, the days likewise."""
    found = find_items(text, is_known)

    assert [
        (
            text[item.body : item.end],
            [text[start:end] for start, end in item.names],
            [text[start:end] for start, end in item.days],
        )
        for item in found
    ] == items


@pytest.mark.parametrize("text", RUNNING)
def test_list_items_of_running_text_are_none(text: str) -> None:
    """Datelines, wrapped prose, speakers, rubrics, menus and a single point make no list."""
    assert find_items(text, is_known) == ()


@pytest.mark.parametrize("text", [text for _, text, _ in LISTS])
def test_list_items_stand_in_order_without_overlap(text: str) -> None:
    """An item ends before the next begins, and holds its own body."""
    found = find_items(text, is_known)

    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(item.start <= item.body <= item.end for item in found)


@pytest.mark.parametrize("line", ["- x", "1. Gao: x", "Date: x", "Gao", "•", "12:30 x", "a: " * 40])
def test_list_items_of_many_lines_take_no_more_time_than_they_are_long(line: str) -> None:
    """Thousands of lines are read once each; more than a list has are a table."""
    assert len(find_items("\n".join([line] * 3_900), is_known)) <= 3_900
    assert find_items("\n".join([line] * 5_000), is_known) == ()
