"""ACLED's 25 sub-event types, each told in several ways, and sentences that only sound like them.

The ways: active and passive voice, a noun ("the shelling of"), and a headline in the present tense.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incidents.model import EVENT_TYPE_OF

if TYPE_CHECKING:
    from collections.abc import Callable

    TypesOf = Callable[[str], list[str]]

pytestmark = pytest.mark.model

TYPES: dict[str, list[str]] = {
    "Armed clash": [
        "Militants armed with rifles and rockets stormed a police post near Diffa on Monday.",
        "Insurgents attacked a police post near Diffa on Monday, killing two officers.",
        "Three soldiers were shot dead by unknown gunmen in Timbuktu on Tuesday.",
        "Fighting between government troops and the militia erupted in Sirte on Sunday.",
        "Rebels ambush army convoy near Wau, kill six soldiers",
        "The army killed nine militants in an operation near Maiduguri on Monday.",
        "An army helicopter was shot down by rebels near Lashio on Monday, killing both pilots.",
        "Heavy fighting is raging in Bor as troops battle rebels for the airfield.",
        "Border guards traded fire with smugglers near Zaranj on Monday.",
    ],
    "Government regains territory": [
        "The army recaptured the town of Bama from the insurgents on Monday.",
        "The village of Ogadu was retaken by government forces on Sunday after heavy fighting.",
        "The recapture of Kirkush by government troops on Monday ended a month of fighting.",
        "Army retakes Malakal from rebels",
        "Troops drove the militants out of Palma on Saturday and regained control of the town.",
        "The army captured a rebel base near Kidal on Monday, killing 12 fighters in the battle.",
    ],
    "Non-state actor overtakes territory": [
        "Rebels recaptured the town of Moga on Monday; 30 soldiers died in the heavy fighting.",
        "Rebels seized the town of Sake on Tuesday.",
        "The district of Nerkh was overrun by the Taliban on Monday.",
        "The fall of Farah to the Taliban on Monday came after a week of fighting.",
        "Rebels capture border town of Bunagana",
        "Jihadists took control of the village of Mondoro on Friday.",
        "Russian forces captured the village of Robotyne in Ukraine on Monday.",
    ],
    "Chemical weapon": [
        "Helicopters dropped chlorine on the town of Saraqib on Monday, injuring 11 people.",
        "Nine people were killed in a sarin attack on a village near Hama on Tuesday.",
        "A gas attack on a suburb of Damascus on Monday left dozens choking, medics said.",
        "Chlorine attack wounds 20 in Aleppo",
        "Government troops used poison gas in an attack on rebels near Harasta on Sunday.",
    ],
    "Air/drone strike": [
        "Warplanes struck a camp near Zawiya on Monday, killing four people.",
        "Six fighters were killed by a drone near Marib on Tuesday.",
        "The bombing of a convoy by Saudi jets on Sunday killed nine people near Saada.",
        "Israeli strike kills two in Tyre",
        "A car was hit by a Turkish drone near Kobani on Monday, wounding its driver.",
        "The group deployed a drone to attack an army post near Pauk on Monday.",
        "Ten people were killed in Israeli attacks across the Gaza Strip on Monday.",
        "Russia attacked Odesa with 60 drones on Monday.",
    ],
    "Suicide bomb": [
        "A suicide bomber detonated his vest inside a mosque in Herat on Friday, killing 14.",
        "A police station was hit by a suicide car bomb in Mogadishu on Monday.",
        "A suicide attack on a hotel in Kismayo on Sunday killed nine people.",
        "Suicide bomber kills 12 at Kabul market",
        "A woman blew herself up at a checkpoint near Maroua on Tuesday, killing two.",
    ],
    "Shelling/artillery/missile attack": [
        "Rebels fired 30 rockets at the airport in Misrata on Monday.",
        "The town of Nikopol was shelled overnight by Russian troops, wounding a woman.",
        "The shelling of a market in Omdurman on Monday killed 20 people.",
        "Missile hits apartment block in Dnipro, killing five",
        "A Russian missile strike on a warehouse in Poltava on Monday killed a guard.",
        "Mortar shells landed on a school in Taiz on Wednesday, injuring three pupils.",
    ],
    "Remote explosive/landmine/IED": [
        "Militants detonated a roadside bomb near a patrol in Bajaur on Monday, killing two"
        " soldiers.",
        "Three farmers were killed by a landmine near Hodeidah on Tuesday.",
        "The explosion of a car bomb outside a court in Quetta on Monday injured 15 people.",
        "IED kills four soldiers in northern Mali",
        "An army truck hit a mine near Menaka on Sunday, wounding five soldiers.",
    ],
    "Grenade": [
        "Two men on a motorbike threw a grenade at a bar in Bujumbura on Sunday, wounding six.",
        "A grenade was hurled into a shop in Peshawar on Monday, injuring two traders.",
        "A grenade attack on a police station in Cucuta on Tuesday left three officers wounded.",
        "Grenade blast wounds nine in Kampala market",
        "Attackers lobbed two hand grenades at a church in Garissa on Sunday.",
    ],
    "Sexual violence": [
        "Soldiers raped six women in Bor on Monday, a doctor said.",
        "Eleven women were raped by militiamen in Tongo on Sunday.",
        "The gang rape of two girls by fighters in Minova on Friday was reported by a clinic.",
        "Militiamen rape five women in Kananga",
        "Armed men sexually assaulted three women near El Fasher on Tuesday.",
    ],
    "Attack": [
        "Gunmen opened fire on a wedding in Owo on Sunday, killing nine guests.",
        "A journalist was shot dead by masked men in Tijuana on Monday.",
        "The murder of a priest by gunmen in Bangui on Tuesday shocked the parish.",
        "Bandits kill 14 villagers in Zamfara",
        "Israeli settlers beat two shepherds near Hebron on Saturday.",
        "A man rams a car into worshippers outside a mosque in Hamburg, injuring four.",
        "Militiamen hacked five farmers to death near Komanda on Friday.",
    ],
    "Abduction/forced disappearance": [
        "Gunmen kidnapped seven nuns in Imo on Sunday.",
        "Four aid workers were abducted by militants near Maiduguri on Monday.",
        "The abduction of 30 pupils by bandits in Kebbi on Monday closed the schools.",
        "Bandits abduct 20 travellers on Kaduna highway",
        "Militants took six engineers hostage near Arlit on Tuesday.",
    ],
    "Peaceful protest": [
        "Hundreds of teachers marched through Lagos on Monday to demand their wages.",
        "A sit-in was held by nurses outside the ministry in Beirut on Tuesday.",
        "A demonstration by students in Santiago on Monday ended without trouble.",
        "Thousands protest in Belgrade against mine",
        "Farmers blocked the road to Accra on Monday in a protest over fuel prices.",
        "Thousands take to the streets of Lima to call for elections.",
    ],
    "Protest with intervention": [
        "Police dispersed a protest in Minsk on Sunday and arrested 40 people.",
        "Demonstrators in Harare were driven back with tear gas by police on Friday.",
        "A student protest in Manila on Monday was broken up by police with water cannon.",
        "Police fire tear gas at protesters in Nairobi",
        "Some 30 protesters were detained at a rally in Moscow on Saturday.",
    ],
    "Excessive force against protesters": [
        "Soldiers opened fire on protesters in Mandalay on Monday, killing three.",
        "Two demonstrators were shot dead by police in Conakry on Tuesday.",
        "The killing of four protesters by security forces in Nasiriyah on Sunday drew anger.",
        "Police kill two protesters in Lome",
        "Security forces broke up a demonstration in Port Sudan on Monday, killing a protester.",
    ],
    "Violent demonstration": [
        "Rioters threw stones at police and burned tyres in Tripoli on Sunday.",
        "A police station was torched by rioters in Conakry on Monday.",
        "Riots in Port Moresby on Wednesday left shops in ashes.",
        "Protesters storm parliament in Tegucigalpa",
        "Protesters clashed with police in Athens on Monday and threw petrol bombs.",
        "Demonstrators attacked the party's headquarters in Skopje on Monday and set it on fire.",
    ],
    "Mob violence": [
        "A mob beat a suspected thief to death in Kumasi on Monday.",
        "Two men were lynched by an angry crowd in Port-au-Prince on Tuesday.",
        "Mob violence in Churachandpur on Sunday left two people dead.",
        "Mob kills man accused of theft in Lagos",
        "Villagers lynched three suspected kidnappers in Puebla on Friday.",
        "Communal violence in Jos on Monday killed eight people.",
    ],
    "Agreement": [
        "The government and the rebels signed a ceasefire in Juba on Monday.",
        "A truce was agreed by the two militias in Tripoli on Tuesday.",
        "An exchange of prisoners between the Houthis and the government took place in Marib on"
        " Sunday.",
        "Rebels and government sign peace deal in Bangui",
        "The militants released four hostages near Timbuktu on Monday.",
        "Ukraine and Russia exchanged 150 prisoners on Thursday.",
    ],
    "Arrests": [
        "Security forces arrested 14 suspected militants in Diyala on Monday.",
        "Three opposition leaders were detained by police in Conakry on Tuesday.",
        "The arrest of a rebel commander by the army in Goma on Sunday was announced on radio.",
        "Israeli forces arrest 20 in West Bank raids",
        "Troops rounded up dozens of men in Buea on Friday.",
    ],
    "Change to group/activity": [
        "Some 200 fighters laid down their weapons in Bossangoa on Friday.",
        "A new alliance of militias was formed by rebel leaders in Goma on Monday.",
        "The surrender of 40 insurgents to the army in Monguno on Monday was announced on radio.",
        "Rebel group disbands in Casamance",
        "Rebel commanders announced the formation of a new armed group in Ituri on Tuesday.",
        "The army sent reinforcements to Menaka on Monday to fight the jihadists.",
    ],
    "Disrupted weapons use": [
        "Troops defused a bomb outside a mosque in Kano on Friday.",
        "Two drones were shot down by air defences over Belgorod on Monday.",
        "The seizure of weapons from a militia by troops in Derna on Sunday was announced on"
        " radio.",
        "Police foil plot to bomb embassy in Amman",
        "A roadside bomb was found and defused by police near Bannu on Monday.",
        "Russian forces shot down eight Ukrainian missiles, the ministry says.",
        "Soldiers found an arms cache near Mubi on Monday.",
    ],
    "Headquarters or base established": [
        "The rebels set up a new base near Birao on Tuesday.",
        "A military base was established by Turkish troops near Azaz on Monday.",
        "The establishment of a headquarters by the militia in Tarhuna on Sunday angered locals.",
        "Army opens new base in Mueda",
        "Militiamen set up a checkpoint on the road to Bria on Friday.",
    ],
    "Looting/property destruction": [
        "Fighters looted a clinic and burned 30 houses in Djugu on Saturday.",
        "Twelve trucks were set alight by arsonists near Temuco on Monday.",
        "The looting of aid warehouses by militiamen in Wad Madani on Friday was condemned.",
        "Rebels torch homes in Djugu",
        "Israeli troops demolished a house in Jenin on Tuesday.",
        "Bandits stole 300 head of cattle from a village near Turkana on Monday.",
    ],
    "Non-violent transfer of territory": [
        "The army withdrew from the town of Lalibela on Monday.",
        "The base at Ber was handed over to the army by peacekeepers on Friday.",
        "The withdrawal of rebel forces from Kibumba on Friday was welcomed by residents.",
        "Rebels pull out of Walikale",
        "Troops retreated from Kalbajar on Tuesday and the rebels entered the town without a"
        " fight.",
    ],
    "Other": [
        "The army freed 13 hostages from a camp near Sambisa on Monday.",
        "Soldiers staged a coup in Bamako on Tuesday.",
        "A mass grave with 30 bodies was found by troops in Tarhuna on Monday.",
        "Hundreds escape in Goma prison break",
    ],
}

# What only sounds like one of the types.
LOOK_ALIKES: dict[str, list[str]] = {
    "Armed clash": [
        "The two coaches clashed over tactics in Turin on Monday.",
        "Lawyers for both sides traded fire in court in Boston on Tuesday.",
    ],
    "Government regains territory": [
        "The ruling party recaptured the seat of Dudley on Thursday.",
        "The bank regained control of its systems in Zurich on Monday.",
    ],
    "Non-state actor overtakes territory": [
        "The champions captured the title in Milan on Sunday.",
        "A retailer took over its rival in Osaka on Monday.",
    ],
    "Chemical weapon": [
        "A chlorine leak at a swimming pool in Leeds on Monday injured 11 people.",
        "Residents in Pune complained of poison gas from a dump on Monday.",
    ],
    "Air/drone strike": [
        "A drone filmed the harvest near Seville on Monday.",
        "Pilots of the airline began a strike in Frankfurt on Monday.",
    ],
    "Suicide bomb": [
        "A film about a suicide bomber opened in Berlin on Monday.",
        "A clinic in Oslo opened a suicide hotline on Tuesday.",
    ],
    "Shelling/artillery/missile attack": [
        "A company launched a rocket into orbit from Kourou on Monday.",
        "The farmers shelled peas at a fair in Kent on Saturday.",
    ],
    "Remote explosive/landmine/IED": [
        "A fuel tanker exploded near Jinja on Monday, killing nine people.",
        "An explosion at a fertiliser factory in Bilbao on Tuesday injured six workers.",
        "Sales of electric cars exploded in Norway in May.",
    ],
    "Grenade": [
        "A museum in Caen showed an old grenade on Monday.",
        "A bartender in Lima served a drink called grenade on Friday.",
    ],
    "Sexual violence": [
        "Fields of rape are in bloom near Lund.",
        "A conference on sexual abuse opened in Dublin on Monday.",
    ],
    "Attack": [
        "The striker scored after a quick attack in Porto on Sunday.",
        "The senator attacked the tax plan in Denver on Monday.",
    ],
    "Abduction/forced disappearance": [
        "A play about a kidnapping opened in Vienna on Friday.",
        "The winger snatched a late goal in Turin on Sunday.",
    ],
    "Peaceful protest": [
        "Shares rallied in Tokyo on Monday.",
        "The home side rallied from two goals down in Leipzig on Saturday.",
        "The demonstrator jet flew over Mojave for the first time on Tuesday.",
    ],
    "Protest with intervention": [
        "Police dispersed a crowd of fans after a concert in Seoul on Monday.",
    ],
    "Excessive force against protesters": [
        "A documentary on the killing of protesters opened in Tunis on Monday.",
    ],
    "Violent demonstration": [
        "The garden in Kew is a riot of colour, visitors said on Monday.",
        "The comedy is a laugh riot, critics in London said on Monday.",
    ],
    "Mob violence": [
        "Fans mobbed the singer at the airport in Manila on Monday.",
        "A flash mob danced at the station in Antwerp on Saturday.",
    ],
    "Agreement": [
        "The two chains signed a supply agreement in Geneva on Monday.",
        "The studio and the union reached a truce over pay in Los Angeles on Monday.",
    ],
    "Arrests": [
        "The doctor treated a cardiac arrest in Malmo on Monday.",
        "The decline in prices was arrested in May, the bank in Oslo said.",
    ],
    "Change to group/activity": [
        "Two banks merged in Madrid on Monday.",
        "The band disbanded in Seattle on Monday.",
    ],
    "Disrupted weapons use": [
        "The defender intercepted a pass in Lyon on Sunday.",
        "The mayor defused a row in Hull on Monday.",
    ],
    "Headquarters or base established": [
        "The bank opened its new headquarters in Dublin on Monday.",
        "A climbing team set up base camp near Lukla on Monday.",
    ],
    "Looting/property destruction": [
        "The city demolished an old stadium in Turin on Monday.",
        "The baker burned his bread in Lyon on Monday.",
    ],
    "Non-violent transfer of territory": [
        "The striker withdrew from the squad in Doha on Monday.",
        "The chairman handed over to his deputy in Zurich on Monday.",
    ],
    "Other": [
        "The villagers fled the flood near Bihar on Monday.",
        "Signing the goalkeeper was a coup for the club in Genoa on Monday.",
    ],
}


def test_event_types_are_all_tried() -> None:
    """Every sub-event type has sentences in at least four ways, and look-alikes."""
    assert set(TYPES) == set(LOOK_ALIKES) == set(EVENT_TYPE_OF)
    assert [t for t, sentences in TYPES.items() if len(sentences) < 4] == []


@pytest.mark.parametrize(
    ("sub_event_type", "sentence"), [(t, s) for t, sentences in TYPES.items() for s in sentences]
)
def test_event_types_are_found(types_of: TypesOf, sub_event_type: str, sentence: str) -> None:
    """A sentence about one event is one report of its type."""
    assert [sub_event_type] == types_of(sentence)


@pytest.mark.parametrize("sentence", [s for sentences in LOOK_ALIKES.values() for s in sentences])
def test_event_types_of_look_alike_are_none(types_of: TypesOf, sentence: str) -> None:
    """What only sounds like an event of conflict is none."""
    assert types_of(sentence) == []
