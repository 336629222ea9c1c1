"""The page in a browser: silent, offline, filtered, and open to what the sources say."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from page_rows import ROW, SOME, wait_for_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[..., Any]
    PageOf = Callable[..., str]
    OpenPage = Callable[..., Any]


def ids(page: Any) -> set[str]:  # noqa: ANN401 - a page of playwright
    """The incidents in the list."""
    return set(page.eval_on_selector_all(ROW, "rows => rows.map(row => row.id)"))


@pytest.mark.parametrize("count", [0, 1, SOME])
def test_page_opens_in_silence(
    told: list[Any], page_of: PageOf, open_page: OpenPage, count: int
) -> None:
    """No error, no warning, no request: `open_page` fails otherwise."""
    page = open_page(page_of(told[:count]))
    assert page.locator(ROW).count() == count
    assert page.locator("#map svg").count() > 0
    assert page.locator("#nothing").is_visible() == (count == 0)
    assert (
        page.locator("#summary")
        .inner_text()
        .startswith({0: "No incidents.", 1: "1 incident ·", SOME: "60 incidents ·"}[count])
    )


REACH_OUT = """async () => {
  const seen = [];
  document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
  await fetch("http://127.0.0.1:9/").catch(() => {});
  const image = new Image();
  image.src = "http://127.0.0.1:9/x.png";
  document.body.append(image);
  await new Promise((done) => setTimeout(done, 300));
  return seen;
}"""  # noqa: E501 - a script


def test_page_may_not_reach_the_network(html: str, chromium: Any, tmp_path: Path) -> None:  # noqa: ANN401
    """Even a script in the page gets nothing out: the policy blocks it."""
    path = tmp_path / "page.html"
    path.write_text(html, encoding="utf-8")
    page = chromium.new_page()
    failures: list[str] = []
    answers: list[str] = []
    page.goto(path.as_uri())
    page.on("requestfailed", lambda request: failures.append(request.failure))
    page.on("response", lambda response: answers.append(response.url))
    blocked = page.evaluate(REACH_OUT)
    page.close()
    assert sorted(blocked) == ["connect-src", "img-src"]
    assert (set(failures), answers) == ({"csp"}, [])


FILTERS = {
    "words": ("morgue", lambda number: number == 12),
    "place": ("mópti", lambda number: number % 3 == 1 and number != 11),
    "actor": ("brigade 17", lambda number: number == 17),
    "from": ("2024-02-20", lambda number: number >= 50),
    "to": ("2024-01-05", lambda number: number <= 4),
    "deaths": ("3", lambda number: number % 4 == 3),
}


@pytest.mark.parametrize("name", FILTERS)
def test_page_filters_the_list(page: Any, name: str) -> None:  # noqa: ANN401
    """Each field lets through what it says, and counts it."""
    value, passes = FILTERS[name]
    expected = {f"inc-{number}" for number in range(SOME) if passes(number)} - (
        {"inc-9"} if name in ("from", "to") else set()
    )

    page.fill(f"[name={name}]", value)
    wait_for_rows(page, len(expected))

    assert ids(page) == expected
    assert page.locator("#status").inner_text().startswith(f"{len(expected)} of 60 incidents")
    page.locator(".chip").first.click()
    wait_for_rows(page, SOME)


def test_page_filters_by_grade_and_ticks(page: Any) -> None:  # noqa: ANN401
    """Grade, sources that differ, background; together they narrow."""
    page.select_option("[name=grade]", "fair")
    wait_for_rows(page, 20)
    page.check("[name=disputed]")
    wait_for_rows(page, 1)
    assert ids(page) == {"inc-7"}
    page.get_by_role("button", name="Clear all").click()
    wait_for_rows(page, SOME)
    page.check("[name=current]")
    wait_for_rows(page, SOME - 1)
    assert "inc-8" not in ids(page)


def test_page_filters_by_type(page: Any) -> None:  # noqa: ANN401
    """A type that is switched off leaves list, map and timeline."""
    bars = page.locator("#timeline rect.bar.t0").count()
    page.locator("#types label", has_text="Battles").click()
    wait_for_rows(page, 50)
    assert bars > 0
    assert page.locator("#timeline rect.bar.t0").count() == 0
    assert page.locator("#map .symbol .t0").count() == 0


def test_page_brush_chooses_dates(page: Any) -> None:  # noqa: ANN401
    """What is drawn over the timeline becomes From and To; a click beside it takes it back."""
    box = page.locator("#timeline .overlay").bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.25, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, y, steps=4)
    page.mouse.up()
    page.locator(".chip").first.wait_for()

    low, high = (dt.date.fromisoformat(page.input_value(f"[name={end}]")) for end in ("from", "to"))
    first = dt.date(2024, 1, 1)
    inside = {f"inc-{n}" for n in range(SOME) if low <= first + dt.timedelta(days=n) <= high}
    assert 12 <= len(inside) <= 18
    wait_for_rows(page, len(inside))
    assert ids(page) == inside

    page.mouse.click(box["x"] + box["width"] * 0.9, y)
    wait_for_rows(page, SOME)


def test_page_click_on_the_map_fills_the_list(page: Any) -> None:  # noqa: ANN401
    """A symbol chooses its incidents, and the same symbol lets them go."""
    symbol = page.locator(".symbol[aria-label^='Mopti: ']:not(.wide)")
    symbol.click()
    expected = {f"inc-{n}" for n in range(SOME) if n % 3 == 1} - {"inc-10"}
    wait_for_rows(page, len(expected))
    assert ids(page) == expected
    assert "On the map: Mopti" in page.locator("#chips").inner_text()
    page.locator(".symbol.picked").click()
    wait_for_rows(page, SOME)


def test_page_says_what_it_cannot_draw(page: Any) -> None:  # noqa: ANN401
    """Incidents without a day or a place are counted where they are missing."""
    assert page.locator("#time-note").inner_text() == "Not drawn: 1 without a date."
    assert "Not on the map: 1 without a known place" in page.locator("#key").inner_text()
    assert page.locator(".symbol.wide").count() == 1


def test_page_sorts_and_keeps_the_undated_last(page: Any) -> None:  # noqa: ANN401
    """A heading sorts, a second press turns it round."""
    first = page.locator(ROW).first
    assert first.get_attribute("id") == "inc-59"
    page.get_by_role("button", name="Date", exact=True).click()
    assert first.get_attribute("id") == "inc-0"
    assert page.locator("th.when").get_attribute("aria-sort") == "ascending"
    assert page.locator(ROW).last.get_attribute("id") == "inc-9"
    page.get_by_role("button", name="Killed", exact=True).click()
    assert first.locator("td.killed").inner_text() == "3"


def test_page_row_opens_to_what_the_source_says(page: Any) -> None:  # noqa: ANN401
    """Sentence with marks, speaker, link to the source; a star where sources differ."""
    page.locator("#inc-7 .opener").click()
    claims = page.locator("tr.claims")
    marks = claims.locator("mark").all_inner_texts()
    assert {"Brigade 7", "killed", "people", "Mopti"} <= set(marks)
    assert claims.locator("blockquote").inner_text() == (
        "Brigade 7 killed 3 people in Mopti on Monday, residents said."
    )
    assert "killed: civilians 3 — says residents" in claims.inner_text()
    assert claims.locator("h3 a").get_attribute("href") == "https://news.example/7"
    assert "at least 9 (Outlet 2)" in claims.inner_text()
    assert "casualties" not in claims.locator("dl.facts").inner_text()
    assert page.locator("#inc-7 .star").count() == 1
    assert not claims.locator(".rule").first.is_visible()
    claims.get_by_role("button", name="Show rules").click()
    assert claims.locator(".rule").first.is_visible()
    page.locator("#inc-7 .opener").click()
    assert claims.count() == 0


def test_page_shows_an_incident_on_the_map(page: Any) -> None:  # noqa: ANN401
    """The map comes so close that neighbourhoods are told apart."""
    page.locator("#inc-6 .opener").click()
    page.get_by_role("button", name="Show on the map").click()
    page.wait_for_selector(".leaflet-tooltip")
    assert page.locator(".leaflet-tooltip").inner_text().startswith("Qamishli: ")
    assert page.locator(".symbol").count() < 10


def test_page_address_opens_an_incident(html: str, open_page: OpenPage) -> None:
    """A link into the page shows what it names."""
    page = open_page(html, address="#inc-3")
    assert page.locator("#inc-3 .opener").get_attribute("aria-expanded") == "true"


HOSTILE = '</script><img src=x onerror="hacked=1"><script>hacked=1</script>&lt;b&gt;'


def test_page_shows_hostile_words_as_words(
    make_told: Make, page_of: PageOf, open_page: OpenPage
) -> None:
    """Nothing that an article says runs, loads or becomes an element."""
    told = make_told(
        0,
        actor=HOSTILE,
        place=HOSTILE,
        title=HOSTILE,
        publisher=HOSTILE,
        speaker=HOSTILE,
        url="javascript:hacked=1",
        disputed=True,
    )
    page = open_page(page_of([told], title=HOSTILE))
    page.locator(".opener").click()
    page.locator(".symbol").hover()

    assert page.evaluate("typeof hacked") == "undefined"
    assert page.locator("img, script[src], a[href^=javascript]").count() == 0
    assert page.locator("script").count() == 2
    shown = page.locator("body").inner_text()
    assert shown.count("<img src=x onerror=") >= 5
    assert "&lt;b&gt;" in page.locator(".claims blockquote").inner_text()


def test_page_tells_days_alike_in_every_time_zone(html: str, open_page: OpenPage) -> None:
    """A day is a day of the calendar, wherever the reader sits."""
    for zone in ("America/Los_Angeles", "Pacific/Auckland"):
        page = open_page(html, timezone_id=zone)
        assert "1 January 2024 to 29 February 2024" in page.locator("#summary").inner_text()
        page.fill("[name=to]", "2024-01-01")
        wait_for_rows(page, 1)


def test_page_with_tiles_asks_for_them_alone(
    told: list[Any],
    page_of: PageOf,
    chromium: Any,  # noqa: ANN401
    tmp_path: Path,
) -> None:
    """Tiles come from the address given; they and nothing else."""
    path = tmp_path / "page.html"
    path.write_text(page_of(told[:3], tiles="https://tile.example/{z}/{x}/{y}.png"), "utf-8")
    context = chromium.new_context()
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.route("https://tile.example/**", lambda route: route.abort())
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    page.locator("#map img.leaflet-tile").first.wait_for(state="attached")
    attribution = page.locator(".leaflet-control-attribution").inner_text()
    context.close()
    tiles = [url for url in asked if url != path.as_uri()]
    assert tiles
    assert all(url.startswith("https://tile.example/") for url in tiles)
    assert "Tiles: tile.example" in attribution


def test_page_timeline_counts_no_hours(
    make_told: Make, page_of: PageOf, open_page: OpenPage
) -> None:
    """Two days have two ticks and the end, each with its date whole."""
    page = open_page(page_of([make_told(number) for number in range(2)]))
    texts = page.locator("#timeline .axis").first.locator("text")

    assert texts.all_text_contents() == ["1 Jan", "2 Jan", "3 Jan"]
    last, box = texts.last.bounding_box(), page.locator("#timeline svg").bounding_box()
    assert last["x"] + last["width"] <= box["x"] + box["width"]


def test_page_names_stand_beside_their_marks(
    make_told: Make, page_of: PageOf, open_page: OpenPage
) -> None:
    """The name of a town is not hidden by the mark on it."""
    page = open_page(page_of([make_told(2, deaths=40)]))
    page.wait_for_selector(".map-label.here span")
    # in one step: the map draws its marks anew when it moves
    name, mark, right = page.evaluate("""() => {
      const box = (selector) => document.querySelector(selector).getBoundingClientRect();
      const [label, symbol] = [box(".map-label.here span"), box(".symbol")];
      return [label.left, symbol.left, symbol.right];
    }""")

    assert right - mark > 12, "the mark is wider than the usual gap"
    assert name >= right


@pytest.mark.slow
def test_page_holds_thousands(make_told: Make, page_of: PageOf, open_page: OpenPage) -> None:
    """5,000 incidents load and filter while a person waits; docs/page.md gives the figures."""
    start = dt.date(2020, 1, 1)
    told = [
        make_told(number, day=start + dt.timedelta(days=number % 1500)) for number in range(5000)
    ]
    html = page_of(told)
    page = open_page(html)
    took = page.evaluate("performance.now()")
    assert took < 30_000
    assert page.locator(ROW).count() == 100
    began = page.evaluate("performance.now()")
    page.fill("[name=words]", "brigade 4321")
    wait_for_rows(page, 1)
    assert page.evaluate("performance.now()") - began < 15_000
