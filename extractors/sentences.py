"""Sentence borders that the layout gives: line ends, datelines and list items."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from spacy.attrs import SENT_START  # type: ignore[import-not-found] # compiled, without types
from spacy.language import Language

from incidents.extractors.columns import text_of
from incidents.extractors.dateline import find_dateline
from incidents.extractors.doc_items import items_of
from incidents.extractors.page_links import find_links

if TYPE_CHECKING:
    from spacy.tokens import Doc


_STOPS = frozenset(".!?:;…")
_MAX_UNBROKEN = 250  # words without a full stop; the longest sentences of news have some 100


@Language.component("incidents_sentences", assigns=["token.is_sent_start"])
def mark_sentences(doc: Doc) -> Doc:
    """Begin a sentence after each line end, after the dateline, and after what heads a list item.

    Method: a token behind a space with a line end, or the first one behind the dateline or behind
    the marker and the name of a list item ("1. Gao: two killed"), begins a sentence; so does "Read
    also:". Runs before the parser, which keeps the borders that are set and finds the others. A
    headline without a full stop would else run into the lead, and a dateline's city would become
    the subject of the lead's verb. A row of words without any stop, such as a table or a file that
    is no prose, is cut: what looks at all pairs of words in a sentence would take hours for it.
    Sets `token.is_sent_start`.

    Measured: not by itself; borders are annotated in no set. Known misses: a line that is wrapped
    in the middle of a sentence is cut there.
    """
    dateline = find_dateline(text_of(doc))
    bodies = {item.body for item in items_of(doc)}
    bodies |= {start for start, _ in find_links(text_of(doc))}
    strings = doc.vocab.strings
    rows: list[list[int]] = doc.to_array(["IDX", "ORTH", "IS_SPACE"]).tolist()
    starts = doc.to_array([SENT_START])
    unbroken = 0
    for i, ((start, word, is_space), (following, _, _)) in enumerate(pairwise(rows), start=1):
        unbroken = 0 if strings[word] in _STOPS else unbroken + 1
        if (
            (is_space and "\n" in strings[word])
            or (dateline is not None and start < dateline.end <= following)
            or following in bodies
            or unbroken >= _MAX_UNBROKEN
        ):
            starts[i] = 1
            unbroken = 0
    # at once: each that is set by itself looks through the doc
    return doc.from_array([SENT_START], starts)  # type: ignore[arg-type] # as to_array gave it
