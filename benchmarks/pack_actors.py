"""Pack UCDP's actors into the files that the package carries.

    .venv/bin/python benchmarks/pack_actors.py FILE.jsonl

FILE holds one actor a line, compiled from UCDP Nonstate 23.1, ACD 24.1 and BRD 23.1 (keys ucdp_id,
name, aliases, locations, last_year, coalition, source). Written are `actors_ucdp.json`, actors that
actors.json lacks, and `actors_ucdp_names.json`, further names of those that it has. What UCDP does
not say (full names behind abbreviations, what to leave out) stands in pack_actors.toml.

Rules: no governments (state_forces.json has patterns for them), coalitions, factions, forces named
after a person, or parties' supporters; nobody whose last year of 25 deaths lies before 1997, the
year in which ACLED's coverage begins. That year is not the last year of an actor: none is written.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

from incidents.gazetteer.countries import country_of
from incidents.gazetteer.data_files import read_actors
from incidents.gazetteer.names import fold_tokens
from incidents.gazetteer.state_forces import add_state_forces

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "gazetteer" / "data"
HINTS: dict[str, Any] = tomllib.loads((HERE / "pack_actors.toml").read_text(encoding="utf-8"))
FIRST_YEAR = 1997
NO_NAMES = re.compile(
    r"(?:Government|Supporters|Opponents|Forces) of|Military faction|.* - |.*\bfaction$",
    re.IGNORECASE,
)
COUNTRIES = {"Congo": ["CG"], "South Yemen": ["YE"], "Israel": ["IL", "PS"]}
# A people is a party where its armed people are named: its bare name stands before villages,
# languages and traders as well.
ARMED = "militia militias militiamen fighters gunmen tribesmen tribe".split()
CLAN = re.compile(r"(?P<name>.+?) (?:(?:sub-?)?clan|sub-?tribe|tribe)\b.*", re.IGNORECASE)
SHORT = 2
HEAD = {
    "source": "UCDP Non-State Conflict Dataset 23.1, UCDP/PRIO Armed Conflict Dataset 24.1, UCDP "
    "Battle-Related Deaths Dataset 23.1 (Uppsala Conflict Data Program, ucdp.uu.se), packed "
    f"by benchmarks/pack_actors.py; {len(HINTS['names'])} full names are the project's own",
    "licence": "CC BY 4.0, Uppsala Conflict Data Program",
    "retrieved": "2026-11-21",
    "language": "mul",
}


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    lines = parser.parse_args().file.read_text(encoding="utf-8").splitlines()
    own = tuple(add_state_forces(read_actors()))
    held = {
        row.id: set(map(fold_tokens, (row.name, *row.aliases, *row.local, *names)))
        for row, names in own
    }
    homes = {row.id: set(row.countries) for row, _ in own}
    new: list[dict[str, Any]] = []
    more: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for actor in sorted(map(json.loads, lines), key=lambda actor: int(actor["ucdp_id"])):
        row = packed(actor) if is_wanted(actor) else None
        if row is None:
            continue
        known = same_actor(actor["ucdp_id"], row, held, homes)
        if known is None:
            new.append(row)
        else:
            more[known].append(row)
    write(DATA / "actors_ucdp.json", new)
    write(DATA / "actors_ucdp_names.json", further(more, held))


def is_wanted(actor: dict[str, Any]) -> bool:
    """Tell whether an actor is an armed group with a name of its own that news may still give."""
    return not (
        any(map(NO_NAMES.match, (actor["name"], *actor["aliases"])))
        or actor["coalition"]
        or (actor["last_year"] or 0) < FIRST_YEAR
        or actor["ucdp_id"] in HINTS["drop"]
    )


def packed(actor: dict[str, Any]) -> dict[str, Any] | None:
    """Return the row of an actor, or None where its name is a nationality or a religion."""
    number = actor["ucdp_id"]
    countries = codes(actor)
    name, _, bracket = (tidy(part) for part in actor["name"].partition(" ("))
    is_people = is_identity(actor, name, countries)
    if not countries or (is_people and (country_of(name) or country_of(bracket.rstrip(")")))):
        return None
    if is_people:
        name, spellings, kind = people(name)
    else:
        names = (*HINTS["names"].get(str(number), ()), *actor["aliases"])
        name, spellings = full_name(name, [tidy(each) for each in names if "," not in each])
        kind = "political militia" if is_nonstate(actor) else "rebel group"
    names = distinct([name, *spellings])
    return {
        "id": f"ucdp-{number}",
        "name": name,
        "kind": kind,
        "countries": countries,
        "aliases": [each for each in names[1:] if not (is_people or is_local(each))],
        "local": [each for each in names if is_people or is_local(each)],
        "source": "UCDP " + ", ".join(actor["source"]),
    }


def codes(actor: dict[str, Any]) -> list[str]:
    """Return the ISO codes of an actor's countries, its home first."""
    found: list[str] = []
    for place in actor["locations"]:
        name = place.partition(" (")[0]
        code = country_of(name)
        found += COUNTRIES.get(place, [code] if code else [])
    home = HINTS["home"].get(str(actor["ucdp_id"]))
    return list(dict.fromkeys(([home] if home else []) + found))


def tidy(name: str) -> str:
    """Return a name on one line, with plain apostrophes and without "the" or invisible signs."""
    name = re.sub(r"[’´`]", "'", " ".join(name.split()))
    name = "".join(char for char in name if unicodedata.category(char) != "Cf")
    return re.sub(r"(?<=\w)- ", "-", name).removeprefix("The ")


def is_nonstate(actor: dict[str, Any]) -> bool:
    """Tell whether UCDP lists an actor for conflicts between non-state actors only."""
    return all(source.startswith("nonstate") for source in actor["source"])


def is_identity(actor: dict[str, Any], name: str, countries: list[str]) -> bool:
    """Tell peoples and clans from organised groups; UCDP's files do not say."""
    number = actor["ucdp_id"]
    if number in HINTS["peoples"]:
        return True
    return (
        is_nonstate(actor)
        and not actor["aliases"]
        and number not in HINTS["organised"]
        and not has_organisation_word(name)
        and not set(countries) & set(HINTS["gang_countries"])
    )


def has_organisation_word(name: str) -> bool:
    """Tell whether a word of a name stands for an armed organisation."""
    return bool(set(name.lower().split()) & set(HINTS["organisation_words"]))


def people(name: str) -> tuple[str, list[str], str]:
    """Return name, spellings and kind of the armed people of an ethnic group, tribe or clan."""
    clan = CLAN.fullmatch(name)
    if clan:
        name = clan["name"]
        extra = [f"{name} clan", f"{name} sub-clan", f"{name} subclan"]
    elif name.endswith(" community"):
        name, extra = name.removesuffix(" community"), []
    else:
        extra = []
    spellings = [f"{name} {noun}" for noun in ARMED] + extra
    return spellings[0], spellings, "identity militia"


def full_name(name: str, spellings: list[str]) -> tuple[str, list[str]]:
    """Return the full name of an actor, and its other spellings, the abbreviation among them.

    UCDP gives the English name first and then the native one. Of an actor whose name is not an
    abbreviation, translations of one or two words are left out: nobody calls it by them.
    """
    spellings = [each for each in spellings if each not in HINTS["no_spellings"]]
    if is_abbreviation(name):
        kept = spellings if name in HINTS["no_spellings"] else [*spellings, name]
        return (kept[0], kept[1:]) if kept else (name, [])
    long = (each for each in spellings if len(each.split()) > SHORT or has_organisation_word(each))
    return name, list(long)


def is_abbreviation(name: str) -> bool:
    """Tell "SPLM/A", "FARC" and "ALiR" from words."""
    return " " not in name and sum(map(str.isupper, name)) > sum(map(str.islower, name))


def is_local(name: str) -> bool:
    """Tell names that mean the actor only where its country is spoken of."""
    tokens = fold_tokens(name)
    is_short = len(tokens) <= SHORT and not has_organisation_word(name)
    return is_short or is_abbreviation(name) or name in HINTS["common"]


def distinct(names: list[str]) -> list[str]:
    """Return the first of each folded form."""
    return list({fold_tokens(each): each for each in reversed(names)}.values())[::-1]


def same_actor(
    number: int,
    row: dict[str, Any],
    held: dict[str, set[tuple[str, ...]]],
    homes: dict[str, set[str]],
) -> str | None:
    """Return the id of the own actor that a row means: a country and a name in common."""
    if str(number) in HINTS["same"]:
        return str(HINTS["same"][str(number)])
    names = {fold_tokens(each) for each in (row["name"], *row["aliases"], *row["local"])}
    countries = set(row["countries"])
    for known, spellings in held.items():
        if names & spellings and (countries & homes[known] or not homes[known]):
            return known
    return None


def further(
    more: dict[str, list[dict[str, Any]]], held: dict[str, set[tuple[str, ...]]]
) -> list[dict[str, Any]]:
    """Return the names that actors.json lacks, by actor."""
    taken = set().union(*held.values())
    rows = []
    for known in sorted(more):
        spelled = (n for row in more[known] for n in (row["name"], *row["aliases"], *row["local"]))
        names = [name for name in distinct(list(spelled)) if fold_tokens(name) not in taken]
        if names:
            rows.append(
                {
                    "id": known,
                    "aliases": [each for each in names if not is_local(each)],
                    "local": [each for each in names if is_local(each)],
                    "source": ", ".join(row["id"] for row in more[known]),
                }
            )
    return rows


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write rows, one a line, below the header; the same rows give the same bytes."""
    head = "".join(f' "{key}": {json.dumps(value)},\n' for key, value in HEAD.items())
    lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(f'{{\n{head} "rows": [\n{lines}\n ]\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
