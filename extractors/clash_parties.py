"""The sides of a clash in the dependency parse: who fought whom, where neither is told first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.arguments import against
from incidents.extractors.columns import tokens_once
from incidents.extractors.syntax import is_verbal, objects_of, with_conjuncts

if TYPE_CHECKING:
    from spacy.tokens import Token

_JOINING = frozenset({"between", "with", "against", "among"})
_PITTING = frozenset({"pitting", "involving"})
_ALLYING = frozenset({"ally", "back", "support"})


@tokens_once
def parties_of(root: Token) -> list[Token]:
    """Heads of the two sides of a clash.

    "between A and B", "A … with B", "fighting pitted A against B".

    Args:
        root: the trigger's head, a verb or an event noun.
    """
    governors = [root]
    head = root.head
    if not is_verbal(root):
        if is_verbal(head) and root.dep_ in {"nsubj", "dobj", "nsubjpass"}:
            governors.append(head)
        elif root.dep_ == "pobj" and is_verbal(head.head):
            governors.append(head.head)
        elif root.dep_ == "dobj":
            governors.append(head)
    found: list[Token] = []
    for governor in governors:
        if governor.lemma_ == "pit":
            found += _pitted(governor)
            continue
        for child in governor.children:
            if child.dep_ == "prep" and child.lower_ in _JOINING | _PITTING:
                found += objects_of(child)
            elif child.dep_ == "acl" and child.lower_ in _PITTING:
                found += _pitted(child)
    return found


def _pitted(verb: Token) -> list[Token]:
    """Both sides of "pitted rebels against the army and allied fighters".

    The parser takes the last "allied" for a verb of its own.
    """
    verbs = [verb, *(c for c in verb.children if c.dep_ == "conj" and c.lemma_ in _ALLYING)]
    objects = [c for v in verbs for c in v.children if c.dep_ == "dobj"]
    opposed = [t for token in (*objects, verb) for t in against(token)]
    return [*(t for c in objects for t in with_conjuncts(c)), *opposed]
