"""Figures and misses against annotated articles, on reports made by hand."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from incidents.errors import InputError
from incidents.evaluation import (
    GoldArticle,
    GoldIncident,
    align,
    evaluate,
    is_right,
    read_gold,
    read_reports,
)
from incidents.evaluation.agreement import fold, is_same_group, is_same_name
from incidents.evaluation.gold import GoldCasualty
from incidents.model import (
    EVENT_TYPE_OF,
    ActorRef,
    Article,
    ArticleRef,
    Casualty,
    EventDate,
    PlaceRef,
    Report,
)

if TYPE_CHECKING:
    from pathlib import Path


def gold(sub_event_type: str = "Armed clash", **fields: Any) -> GoldIncident:  # noqa: ANN401
    """An annotated clash in Sake on 3 February 2024, with what is given changed."""
    values = {
        "event_type": EVENT_TYPE_OF[sub_event_type],
        "sub_event_type": sub_event_type,
        "date_start": "2024-02-03",
        "date_precision": "day",
        "place": "Sake",
        "place_also": ["North Kivu"],
        "lat": -1.57,
        "lon": 29.04,
        "actors": [{"name": "M23", "mentions": ["the rebels"], "role": "initiator"}],
        "casualties": [{"kind": "killed", "min": 4, "max": 4, "group": "M23"}],
    }
    return msgspec.convert(values | fields, GoldIncident)


def report(sub_event_type: str = "Armed clash", **fields: Any) -> Report:  # noqa: ANN401
    """The report that tells it in full, with what is given changed."""
    day = dt.date(2024, 2, 3)
    known = {
        "article": ArticleRef(id="a"),
        "date": EventDate(start=day, end=day, precision="day", mention="on Saturday", basis="p"),
        "places": (PlaceRef(name="Saké", mention="Sake", lat=-1.573, lon=29.045),),
        "actors": (ActorRef(name="March 23 Movement", mention="rebels", role="initiator"),),
        "casualties": (Casualty(kind="killed", min=4, max=4, group="rebels"),),
    } | fields
    return Report(
        id="rep-1",
        event_type=EVENT_TYPE_OF[sub_event_type],
        sub_event_type=sub_event_type,
        **known,
    )


def article(*incidents: GoldIncident, id_: str = "a") -> GoldArticle:
    """An annotated article."""
    return GoldArticle(Article(id=id_, text="Text."), incidents)


def place(name: str, **where: float) -> tuple[PlaceRef, ...]:
    """The places of a report that names one."""
    return (PlaceRef(name=name, mention=name, **where),)


NOBODY: dict[str, Any] = {"actors": (), "casualties": ()}


def test_a_report_that_tells_all_has_full_figures() -> None:
    """Every figure is 1, and there is nothing to list."""
    result = evaluate([article(gold())], [report()])

    assert {each.f1 for each in result.figures.values()} == {1.0}
    assert len(result.figures) == 13
    assert result.misses == ()


@pytest.mark.parametrize(
    ("found", "fallen", "field"),
    [
        (report("Attack"), {"event type", "sub-event type"}, "type"),
        (report("Government regains territory"), {"sub-event type"}, "type"),
        (report(date=EventDate(mention="on Saturday")), {"date"}, "date"),
        (report(places=place("Goma", lat=-1.68, lon=29.22)), {"place (most specific)"}, "place"),
        (
            report(places=place("Bunia", lat=1.56, lon=30.25)),
            {"place (most specific)", "place within 25 km", "place within 161 km"},
            "place",
        ),
        (
            report(actors=(ActorRef(name="M23", mention="M23", role="target"),)),
            {"actors with role"},
            "role",
        ),
        (report(actors=()), {"actors", "actors with role"}, "actors"),
        (
            report(casualties=(Casualty(kind="killed", min=4, group="M23"),)),
            {"casualties (kind and range)", "casualties (and group)"},
            "casualties",
        ),
        (
            report(casualties=(Casualty(kind="killed", min=4, max=4, group="army"),)),
            {"casualties (and group)"},
            "casualties",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_one_wrong_value_lowers_its_figures_alone(
    found: Report, fallen: set[str], field: str
) -> None:
    """A wrong value shows in its own figures, and is listed once, with a reason."""
    result = evaluate([article(gold())], [found])

    assert fallen == {name for name, each in result.figures.items() if each.f1 < 1}
    assert [field] == [miss.field for miss in result.misses]
    assert all(miss.why for miss in result.misses)


def test_a_missed_incident_counts_in_every_field() -> None:
    """No report: no hit anywhere, and recall is 0."""
    result = evaluate([article(gold())], [])

    assert {each.recall for each in result.figures.values()} == {0.0}
    assert [("incident", "the article has no report")] == [(m.field, m.why) for m in result.misses]


def test_a_false_alarm_lowers_precision() -> None:
    """A report in an article without incidents is wrong, and is listed."""
    result = evaluate([article(), article(gold(), id_="b")], [report()])

    assert result.figures["all incidents"].predicted == 1
    assert result.figures["article has an incident"].precision == 0.0
    assert [m.field for m in result.misses] == ["report", "incident"]


def test_a_recalled_incident_counts_among_all_only() -> None:
    """Fields are counted on primary incidents; a background report is no false alarm for them."""
    old = gold(primary=False, date_start="2020-01-01", date_precision="day")
    day = EventDate(start=dt.date(2020, 1, 1), end=dt.date(2020, 1, 1), precision="day")

    result = evaluate([article(old)], [report(background=True, date=day)])

    assert result.figures["all incidents"].hit == 1
    assert result.figures["primary incidents"].gold == 0
    assert "date" not in result.figures


def test_align_takes_the_most_similar_pair_first() -> None:
    """Two incidents of one day go each to the report of their place."""
    pairs = align(
        [gold(place="Goma"), gold()], [report(), report(places=place("Goma")), report("Arrests")]
    )

    assert sorted(pairs) == [(0, 1), (1, 0)]


def test_align_leaves_unlike_ones_alone() -> None:
    """A report that shares the type alone tells another event."""
    far = EventDate(start=dt.date(2021, 1, 1), end=dt.date(2021, 1, 1), precision="day")

    assert align([gold()], [report(date=far, places=place("Goma"), **NOBODY)]) == []


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("al-Wahda", "Wahda"),
        ("Saké", "sake"),
        ("southern Idlib", "Idlib"),
        ("The Houthis", "Houthis"),
        ("People's Army", "Peoples Army"),
    ],
)
def test_names_are_the_same(left: str, right: str) -> None:
    """Case, accents, articles and parts do not count."""
    assert is_same_name(left, right)
    assert is_same_name(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Goma", "Gomani"), ("IS", "IS Khorasan"), ("", "Goma"), ("!", "?"), ("جيش", "شرطة")],
)
def test_names_are_others(left: str, right: str) -> None:
    """A part of a word, a part of three letters, and nothing are no names."""
    assert not is_same_name(left, right)
    assert fold(fold(left)) == fold(left)


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (report(), True),
        (report("Government regains territory"), True),
        (report(**NOBODY), True),
        (report(places=place("Sake centre")), True),
        (report(places=place("Mubambiro", lat=-1.59, lon=29.07)), True),
        (report("Attack"), False),
        (report(date=EventDate()), False),
        (report(places=()), False),
        (report(places=place("Goma")), False),
    ],
)
def test_is_right_asks_for_what_when_and_where(found: Report, *, right: bool) -> None:
    """Event type, date and place must agree; sides and casualties need not."""
    assert right is is_right(gold(), found)


def test_is_right_asks_only_for_what_is_annotated() -> None:
    """Without an annotated date or place there is none to miss; without an incident all is."""
    bare = gold(date_start=None, date_precision="none", place=None, lat=None, lon=None)

    assert is_right(bare, report(date=EventDate(), places=()))
    assert not is_right(None, report())


ROW = {"id": "a", "text": "Six died.", "incidents": []}
CLASH = {"event_type": "Battles", "sub_event_type": "Armed clash"}
BROKEN = [
    ('{"id": "a"', "broken JSON"),
    (json.dumps({"id": "b", "text": "Six died."}), "`incidents`"),
    (json.dumps(ROW | {"incidents": [CLASH | {"sub_event_type": "Brawl"}]}), "'Brawl' is no sub"),
    (json.dumps(ROW | {"incidents": [CLASH | {"casualites": []}]}), "casualites"),
    (json.dumps(ROW | {"incidents": [CLASH | {"date_start": "3 May"}]}), "date_start"),
    (json.dumps(ROW | {"incidents": [CLASH | {"date_end": "2024-05-03"}]}), "date_start"),
    (
        json.dumps(
            ROW | {"incidents": [CLASH | {"date_start": "2024-05-03", "date_end": "2024-05-01"}]}
        ),
        "after date_end",
    ),
    (json.dumps(ROW | {"incidents": [CLASH | {"lat": 1.5}]}), "lat and lon"),
    (
        json.dumps(ROW | {"incidents": [CLASH | {"casualties": [{"kind": "hurt"}]}]}),
        "'hurt'",
    ),
    (
        json.dumps(
            ROW | {"incidents": [CLASH | {"casualties": [{"kind": "killed", "min": 3, "max": 1}]}]}
        ),
        "min 3 is above max 1",
    ),
    (json.dumps(ROW | {"incidents": [CLASH | {"lat": math.nan, "lon": 1}]}), "no place on Earth"),
    (json.dumps(ROW | {"incidents": [CLASH | {"lat": 1, "lon": 500}]}), "no place on Earth"),
    (
        json.dumps(ROW | {"incidents": [CLASH | {"casualties": [{"kind": "killed", "max": -4}]}]}),
        "below 0",
    ),
    (json.dumps({"id": "a", "incidents": []}), "no 'text'"),
    ("[1]", "object"),
    (json.dumps(ROW | {"id": "first"}), "row 1 too"),
]


@pytest.mark.parametrize(("row", "said"), BROKEN, ids=[said for _, said in BROKEN])
def test_read_gold_names_the_broken_row(tmp_path: Path, row: str, said: str) -> None:
    """A broken row is one line with file and row; the rows around it are read."""
    file = tmp_path / "gold.jsonl"
    rows = [json.dumps(ROW | {"id": "first"}), "", row, json.dumps(ROW | {"id": "last"})]
    file.write_text("\n".join(rows), encoding="utf-8")
    errors: list[InputError] = []

    items = list(read_gold(file, on_error=errors.append))

    assert [item.article.id for item in items] == ["first", "last"]
    (error,) = map(str, errors)
    assert error.startswith(f"{file}:3: ")
    assert said in error
    assert "\n" not in error


def test_read_gold_reads_one_list_too(tmp_path: Path) -> None:
    """What an editor has saved as a list over many lines is read item by item."""
    file = tmp_path / "gold.json"
    rows = [ROW, {"id": "b"}, ROW | {"id": "c"}]
    file.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    errors: list[InputError] = []

    items = list(read_gold(file, on_error=errors.append))

    assert [item.article.id for item in items] == ["a", "c"]
    (error,) = map(str, errors)
    assert error.startswith(f"{file}:2: Object missing required field `incidents`")


def test_read_gold_tells_a_broken_document_in_one_line(tmp_path: Path) -> None:
    """Not in one for each of its lines."""
    file = tmp_path / "gold.json"
    file.write_text(json.dumps([ROW], indent=1)[:-1], encoding="utf-8")

    with pytest.raises(InputError, match="broken JSON; write one object a row, or a list"):
        list(read_gold(file, on_error=lambda error: pytest.fail(str(error))))


def test_groups_in_other_letters_are_told_apart() -> None:
    """Two groups that are written in Arabic are no more one than any two others."""
    army, police = "جيش", "شرطة"
    incident = gold(actors=())
    claim = GoldCasualty(kind="killed", min=1, max=1, group=army)
    found = Casualty(kind="killed", min=1, max=1, group=police, mention="x")

    assert not is_same_group(incident, claim, found)
    assert is_same_group(incident, claim, msgspec.structs.replace(found, group=army))


def test_read_gold_keeps_an_article_whose_day_cannot_be_read(tmp_path: Path) -> None:
    """As in any other input: the day is told and left out, the article stays."""
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(ROW | {"published": "yesterday"}), encoding="utf-8")
    errors: list[InputError] = []

    (item,) = read_gold(file, on_error=errors.append)

    assert item.article.published is None
    (error,) = map(str, errors)
    assert "'published' is not a date" in error


def test_read_gold_fills_in_what_is_left_out(tmp_path: Path) -> None:
    """A row needs an id neither; its last day is the first where it is left out."""
    file = tmp_path / "own.jsonl"
    row = {"text": "Six died.", "incidents": [CLASH | {"date_start": "2024-05-03"}], "note": 1}
    file.write_text(json.dumps(row), encoding="utf-8")

    (item,) = read_gold(file)

    assert item.article.id == "own-1"
    assert item.incidents[0].last_day == dt.date(2024, 5, 3)


def test_read_gold_stops_at_a_broken_row_where_nothing_gets_the_error(tmp_path: Path) -> None:
    """A script that measures must not measure half of a file."""
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps({"id": "a", "incidents": []}), encoding="utf-8")

    with pytest.raises(InputError, match=r"gold\.jsonl:1: .*no 'text'"):
        list(read_gold(file))


def test_read_reports_takes_lines_and_arrays(tmp_path: Path) -> None:
    """What `extract --reports` prints, in either JSON format; a broken row is named."""
    encoded = msgspec.json.encode(report()).decode()
    lines, array, wrong = (tmp_path / name for name in ("a.jsonl", "a.json", "b.json"))
    lines.write_text(f'{encoded}\n\n{{"id": 3}}\n', encoding="utf-8")
    array.write_text(f"[{encoded}]", encoding="utf-8")
    errors: list[InputError] = []

    assert [report()] == list(read_reports(lines, on_error=errors.append))
    assert [report()] == list(read_reports(array, on_error=errors.append))
    (error,) = map(str, errors)
    assert error.startswith(f"{lines}:3: ")
    wrong.write_text(f"[3, {encoded}]", encoding="utf-8")
    assert [report()] == list(read_reports(wrong, on_error=errors.append))
    assert str(errors[-1]).startswith(f"{wrong}: report 1: ")
    wrong.write_text(f"[{encoded}", encoding="utf-8")
    with pytest.raises(InputError, match="extract --reports"):
        list(read_reports(wrong, on_error=errors.append))
