"""What a new version of a source does to the documents made from the old one, and which facts hang on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from ..anchors import SourceText
from ..build import read_corpus, required_workspace
from ..facts import UNTOLD
from ..intake import read_file
from ..knowledge import Knowledge
from ..renewal import CHANGED, GONE, MOVED, SAME, Fate, documents_of, fates, old_text, renew, source_name
from ..terms import RDFS, SG, SKOS
from ..texts import Texts
from . import wording
from .nodes import called
from .table import Column, Report, Row, Table

_STATED = f"""
SELECT ?passage ?thing ?property ?value WHERE {{
  ?passage a <{SG.Passage}> . GRAPH ?passage {{ ?thing ?property ?value }}
}}
"""
_LEFT_OUT = UNTOLD | {SKOS.prefLabel, RDFS.label}
_WITH_WORDS = frozenset({GONE, CHANGED})


def source_update(
    knowledge: Knowledge, texts: Texts, file: Path, *, name: str = "", folder: Path | None = None, write: bool = False
) -> tuple[Report, list[Path]]:
    """What became of every anchor in *file*, a new version of the source *name*; and the files that *write* renewed.

    Nothing is written unless every anchor matches, and matches the words it did.
    """
    workspace, source, text = required_workspace(knowledge.workspace), source_name(file, name), read_file(file).text
    group = documents_of(read_corpus(workspace).readings, source)
    old = old_text(group, source, workspace.source_folders(folder))
    found = fates(group, old, SourceText(file, text))
    report = renewal(knowledge, texts, fates=found, source=source, compared=old is not None)
    fit = not any(fate.status in _WITH_WORDS for fate in found)
    return report, renew(workspace, group, text, source) if write and fit else []


def renewal(knowledge: Knowledge, texts: Texts, *, fates: Sequence[Fate], source: str, compared: bool) -> Report:
    """One table a fate, the worst first; one row an anchor in reading order, with the facts its passage states.

    *compared* says whether the old text was at hand: without it, changed words and order are not seen.
    """
    facts = _facts(knowledge, texts, {fate.document for fate in fates})
    heads = (
        Column("anchor", texts("common.anchor")),
        Column("line", texts("renewal.line"), "integer"),
        Column("words", texts("renewal.words")),
        Column("facts", texts("renewal.facts")),
    )
    tables, counts = [], []
    for status in (GONE, CHANGED, MOVED, SAME):
        chosen = [fate for fate in fates if fate.status == status]
        rows = tuple(_row(fate, facts, knowledge, texts) for fate in chosen)
        shown = heads if status in _WITH_WORDS else (*heads[:2], heads[3])
        tables.append(Table(texts(f"renewal.{status}"), shown, rows))
        counts.append(texts(f"renewal.n_{status}", n=len(chosen)))
    answer = texts("renewal.answer", source=source, counts=wording.enumerated(counts, texts))
    note = texts("renewal.compared" if compared else "renewal.not_compared")
    examined = texts("renewal.examined", n=len(fates))
    return wording.report("renewal", answer, examined, tables, [note], knowledge=knowledge, texts=texts)


def _row(fate: Fate, facts: dict[str, list[str]], knowledge: Knowledge, texts: Texts) -> Row:
    anchor = fate.anchor
    said = "; ".join(facts.get(anchor.passage, ())) if anchor.passage else texts("renewal.skipped")
    words = (fate.words or texts("renewal.nothing_like_it"),) if fate.status in _WITH_WORDS else ()
    passages = knowledge.passages([anchor.passage]) if anchor.passage else ()
    modality = passages[0].modality if passages else ""
    return Row((anchor.text, fate.line or None, *words, said), modality, evidence=passages)


def _facts(knowledge: Knowledge, texts: Texts, documents: set[str]) -> dict[str, list[str]]:
    """Passage → what it states, one ``thing: property value`` each, sorted."""
    passages = {iri for iri, passage in knowledge.book.passages.items() if passage.document in documents}
    rows = [row for row in knowledge.store.select(_STATED) if row["passage"].value in passages]
    iris = {row["thing"].value for row in rows}
    iris |= {row["value"].value for row in rows if not hasattr(row["value"], "datatype")}
    names, label = called(knowledge, iris, texts), knowledge.things.label
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["property"].value not in _LEFT_OUT:
            value = row["value"].value if hasattr(row["value"], "datatype") else names[row["value"].value]
            what = f"{names[row['thing'].value]}: {label(row['property'].value, texts.lang)} {value}"
            found[row["passage"].value].add(what)
    return {passage: sorted(said) for passage, said in found.items()}
