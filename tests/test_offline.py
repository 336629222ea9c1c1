"""Nothing needs a network: sockets are blocked in the whole suite, and all of it works."""

from __future__ import annotations

import socket

import pytest
from pytest_socket import SocketBlockedError

import incidents


@pytest.mark.filterwarnings("ignore:A test tried to use socket.socket")
def test_sockets_are_blocked() -> None:
    """A test that opened a connection would fail."""
    with pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


@pytest.mark.model
def test_extraction_opens_no_socket() -> None:
    """Model, gazetteer and rules work with sockets blocked."""
    article = incidents.Article(
        id="a1", text="Gunmen killed three soldiers in an ambush near Mopti, Mali."
    )
    [report] = incidents.Extractor().extract(article)
    assert [place.name for place in report.places] == ["Mopti", "Mali"]
    assert [(c.kind, c.min, c.max) for c in report.casualties] == [("killed", 3, 3)]
