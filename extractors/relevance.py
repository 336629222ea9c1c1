"""Is a draft an incident of conflict at all, and does it say enough?"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from incidents.extractors.columns import columns, text_at
from incidents.extractors.crowds import is_by_mob
from incidents.extractors.means import means_used
from incidents.extractors.mentions import COUNTRY_AS_AGENT
from incidents.extractors.modality import is_allusion
from incidents.extractors.people import ARMED, CROWDS
from incidents.extractors.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span

    from incidents.extractors.drafts import Draft


def select_incidents(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that are incidents of conflict.

    Where an article tells of one, people killed elsewhere in it are taken for another, though no
    culprit is named.
    """
    sure = [is_incident(d) for d in drafts]
    among_others = any(ok and not d.background for ok, d in zip(sure, drafts, strict=True))
    return [
        d
        for ok, d in zip(sure, drafts, strict=True)
        if ok or (among_others and is_incident(d, among_others=True))
    ]


def is_incident(draft: Draft, *, among_others: bool = False) -> bool:
    """True if a draft says enough to be an incident of conflict.

    Somebody armed or a telling word, and a place, a day or people harmed. Deaths alone are none
    where nobody armed is named, nor blasts and deaths in accidents, disasters and diseases that
    nobody is said to have caused.

    Args:
        draft: the draft.
        among_others: the article tells of another incident: deaths alone will do.
    """
    frames = {t.frame for a in draft.accounts for t in a.triggers}
    if not frames or _is_accident(draft, frames, among_others=among_others):
        return False
    claims = any(a.claims for a in draft.accounts)
    vague = draft.date_span is not None and draft.date_span._.date.modifier == "vague"
    dated = draft.date.mention is not None and not vague
    placed = bool(draft.places)
    armed = _names_armed(draft)
    if draft.background:
        return (dated and (placed or armed)) or (claims and (placed or dated or armed))
    dated = dated or _leads(draft)
    of_forces = _names_forces(draft) or _moves_troops(draft)
    if not claims and frames <= _OF_FORCES and not of_forces:
        return False
    if claims or armed:
        return placed or dated or (claims and armed)
    if (among_others and claims) or (placed and (dated or among_others) and _is_assault(draft)):
        return True
    if placed and dated and is_by_mob(draft):
        return True
    telling = bool(frames & word_set("triggers", "telling", "frames")) or (
        means_used(draft) is not None  # "mortars strike the airport"
    )
    telling = telling or _is_peace(draft)
    return placed and ((dated and (telling or _names_crowd(draft))) or (among_others and telling))


def _leads(draft: Draft) -> bool:
    """True if the article opens with it: news of the day, though no time expression says so."""
    return any(
        not is_allusion(a.sent.doc[t.root])
        for a in draft.accounts
        if a.index == 0 or (a.index == 1 and not a.in_title)
        for t in a.triggers
    )


def _names_armed(draft: Draft) -> bool:
    return any(p.kind in ARMED for a in draft.accounts for p in a.parties)


_PHYSICAL = frozenset({"target", "kill", "abduct", "sexual", "grenade"})


def _is_assault(draft: Draft) -> bool:
    """True if somebody, armed or not, beat, stabbed or seized people; "attack" alone is talk."""
    return any(
        a.initiators
        and a.targets
        and any(t.frame in _PHYSICAL or t.rule.startswith("phrase") for t in a.triggers)
        for a in draft.accounts
    )


def _names_crowd(draft: Draft) -> bool:
    """True if rioters or protesters are said to have done it."""
    return any(p.kind in CROWDS for a in draft.accounts for p in a.initiators)


# What only forces do: a country that "withdraws" or "takes over" may leave a council or a chair.
_OF_FORCES = frozenset({"territory", "withdraw", "change", "base"})


def _names_forces(draft: Draft) -> bool:
    return any(
        p.kind in ARMED and p.rule != COUNTRY_AS_AGENT for a in draft.accounts for p in a.parties
    )


def _is_peace(draft: Draft) -> bool:
    """True for a peace pact concluded, by whomever; a bare "truce" can be one over pay."""
    return any(
        t.frame == "agreement" and t.rule.startswith("deed")
        for a in draft.accounts
        for t in a.triggers
    )


def _moves_troops(draft: Draft) -> bool:
    """True for "Turkey deployed tanks", where the country is all that is named."""
    troops = word_set("objects", "troops", "words")
    return any(
        a.sent.doc[i].lemma_.lower() in troops
        for a in draft.accounts
        for t in a.triggers
        if t.frame == "change"
        for i in t.patients
    )


def _has_culprit(draft: Draft) -> bool:
    """True if somebody armed is said to have done it."""
    return any(
        p.kind in ARMED
        for a in draft.accounts
        for p in (*a.initiators, *a.participants, *a.responsible)
    )


_LOOSE_DEEDS = frozenset({"attack", "target", "loot", "territory", "change"})


def _is_accident(draft: Draft, frames: set[str], *, among_others: bool) -> bool:
    """True for harm that the words do not lay to anybody's deed."""
    deeds = frames & word_set("triggers", "deeds", "frames") | _deeds_told(draft)
    if _has_words(draft, "history") or _is_everyday(draft, frames):
        return True
    if not deeds and _has_words(draft, "crashes"):
        return True
    if _has_culprit(draft) or ("bomb" in frames and _is_laid_to_intent(draft)):
        return False
    if frames <= {"shelling", "kill"} and _has_words(draft, "space"):
        return True
    accident = _speaks_of_accident(draft)
    if not deeds and "bomb" not in frames:
        return accident or not (_names_armed(draft) or among_others)
    if not deeds and _has_words(draft, "explosive"):
        return True
    # "The driver was arrested": beside deaths in an accident no deed of conflict.
    loose = _LOOSE_DEEDS | {"arrest"} if "kill" in frames else _LOOSE_DEEDS
    return accident and not deeds - loose


def _is_everyday(draft: Draft, frames: set[str]) -> bool:
    """True for arrests of thieves, bombs of the world wars that are found, and play."""
    if any(a.claims for a in draft.accounts) and not frames <= {"arrest"}:
        return False
    if frames <= {"arrest"}:
        return _has_words(draft, "words", of="offences")
    if frames <= {"disrupt", "bomb"}:
        phrases = word_set("figures", "relics", "phrases")
        return any(phrase in text_at(a.sent).lower() for a in draft.accounts for phrase in phrases)
    return not _has_culprit(draft) and _has_words(draft, "words", of="sports")


_BY_ARMS = frozenset({"kill", "target"})  # "a drone hit a bus"


def _deeds_told(draft: Draft) -> frozenset[str]:
    """The frames "kill" and "bomb" where their words tell of intent or of arms.

    "Assassinate" and "massacre", a car bomb, people killed by a mine or a missile.
    """
    intent = word_set("triggers", "deeds", "verbs")
    arms = word_set("objects", "arms", "words") - _AMBIGUOUS_ARMS
    told = set()
    for account in draft.accounts:
        doc = account.sent.doc
        for trigger in account.triggers:
            lemma = doc[trigger.root].lemma_.lower()
            agents = {doc[i].lemma_.lower() for i in trigger.agents}
            if lemma in intent or (trigger.frame in _BY_ARMS and agents & arms):
                told.add("kill")
            if trigger.frame == "kill" and _is_marked(account.sent):
                told.add("kill")
            if trigger.frame == "bomb" and lemma in _BOMBS:
                told.add("bomb")
    return frozenset(told)


def _is_marked(sent: Span) -> bool:
    """True where bodies bear the marks of a killing: "found with bullet wounds"."""
    marks = word_set("triggers", "marks", "words")
    lemmas = _lemmas(sent)
    return not lemmas.isdisjoint({"body", "corpse"}) and not lemmas.isdisjoint(marks)


def _lemmas(sent: Span) -> frozenset[str]:
    found = frozenset(columns(sent.doc).lemma[sent.start : sent.end])
    return found - {"outbreak"} if "outbreak" in found and _breaks_out(sent) else found


def _breaks_out(sent: Span) -> bool:
    """True for "a fresh outbreak of tribal violence", which is no disease."""
    violent = word_set("triggers", "hostilities", "words")
    return any(
        t.dep_ == "pobj" and t.lemma_.lower() in violent and t.head.head.lower_ == "outbreak"
        for t in sent
    )


_BOMBS = frozenset({"bomb", "bombing", "ied", "landmine", "mine", "device"})
_AMBIGUOUS_ARMS = frozenset(
    {"explosion", "blast", "fire", "strike", "attack", "aircraft", "jet", "helicopter"}
)


def _has_words(draft: Draft, key: str, *, of: str = "not_conflict") -> bool:
    words = word_set("triggers" if of == "not_conflict" else "figures", of, key)
    return any(not words.isdisjoint(_lemmas(a.sent)) for a in draft.accounts)


def _is_laid_to_intent(draft: Draft) -> bool:
    """True if its sentences, or the one after them, speak of terrorism or sabotage."""
    words = word_set("triggers", "not_conflict", "intent")
    last = max(draft.accounts, key=lambda a: a.index).sent
    sents = [a.sent for a in draft.accounts]
    if last.end < len(last.doc):
        sents.append(last.doc[last.end].sent)
    return any(not words.isdisjoint(_lemmas(sent)) for sent in sents)


def _speaks_of_accident(draft: Draft) -> bool:
    """True if the sentences speak of accidents, disasters, diseases, sports or the like."""
    if _has_words(draft, "words") or _has_words(draft, "crashes"):
        return True
    words = (word for a in draft.accounts for word in text_at(a.sent).lower().split())
    text = f" {' '.join(words)}"  # the blank keeps "fire broke" out of "gunfire broke out"
    phrases = _accident_phrases()
    if any(t.rule.startswith("phrase “fire") for a in draft.accounts for t in a.triggers):
        phrases = phrases - {" fire at", " fire in"}  # "soldiers fire at a car"
    return any(phrase in text for phrase in phrases)


@cache
def _accident_phrases() -> frozenset[str]:
    return frozenset(f" {phrase}" for phrase in word_set("triggers", "not_conflict", "phrases"))
