"""Event triggers with their arguments, from the dependency parse."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language
from spacy.tokens import Span

from incidents.extractors.arguments import agents_of, is_verbal, parties_of, patients_of
from incidents.extractors.mentions import EventMention, register_extensions, spans_of
from incidents.extractors.modality import is_real
from incidents.extractors.people import class_of, member_nouns, organisation_nouns
from incidents.extractors.person_phrases import is_person, left_tokens
from incidents.extractors.phrases import PhraseTrie
from incidents.extractors.quantities import quantity_of
from incidents.extractors.vocabulary import load_words, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

_SKIPPED = frozenset({"a", "an", "the", "-", "‑", "–", "’s", "'s"})


class Frame(NamedTuple):
    """A kind of event as `data/triggers.toml` has it."""

    name: str
    sub_event_type: str
    rank: int
    family: str


@cache
def frames() -> dict[str, Frame]:
    """All frames by name."""
    return {
        name: Frame(name, entry["sub_event_type"], entry["rank"], entry["family"])
        for name, entry in load_words("triggers")["frames"].items()
    }


class _Entry(NamedTuple):
    frame: str | None  # None: a compound that looks like an event and is none
    form: str  # verb, noun, phrase


def _keys(phrase: str) -> list[str]:
    return [w for w in phrase.replace("-", " ").split() if w not in _SKIPPED]


@cache
def trigger_phrases() -> PhraseTrie[_Entry]:
    """Every trigger of the word list, as lemmas."""
    trie: PhraseTrie[_Entry] = PhraseTrie()
    words = load_words("triggers")
    for name, entry in words["frames"].items():
        for form in ("verb", "noun", "phrase"):
            for phrase in entry.get(form + "s", ()):
                trie.add(_keys(phrase), _Entry(name, form))
    for compound in words["not_events"]["compounds"]:
        keys = _keys(compound)
        trie.add(keys, _Entry(None, "phrase"))
        trie.add([*keys[:-1], keys[-1].removesuffix("s")], _Entry(None, "phrase"))
    return trie


def lemma_keys(doc: Doc) -> tuple[list[str], list[int]]:
    """Lemmas of a doc without determiners, hyphens and possessive endings, and their tokens."""
    keys, indices = [], []
    for token in doc:
        if token.lower_ in _SKIPPED or token.is_space:
            continue
        keys.append(_lemma(token))
        indices.append(token.i)
    return keys, indices


# Where the lemmatizer errs on words of this field.
_LEMMAS = {
    "raped": "rape",
    "raping": "rape",
    "rapes": "rape",
    "laid": "lay",
    "slew": "slay",
    "sniped": "snipe",
    "sniping": "snipe",
}


def _lemma(token: Token) -> str:
    """Lemma in lower case; names in headlines ("Clashes") lose their plural as nouns do."""
    if token.lower_ in _LEMMAS:
        return _LEMMAS[token.lower_]
    lemma = token.lemma_.lower()
    if token.pos_ == "PROPN" and lemma == token.lower_:
        for ending, stem in (("shes", "sh"), ("ches", "ch"), ("sses", "ss"), ("ies", "y")):
            if lemma.endswith(ending):
                return lemma.removesuffix(ending) + stem
        if lemma.endswith("s") and not lemma.endswith("ss"):
            return lemma[:-1]
    return lemma


class EventMatcher:
    """Finds event triggers and who did what to whom.

    Method: the longest phrase of `data/triggers.toml` at each word, as lemmas; verbs must be verbs
    and nouns nouns. Weak verbs ("hit", "strike", "target") need an armed agent, people harmed or a
    military object. Arguments come from the parse (`arguments`), modality from `modality`. Sets
    `doc.spans["events"]` with `span._.event`.

    Measured: a trigger in 134 of 135 real articles that report an incident, and in 28 of 55 that
    report none (`benchmarks/components.py`), most of which `relevance` drops later. Known misses:
    figurative uses in politics and sports that name armed actors beside them.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["events"]`."""
        doc.spans["events"] = list(self.match(doc))
        return doc

    def match(self, doc: Doc) -> Iterator[Span]:
        """Triggers of a doc in order of the text."""
        keys, indices = lemma_keys(doc)
        actor_tokens = {i for s in spans_of(doc, "actors") for i in range(s.start, s.end)}
        for tokens, entry in self._find(doc, keys, indices):
            root = tokens.root
            if root.i in actor_tokens and tokens.end - tokens.start == 1 and root.pos_ == "PROPN":
                continue
            if root.dep_ == "amod" and root.tag_ == "VBN" and _is_definite(root.head):
                continue  # "the arrested men": told of before
            mention = self._mention(entry, root)
            if mention is not None:
                span = Span(doc, tokens.start, tokens.end, label=mention.frame.upper())
                span._.event = mention
                yield span

    def _find(
        self, doc: Doc, keys: Sequence[str], indices: Sequence[int]
    ) -> Iterator[tuple[Span, _Entry]]:
        """Phrases of the word list, and verbs that make one with their distant object."""
        taken: set[int] = set()
        found = []
        for start, end, entries in trigger_phrases().find(keys):
            tokens = doc[indices[start] : indices[end - 1] + 1]
            entry = next((e for e in entries if _fits(tokens, e)), None)
            if entry is not None:
                taken.update(range(tokens.start, tokens.end))
                if entry.frame is not None:
                    found.append((tokens, entry))
        for token in doc:
            if token.pos_ == "VERB" and token.i not in taken:
                entry = _with_object(token)
                if entry is not None:
                    found.append((doc[token.i : token.i + 1], entry))
        yield from sorted(found, key=lambda item: item[0].start)

    def _mention(self, entry: _Entry, root: Token) -> EventMention | None:
        agents = agents_of(root)
        patients = patients_of(root)
        parties = parties_of(root)
        frame = entry.frame or ""
        if (
            root.lemma_.lower() in {"fight", "battle"}
            and root.pos_ == "VERB"
            and not any(is_armed(t) for t in (*agents, *parties, *patients))
        ):
            return None
        if frame == "target" and not _is_violent(root, agents, patients):
            return None
        if frame == "territory" and not _takes_territory(root, patients, entry.form):
            return None
        if frame in {"disrupt", "loot", "change"} and not _acts_on_things(
            frame, root, entry, patients
        ):
            return None
        if frame == "protest" and entry.form == "verb" and not any(_is_people(a) for a in agents):
            return None  # "shares rallied"
        if frame == "bomb" and root.pos_ == "VERB" and not _can_explode(agents, patients):
            return None  # "prices exploded"
        if frame == "agreement" and entry.form == "noun" and not _is_concluded(root):
            return None
        if frame == "kill" and not _harms_people(root, patients, entry.form):
            return None
        return EventMention(
            frame=frame,
            root=root.i,
            agents=tuple(t.i for t in agents),
            patients=tuple(t.i for t in patients),
            parties=tuple(t.i for t in parties),
            real=is_real(root),
            rule=f"{entry.form} “{root.lemma_.lower()}”",
        )


def _with_object(verb: Token) -> _Entry | None:
    """The phrase that a verb makes with its object, counts between: "fired about 100 rockets"."""
    for child in verb.children:
        if (child.dep_ == "dobj" and child.i > verb.i) or child.dep_ == "nsubjpass":
            keys = [verb.lemma_.lower(), *_keys(_lemma(child))]
            match = trigger_phrases().longest(keys, 0)
            if match is not None and match[0] == len(keys):
                return match[1][0]
    return None


def _is_people(noun: Token) -> bool:
    return is_person(noun, counted=quantity_of(left_tokens(noun)) is not None)


def _objects(table: str) -> frozenset[str]:
    return word_set("objects", table, "words")


def _fits(tokens: Span, entry: _Entry) -> bool:
    root = tokens.root
    if tokens[0].ent_type_ == "DATE" and len(tokens) == 1:
        return False
    if entry.form == "phrase":
        # "a fire at the factory" is no "fire at"; "a missile hit the camp" is "missile hit".
        return root.pos_ != "ADP" and not (root.pos_ == "NOUN" and root.i == tokens[0].i)
    if entry.form == "verb":
        return root.pos_ == "VERB" or (root.tag_.startswith("VB") and root.pos_ != "AUX")
    if entry.form == "noun":
        return (
            root.pos_ in {"NOUN", "PROPN"}
            or (root.pos_ == "VERB" and not is_verbal(root))
            or root.tag_ in {"NN", "NNS"}
            or (len(tokens) > 1 and root.pos_ != "VERB")
        )
    return True


def _is_definite(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in {"the", "these", "those"} for c in noun.children)


def is_armed(token: Token) -> bool:
    """True if a phrase's head can carry arms: a force, fighters, an actor of the gazetteer."""
    for span in spans_of(token.doc, "actors"):
        if span.start <= token.i < span.end:
            actor = span._.actor
            return actor.kind not in {"civilians", "protesters"} and (
                actor.rule != "organisation (NER)"
            )
    if token.lemma_.lower() in member_nouns():  # "members of the group"
        for prep in token.children:
            if prep.lower_ == "of" and any(is_armed(o) for o in prep.children):
                return True
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
    armed = any(is_armed(a) or a.lemma_.lower() in _objects("arms") for a in agents) or bool(
        means & _objects("arms")
    )
    people = any(_is_people(p) or is_armed(p) for p in patients)
    things = any(
        p.lemma_.lower() in _objects("targets") or p.ent_type_ in {"GPE", "FAC", "LOC"}
        for p in patients
    )
    if root.pos_ == "NOUN":
        return (
            armed
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
    if lemma in {"hit", "target", "harass"} and not people:
        # "hits its neighbour with taxes": a country is hit only with arms.
        armed = armed and (
            bool(means & _objects("arms")) or not all(p.ent_type_ == "GPE" for p in patients)
        )
    return (armed and (people or things)) or (people and lemma in {"target", "beat", "ram", "bomb"})


def _takes_territory(root: Token, patients: list[Token], form: str) -> bool:
    if form == "phrase":
        return True
    if root.lemma_.lower() == "enter" and not any(is_armed(a) for a in agents_of(root)):
        return False
    return root.lemma_.lower() not in {"control", "occupy"} and any(map(_is_land, patients))


def _is_land(noun: Token) -> bool:
    if noun.ent_type_ in {"GPE", "LOC", "FAC"} or {noun.lemma_.lower(), noun.lower_} & _objects(
        "land"
    ):
        return True
    if any(s.start <= noun.i < s.end for s in spans_of(noun.doc, "places")):
        return True
    parts = (t for c in noun.children if c.lower_ == "of" for t in c.subtree)
    return any(t.ent_type_ in {"GPE", "LOC"} for t in parts)  # "the entirety of the province"


def _acts_on_things(frame: str, root: Token, entry: _Entry, patients: list[Token]) -> bool:
    lemmas = {p.lemma_.lower() for p in patients} | {p.lower_ for p in patients}
    if entry.form != "verb":
        return True
    if frame == "loot":
        return bool(lemmas & _objects("property"))
    if frame == "disrupt":
        return bool(lemmas & _objects("weapons"))
    return any(is_armed(t) for t in agents_of(root)) and root.lemma_.lower() not in {
        "merge",
        "rename",
    }


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


def _harms_people(root: Token, patients: list[Token], form: str) -> bool:
    """Verbs of killing need people; nouns of death need a victim or a count."""
    lemma = root.lemma_.lower()
    if lemma in {"die", "perish"}:
        return any(is_person(t, counted=False) for t in agents_of(root)) or not agents_of(root)
    if form == "verb" and patients:
        return any(_is_people(p) for p in patients)
    return True


@Language.factory("incidents_events", requires=["token.dep"], assigns=["doc.spans"])
def make_events(nlp: Language, name: str) -> EventMatcher:
    """Make the event component."""
    del nlp, name
    register_extensions()
    return EventMatcher()
