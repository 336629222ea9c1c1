"""What a component needs of the components before it, said in one line where it is missing.

Without a parse most rules find nothing, which would look like an article without incidents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.errors import ModelMissingError
from incidents.extractors.columns import renew

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Annotation, as spaCy calls it: what it is, and the spaCy component that sets it.
_MAKERS = {
    "POS": ("parts of speech", "a tagger with an attribute ruler"),
    "DEP": ("dependencies", "a parser"),
}


def check_needs(doc: Doc, component: str, *annotations: str) -> None:
    """See that a text is annotated as a component needs it; forget what others kept of it.

    Args:
        doc: the text.
        component: name of the component, for the message.
        annotations: `POS`, `DEP`.

    Raises:
        ModelMissingError: an annotation is missing.
    """
    missing = [name for name in annotations if not doc.has_annotation(name)]
    if missing:
        lacks = " and no ".join(_MAKERS[name][0] for name in missing)
        makers = " and ".join(_MAKERS[name][1] for name in missing)
        msg = (
            f"{component}: the text has no {lacks}; put {makers} before it in the pipeline, "
            "or load a whole English pipeline"
        )
        raise ModelMissingError(msg)
    renew(doc)
