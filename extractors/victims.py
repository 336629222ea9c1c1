"""From a word of harm to the phrase that names the people harmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from incidents.extractors.casualty_words import casualty_words, cues
from incidents.extractors.person_phrases import (
    NUMBER_NOUNS,
    counts_harmed,
    is_known_people,
    left_tokens,
)
from incidents.extractors.quantities import quantity_of
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token


ACTED_BEFORE = "killed in the act"
"""The rule that finds the attackers of "wounded six people before being shot dead"."""

SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class Victims(NamedTuple):
    """Head of the phrase that names the people, and the rule that found it."""

    head: Token
    rule: str


def verb_victims(verb: Token) -> Iterator[Victims]:
    """Whom a verb of harming acts on, in active, passive, participial and headline syntax."""
    passive = [c for c in verb.children if c.dep_ == "nsubjpass"] or _described(verb)
    if not passive and any(c.dep_ == "auxpass" for c in verb.children):
        passive = own_subjects(verb)  # "the bomber was himself killed"
    if not passive and verb.dep_ in {"xcomp", "oprd"} and verb.head.lemma_ in _REPORTING:
        passive = own_subjects(verb.head)  # "two nurses are believed to have been killed"
    if not passive and verb.dep_ in {"xcomp", "oprd"} and _is_found(verb.head):
        passive = own_subjects(verb.head)  # "two nurses were found stabbed to death"
    if not passive and verb.dep_ == "pcomp" and verb.head.lower_ == "before":
        if any(c.lower_ == "being" for c in verb.children):
            yield from (Victims(s, ACTED_BEFORE) for s in own_subjects(verb.head.head))
        else:
            yield from (Victims(o, "object") for o in _objects_harmed(verb))
        return
    if passive:
        yield from (Victims(_antecedent(p), "passive subject") for p in passive)
        return
    objects = _objects_harmed(verb) or _shared_objects(verb)
    if objects:
        yield from (Victims(o, "object") for o in objects)
        return
    before = verb.nbor(-1) if verb.i > verb.sent.start else None
    if verb.dep_ in {"acl", "relcl", "amod"} and verb.tag_ in {"VBN", "VBD", "JJ"}:
        if before is not None and before.dep_ == "appos" and _counts_alone(before):
            return  # "six dead, 14 wounded": the adjective has a count of its own
        if verb.dep_ != "amod" or not (is_known_people(verb.head) or _is_held(verb)):
            yield Victims(
                verb.head if verb.i < verb.head.i else _first_conjunct(verb.head), "participle"
            )
        return
    if any(c.dep_ in {"aux", "auxpass"} for c in verb.children):
        return
    if before is not None and _counts_alone(before):
        yield Victims(before, "count before participle")  # "nine were killed and several wounded"
    elif verb.dep_ == "conj" and verb.tag_ in {"VBN", "VBD"}:
        yield from _joined_victims(verb)
    elif verb.tag_ in {"VBN", "VBD"}:
        yield from (Victims(c, "headline passive") for c in verb.children if c.dep_ == "nsubj")


def _described(verb: Token) -> list[Token]:
    """The seven of "seven people, comprising four men and three women, were killed"."""
    clauses = [c for c in verb.children if c.dep_ == "csubjpass" and c.tag_ == "VBG"]
    return [s for c in clauses for s in c.children if s.dep_ == "nsubj"]


_REPORTING = frozenset(
    "say report believe think confirm know presume understand allege fear".split()
)


def _is_found(verb: Token) -> bool:
    """True for "were found", which says nothing of what befell those found."""
    passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
    return passive and verb.lemma_ in casualty_words("found", "verbs")


def _is_held(verb: Token) -> bool:
    """True for "four detained journalists": who they are, not what befell them now."""
    return cues("verbs").get(verb.lemma_.lower()) in _STATES


_STATES = frozenset({"detained", "kidnapped", "displaced"})


def _objects_harmed(verb: Token) -> list[Token]:
    """Objects of a verb, also where the parser hung their count on another word."""
    direct = [_count_of_date(c) for c in verb.children if c.dep_ in {"dobj", "obj"}]
    found = [o for o in direct if not counts_harmed(o)]
    if not found:  # "wounded 40 Tuesday"
        found = [
            o
            for c in verb.children
            if c.dep_ == "npadvmod" and c.i > verb.i and (o := _count_of_date(c)) != c
        ]
    if not found:  # "wounded over 300"
        found = [
            o
            for c in verb.children
            if c.i == verb.i + 1 and c.lower_ in _BOUNDS
            for o in c.children
            if o.dep_ == "pobj" and o.pos_ == "NUM"
        ]
    if not found:  # "wounded 56 more", where "more" is no noun to the parser
        found = [
            c
            for c in verb.children
            if c.lower_ == "more" and c.i > verb.i and quantity_of(left_tokens(c)) is not None
        ]
    return found


def _shared_objects(verb: Token) -> list[Token]:
    """The soldiers of "killing and wounding dozens of soldiers", who hang on the second verb."""
    i = verb.i
    if i + 2 >= len(verb.doc) or verb.doc[i + 1].lower_ != "and" or verb.tag_ == "VBN":
        return []
    second = verb.doc[i + 2]
    return _objects_harmed(second) if second.head == verb and second.dep_ == "conj" else []


def misread_victims(noun: Token) -> Iterator[Victims]:
    """Whom the verb of "… and injures nine others" harms, where the tagger reads a plural noun."""
    before = [c for c in noun.children if c.i < noun.i]
    if noun.tag_ != "NNS" or any(c.dep_ in {"poss", "amod", "det", "prep"} for c in before):
        return
    phrase: list[Token] = []
    for token in noun.doc[noun.i + 1 : noun.sent.end]:
        if token.pos_ in {"PUNCT", "CCONJ"}:
            break
        if token.pos_ == "ADP" and token.lower_ not in _BOUNDS:
            break
        phrase.append(token)
        if token.pos_ in {"NOUN", "PROPN"} or token.lower_ in _OTHERS:
            break
    if phrase and quantity_of(phrase) is not None:
        yield Victims(phrase[-1], "verb read as noun")


_BOUNDS = frozenset({"at", "over", "up", "than", "about", "around", "between"})


def _joined_victims(verb: Token) -> Iterator[Victims]:
    """Whom the second participle of "were killed and wounded" acts on."""
    subject = [c for c in verb.children if c.dep_ == "nsubj"]
    if subject:
        yield from (Victims(s, "elliptic passive") for s in subject)
        return
    lead = verb.head
    yield from (
        Victims(_antecedent(c), "joined passive") for c in lead.children if c.dep_ == "nsubjpass"
    )
    if lead.dep_ == "acl":
        yield Victims(lead.head, "joined participle")


def _counts_alone(word: Token) -> bool:
    """True for a count without its noun: "several", "nine others", "dozens"."""
    return (word.like_num or word.lower_ in _OTHERS) and word.dep_ not in {"nummod", "dobj", "pobj"}


def _first_conjunct(noun: Token) -> Token:
    """The first of joined nouns: "seven soldiers and 80 militants killed" harms both."""
    while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN", "NUM"}:
        noun = noun.head
    return noun


def _count_of_date(noun: Token) -> Token:
    """The 40 of "wounded 40 Tuesday", which the parser hangs on the weekday."""
    if noun.ent_type_ == "DATE" or noun.lower_ in load_words("dates")["weekdays"]:
        return next((c for c in noun.children if c.dep_ == "nummod"), noun)
    return noun


def _antecedent(subject: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if subject.lower_ in {"who", "that", "which", "whom"} and subject.head.dep_ == "relcl":
        return subject.head.head
    return subject


def own_subjects(verb: Token) -> list[Token]:
    """Subjects of a verb, also where the parser hung them on its auxiliary."""
    verbs = [verb, *(c for c in verb.children if c.dep_ in {"aux", "auxpass"})]
    return [
        c
        for v in verbs
        for c in v.children
        if c.dep_ in SUBJECTS and not c.lower_.endswith(("self", "selves"))
    ]


def subjects_harmed(verb: Token) -> list[Token]:
    """Subjects of a verb such as "die" or "flee", its own or inherited."""
    subjects = [_antecedent(c) for c in own_subjects(verb)]
    if not subjects and verb.dep_ == "xcomp":  # "forced 13,000 residents to flee"
        subjects = [c for c in verb.head.children if c.dep_ == "dobj"]
    if not subjects and verb.dep_ in {"conj", "xcomp"}:
        subjects = [_antecedent(c) for c in verb.head.children if c.dep_ in SUBJECTS]
    if not subjects and verb.dep_ == "acl":
        subjects = [verb.head]
    return subjects


def adjective_victims(word: Token) -> Iterator[Victims]:
    """People who are dead, wounded or missing: "three dead", "left two wounded", "12 injured"."""
    lead = coordinated_with(word)
    if word.tag_ == "VBG":
        yield from (Victims(s, "predicate adjective") for s in _missing(word))
        return
    if _has_own_count(word):
        counted = [c for c in word.children if c.dep_ in SUBJECTS and c.i == word.i - 1]
        people = [c for c in counted if quantity_of(left_tokens(c)) is not None]
        yield from (Victims(p, "counted adjective") for p in people or [word])  # "two police dead"
    elif lead is not None:
        yield from (
            Victims(v.head if v.head != lead else word, "shared count")
            for v in adjective_victims(lead)
        )
    elif word.head.lemma_ in casualty_words("leave", "verbs") and word.i > word.head.i:
        own = [c for c in word.children if c.dep_ in SUBJECTS]  # "two dead and four men injured"
        people = own or [c for c in (*word.children, *word.head.children) if c.dep_ in _LEFT]
        yield from (
            Victims(_antecedent(p), f"{word.head.lemma_} … {word.lower_}")
            for p in people
            if word.head.i < p.i < word.i
        )
    elif word.pos_ != "VERB":  # a verb's own arguments are read by verb_victims
        yield from _predicate_victims(word)


def _missing(word: Token) -> list[Token]:
    """Who is missing: "four children are missing"; "the team is missing two players" is nobody."""
    if word.lower_ != "missing" or any(c.dep_ == "dobj" for c in word.children):
        return []
    being = word.dep_ in _PREDICATES and word.head.lemma_ in _BEING
    return own_subjects(word) or (subjects_harmed(word.head) if being else [])


def _predicate_victims(word: Token) -> Iterator[Victims]:
    """People of whom an adjective is said: "was dead", "12 dead soldiers", "shot him dead"."""
    head = word.head
    subjects = [c for c in word.children if c.dep_ in SUBJECTS]
    if subjects:
        yield from (Victims(s, "predicate adjective") for s in subjects)
    elif word.dep_ == "amod" and head.pos_ in {"NOUN", "PROPN", "NUM", "PRON"}:
        lasting = cues("adjectives").get(word.lower_) in _STATES and word.i < head.i
        if quantity_of(left_tokens(head)) is not None and not (lasting or is_known_people(head)):
            yield Victims(head, "attributive adjective")
    elif word.dep_ in _PREDICATES and head.pos_ in {"VERB", "AUX"}:
        if head.lemma_ in _HARMING:
            people = [c for c in head.children if c.dep_ in {"dobj", "nsubjpass"}]
            yield from (Victims(_antecedent(p), f"{head.lemma_} … {word.lower_}") for p in people)
        elif head.lemma_ in _BEING:
            yield from (Victims(s, "predicate adjective") for s in subjects_harmed(head))


_LEFT = frozenset({"dobj", *SUBJECTS})
_PREDICATES = frozenset({"acomp", "oprd", "attr", "advcl", "amod", "dep", "ccomp", "xcomp"})
_HARMING = frozenset({"leave", "render", "shoot", "find", "beat", "stab", "hack"})
_BEING = frozenset(
    {"be", "go", "remain", "lie", "confirm", "presume", "declare", "report", "pronounce", "fear"}
)


def coordinated_with(word: Token) -> Token | None:
    """The "dead" of "several dead and wounded", by position: parsers often attach it elsewhere."""
    if word.i < 2 or any(c.dep_ in {*SUBJECTS, "dobj"} for c in word.children):  # noqa: PLR2004 - two words before
        return None
    lead = word.nbor(-2)
    if word.nbor(-1).lower_ in {"and", "or"} and lead.lower_ in cues("adjectives"):
        return lead
    return None


def _has_own_count(word: Token) -> bool:
    """True for "12 injured" and "30 others wounded", where the adjective stands for the people."""
    if word.pos_ != "VERB":
        return quantity_of(left_tokens(word)) is not None and (
            word.dep_ != "amod" or word.head.i < word.i
        )
    before = word.nbor(-1) if word.i else None
    return (
        before is not None
        and word.dep_ != "amod"
        and (
            (before.like_num or before.lower_ in _OTHERS)
            and quantity_of(left_tokens(word)) is not None
        )
        and not any(c.dep_ in {"dobj", "nsubjpass", "auxpass"} for c in word.children)
    )


_OTHERS = frozenset({"others", "more", "dozens", "scores", "several", "many", "number"})


def deed_victims(noun: Token) -> Iterator[Victims]:
    """Victims of a nominal: "the killing of an ISF member", "Haji's death"."""
    after = noun.nbor(1) if noun.i + 1 < len(noun.doc) else noun
    if after.lower_ == "to" and noun.lemma_.lower() == "injury":  # "caused injuries to four"
        yield from (Victims(c, "nominal to") for c in after.children if c.dep_ == "pobj")
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (Victims(c, "nominal of") for c in child.children if c.dep_ == "pobj")
        elif child.dep_ == "poss" and child.ent_type_ == "PERSON":
            yield Victims(child, "nominal possessive")


def count_victims(noun: Token) -> Iterator[Victims]:
    """Counted nouns that stand for people: "12 deaths", "three fatalities", "casualties"."""
    if noun.lemma_.lower() == "life":
        of = [c for c in noun.children if c.lower_ == "of"]
        people = [p for c in of for p in c.children if p.dep_ == "pobj"]
        if noun.head.lemma_ == "lose" and not people:  # "92 people lost their lives"
            yield from (Victims(s, "lost lives") for s in subjects_harmed(noun.head))
        elif noun.head.lemma_ == "cost" and (paid := _payers(noun)):
            yield from (Victims(p, "cost lives") for p in paid)
        elif noun.head.lemma_ in {"claim", "lose", "take", "cost"}:
            yield from (
                (Victims(p, "lives of") for p in people)
                if people
                else iter([Victims(noun, "lives")])
            )
        return
    if {noun.lemma_.lower(), noun.lower_} & casualty_words("found", "nouns"):
        of = [p for c in noun.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
        if of and quantity_of(left_tokens(of[0])) is not None:
            yield Victims(of[0], "bodies of")
        elif noun.head.lemma_ in casualty_words("found", "verbs") or noun.head.lemma_ == "of":
            yield Victims(noun, "bodies found")
        elif quantity_of(left_tokens(noun)) is not None and noun.dep_ != "poss":
            yield Victims(noun, "bodies counted")
        return
    if quantity_of(left_tokens(noun)) is not None or _under_number(noun):
        yield Victims(noun if not _under_number(noun) else noun.head.head, "counted noun")
    elif noun.lemma_.lower() == "casualty" and noun.tag_ == "NNS":
        yield Victims(noun, "casualties")


def _payers(lives: Token) -> list[Token]:
    """The soldiers of "it cost eight soldiers their lives"."""
    if not any(c.dep_ == "poss" for c in lives.children):
        return []
    return [c for c in lives.head.children if c.dep_ in {"dative", "dobj"} and c.i < lives.i]


def _under_number(noun: Token) -> bool:
    return (
        noun.dep_ == "pobj" and noun.head.lower_ == "of" and (noun.head.head.lower_ in NUMBER_NOUNS)
    )
