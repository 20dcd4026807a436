"""Text of a PDF, Word or text file, as a source: page by page, in one encoding, with nothing that is not text.

What is taken in is bounded: a file, its pages, what it unpacks to and the text it gives.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from .errors import SourceError
from .files import made_folder, write_whole
from .terms import LOCAL_NAME

MOST_BYTES, MOST_UNPACKED, MOST_PAGES, MOST_TEXT = 100_000_000, 50_000_000, 3_000, 20_000_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_ENDS = re.compile(r"[ \t]+(?=\n)")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Intake:
    """What a file gave: the text of each page (one page where there are none), and the encoding that was assumed."""

    path: Path
    pages: tuple[str, ...]
    encoding: str = ""

    @property
    def text(self) -> str:
        """The whole text, a blank line between pages, one line end at the end."""
        return "\n\n".join(page for page in self.pages if page) + "\n"

    def letters(self) -> list[int]:
        """Letters and digits of each page; none on a page that is only a picture."""
        return [sum(map(str.isalnum, page)) for page in self.pages]


def read_file(path: Path) -> Intake:
    """Read a .pdf, .docx or .txt file; `SourceError` when it cannot be read or is too large."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise SourceError(f"{path}: a source is {', '.join(_READERS)}; save it as one of them.")
    try:
        if (size := path.stat().st_size) > MOST_BYTES:
            raise SourceError(f"{path} holds {size // 1_000_000} MB; at most {MOST_BYTES // 1_000_000} MB are read.")
        found = reader(path)
    except OSError as exc:
        raise SourceError(f"{path} cannot be read: {exc.strerror or exc}") from exc
    if sum(map(len, found.pages)) > MOST_TEXT:
        raise SourceError(f"{path} gives more than {MOST_TEXT // 1_000_000} million characters; divide it.")
    return Intake(path, tuple(map(normal, found.pages)), found.encoding)


def take_in(found: Intake, folder: Path, *, stem: str = "") -> Path:
    """Write the text of *found* as a source in *folder*; return its path.

    *stem* is its name (default: made of the file's). `SourceError` when nothing was read, or when another text has
    the name.
    """
    stem = stem or slug(found.path.stem)
    if not LOCAL_NAME.match(stem):
        raise SourceError(f"{stem!r} cannot name a source; give --name with ASCII letters, digits, '-' and '.'.")
    if not any(found.letters()):
        raise SourceError(f"{found.path} holds no text: it is probably scanned; read it with OCR first.")
    target, data = folder / f"{stem}.txt", found.text.encode()
    if target.exists() and target.read_bytes() != data:
        raise SourceError(f"{target} holds another text; see `samverkansgraf sources update`, or give --name.")
    made_folder(folder)
    write_whole(target, data)
    return target


def slug(name: str) -> str:
    """*name* as a file's name: its letters without marks, in small.

    >>> slug("Överenskommelse 2025 (slutlig)"), slug("Region Örebro län")
    ('overenskommelse-2025-slutlig', 'region-orebro-lan')
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")


def normal(text: str) -> str:
    """*text* with composed letters, plain line ends, no ligatures, no control characters, no blanks at line ends.

    >>> normal("A\\u030ar  \\r\\n\\ufb01nns\\x00")
    'År\\nfinns'
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))
    for ligature, plain in _LIGATURES.items():
        text = text.replace(ligature, plain)
    return _ENDS.sub("", _CONTROL.sub("", text) + "\n").strip("\n")


def decoded(data: bytes) -> tuple[str, str]:
    """Text of *data* and its encoding: by its mark, else UTF-8, else what Windows writes in Sweden, else Latin-1."""
    marked = [name for mark, name in _BOMS if data.startswith(mark)]
    for name in (*marked, "utf-8", "cp1252", "latin-1"):
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 reads every byte")


def _plain(path: Path) -> Intake:
    text, encoding = decoded(path.read_bytes())
    if text.count("\x00"):
        raise SourceError(f"{path} is no text: it holds zero bytes.")
    return Intake(path, (text,), encoding)


def _pdf(path: Path) -> Intake:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(path)
        if len(reader.pages) > MOST_PAGES:
            raise SourceError(f"{path} has {len(reader.pages)} pages; at most {MOST_PAGES} are read.")
        return Intake(path, tuple(_bounded(page.extract_text() for page in reader.pages)))
    except (FileNotDecryptedError, DependencyError) as exc:
        raise SourceError(f"{path} is protected by a password; save a copy without one.") from exc
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as exc:
        raise SourceError(f"{path} cannot be read as PDF: {exc}") from exc


def _bounded(pages: Iterator[str]) -> Iterator[str]:
    left = MOST_TEXT
    for page in pages:
        yield page
        left -= len(page)
        if left < 0:
            return


def _docx(path: Path) -> Intake:
    try:
        with zipfile.ZipFile(path) as archive:
            part = archive.getinfo("word/document.xml")
            if part.file_size > MOST_UNPACKED:
                raise SourceError(f"{path} unpacks to {part.file_size // 1_000_000} MB; it is not read.")
            body = ET.fromstring(archive.read(part))  # noqa: S314 - bounded; expat expands no entity without bound
    except (zipfile.BadZipFile, KeyError, ET.ParseError, NotImplementedError, RuntimeError) as exc:
        raise SourceError(f"{path} cannot be read as Word (.docx): {exc}") from exc
    return Intake(path, ("\n".join(_lines(body)),))


def _lines(body: ET.Element) -> Iterator[str]:
    """Paragraphs with a blank line after each, headings and bullets marked; a table row is a line with tabs."""
    for block in body.iterfind(f"{_WORD}body/*"):
        if block.tag == f"{_WORD}tbl":
            for row in block.iter(f"{_WORD}tr"):
                cells = (" ".join(map(_written, cell.iter(f"{_WORD}p"))) for cell in row.iterfind(f"{_WORD}tc"))
                yield "\t".join(cell.strip().replace("\t", " ") for cell in cells)
            yield ""
        elif block.tag == f"{_WORD}p" and (text := _written(block).strip()):
            yield f"{_mark(block)}{text}\n"


def _written(paragraph: ET.Element) -> str:
    words = (one.text or "" if one.tag == f"{_WORD}t" else _BREAKS.get(one.tag, "") for one in paragraph.iter())
    return "".join(words)


def _mark(paragraph: ET.Element) -> str:
    style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    name = style.get(f"{_WORD}val", "").casefold() if style is not None else ""
    if name.startswith(("heading", "rubrik", "title")):
        return "# "
    return "- " if paragraph.find(f"{_WORD}pPr/{_WORD}numPr") is not None else ""


_READERS: dict[str, Callable[[Path], Intake]] = {".pdf": _pdf, ".docx": _docx, ".txt": _plain}

__all__ = ["Intake", "decoded", "normal", "read_file", "slug", "take_in"]
