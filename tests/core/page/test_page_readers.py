"""The page for every reader: by keyboard and by ear, on a phone, in the dark and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from page_rows import ROW, SOME, wait_for_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Any]
    PageOf = Callable[..., str]
    OpenPage = Callable[..., Any]


def colour(page: Any, selector: str, name: str) -> tuple[int, ...]:  # noqa: ANN401
    """A colour as the browser shows it."""
    script = "(element, name) => getComputedStyle(element)[name]"
    found = page.eval_on_selector(selector, script, name)
    return tuple(int(part) for part in found[found.index("(") + 1 : -1].split(",")[:3])


def contrast(one: tuple[int, ...], two: tuple[int, ...]) -> float:
    """The contrast of two colours; source: W3C, WCAG 2.2, "contrast ratio"."""

    def luminance(rgb: tuple[int, ...]) -> float:
        parts = [value / 255 for value in rgb]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def test_page_works_by_keyboard(page: Any) -> None:  # noqa: ANN401
    """The first stop skips to the list; rows, types and symbols answer keys."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "list"

    opener = page.locator("#inc-59 .opener")
    opener.focus()
    page.keyboard.press("Enter")
    assert opener.get_attribute("aria-expanded") == "true"

    page.locator("#types input").first.focus()
    page.keyboard.press("Space")
    wait_for_rows(page, 50)
    page.keyboard.press("Space")
    wait_for_rows(page, SOME)

    page.locator(".symbol[aria-label^='Mopti: ']:not(.wide)").focus()
    page.keyboard.press("Enter")
    wait_for_rows(page, 19)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Mopti: ")


UNNAMED = """() => {
  const named = (it) => it.getAttribute("aria-label") || it.title || it.textContent.trim()
    || it.labels?.[0]?.textContent.trim();
  const controls = document.querySelectorAll("button, input, select, a[href], [role=button]");
  return [...controls].filter((it) => !it.hidden && !named(it)).map((it) => it.outerHTML);
}"""


def test_page_names_its_controls(page: Any) -> None:  # noqa: ANN401
    """Every control has a name for those who hear the page."""
    unnamed = page.evaluate(UNNAMED)
    assert unnamed == []
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("width", [320, 390, 768])
def test_page_fits_a_phone(html: str, open_page: OpenPage, width: int) -> None:
    """Nothing reaches beyond the screen, open rows included; filters are folded away."""
    page = open_page(html, viewport={"width": width, "height": 740}, has_touch=True)
    page.locator(".opener").first.tap()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("[name=words]").is_visible() == (width >= 720)
    assert page.locator("tr.claims blockquote").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_can_be_read_in_light_and_dark(html: str, open_page: OpenPage, scheme: str) -> None:
    """The page follows the system, and its text stands out (WCAG AA: 4.5)."""
    page = open_page(html, color_scheme=scheme)
    page.locator("#inc-7 .opener").click()
    paper = colour(page, "body", "backgroundColor")
    assert (sum(paper) < 150) == (scheme == "dark")
    for selector in ("h1", ".summary", "td.where .sub", ".said .speaker", ".tag.fair", ".note"):
        assert contrast(colour(page, selector, "color"), paper) >= 4.5, selector
    mark = [colour(page, "mark", name) for name in ("color", "backgroundColor")]
    assert contrast(*mark) >= 4.5
    land, sea = colour(page, "#map path.land", "fill"), colour(page, "#map", "backgroundColor")
    assert land != sea


def test_page_prints_all_rows_without_its_controls(
    make_told: Make, page_of: PageOf, open_page: OpenPage
) -> None:
    """Paper gets what passes the filters, dark text on white, and no fields."""
    page = open_page(page_of([make_told(number) for number in range(150)]), color_scheme="dark")
    assert page.locator(ROW).count() == 100
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(ROW).count() == 150
    assert not page.locator("[name=words]").is_visible()
    assert not page.locator(".leaflet-control-zoom").is_visible()
    assert contrast(colour(page, "td.where", "color"), (255, 255, 255)) > 12
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(ROW).count() == 100
