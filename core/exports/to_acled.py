"""CSV with ACLED's columns and codes."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, get_args

from incidents.exports.acled_columns import COLUMNS
from incidents.exports.cells import write_rows
from incidents.exports.countries import country_codes
from incidents.exports.days import reference_day, time_precision
from incidents.exports.notes import describe
from incidents.exports.parties import find_parties, home_of, is_unarmed, rank
from incidents.exports.registry import Export, ExportOption
from incidents.lines import clean, counted
from incidents.model import ActorKind
from incidents.words import place_words, source_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from incidents.exports.material import Material
    from incidents.model import ActorRef, Incident

# ACLED Codebook, Inter codes: the kinds stand in the order of the codes 1 to 8.
_CODES: dict[str, int] = {kind: code for code, kind in enumerate(get_args(ActorKind), start=1)}
_LABELS = {code: kind.capitalize() for kind, code in _CODES.items()} | {8: "External/Other forces"}
_EXTERNAL = 8

# ACLED Codebook, table 2.
_DEMONSTRATIONS = frozenset(
    {"Peaceful protest", "Protest with intervention", "Violent demonstration"}
)
_PARTS_OF_TOWNS = frozenset({"neighbourhood", "street", "roundabout"})


def acled_rows(incidents: Iterable[Incident], material: Material) -> Iterator[dict[str, object]]:
    """The values of incidents by ACLED's columns; see `acled_row`.

    Those without a day stay in, and `Material.say` tells how many there are: ACLED enters none
    that is less precise than a month.
    """
    undated = 0
    for incident in incidents:
        row = acled_row(incident, material)
        undated += row["event_date"] is None
        yield row
    if undated:
        material.say(
            f"Without event_date: {counted(undated, 'incident')}, which ACLED would not enter."
        )


def acled_row(incident: Incident, material: Material) -> dict[str, object]:
    """The values of an incident by ACLED's columns; columns left out are blank.

    Args:
        incident: of any type.
        material: its option `inter` chooses numbers or text for the codes of actors.

    Source:
        ACLED Codebook (2023 and after, 31 columns).
    """
    day, start = reference_day(incident.date), incident.date.start
    return {
        "event_id_cnty": incident.id,
        "event_date": day,
        "year": (day or start).year if start else None,
        "time_precision": time_precision(incident.date),
        "disorder_type": disorder_type(incident),
        "event_type": incident.event_type,
        "sub_event_type": incident.sub_event_type,
        **_actors(incident, as_text=material.options["inter"] == "text"),
        "civilian_targeting": "Civilian targeting" if _is_on_civilians(incident) else None,
        **_place(incident),
        "source": source_words(incident),
        "notes": describe(incident),
        "fatalities": incident.fatalities.low,
        "tags": "; ".join(_tags(incident)),
    }


def disorder_type(incident: Incident) -> str:
    """ACLED's `disorder_type` of an incident.

    Source:
        ACLED Codebook, table 2.
    """
    if incident.event_type == "Strategic developments":
        return "Strategic developments"
    if incident.sub_event_type in _DEMONSTRATIONS:
        return "Demonstrations"
    if incident.sub_event_type == "Excessive force against protesters":
        return "Political violence; Demonstrations"
    return "Political violence"


def _actors(incident: Incident, *, as_text: bool) -> dict[str, object]:
    """Both actors with their associates and codes, and the code of the interaction."""
    parties = find_parties(incident)
    targets = rank(parties.b)
    if incident.event_type == "Violence against civilians":
        targets.sort(key=is_unarmed, reverse=True)
    row: dict[str, object] = {}
    codes: list[int | None] = []
    for number, side in enumerate((rank(parties.a), targets), start=1):
        names = [name for actor in side for name in _names(actor, incident)]
        code = _inter(side[0], incident) if side else None
        codes += [code] if side else []
        row[f"actor{number}"] = names[0] if names else None
        row[f"assoc_actor_{number}"] = "; ".join(dict.fromkeys(names[1:]))
        row[f"inter{number}"] = _LABELS[code] if as_text and code else code
    row["interaction"] = _interaction(codes, as_text=as_text)
    return row


def _names(actor: ActorRef, incident: Incident) -> list[str]:
    """An actor's name; `Civilians (Syria)` first for people without arms."""
    name = clean(actor.name)
    if not is_unarmed(actor) or not incident.places:
        return [name]
    codes = country_codes(incident.places[0].country_code)
    if codes is None:
        return [name]
    kind = actor.kind or name.casefold()
    general = f"{kind.capitalize()} ({codes.acled_country})"
    return [general] if name.casefold() == kind else [general, name]


def _inter(actor: ActorRef, incident: Incident) -> int | None:
    """The code of an actor: the forces of another state are external ones."""
    here = incident.places[0].country_code if incident.places else None
    home = home_of(actor)
    if home is not None and here is not None and home != here:
        return _EXTERNAL
    return _CODES.get(actor.kind or actor.name.casefold())


def _interaction(codes: Sequence[int | None], *, as_text: bool) -> str | None:
    """`13` or `State forces-Political militia`; `10` or `State forces only` for one party.

    Source:
        ACLED Codebook, table 3. It names 78 by the code 8 first; all others by the lower one.
    """
    known = sorted(code for code in codes if code)
    if not known or len(known) < len(codes):
        return None
    first, *rest = known
    if not as_text:
        return f"{first}{rest[0] if rest else 0}"
    if not rest:
        return f"{_LABELS[first]} only"
    pair = [_LABELS[first], _LABELS[rest[0]]]
    return "-".join(reversed(pair) if known == [7, _EXTERNAL] else pair)


def _is_on_civilians(incident: Incident) -> bool:
    """Whether civilians were the main or only target; in a battle they never are.

    Source:
        ACLED Codebook, Civilian targeting.
    """
    if incident.event_type == "Violence against civilians":
        return True
    if incident.sub_event_type == "Excessive force against protesters":
        return True
    targets = [actor for actor in incident.actors if actor.role == "target"]
    may_be = incident.event_type in {"Explosions/Remote violence", "Riots"}
    return (
        may_be
        and bool(targets)
        and all((actor.kind or actor.name.casefold()) == "civilians" for actor in targets)
    )


def _place(incident: Incident) -> dict[str, object]:
    if not incident.places:
        return {}
    place = incident.places[0]
    codes = country_codes(place.country_code)
    return {
        "iso": codes and codes.isonumeric,
        "region": codes and codes.acled_region,
        "country": codes.acled_country if codes else place.country,
        "admin1": place.name if place.kind == "admin1" else place.admin1,
        "admin2": place.name if place.kind == "admin2" else None,
        "location": _location(incident),
        "latitude": place.lat,
        "longitude": place.lon,
        "geo_precision": incident.geo_precision,
    }


def _location(incident: Incident) -> str:
    """The place, without what other columns hold; a part of a town as in `Mosul - Old City`."""
    place = incident.places[0]
    if place.within[:1] in ((place.admin1,), (place.country,)):
        return clean(place.name)
    if place.kind in _PARTS_OF_TOWNS:
        return " - ".join(clean(name) for name in (*place.within[:1], place.name))
    return place_words(incident.places)


def _tags(incident: Incident) -> list[str]:
    """Tags of our own; the codebook leaves the list open."""
    disputed = any(each.field.startswith("casualties killed") for each in incident.disagreements)
    return [
        *(["disputed fatalities"] if disputed else []),
        *(["background"] if incident.background else []),
        f"grade={incident.grade}",
    ]


def _write(incidents: Sequence[Incident], stream: IO[str], material: Material) -> None:
    write_rows(COLUMNS, acled_rows(incidents, material), stream)


INTER = ExportOption(
    "inter", "codes of actors, 1 to 8 or in ACLED's words", "numbers", ("numbers", "text")
)
"""Shared with the HXL format."""

EXPORT = Export(
    name="acled",
    help="CSV with ACLED's 31 columns and codes.",
    suffix=".csv",
    write=_write,
    options=(INTER,),
    columns=COLUMNS,
)
"""The format `acled`."""
