"""Headlines of other articles in a saved page: found by their turns, and never told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incidents.extractors.page_links import find_links
from incidents.model import Article

if TYPE_CHECKING:
    from incidents.extractors.pipeline import Extractor

LINKS = [
    ("Two died.\nRead also: Bomb kills nine in Kabul\nThe army came.",
     ["Read also: Bomb kills nine in Kabul"]),
    ("Two died.\n\nREAD ALSO:\nBomb Kills Nine In Kabul\nThe army came.",
     ["READ ALSO:\nBomb Kills Nine In Kabul"]),
    ("“All is calm,” he said.Read also: Bomb kills nine\nThe army came.",
     ["Read also: Bomb kills nine"]),
    ("Two died.\nRelated stories\nBomb kills nine\nMine wounds two\n\nThe army came.",
     ["Related stories\nBomb kills nine\nMine wounds two"]),
    ("Two died.\n» You may also like: Bomb kills nine", ["You may also like: Bomb kills nine"]),
]  # fmt: skip
NO_LINKS = [
    "He read also: the law, the gospel and the papers.",
    "The two attacks are related. Police said so.",
    "Related\nThe two attacks are related, police said.",
    "Gunmen who read more papers than books fled.",
    "Most read aloud what they had seen: nine dead.",
    "See also the map.",
    "",
]


@pytest.mark.parametrize(("text", "links"), LINKS)
def test_page_links_are_found(text: str, links: list[str]) -> None:
    """A turn with its headline, on one line or on the lines below."""
    assert [text[start:end] for start, end in find_links(text)] == links


@pytest.mark.parametrize("text", NO_LINKS)
def test_page_links_are_none_in_sentences(text: str) -> None:
    """The same words within sentences, or above one, lead nowhere."""
    assert find_links(text) == []


@pytest.mark.model
@pytest.mark.parametrize(
    "link",
    ["Read also: Bomb kills nine soldiers in Kabul", "RELATED\nBomb kills nine soldiers in Kabul"],
)
@pytest.mark.parametrize("filler", ["", "The price of rice rose by two per cent in June. " * 40])
def test_page_links_give_no_report(extractor: Extractor, link: str, filler: str) -> None:
    """Another article's event is no event of this one, long or short."""
    text = f"{filler}Gunmen shot two traders dead in Gao.\n{link}\nThe gunmen fled. {filler}"

    found = extractor.extract(Article(id="a", text=text))

    assert [(r.sub_event_type, r.fatalities.best) for r in found] == [("Attack", 2)]


def test_page_links_are_found_in_time() -> None:
    """A page of nothing but turns is read once."""
    assert len(find_links("Read also:\n" * 20_000)) <= 20_000
    assert find_links("related " * 50_000) == []
