"""Who did it, where only the speaker tells: "two men were arrested, police said"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from incidents.extractors.mentions import COUNTRY_AS_AGENT
from incidents.extractors.people import ARMED_GROUPS
from incidents.extractors.syntax import objects_of
from incidents.extractors.vocabulary import word_set
from incidents.gazetteer import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from incidents.extractors.mentions import EventMention, Speech
    from incidents.extractors.sides import Party, Sides

_OWN_DEEDS = frozenset({"arrest", "disrupt"})  # what forces report of themselves
_FIGHTING = frozenset({"kill", "attack", "target", "air", "shelling"})


def speaker_as_agent(
    trigger: EventMention, patients: Sequence[Party], speech: Speech | None, sides: Sides, doc: Doc
) -> Party | None:
    """The forces that tell of their own deed without saying that it was theirs.

    A ministry of defence that reports drones shot down, and police who say that somebody was
    arrested, tell what they did. Of deaths, only where those killed are the state's foes.

    Args:
        trigger: an event without an agent.
        patients: who was acted on.
        speech: who tells the sentence.
        sides: the article's parties.
        doc: the article.

    Returns:
        The force that speaks, or None.
    """
    if speech is None or speech.speaker_root is None:
        return None
    own = trigger.frame in _OWN_DEEDS
    foes = (
        trigger.frame in _FIGHTING
        and bool(patients)
        and all(p.kind in ARMED_GROUPS for p in patients)
    )
    if not (own or foes):
        return None
    root = doc[speech.speaker_root]
    speakers = [root, *(o for c in root.children if c.lower_ == "by" for o in objects_of(c))]
    party = next(iter(sides.parties(speakers)), None)
    if party is None or party.people:
        return None
    if party.kind == "state forces":
        return party if party.rule != COUNTRY_AS_AGENT else None
    words = set(fold_name(party.mention).split())
    if words & word_set("forces", "ministries", "words") and len(words) > 1:
        return replace(party, kind="state forces")
    return None
