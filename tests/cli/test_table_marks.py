"""The table marks where sources differ."""

from __future__ import annotations

from incidents.cli.short_names import ShortNames
from incidents.cli.table import harm
from incidents.model import Casualty, Disagreement, Incident


def test_harm_marks_a_range_on_which_sources_differ() -> None:
    """A star stands behind what sources tell differently, and only there."""
    incident = Incident(
        id="inc-1",
        event_type="Battles",
        sub_event_type="Armed clash",
        casualties=(
            Casualty(kind="killed", min=3, max=6, group="ISF"),
            Casualty(kind="killed", min=1, max=2, group="NDF"),
            Casualty(kind="wounded", min=2, max=2, group="ISF"),
        ),
        disagreements=(Disagreement(field="casualties killed ISF"),),
    )
    names = ShortNames([incident])

    assert harm(incident, "killed", names, separator=" · ") == "ISF 3-6* · NDF 1-2"
    assert harm(incident, "wounded", names, separator=" · ") == "ISF 2"
