"""Wordings of news by which people are counted as harmed, and their look-alikes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from incidents.model import Article

if TYPE_CHECKING:
    from spacy.language import Language

    from incidents.extractors.pipeline import Extractor

pytestmark = pytest.mark.model

Count = tuple[str, int | None, int | None]
Row = tuple[str, int | None, int | None, str]
TUESDAY = dt.date(2024, 2, 20)
K, W, D = "killed", "wounded", "detained"

WORDINGS: list[tuple[str, set[Count]]] = [
    # what a toll comes to
    ("Doctors put the wounded at 54 and the dead at 12.", {(W, 54, 54), (K, 12, 12)}),
    ("A nurse put the injured at over 30 and those killed at nine.", {(W, 31, None), (K, 9, 9)}),
    ("The ministry put the toll at 31.", {(K, 31, 31)}),
    ("The number of dead stands at 9.", {(K, 9, 9)}),
    ("The number of people killed reached 40.", {(K, 40, 40)}),
    ("The injured numbered 25.", {(W, 25, 25)}),
    ("Those wounded were estimated at 25.", {(W, 25, 25)}),
    ("Fatalities were put at 16.", {(K, 16, 16)}),
    ("The toll: six dead, 14 wounded.", {(K, 6, 6), (W, 14, 14)}),
    ("Dead: 6. Wounded: 14.", {(K, 6, 6), (W, 14, 14)}),
    ("Two children were among the nine dead.", {(K, 9, 9)}),
    ("Among the nine dead were two children.", {(K, 9, 9)}),
    ("The number of injured has risen from nine to 14.", {(W, 14, 14)}),
    ("Those killed were four men, two women and a child.", {(K, 4, 4), (K, 2, 2), (K, 1, 1)}),
    ("Residents named the dead as Musa Bello and Ali Sani.", {(K, 1, 1)}),
    ("Seven people, comprising four men and three women, were killed.", {(K, 7, 7)}),
    ("The dead are believed to number 15.", {(K, 15, 15)}),
    ("Between 15 and 20 people died.", {(K, 15, 20)}),
    ("The 15 wounded were taken to Oicha.", {(W, 15, 15)}),
    # a group between a count and its noun
    ("Twelve Tehreek-e-Taliban Pakistan (TTP) militants were killed.", {(K, 12, 12)}),
    ("Three Popular Mobilization Forces (PMF) fighters were killed.", {(K, 3, 3)}),
    ("Five Border Guard Force (BGF) men and two Karen National Union (KNU) rebels died.",
     {(K, 5, 5), (K, 2, 2)}),
    # one beside others
    ("Gunmen shot three men, killing two and injuring the third.", {(K, 2, 2), (W, 1, 1)}),
    ("Two boys were taken to hospital and a third died.", {(W, 2, 2), (K, 1, 1)}),
    ("Two boys were taken to hospital and another died.", {(W, 2, 2), (K, 1, 1)}),
    ("One was killed and the other wounded.", {(K, 1, 1), (W, 1, 1)}),
    ("One trader died; the other is in hospital.", {(K, 1, 1), (W, 1, 1)}),
    ("One guard died at the scene, while the other was rushed to hospital.",
     {(K, 1, 1), (W, 1, 1)}),
    # a pair and a couple are two
    ("The elderly couple was killed.", {(K, 2, 2)}),
    ("The trio were abducted by gunmen.", {("kidnapped", 3, 3)}),
    # how the hurt are doing
    ("Two others are in critical condition.", {(W, 2, 2)}),
    ("Four children remain in intensive care.", {(W, 4, 4)}),
    ("Twenty residents needed treatment for burns.", {(W, 20, 20)}),
    ("The clinic admitted 20 people with shrapnel wounds.", {(W, 20, 20)}),
    ("The clinic received nine bodies and 20 injured people.", {(K, 9, 9), (W, 20, 20)}),
    ("Eleven martyrs and 20 wounded were taken to the hospital.", {(K, 11, 11), (W, 20, 20)}),
    ("Six bodies were taken to the hospital.", {(K, 6, 6)}),
    ("Residents counted 40 corpses.", {(K, 40, 40)}),
    ("Six guards died and another 15 are under treatment.", {(K, 6, 6), (W, 15, 15)}),
    ("Police shot a youth in the leg.", {(W, 1, 1)}),
    ("Two boys were hit by shrapnel.", {(W, 2, 2)}),
    ("A boy was hit by a bullet and died at once.", {(K, 1, 1)}),
    ("Fifteen people suffered from tear gas inhalation.", {(W, 15, 15)}),
    ("Medics treated 15 people for tear gas inhalation.", {(W, 15, 15)}),
    ("A woman suffered an acute stress reaction.", {(W, 1, 1)}),
    # other ways to die
    ("The ambush cost eight soldiers their lives.", {(K, 8, 8)}),
    ("Eight soldiers were burned alive.", {(K, 8, 8)}),
    ("Eight soldiers were blown to pieces.", {(K, 8, 8)}),
    ("Troops sent six militants to hell.", {(K, 6, 6)}),
    # before doing something else
    ("The rebels took three posts before killing 12 soldiers.", {(K, 12, 12)}),
    # words of honour
    ("A soldier was martyred and two were injured.", {(K, 1, 1), (W, 2, 2)}),
    ("The strike led to the martyrdom of four people.", {(K, 4, 4)}),
    # sides told behind the sum
    ("A raid killed 30 people: 12 soldiers, 10 rebels and eight civilians.",
     {(K, 12, 12), (K, 10, 10), (K, 8, 8)}),
    ("A raid killed 15 people (nine soldiers and six civilians).", {(K, 9, 9), (K, 6, 6)}),
    ("A raid killed seven people: five men and two women.", {(K, 7, 7)}),
]  # fmt: skip

LOOK_ALIKES = [
    "The ministry put the damage at 31 million dollars.",
    "The company put losses at 31 million dollars.",
    "The funeral of the dead is set at 9 am.",
    "Time of death: 9 pm.",
    "The number of soldiers killed is unknown.",
    "The other side fired back.",
    "A third attack failed.",
    "The road is in critical condition.",
    "Two ministers were in hospital to visit the troops.",
    "The region needs treatment.",
    "Soldiers vowed to embrace martyrdom.",
    "Two officers are ready to sacrifice their lives.",
    "Ten soldiers made a sacrifice at the shrine.",
    "The company paid the ultimate price for its errors.",
    "The play does not say who gave his life for whom.",
    "The court sentenced two men to death.",
    "Two men were condemned to death for murder.",
    "The heat led ten people to despair and death.",
    "The row cost eight ministers their jobs.",
    "The mortgage cost two families their homes.",
    "Two cars were hit by a truck.",
    "The man was hit by a fine.",
    "Two boys shot a film in the hand of a giant.",
    "The dead were buried on Tuesday.",
    "The dead were soldiers.",
    "The road was named after the dead as a sign of respect.",
    "Two soldiers had a bad reaction to the news.",
    "Rebels seized the post before killing the lights.",
]


def counts(nlp: Language, sentence: str) -> set[Count]:
    """The counts of a sentence."""
    doc = nlp(sentence)
    found = [span._.casualty for span in doc.spans["casualties"]]
    return {(c.kind, c.min, c.max) for c in found}


@pytest.mark.parametrize(("sentence", "expected"), WORDINGS, ids=[w[0] for w in WORDINGS])
def test_casualty_wordings_are_counted(nlp: Language, sentence: str, expected: set[Count]) -> None:
    """A wording gives its counts: kind, fewest, most."""
    assert expected == counts(nlp, sentence)


@pytest.mark.parametrize("sentence", LOOK_ALIKES)
def test_casualty_wordings_look_alike_counts_nobody(nlp: Language, sentence: str) -> None:
    """Other figures, other senses, and what is only vowed."""
    assert counts(nlp, sentence) == set()


DIED = [
    "embraced martyrdom", "embraced shahadat", "embraced shahada", "attained martyrdom",
    "attained shahadat", "attained veergati", "achieved martyrdom", "fell martyrs",
    "fell as martyrs", "rose as martyrs", "ascended as martyrs", "laid down their lives",
    "gave their lives", "sacrificed their lives", "lost their lives", "made the supreme sacrifice",
    "made the ultimate sacrifice", "paid the ultimate price",
    "paid with their lives", "met their end", "met their deaths", "breathed their last",
]  # fmt: skip
DIED_ALONE = [
    "laid down his life", "laid down her life", "gave his life", "gave her life",
    "sacrificed his life", "sacrificed her life", "lost his life",
    "paid with his life", "paid with her life", "met his end", "met her end", "met his death",
    "met her death", "breathed his last", "breathed her last",
]  # fmt: skip


@pytest.mark.parametrize("turn", DIED)
def test_casualty_wordings_of_honour_tell_of_deaths(nlp: Language, turn: str) -> None:
    """What South Asian and Middle Eastern news say of soldiers who died."""
    assert counts(nlp, f"Two soldiers {turn} on Monday.") == {(K, 2, 2)}


@pytest.mark.parametrize("turn", DIED_ALONE)
def test_casualty_wordings_of_honour_tell_of_one_death(nlp: Language, turn: str) -> None:
    """A life is one."""
    assert counts(nlp, f"A soldier {turn} near Bannu on Monday.") == {(K, 1, 1)}


MERGED: list[tuple[str, str, set[Row]]] = [
    ("casualties counted by kind are no wounded besides",
     "A raid in Gao on Monday left 12 casualties: four dead and eight wounded.",
     {(K, 4, 4, "civilians"), (W, 8, 8, "civilians")}),
    ("sides told behind the sum replace it",
     "Clashes in Sweida on Monday killed 22 people: 12 soldiers and 10 rebels.",
     {(K, 12, 12, "soldiers"), (K, 10, 10, "rebels")}),
    ("those counted are counted once",
     "Rebels attacked Beni on Monday. The 15 wounded were taken to Oicha.",
     {(W, 15, 15, "civilians")}),
    ("bodies found on a later day are of those killed",
     "Rebels killed 15 villagers in Beni on Monday. The bodies of four were found on Tuesday.",
     {(K, 15, 15, "civilians")}),
    ("two more in the next sentence add up",
     "Shells hit a farm in Gao on Monday. Nine people died at once. Two more died in hospital.",
     {(K, 11, 11, "civilians")}),
    ("two more of a toll that has them do not",
     ("Shells hit a farm in Gao on Monday, killing 11 people. Nine people died at once. Two more"
      " died in hospital."), {(K, 11, 11, "civilians")}),
    ("others than the dead are no more wounded",
     ("A bomb killed two people and wounded 10 others in Gao on Monday. Police said that four"
      " others had been wounded."), {(K, 2, 2, "unknown"), (W, 10, 10, "unknown")}),
    ("a man beside a woman is a civilian as well",
     "A drone strike in Kherson on Monday wounded a man, 61, and a woman, 58.",
     {(W, 2, 2, "civilians")}),
    ("a man beside a soldier may be anybody",
     "A drone strike in Kherson on Monday wounded a man and a soldier.",
     {(W, 1, 1, "unknown"), (W, 1, 1, "soldier")}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [m[1:] for m in MERGED], ids=[m[0] for m in MERGED])
def test_casualty_wordings_in_article(extractor: Extractor, text: str, expected: set[Row]) -> None:
    """The same people are counted once; the id is the rule."""
    reports = extractor.extract(Article(id="a", text=text, published=TUESDAY))

    assert expected == {(c.kind, c.min, c.max, c.group) for r in reports for c in r.casualties}
