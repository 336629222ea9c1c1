"""Files of every format that is read, made of one article; `tests/conftest.py` hands them out."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from html import escape

TITLE = "Clashes in Qamishli"
URL = "https://example.org/world/12"


def make_html(lines: list[str], *, head: str = "", charset: str = "utf-8") -> bytes:
    """Make a page with a menu and a footer, neither of which is the article's."""
    paragraphs = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="{charset}"><title>{TITLE} | The Wire'
        f'</title><meta property="og:site_name" content="The Wire">{head}</head><body>'
        '<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>'
        f"<article><h1>{TITLE}</h1>{paragraphs}</article>"
        "<footer>Copyright 2019 The Wire. Updated 3 May 2024.</footer></body></html>"
    ).encode(charset, "xmlcharrefreplace")


def make_pdf(pages: list[list[str]], *, size: int = 12) -> bytes:
    """Make a PDF file, a line of print each; the first line of a page is in larger letters."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for lines in pages:
        drawn = "BT 72 720 Td "
        for number, line in enumerate(lines):
            words = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            drawn += f"/F1 {size * (2 if number == 0 else 1)} Tf ({words}) Tj 0 -{size + 3} Td "
        stream = f"{drawn}ET".encode("cp1252")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        page = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        objects.append(page.encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def make_docx(lines: list[str]) -> bytes:
    """Make a Word file with a heading."""
    from docx import Document

    document = Document()
    document.add_heading(TITLE)
    for line in lines:
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def make_warc(answers: list[tuple[str, str, str, bytes]], *, packed: bool = False) -> bytes:
    """Make a web archive of answers: address, status, media type, content."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("test.warc", {"software": "a crawler"}))
    for number, (url, status, kind, content) in enumerate(answers):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(content),
            http_headers=headers,
            warc_headers_dict={"WARC-Record-ID": f"<urn:uuid:record-{number}>"},
        )
        writer.write_record(record)
    return file.getvalue()


def make_parquet(columns: dict[str, list[object]]) -> bytes:
    """Make a Parquet table."""
    import pyarrow as pa
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(pa.table(columns), file)
    return file.getvalue()


def make_zip(members: dict[str, bytes]) -> bytes:
    """Make a ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def make_rss(text: str) -> bytes:
    """Make an RSS feed of one entry, its text as escaped HTML."""
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>The Wire</title><item>'
        f"<title>{TITLE}</title><link>{URL}</link>"
        "<pubDate>Wed, 21 Apr 2021 23:30:00 +0300</pubDate>"
        f"<description>{escape('<p>' + escape(text, quote=False) + '</p>')}</description>"
        "</item></channel></rss>"
    ).encode()


def make_atom(text: str) -> bytes:
    """Make an Atom feed of one entry, its text as XHTML."""
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Wire</title>'
        f"<entry><title>{TITLE}</title><id>tag:example.org,2021:12</id>"
        f'<link rel="self" href="{URL}?format=atom"/><link href="{URL}"/>'
        '<published>2021-04-21T23:30:00+03:00</published><content type="xhtml">'
        f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{escape(text)}</p></div></content>'
        "</entry></feed>"
    ).encode()


def make_files(text: str) -> dict[str, bytes]:
    """One file of every format, each with an article of this text; by its name."""
    import zstandard

    day = '<meta property="article:published_time" content="2021-04-21T23:30:00+03:00">'
    record = {"title": TITLE, "text": text, "published": "2021-04-21", "publisher": "The Wire"}
    line = json.dumps(record).encode()
    page = make_html([text], head=day)
    words = f"{TITLE}\n\n{text}\n".encode()
    table = ",".join(record) + "\n" + ",".join(f'"{value}"' for value in record.values()) + "\n"
    archive = make_warc([(URL, "200 OK", "text/html; charset=utf-8", page)], packed=True)
    return {
        "a.txt": words,
        "a.md": b"---\npublished: 2021-04-21\n---\n" + words,
        "a.json": line,
        "a.jsonl": line + b"\n",
        "a.ndjson": line,
        "a.csv": table.encode(),
        "a.tsv": table.replace(",", "\t", 3).replace('","', '"\t"').encode(),
        "a.html": page,
        "a.htm": page,
        "a.warc": gzip.decompress(archive),
        "a.warc.gz": archive,
        "a.pdf": make_pdf([[TITLE, *text.split("\n")]]),
        "a.docx": make_docx([text]),
        "a.rss": make_rss(text),
        "a.atom": make_atom(text),
        "a.xml": make_rss(text),
        "a.parquet": make_parquet({key: [value] for key, value in record.items()}),
        "a.txt.gz": gzip.compress(words),
        "a.jsonl.gz": gzip.compress(line),
        "a.csv.gz": gzip.compress(table.encode()),
        "a.jsonl.zst": zstandard.compress(line),
        "a.html.zst": zstandard.compress(page),
        "a.zip": make_zip({"news/a.html": page}),
        "b.zip": make_zip({"inner.zip": make_zip({"a.txt": words})}),
    }
