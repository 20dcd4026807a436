"""Reading documents: what they say, and every mistake with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from samverkansgraf.context import Context
from samverkansgraf.documents import Reading, compose, read_document
from samverkansgraf.terms import DOC, SG
from workbench import HEAD, MARK, PLAIN, SOURCE, Workbench, sha256, triple

P = "  - section: A\n    anchor: Rådet … ledamöter\n"
S = P + "    states:\n"
MISTAKES = {
    "unknown key": (S + "      - id: vb:radet\n       ▶ seets: 3\n", "unknown key 'seets'; keys are listed in ontology/context"),  # noqa: E501
    "key of a passage": (P + "   ▶ sektion: A\n    states: [{id: vb:radet}]\n", "unknown key 'sektion' of a passage; known are after"),  # noqa: E501
    "key of a skip": ("  - skip: rhetoric\n    section: A\n    anchor: A\n   ▶ states: []\n", "unknown key 'states' of a passage"),  # noqa: E501
    "states as a key": (S + "      - id: vb:radet\n       ▶ states: []\n", "unknown key 'states'"),
    "unknown class": (S + "      - {id: vb:x, name: X,\n        ▶ type: Forumm}\n", "type: 'Forumm' is no word of the vocabulary"),  # noqa: E501
    "unknown word": (S + "      - {id: vb:radet,\n        ▶ leavesOpen: sits}\n", "leavesOpen: 'sits' is no word"),
    "unknown prefix": (S + "      - {id: vb:radet,\n        ▶ partOf: xx:y}\n", "partOf: 'xx:y' has no declared prefix"),  # noqa: E501
    "prefix of id": (S + "      - {▶id: radet, type: Forum}\n", "id: 'radet' has no declared prefix"),
    "local name": (S + "      - {id: vb:radet,\n        ▶ partOf: vb:håbo}\n", "only ASCII letters"),
    "number": (S + "      - {id: vb:radet,\n        ▶ seats: tre}\n", "seats: should look like 30"),
    "decimal": (S + "      - {id: vb:radet,\n        ▶ share: '0,5'}\n", "share: should look like 0.25"),
    "boolean": (S + "      - {id: vb:radet,\n        ▶ openEnded: no}\n", "openEnded: should be true or false"),
    "date": (S + "      - {id: vb:radet,\n        ▶ validFrom: 1 maj 2023}\n", "validFrom: '1 maj 2023' is no date; write 2024"),  # noqa: E501
    "day": (S + "      - {id: vb:radet,\n        ▶ date: 2023-02-29}\n", "date: '2023-02-29' is no day of the calendar"),  # noqa: E501
    "duration": (S + "      - {id: vb:radet,\n        ▶ per: år}\n", "per: should look like P1Y"),
    "undescribed": (S + "      - {id: vb:radet,\n        ▶ partOf: vb:okand}\n", "vasterbotten/okand> is described nowhere; give it a `type`"),  # noqa: E501
    "undescribed subject": (S + "   ▶ - {id: vb:okand, seats: 3}\n", "vasterbotten/okand> is described nowhere"),
    "duplicate key": (S + "      - id: vb:radet\n        seats: 3\n       ▶ seats: 4\n", "duplicate key 'seats'"),
    "duplicate key of a passage": (P + "   ▶ section: B\n    states: [{id: vb:radet}]\n", "duplicate key 'section'"),
    "empty value": (S + "      - id: vb:radet\n       ▶ seats:\n", "empty value; leave the key out instead"),
    "blank value": (S + "      - id: vb:radet\n       ▶ alias: ' '\n", "empty value; leave the key out instead"),
    "empty list": (S + "      - id: vb:radet\n       ▶ alias: []\n", "empty list; leave the key out instead"),
    "comment": (S + "      - id: vb:radet\n       ▶ alias: Rådet #1\n", "unquoted value followed by ` #`: quote the value"),  # noqa: E501
    "comment behind a tab": (S + "      - id: vb:radet\n       ▶ alias: Rådet\t#1\n", "unquoted value followed by ` #`"),  # noqa: E501
    "comment behind an anchor": ("  - section: A\n   ▶ anchor: Rådet #1\n    states: [{id: vb:radet}]\n", "followed by ` #`"),  # noqa: E501
    "no id": (S + "     ▶ - {type: Forum, name: Utskottet}\n", "an object without `id`; write for example `id: vb:pkd`"),  # noqa: E501
    "no id inside": (S + "      - {id: vb:radet,\n        ▶ partOf: {type: Forum}}\n", "an object without `id`"),
    "two ids": (S + "     ▶ - {id: [vb:radet, vb:x], type: Forum}\n", "an object without `id`"),
    "value is a list": (S + "      - {id: vb:radet,\n        ▶ alias: [[a]]}\n", "expected one value here"),
    "value is an object": (S + "      - {id: vb:radet,\n        ▶ alias: {id: vb:radet}}\n", "expected one value here"),
    "statement is text": (S + "     ▶ - vb:radet\n", "expected `key: value` lines here"),
    "passage is text": ("▶  - Rådet\n", "expected `key: value` lines here"),
    "reverse verb": (S + "      - {id: vb:f, type: Flow, from: vb:radet, to: vb:radet,\n        ▶ verb: preparedBy}\n", "verb: 'preparedBy' runs backwards"),  # noqa: E501
    "reverse key left open": (S + "      - {id: vb:radet,\n        ▶ leavesOpen: preparedBy}\n", "leavesOpen: 'preparedBy' runs backwards"),  # noqa: E501
    "inferred": ("▶" + P + "    modality: inferred\n    states: [{id: vb:radet}]\n", "must say `because:`"),
    "modality": ("▶" + P + "    modality: kanske\n    states: [{id: vb:radet}]\n", "modality: 'kanske' is not one of stated, inferred"),  # noqa: E501
    "modality of another kind": ("▶" + P + "    modality: adopted\n    states: [{id: vb:radet}]\n", "modality: 'adopted' is not one of"),  # noqa: E501
    "no states": ("▶" + P, "a passage without `states`; give statements, or `skip:` with a reason"),
    "no anchor": ("▶  - section: A\n    states: [{id: vb:radet}]\n", "a passage without `anchor`"),
    "no section": ("▶  - anchor: Rådet … ledamöter\n    states: [{id: vb:radet}]\n", "a passage without `section`"),
    "unknown skip": ("▶  - {skip: tråkigt, section: A, anchor: Rådet … ledamöter}\n", "skip: 'tråkigt' is not one of background"),  # noqa: E501
    "twice": (S + "      - {id: vb:radet}\n▶" + S + "      - {id: vb:radet}\n", "another passage has the same section, anchor, after and modality"),  # noqa: E501
    "twice, once said to be stated": (S + "      - {id: vb:radet}\n▶" + P + "    modality: stated\n    states: [{id: vb:radet}]\n", "another passage has the same"),  # noqa: E501
    "alias": (S + "      - {id: vb:radet, alias: &a Rad}\n      - {id: vb:radet, alias:▶ *a}\n", "YAML anchors (&name), aliases (*name) and tags"),  # noqa: E501
    "anchor": (S + "      - {id: vb:radet,\n        ▶ alias: &Rad Rådet}\n", "write the value out, or quote it"),
    "tag": (S + "      - {id: vb:radet,\n        ▶ alias: !Rad Rådet}\n", "write the value out, or quote it"),
    "syntax": (S + "      - {id: vb:radet\n▶", "not readable as YAML: did not find expected ',' or '}'"),
    "control character": (S + "      - {id: vb:radet, alias: a}\n   ▶ \x01", "not readable as YAML: control characters are not allowed"),  # noqa: E501
    "contents of another kind": (S + "      - {id: vb:radet,\n        ▶ modality: kanske}\n", "modality: 'kanske' is no word"),  # noqa: E501
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistake_is_told_with_its_line(bench: Workbench, text: str, message: str) -> None:
    """Each kind of mistake is a finding in the document, on the line where it stands."""
    bench.document(PLAIN + text)
    findings = [finding for finding in bench.findings() if finding.file == "data/prov/avtal.yaml"]
    found = [finding for finding in findings if message in finding.message]
    assert found, findings
    assert bench.marks[-1][1] in {finding.line for finding in found}


DESCRIPTIONS = {
    "missing keys": (
        HEAD.replace("status: adopted\n", "").replace("collection: samling:prov\n", ""),
        "lacks status, collection",
    ),
    "no type": (HEAD.replace("type: Agreement\n", ""), "the document's description lacks type"),
    "id": (HEAD.replace("doc:{stem}", "doc:annat"), "the document's id should follow its file name: doc:avtal"),
    "no passages": (HEAD.replace("passages:\n", ""), "no `passages`; a document has at least one passage or skip"),
    "unknown status": (HEAD.replace("adopted", "antagen"), "status: 'antagen' is no word of the vocabulary"),
    "unknown key": (HEAD.replace("status", "stats: 1\nstatus"), "unknown key 'stats'"),
}


@pytest.mark.parametrize(("head", "message"), DESCRIPTIONS.values(), ids=DESCRIPTIONS.keys())
def test_description_is_checked(bench: Workbench, head: str, message: str) -> None:
    """A description that lacks a key or names another document is a finding at its beginning."""
    bench.document(PLAIN if "passages" in head else "", head=head)
    findings = bench.findings()
    assert any(message in finding.message and finding.file.endswith("avtal.yaml") for finding in findings), findings


def test_conflicting_names_name_both_places(bench: Workbench) -> None:
    """Two names of one thing are a finding that points to the other place, also across files."""
    bench.document()
    bench.document(
        S.replace("A", "B") + "      - {id: vb:radet, name: Rådet}\n   ▶   - {id: vb:radet, name: Styrelsen}\n",
        stem="annat",
    )
    finding = next(finding for finding in bench.findings() if "is named" in finding.message)
    assert finding.message.startswith("<https://w3id.org/samverkansgraf/id/vasterbotten/radet> is named ")
    assert "keep one name, write `alias:`" in finding.message
    places = [f"{finding.file}:{finding.line}", finding.message]
    assert any(f"data/prov/annat.yaml:{bench.marks[0][1]}" in place for place in places)


def test_all_findings_of_all_files_come_at_once(bench: Workbench) -> None:
    """One run tells everything: own mistakes of two files, those across files, and anchors that match nothing."""
    bench.document(
        PLAIN + S + "      - {id: vb:radet,\n        ▶ seats: tre}\n      - {id: vb:radet,\n        ▶ seets: 3}\n"
    )
    bench.document(
        "▶  - section: A\n    anchor: Finns inte\n    states:\n   ▶   - {id: vb:okand, seats: 1}\n", stem="annat"
    )
    bench.write("data/prov/tabell.ttl", "@prefix vb: <http://a/> .\n▶ vb:a vb:b [] .\n")
    places = {(finding.file, finding.line) for finding in bench.findings()}
    assert set(bench.marks) <= places


def test_wrong_encoding_names_the_line(bench: Workbench) -> None:
    """A file saved as Latin-1 is a finding on the first line that is not UTF-8."""
    path = bench.document()
    path.write_bytes(path.read_bytes().replace("Rådet".encode(), "Rådet".encode("latin-1")))
    line = path.read_bytes()[: path.read_bytes().index(b"R\xe5det")].count(b"\n") + 1
    assert [(line, "not UTF-8; save the file as UTF-8")] == [(f.line, f.message) for f in bench.findings() if f.line]


def test_empty_file_is_a_finding(bench: Workbench) -> None:
    """A file with nothing in it says so."""
    bench.write("data/prov/avtal.yaml", "# inget\n")
    assert [finding.message for finding in bench.findings()] == ["the file is empty"]


def test_file_name_that_cannot_be_an_iri_is_a_finding(bench: Workbench) -> None:
    """A file name becomes the document's IRI, so it has ASCII letters only."""
    bench.write("data/prov/ö.yaml", "x: y")
    assert "only ASCII letters" in bench.findings()[0].message


def test_codes_words_and_dates_stay_what_they_are(bench: Workbench) -> None:
    """`0114` stays text, `no` stays text, a date is a date, a month a month, a number a number."""
    states = "      - {id: vb:radet, identifier: 0114, alias: no, abbreviation: 1e3, seats: 007, date: 2023-01-01, validFrom: 2023-01, validUntil: 2026}\n"  # noqa: E501
    bench.document(PLAIN + S + states)
    values = {
        fact.split(" ", 2)[2]
        for fact in bench.facts()
        if fact.startswith("<https://w3id.org/samverkansgraf/id/vasterbotten/radet>")
    }
    xsd = "http://www.w3.org/2001/XMLSchema#"
    expected = {'"0114"', '"no"@sv', '"1e3"', f'"007"^^<{xsd}integer>'}
    expected |= {f'"2023-01-01"^^<{xsd}date>', f'"2023-01"^^<{xsd}gYearMonth>', f'"2026"^^<{xsd}gYear>'}
    assert expected <= values


def test_inverse_key_writes_the_one_direction(bench: Workbench) -> None:
    """`preparedBy` gives the triple of `preparesFor`, turned round."""
    bench.document(
        PLAIN + S + "      - {id: vb:radet, preparedBy: {id: vb:utskottet, type: Committee, name: Utskottet}}\n"
    )
    facts = bench.facts()
    assert triple("utskottet", "preparesFor", "radet") in facts
    assert not any("preparedBy" in fact and "vasterbotten" in fact for fact in facts)


def test_quoted_values_may_hold_anything(bench: Workbench) -> None:
    """Quoted ` #`, line separators and quotation marks come through whole."""
    name = 'Rådet #1\u2028"två"\u0085 \\u0041 <b>'
    quoted = '"Rådet #1\\L\\"två\\"\\N \\\\u0041 <b>"'
    bench.document(PLAIN + S + f"      - {{id: vb:radet, alias: {quoted}}}\n")
    assert any(
        f'"{name}"@sv'.replace('"två"', '\\"två\\"').replace("\\u0041", "\\\\u0041") in fact for fact in bench.facts()
    )


def test_passage_is_a_graph_and_its_description_stands_in_the_document(bench: Workbench) -> None:
    """Statements stand in the passage's own graph; section, anchor and modality in the document's."""
    bench.document(
        PLAIN + P + "    after: samverkan\n    hedge: ca\n    reading: OCR\n    states: [{id: vb:radet, seats: 3}]\n"
    )
    lines = bench.quads().splitlines()
    passage = next(line.split(" ")[0] for line in lines if f"<{SG.hedge}>" in line)
    stated = [line for line in lines if line.endswith(f"{passage} .") and f"<{SG.seats}>" in line]
    assert len(stated) == 1
    described = {line.split(" ")[1] for line in lines if line.startswith(passage) and line.endswith(f"<{DOC}avtal> .")}
    keys = (SG.section, SG.anchor, SG.after, SG.modality, SG.sequence, SG.document, SG.hedge, SG.reading)
    assert {f"<{key}>" for key in keys} <= described


def test_persons_extend_their_document(bench: Workbench) -> None:
    """`<stem>.personer.yaml` adds passages to the same document and may not describe it."""
    bench.document(PLAIN)
    text = "id: doc:avtal\npassages:\n  - section: A\n    anchor: Rådet … ledamöter\n    states: [{id: person:a, type: Person, name: A B}]\n"  # noqa: E501
    bench.write("data/prov/avtal.personer.yaml", text)
    assert not bench.findings()
    facts = bench.facts()
    assert any("person/a>" in fact for fact in facts)
    assert len([fact for fact in facts if fact.startswith(f"<{DOC}avtal.") and f"<{SG.anchor}>" in fact]) == 2
    bench.write("data/prov/avtal.personer.yaml", "status: draft\n" + text)
    assert [f.message for f in bench.findings()] == ["a file of persons has only `id` and `passages`, not status"]


def test_reading_does_not_raise(tmp_path: Path, context: Context) -> None:
    """Findings are in the reading, and a reading with findings has no quads."""
    path = tmp_path / "x.yaml"
    path.write_text(HEAD.format(stem="x", digest=sha256(SOURCE)) + S + "      - {id: vb:radet, seats: tre}\n", "utf-8")
    reading = read_document(path, context, file="x.yaml")
    assert reading.findings
    assert not reading.quads


def test_compose_gives_nothing_on_a_mistake() -> None:
    """A YAML error is a finding with its line, not an exception."""
    reading = Reading("x.yaml", "")
    assert compose(reading, "a: b\nc: d: e\nf: g\n") is None
    assert [(finding.file, finding.line) for finding in reading.findings] == [("x.yaml", 2)]


def test_marks_are_taken_out(bench: Workbench) -> None:
    """The bench itself: a mark is noted and not written."""
    assert MARK not in bench.write("x.txt", f"a\n{MARK}b").read_text("utf-8")
    assert bench.marks == [("x.txt", 2)]
