"""Reports without sentences: a few words around each value stay, with their offsets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from incidents.explain import explain_report
from incidents.model import Casualty, EventDate, Evidence
from incidents.shorten import MOST_WORDS, shorten_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from incidents.model import Report

    Build = Callable[..., Report]

TEXT = (
    "Short one.\n"
    "On Monday the district council met for the third time this year, and while its members spoke "
    "of water and roads, gunmen on motorcycles shot two guards dead at the bridge outside Amuda, "
    "wounded four drivers who were waiting there in the heat, and fled towards the hills."
)
SENTENCE = TEXT.partition("\n")[2]
START = TEXT.index(SENTENCE)


@pytest.fixture
def report(build_report: Build) -> Report:
    """Give a report with a long sentence for each of its values."""
    claims = [(kind, TEXT.index(words), words) for kind, words in CLAIMS]
    return msgspec.structs.replace(
        build_report("000.a", places="Amuda"),
        date=EventDate(weekday="Monday", mention="Monday"),
        casualties=tuple(
            Casualty(kind=kind, min=2, mention=words, start=at, end=at + len(words))
            for kind, at, words in claims
        ),
        evidence=tuple(
            Evidence(start=START, end=len(TEXT), text=SENTENCE, rule=rule)
            for rule in (
                "event:shoot, verb “shot”",
                "date:weekday",
                "place:near",
                "casualties:verb",
            )
        ),
    )


RULES = ("event:shoot, verb “shot”", "date:weekday", "place:near", "casualties:verb")
CLAIMS = (("killed", "two guards"), ("wounded", "four drivers"))


def test_shorten_keeps_the_words_around_each_value(report: Report) -> None:
    """A sentence is cut to what stands around the value that it is evidence for."""
    assert [(each.rule, each.text) for each in shorten_report(report).evidence] == [
        ("event:shoot, verb “shot”", "gunmen on motorcycles shot two guards dead"),
        ("date:weekday", "On Monday the district council"),
        ("place:near", "the bridge outside Amuda, wounded four drivers"),
        ("casualties:verb", "on motorcycles shot two guards dead at the"),
        ("casualties:verb", "outside Amuda, wounded four drivers who were waiting"),
    ]


def test_shorten_keeps_the_offsets_of_the_text(report: Report) -> None:
    """What is left of a sentence stands in the article where its offsets point."""
    found = shorten_report(report)

    assert [TEXT[each.start : each.end] for each in found.evidence] == [
        each.text for each in found.evidence
    ]
    assert max(len(each.text.split()) for each in found.evidence) <= MOST_WORDS
    assert (found.casualties, found.places, found.id) == (
        report.casualties,
        report.places,
        report.id,
    )


def test_shorten_does_not_cut_twice(report: Report) -> None:
    """Cutting what is cut changes nothing, and a short sentence stays whole."""
    short = Evidence(start=0, end=10, text="Short one.", rule="event:noun")
    report = msgspec.structs.replace(report, evidence=(short, *report.evidence))
    once = shorten_report(report)

    assert shorten_report(once) == once
    assert short in once.evidence


def test_long_mentions_are_cut_as_well(report: Report) -> None:
    """A claim whose words run over half a sentence keeps the first of them."""
    at = TEXT.index("gunmen on")
    claim = Casualty(kind="killed", min=2, mention=TEXT[at:], start=at, end=len(TEXT))
    cut = shorten_report(msgspec.structs.replace(report, casualties=(claim,))).casualties[0]

    assert len(cut.mention.split()) == MOST_WORDS
    assert TEXT[cut.start : cut.end] == cut.mention


def test_why_works_without_the_text(report: Report) -> None:
    """Each value still has its words, their surroundings and its rule."""
    reasons = explain_report(shorten_report(report), "")

    found = {(each.field, each.mention): each for each in reasons}
    killed = found["casualty", "two guards"]
    assert killed.sentence == "on motorcycles shot two guards dead at the"
    assert killed.sentence[killed.start : killed.end] == "two guards"
    assert killed.rule == "casualties:verb"
    assert found["place", "Amuda"].sentence == "the bridge outside Amuda, wounded four drivers"
    assert found["date", "Monday"].sentence == "On Monday the district council"
