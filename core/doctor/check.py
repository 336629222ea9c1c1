"""What one check found."""

from __future__ import annotations

from typing import Literal

import msgspec


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at.

    Attributes:
        area: packages, model, gazetteer, database or extras.
        name: what was looked at.
        state: `fault` keeps the program, or a part of it, from working as it should; `note` is
            worth knowing.
        found: what is there.
        advice: what to do; None where there is nothing to be done.
    """

    area: Literal["packages", "model", "gazetteer", "database", "extras"]
    name: str
    state: Literal["ok", "note", "fault"] = "ok"
    found: str
    advice: str | None = None
