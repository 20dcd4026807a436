"""Write docs/ordlista.md from the vocabulary: each term in Swedish and English, what it means, and its source in law.

Run by hand through ``make docs``; a test says when the page is stale.
"""

from __future__ import annotations

from pathlib import Path

import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from samverkansgraf.collation import swedish

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "ordlista.md"
SG = rdflib.Namespace("https://w3id.org/samverkansgraf/ns#")
PARTS = (
    ("Saker", "Slag av saker i grafen.", OWL.Class),
    ("Relationer", "Skrivs från den som gör något till den som det görs mot eller med.", OWL.ObjectProperty),
    ("Värden", "Antal, belopp, datum och ord.", OWL.DatatypeProperty),
    ("Begrepp", "Modalitet, status, roller och andra fasta värden.", SKOS.Concept),
)
HEADS = ("| svenska | English | betyder | källa | i frågor |", "|---|---|---|---|---|")
INTRODUCTION = """\
# Ordlista

Fältets ord så som grafen använder dem: svenska, engelska, betydelse, källa i författning eller standard, och termens
namn i frågor (`sg:` är `https://w3id.org/samverkansgraf/ns#`). {count} termer.

*In English: the terms of the field as the graph uses them, with their English names and the statute or standard that
defines them.*

Sidan skrivs av `scripts/make_glossary.py` ur `ontology/samverkansgraf.ttl`; ändra där och kör `make docs`.
"""


def terms(vocabulary: rdflib.Graph, kind: rdflib.term.Node) -> list[rdflib.URIRef]:
    """The project's own terms of one *kind*, in Swedish order of their labels."""
    own = {one for one in vocabulary.subjects(RDF.type, kind) if isinstance(one, rdflib.URIRef) and one.startswith(SG)}
    return sorted(own, key=lambda one: (swedish(_text(vocabulary, one, RDFS.label, "sv")), one))


def _text(vocabulary: rdflib.Graph, term: rdflib.URIRef, prop: rdflib.URIRef, lang: str) -> str:
    words = (one for one in vocabulary.objects(term, prop) if isinstance(one, rdflib.Literal))
    return next((str(one) for one in words if one.language == lang), "").replace("|", "\\|")


def row(vocabulary: rdflib.Graph, term: rdflib.URIRef) -> str:
    """One line of a table: Swedish, English, meaning, source, name in queries."""
    label = {lang: _text(vocabulary, term, RDFS.label, lang) for lang in ("sv", "en")}
    meaning = _text(vocabulary, term, SKOS.definition, "sv")
    source = "; ".join(sorted(str(one) for one in vocabulary.objects(term, DCTERMS.source)))
    return f"| {label['sv']} | {label['en']} | {meaning} | {source} | `sg:{term.removeprefix(SG)}` |"


def page(vocabulary: rdflib.Graph) -> str:
    """The whole page."""
    lines, count = [], 0
    for title, meaning, kind in PARTS:
        found = terms(vocabulary, kind)
        count += len(found)
        lines += ["", f"## {title}", "", meaning, "", *HEADS]
        lines += [row(vocabulary, term) for term in found]
    return INTRODUCTION.format(count=count) + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(rdflib.Graph().parse(ROOT / "ontology" / "samverkansgraf.ttl")), "utf-8")
