"""Text of PDF, Word and text files."""

from __future__ import annotations

from pathlib import Path

import pytest

from papers import docx, paragraph, pdf
from samverkansgraf import intake
from samverkansgraf.errors import SourceError
from samverkansgraf.intake import decoded, read_file, take_in
from workbench import Workbench

SWEDISH = "Rådet består av fem ledamöter – å, ä och ö."


def saved(folder: Path, name: str, data: bytes) -> Path:
    """A file with *data*."""
    path = folder / name
    path.write_bytes(data)
    return path


def test_pdf_gives_its_pages_and_names_those_without_text(tmp_path: Path) -> None:
    """Swedish letters come whole; a page that is only paper gives nothing and is counted."""
    found = read_file(saved(tmp_path, "a.pdf", pdf([SWEDISH, "", "Två\nrader"])))
    assert found.pages == (SWEDISH, "", "Två\nrader")
    assert found.letters() == [31, 0, 8]
    assert found.text == f"{SWEDISH}\n\nTvå\nrader\n"


def test_word_gives_headings_bullets_and_table_rows(tmp_path: Path) -> None:
    """Blank lines divide paragraphs, headings and list items are marked, cells are divided by tabs."""
    cell = "<w:tc>{}</w:tc>".format
    table = f"<w:tbl><w:tr>{cell(paragraph('Namn'))}{cell(paragraph('Parti'))}</w:tr></w:tbl>"
    body = paragraph("Avtal", "Rubrik1") + paragraph(SWEDISH) + paragraph("En sak", listed=True) + table
    found = read_file(saved(tmp_path, "a.docx", docx(body)))
    assert found.text == f"# Avtal\n\n{SWEDISH}\n\n- En sak\n\nNamn\tParti\n"


@pytest.mark.parametrize(
    ("encoding", "assumed"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_encoding_of_a_text_is_found(encoding: str, assumed: str, tmp_path: Path) -> None:
    """What Swedish programs write is read right, and what was assumed is told."""
    found = read_file(saved(tmp_path, "a.txt", SWEDISH.encode(encoding)))
    assert (found.text, found.encoding) == (SWEDISH + "\n", assumed)


def test_bytes_that_windows_has_no_letter_for_are_latin_1() -> None:
    """The last encoding reads every byte."""
    assert decoded(b"\xe5\x81") == ("å\x81", "latin-1")


def test_text_is_normalised(tmp_path: Path) -> None:
    """Line ends, decomposed letters, ligatures, form feeds and control characters become plain text."""
    found = read_file(saved(tmp_path, "a.txt", "A\u030ar  \r\n\x07\ufb01nns\fslut\r".encode()))
    assert found.text == "År\nfinns\n\nslut\n"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"ingen pdf", "cannot be read as PDF"),
        ("a.pdf", pdf(["x"])[:200], "cannot be read as PDF"),
        ("a.docx", b"ingen zip", r"cannot be read as Word \(\.docx\)"),
        ("a.docx", docx("<w:p>"), r"cannot be read as Word \(\.docx\)"),
        ("a.txt", b"\x00\x01\x02", "is no text: it holds zero bytes"),
        ("a.odt", b"", r"a source is \.pdf, \.docx, \.txt; save it as one of them"),
    ],
)
def test_file_that_cannot_be_read_says_why(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    """A broken or foreign file is one sentence, not a traceback."""
    with pytest.raises(SourceError, match=message):
        read_file(saved(tmp_path, name, data))


def test_large_files_and_zip_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Size on disk, size unpacked, pages and length of text are bounded."""
    bomb = saved(tmp_path, "bomb.docx", docx(paragraph("a" * 300_000)))
    assert bomb.stat().st_size < 2_000
    monkeypatch.setattr(intake, "MOST_UNPACKED", 200_000)
    with pytest.raises(SourceError, match="unpacks to 0 MB; it is not read"):
        read_file(bomb)
    monkeypatch.setattr(intake, "MOST_PAGES", 1)
    with pytest.raises(SourceError, match="has 2 pages; at most 1 are read"):
        read_file(saved(tmp_path, "lang.pdf", pdf(["a", "b"])))
    monkeypatch.setattr(intake, "MOST_TEXT", 10)
    with pytest.raises(SourceError, match="divide it"):
        read_file(saved(tmp_path, "lang.txt", b"a" * 11))
    monkeypatch.setattr(intake, "MOST_BYTES", 10)
    with pytest.raises(SourceError, match="at most 0 MB are read"):
        read_file(saved(tmp_path, "stor.txt", b"a" * 11))


def test_source_is_named_after_its_file_and_never_replaced(tmp_path: Path) -> None:
    """The name is made safe; the same text again is fine, another text under the name or none is refused."""
    folder = tmp_path / "sources"
    found = read_file(saved(tmp_path, "Överenskommelse 2025 (slutlig).txt", SWEDISH.encode()))
    assert take_in(found, folder) == take_in(found, folder) == folder / "overenskommelse-2025-slutlig.txt"
    other = read_file(saved(tmp_path, "annan.txt", b"Annat"))
    with pytest.raises(SourceError, match="holds another text"):
        take_in(other, folder, stem="overenskommelse-2025-slutlig")
    with pytest.raises(SourceError, match="cannot name a source"):
        take_in(other, folder, stem="../x")
    with pytest.raises(SourceError, match="holds no text: it is probably scanned"):
        take_in(read_file(saved(tmp_path, "tom.pdf", pdf([""]))), folder)


def test_command_says_how_much_each_page_gave(bench: Workbench) -> None:
    """The report lists pages, names the scanned one, and tells the encoding of a text file."""
    saved(bench.root, "a.pdf", pdf([SWEDISH, ""]))
    done = bench.run("sources", "add", "a.pdf", "--format", "csv")
    assert done.stdout.decode().splitlines()[1:] == ["1,31,", '2,0,"ingen text, troligen inskannad"']
    assert (bench.root / "sources" / "a.txt").read_text("utf-8") == SWEDISH + "\n"
    saved(bench.root, "b.txt", SWEDISH.encode("cp1252"))
    done = bench.run("sources", "add", "b.txt", "--name", "nytt")
    assert "Inte UTF-8; läst som Windows-1252." in done.stdout.decode()
    assert "Next: `samverkansgraf new document nytt.txt`." in done.stderr.decode()
