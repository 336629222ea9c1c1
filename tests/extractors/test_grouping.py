"""Small articles: how many incidents they tell, when, and with how many harmed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from incidents.extractors.assembly import extract_reports
from incidents.model import Article

if TYPE_CHECKING:
    from spacy.language import Language

    from incidents.model import Report

pytestmark = pytest.mark.model

FRIDAY = dt.date(2015, 5, 15)

# text, its incidents: sub-event type, day (or None), background
Row = tuple[str, str | None, bool]
ARTICLES: list[tuple[str, str, list[Row]]] = [
    ("a report on days that are more than a week past",
     ("Weekly report\nOn 4 May, a roadside bomb killed four traders in Kaya.\n"
      "Gunmen abducted three aid workers near Dori on 3 May."),
     [("Remote explosive/landmine/IED", "2015-05-04", False),
      ("Abduction/forced disappearance", "2015-05-03", False)]),
    ("what is recalled beside the news stays background",
     ("Gunmen killed three soldiers in Gao on Monday. On 2 March, gunmen killed two teachers in"
      " Timbuktu."),
     [("Armed clash", "2015-05-11", False), ("Attack", "2015-03-02", True)]),
    ("one sentence",
     "Gunmen killed three soldiers in Gao on Monday.",
     [("Armed clash", "2015-05-11", False)]),
    ("what follows tells of the same",
     ("Gunmen killed three soldiers in Gao on Monday. The attackers fled after the ambush."
     " A mayor said that two more soldiers were wounded."),
     [("Armed clash", "2015-05-11", False)]),
    ("a toll that rises and a claim",
     ("A car bomb killed nine people in Mogadishu on Thursday. The blast also wounded 14 others."
     " The death toll later rose to 12. Al-Shabaab claimed the attack."),
     [("Remote explosive/landmine/IED", "2015-05-14", False)]),
    ("what befell him belongs to what was just told",
     ("Soldiers raided Jenin on Monday and killed two gunmen. In a separate incident in Beit Rima"
      " on Tuesday, a farmer was shot by soldiers. He died at a hospital in Salfit."),
     [("Armed clash", "2015-05-11", False), ("Attack", "2015-05-12", False)]),
    ("what is recalled between two sentences on the news",
     ("Armed men killed ten people in the north of Mali on Sunday night. Rebel attacks have grown"
      " since the army began an offensive against them late last year. Armed men attacked the town"
      " of Kidal, killing people and burning houses."),
     [("Attack", "2015-05-10", False), ("Armed clash", "2014-01-01", True)]),
    ("the night, and its hour",
     ("Thirteen soldiers were killed in Taliban attacks overnight in Kunduz province. The fighters"
      " launched the attack on checkpoints in Kunduz on Thursday at midnight."),
     [("Armed clash", "2015-05-14", False)]),
    ("a toll that is given after looking back",
     ("Rebels fired a missile at a base in Marib on Wednesday, killing five soldiers. Rebels took"
      " the town of Sanaa in 2013. A mayor said that seven soldiers were killed in the attack."),
     [("Shelling/artillery/missile attack", "2015-05-13", False),
      ("Non-state actor overtakes territory", "2013-01-01", True)]),
    ("another one, on the same day",
     ("On Monday, two rebels were killed in a clash in Gao. On the same day, a policeman was killed"
      " when gunmen opened fire on a post in Dori."),
     [("Armed clash", "2015-05-11", False), ("Armed clash", "2015-05-11", False)]),
    ("who spoke on a later day",
     ("An army airstrike killed ten civilians in Kaya on Monday, locals and radio reports said on"
      " Wednesday. Ten people were killed in the strike on Monday, a nurse said."),
     [("Air/drone strike", "2015-05-11", False)]),
    ("the year of what stands beside it",
     ("The army killed six rebels in an ambush near Gao on Monday, as it presses on with operations"
      " to recover the towns it lost last year."),
     [("Armed clash", "2015-05-11", False)]),
    ("an earlier one in another town, in one sentence",
     ("Gunmen attacked a camp in Gao on Monday, killing three soldiers. Monday's attack came two"
      " weeks after 35 people were killed in a bombing in Kidal."),
     [("Armed clash", "2015-05-11", False), ("Remote explosive/landmine/IED", "2015-04-27", True)]),
    ("the attackers of a raid take people along",
     ("Gunmen raided Kaya on Monday and killed two farmers. The attackers also abducted five women"
      " of the village."),
     [("Attack", "2015-05-11", False)]),
    ("one sentence tells of both, the next of the dead",
     ("Gunmen raided Kaya on Monday, killing two farmers and abducting five women. Police said that"
      " two farmers were killed in the attack."),
     [("Attack", "2015-05-11", False)]),
    ("an abduction by others, elsewhere",
     ("Gunmen killed three farmers in Gao on Monday. Gunmen abducted two nurses in Dori."),
     [("Attack", "2015-05-11", False), ("Abduction/forced disappearance", "2015-05-11", False)]),
    ("two incidents, counted and told one by one",
     ("Four soldiers were killed in two separate incidents on Monday. Gunmen opened fire on a"
      " patrol in Gao, killing three soldiers. In the second incident, rebels fired at a vehicle"
      " of the army in Dori. The ambush left one soldier dead."),
     [("Armed clash", "2015-05-11", False), ("Armed clash", "2015-05-11", False)]),
    ("elsewhere, another day",
     ("Gunmen killed three soldiers in Gao on Monday. Elsewhere, a bomb wounded two drivers in"
     " Kidal on Tuesday."),
     [("Armed clash", "2015-05-11", False),
      ("Remote explosive/landmine/IED", "2015-05-12", False)]),
    ("a day later, another town",
     ("Shelling killed five civilians in Donetsk on Monday. A day later, shelling wounded three"
     " children in Luhansk."),
     [("Shelling/artillery/missile attack", "2015-05-11", False),
      ("Shelling/artillery/missile attack", "2015-05-12", False)]),
    ("the same town on another day",
     ("A mine killed two farmers near Djibo on Monday. On Wednesday a mine killed a driver near"
     " Djibo."),
     [("Remote explosive/landmine/IED", "2015-05-11", False),
      ("Remote explosive/landmine/IED", "2015-05-13", False)]),
    ("an earlier attack is recalled by its year",
     ("Rebels attacked Bria on Wednesday, killing four policemen. In 2013, rebels attacked the same"
     " town and killed 20 people."),
     [("Armed clash", "2015-05-13", False), ("Attack", "2013-01-01", True)]),
    ("headline, lead and an attack of last month",
     ("Blast kills six in Kabul market\nA bomb went off in a market in Kabul on Thursday, killing"
     " six people and wounding 20. Last month a similar attack in Jalalabad killed 33 people."),
     [("Remote explosive/landmine/IED", "2015-05-14", False), ("Attack", "2015-04-01", True)]),
    ("the headline alone begins none",
     "Gunmen kill three in Gao\nGunmen killed three soldiers in Gao on Monday.",
     [("Armed clash", "2015-05-11", False)]),
    ("arrests at a march are the march",
     ("Police arrested 12 protesters in Tunis on Monday. The protesters had marched against a new"
     " law."),
     [("Protest with intervention", "2015-05-11", False)]),
    ("the strike and its reason",
     ("An Israeli airstrike hit a house in Gaza on Monday. The strike killed a family of six."
     " Israel said it had targeted a commander."),
     [("Air/drone strike", "2015-05-11", False)]),
    ("two clauses, two places, two days",
     ("The Taliban killed four policemen in Kunduz on Monday, and an air strike killed six Taliban"
     " fighters in Ghazni on Tuesday."),
     [("Armed clash", "2015-05-11", False), ("Air/drone strike", "2015-05-12", False)]),
    ("nothing happened",
     "The mayor of Lagos opened a bridge on Monday. He thanked 300 workers.", []),
    ("words about an attack",
     "The president condemned the attack. He called for calm.", []),
    ("a threat",
     "Rebels threatened to attack Goma on Monday. The army said that it would respond.", []),
    ("a goal",
     "The striker shot from 20 metres in Madrid on Sunday.", []),
    ("an actor's death", "The actor died in Paris on Monday.", []),
]  # fmt: skip
XFAIL = {"two clauses, two places, two days": "arms of the second clause decide the type of the"
         " first: means are read from the whole sentence"}  # fmt: skip

COUNTS = [
    ("The attack killed two teachers and four pupils in Goma on Monday.",
     [("killed", 6, 6, "civilians")]),
    ("A car bomb killed nine people in Mogadishu on Thursday. The death toll later rose to 12.",
     [("killed", 12, 12, "unknown")]),
    ("The army and rebels clashed near Mopti on Tuesday. Six rebels and two soldiers were killed.",
     [("killed", 2, 2, "soldiers"), ("killed", 6, 6, "rebels")]),
    ("Gunmen killed three soldiers in Gao on Monday. Two more soldiers were wounded.",
     [("killed", 3, 3, "soldiers"), ("wounded", 2, 2, "soldiers")]),
    ("A strike on a house in Gaza on Monday killed a family of six.",
     [("killed", 6, 6, "civilians")]),
]  # fmt: skip

NO_INCIDENTS = [
    # accidents, disasters and illness
    "An earthquake killed 300 people in Nepal on Monday.",
    "A bus crash killed 12 people near Lima on Monday.",
    "A lightning strike killed two farmers in Peru on Monday.",
    "He died of a heart attack in Paris on Monday.",
    "Floods displaced 3,000 people in Assam on Monday.",
    "A gas leak caused an explosion that killed four workers in Karachi on Monday.",
    # markets, sport and debates
    "The film bombed at the box office in London on Friday.",
    "Shares rallied in London on Monday.",
    "The minister attacked the budget in London on Monday.",
    "The two candidates clashed in a debate in Nairobi on Monday.",
    "The two teams clash in Cairo on Sunday.",
    "The mine near Lubumbashi employed 400 miners in May.",
]
LISTS = [
    ("A bomb killed three soldiers, two policemen and a cook in Quetta on Monday.", 6),
    ("Security forces opened fire on demonstrators in Khartoum on Thursday, killing five of them.",
     5),
]  # fmt: skip


def reports(nlp: Language, text: str, published: dt.date | None = FRIDAY) -> list[Report]:
    """Return the reports of an article, whose first line is its title if it has two lines."""
    title = text.split("\n", 1)[0] if "\n" in text else None
    article = Article(id="a", text=text, title=title, published=published)
    matcher: Any = nlp.get_pipe("incidents_actors")
    return extract_reports(nlp(text), article, matcher.gazetteer)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            text, rows, id=name,
            marks=[pytest.mark.xfail(strict=True, raises=AssertionError, reason=XFAIL[name])]
            if name in XFAIL else [],
        )
        for name, text, rows in ARTICLES
    ],
)  # fmt: skip
def test_grouping_tells_incidents_apart(nlp: Language, text: str, expected: list[Row]) -> None:
    """An article gives one report an incident, with its type, first day and background."""
    found = [
        (r.sub_event_type, str(r.date.start) if r.date.start else None, r.background)
        for r in reports(nlp, text)
    ]

    assert expected == found


def test_grouping_of_undated_article_keeps_the_weekdays_apart(nlp: Language) -> None:
    """Without any date the weekdays still tell two incidents of one town apart."""
    text = "Gunmen killed three soldiers in Gao on Tuesday. On Wednesday a mine killed two in Gao."

    found = reports(nlp, text, published=None)

    assert [(r.date.start, r.date.weekday) for r in found] == [
        (None, "Tuesday"), (None, "Wednesday")]  # fmt: skip


def test_grouping_of_undated_article_keeps_the_days_of_a_month_apart(nlp: Language) -> None:
    """Two days are two, though nothing says of which year they are."""
    text = (
        "Taliban fighters attacked a checkpoint in Nawa on July 28 and killed two policemen."
        " On July 26, the Taliban attacked a base in Kandahar, killing 26 soldiers."
    )

    found = reports(nlp, text, published=None)

    assert [(None, 2), (None, 26)] == [(r.date.start, r.fatalities.best) for r in found]


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_grouping_adds_up_an_incident(
    nlp: Language, text: str, expected: list[tuple[str, int, int, str]]
) -> None:
    """Counts of one incident are joined a side, and none is counted twice."""
    (report,) = reports(nlp, text)

    assert expected == sorted((c.kind, c.min, c.max, c.group) for c in report.casualties)


TOLLS: list[tuple[str, list[set[tuple[str, int, int]]]]] = [
    # what several attacks cost together belongs to none of them
    ("Two attacks killed nine people in Mali on Monday. Gunmen shot dead five traders in Gao. A"
     " mine killed four soldiers near Kidal.", [{("killed", 5, 5)}, {("killed", 4, 4)}]),
    # one attack keeps what it cost
    ("An attack killed nine people in Gao on Monday. The attackers fled.", [{("killed", 9, 9)}]),
    # a toll belongs to what was just told, wherever the hospital is
    ("A car bomb killed nine people in Mogadishu on Thursday. Two of the wounded died at Medina"
     " Hospital, which took the toll to 11.", [{("killed", 11, 11)}]),
    # he is who was shot last
    ("Gunmen killed two guards in Gao on Monday. On Tuesday soldiers shot a farmer in Kidal. He"
     " died at the hospital.", [{("killed", 2, 2)}, {("killed", 1, 1)}]),
    # a war's toll belongs to nobody's incident
    ("A shell killed two farmers in Kassala on Monday. More than 20,000 people have been killed"
     " since the war began.", [{("killed", 2, 2)}]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLLS)
def test_grouping_gives_each_count_to_its_incident(
    nlp: Language, text: str, expected: list[set[tuple[str, int, int]]]
) -> None:
    """A count joins the incident that it belongs to, and a sum joins none."""
    found = [{(c.kind, c.min, c.max) for c in r.casualties} for r in reports(nlp, text)]

    assert expected == found


@pytest.mark.parametrize("text", NO_INCIDENTS)
def test_grouping_of_look_alike_article_is_empty(nlp: Language, text: str) -> None:
    """Accidents, markets, sport and debates are no incidents."""
    assert [r.sub_event_type for r in reports(nlp, text)] == []


@pytest.mark.parametrize(("text", "deaths"), LISTS)
def test_grouping_counts_all_deaths_of_a_list(nlp: Language, text: str, deaths: int) -> None:
    """All the dead of one sentence count, whatever joins them."""
    (report,) = reports(nlp, text)

    assert report.fatalities.best == deaths


def test_grouping_counts_two_unnamed_victims_of_one_phrase(nlp: Language) -> None:
    """A man and his deputy are two deaths, though each is "one"."""
    (report,) = reports(nlp, "The mayor and his deputy were shot dead in Basra on Monday.")

    assert report.fatalities.best == 2


def test_grouping_both_sides_of_a_clash_take_part(nlp: Language) -> None:
    """The sides of a clash whose first mover is not told are participants."""
    (report,) = reports(nlp, "The army and rebels clashed near Mopti on Tuesday.")

    assert {(a.name, a.role) for a in report.actors} == {
        ("army", "participant"), ("rebels", "participant")}  # fmt: skip


@pytest.mark.xfail(
    strict=True, raises=AssertionError,
    reason="counts of both sides' dead turn the sides of a clash into initiator and target",
)  # fmt: skip
def test_grouping_dead_of_a_clash_do_not_make_targets(nlp: Language) -> None:
    """Who lost men in a clash is no target for that."""
    text = "The army and rebels clashed near Mopti on Tuesday. Six rebels and two soldiers died."

    (report,) = reports(nlp, text)

    assert {a.role for a in report.actors} == {"participant"}


def test_grouping_evidence_and_mentions_stand_where_they_say(nlp: Language) -> None:
    """Offsets are those of the article: each slice is the mention, each sentence the evidence."""
    text = "Blast in Kabul\n\nA bomb killed six people in Kabul on Thursday. It wounded 20 others."

    for report in reports(nlp, text):
        assert report.casualties
        assert all(text[c.start : c.end] == c.mention for c in report.casualties)
        assert all(text[e.start : e.end] == e.text for e in report.evidence)


def test_grouping_gives_the_same_reports_again(nlp: Language) -> None:
    """Same article, same reports, same ids."""
    text = ARTICLES[5][1]

    assert reports(nlp, text) == reports(nlp, text)
    assert len({r.id for r in reports(nlp, text)}) == 2
