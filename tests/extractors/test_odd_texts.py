"""The extractor takes any text: odd characters and broken sentences give reports or none."""

from __future__ import annotations

import time
from random import Random
from typing import TYPE_CHECKING

import pytest
from fuzz_checks import find_report_faults
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import mutate_text

from incidents.model import Article

if TYPE_CHECKING:
    from incidents.extractors.pipeline import Extractor

pytestmark = pytest.mark.model

SENTENCES = (
    "Gunmen shot dead two soldiers and wounded 3-5 civilians near Tel Tamer on Tuesday.",
    "KABUL, April 20, 2021 – At least 12 people, including five children, were killed by an IED.",
    "“They shelled Saraqib,” the Observatory said, blaming the Syrian army (SAA) for the attack.",
    "Clashes between the Asayish and the NDF broke out in Qamishli’s al-Tay district last week.",
    "Police detained 40 protesters in Goma; M23 rebels seized Rutshuru and freed the hostages.",
    "An air strike on 3 May destroyed a school in Gao, killing its guard, a local official said.",
)
ODD = (
    *("\0", "\u202e", "\u200b", "\u2028", "\ufeff", "\x1b[31m", "\U0001f4a3", "e" + "\u0301" * 9),
    *(
        "1" * 400,
        "(" * 60,
        "]" * 60,
        "-" * 90,
        "“" * 40,
        "A." * 60,
        "\n\n\n",
        "0/0",
        "−3",
        "٣",
        "Ⅻ",
    ),
    *(
        "1,2,3,4",
        "10^9",
        "½",
        "nil",
        "31 February 2021",
        "99:99",
        "al-" * 40,
        "and " * 50,
        "of " * 60,
    ),
)
slow = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def check(extractor: Extractor, text: str) -> None:
    """Extract from a text; every quote of its reports stands in it."""
    if not text.strip():
        return
    article = Article(id="a", text=text)
    assert find_report_faults(article, extractor.extract(article)) == []


@slow
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), st.integers(0, 1 << 32))
def test_changed_sentences_are_taken(extractor: Extractor, sentences: list[str], seed: int) -> None:
    """Sentences of conflict with some characters changed, moved or repeated."""
    random = Random(seed)  # noqa: S311 - chosen, not secret
    check(extractor, mutate_text(" ".join(sentences), random)[:3000])


@slow
@given(
    st.lists(
        st.one_of(st.sampled_from(SENTENCES), st.sampled_from(ODD), st.text(max_size=30)),
        max_size=6,
    )
)
def test_odd_characters_are_taken(extractor: Extractor, parts: list[str]) -> None:
    """Any characters between sentences of conflict: controls, marks, digits of every script."""
    text = " ".join(parts).encode("utf-8", "ignore").decode()  # a reader lets no half character in
    check(extractor, text)


def test_unseen_characters_move_no_quote(extractor: Extractor) -> None:
    """Quotes are where the text has them, also behind characters that nobody sees."""
    text = "\u202e\u200b\ufeff" + SENTENCES[0] + " \u2066" + SENTENCES[1]
    article = Article(id="a", text=text)

    reports = extractor.extract(article)

    assert reports
    assert find_report_faults(article, reports) == []


TOWNS = (
    "Mopti Gao Kidal Goma Bunia Beni Rutshuru Saraqib Idlib Hama Aleppo Raqqa Herat Kandahar Kunduz"
    " Ghazni Mosul Tikrit Kirkuk Maiduguri Damboa Juba Malakal Bor Bangui Bria Kharkiv Sumy Kherson"
    " Marib Taiz Hodeidah Mogadishu Kismayo Baidoa Djibo Dori Diffa Mocimboa Palma Myitkyina Loikaw"
).split()
DEEDS = (
    "gunmen shot dead {n} soldiers",
    "an air strike killed {n} civilians",
    "rebels shelled a market, wounding {n} people",
    "a roadside bomb killed {n} policemen",
    "the army clashed with militants and {n} fighters died",
    "protesters burned tyres and police arrested {n} of them",
    "armed men kidnapped {n} villagers",
)
SAYS = ("a local official said", "residents said", "the governor told reporters", "medics said")
DAYS = ("On Monday", "On 3 May", "On Friday", "On 12 April 2021", "Last week", "A day later")


def make_news(size: int) -> str:
    """Prose that tells of ever other events, as long as asked for."""
    random, told, length = Random(7), [], 0  # noqa: S311 - chosen, not secret
    while length < size:
        deed = random.choice(DEEDS).format(n=random.randint(2, 60))
        where = f"{random.choice(('in', 'near', 'outside'))} {random.choice(TOWNS)}"
        told.append(f"{random.choice(DAYS)}, {deed} {where}, {random.choice(SAYS)}.")
        length += len(told[-1]) + 1
    return " ".join(told)


LONG = {
    "news": make_news,
    "prose": lambda size: " ".join(SENTENCES) * (size // 500),
    "one sentence": lambda size: "the army and " * (size // 13) + SENTENCES[0],
    "brackets": lambda size: "killed (two " * (size // 12),
    "numbers": lambda size: "12 killed, 3 of " * (size // 16),
    "names": lambda size: "Tel Tamer, Al-Hasakah, " * (size // 23),
    "quotes": lambda size: "“killed ” said " * (size // 15),
    "lines": lambda size: "Two killed\n" * (size // 11),
}
SIZES = {"news": (15_000, 60_000)}  # what is held against each other is few in short texts
MOST = 10.0  # times as long for four times the text; 16 would be the square
SOON = 4.0  # seconds under which the long text is quick enough, whatever the ratio


@pytest.mark.parametrize("kind", LONG)
def test_long_text_takes_time_in_line_with_its_length(extractor: Extractor, kind: str) -> None:
    """Four times the text takes about four times as long; benchmarks/long_texts.py goes further."""
    times = []
    for size in SIZES.get(kind, (3_000, 12_000)):
        start = time.process_time()
        extractor.extract(Article(id="a", text=LONG[kind](size)))
        times.append(time.process_time() - start)

    assert times[1] < SOON or times[1] < MOST * times[0], times
