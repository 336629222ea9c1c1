"""Valid files made invalid: bytes and texts changed at random, in the ways in which files break.

`test_articles_fuzz.py` and `benchmarks/fuzz.py` share it. The same random numbers give the same
file, so that what failed once can be made again.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

# What means something to one of the formats, or to what reads text.
TOKENS = (
    *(b"\0", b"\xff", b"\r", b"\n", b"\r\n", b"\t", b" ", b'"', b"'", b"\\", b",", b";", b"|"),
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b"<",
        b">",
        b"&",
        b"/",
        b"=",
        b"#",
        b"---\n",
        b"...\n",
        b"\n\n",
    ),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\xc3\x28", b"\xed\xa0\x80"),
    *(b"\\ud800", b"\\u0000", b"\\n", b'\\"', b"null", b"true", b"NaN", b"1e999", b"-0", b"[[[["),
    *(b"&#0;", b"&#xd800;", b"&#x110000;", b"&amp;", b"&nbsp;", b"&x;", b"<![CDATA[", b"]]>"),
    *(b"<!--", b"-->", b"<!DOCTYPE x [<!ENTITY x 'y'>]>", b"<?xml version='1.1'?>", b"<item>"),
    *(b"</item>", b"</channel>", b"<p>", b"</p>", b"<br/>", b"<script>", b"</script>", b"<table>"),
    *(b"<meta charset=utf-7>", b"<base href='//'>", b"<time datetime='x' pubdate>", b"<svg>"),
    *(b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"PAR1"),
    *(b"%PDF-", b"WARC/1.0\r\n", b"WARC-Type: response\r\n", b"Content-Length: 99999999999\r\n"),
    *(b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: br\r\n"),
    *(b"Content-Encoding: gzip\r\n", b"HTTP/1.1 200\r\n\r\n", b"stream", b"endobj", b"<<", b">>"),
    *(b"2021-04-31", b"0000-00-00", b"99999999999999999999", b"-1", b"published: ", b"id: *x\n"),
    *(b"&a [*a]", b"!!python/object:os", b"? ", b"- - - -", b"\x1b[31m", b"[red]", b"=cmd|' '!A0"),
    "\u202e".encode(),
    "\u200b".encode(),
    "\u2028".encode(),
    "\U0001f4a3".encode(),
    "e\u0301\u0301\u0301".encode(),
)
_MAX_BYTES = 200_000  # of a changed file
_MAX_REPEATED = 20_000  # bytes of one part that is repeated


def mutate(data: bytes, random: Random) -> bytes:
    """Change bytes in one to six places."""
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        data = random.choice(_CHANGES)(data, random)[:_MAX_BYTES]
    return data


def mutate_inside(name: str, data: bytes, random: Random) -> bytes:
    """Change what a file holds, and pack it again, so that it is unpacked without trouble.

    Args:
        name: the file's name, which tells how it is packed.
        data: its bytes.
        random: where the choices come from.
    """
    if name.endswith(".gz"):
        return gzip.compress(mutate(gzip.decompress(data), random), compresslevel=1)
    if name.endswith(".zst"):
        import zstandard

        return zstandard.compress(mutate(zstandard.decompress(data), random))
    if name.endswith((".zip", ".docx")):
        return _mutate_member(data, random)
    return mutate(data, random)


def _mutate_member(data: bytes, random: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    chosen = random.choice(sorted(members))
    if "word/document.xml" in members and random.random() < 0.7:
        chosen = "word/document.xml"
    if chosen.endswith(".zip"):
        members[chosen] = mutate_inside(chosen, members[chosen], random)
    else:
        members[chosen] = mutate(members[chosen], random)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def mutate_text(text: str, random: Random) -> str:
    """Change a text in one to six places, as characters: it stays text."""
    data = mutate(text.encode("utf-8", "surrogatepass"), random)
    return data.decode("utf-8", random.choice(("replace", "ignore")))


def _part(data: bytes, random: Random, longest: int = 64) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.randrange(1, longest))


def _set_byte(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]


def _set_number(data: bytes, random: Random) -> bytes:
    """A length or an offset that is wrong: four bytes of zeros, ones or anything."""
    at = random.randrange(len(data) + 1)
    value = random.choice((b"\0" * 4, b"\xff" * 4, b"\xff\xff\xff\x7f", random.randbytes(4)))
    return data[:at] + value + data[at + 4 :]


def _insert_token(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(TOKENS) + data[at:]


def _overwrite_token(data: bytes, random: Random) -> bytes:
    start, end = _part(data, random)
    return data[:start] + random.choice(TOKENS) + data[end:]


def _insert_noise(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.randbytes(random.randrange(1, 32)) + data[at:]


def _delete(data: bytes, random: Random) -> bytes:
    start, end = _part(data, random, max(2, len(data) // 2))
    return data[:start] + data[end:]


def _truncate(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _repeat(data: bytes, random: Random) -> bytes:
    start, end = _part(data, random)
    part = data[start:end] or random.choice(TOKENS)
    times = min(random.choice((2, 10, 300, 5000)), _MAX_REPEATED // len(part))
    return data[:start] + part * times + data[end:]


def _move(data: bytes, random: Random) -> bytes:
    start, end = _part(data, random, 200)
    at = random.randrange(len(data) + 1)
    return data[:at] + data[start:end] + data[at:]


def _garble(data: bytes, random: Random) -> bytes:
    """Every byte above a place turned by one number, as by a wrong character set."""
    at = random.randrange(len(data) + 1)
    end = min(len(data), at + random.randrange(1, 400))
    turn = random.randrange(1, 256)
    return data[:at] + bytes(byte ^ turn for byte in data[at:end]) + data[end:]


def _pack(data: bytes, random: Random) -> bytes:
    """A format in a place where another one is awaited."""
    return random.choice((gzip.compress, zlib.compress))(data)


_CHANGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    *(_set_byte, _set_byte, _set_number, _insert_token, _insert_token, _overwrite_token),
    *(_insert_noise, _delete, _truncate, _repeat, _move, _garble),
    *((_set_byte, _insert_token, _overwrite_token, _delete, _move) * 2),
    _pack,
)
