"""The page as text: what it holds, what it escapes, what it may load."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from incidents.errors import InputError
from incidents.exports.page.build import SCRIPTS
from incidents.exports.page.claims import find_passages
from incidents.exports.page.facts import _safe_url
from incidents.model import ActorRef

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Any]
    PageOf = Callable[..., str]

PAGE = Path(__file__).resolve().parents[3] / "core" / "exports" / "page"
LIBRARIES = json.loads((PAGE / "vendor" / "libraries.json").read_text(encoding="utf-8"))


def data_of(html: str) -> dict[str, Any]:
    """The data that the scripts of a page read."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def policy_of(html: str) -> str:
    """The content security policy of a page."""
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert found is not None
    return found[1]


def test_page_is_the_same_each_time(make_told: Make, page_of: PageOf) -> None:
    """No clock and no chance: the same incidents give the same bytes."""
    told = [make_told(number) for number in range(5)]
    assert page_of(told) == page_of(told)


def test_page_holds_incidents_in_order_with_their_articles(
    make_told: Make, page_of: PageOf
) -> None:
    """Facts, places on the map, and the numbers of the articles."""
    facts = data_of(page_of([make_told(3), make_told(1, disputed=True)]))["facts"]

    first, second = facts["incidents"]
    assert (first["id"], second["id"]) == ("inc-3", "inc-1")
    assert (first["where"], first["area"], first["at"]) == (
        "Qamishli",
        "Al-Hasakah, Syria",
        [37.06, 41.22],
    )
    assert (first["start"], first["deaths"]) == ("2024-01-04", [3, 3, 3])
    assert facts["articles"][second["told"][0]["article"]]["name"] == "Outlet 1"
    assert second["differs"] == [
        {"field": "casualties killed civilians", "values": [["at least 9", [1]]]}
    ]


def test_page_title_is_escaped(page_of: PageOf) -> None:
    """A headline is text, whatever it holds."""
    html = page_of([], title='"A" <b>& $data')
    assert "<h1>&quot;A&quot; &lt;b&gt;&amp; $data</h1>" in html


def test_page_data_cannot_end_its_element(make_told: Make, page_of: PageOf) -> None:
    """No `<` of an article stands in the page as such."""
    evil = "</script><script>alert(1)</script><!--"
    html = page_of([make_told(0, actor=evil, title=evil, publisher=evil, speaker=evil)])

    [data] = re.findall(r'id="data">(.*)</script>\n<script>', html, re.DOTALL)
    assert "<" not in data
    assert data_of(html)["facts"]["incidents"][0]["actors"][0][0] == evil


def test_page_policy_allows_its_own_script_and_style_alone(page_of: PageOf) -> None:
    """The hashes are those of what stands in the page; nothing else may run or load."""
    html = page_of([])
    script = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)[-1]
    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)[0]

    digests = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (script, style)
    ]
    assert policy_of(html) == (
        f"default-src 'none'; script-src 'sha256-{digests[0]}'; style-src 'sha256-{digests[1]}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_page_with_tiles_allows_their_host_alone(page_of: PageOf) -> None:
    """Who asks for tiles lets readers load images from there, and from nowhere else."""
    html = page_of([], tiles="https://tile.example:8080/{z}/{x}/{y}.png?key=a")
    assert "img-src data: https://tile.example:8080;" in policy_of(html)


@pytest.mark.parametrize(
    "tiles",
    [
        "yes",
        "http://tile.example/{z}/{x}/{y}.png",
        "https://tile.example/{z}/{x}.png",
        "https://tile.example; script-src */{z}/{x}/{y}",
        "javascript:alert(1)//{z}/{x}/{y}",
    ],
)
def test_page_refuses_what_is_no_address_of_tiles(page_of: PageOf, tiles: str) -> None:
    """One line says how it is to be written."""
    with pytest.raises(InputError, match=r"is no address of tiles; write it as https://"):
        page_of([], tiles=tiles)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://news.example/a?b=1", True),
        ("http://news.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://news.example/\u202egpj", False),
        ("https://[broken", False),
        (None, False),
    ],
)
def test_page_links_lead_to_the_web_alone(url: str | None, *, kept: bool) -> None:
    """Other addresses stay text."""
    assert _safe_url(url) == (url if kept else None)


def test_passages_mark_the_words_that_gave_a_value(make_told: Make) -> None:
    """The sentence stands once, cut at its marks; speaker and rule are with the values."""
    told = make_told(3)

    [passage] = find_passages(told.report, told.article.text)

    assert "".join(text for text, _ in passage.parts) == told.article.text
    assert [(text, field) for text, field in passage.parts if field] == [
        ("Brigade 3", "actor"),
        ("killed", "casualty"),
        ("people", "actor"),
        ("Qamishli", "place"),
        ("Thursday", "date"),
    ]
    [claim] = [said for said in passage.said if said.field == "casualty"]
    assert (claim.value, claim.speaker) == ("killed: civilians 3", "residents")
    assert "Qamishli, Al-Hasakah, Syria" in [said.value for said in passage.said]


def test_passages_keep_one_of_marks_that_overlap(make_told: Make) -> None:
    """A sentence stays whole where two values share words."""
    told = make_told(3)
    longer = ActorRef(name="Brigade", mention="Brigade 3 killed", role="participant")
    report = msgspec.structs.replace(told.report, actors=(*told.report.actors, longer))

    [passage] = find_passages(report, told.article.text)

    assert "".join(text for text, _ in passage.parts) == told.article.text
    assert passage.parts[0] == ("Brigade 3 killed", "actor")


def test_passages_tell_a_value_once_with_all_its_rules(make_told: Make) -> None:
    """Two rules that read the same in one sentence are one line."""
    told = make_told(3)
    [first, *_] = told.report.evidence
    again = msgspec.structs.replace(first, rule="event:other")
    report = msgspec.structs.replace(told.report, evidence=(first, again))

    [passage] = find_passages(report, told.article.text)

    lines = [(said.field, said.value, said.speaker) for said in passage.said]
    assert len(lines) == len(set(lines))
    assert any(
        "event:other" in (said.rule or "") and first.rule in said.rule for said in passage.said
    )


def test_passages_hold_no_sign_that_turns_the_line_round(make_told: Make) -> None:
    """Overrides of direction and control characters of an article stay outside."""
    told = make_told(3, speaker="res\u202eidents\x00")

    [passage] = find_passages(told.report, told.article.text)

    assert "residents said" in "".join(text for text, _ in passage.parts)


def test_scripts_listed_are_the_files_there() -> None:
    """A script that is not listed would be missing from every page."""
    assert sorted(SCRIPTS) == sorted(path.name for path in (PAGE / "assets").glob("*.js"))


def test_scripts_never_parse_html() -> None:
    """Words of articles become text nodes; nothing that would parse them is called."""
    parsing = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    )
    found = [
        name for name in SCRIPTS if parsing.search((PAGE / "assets" / name).read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library["name"])
def test_library_is_as_it_was_taken(library: dict[str, Any]) -> None:
    """Each build is the one of the list, has its licence beside it, and is named in the docs."""
    for name, digest in library["sha256"].items():
        assert digest == hashlib.sha256((PAGE / "vendor" / name).read_bytes()).hexdigest()
    assert "Copyright" in (PAGE / "vendor" / f"{library['name']}.LICENSE").read_text("utf-8")
    docs = (PAGE.parents[2] / "docs" / "dependencies.md").read_text("utf-8")
    assert f"| {library['name']} {library['version']} | {library['licence']} |" in docs


def test_every_file_of_the_libraries_is_listed() -> None:
    """Nothing stands there without a version and a licence."""
    listed = {name for library in LIBRARIES for name in library["sha256"]}
    licences = {f"{library['name']}.LICENSE" for library in LIBRARIES}
    there = {path.name for path in (PAGE / "vendor").iterdir()} - {"libraries.json"}
    assert there == listed | licences
