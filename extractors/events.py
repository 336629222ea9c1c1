"""Event triggers with their arguments, from the dependency parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span

from incidents.extractors.arguments import agents_of, patients_of
from incidents.extractors.clash_parties import parties_of
from incidents.extractors.columns import columns
from incidents.extractors.components import Component
from incidents.extractors.deeds import deed_words, deeds_of, is_done_by
from incidents.extractors.event_checks import is_meant
from incidents.extractors.figures import is_figure
from incidents.extractors.mentions import EventMention, register_extensions, spans_of
from incidents.extractors.modality import is_depicted, is_real
from incidents.extractors.needs import check_needs
from incidents.extractors.people import organisation_nouns
from incidents.extractors.syntax import is_verbal
from incidents.extractors.triggers import Entry, lemma, lemma_keys, lemmas, trigger_phrases
from incidents.extractors.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token


class EventMatcher:
    """Finds event triggers and who did what to whom.

    Method: the longest phrase of `data/triggers.toml` at each word, as lemmas; verbs must be verbs
    and nouns nouns. Weak verbs ("hit", "strike", "target") need an armed agent, people harmed or a
    military object. Arguments come from the parse (`arguments`), modality from `modality`. Sets
    `doc.spans["events"]` with `span._.event`.

    Measured: a trigger in all 135 real articles that report an incident, and in 28 of 55 that
    report none (`benchmarks/components.py`), most of which `relevance` drops later. Known misses:
    figurative uses in politics and sports that name armed actors beside them.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["events"]`."""
        check_needs(doc, "incidents_events", "POS", "DEP")
        doc.spans["events"] = list(self.match(doc))
        return doc

    def match(self, doc: Doc) -> Iterator[Span]:
        """Triggers of a doc in order of the text."""
        keys, indices = lemma_keys(doc)
        actor_tokens = {i for s in spans_of(doc, "actors") for i in range(s.start, s.end)}
        for tokens, entries in self._find(doc, keys, indices):
            root = tokens.root
            if root.i in actor_tokens and tokens.end - tokens.start == 1 and root.pos_ == "PROPN":
                continue
            if root.pos_ == "PROPN" and root.dep_ == "compound" and _is_unit(root.head):
                continue  # "Regimental Combat Team"
            if root.dep_ == "amod" and root.tag_ == "VBN" and _is_definite(root.head):
                continue  # "the arrested men": told of before
            mention = next(filter(None, (self._mention(e, root) for e in entries)), None)
            if mention is not None:
                span = Span(doc, tokens.start, tokens.end, label=mention.frame.upper())
                span._.event = mention
                yield span

    def _find(
        self, doc: Doc, keys: Sequence[str], indices: Sequence[int]
    ) -> Iterator[tuple[Span, list[Entry]]]:
        """Phrases of the word list, and words that make a deed with their object.

        Each comes with all that it can stand for; the first that is meant counts.
        """
        taken: set[int] = set()
        found = []
        for tokens, fitting in _fitting(doc, keys, indices):
            taken.update(range(tokens.start, tokens.end))
            if fitting[0].frame is not None:
                is_open = tokens[0] == tokens.root and not _has_object(tokens)
                deeds = deeds_of(tokens.root) if is_open else []
                found.append((tokens, [*deeds, *fitting]))
        others = ((doc[i], deeds_of(doc[i])) for i in _can_be_deeds(doc) if i not in taken)
        found += [(doc[t.i : t.i + 1], deeds) for t, deeds in others if deeds]
        yield from sorted(found, key=lambda item: item[0].start)

    def _mention(self, entry: Entry, root: Token) -> EventMention | None:
        frame = entry.frame or ""
        agents, patients, parties = agents_of(root), patients_of(root), parties_of(root)
        if is_figure(frame, root, agents, patients):
            return None
        if entry.by is None and not is_meant(frame, entry.form, root, agents, patients, parties):
            return None
        if not is_done_by(entry.by, agents):
            return None
        return EventMention(
            frame=frame,
            root=root.i,
            agents=tuple(t.i for t in agents),
            patients=tuple(t.i for t in patients),
            parties=tuple(t.i for t in parties),
            real=is_real(root) and not is_depicted(root),
            rule=f"{entry.form} “{root.lemma_.lower()}”",
        )


def _has_object(tokens: Span) -> bool:
    """True for "opened fire", which opens nothing else: no post that the fire was on."""
    return any(t.dep_ == "dobj" and t.head == tokens.root for t in tokens)


def _fitting(
    doc: Doc, keys: Sequence[str], indices: Sequence[int]
) -> Iterator[tuple[Span, list[Entry]]]:
    """The longest phrases of the word list that can be meant, from left to right.

    "Terrorists attacked" is no "terrorist attack"; its verb is then asked about by itself.
    """
    phrases, end = trigger_phrases(), 0
    for i in phrases.begin_at(keys):
        found = phrases.longest(keys, i) if i >= end else None
        if found is not None:
            tokens = doc[indices[i] : indices[found[0] - 1] + 1]
            fitting = [e for e in found[1] if _fits(tokens, e)]
            if fitting:
                yield tokens, fitting
            if fitting or any(e.frame is None for e in found[1]):
                end = found[0]


def _can_be_deeds(doc: Doc) -> Iterator[int]:
    """The words of a doc that `deeds_of` need be asked about."""
    words = columns(doc)
    for i, (key, pos, tag) in enumerate(zip(lemmas(doc), words.pos, words.tag, strict=True)):
        if key in deed_words() and (pos in {"VERB", "NOUN"} or tag.startswith("VB")):
            yield i


def _is_unit(head: Token) -> bool:
    return head.lower_ in {"team", "command"} or head.lower_ in organisation_nouns()


def _fits(tokens: Span, entry: Entry) -> bool:
    root = tokens.root
    if tokens[0].ent_type_ == "DATE" and len(tokens) == 1:
        return False
    if entry.form == "phrase":
        # "a fire at the factory" is no "fire at"; "a missile hit the camp" is "missile hit".
        return root.pos_ != "ADP" and not (
            root.pos_ == "NOUN" and root.i == tokens[0].i and not is_verbal(root)
        )
    if entry.form == "verb":
        return root.pos_ == "VERB" or (root.tag_.startswith("VB") and root.pos_ != "AUX")
    if entry.form == "noun":
        return (
            root.pos_ in {"NOUN", "PROPN"}
            or (root.pos_ == "VERB" and not is_verbal(root))
            or root.tag_ in {"NN", "NNS"}
            or lemma(root) in word_set("triggers", "never_verbs", "words")
            or (len(tokens) > 1 and root.pos_ != "VERB")
        )
    return True


def _is_definite(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in {"the", "these", "those"} for c in noun.children)


COMPONENT = Component("incidents_events", after=("incidents_actors", "incidents_places"))


@Language.factory("incidents_events", requires=["token.dep"], assigns=["doc.spans"])
def make_events(nlp: Language, name: str) -> EventMatcher:
    """Make the event component."""
    del nlp, name
    register_extensions()
    return EventMatcher()
