"""Which event types two accounts of one event may be coded as."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from incidents.model import Report

KindLevel = Literal["same", "kindred", "conflict"]

# Pairs that outlets exchange for one event: the same fight as a clash or as an advance, a car
# bomb with or without a driver, an "attack" that another outlet calls by its weapon.
_KINDRED = (
    {"Armed clash", "Government regains territory"},
    {"Armed clash", "Non-state actor overtakes territory"},
    {"Armed clash", "Attack"},
    {"Armed clash", "Shelling/artillery/missile attack"},
    {"Armed clash", "Remote explosive/landmine/IED"},
    {"Armed clash", "Suicide bomb"},
    {"Armed clash", "Grenade"},
    {"Air/drone strike", "Shelling/artillery/missile attack"},
    {"Air/drone strike", "Chemical weapon"},
    {"Chemical weapon", "Shelling/artillery/missile attack"},
    {"Suicide bomb", "Remote explosive/landmine/IED"},
    {"Grenade", "Remote explosive/landmine/IED"},
    {"Grenade", "Shelling/artillery/missile attack"},
    {"Attack", "Suicide bomb"},
    {"Attack", "Remote explosive/landmine/IED"},
    {"Attack", "Air/drone strike"},
    {"Attack", "Shelling/artillery/missile attack"},
    {"Attack", "Grenade"},
    {"Attack", "Mob violence"},
    {"Attack", "Sexual violence"},
    {"Attack", "Excessive force against protesters"},
    {"Abduction/forced disappearance", "Arrests"},
    {"Abduction/forced disappearance", "Attack"},
    {"Peaceful protest", "Protest with intervention"},
    {"Protest with intervention", "Excessive force against protesters"},
    {"Protest with intervention", "Violent demonstration"},
    {"Excessive force against protesters", "Violent demonstration"},
    {"Violent demonstration", "Mob violence"},
    {"Attack", "Looting/property destruction"},
    {"Mob violence", "Looting/property destruction"},
)
KINDRED = frozenset(map(frozenset, _KINDRED))
"""Pairs of sub-event types that may be one event."""


def compare_kinds(one: Report, two: Report) -> KindLevel:
    """Compare the sub-event types of two reports: `same`, `kindred` or `conflict`."""
    if one.sub_event_type == two.sub_event_type:
        return "same"
    pair = frozenset((one.sub_event_type, two.sub_event_type))
    return "kindred" if pair in KINDRED else "conflict"
