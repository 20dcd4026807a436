"""Excel workbooks and other zip archives: written so that the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The only time an archive is given: the first that the zip format knows."""
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of *files* in the given order, without the time it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            about = zipfile.ZipInfo(name, EPOCH)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            archive.writestr(about, data)
    return out.getvalue()


def repacked(data: bytes) -> bytes:
    """The office document *data* without the times its library put in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    if core in files:
        files[core] = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", files[core])
    return packed(files)


def saved(book: Workbook) -> bytes:
    """*book* as bytes that follow from its content alone."""
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue())
