"""Counts of people harmed: sentences and what they say, and sentences that harm nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.model

Count = tuple[str, int | None, int | None]

K, W, D, A, M, X = "killed", "wounded", "detained", "kidnapped", "missing", "displaced"

HARM: list[tuple[str, list[Count]]] = [
    # active
    ("Gunmen killed three soldiers near Gao.", [(K, 3, 3)]),
    ("Militants ambushed a patrol, killing six policemen.", [(K, 6, 6)]),
    ("A mortar shell killed a mother and wounded her two sons.", [(K, 1, 1), (W, 2, 2)]),
    ("The raid killed at least 14 villagers and injured 22.", [(K, 14, None), (W, 22, 22)]),
    ("Rebels shot dead a village chief.", [(K, 1, 1)]),
    ("The army killed dozens of insurgents.", [(K, 24, None)]),
    ("The attacks left nearly 4 000 people dead.", [(K, 4000, 4000)]),
    ("A total of 21 people were killed by gunmen.", [(K, 21, 21)]),
    ("The raid left a total of six herders dead.", [(K, 6, 6)]),
    ("Gunmen killed a group of six traders.", [(K, 6, 6)]),
    ("Bandits murdered a farmer and two of his workers.", [(K, 1, 1), (K, 2, 2)]),
    ("An airstrike killed up to 30 rebels.", [(K, 1, 30)]),
    ("Extremists beheaded two captives.", [(K, 2, 2)]),
    ("Police arrested 17 suspects in Nairobi.", [(D, 17, 17)]),
    ("Soldiers detained five journalists.", [(D, 5, 5)]),
    ("Troops captured 14 rebels.", [(D, 14, 14)]),
    ("Soldiers rounded up 30 young men in Goma.", [(D, 30, 30)]),
    ("Raiders abducted more than 40 schoolgirls.", [(A, 41, None)]),
    ("The fighting displaced 13,000 people.", [(X, 13000, 13000)]),
    ("The blast wounded nearly 50 commuters.", [(W, 50, 50)]),
    ("The grenade killed one person and wounded a dozen others.", [(K, 1, 1), (W, 12, 12)]),
    ("Eight men were found shot dead in a pickup truck in Tacloban.", [(K, 8, 8)]),
    (
        "A mine went off in Kati, leaving two porters dead and four police officers injured.",
        [(K, 2, 2), (W, 4, 4)],
    ),
    ("Bandits whisked away 287 pupils in Kaduna.", [(A, 287, 287)]),
    ("Rebels led two nurses into the bush near Bria.", [(A, 2, 2)]),
    ("Two thousand people fled to Beni.", [(X, 2000, 2000)]),
    # turns of phrase
    (
        "Fifteen people were brought in with injuries, and four of them passed away.",
        [(W, 15, 15), (K, 4, 4)],
    ),
    ("At least 22 persons have been feared killed in the raid.", [(K, 22, None)]),
    ("Two men shot dead", [(K, 2, 2)]),
    ("The boy was pronounced dead on arrival.", [(K, 1, 1)]),
    ("Hit by a splinter, the guard was rushed to hospital but could not be saved.", [(K, 1, 1)]),
    ("Two children did not survive the shelling.", [(K, 2, 2)]),
    ("The blast killed four people and wounded over 300.", [(K, 4, 4), (W, 301, None)]),
    ("The army said it killed 12 rebels and lost three.", [(K, 12, 12), (K, 3, 3)]),
    ("Troops captured two suspected members of the front.", [(D, 2, 2)]),
    ("Two people died and 20 were taken to the hospital.", [(K, 2, 2), (W, 20, 20)]),
    ("Some 900 households (about 4,500 persons) fled the town.", [(X, 4500, 4500)]),
    # tolls
    ("Doctors later raised the count of dead to 21.", [(K, 21, 21)]),
    ("A lawyers' group put the dead at 25.", [(K, 25, 25)]),
    ("Doctors put the number of wounded at 60.", [(W, 60, 60)]),
    ("At noon officials put the dead at 12.", [(K, 12, 12)]),
    ("The toll from the strike was revised from 12 to 15.", [(K, 15, 15)]),
    # none but attackers
    ("One person was killed in the blast, including the attacker.", [(K, 1, 1)]),
    ("Two people, including two attackers, were killed.", [(K, 2, 2)]),
    # passive
    ("Five miners were killed in Pozo Hondo.", [(K, 5, 5)]),
    ("At least 12 people were killed and 30 others were wounded.", [(K, 12, None), (W, 30, 30)]),
    ("Two drivers were wounded when a mine went off.", [(W, 2, 2)]),
    ("Seven aid workers were kidnapped in Borno.", [(A, 7, 7)]),
    ("About 200 families were displaced by the shelling.", [(X, 200, 200)]),
    ("More than 60 protesters were arrested.", [(D, 61, None)]),
    ("Four people were shot dead at a checkpoint.", [(K, 4, 4)]),
    ("Between 10 and 15 fighters were killed.", [(K, 10, 15)]),
    ("A police officer was stabbed to death.", [(K, 1, 1)]),
    ("Two herders were hacked to death.", [(K, 2, 2)]),
    ("Three nurses were taken hostage.", [(A, 3, 3)]),
    ("Hundreds were detained after the march.", [(D, 200, None)]),
    ("An unknown number of fighters were killed.", [(K, 1, None)]),
    ("Scores of civilians were killed.", [(K, 40, None)]),
    ("Half a dozen guards were wounded.", [(W, 6, 6)]),
    ("One of its fighters was killed.", [(K, 1, 1)]),
    ("Another four were injured.", [(W, 4, 4)]),
    ("Nine were killed and several wounded.", [(K, 9, 9), (W, 3, None)]),
    ("Eight fishermen were reported missing.", [(M, 8, 8)]),
    ("Four sailors went missing.", [(M, 4, 4)]),
    ("No fewer than 21 persons were massacred.", [(K, 21, None)]),
    # participles
    ("Villagers buried six men killed in the attack.", [(K, 6, 6)]),
    ("Doctors treated 14 people wounded by shrapnel.", [(W, 14, 14)]),
    ("Four wounded soldiers were flown to Dakar.", [(W, 4, 4)]),
    # nouns
    ("The death of two soldiers angered the town.", [(K, 2, 2)]),
    ("The killing of a judge led to strikes.", [(K, 1, 1)]),
    ("The attack caused 12 deaths.", [(K, 12, 12)]),
    ("There were 18 fatalities.", [(K, 18, 18)]),
    ("The shelling caused injuries to four guards.", [(W, 4, 4)]),
    ("The reprisal followed the death of a 40-year-old Syrian.", [(K, 1, 1)]),
    ("A Syrian was shot dead.", [(K, 1, 1)]),
    ("The blast resulted in three deaths and nine injuries.", [(K, 3, 3), (W, 9, 9)]),
    ("The assassination of a police colonel shook Quetta.", [(K, 1, 1)]),
    ("The kidnapping of four engineers was reported on Friday.", [(A, 4, 4)]),
    ("The bodies of nine men were found in a ditch.", [(K, 9, 9)]),
    ("Residents found 11 bodies in a well.", [(K, 11, 11)]),
    # left N dead
    ("The blast left seven dead.", [(K, 7, 7)]),
    ("The raid left two dead and five wounded.", [(K, 2, 2), (W, 5, 5)]),
    ("The blast left 30 people dead or wounded.", [(K, 30, 30), (W, 30, 30)]),
    ("There were 12 dead and wounded.", [(K, 12, 12), (W, 12, 12)]),
    ("An ambush left at least nine soldiers dead.", [(K, 9, None)]),
    ("The shooting left four people injured.", [(W, 4, 4)]),
    # headlines
    ("15 killed, 40 wounded in market blast", [(K, 15, 15), (W, 40, 40)]),
    ("Three dead in clash near Kidal", [(K, 3, 3)]),
    ("Suicide bomber kills 20 in Kabul", [(K, 20, 20)]),
    ("Two police officers shot dead in Basra", [(K, 2, 2)]),
    ("Rebels kill 8 in Ituri village", [(K, 8, 8)]),
    ("12 dead, 30 injured as bomb rips through bus", [(K, 12, 12), (W, 30, 30)]),
    ("Five abducted in Zamfara", [(A, 5, 5)]),
    ("Shelling leaves 3 dead, 11 injured in Donetsk.", [(K, 3, 3), (W, 11, 11)]),
    # lost
    ("The army lost two soldiers.", [(K, 2, 2)]),
    ("The army lost a commander.", [(K, 1, 1)]),
    ("The militia lost at least nine fighters in the battle.", [(K, 9, None)]),
    ("The attack claimed the lives of 16 worshippers.", [(K, 16, 16)]),
    ("Six people lost their lives.", [(K, 6, 6)]),
    # tolls
    ("The death toll rose to 45.", [(K, 45, 45)]),
    ("The attack brought the death toll to 31.", [(K, 31, 31)]),
    ("The death toll stands at 19.", [(K, 19, 19)]),
    ("Officials put the death toll at 23.", [(K, 23, 23)]),
    # lists
    ("The attack killed two teachers and four pupils.", [(K, 2, 2), (K, 4, 4)]),
    ("Six soldiers and eight rebels died.", [(K, 6, 6), (K, 8, 8)]),
    ("The police chief and his deputy were killed.", [(K, 1, 1), (K, 1, 1)]),
    (
        "The bomb killed three soldiers, two policemen and a cook.",
        [(K, 3, 3), (K, 2, 2), (K, 1, 1)],
    ),
    ("Gunmen killed a pastor, his wife and three children.", [(K, 1, 1), (K, 1, 1), (K, 3, 3)]),
    ("A judge, Ana Ruiz, and her driver were killed.", [(K, 1, 1), (K, 1, 1)]),
    ("Two men, a judge and a driver, were killed.", [(K, 2, 2)]),
    ("The blast killed a 10-year-old and his father.", [(K, 1, 1), (K, 1, 1)]),
    ("A man was killed and his grandson wounded by shelling.", [(K, 1, 1), (W, 1, 1)]),
    (
        "The mayor says nine pupils and a woman died after a home was hit.",
        [(K, 9, 9), (K, 1, 1)],
    ),
    (
        "Militants storm two bases, killing and wounding dozens of soldiers.",
        [(K, 24, None), (W, 24, None)],
    ),
    # companions
    ("A minister died together with two clerks and his driver.", [(K, 1, 1), (K, 2, 2), (K, 1, 1)]),
    ("He was killed along with his wife and two children.", [(K, 1, 1), (K, 1, 1), (K, 2, 2)]),
    ("The governor was hurt, along with four aides.", [(W, 1, 1), (W, 4, 4)]),
    # one without a noun
    ("Two people were killed. A third died later.", [(K, 2, 2), (K, 1, 1)]),
    ("Two guards were killed and another was wounded.", [(K, 2, 2), (W, 1, 1)]),
    # parts and wholes
    ("The blast wounded ten people, including three children.", [(W, 10, 10)]),
    ("Four children were among nine people killed in the shelling of Taiz.", [(K, 9, 9)]),
    ("The attackers, five of whom were killed, stormed a barracks.", [(K, 5, 5)]),
    ("Police shot nine men, wounding six people, two of whom died.", [(W, 6, 6), (K, 2, 2)]),
    ("The raid killed nine people, six of whom were killed at home.", [(K, 9, 9)]),
    ("Gunmen stopped a bus of miners, killing five of them.", [(K, 5, 5)]),
    ("Two of the wounded died in hospital.", [(K, 2, 2)]),
    ("Six people died. Two of those killed were nurses.", [(K, 6, 6)]),
    # the attackers have a side of their own
    ("Seven people, including the attacker, were killed.", [(K, 6, 6), (K, 1, 1)]),
    ("The blast killed nine people, including two suicide bombers.", [(K, 7, 7), (K, 2, 2)]),
    ("Five people, including both attackers, were killed.", [(K, 3, 3), (K, 2, 2)]),
    ("The bomber was himself killed in the explosion.", [(K, 1, 1)]),
    ("Three attackers opened fire on a convoy before being killed by troops.", [(K, 3, 3)]),
    ("Six men robbed a bank before being arrested.", [(D, 6, 6)]),
    # taken away
    ("Police took six men into custody.", [(D, 6, 6)]),
    ("Gunmen held 14 passengers captive for a day.", [(A, 14, 14)]),
    ("Seven children were rushed to a hospital in Aleppo.", [(W, 7, 7)]),
    ("Four people were hospitalised with burns.", [(W, 4, 4)]),
    ("A farmer was taken to hospital, where he died.", [(K, 1, 1)]),
    ("Two boys were taken to hospital, where one died.", [(W, 2, 2), (K, 1, 1)]),
    # driven out
    ("Hundreds of families were driven from their homes.", [(X, 200, None)]),
    ("Thousands have left their homes.", [(X, 2000, None)]),
    ("Some 85,000 people have streamed out of the city.", [(X, 85000, 85000)]),
    ("Nearly 500 residents of the town took flight.", [(X, 500, 500)]),
    # verbs that the tagger reads as nouns
    ("A rocket strike kills three people and injures nine others.", [(K, 3, 3), (W, 9, 9)]),
    ("A drone kills a man and injures two others in Sumy.", [(K, 1, 1), (W, 2, 2)]),
    ("An attack on a checkpoint wounds two policemen.", [(W, 2, 2)]),
    # reported speech
    ("Two nurses are believed to have been killed.", [(K, 2, 2)]),
    ("Six miners were reported killed.", [(K, 6, 6)]),
    ("Five people or more were said to have been abducted.", [(A, 5, None)]),
    ("Some 70 pilgrims received various degrees of injury.", [(W, 70, 70)]),
    # counts in odd places
    ("Five people or more were abducted on Friday.", [(A, 5, None)]),
    ("Those killed numbered at least 12.", [(K, 12, None)]),
    ("The chief reported only two police dead, with 10 others wounded.", [(K, 2, 2), (W, 10, 10)]),
    ("The gunman killed six people and wounded 40 Tuesday.", [(K, 6, 6), (W, 40, 40)]),
    ("Six people were killed, three are missing.", [(K, 6, 6), (M, 3, 3)]),
    ("Four children are still missing after the raid.", [(M, 4, 4)]),
    # dying, fleeing, suffering
    ("A dozen rebels died in the battle.", [(K, 12, 12)]),
    ("Two children died of their wounds.", [(K, 2, 2)]),
    ("A guard succumbed to his injuries.", [(K, 1, 1)]),
    ("Two more people died in hospital.", [(K, 2, 2)]),
    ("Some 3,000 people fled the town.", [(X, 3000, 3000)]),
    ("Five people suffered injuries.", [(W, 5, 5)]),
    # no count
    ("Gunmen killed a family in Gao.", []),
    ("The army suffered heavy casualties.", [(W, 1, None)]),
    ("There were casualties on both sides.", [(W, 1, None)]),
]

NO_HARM = [
    "Two men fled on a motorbike towards the border.",
    "Three suspects fled the scene.",
    "Police led 40 pupils away from the fire.",
    "A teacher took 40 pupils to the museum.",
    # other senses
    "The guards killed time playing cards.",
    "The film's death scene drew applause.",
    "The report injured his reputation.",
    "The race ended in a dead heat.",
    "He nursed his wounded pride.",
    "Parliament killed the bill.",
    "Lawyers killed two amendments.",
    "The ceasefire is dead.",
    "The talks are dead.",
    "The doctor executed the plan in three days.",
    "The arrest of inflation took 10 years.",
    # not people
    "Workers counted 13 dead trees along the road.",
    "The storm killed 200 cattle.",
    "The drought killed 40 camels and 12 goats.",
    "The army lost three tanks.",
    "The rebels lost 12 positions.",
    "The team lost two games.",
    "The club won twelve games and lost three.",
    "The bank put the number of its branches at 19.",
    "The firm put its price at four.",
    "Rebels fled 12 villages.",
    "The army neutralized three mines.",
    "Soldiers captured four villages.",
    "Troops captured two tanks and a drone.",
    "Troops captured four hilltops.",
    "Three crates went missing.",
    "The court set the execution at 9.",
    "The injured arrived at 12.",
    "The firm put losses at four.",
    "Guards put the wounded at the head of the column.",
    "Rebels captured Lady Frere on Monday.",  # a town
    "Without injuring anyone, the bomb broke 12 windows.",
    "The rebels held three villages before being driven out.",
    "Injuries to his pride hurt most.",
    "The court heard of damage to four houses.",
    # not harmed
    "Two fans left their seats.",
    "The crowd streamed out of the stadium.",
    "Some 40 people streamed into the city.",
    "Police chased two men from the bank.",
    "Two men were taken from a house behind a hospital.",
    "A guard was shot",  # nothing follows it
    "The army pushed the rebels from two villages.",
    "The two gunmen fled the scene.",
    "The bus took 20 tourists to a hotel.",
    "The minister visited 12 patients in a hospital.",
    "The army has put two battalions on alert.",
    "Police spoke with a judge, his wife and three children.",
    "A 10-year-old and his father sell tea.",
    "A third of the voters stayed at home.",
    "Three men stood among nine people waiting at the gate.",
    "He recovered from his wounds two months later.",
    "The report wounds his pride.",
    "The bridge could not be saved.",
    "The mayor put the cost at 25 million dollars.",
    "The count of votes rose to 300.",
    "They lost three of their matches and a referee.",
    "A mortar crew was treated to tea by 20 villagers.",
    "More than 400 miners have been killed since the conflict began.",
    "Over 900 people have lost their lives since violence broke out in May.",
    "The rebels numbered 500.",
    "Four cars were missing.",
    "The team is missing two players.",
    "Since Friday six guards have been killed and about 50 wounded in the city.",
    "The court freed four detained journalists.",
    "About 200 displaced families reached the camp.",
    "Two nurses are expected to be killed off in the series.",
    # other figures
    "The post lies 12 km from the town.",
    "A 10-year-old sells tea at the checkpoint.",
    "The strike cost the company 3 million dollars.",
    "The unit has 500 soldiers.",
    "About 2,000 troops marched through Bamako.",
    "The village has 300 residents.",
    "A patrol of six policemen passed.",
    "Two-thirds of the voters stayed at home.",
    "The shot missed by 3 metres.",
    "The number of troops rose to 4,000.",
    "The toll rose by five.",
    "The price rose to 45 dollars.",
    "The count stands at 1,200 votes.",
    "The vaccine saved 200 lives.",
    "The detention centre holds 300 people.",
    "Life in the camp goes on for 700 people.",
    # it did not happen
    "No one was killed in the blast.",
    "Nobody was hurt.",
    "There were no casualties.",
    "The attack caused no injuries.",
    "The shelling did not kill anyone.",
    "None of the 14 passengers was hurt.",
    "Five soldiers survived the crash.",
    "The army freed 13 hostages.",
    "The minister denied that 20 people had been killed.",
    # not yet
    "The bomb could kill hundreds.",
    "The group threatened to kill 10 hostages.",
    "The group plans to kidnap tourists.",
    "Had the bomb gone off, it would have killed dozens.",
    "If the wall falls, 20 people may die.",
    "Police want to arrest 12 suspects.",
    "The law would punish the killing of a judge.",
    "Officials fear that hundreds will die.",
    "The goal is to train 200 fighters.",
    "He declined to give a figure of the casualties.",
    "The death toll could pass 20.",
    # law
    "The court gave five men the death penalty.",
    "He was charged with the murder of two tourists.",
]

BUGS: list[tuple[str, list[Count], str]] = [
    ("He wrote a body of 12 essays.", [], "a 'body of' anything counted is a corpse"),
]  # fmt: skip


def counts(nlp: Language, sentence: str) -> list[Count]:
    """Return the counts of a sentence in order of the text, each once a phrase."""
    doc = nlp(sentence)
    found = sorted((span._.casualty for span in doc.spans["casualties"]), key=lambda c: c.head)
    rows: list[Count] = []
    for c in found:
        # The headline "15 killed" is found by its number and again by its adjective; claims of
        # one count are merged later, so that the second find says nothing new.
        if c.rule != "counted adjective" or (c.kind, c.min, c.max) not in rows:
            rows.append((c.kind, c.min, c.max))
    return rows


@pytest.mark.parametrize(("sentence", "expected"), HARM, ids=[h[0] for h in HARM])
def test_casualties_of_sentence(nlp: Language, sentence: str, expected: list[Count]) -> None:
    """A sentence gives its counts of people harmed: kind, fewest, most."""
    assert sorted(expected, key=str) == sorted(counts(nlp, sentence), key=str)


@pytest.mark.parametrize("sentence", NO_HARM)
def test_casualties_of_look_alike_are_none(nlp: Language, sentence: str) -> None:
    """Other senses, other things, other figures and what did not happen count nobody."""
    assert counts(nlp, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            *b, id=b[0], marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=r)
        )
        for *b, r in BUGS
    ],
)
def test_casualties_of_harder_sentence(nlp: Language, sentence: str, expected: list[Count]) -> None:
    """Known failures: counts that are missed, doubled or of the wrong kind."""
    assert sorted(expected, key=str) == sorted(counts(nlp, sentence), key=str)
