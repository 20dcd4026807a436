"""Tiny PDF and Word files for tests, written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(pages: Sequence[str]) -> bytes:
    """A PDF with one page for each text, line by line in Helvetica; an empty text is a page that is only paper."""
    count = len(pages)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(count))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for i, text in enumerate(pages):
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {5 + 2 * i} 0 R >>".encode()
        )
        content = _content(text)
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
    return _file(objects)


def _content(text: str) -> bytes:
    lines = []
    for number, line in enumerate(text.splitlines()):
        words = line.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
        lines.append(b"BT /F1 11 Tf 60 %d Td (%s) Tj ET" % (780 - 16 * number, words))
    return b"\n".join(lines)


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return out.getvalue()


def docx(body: str) -> bytes:
    """A Word file with *body* as the content of ``w:body``."""
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {_WORD}><w:body>{body}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def paragraph(text: str, style: str = "", *, listed: bool = False) -> str:
    """One Word paragraph."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    look += '<w:numPr><w:ilvl w:val="0"/></w:numPr>' if listed else ""
    return f"<w:p><w:pPr>{look}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
