"""Words of war in ordinary news, and the same words in news of war."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.model

BOMB, ATTACK, CLASH = "Remote explosive/landmine/IED", "Attack", "Armed clash"
SHELLING, DISRUPTED = "Shelling/artillery/missile attack", "Disrupted weapons use"

# what is no event, and a look-alike that is one
PAIRS: list[tuple[str, str, str | None]] = [
    ("The proposal was shot down by senators in Nairobi on Tuesday.",
     "The drone was shot down by soldiers in Nairobi on Tuesday.", DISRUPTED),
    ("Critics attacked the plan in Madrid on Monday.",
     "Militants attacked an army base in Bamako on Monday.", CLASH),
    ("The chef's new place in Paris is an explosion of flavours.",
     "The explosion of a car bomb in Paris killed two people.", BOMB),
    ("An explosion of interest in chess hit Oslo on Monday.",
     "An explosion of a shell killed two soldiers in Kramatorsk on Monday.", BOMB),
    ("Readers bombarded the paper with e-mails in Leeds on Monday.",
     "Rebels bombarded the town with rockets in Idlib on Monday.", SHELLING),
    ("The comedian ended, and the crowd exploded in Leeds on Monday.",
     "A suicide bomber exploded in Kabul on Monday.", None),
    ("Gangs of monkeys raided a market in Lopburi and attacked vendors on Monday.",
     "Gangs of bandits raided a market in Gusau and attacked vendors on Monday.", ATTACK),
    ("Soldiers of the termite colony attacked an intruder in Panama.",
     "Soldiers of the third brigade attacked a village in Plateau.", ATTACK),
    ("A stray dog attacked three children in Ankara on Monday.",
     "A gunman attacked three children in Ankara on Monday.", ATTACK),
    ("Police in Rome raided a restaurant on Monday and took away spoiled fish.",
     "Gunmen in Quetta raided a restaurant on Monday and took away three workers.", None),
    ("A bomb from the Second World War was found in Cologne on Monday and defused.",
     "A roadside bomb was found in Mosul on Monday and defused.", DISRUPTED),
    ("The striker fired a missile into the top corner of the Sevilla goal on Monday.",
     "The rebels fired a missile into the port of Hodeidah on Monday.", SHELLING),
    ("Police arrested a man in Leeds on Monday for the theft of 200 bicycles.",
     "Police arrested an opposition leader in Harare on Monday.", "Arrests"),
    ("Nurses in Harare clashed with the minister over pay on Monday.",
     "Rebels in Goma clashed with the army over a bridge on Monday.", CLASH),
    ("A policeman shot himself in the leg in Lisbon on Monday.",
     "A policeman shot a farmer in the leg in Lisbon on Monday.", ATTACK),
    ("Police shot two stray dogs in Hanoi on Monday.",
     "Police shot two protesters in Hanoi on Monday.", None),
    ("The navy fired missiles at old ships in an exercise off Darwin on Monday.",
     "The rebels fired missiles at two ships off Hodeidah on Monday.", None),
    ("He wrote about a veteran of the Battle of Verdun in Lyon on Monday.",
     "Ten soldiers were killed in a battle in Bakhmut on Monday.", CLASH),
]  # fmt: skip


@pytest.mark.parametrize("text", [figure for figure, _, _ in PAIRS])
def test_figures_of_speech_give_no_report(types_of: Callable[[str], list[str]], text: str) -> None:
    """Talk, animals, sports, searches and relics are no incidents."""
    assert types_of(text) == []


@pytest.mark.parametrize(("text", "told"), [(text, told) for _, text, told in PAIRS])
def test_figures_leave_the_same_words_of_war(
    types_of: Callable[[str], list[str]], text: str, told: str | None
) -> None:
    """With arms, armed people or people harmed they mean what they say."""
    found = types_of(text)

    assert found == [told] if told is not None else len(found) == 1
