"""Where documents contradict themselves, each other, the law or arithmetic, and where they are thin or silent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from ..checks import SEVERITIES, Check, Discovery, Outcome, Term, read_checks, run
from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..progress import told
from ..terms import FACT_MODALITIES
from ..texts import Texts
from . import wording
from .table import Column, Report, Row, Table, columns


def quality(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """One row per finding, grouped by check, one table per severity; then how much each check looked at.

    A finding's evidence is the passages on both sides; with *collection*, findings with a side in it. A check that had
    nothing to look at in the whole graph has failed, and the notes name it. Findings are about documents: nothing is
    repaired, and whether a provision of law applies is not judged.
    """
    outcomes = knowledge.once(_outcomes)
    writer = _Writer(knowledge, texts, collection)
    rows = {outcome.check.name: writer.rows(outcome) for outcome in outcomes}
    tables = [_findings(severity, outcomes, rows, texts) for severity in SEVERITIES]
    short = [(texts(f"quality.short_{one}"), table.rows) for one, table in zip(SEVERITIES, tables, strict=True)]
    first = wording.summary(short, knowledge, texts)
    seen = {outcome.check.name: writer.seen(outcome) for outcome in outcomes}
    examined = f"{texts.count('check', len(outcomes))}, {texts.count('subject', sum(seen.values()))}"
    asked = {iri for iri, (home, _) in knowledge.documents.items() if collection in {None, home}}
    answer = _answer(tables, asked, writer.place, texts)
    notes = [_law(outcomes, rows, texts), _failed(outcomes, texts)]
    return wording.report(
        "quality",
        answer,
        examined,
        [first, *tables, _counts(outcomes, rows, seen, texts)],
        notes,
        knowledge=knowledge,
        texts=texts,
    )


def _outcomes(knowledge: Knowledge) -> tuple[Outcome, ...]:
    checks = read_checks(knowledge.workspace.folders("ontology/checks"))
    return tuple(run(check, knowledge.store) for check in told(checks, "Checking"))


class _Writer:
    """Findings as rows, with names and evidence, in one language."""

    def __init__(self, knowledge: Knowledge, texts: Texts, collection: str | None) -> None:
        self.knowledge, self.texts, self.collection = knowledge, texts, collection
        self.place = wording.where(knowledge, collection, texts)

    def rows(self, outcome: Outcome) -> list[Row]:
        """One row per finding, in Swedish order of their sentences."""
        rows = [row for one in outcome.discoveries if (row := self._row(outcome.check, one))]
        return sorted(rows, key=lambda row: swedish(str(row.cells[1])))

    def seen(self, outcome: Outcome) -> int:
        """How many subjects the check looked at."""
        return sum(bool(self.knowledge.passages(passages, self.collection)) for passages in outcome.subjects.values())

    def _row(self, check: Check, discovery: Discovery) -> Row | None:
        evidence = self.knowledge.passages(discovery.here | discovery.there)
        if self.collection and not self.knowledge.passages(discovery.here | discovery.there, self.collection):
            return None
        values = {name: self._listed(terms, quoted=name in check.many) for name, terms in discovery.values.items()}
        sentence = check.sentence(self.texts.lang).format(**values)
        cells = (check.label(self.texts.lang), sentence[:1].upper() + sentence[1:])
        return Row(cells, _modality(evidence), evidence=evidence)

    def _listed(self, terms: Sequence[Term], *, quoted: bool) -> str:
        names = [self._name(term, several=len(terms) > 1, quoted=quoted) for term in terms]
        return wording.enumerated(sorted(dict.fromkeys(names), key=swedish), self.texts)

    def _name(self, term: Term, *, several: bool, quoted: bool) -> str:
        if term.kind == "thing":
            naming = self.knowledge.things.namings.get(term.text)
            printed = naming.name.get(self.texts.lang) or naming.name.get("sv") if naming else None
            return printed if several and printed else self.knowledge.things.label(term.text, self.texts.lang)
        if term.kind == "number":
            return _number(term.text, self.texts.lang)
        return self.texts("quality.quoted", text=term.text) if quoted else term.text


def _number(text: str, lang: str) -> str:
    """A number as a person writes it; years and other numbers below ten thousand stay as they are."""
    if text.isdecimal() and len(text) > 4:
        return f"{int(text):,}".replace(",", "," if lang == "en" else "\N{NO-BREAK SPACE}")
    return text if lang == "en" else text.replace(".", ",")


def _modality(evidence: Iterable[Passage]) -> str:
    """What weakens a finding: the first modality among its passages that is no plain fact."""
    return next((p.modality for p in evidence if p.modality not in FACT_MODALITIES), "stated")


def _findings(severity: str, outcomes: Sequence[Outcome], rows: dict[str, list[Row]], texts: Texts) -> Table:
    own = [row for outcome in outcomes if outcome.check.severity == severity for row in rows[outcome.check.name]]
    heads = columns(("check", texts("quality.check")), ("finding", texts("quality.finding")))
    return Table(texts(f"quality.{severity}"), heads, tuple(own))


def _counts(outcomes: Sequence[Outcome], rows: dict[str, list[Row]], seen: dict[str, int], texts: Texts) -> Table:
    """One row per check: kind, how many subjects it looked at, how many findings it made."""
    heads = (
        Column("check", texts("quality.check")),
        Column("severity", texts("quality.severity")),
        Column("examined", texts("quality.examined"), "integer"),
        Column("findings", texts("quality.findings"), "integer"),
    )
    listed = [
        Row(
            (
                o.check.label(texts.lang),
                texts(f"quality.one_{o.check.severity}"),
                seen[o.check.name],
                len(rows[o.check.name]),
            ),
            "",
        )
        for o in outcomes
    ]
    return Table(texts("quality.counts"), heads, tuple(listed))


def _answer(tables: Sequence[Table], documents: Set[str], place: str, texts: Texts) -> str:
    shown = zip(SEVERITIES, tables, strict=True)
    kinds = wording.enumerated((texts.count(one, len(table.rows)) for one, table in shown if table.rows), texts)
    cited = {passage.document for table in tables for row in table.rows for passage in row.evidence}
    if not cited:
        return texts("quality.none", where=place)
    counts = {"cited": len(cited & documents), "documents": texts.count("document", len(documents))}
    return texts("quality.answer", kinds=kinds, where=place, **counts)


def _law(outcomes: Sequence[Outcome], rows: dict[str, list[Row]], texts: Texts) -> str:
    """Which checks hold the documents against law, and what they found."""
    held = [outcome for outcome in outcomes if outcome.check.law]
    laws = wording.enumerated(sorted({outcome.check.law for outcome in held}, key=swedish), texts)
    found = sum(len(rows[outcome.check.name]) for outcome in held)
    names = "; ".join(outcome.check.label(texts.lang) for outcome in held)
    return texts("quality.law", law=laws, found=texts.count("finding", found), checks=names) if held else ""


def _failed(outcomes: Sequence[Outcome], texts: Texts) -> str:
    names = [outcome.check.label(texts.lang) for outcome in outcomes if outcome.has_failed]
    return texts("quality.failed", names="; ".join(names)) if names else ""
