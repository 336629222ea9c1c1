"""Is it meant as violence? Checks for words that are also said of sports, prices and politics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.extractors.arguments import agents_of
from incidents.extractors.captivity import is_captor, is_plain, lets_go, takes_captive
from incidents.extractors.columns import is_in_span, spans_at
from incidents.extractors.people import class_of, member_nouns, organisation_nouns
from incidents.extractors.person_phrases import is_person, left_tokens
from incidents.extractors.quantities import quantity_of
from incidents.extractors.syntax import PLACE_LABELS
from incidents.extractors.vocabulary import load_words, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_meant(
    frame: str,
    form: str,
    root: Token,
    agents: list[Token],
    patients: list[Token],
    parties: list[Token],
) -> bool:
    """True if a word that can tell of an event does so here.

    Args:
        frame: the frame that it would stand for.
        form: verb, noun or phrase, as the word list has it.
        root: its head.
        agents: who did it, by the parse.
        patients: who or what was acted on.
        parties: the two sides of a clash.
    """
    if root.lemma_.lower() in {"fight", "battle"} and root.pos_ == "VERB":
        sides = (*agents, *parties, *patients)
        return any(is_armed(t) for t in sides) or _are_peoples(sides)
    if _is_state(frame, root) or (frame == "attack" and _hits_nobody(patients)):
        return False
    if frame == "target":
        return _is_violent(root, agents, patients)
    if frame == "withdraw":  # "left the base"
        return any(map(is_armed, agents)) if form == "deed" else _leaves_ground(root)
    if frame == "territory":
        return _takes_territory(root, patients, form)
    if frame in {"disrupt", "loot", "change"}:
        return _acts_on_things(frame, root, form, patients)
    if frame == "protest":
        return _is_protest(root, form, agents)
    if frame == "bomb":
        if root.pos_ == "VERB":
            return _can_explode(agents, patients)  # "prices exploded"
        return not _is_rendered_harmless(root)
    if frame == "base" or (frame == "change" and form == "deed"):
        return _is_military(agents, patients)
    if frame in _ON_PEOPLE:
        return _acts_on_people(frame, form, root, agents, patients)
    if frame == "upheaval":
        return root.dep_ != "attr"  # "it was a coup for the club"
    if frame == "agreement":
        return _is_agreement(form, root, [*agents, *parties], patients)
    if frame == "kill":
        return not _is_tallied(root) and _harms_people(root, patients, form)
    return True


def _are_peoples(sides: tuple[Token, ...]) -> bool:
    """True for "Hindus and Muslims", who fight otherwise than "the Lakers"."""
    return len([t for t in sides if t.ent_type_ == "NORP" and t.tag_ in {"NNPS", "NNS"}]) > 1


_ON_PEOPLE = frozenset({"shelling", "abduct", "arrest", "release"})


def _acts_on_people(
    frame: str, form: str, root: Token, agents: list[Token], patients: list[Token]
) -> bool:
    """Verbs of seizing and releasing need people; those of shelling at least a target."""
    if frame in {"abduct", "arrest"} and root.dep_ == "amod" and root.tag_ == "VBN":
        return False  # "imprisoned journalists": told of before
    if form != "verb":
        return True
    if frame == "release":
        return lets_go(root, agents, patients)
    if frame == "abduct" and not is_plain(root):
        return takes_captive(root, agents, patients)
    if any(c.dep_ == "prt" and c.lower_ == "out" for c in root.children):
        return False  # "shelled out ten dollars"
    struck = [p for p in patients if p.head == root and p.dep_ in {"dobj", "nsubjpass"}] or patients
    return not struck or any(
        _is_people(p) or is_armed(p) or _is_target(p) or is_land(p) or _is_counted(p)
        for p in struck
    )


def _is_people(noun: Token) -> bool:
    return noun.ent_type_ == "PERSON" or is_person(
        noun, counted=quantity_of(left_tokens(noun)) is not None
    )


def _is_state(frame: str, root: Token) -> bool:
    """True for "displaced families" and "a displacement camp": they fled before."""
    return frame == "displace" and root.dep_ in {"amod", "compound"}


def _hits_nobody(patients: list[Token]) -> bool:
    """True for "fired into the air"."""
    return bool(patients) and all(p.lemma_.lower() in _objects("nothing") for p in patients)


def _objects(table: str) -> frozenset[str]:
    return word_set("objects", table, "words")


def _buildings() -> frozenset[str]:
    """Buildings, vehicles and gatherings: what is attacked, where people are."""
    return _objects("targets") | _objects("sites") | _objects("property")


def is_armed(token: Token) -> bool:
    """True if a phrase's head can carry arms: a force, fighters, an actor of the gazetteer."""
    for span in spans_at(token, "actors"):
        actor = span._.actor
        return actor.kind not in {"civilians", "protesters"} and actor.rule != "organisation (NER)"
    if token.lemma_.lower() in member_nouns():  # "members of the group"
        for prep in token.children:
            if prep.lower_ == "of" and any(is_armed(o) for o in prep.children):
                return True
        if any(is_armed(c) for c in token.lefts if c.dep_ in {"compound", "nmod"}):
            return True  # "al-Shabaab members"
    name = class_of(token)
    return name in {"state", "rebel", "militia", "identity"} or token.lower_ in organisation_nouns()


def _is_violent(root: Token, agents: list[Token], patients: list[Token]) -> bool:
    """Weak verbs: an armed agent with an object, arms as agent or means, or harmed people."""
    lemma = root.lemma_.lower()
    means = {
        t.lemma_.lower()
        for c in root.children
        if c.dep_ in {"prep", "agent", "npadvmod"}
        for t in c.subtree
    }
    armed = any(is_armed(a) or _is_arm(a) for a in agents) or bool(means & _objects("arms"))
    people = any(_is_people(p) or is_armed(p) for p in patients)
    things = any(p.lemma_.lower() in _buildings() or p.ent_type_ in PLACE_LABELS for p in patients)
    things = things or (lemma in {"bomb", "pound"} and any(map(_is_name, patients)))
    if root.pos_ == "NOUN":
        labour = root.dep_ == "dobj" and root.head.lemma_ in _LABOUR  # "pilots began a strike"
        return (
            (armed and not labour)
            or people
            or things
            or bool(_objects("arms") & {c.lemma_.lower() for c in root.lefts})
            or any(c.ent_type_ in {"NORP", "GPE"} for c in root.lefts)
        )
    if lemma in {"shoot", "stab", "behead", "lynch", "torture", "hack"}:
        return people or armed
    if lemma == "fire":
        return armed and any(
            c.lower_ in {"at", "on", "upon", "toward", "towards", "into"} for c in root.children
        )
    if lemma == "beat" and not any(_is_people(p) for p in patients):
        return False  # "Greece beats Finland"
    if lemma in {"hit", "target", "harass"} and not people:
        # "hits its neighbour with taxes": a country is hit only with arms.
        armed = armed and (
            bool(means & _objects("arms")) or not all(p.ent_type_ == "GPE" for p in patients)
        )
    return (armed and (people or things)) or (people and lemma in {"target", "beat", "ram", "bomb"})


def _is_arm(token: Token) -> bool:
    """True for arms as agents, also "Jets" at a sentence's head, which passes for a name."""
    arms = _objects("arms")
    return token.lemma_.lower() in arms or token.lower_.removesuffix("s") in arms


def _is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.ent_type_ not in _NO_TOWNS


_LABOUR = frozenset({"begin", "start", "stage", "call", "hold", "end", "join", "suspend"})


def _is_agreement(form: str, root: Token, sides: list[Token], patients: list[Token]) -> bool:
    """True for a truce that is concluded, and for a deal of armed sides or on a fight's end."""
    if form == "noun":
        return _is_concluded(root)
    if form == "verb":
        return _ends_hostilities(root)
    deals = [p for p in patients if p.lemma_.lower() in _objects("deals")]
    if form != "deed" or not deals:
        return True
    terms = word_set("triggers", "hostilities", "words") | word_set(
        "triggers", "hostilities", "terms"
    )
    told = {t.lemma_.lower() for deal in deals for t in deal.subtree}
    rebels = any(class_of(t) == "rebel" or is_captor(t) for t in sides)
    return bool(told & terms) or rebels


def _ends_hostilities(verb: Token) -> bool:
    """True for parties that "agree to stop fighting"."""
    words = word_set("triggers", "hostilities", "words")
    return any(
        c.dep_ in {"xcomp", "advcl"}
        and c.lemma_.lower() in word_set("triggers", "hostilities", "ending")
        and any(o.lemma_.lower() in words or o.lower_ in words for o in c.children)
        for c in verb.children
    )


_GATHERING = frozenset({"gather", "assemble", "converge"})


def _is_protest(root: Token, form: str, agents: list[Token]) -> bool:
    """People protest; shares rally, teams "rally from behind", and a "demonstrator jet" flies.

    A crowd that gathers with a demand protests; ministers who meet to condemn something do not.
    """
    if root.lemma_.lower() in _GATHERING:
        crowds = word_set("triggers", "crowds", "words")
        if not any({a.lemma_.lower(), a.lower_} & crowds for a in agents):
            return False
    if root.lemma_.lower() in {"march", *_GATHERING}:
        cues = {t.lemma_.lower() for t in root.subtree} & word_set("triggers", "demand", "words")
        return form != "verb" or (bool(cues) and any(map(_is_people, agents)))
    if form == "verb":
        from_behind = any(c.lower_ == "from" for c in root.children)
        return not from_behind and any(_is_people(a) for a in agents)
    return not (root.dep_ == "compound" and root.lemma_.lower().endswith("or"))


def _takes_territory(root: Token, patients: list[Token], form: str) -> bool:
    if form == "phrase":
        return True
    # "travellers were seized on a highway"
    patients = [p for p in patients if p.head.lower_ not in {"on", "at"}]
    if root.lemma_.lower() == "enter" and not any(is_armed(a) for a in agents_of(root)):
        return False
    word = root.lemma_.lower()
    if word in _TAKING_BACK and any(p.pos_ in {"PROPN", "PRON"} for p in patients):
        return True  # also towns that nothing else knows, and "recaptured it"
    if word == "occupy" and root.dep_ != "amod":
        return any(map(is_armed, agents_of(root))) and any(map(is_land, patients))
    if word == "fall":
        return any(
            is_armed(t) for c in root.children if c.lower_ == "to" for t in c.children
        ) and any(p.pos_ == "PROPN" for p in patients)
    if word in {"capture", "seize", "take"} and form != "phrase":
        unknown = [p for p in patients if p.pos_ == "PROPN" and p.ent_type_ not in _NO_TOWNS]
        if unknown and any(map(is_armed, agents_of(root))):
            return word != "take"
    if word == "take":
        return any(map(is_armed, agents_of(root)))
    return word not in {"control", "occupy"} and any(map(is_land, patients))


_NO_TOWNS = frozenset({"PERSON", "ORG", "NORP", "PRODUCT"})


_TAKING_BACK = frozenset({"retake", "recapture", "reclaim", "liberate", "overrun"})


def _leaves_ground(root: Token) -> bool:
    """Ground is handed over and troops are withdrawn; so is a painting, and so is a needle."""
    things = [c for c in root.children if c.dep_ in {"dobj", "nsubjpass"}]
    return not things or any(
        is_land(t) or is_armed(t) or t.lemma_.lower() in {"control", "power", "position"}
        for t in things
    )


def is_land(noun: Token) -> bool:
    """True for ground that can be taken: a town, a base, a place by name."""
    if noun.ent_type_ in PLACE_LABELS or {noun.lemma_.lower(), noun.lower_} & _objects("land"):
        return True
    if is_in_span(noun, "places"):
        return True
    parts = (t for c in noun.children if c.lower_ == "of" for t in c.subtree)
    return any(t.ent_type_ in {"GPE", "LOC"} for t in parts)  # "the entirety of the province"


def _acts_on_things(frame: str, root: Token, form: str, patients: list[Token]) -> bool:
    lemmas = {p.lemma_.lower() for p in patients} | {p.lower_ for p in patients}
    if form == "phrase" and root.lemma_ in {"make", "render"}:  # "made safe a bomb"
        return any(t.lemma_.lower() in _objects("explosives") for t in root.subtree)
    if form == "phrase" and root.lemma_ in {"give", "turn"}:
        return any(map(is_armed, _named_agents(root)))
    if form != "verb":
        return True
    if frame == "loot":
        return bool(lemmas & _objects("property"))
    if frame == "disrupt":
        return bool(lemmas & _objects("weapons"))
    return any(is_armed(t) for t in _named_agents(root))


def _named_agents(verb: Token) -> list[Token]:
    """Agents of a verb; for "the groups said that they had merged" those who say so."""
    agents = agents_of(verb)
    if verb.dep_ == "ccomp" and any(a.lower_ == "they" for a in agents):
        return agents_of(verb.head)
    return agents


def _can_explode(agents: list[Token], patients: list[Token]) -> bool:
    things = _objects("arms") | _objects("targets") | _objects("weapons")
    return not agents or any(
        t.lemma_.lower() in things or _is_people(t) or is_armed(t) for t in (*agents, *patients)
    )


def _is_concluded(noun: Token) -> bool:
    """True for a truce that is agreed or begins; "a violation of the truce" tells of none."""
    verbs = load_words("triggers")["agreement"]["verbs"]
    node = noun
    for _ in range(3):
        if node.head.pos_ == "VERB":
            return node.head.lemma_ in verbs
        node = node.head
    return False


def _is_rendered_harmless(noun: Token) -> bool:
    """True for a bomb that is found or defused, and for what is only named after one."""
    if noun.lemma_.lower() in {"explosion", "blast", "bombing", "detonation"}:
        return False
    if noun.dep_ == "compound":
        about = _objects("plots") - {"attack", "raid"} | word_set(
            "triggers", "about_bombs", "words"
        )
        return noun.head.lemma_.lower() in about
    if noun.dep_ == "nsubj" and noun.head.lower_ == "safe":
        return True
    return noun.dep_ in {"dobj", "nsubjpass"} and (
        noun.head.lemma_.lower() in word_set("triggers", "harmless", "verbs")
    )


def _is_military(agents: list[Token], patients: list[Token]) -> bool:
    """Forces set up a base or form a group; a bank opens its headquarters."""
    described = {c.lemma_.lower() for p in patients for c in p.children}
    armed = any(is_armed(t) for t in (*agents, *(t for p in patients for t in p.subtree)))
    return armed or bool(described & {"military", "army", "armed", "rebel", "militia", "naval"})


def _is_tallied(verb: Token) -> bool:
    """True for "the fifth reporter to be killed this year", which counts what was told."""
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    return (
        infinitive
        and verb.dep_ in {"relcl", "acl", "xcomp"}
        and any(c.ent_type_ == "ORDINAL" for c in verb.head.subtree if c.i < verb.i)
    )


def _is_counted(noun: Token) -> bool:
    return any(c.dep_ == "nummod" for c in noun.children)


def _is_target(token: Token) -> bool:
    return (
        token.lemma_.lower() in _buildings() | _objects("land")
        or token.pos_ in {"PROPN", "PRON"}
        or bool(token.ent_type_)
    )


def _harms_people(root: Token, patients: list[Token], form: str) -> bool:
    """Verbs of killing need people; nouns of death need a victim or a count."""
    lemma = root.lemma_.lower()
    if lemma in {"die", "perish"}:
        return any(is_person(t, counted=False) for t in agents_of(root)) or not agents_of(root)
    if form == "verb" and patients:
        return any(_is_people(p) for p in patients)
    return True
