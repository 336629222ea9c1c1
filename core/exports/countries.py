"""The codes and names that ACLED and UCDP have for countries."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from incidents.gazetteer.countries import country_name

# UCDP/PRIO Armed Conflict Dataset codebook (v23.1), variable `region`: ranges of Gleditsch-Ward
# numbers, first and last of each.
_UCDP_REGIONS = (
    (2, 199, "Americas"),
    (200, 399, "Europe"),
    (400, 626, "Africa"),
    (630, 699, "Middle East"),
    (700, 999, "Asia"),
)


class CountryCodes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What other datasets call a country.

    Attributes:
        code: ISO 3166-1 alpha-2.
        isonumeric: ISO 3166-1 numeric.
        gwno: number in the list of Gleditsch and Ward, UCDP's `country_id`.
        acled_region: ACLED's `region`.
        acled_name: ACLED's `country`, where it differs from the gazetteer's name.
        ucdp_name: UCDP's `country`, likewise.
    """

    code: str
    isonumeric: int | None = None
    gwno: int | None = None
    acled_region: str | None = None
    acled_name: str | None = None
    ucdp_name: str | None = None

    @property
    def acled_country(self) -> str:
        """The name that ACLED gives it."""
        return self.acled_name or country_name(self.code)

    @property
    def ucdp_country(self) -> str:
        """The name that UCDP gives it."""
        return self.ucdp_name or country_name(self.code)

    @property
    def ucdp_region(self) -> str | None:
        """UCDP's `region`."""
        number = self.gwno or 0
        return next((name for low, high, name in _UCDP_REGIONS if low <= number <= high), None)


class _File(msgspec.Struct, frozen=True):
    """The data file; its header is for people."""

    rows: tuple[CountryCodes, ...]


def country_codes(code: str | None) -> CountryCodes | None:
    """The codes of a country, by its ISO 3166-1 alpha-2 code."""
    return _codes().get(code or "")


@cache
def _codes() -> dict[str, CountryCodes]:
    path = resources.files("incidents.exports") / "data" / "country_codes.json"
    return {row.code: row for row in msgspec.json.decode(path.read_bytes(), type=_File).rows}
