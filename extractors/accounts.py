"""One sentence's telling of an event: its triggers, sides, place, day and casualties together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from incidents.extractors.triggers import frames

if TYPE_CHECKING:
    from spacy.tokens import Span

    from incidents.extractors.list_items import Item
    from incidents.extractors.mentions import CasualtyMention, EventMention, Speech
    from incidents.extractors.sides import Party


@dataclass(slots=True)
class Claim:
    """A casualty mention with the party that it befell."""

    mention: CasualtyMention
    party: Party | None
    span: Span
    speech: Speech
    in_title: bool = False


@dataclass(slots=True)
class Account:
    """What one sentence tells of one event.

    Attributes:
        sent: the sentence.
        index: its number in the article, the title being 0 where the text begins with it.
        triggers: event mentions, in order of the text.
        initiators: parties that acted.
        targets: parties that were acted on.
        participants: sides of a clash.
        mediators: parties that stood between those who agreed.
        responsible: parties said to have done it, in whatever sentence.
        claims: people harmed.
        dates: time expressions that belong to it.
        places: place spans that belong to it, in order of the text.
        speech: who tells it.
        in_title: True for the headline.
        item: the list item that the sentence stands in, None in running text.
    """

    sent: Span
    index: int
    triggers: list[EventMention] = field(default_factory=list)
    initiators: list[Party] = field(default_factory=list)
    targets: list[Party] = field(default_factory=list)
    participants: list[Party] = field(default_factory=list)
    mediators: list[Party] = field(default_factory=list)
    responsible: list[Party] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    dates: list[Span] = field(default_factory=list)
    places: list[Span] = field(default_factory=list)
    speech: Speech | None = None
    in_title: bool = False
    item: Item | None = None

    @property
    def frames(self) -> set[str]:
        """Names of its frames."""
        return {t.frame for t in self.triggers}

    @property
    def families(self) -> set[str]:
        """Families of its frames."""
        return {frames()[t.frame].family for t in self.triggers}

    @property
    def parties(self) -> list[Party]:
        """All its parties."""
        return [*self.initiators, *self.targets, *self.participants, *self.responsible]
