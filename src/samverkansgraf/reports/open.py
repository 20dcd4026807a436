"""Everything that documents name and leave open: numbers, chairs, members, deciders, dates."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ..collation import swedish
from ..evidence import Passage
from ..knowledge import Knowledge
from ..terms import SG, SKOS, local_name
from ..texts import Texts
from . import wording
from .nodes import SUBJECTS, Node, said, spelled, surest, unnamed
from .table import Report, Row, Table, columns

_OPEN = f"""
SELECT ?passage ?thing ?what WHERE {{
  ?passage a <{SG.Passage}> .
  GRAPH ?passage {{ ?thing <{SG.leavesOpen}> ?what }}
}}
"""
_FORUM_OF = f"SELECT ?node ?forum WHERE {{ ?node <{SG.forum}> ?forum }}"
KINDS = {
    "numbers": (
        "seats minSeats maxSeats substituteSeats members membersEach minMembers maxMembers substitutes substitutesEach "
        "hasMember member memberOf size except participant participatesIn"
    ),
    "chairs": "role heldBy postIn rotatesAmong leads represents Chair FirstViceChair ViceChair Secretary Head Convener",
    "deciders": (
        "appointedBy appointedByEach decidedBy adoptedBy responsible elects appoints nominates establishes closes "
        "employs decides drawnFrom"
    ),
    "dates": "date dueBy validFrom validUntil reviewedIn openEnded timing forYear lengthYears",
    "money": "amount payer payee share perPerson finances fundedBy",
    "doers": "from to fromEach toEach fromOneOf toOneOf assignedTo",
    "others": "",
    "givers": "assignedBy",
}
"""Kinds of what is left open, the weightiest first, with the properties and roles of each."""
SPOKEN = 3
"""Kinds that the answer names, the most common first; the tables have them all."""
_KIND_OF = {name: kind for kind, names in KINDS.items() for name in names.split()}
_DECIDING = {SG.base + name for name in ("appoints", "elects", "nominates", "establishes", "closes", "decides")}
_WHOSE = (*SUBJECTS, "sumOf")
_SAME = {SG.seats: SG.members, SG.substituteSeats: SG.substitutes}
"""The number of a forum and that of its allocation are one number left open."""


@dataclass(slots=True)
class _Item:
    """What is left open of one thing, with the passages that leave it so."""

    thing: str
    kind: str
    whats: set[str] = field(default_factory=set)
    passages: set[Passage] = field(default_factory=set)


def open_questions(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """One table per kind of what is left open, the weightiest first: numbers and members, then chairs, deciders.

    One row per thing and kind, in Swedish order of the things; nodes without a name that differ only in whose they are
    share one. What is left open of a seat allocation is shown on its forum. What is rejected or denied leaves nothing
    open.
    """
    items = _items(knowledge, collection)
    bare = unnamed(knowledge, {item.thing for item in items})
    heads = columns(("thing", texts("open.thing")), ("what", texts("open.what")))
    tables, counts = [], []
    for kind in KINDS:
        chosen = [item for item in items if item.kind == kind]
        rows = sorted((_row(alike, bare, knowledge, texts) for alike in _folded(chosen, bare)), key=_order)
        tables.append(Table(texts(f"open.{kind}"), heads, tuple(rows)))
        counts.append((kind, sum(len(item.whats) for item in chosen)))
    short = [(texts(f"open.short_{kind}"), table.rows) for kind, table in zip(KINDS, tables, strict=True)]
    tables.insert(0, wording.summary(short, knowledge, texts))
    place = wording.where(knowledge, collection, texts)
    named = [one for one in counts if one[1] and one[0] != "others"] or [one for one in counts if one[1]]
    most = sorted(named, key=lambda one: -one[1])[:SPOKEN]
    listed = wording.enumerated((texts(f"open.of_{kind}", n=number) for kind, number in most), texts)
    total = sum(number for _, number in counts)
    rest = total - sum(number for _, number in most)
    said = {"kinds": listed, "rest": texts("open.rest", n=rest) if rest else ""}
    answer = texts("open.answer" if items else "open.none", facts=texts.count("fact", total), where=place, **said)
    seen = [p for p in knowledge.book.passages.values() if collection in {None, knowledge.documents[p.document][0]}]
    examined = texts.count("passage", len(seen))
    notes = [texts("open.key")] if items else []
    return wording.report("open", answer, examined, tables, notes, knowledge=knowledge, texts=texts)


def _items(knowledge: Knowledge, collection: str | None) -> list[_Item]:
    """What is left open, by thing and kind."""
    said_open: dict[tuple[str, str], set[Passage]] = defaultdict(set)
    for row in knowledge.store.select(_OPEN):
        places = knowledge.passages([row["passage"].value], collection)
        said_open[row["thing"].value, row["what"].value].update(p for p in places if said(p.modality))
    forum_of = {row["node"].value: row["forum"].value for row in knowledge.store.select(_FORUM_OF)}
    nodes = unnamed(knowledge, {thing for thing, _ in said_open})
    found: dict[tuple[str, str], _Item] = {}
    for (thing, what), passages in said_open.items():
        name = local_name(what)
        verbs = set(nodes[thing].values("verb")) if thing in nodes else set()
        known = "others" if what == SKOS.member else _KIND_OF.get(name, "others")
        kind = "deciders" if name == "from" and verbs & _DECIDING else known
        subject = forum_of.get(thing, thing) if kind == "numbers" else thing
        if passages:
            item = found.setdefault((subject, kind), _Item(subject, kind))
            item.whats.add(_SAME.get(what, what))
            item.passages |= passages
    return list(found.values())


def _folded(items: list[_Item], bare: dict[str, Node]) -> list[list[_Item]]:
    """*items* in lists of one; nodes without a name that differ only in whose they are come in one list."""
    found: dict[object, list[_Item]] = {}
    for item in items:
        node = bare.get(item.thing)
        facts = [(key, node.values(key)) for key in sorted(node.facts) if key not in _WHOSE] if node else item.thing
        modality = surest(item.passages)
        found.setdefault((str(facts), modality, frozenset(item.whats)), []).append(item)
    return list(found.values())


def _row(alike: list[_Item], bare: dict[str, Node], knowledge: Knowledge, texts: Texts) -> Row:
    """The thing and what is left open of it, in words where we have some, else as the vocabulary calls it."""
    whole = Node(alike[0].thing)
    for item in alike:
        for key, statements in bare[item.thing].facts.items() if item.thing in bare else ():
            whole.facts.setdefault(key, []).extend(statements)
    known = texts.keys()
    words = (
        texts(f"open.what_{local_name(what)}")
        if f"open.what_{local_name(what)}" in known
        else knowledge.things.label(what, texts.lang)
        for what in alike[0].whats
    )
    cells = (spelled(whole, knowledge, texts), ", ".join(sorted(words, key=swedish)))
    passages = {passage for item in alike for passage in item.passages}
    return Row(cells, surest(passages), evidence=tuple(sorted(passages)))


def _order(row: Row) -> tuple[object, ...]:
    return tuple(swedish(str(cell)) for cell in row.cells), row.evidence
