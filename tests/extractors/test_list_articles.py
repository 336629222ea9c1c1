"""Articles that are lists: one report an item, at its own place and on its own day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from incidents.model import Article

if TYPE_CHECKING:
    from incidents.extractors.pipeline import Extractor
    from incidents.model import Report

pytestmark = pytest.mark.model

PUBLISHED = dt.date(2021, 5, 14)

# sub-event type, first place, day, dead
Row = tuple[str, str | None, str, int]
ARTICLES: list[tuple[str, str, list[Row]]] = [
    ("a digest by towns",
     ("Bankass: two farmers were killed when their cart hit a mine.\n"
      "Gao: gunmen opened fire on a market, killing four traders.\n"
      "Timbuktu: rockets hit the airport, nobody was hurt.\n"
      "Kidal: no incidents overnight."),
     [("Remote explosive/landmine/IED", "Bankass", "2021-05-14", 2),
      ("Attack", "Gao", "2021-05-14", 4),
      ("Shelling/artillery/missile attack", "Timbuktu", "2021-05-14", 0)]),
    ("a numbered list under its day; two events in one town stay two",
     ("Daily incidents, 12 May 2021\n\n"
      "1. Baidoa: gunmen shot dead a trader.\n"
      "2. Baidoa: gunmen shot dead a clan elder.\n"
      "3. Kismayo – a roadside bomb wounded six soldiers."),
     [("Attack", "Baidoa", "2021-05-12", 1), ("Attack", "Baidoa", "2021-05-12", 1),
      ("Remote explosive/landmine/IED", "Kismayo", "2021-05-12", 0)]),
    ("sections under the names of provinces",
     ("North Kivu\nMilitiamen killed seven farmers in Butembo on 10 May.\n\n"
      "Ituri\nFighters burned 40 houses in Djugu on 11 May."),
     [("Attack", "Butembo", "2021-05-10", 7),
      ("Looting/property destruction", "Djugu", "2021-05-11", 0)]),
    ("records of a monitor",
     ("Date: 9 May 2021\nLocation: Maiduguri, Borno\n"
      "Description: Insurgents attacked an army base, killing three soldiers.\n\n"
      "Date: 11 May 2021\nLocation: Gusau, Zamfara\nDescription: Bandits abducted 15 villagers."),
     [("Armed clash", "Maiduguri", "2021-05-09", 3),
      ("Abduction/forced disappearance", "Gusau", "2021-05-11", 0)]),
    ("short lines of a channel",
     ("Warplanes bomb a house in Marib, 4 killed\nGunmen shoot dead a judge in Aden\n"
      "Shelling of Taiz wounds three children"),
     [("Air/drone strike", "Ma'rib", "2021-05-14", 4), ("Attack", "Aden", "2021-05-14", 1),
      ("Shelling/artillery/missile attack", "Taiz", "2021-05-14", 0)]),
    ("a timeline by days",
     ("May 12, 2021: A car bomb in Kirkuk kills three soldiers.\n"
      "May 10, 2021: Gunmen kill two shepherds near Hawija."),
     [("Remote explosive/landmine/IED", "Kirkuk", "2021-05-12", 3),
      ("Attack", "Al Hawijah", "2021-05-10", 2)]),
    ("news by countries: the words' own town comes first",
     ("Yemen: A drone attack killed three soldiers in Marib.\n"
      "Iraq: Gunmen killed two shepherds near Hawija."),
     [("Air/drone strike", "Ma'rib", "2021-05-14", 3), ("Attack", "Al Hawijah", "2021-05-14", 2)]),
    ("the head is a seat where the words name another province",
     ("QUETTA: Gunmen killed two officers in Peshawar.\n"
      "MULTAN: A bomb wounded five soldiers in Karachi."),
     [("Armed clash", "Peshawar", "2021-05-14", 2),
      ("Remote explosive/landmine/IED", "Karachi", "2021-05-14", 0)]),
    ("points that sum one story up stay one report",
     ("• At least 20 people were killed in an attack on a mosque in Homs\n"
      "• Police said that the attack also wounded 30 people\n"
      "• No group has claimed the attack in Homs\n\n"
      "Gunmen attacked a mosque in Homs on Thursday, killing at least 20 people."),
     [("Attack", "Homs", "2021-05-13", 20)]),
    ("paragraphs are no list",
     ("Gunmen attacked a mosque in Homs on Thursday, killing 20 people.\n\n"
      "Thirty people were wounded.\n\nThe gunmen fled."),
     [("Attack", "Homs", "2021-05-13", 20)]),
]  # fmt: skip


def reports(extractor: Extractor, text: str) -> list[Report]:
    """Extract a text as an article of one day."""
    return extractor.extract(Article(id="list", text=text, published=PUBLISHED))


def row(report: Report) -> Row:
    """Tell what the tables compare of a report."""
    place = report.places[0].name if report.places else None
    return report.sub_event_type, place, str(report.date.start), report.fatalities.best


@pytest.mark.parametrize(
    ("text", "rows"), [each[1:] for each in ARTICLES], ids=[each[0] for each in ARTICLES]
)
def test_list_article_gives_one_report_an_item(
    extractor: Extractor, text: str, rows: list[Row]
) -> None:
    """What an item tells is its own: never another one's dead, day or place."""
    assert [row(report) for report in reports(extractor, text)] == rows


def test_list_article_keeps_heading_of_a_late_item(extractor: Extractor) -> None:
    """Where the triage leaves the other items out, the place before an item still counts."""
    quiet = "".join(f"Gao: the harvest of rice was good in year {year}.\n" for year in range(40))
    text = f"{quiet}Mopti: gunmen killed three soldiers at a checkpoint.\n{quiet}"

    (report,) = reports(extractor, text)

    assert row(report) == ("Armed clash", "Mopti", "2021-05-14", 3)


def test_list_article_shows_the_heading_as_evidence(extractor: Extractor) -> None:
    """The words behind a place and a day are those before and above the item."""
    text = "Incidents of 12 May 2021\n\nGao: gunmen shot a trader dead.\nMopti: a mine hit a bus."

    found = reports(extractor, text)[0]
    shown = {e.rule.partition(":")[0]: e.text for e in found.evidence}

    assert (shown["date"], shown["place"]) == ("Incidents of 12 May 2021", "Gao:")
    assert all(text[e.start : e.end] == e.text for e in found.evidence)
