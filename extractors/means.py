"""With what it was done: the arms that an account names, and the sub-event type that they decide.

Source: ACLED Codebook (2023), explosions and remote violence: the means decides the sub-event type;
rocket-propelled grenades are infantry arms and decide nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from incidents.extractors.people import class_of, organisation_nouns
from incidents.extractors.phrases import PhraseTrie
from incidents.extractors.syntax import is_verbal
from incidents.extractors.triggers import frames, lemma_keys
from incidents.extractors.vocabulary import load_words, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from incidents.extractors.accounts import Account
    from incidents.extractors.drafts import Draft
    from incidents.extractors.mentions import EventMention

REMOTE = frozenset({"suicide", "air", "shelling", "grenade", "bomb", "chemical"})
FRAME_OF = {
    "Suicide bomb": "suicide",
    "Chemical weapon": "chemical",
    "Air/drone strike": "air",
    "Shelling/artillery/missile attack": "shelling",
    "Grenade": "grenade",
    "Remote explosive/landmine/IED": "bomb",
}


@cache
def _weapons() -> PhraseTrie[str]:
    trie: PhraseTrie[str] = PhraseTrie()
    for sub_event_type, entry in load_words("weapons").items():
        if isinstance(entry, dict):
            for phrase in entry["words"]:
                trie.add(phrase.replace("-", " ").split(), sub_event_type)
    return trie


def means_of(account: Account) -> list[str]:
    """Sub-event types that the arms named in a sentence stand for, in order of the text."""
    keys, _ = _keys_of(account.sent)
    return [values[0] for _, _, values in _weapons().find(keys)]


def _keys_of(sent: Span) -> tuple[list[str], list[int]]:
    """What `lemma_keys` has of a sentence: lemmas, and their tokens in the doc."""
    keys, indices = lemma_keys(sent.doc)
    first, last = bisect_left(indices, sent.start), bisect_left(indices, sent.end)
    return keys[first:last], indices[first:last]


def means_used(draft: Draft) -> str | None:
    """The sub-event type of the first remote arms that an event of the draft was done with."""
    for account in draft.telling:
        for means in means_of(account):
            if means in FRAME_OF and _is_used(account, means):
                return means
        if any(_is_by_blast(account, t) for t in account.triggers):
            return "Remote explosive/landmine/IED"
    return None


def _is_by_blast(account: Account, trigger: EventMention) -> bool:
    """True for "the second blast wounded three"."""
    doc = account.sent.doc
    return trigger.frame == "kill" and any(
        doc[i].lemma_.lower() in {"blast", "explosion"} for i in trigger.agents
    )


def _is_used(account: Account, means: str) -> bool:
    """True if an event told in the sentence was done with the arms, not done to them."""
    if any(t.frame == "clash" for t in account.triggers):
        return False
    doc = account.sent.doc
    keys, indices = _keys_of(account.sent)
    verbs = {t.i for t in account.sent if t.pos_ == "VERB"}  # "bombed" is no bomb
    struck = {i for t in account.triggers for i in t.patients if _can_be_struck(doc[i])}
    used = (
        {
            next((i for i in reversed(named) if i not in verbs), named[0])
            for start, end, values in _weapons().find(keys)
            if means in values and (named := indices[start:end])
        }
        - struck
        - verbs
        - {t.i for t in account.sent if t.dep_ == "compound" and _is_of_unit(t.head)}
        - {i for t in account.sent if t.lower_ == "armed" for i in _carried(t)}
        - {t.i for t in account.sent if _is_place_or_topic(t)}
    )  # "a helicopter pilot" was hit by no helicopter
    return any(
        used & _clause(doc[trigger.root]) or used & set(trigger.agents)
        for trigger in account.triggers
    )


def _is_place_or_topic(token: Token) -> bool:
    """True for a protest "against a mine", and a fire "at a mine"."""
    if token.dep_ != "pobj":
        return False
    prep = token.head.lower_
    return prep in {"against", "over"} or (token.lemma_ == "mine" and prep in {"at", "in", "from"})


def _is_of_unit(head: Token) -> bool:
    """True for people and units named after their arms: a "rocket brigade"."""
    return class_of(head) is not None or head.lower_ in organisation_nouns()


def _carried(armed: Token) -> set[int]:
    """Arms that attackers only carry: "armed with rifles and rockets"."""
    return {t.i for c in armed.children if c.lower_ == "with" for t in c.subtree}


def _can_be_struck(token: Token) -> bool:
    """False for what is fired, dropped and flown: the object of the deed and its means."""
    return token.head.lemma_.lower() not in word_set("triggers", "using", "verbs")


def _clause(root: Token) -> set[int]:
    """Tokens of the clause that tells of an event, and of the verb whose means it states."""
    node = root
    while not is_verbal(node) and node.head != node:
        node = node.head
    clause = {t.i for t in root.subtree}
    if node != root:
        clause |= _phrases(node)
    governor = node.head
    if node.dep_ in {"relcl", "acl"} and any(c.dep_ == "aux" for c in node.children):
        clause.add(governor.i)  # "a drone to attack the post"
    # "deploys a drone to attack", "was hit by a drone, wounding two": one deed.
    if node.dep_ in {"xcomp", "advcl", "conj"} and is_verbal(governor):
        clause |= _phrases(governor)
    return clause


def _phrases(verb: Token) -> set[int]:
    """Tokens of a verb's own phrases, without its subordinate clauses."""
    return {t.i for c in verb.children if c.dep_ in _MEANS_LABELS for t in c.subtree}


_MEANS_LABELS = frozenset({"dobj", "agent", "prep", "nsubj"})


def sharper_means(draft: Draft, frame: str) -> str | None:
    """The type that other arms in the draft decide against the frame's own.

    A suicide attacker outranks the bomb carried; ACLED codes a salvo of drones and missiles as an
    air strike.
    """
    told = [a for a in draft.accounts if any(t.frame == frame for t in a.triggers)]
    if any("Chemical weapon" in means_of(a) for a in told):
        return "Chemical weapon"
    if frame == "shelling" and any("Air/drone strike" in means_of(a) for a in told):
        return "Air/drone strike"
    if frame == "bomb":
        for account in draft.accounts:
            for means in means_of(account) if account.triggers else ():
                if means == "Suicide bomb" or (
                    means in {"Grenade", "Air/drone strike"}
                    and frames()["bomb"].rank < frames()[FRAME_OF[means]].rank
                ):
                    return means
    return None


def article_means(drafts: Sequence[Draft]) -> str | None:
    """The remote means that an article tells of most, None if it tells of none.

    Lent to events of the article whose own words leave the means open: "a separate strike".
    """
    tally: dict[str, int] = {}
    for draft in drafts:
        if draft.background:
            continue
        for account in draft.accounts:
            told = {frames()[t.frame].sub_event_type for t in account.triggers} & set(FRAME_OF)
            for means in told & {"Air/drone strike", "Shelling/artillery/missile attack"}:
                tally[means] = tally.get(means, 0) + 1
    return max(tally, key=lambda m: (tally[m], m)) if tally else None
