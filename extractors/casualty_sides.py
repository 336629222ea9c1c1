"""Which group the people of a claim are counted for, once an incident's sides are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.joined_people import has_families_among
from incidents.extractors.people import ARMED, is_attacker
from incidents.extractors.vocabulary import word_set
from incidents.model import EVENT_TYPE_OF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span

    from incidents.extractors.accounts import Claim
    from incidents.extractors.drafts import Draft
    from incidents.extractors.sides import Party

UNKNOWN, CIVILIANS = "unknown", "civilians"
_THROWN = frozenset(
    {"Air/drone strike", "Shelling/artillery/missile attack", "Chemical weapon", "Grenade"}
)


class Groups:
    """Names the group of each claim of one incident.

    Rules: people harmed by violence against civilians or by a mob are civilians, and so are the
    displaced and people "including children" under fire; people harmed at protests are protesters;
    descriptions of one force ("officers", "the police") are one group.
    """

    def __init__(
        self, initiators: Sequence[Party], others: Sequence[Party], sub_event_type: str
    ) -> None:
        """Keep the sides of an incident.

        Args:
            initiators: parties that acted.
            others: targets and participants.
            sub_event_type: ACLED sub-event type.
        """
        self._sides = (initiators, others)
        self._event_type = EVENT_TYPE_OF[sub_event_type]
        self._by_mob = sub_event_type == "Mob violence"
        self._crowd = next(
            (p.name for p in (*others, *initiators) if p.kind == "protesters"), "protesters"
        )

    def of(self, claim: Claim) -> str:
        """Canonical name of the group that those harmed belong to, `civilians` or `unknown`."""
        group = self._party_name(claim)
        if group != UNKNOWN:
            return group
        if self._event_type == "Violence against civilians" or claim.mention.kind == "displaced":
            return CIVILIANS
        if self._by_mob and claim.mention.kind in {"killed", "wounded"}:
            return CIVILIANS
        if self._event_type == "Protests":
            return self._crowd
        head = claim.span.doc[claim.mention.noun]
        if self._event_type == "Explosions/Remote violence" and has_families_among(head):
            return CIVILIANS
        return UNKNOWN

    def is_own(self, claim: Claim) -> bool:
        """True if those harmed belong to the side that attacked."""
        return claim.mention.attackers or self.of(claim) in {p.name for p in self._sides[0]}

    def _party_name(self, claim: Claim) -> str:
        """The party's name.

        A description ("soldiers") stands for the one party of its kind that was not the attacker,
        and "the attackers" for the one that was.
        """
        party = claim.party
        initiators, others = self._sides
        if claim.mention.attackers and (party is None or party.people or party.kind == "civilians"):
            return initiators[0].name if len(initiators) == 1 else _noun(claim)
        if party is None or party.people:
            return UNKNOWN
        if party.kind == "civilians":
            return CIVILIANS
        if not party.generic:
            return party.name
        own = self._own_described(party)
        if own is not None:
            return own
        for side in self._sides:
            if any(_is_same(p, party) for p in side):
                return next(p.name for p in side if _are_alike(p, party))
        attacked = is_attacker(claim.span.doc[claim.mention.noun])
        pool = initiators if attacked or claim.mention.attackers else others
        candidates = [p for p in pool if p.kind == party.kind or pool is not others]
        if party.kind != "state forces":  # gunmen killed by the police are not the police's dead
            candidates = [p for p in candidates if p.kind != "state forces"]
        if len(candidates) == 1:
            return candidates[0].name
        return next((p.name for p in candidates if _are_alike(p, party)), party.name)

    def _own_described(self, party: Party) -> str | None:
        """The attackers' name where a bare description can only mean them.

        The guerrillas hurt by an army that guerrillas attacked, and the policemen hurt at a protest
        that the police broke up.
        """
        initiators, others = self._sides
        mine = [p for p in initiators if p.kind == party.kind]
        if len(mine) != 1 or party.kind not in ARMED or len(party.name.split()) > 1:
            return None
        if party.kind == "state forces":
            is_clear = self._event_type in {"Protests", "Riots"}
        else:
            armed = {p.kind for p in others if p.key != party.key} & ARMED
            is_clear = armed == {"state forces"}
        return mine[0].name if is_clear else None


def _noun(claim: Claim) -> str:
    return claim.span.doc[claim.mention.noun].lower_


def _is_same(a: Party, b: Party) -> bool:
    return a.key == b.key or a.name == b.name  # a force may have got its country's id since


def _are_alike(a: Party, b: Party) -> bool:
    """True for one party, and for two descriptions of one force: "officers" and "the police"."""
    if _is_same(a, b):
        return True
    if not (a.generic and b.generic) or a.kind != b.kind or a.kind not in ARMED:
        return False
    forces = {_force(a.name), _force(b.name)} - {None}
    return len(forces) <= 1


def _force(name: str) -> str | None:
    """`police` or `army`, by the words of a description; None where they do not say."""
    words = set(name.lower().split())
    return next((f for f in ("police", "army") if words & word_set("people", f, "words")), None)


def strikes_civilians(draft: Draft, others: Sequence[Party], sub_event_type: str) -> bool:
    """True for a shell, strike or grenade on where civilians live, and on nobody armed.

    The victims of a bomb that somebody carries or plants are often guards as well as passers-by.

    Args:
        draft: the incident's accounts.
        others: targets and participants.
        sub_event_type: ACLED sub-event type.
    """
    if sub_event_type not in _THROWN or any(p.kind in ARMED for p in others):
        return False
    words = word_set("objects", "civil", "words")
    told = [s for a in draft.accounts if a.claims for s in _with_next(a.sent)]
    return any(t.lemma_.lower() in words for s in told for t in s)


def _with_next(sent: Span) -> list[Span]:
    """A sentence and the one after it, which often tells what was hit."""
    doc = sent.doc
    return [sent, doc[sent.end].sent] if sent.end < len(doc) else [sent]
