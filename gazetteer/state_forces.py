"""Armies, police and governments of all countries, from name patterns and demonyms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from incidents.gazetteer.data_files import (
    ActorRow,
    CountryRow,
    TemplateRow,
    read_countries,
    read_templates,
)
from incidents.gazetteer.names import fold_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from incidents.gazetteer.model import Branch

_SOURCE = "name patterns of state_forces.json"
_Held = dict[str, set[tuple[str, ...]]]


def add_state_forces(rows: Iterable[ActorRow]) -> Iterator[tuple[ActorRow, tuple[str, ...]]]:
    """Yield every actor with its patterned names, then the forces of each country left.

    A patterned name that another actor of the country bears already is left to that actor.

    Args:
        rows: the shipped actors, and the user's.

    """
    rows = tuple(rows)
    held: _Held = {}
    for row in rows:
        for code in row.countries[:1]:
            held.setdefault(code, set()).update(
                map(fold_tokens, (row.name, *row.aliases, *row.local))
            )
    templates = {template.template: template for template in read_templates()}
    countries = {country.code: country for country in read_countries()}
    taken = {(row.countries[0], branch) for row in rows for branch in row.templates}
    for row in rows:
        names: list[str] = []
        for branch in row.templates:
            code = row.countries[0]
            names += _names(templates[branch], countries[code], held.get(code, set()))
        yield _under_government(row, taken), tuple(names)
    for country in countries.values():
        for template in templates.values():
            if country.demonyms and (country.code, template.template) not in taken:
                names = _names(template, country, held.get(country.code, set()))
                yield _under_government(_actor(template, country), taken), tuple(names)


def _under_government(row: ActorRow, taken: set[tuple[str, Branch]]) -> ActorRow:
    """Return forces as a branch of their country's government, where that has an actor of its own.

    So "the Turkish government" beside "the Turkish army" is no second party.
    """
    forces = "government" not in row.templates and row.templates
    if not forces or row.parent is not None or (row.countries[0], "government") in taken:
        return row
    return msgspec.structs.replace(row, parent=f"{row.countries[0].lower()}-government")


def _names(template: TemplateRow, country: CountryRow, held: set[tuple[str, ...]]) -> list[str]:
    spelled = [
        pattern.format(demonym=demonym, country=country.name)
        for pattern in template.names
        for demonym in (country.demonyms if "{demonym}" in pattern else ("",))
    ]
    return [name for name in spelled if fold_tokens(name) not in held]


def _actor(template: TemplateRow, country: CountryRow) -> ActorRow:
    return ActorRow(
        id=f"{country.code.lower()}-{template.template}",
        name=template.name.format(demonym=country.demonyms[0], country=country.name),
        kind="state forces",
        countries=(country.code,),
        aliases=(),
        templates=(template.template,),
        source=_SOURCE,
    )
