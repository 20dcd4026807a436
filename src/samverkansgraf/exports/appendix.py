"""An appendix for a matter: what the graph answers about one thing, or a collection, in Markdown or Word."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..errors import OutputError
from ..render import escaped, footnotes, numbered, render, text_grid
from ..reports import Report, find_report
from ..tables import repacked
from ..terms import SG
from .request import Request

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as WordTable

WHOLE = ("reporting", "membership", "gaps")
"""Reports of an appendix about a collection, or about everything."""


def reports(request: Request) -> Iterator[Report]:
    """About an area: the route of its matters, and all that is said of it; about another thing: that and its ties."""
    known, words = request.knowledge, request.words
    if request.of is None:
        for name in WHOLE:
            yield find_report(name)(known, words, collection=request.collection)
        return
    if SG.Area in known.classes.get(request.of, ()):
        yield find_report("routes")(known, words, request.of, collection=request.collection)
        yield find_report("show")(known, words, request.of, collection=request.collection)
    else:
        yield find_report("show")(known, words, request.of, collection=request.collection)
        yield find_report("reporting")(known, words, of=request.of, collection=request.collection)


def markdown(request: Request) -> bytes:
    """The appendix as Markdown: one heading above the reports' own."""
    texts = (render(report, "md").decode() for report in reports(request))
    below = (re.sub(r"^(?=#)", "#", text, flags=re.MULTILINE).rstrip() for text in texts)
    return ("\n\n".join([f"# {escaped(_title(request))}", _about(request), *below]) + "\n").encode()


def word(request: Request) -> bytes:
    """The appendix as a Word document: A4 on its side, headings, tables whose head row is repeated on every page."""
    try:
        import docx
    except ImportError as exc:
        raise OutputError("Word needs python-docx: pip install 'samverkansgraf[word]'; or take --format md.") from exc
    document = docx.Document()
    _prepared(document, request)
    document.add_heading(_title(request), 0)
    document.add_paragraph(_about(request))
    for report in reports(request):
        _report(document, report, request)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _title(request: Request) -> str:
    return request.words("exports.appendix", name=request.title)


def _about(request: Request) -> str:
    return request.words("exports.appendix_about")


def _prepared(document: Document, request: Request) -> None:
    """Page, language and properties; long words of narrow columns are divided as the language divides them."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    (section,) = document.sections
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    about = document.core_properties
    about.title, about.author, about.comments = _title(request), "samverkansgraf", ""
    about.language = {"sv": "sv-SE", "en": "en-GB"}[request.lang]
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), about.language)
    (stop,) = document.settings.element.iter(qn("w:defaultTabStop"))
    stop.addnext(OxmlElement("w:autoHyphenation"))  # where the schema of the format has it


def _report(document: Document, report: Report, request: Request) -> None:
    words, numbers = request.words, numbered(report)
    document.add_heading(_plain(report.title or report.name), 1)
    if report.answer:
        document.add_paragraph(_plain(report.answer))
    for table in report.tables:
        if table.title:
            document.add_heading(_plain(table.title), 2)
        heads, rows = text_grid(table, numbers, words)
        _filled(document.add_table(rows=len(rows) + 1, cols=len(heads), style="Table Grid"), heads, rows)
    for heading, lines in (("notes", report.notes), ("evidence", footnotes(report, words))):
        if lines:
            document.add_heading(words(f"common.{heading}"), 2)
        for line in lines:
            document.add_paragraph(_plain(line))
    document.add_paragraph(_plain(report.examined))


def _filled(table: WordTable, heads: list[str], rows: list[list[str]]) -> None:
    """Put texts in the cells of *table*, which are asked for once: python-docx counts them anew every time."""
    from docx.oxml import OxmlElement

    cells = iter(table._cells)  # noqa: SLF001 - row by row
    for text in heads:
        next(cells).paragraphs[0].add_run(_plain(text)).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - has no name of its own
    for text in (text for row in rows for text in row):
        next(cells).text = _plain(text)


def _plain(text: str) -> str:
    """*text* without what XML cannot hold."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
