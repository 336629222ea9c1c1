"""Who says what a sentence tells."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span

from incidents.extractors.columns import columns
from incidents.extractors.components import Component
from incidents.extractors.mentions import Speech, register_extensions
from incidents.extractors.needs import check_needs
from incidents.extractors.vocabulary import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from incidents.model import Modality


@cache
def _verbs(modality: str) -> frozenset[str]:
    return frozenset(load_words("speech")["verbs"][modality])


@cache
def speech_verbs() -> frozenset[str]:
    """All verbs of reported speech, as lemmas."""
    return _verbs("asserted") | _verbs("claimed") | _verbs("denied")


@cache
def denying_verbs() -> frozenset[str]:
    """Verbs that say that something did not happen, as lemmas."""
    return _verbs("denied")


def find_speech(sent: Span) -> Speech:
    """Who says what a sentence tells.

    Returns:
        The speaker's words (the subject of a verb of saying with a clause or a quotation, the
        phrase behind "according to"), or None; and the modality that the verb gives.
    """
    doc, words = sent.doc, columns(sent.doc)
    for i in range(sent.start, sent.end - 1):
        if words.lower[i] == "according" and words.lower[i + 1] == "to":
            name = next((t for t in doc[i].subtree if t.dep_ == "pobj"), None)
            if name is not None:
                return Speech(_noun_phrase(name), name.i)
    verbs = speech_verbs()
    for i in range(sent.start, sent.end):
        lemma = words.lemma[i]
        if lemma in verbs and words.pos[i] == "VERB" and _reports(doc[i]):
            speaker = next(_speakers(doc[i]), None)
            if speaker is not None:
                return Speech(_noun_phrase(speaker), speaker.i, _modality(lemma))
    return Speech(None, None)


def find_teller(token: Token) -> Token | None:
    """The speaker in whose words a token stands: the army, for "the army said it killed 12".

    A sentence can have two: "…, while the rebels said they lost three".
    """
    node = token
    while node.head != node:
        verb = node.head
        if verb.lemma_.lower() in speech_verbs() and node.dep_ in {"ccomp", "parataxis"}:
            speaker = next(_speakers(verb), None)
            if speaker is not None:
                return speaker
        node = verb
    return None


def speech_at(token: Token, sentence: Speech) -> Speech:
    """Who says what a token tells: whose clause it stands in, else the speaker of the sentence.

    Args:
        token: a word that tells of an event.
        sentence: who says what the sentence tells.
    """
    speaker = find_teller(token)
    if speaker is None or speaker.i == sentence.speaker_root:
        return sentence
    return Speech(_noun_phrase(speaker), speaker.i, _modality(speaker.head.lemma_.lower()))


def _reports(verb: Token) -> bool:
    """True if the verb has something that is said: a clause, or is said in passing."""
    return verb.dep_ in {"parataxis", "ROOT", "ccomp", "advcl"} and any(
        c.dep_ in {"ccomp", "parataxis"} or c.text in '"”“,' for c in verb.children
    )


def _speakers(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ == "nsubj" and child.lower_ not in {"it", "that", "this", "which", "who"}:
            yield child
    if verb.lemma_ == "read":  # "…," reads a statement from the ISF
        for child in verb.children:
            if child.dep_ == "dobj":
                yield child


def _modality(lemma: str) -> Modality:
    if lemma in _verbs("claimed"):
        return "claimed"
    return "denied" if lemma in _verbs("denied") else "asserted"


def _noun_phrase(head: Token) -> str:
    """The words of a noun phrase up to a relative clause, at most twelve."""
    tokens = []
    stop = {
        t.i
        for c in head.children
        if c.dep_ in {"relcl", "acl", "appos", "punct"}
        for t in c.subtree
    }
    for token in head.subtree:
        if token.i in stop or token.is_space:
            if token.i > head.i:
                break
            continue
        tokens.append(token)
    tokens = tokens[:12]
    text = head.doc[tokens[0].i : tokens[-1].i + 1].text if tokens else head.text
    first, _, rest = text.partition(" ")
    return (rest if first.lower() in {"the", "a", "an"} else text).strip(" ,")


class SpeechMatcher:
    """Finds the speaker and the modality of each sentence.

    Method: the phrase behind "according to", else the subject of a verb of saying that governs a
    clause or stands beside a quotation (`data/speech.toml`); the verb says whether the claim is
    asserted, claimed or denied. Sets `doc.spans["speech"]`, one span a sentence that has a speaker,
    with `span._.speech`.

    Measured: not yet; speakers are annotated in no set. Known misses: speakers named in the
    sentence before.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc.spans["speech"]`."""
        check_needs(doc, "incidents_attribution", "POS", "DEP")
        doc.spans["speech"] = list(self.match(doc))
        return doc

    def match(self, doc: Doc) -> Iterator[Span]:
        """Sentences that have a speaker."""
        for sent in doc.sents:
            speech = find_speech(sent)
            if speech.speaker is not None:
                span = Span(doc, sent.start, sent.end, label="SPEECH")
                span._.speech = speech
                yield span


COMPONENT = Component("incidents_attribution")


@Language.factory(
    "incidents_attribution", requires=["token.dep", "doc.sents"], assigns=["doc.spans"]
)
def make_attribution(nlp: Language, name: str) -> SpeechMatcher:
    """Make the attribution component."""
    del nlp, name
    register_extensions()
    return SpeechMatcher()
