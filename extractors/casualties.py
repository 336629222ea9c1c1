"""Counts of people killed, wounded, detained, kidnapped, missing and displaced."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language
from spacy.tokens import Span

from incidents.extractors.mentions import CasualtyMention, Quantity, register_extensions
from incidents.extractors.modality import is_real
from incidents.extractors.people import class_of, member_nouns
from incidents.extractors.phrases import PhraseTrie
from incidents.extractors.quantities import quantity_of
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from incidents.model import CasualtyKind

KINDS: tuple[CasualtyKind, ...] = (
    "killed", "wounded", "detained", "kidnapped", "missing", "displaced",
)  # fmt: skip
_PRONOUNS = frozenset("they them he she him her others one ones who whom some both everyone more".split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NUMBER_NOUNS = frozenset(
    "dozen dozens scores score hundreds thousands tens number numbers couple pair total group"
    " majority handful bunch family".split()
)


class Victims(NamedTuple):
    """Head of the phrase that names the people, and the rule that found it."""

    head: Token
    rule: str


@cache
def _cues(key: str) -> dict[str, CasualtyKind]:
    """Lemma to kind, for one column of `data/casualties.toml`."""
    table = load_words("casualties")
    return {lemma: kind for kind in KINDS for lemma in table[kind][key]}


@cache
def _list(table: str, key: str) -> frozenset[str]:
    return frozenset(load_words("casualties")[table][key])


@cache
def _phrases() -> PhraseTrie[tuple[CasualtyKind, str]]:
    trie: PhraseTrie[tuple[CasualtyKind, str]] = PhraseTrie()
    for phrase, entry in load_words("casualties")["phrases"].items():
        trie.add(phrase.split(), (entry["kind"], entry["people"]))
    return trie


def is_person(head: Token, *, counted: bool) -> bool:
    """True if a noun phrase can be people: a known noun, a name, a pronoun, or a bare count."""
    lemma = head.lemma_.lower()
    if lemma in load_words("people")["not_people"]["nouns"]:
        return False
    if head.ent_type_ in {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"}:
        return False
    if class_of(head) or lemma in member_nouns():
        return True
    if head.ent_type_ in {"PERSON", "NORP"} or head.lower_ in _PRONOUNS:
        return True
    if head.pos_ == "NUM" or head.lower_ in _NUMBER_NOUNS or head.like_num:
        return True
    return counted and head.pos_ in {"NOUN", "PROPN", "ADJ"}


def conjuncts(head: Token) -> list[Token]:
    """A noun and those joined to it."""
    found = [head]
    for child in head.children:
        if child.dep_ == "conj" and child.lower_ not in _cues("adjectives") and (
            not _counts_harmed(child)
        ):
            found += conjuncts(child)
        elif child.dep_ == "appos" and child.i > head.i and any(
            c.dep_ == "conj" for c in child.children
        ) and quantity_of(_left_tokens(child)) is not None:
            found += conjuncts(child)
    return found


def _companions(head: Token) -> list[Token]:
    """Those harmed together with others: "arrested him with eleven fighters", "and his wife"."""
    return [
        p
        for c in (*head.children, *(head.head.children if head.dep_ in {"dobj", "nsubjpass"} else ()))
        if c.dep_ == "prep" and c.lower_ in {"with", "alongside"}
        for p in c.children
        if p.dep_ == "pobj" and (class_of(p) or p.lemma_.lower() in member_nouns())
        and quantity_of(_left_tokens(p)) is not None
    ]


def _left_tokens(head: Token) -> list[Token]:
    """Tokens of the head's phrase up to and with the head, within its clause."""
    start = head.left_edge.i
    tokens: list[Token] = []
    for token in reversed(head.doc[start : head.i]):
        if token.text in "\"“”":
            continue
        if token.is_space or token.text in ";:()" or token.pos_ in {"VERB", "AUX"} and (
            token.dep_ not in {"amod", "nummod", "compound"}
        ):
            break
        if token.text == "," and tokens and not (token.i > start and head.doc[token.i - 1].like_num):
            break
        tokens.insert(0, token)
    # A count that the parser hung elsewhere still stands right before its noun.
    first = tokens[0].i if tokens else head.i
    while first > head.sent.start and (
        head.doc[first - 1].lower_ in _COUNT_WORDS
        or (head.doc[first - 1].like_num and first == head.i)
    ):
        first -= 1
        tokens.insert(0, head.doc[first])
    return [*tokens, head]


_COUNT_WORDS = frozenset(
    "at least more than over nearly almost about around some up to no fewer as many".split()
)


def count_people(head: Token) -> tuple[Quantity | None, Token]:
    """The count of a noun phrase, and the noun that says who they are.

    "dozens of civilians" counts dozens and says civilians; "one of its fighters" counts one and
    says fighters.
    """
    quantity = quantity_of(_left_tokens(head))
    noun = head
    of = next((c for c in head.children if c.lower_ == "of" and c.dep_ == "prep"), None)
    if of is not None and (
        head.lower_ in _NUMBER_NOUNS or head.like_num or head.pos_ == "NUM" or head.lower_ in {"one", "members", "member", "some", "several", "many"}
    ):
        noun = next((c for c in of.children if c.dep_ == "pobj"), head)
        if quantity is None and head.lower_ not in {"group", "family", "number", "member", "members"}:
            quantity = quantity_of([*_left_tokens(head)])
        if head.lower_ in {"group", "family"}:
            quantity = quantity_of(_left_tokens(noun)) or quantity
    return quantity, noun


def _is_subset(head: Token, noun: Token) -> bool:
    """True for people counted already: "including 3 children", "two of them"."""
    if head.head.lemma_.lower() in _list("subset", "prepositions") and head.dep_ in {"pobj", "pcomp"}:
        return True
    before = [t.lower_ for t in head.doc[max(0, head.left_edge.i - 3) : head.left_edge.i]]
    if "including" in before or before[-2:] == ["among", "them"] or "among" in before[-1:]:
        return True
    if noun == head:
        return False
    if noun.lower_ in {"them", "whom", "those", "these", "which"}:
        return True
    return bool({noun.lower_, noun.lemma_.lower()} & _list("subset", "pronouns")) and _is_known(noun)


def _verb_victims(verb: Token) -> Iterator[Victims]:
    """Whom a verb of harming acts on, in active, passive, participial and headline syntax."""
    objects = [_count_of_date(c) for c in verb.children if c.dep_ in {"dobj", "obj"}]
    passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
    objects = [o for o in objects if not _counts_harmed(o)]
    if not objects and not passive:  # "wounded 40 Tuesday"
        objects = [o for c in verb.children if c.dep_ == "npadvmod" and c.i > verb.i
                   and (o := _count_of_date(c)) != c]
    if not objects and not passive:  # "wounded 56 more", where "more" is no noun to the parser
        objects = [c for c in verb.children if c.lower_ == "more" and c.i > verb.i
                   and quantity_of(_left_tokens(c)) is not None]
    if objects and not passive:
        yield from (Victims(o, "object") for o in objects)
        return
    if passive:
        yield from (Victims(_antecedent(p), "passive subject") for p in passive)
        return
    has_auxiliary = any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
    if verb.dep_ in {"acl", "relcl", "amod"} and verb.tag_ in {"VBN", "VBD", "JJ"}:
        if verb.dep_ != "amod" or not _is_known(verb.head):
            yield Victims(_first_conjunct(verb.head), "participle")
        return
    if verb.dep_ == "conj" and verb.tag_ in {"VBN", "VBD"}:
        subject = [c for c in verb.children if c.dep_ == "nsubj"]
        if subject:
            yield from (Victims(s, "elliptic passive") for s in subject)
            return
        lead = verb.head
        yield from (Victims(_antecedent(c), "joined passive") for c in lead.children
                    if c.dep_ == "nsubjpass")
        if lead.dep_ == "acl":
            yield Victims(lead.head, "joined participle")
        return
    if not has_auxiliary and verb.tag_ in {"VBN", "VBD"}:
        yield from (Victims(c, "headline passive") for c in verb.children if c.dep_ == "nsubj")


def _first_conjunct(noun: Token) -> Token:
    """The first of joined nouns: "seven soldiers and 80 militants killed" harms both."""
    while noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN", "NUM"}:
        noun = noun.head
    return noun


def _counts_harmed(number: Token) -> bool:
    """True for the 12 of the headline "Nine killed 12 injured", which the parser makes an object."""
    after = number.i + 1
    return number.like_num and after < len(number.doc) and (
        number.doc[after].lower_ in _cues("adjectives")
    )


def _count_of_date(noun: Token) -> Token:
    """The 40 of "wounded 40 Tuesday", which the parser hangs on the weekday."""
    if noun.ent_type_ == "DATE":
        return next((c for c in noun.children if c.dep_ == "nummod"), noun)
    return noun


def _antecedent(subject: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if subject.lower_ in {"who", "that", "which", "whom"} and subject.head.dep_ in {"relcl"}:
        return subject.head.head
    return subject


def _subject_of(verb: Token) -> list[Token]:
    subjects = [_antecedent(c) for c in verb.children if c.dep_ in _SUBJECTS]
    if not subjects and verb.dep_ == "xcomp":  # "forced 13,000 residents to flee"
        subjects = [c for c in verb.head.children if c.dep_ == "dobj"]
    if not subjects and verb.dep_ in {"conj", "xcomp"}:
        subjects = [_antecedent(c) for c in verb.head.children if c.dep_ in _SUBJECTS]
    if not subjects and verb.dep_ == "acl":
        subjects = [verb.head]
    return subjects


def _adjective_victims(word: Token) -> Iterator[Victims]:
    """People who are dead, wounded or missing: "three dead", "left two wounded", "12 injured"."""
    if _has_own_count(word):
        yield Victims(word, "counted adjective")
        return
    lead = _coordinated_with(word)
    if lead is not None:
        yield from (Victims(v.head if v.head != lead else word, "shared count")
                    for v in _adjective_victims(lead))
        return
    if word.pos_ == "VERB":
        return  # the verb's own arguments are read by _verb_victims
    subjects = [c for c in word.children if c.dep_ in _SUBJECTS]
    if subjects:
        yield from (Victims(s, "predicate adjective") for s in subjects)
        return
    head = word.head
    if word.dep_ == "amod" and head.pos_ in {"NOUN", "PROPN", "NUM", "PRON"}:
        if quantity_of(_left_tokens(head)) is not None and not _is_known(head):
            yield Victims(head, "attributive adjective")
    elif word.dep_ in {"acomp", "oprd", "attr", "advcl", "amod", "dep", "ccomp", "xcomp"} and (
        head.pos_ in {"VERB", "AUX"}
    ):
        if head.lemma_ in _list("leave", "verbs") or head.lemma_ in {"shoot", "find", "beat", "stab", "hack"}:
            people = [c for c in head.children if c.dep_ in {"dobj", "nsubjpass"}]
            yield from (Victims(_antecedent(p), f"{head.lemma_} … {word.lower_}") for p in people)
        elif head.lemma_ in {"be", "go", "remain", "lie", "confirm", "presume", "declare", "report"}:
            yield from (Victims(s, "predicate adjective") for s in _subject_of(head))


def _coordinated_with(word: Token) -> Token | None:
    """The "dead" of "several dead and wounded"; by position, as parsers often attach it elsewhere."""
    if word.i < 2 or any(c.dep_ in {*_SUBJECTS, "dobj"} for c in word.children):  # noqa: PLR2004 - two words before
        return None
    lead = word.nbor(-2)
    if word.nbor(-1).lower_ in {"and", "or"} and lead.lower_ in _cues("adjectives"):
        return lead
    return None


def _is_known(noun: Token) -> bool:
    """True for people told of before: "the 20 arrested members"."""
    return any(c.lower_ in {"the", "these", "those"} for c in noun.children if c.dep_ == "det")


def _has_own_count(word: Token) -> bool:
    """True for "12 injured" and "30 others wounded", where the adjective stands for the people."""
    if word.pos_ != "VERB":
        return quantity_of(_left_tokens(word)) is not None and (
            word.dep_ != "amod" or word.head.i < word.i
        )
    before = word.nbor(-1) if word.i else None
    return before is not None and word.dep_ not in {"amod"} and (
        (before.like_num or before.lower_ in _OTHERS) and quantity_of(_left_tokens(word)) is not None
    ) and not any(c.dep_ in {"dobj", "nsubjpass", "auxpass"} for c in word.children)


_OTHERS = frozenset({"others", "more", "dozens", "scores", "several", "many", "number"})


def _deed_victims(noun: Token) -> Iterator[Victims]:
    """Victims of a nominal: "the killing of an ISF member", "Haji's death"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (Victims(c, "nominal of") for c in child.children if c.dep_ == "pobj")
        elif child.dep_ == "poss" and child.ent_type_ == "PERSON":
            yield Victims(child, "nominal possessive")


def _count_victims(noun: Token) -> Iterator[Victims]:
    """Counted nouns that stand for people: "12 deaths", "three fatalities", "casualties"."""
    if noun.lemma_.lower() == "life":
        of = [c for c in noun.children if c.lower_ == "of"]
        people = [p for c in of for p in c.children if p.dep_ == "pobj"]
        if noun.head.lemma_ in {"claim", "lose", "take", "cost"}:
            yield from (Victims(p, "lives of") for p in people) if people else iter(
                [Victims(noun, "lives")]
            )
        return
    if noun.lemma_.lower() in _list("found", "nouns"):
        of = [p for c in noun.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
        if of and quantity_of(_left_tokens(of[0])) is not None:
            yield Victims(of[0], "bodies of")
        elif noun.head.lemma_ in _list("found", "verbs") or noun.head.lemma_ == "of":
            yield Victims(noun, "bodies found")
        elif quantity_of(_left_tokens(noun)) is not None and noun.dep_ != "poss":
            yield Victims(noun, "bodies counted")
        return
    if quantity_of(_left_tokens(noun)) is not None or _under_number(noun):
        yield Victims(noun if not _under_number(noun) else noun.head.head, "counted noun")
    elif noun.lemma_.lower() == "casualty" and noun.tag_ == "NNS":
        yield Victims(noun, "casualties")


def _under_number(noun: Token) -> bool:
    return noun.dep_ == "pobj" and noun.head.lower_ == "of" and (
        noun.head.head.lower_ in _NUMBER_NOUNS
    )


class CasualtyMatcher:
    """Finds casualty counts by the parse.

    Method: a cue (verb, adjective or noun of `data/casualties.toml`) leads to the phrase that names
    the people: object, passive subject, participle's noun, "left N dead", "the death of", "N
    deaths", "lost N fighters", "the toll rose to N". The phrase must be people; its count is read
    by `quantities`. Sets `doc.spans["casualties"]` with `span._.casualty`. Left out: negated,
    planned and hypothetical harm; subsets ("including three children"). Known misses: counts whose
    noun stands in another sentence.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["casualties"]`."""
        doc.spans["casualties"] = list(self.match(doc))
        return doc

    def match(self, doc: Doc) -> Iterator[Span]:
        """Casualty counts of a doc in order of their cues."""
        seen: set[tuple[str, int]] = set()
        counted: set[tuple[str, int]] = set()  # "30 others injured" by "others" and by "injured"
        for kind, cue, victims in self._find(doc):
            for head in [*conjuncts(victims.head), *_companions(victims.head)]:
                if (kind, head.i) in seen:
                    continue
                span = self._mention(doc, kind, cue, head, victims.rule)
                if span is None:
                    continue
                number = quantity_of(_left_tokens(head))
                key = (kind, number.tokens[0] if number else head.i)
                if key not in counted:
                    seen.add((kind, head.i))
                    counted.add(key)
                    yield span

    def _find(self, doc: Doc) -> Iterator[tuple[CasualtyKind, Token, Victims]]:
        for start, end, values in _phrases().find([t.lemma_.lower() for t in doc]):
            del end
            for kind, people in values:
                verb = doc[start]
                found = _verb_victims(verb) if people == "object" else (
                    Victims(s, "subject") for s in _subject_of(verb))
                yield from ((kind, verb, v) for v in found)
        for token in doc:
            yield from self._find_at(token)

    def _find_at(self, token: Token) -> Iterator[tuple[CasualtyKind, Token, Victims]]:
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB" or token.tag_ in {"VBN", "VBD", "VBG"}:
            if kind := _cues("verbs").get(lemma):
                yield from ((kind, token, v) for v in _verb_victims(token))
            if kind := _cues("intransitive").get(lemma):
                yield from ((kind, token, Victims(s, "subject")) for s in _subject_of(token))
            yield from self._find_turns(token, lemma)
        kind = _cues("adjectives").get(token.lower_)
        if kind and token.pos_ in {"ADJ", "NOUN", "PROPN", "VERB"}:
            yield from ((kind, token, v) for v in _adjective_victims(token))
        if token.pos_ in {"NOUN", "PROPN"}:
            if kind := _cues("deeds").get(lemma):
                yield from ((kind, token, v) for v in _deed_victims(token))
            if kind := _cues("counts").get(lemma):
                yield from ((kind, token, v) for v in _count_victims(token))
            if lemma == "toll" or (lemma == "number" and _is_number_of_dead(token)):
                yield from self._find_toll(token)

    def _find_turns(self, verb: Token, lemma: str) -> Iterator[tuple[CasualtyKind, Token, Victims]]:
        """ "lost two fighters", "suffered wounds", "shot dead a commander"."""
        objects = [c for c in verb.children if c.dep_ in {"dobj", "obj"}]
        if lemma in _list("lose", "verbs"):
            for o in objects:
                _, noun = count_people(o)
                if o.lower_ != "life" and (class_of(noun) or noun.lemma_.lower() in member_nouns()):
                    yield "killed", verb, Victims(o, "lost")
        if lemma in _list("suffer", "verbs"):
            harmed = [o for o in objects if o.lemma_.lower() in _list("suffer", "harms")]
            if harmed and not any(quantity_of(_left_tokens(o)) for o in harmed):
                yield from (("wounded", verb, Victims(s, "suffered wounds")) for s in _subject_of(verb))
        if lemma in {"take", "hold", "seize"} and any(
            c.lower_ in {"hostage", "hostages", "captive", "captives"} for c in verb.subtree
        ):
            yield from (("kidnapped", verb, v) for v in _verb_victims(verb)
                        if v.head.lower_ not in {"hostage", "captive"})
        if lemma == "shoot" and verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "dead":
            dead = verb.nbor()
            people = [c for c in dead.children if c.dep_ in {"dobj", "nsubj"}]
            found = list(_verb_victims(verb)) + [Victims(p, "shot dead") for p in people]
            yield from (("killed", verb, v) for v in found)

    def _find_toll(self, noun: Token) -> Iterator[tuple[CasualtyKind, Token, Victims]]:
        """The number that a toll comes to: "raising the toll to 12", "the toll stands at 12"."""
        scope = [*noun.subtree, *(t for c in noun.head.children if c.dep_ in {"prep", "dobj", "attr"}
                                  for t in c.subtree if noun.dep_ != "pobj")]
        for token in scope:
            if token.pos_ == "NUM" and token.dep_ in {"pobj", "attr", "dobj", "nummod", "appos", "npadvmod"}:
                head = token.head if token.dep_ == "nummod" else token
                if not head.ent_type_ == "DATE":
                    yield "killed", noun, Victims(head, "toll")
                    return

    def _mention(
        self, doc: Doc, kind: CasualtyKind, cue: Token, head: Token, rule: str
    ) -> Span | None:
        quantity, noun = count_people(head)
        if rule == "shared count" and quantity is None:
            lead = _coordinated_with(cue)
            quantity = quantity_of(_left_tokens(lead)) if lead is not None else None
        if not is_real(cue) or _is_denied(head) or _is_subset(head, noun) or _is_cumulative(cue):
            return None
        strict = kind == "detained" and cue.lemma_ == "capture"
        if head != cue and not is_person(noun, counted=quantity is not None and not strict):
            return None
        low, high = self._count(head, noun, quantity)
        if low is None and high is None:
            return None
        names = _names(head)
        tokens = [cue.i, head.i, *(quantity.tokens if quantity else [])]
        span = Span(doc, min(tokens), max(tokens) + 1, label=kind.upper())
        span._.casualty = CasualtyMention(
            kind=kind, min=low, max=high, head=head.i, cue=cue.i, names=names,
            whole=rule == "toll",
            more=any(doc[i].lower_ in {"more", "another", "further", "additional", "others", "other"}
                     for i in range(max(head.left_edge.i, head.i - 5), head.i + 1)),
            rule=rule,
        )
        return span

    def _count(
        self, head: Token, noun: Token, quantity: Quantity | None
    ) -> tuple[int | None, int | None]:
        if quantity is not None:
            return quantity.min, quantity.max
        if head.lemma_.lower() == "casualty":
            return 1, None
        if head.lower_ in {"he", "she", "him", "her", "one"}:
            return 1, 1
        if head.ent_type_ == "PERSON" or (head.tag_ in {"NN", "NNP"} and (
            class_of(noun) or noun.lemma_.lower() in member_nouns()
        ) and head.lower_ not in _COLLECTIVE):
            return 1, 1
        return None, None


_COLLECTIVE = frozenset(
    "people police army military staff personnel family group crowd mob gang militia navy"
    " enemy air force party troops security cartel".split()
)


def _is_number_of_dead(noun: Token) -> bool:
    return any(t.lower_ in {"dead", "deaths", "killed", "fatalities"} for t in noun.subtree)


def _is_cumulative(cue: Token) -> bool:
    """True for the toll of a whole war: "280,000 people have been killed since it began"."""
    perfect = any(c.dep_ in {"aux", "auxpass"} and c.lower_ in {"have", "has"} for c in cue.children)
    return perfect and any(
        t.lower_ in {"since", "throughout"} or t.lower_ in {"war", "insurgency", "uprising"}
        for t in cue.subtree
    )


def _is_denied(head: Token) -> bool:
    return any(c.lower_ == "no" for c in head.children) or head.lower_ in {"none", "nobody", "nothing"}


def _names(head: Token) -> tuple[str, ...]:
    """Named victims: the head itself, or a name in apposition."""
    tokens = [head, *(c for c in head.children if c.dep_ == "appos")]
    names = []
    for token in tokens:
        if token.ent_type_ == "PERSON":
            ent = next((e for e in head.doc.ents if e.start <= token.i < e.end), None)
            if ent is not None:
                names.append(ent.text.removesuffix("’s").removesuffix("'s"))
    return tuple(dict.fromkeys(names))


@Language.factory("incidents_casualties", requires=["token.dep"], assigns=["doc.spans"])
def make_casualties(nlp: Language, name: str) -> CasualtyMatcher:
    """Make the casualty component."""
    del nlp, name
    register_extensions()
    return CasualtyMatcher()
