"""Which state's forces a description means: "Turkish soldiers", or "the police" of the place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from incidents.extractors.vocabulary import word_set
from incidents.gazetteer import fold_name

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from incidents.extractors.sides import Party
    from incidents.gazetteer import Gazetteer
    from incidents.gazetteer.model import Actor


def force_of(gazetteer: Gazetteer, country_code: str, words: str) -> Actor | None:
    """The forces of a state that a description of its people or branches means.

    Args:
        gazetteer: where the forces are listed.
        country_code: ISO 3166-1 alpha-2.
        words: "police officers", "soldiers", "government".
    """
    folded = set(fold_name(words).split())
    if folded & word_set("forces", "police", "nouns"):
        return gazetteer.branch(country_code, "police")
    armed = word_set("forces", "army", "nouns")
    if folded & word_set("forces", "state", "nouns") and not folded & armed:
        return gazetteer.branch(country_code, "government")
    return gazetteer.branch(country_code, "army")


def name_forces(
    parties: Sequence[Party],
    country_code: str | None,
    foreign: Collection[str],
    gazetteer: Gazetteer,
) -> list[Party]:
    """Parties, with bare descriptions of forces ("soldiers") given the id of the country's own.

    ACLED codes such forces as those of the country where the event was. Where forces of another
    state are spoken of, the description stays as it is: the soldiers may be theirs.

    Args:
        parties: the parties of an incident in one role.
        country_code: where it happened.
        foreign: countries whose forces the article names.
        gazetteer: where the forces are listed.
    """
    if country_code is None or set(foreign) - {country_code}:
        return list(parties)
    known = {party.id for party in parties}
    named = []
    for party in parties:
        force = force_of(gazetteer, country_code, party.mention) if _is_bare(party) else None
        if force is None:
            named.append(party)
        elif force.id not in known:
            known.add(force.id)
            named.append(replace(party, id=force.id, described=True, rule="forces of the country"))
    return named


def on_one_side(
    initiators: Sequence[Party], targets: Sequence[Party], participants: Sequence[Party]
) -> tuple[list[Party], list[Party], list[Party]]:
    """The sides without a force that stands on two: soldiers who shoot back were attacked.

    Two descriptions of one force ("the army", "the military") can have got different roles. It is
    the initiator where it struck somebody else and nobody else began, otherwise the target.
    """
    began_too, hit_too = ({p.key for p in side} for side in (initiators, targets))
    was_hit = bool(began_too - hit_too) or not hit_too - began_too
    hit = {p.id for p in targets if p.id} if was_hit else set()
    first = [p for p in initiators if p.id not in hit or p.id is None]
    began = {p.id for p in first if p.id}
    second = [p for p in targets if p.id not in began]
    known = began | {p.id for p in second if p.id}
    return first, second, [p for p in participants if p.id not in known]


def _is_bare(party: Party) -> bool:
    """True for a description of state forces without a name in it: "soldiers", "the police"."""
    if party.id is not None or party.kind != "state forces" or not party.generic:
        return False
    if any(word[:1].isupper() for word in party.mention.split()[1:]):
        return False
    words = set(fold_name(party.mention).split())
    branches = (word_set("forces", branch, "nouns") for branch in ("army", "police", "state"))
    return any(words & nouns for nouns in branches)
