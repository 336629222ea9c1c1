"""Who acted together with those who are named first: allies, helpers, joint patrols."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.syntax import is_verbal, objects_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

HELPER = "acts with another party"  # rule of a party that is found here
_HELPING = frozenset({"back", "support", "assist", "aid", "accompany", "help", "reinforce"})
_TOGETHER = frozenset({"together", "jointly", "along", "alongside", "conjunction", "coordination"})
_BESIDE = frozenset({"alongside"})


def companions_of(root: Token, agent: Token) -> Iterator[Token]:
    """Heads of the phrases that name who acted with an agent.

    "troops, backed by militias, …", "soldiers together with vigilantes", "the army, alongside
    tribal fighters, attacked", "troopers, acting jointly with the police, …".

    Args:
        root: the trigger's head.
        agent: who acted.
    """
    for child in agent.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_ in _HELPING:
            for by in child.children:
                if by.dep_ == "agent":
                    yield from objects_of(by)
    verb = root if is_verbal(root) else root.head
    acting = [c for c in verb.children if c.dep_ in {"advcl", "acl"} and c.lemma_ == "act"]
    for token in (agent, verb, *acting):
        for prep in token.children:
            if prep.dep_ == "prep" and (prep.lower_ in _BESIDE or _says_together(prep)):
                yield from objects_of(prep)


def _says_together(prep: Token) -> bool:
    """True for the "with" of "together with" and "jointly with"."""
    if prep.lower_ != "with":
        return False
    before = prep.doc[prep.i - 1].lower_ if prep.i else ""
    return before in _TOGETHER
