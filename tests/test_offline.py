"""Nothing needs a network: sockets are blocked in the whole suite, and all of it works."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pytest_socket import SocketBlockedError

if TYPE_CHECKING:
    from pathlib import Path

# Python itself tells of every connection and every look-up of a host, also of those that a
# library tries and forgives. urllib3 makes and binds a local socket when spaCy imports it.
PROGRAM = """
import sys

def tell(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        print(event, arguments[1:])

sys.addaudithook(tell)
from incidents.cli import main
main()
"""


@pytest.mark.filterwarnings("ignore:A test tried to use socket.socket")
def test_sockets_are_blocked() -> None:
    """A test that opened a connection would fail."""
    with pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


@pytest.mark.model
def test_extraction_connects_to_nothing(tmp_path: Path) -> None:
    """Model, gazetteer, rules and store work without one try to reach a host."""
    article = "Gunmen killed three soldiers in an ambush near Mopti, Mali.\n"
    options = ["--reports", "--format", "csv", "--quiet", "--db", str(tmp_path / "incidents.db")]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "extract", "-", *options],
        check=True,
        capture_output=True,
        text=True,
        input=article,
    )
    heading, row = done.stdout.splitlines()
    assert heading.startswith("id,")
    assert "Mopti" in row
