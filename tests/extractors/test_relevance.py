"""Conflict or not: what an article must not give as an incident, and what it must."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from incidents.model import Article

if TYPE_CHECKING:
    from incidents.extractors.pipeline import Extractor

pytestmark = pytest.mark.model

WEDNESDAY = dt.date(2019, 3, 20)

NO_INCIDENTS = [
    "An outbreak of cholera killed six people near Galkayo on Monday.",
    "A fire at a hotel in Bunia killed a family of four on Monday.",
    "Waiters held a strike at a hotel in Nice on Monday.",
    "The company conducted an operation against a rival in court in Milan on Monday.",
    "Firefighters battle flames in Izmir after a blaze killed three people on Monday.",
    "Rescuers battle weather to reach a village in Nepal after a storm killed six people.",
    "It was a bruising battle in Rome, and injuries to two forwards decided the game on Sunday.",
    # accidents
    (
        "A military helicopter crashed in bad weather near Tunja on Friday, killing all four"
        " soldiers on board."
    ),
    "The film, about a bank robber who kills a guard, opened in Cairo on Friday.",
    "A coach plunged into a ravine near Arequipa on Tuesday, killing 21 passengers.",
    (
        "Two trains collided outside Lucknow on Monday. At least 14 people died and dozens were"
        " injured."
    ),
    "Six miners were killed when a coal mine collapsed near Zonguldak on Sunday.",
    "A fire at a garment factory in Dhaka killed nine workers on Thursday.",
    "A gas cylinder exploded in a restaurant in Nairobi on Monday, injuring 12 people.",
    "A grain silo blew up near Rosario on Tuesday after dust caught fire.",
    "A boat carrying migrants capsized off Zuwara on Saturday. Thirty people are missing.",
    "A police officer died when his car overturned near Suva on Monday.",
    "Two soldiers drowned while crossing a river near Mandera on Friday.",
    (
        "A training jet crashed near Chennai on Monday, killing the pilot. The air force opened"
        " an inquiry."
    ),
    "A stampede at a stadium in Yaounde on Monday killed eight fans.",
    "A fuel tanker exploded on a road near Ibadan on Monday, killing nine people.",
    "Three workers died in an explosion at a munitions factory near Brno on Tuesday.",
    "The company launched its new rocket into orbit from Kourou on Friday.",
    (
        "Nine people died and 30 were injured when a bus carrying mourners plunged off a bridge"
        " near Zomba on Friday night. The driver was arrested."
    ),
    "A landslide blocked the road near Shimla on Tuesday.",
    "Police blocked a road in Accra on Tuesday for the visit of the pope.",
    # disasters
    "A magnitude 6.4 earthquake struck Kermanshah on Sunday, killing 18 people and injuring 300.",
    "Cyclone Nila hit Beira on Thursday, displacing 40,000 people.",
    "A landslide buried two villages in Rwanda on Monday, killing 27.",
    "Lightning killed three herders near Sokoto on Wednesday.",
    "A wildfire forced 2,000 people to flee their homes in Evia on Sunday.",
    "Soldiers rescued 40 people from floods in Valencia on Tuesday.",
    "Snow killed two hikers near Sofia on Saturday. Police recovered their bodies on Sunday.",
    # disease and animals
    "Cholera has killed 43 people in Yobe since March, the health ministry said.",
    "A measles outbreak in Goma claimed the lives of 19 children in May.",
    "Doctors said on Monday that dengue had killed 14 people in Recife.",
    "The former president died of cancer in Lima on Monday.",
    "A crocodile attacked a fisherman near Darwin on Monday.",
    "A stray dog attacked two boys in Pune on Friday.",
    (
        "The thriller opens with a gang that kidnaps a banker's son in Medellin and ends in a"
        " shootout in which the hero is killed."
    ),
    # sports
    "The challenger was knocked out in the fifth round of the title fight in Manila on Sunday.",
    "Chelsea fans clashed with the club's owner over ticket prices in London on Monday.",
    "The home side launched wave after wave of attacks in Madrid on Sunday but lost the battle.",
    (
        "Derby day\nThe hosts attacked from the start in Milan on Sunday. A late shot beat the"
        " keeper, and the visitors lost 2-1."
    ),
    "Kenya beat Uganda 3-1 in Nairobi on Saturday. The striker shot from 30 metres.",
    # named beside the news of the day
    "The trade minister of Serbia resigns amid protests in Novi Sad.",
    "Georgia recalls its envoy to Kyiv after the strikes.",
    # business and work
    "Shares exploded in Tokyo on Monday after the bank captured a third of the market.",
    "The airline fired 400 workers in Lagos on Thursday.",
    "The price war between two phone companies in Accra intensified on Monday.",
    "Miners struck for higher pay in Johannesburg on Monday.",
    "A strike by train drivers paralysed Brussels on Monday.",
    "The bank said on Thursday that hackers had attacked its servers in Seoul.",
    # politics
    "The opposition attacked the budget in parliament in Nairobi on Tuesday.",
    "The minister came under fire in Brussels on Monday over her remarks.",
    "The senator is targeting young voters in Ohio, aides said on Monday.",
    "The party seized control of the city council in Leeds in Thursday's election.",
    "Lawmakers killed the bill in Manila on Wednesday.",
    "The two candidates clashed in a televised debate in Warsaw on Sunday.",
    "The mayor fired the police chief in Memphis on Friday.",
    "A rebel wing of the ruling party walked out of parliament in Kathmandu on Monday.",
    "Ministers discussed the fight against corruption in Kyiv on Monday.",
    # exercises and tests
    "Troops practised a helicopter assault in a drill near Tapa on Monday.",
    "Poland and Lithuania began joint military exercises on Monday, the defence ministry said.",
    "North Korea test-fired two ballistic missiles into the sea on Thursday.",
    # trials and laws
    "A court in Stockholm sentenced a man to life in prison on Monday for killing two women.",
    "Three men went on trial in Paris on Monday, accused of planning to bomb a station.",
    "A former rebel leader was convicted of war crimes in The Hague on Thursday.",
    "The prosecutor dropped murder charges against a teacher in Lyon on Friday.",
    "Five years in prison await anyone who attacks a nurse under a law passed in Rome on Monday.",
    # films, books, museums
    "In her new novel a sniper shoots a general in Vienna.",
    "A museum on the siege opened in Sarajevo on Monday.",
    "The video game lets players bomb cities, its maker said in Tokyo on Monday.",
    # anniversaries and words
    "Thousands gathered in Hiroshima on Thursday to remember the victims of the war.",
    "Relatives laid flowers in Beslan on Friday to mark the anniversary of the school siege.",
    "The president condemned terrorism in all its forms in Abuja on Tuesday.",
    "Amnesty called on Monday for an end to arrests of journalists in Ankara.",
    # threats, plans and warnings
    "Israel will respond to any attack, the minister warned in Jerusalem on Monday.",
    "The army plans to retake the town of Palma next month, a general said on Monday.",
    "Police in Jakarta received a bomb threat on Tuesday.",
    "Rebels could attack Goma within days, the UN warned on Monday.",
    "The militia threatened on Monday to shell Misrata.",
    "If the rebels attack Juba, thousands may die, aid groups said on Monday.",
    # denials
    "The army denied on Monday that its planes had bombed a market in Tigray.",
    "The governor dismissed reports that gunmen had attacked Katsina on Sunday.",
    "No one was killed in Bamako on Monday.",
    "There was no attack on the airport in Kabul on Monday, the ministry said.",
    # everyday work of soldiers and police
    "The UN sent 40 trucks of food to Marib on Monday.",
    "The army distributed food to 300 families in Marawi on Monday.",
    "Police freed a boy who was stuck in a lift in Cairo on Monday.",
    "Customs officers seized two tonnes of cocaine in Antwerp on Monday.",
    "The navy fired missiles at old ships in an exercise off Darwin on Friday.",
    "Police arrested a man for drunk driving in Dublin on Monday.",
    "Police shot a rabid dog in Hanoi on Monday.",
]

# article, why not yet
NOT_YET_NONE = [
    (("Film review\nA gang of assassins storms a palace in Rome. The action never stops, and"
      " the actors are superb."),
     "only the sentences of an event are looked at, not the title above them"),
    ("The general visited troops wounded in battle at a hospital in Kyiv on Monday.",
     "a battle recalled without its own day is the news"),
    ("A police truck overturned near Kisumu on Sunday. Three officers died and five were injured.",
     "the accident stands in a sentence without an event, which is not looked at"),
    (("An explosion at a sugar mill in Recife on Monday killed three workers. Inspectors blamed"
      " a faulty boiler."),
     "the accident stands in a sentence without an event, which is not looked at"),
]  # fmt: skip

# article, sub-event type of its one report
INCIDENTS = [
    # words that were once taken for a disease, a blaze, a plan or a work stoppage
    (
        "Six people were killed in a fresh outbreak of tribal violence near Galkayo on Monday.",
        "Attack",
    ),
    ("Bursts of gunfire broke out near Bunia on Monday, killing a nurse.", "Attack"),
    ("Soldiers fire at a car near Bunia on Monday, killing a family of four.", "Attack"),
    (
        "The president orders a series of airstrikes on Saada, Yemen, killing at least 31 people.",
        "Air/drone strike",
    ),
    ("Two nurses were killed in a strike on a guesthouse in Idlib on Monday.", "Attack"),
    ("Nine people were killed after rebels hit a kindergarten in Kadugli on Monday.", "Attack"),
    (
        "Six people were killed near Homs on Monday as troops conducted an operation against"
        " militias.",
        "Attack",
    ),
    ("Gunmen ambushed a police patrol near Sokoto on Monday, killing four officers.",
     "Armed clash"),
    ("Soldiers and rebels exchanged fire near Bunia on Tuesday.", "Armed clash"),
    ("Armed men opened fire on a bus in Balochistan on Friday, killing nine passengers.", "Attack"),
    ("Two farmers were hacked to death by militiamen near Beni on Sunday.", "Attack"),
    ("Masked men stabbed a priest in Oaxaca on Monday.", "Attack"),
    ("Unidentified assailants shot dead a journalist in Quetta on Thursday.", "Attack"),
    ("A roadside bomb struck an army truck near Mocimboa da Praia on Monday.",
     "Remote explosive/landmine/IED"),
    ("A landmine killed two shepherds near Taiz on Wednesday.", "Remote explosive/landmine/IED"),
    ("A suicide bomber blew himself up at a checkpoint in Mogadishu on Tuesday, wounding six.",
     "Suicide bomb"),
    ("A drone strike killed three fighters near Abyan on Monday.", "Air/drone strike"),
    ("Warplanes bombed a market in Sagaing on Monday, killing 12 people.", "Air/drone strike"),
    ("Shelling hit a school in Horlivka on Thursday, injuring two teachers.",
     "Shelling/artillery/missile attack"),
    ("Militants fired rockets at the airport in Baghdad on Sunday.",
     "Shelling/artillery/missile attack"),
    ("Attackers threw a grenade into a church in Bangui on Sunday, wounding nine worshippers.",
     "Grenade"),
    ("Bandits kidnapped 30 pupils from a school in Zamfara on Wednesday.",
     "Abduction/forced disappearance"),
    ("Government planes dropped chlorine on a town near Hama on Monday, killing seven people.",
     "Chemical weapon"),
    ("Thousands marched in Lome on Saturday to demand elections.", "Peaceful protest"),
    ("Thousands of people marched peacefully through Lome on Saturday to demand elections.",
     "Peaceful protest"),
    ("Soldiers raped four women in Tambura on Saturday, a nurse said.", "Sexual violence"),
    ("The army recaptured the town of Kidal from rebels on Tuesday.",
     "Government regains territory"),
    ("Rebels captured the town of Rutshuru on Monday after the army fled.",
     "Non-state actor overtakes territory"),
    ("Police fired tear gas at protesters in Nairobi on Tuesday and arrested 20.",
     "Protest with intervention"),
    ("Security forces opened fire on demonstrators in Khartoum on Thursday, killing five of them.",
     "Excessive force against protesters"),
    ("The government and the rebels signed a peace agreement in Bangui on Wednesday.",
     "Agreement"),
    ("Rioters torched a police station in Conakry on Monday.", "Violent demonstration"),
    ("A mob lynched a man accused of theft in Antananarivo on Sunday.", "Mob violence"),
    ("Security forces arrested 14 suspected members of a militia in Bogota on Monday.", "Arrests"),
    ("Hundreds of fighters laid down their weapons in Bossangoa on Friday.",
     "Change to group/activity"),
    ("Troops defused a bomb outside a mosque in Kano on Friday.", "Disrupted weapons use"),
    ("Fighters looted a clinic and burned 30 houses in Djugu on Saturday.",
     "Looting/property destruction"),
    ("The army withdrew from the town of Lalibela on Monday.", "Non-violent transfer of territory"),
    ("The rebels set up a new base near Birao on Tuesday.", "Headquarters or base established"),
    ("Two policemen were killed when gunmen raided a post in Kaduna on Monday.", "Armed clash"),
    (("Car bomb kills 11 in Jalalabad\nA car bomb exploded outside a bank in Jalalabad on"
      " Monday, killing 11 people."),
     "Remote explosive/landmine/IED"),
    # in sentences that also speak of fires, sports, diseases or trade
    ("Militants stormed a stadium in Lahore during a cup final on Sunday, killing eight fans.",
     "Attack"),
    (("Rebels killed nine people in a raid on a camp near Bunia on Monday during the cholera"
      " outbreak."),
     "Attack"),
    ("A Russian missile struck a chemical plant in Sumy on Monday, killing three workers.",
     "Shelling/artillery/missile attack"),
    ("Shelling started a fire in a house in Kherson on Monday, killing a woman.",
     "Shelling/artillery/missile attack"),
    ("A drone attack caused a blaze at an oil depot in Bryansk on Tuesday.", "Air/drone strike"),
    ("A bomb exploded on a ferry in Basilan on Monday, wounding 12 passengers.",
     "Remote explosive/landmine/IED"),
    ("A car bomb killed nine people at a festival in Tunis on Monday.",
     "Remote explosive/landmine/IED"),
    ("Bandits killed 13 traders in Zamfara on Monday, days before the election.", "Attack"),
    ("Gunmen killed 13 traders in Zamfara on Monday in heavy rain.", "Attack"),
    # news of the day that names no day
    ("Rebels attack an army post near Bor.", "Armed clash"),
    ("A drone attack causes a blaze at an oil depot in Tuapse.", "Air/drone strike"),
    ("Thousands protest in Tirana against the government.", "Peaceful protest"),
    # without a culprit
    ("Two soldiers were killed and five wounded in Menaka on Monday.", "Armed clash"),
    ("Two policemen were shot dead in Basra on Monday.", "Armed clash"),
    ("A former official was assassinated in Daraa on Monday.", "Attack"),
    ("Gunmen on motorcycles killed 14 people at a wedding near Tillaberi on Sunday.", "Attack"),
    ("An explosion killed 11 people at a market in Mandalay on Monday. The army blamed rebels.",
     "Remote explosive/landmine/IED"),
    ("Snipers killed a woman in Taiz on Friday.", "Attack"),
    ("Clashes between the army and the M23 displaced 12,000 people near Sake on Monday.",
     "Armed clash"),
    (("Twelve dead as gunmen raid Plateau village\nGunmen raided a village in Plateau on"
      " Monday, killing 12 people. They burned houses and fled."),
     "Attack"),
    ("Israeli settlers set fire to cars in Huwara on Monday.", "Looting/property destruction"),
    ("Soldiers beat a reporter in Kampala on Monday.", "Attack"),
    ("A prison guard was shot by unknown men in Guayaquil on Monday.", "Armed clash"),
    ("Air defence units shot down nine drones over Odesa on Monday.", "Disrupted weapons use"),
    ("A barrel bomb fell on a bakery in Idlib on Monday, killing six people.", "Air/drone strike"),
    ("The police chief and his deputy were killed in Basra on Monday.", "Armed clash"),
    ("Gunmen killed a footballer in Medellin on Monday.", "Attack"),
]  # fmt: skip

# article, sub-event type, why not yet
MISSED = [
    ("Shots were fired at the convoy of the governor in Maiduguri on Monday.",
     "Attack", "shots without anybody armed or harmed are no incident"),
    ("Militants released four hostages near Timbuktu on Monday.",
     "Other", "a release is left out, though who, whom and where are told"),
]  # fmt: skip


def types(extractor: Extractor, text: str) -> list[str]:
    """Return the sub-event types of an article, whose first line is its title if it has two."""
    title = text.split("\n", 1)[0] if "\n" in text else None
    article = Article(id="a", text=text, title=title, published=WEDNESDAY)
    return [report.sub_event_type for report in extractor.extract(article)]


@pytest.mark.parametrize("text", NO_INCIDENTS)
def test_relevance_of_everyday_news_is_none(extractor: Extractor, text: str) -> None:
    """Accidents, disasters, sports, trade, politics, law, fiction and words are no incident."""
    assert types(extractor, text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(t, id=t, marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=r))
        for t, r in NOT_YET_NONE
    ],
)
def test_relevance_of_harder_everyday_news_is_none(extractor: Extractor, text: str) -> None:
    """Known failures: everyday news that becomes an incident."""
    assert types(extractor, text) == []


@pytest.mark.parametrize(("text", "sub_event_type"), INCIDENTS, ids=[i[0] for i in INCIDENTS])
def test_relevance_of_conflict_is_one_report(
    extractor: Extractor, text: str, sub_event_type: str
) -> None:
    """A short account of violence, protest or a strategic step is one report of its type."""
    assert [sub_event_type] == types(extractor, text)


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        pytest.param(
            *b, id=b[0], marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=r)
        )
        for *b, r in MISSED
    ],
)
def test_relevance_of_harder_conflict(extractor: Extractor, text: str, sub_event_type: str) -> None:
    """Known failures: incidents that are left out or of another type."""
    assert [sub_event_type] == types(extractor, text)
