"""Armies and police of all countries, from name patterns and demonyms."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

_SOURCE = "name patterns of state_forces.json"
_Held = dict[str, set[tuple[str, ...]]]


def add_state_forces(rows: Iterable[ActorRow]) -> Iterator[tuple[ActorRow, tuple[str, ...]]]:
    """Yield every actor with its patterned names, then an army and a police for each country left.

    A patterned name that another actor of the country bears already is left to that actor.

    Args:
        rows: actors.json.

    """
    rows = tuple(rows)
    held: _Held = {}
    for row in rows:
        for code in row.countries[:1]:
            held.setdefault(code, set()).update(map(fold_tokens, (row.name, *row.aliases)))
    templates = {template.template: template for template in read_templates()}
    countries = {country.code: country for country in read_countries()}
    taken: set[tuple[str, str]] = set()
    for row in rows:
        names: list[str] = []
        for kind in row.templates:
            code = row.countries[0]
            taken.add((code, kind))
            names += _names(templates[kind], countries[code], held.get(code, set()))
        yield row, tuple(names)
    for country in countries.values():
        for template in templates.values():
            if country.demonyms and (country.code, template.template) not in taken:
                names = _names(template, country, held.get(country.code, set()))
                yield _actor(template, country), tuple(names)


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
