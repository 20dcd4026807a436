"""Who hosts and chairs what, and in which year: permanent hosts, rotation with derived years marked, posts of chair."""

from __future__ import annotations

from collections import defaultdict

from ..collation import swedish
from ..knowledge import Knowledge
from ..network.relations import relations
from ..terms import ORG, SG
from ..texts import Texts
from . import wording
from .nodes import Node, called, named, read_nodes, said, surest
from .table import Report, Row, Table, columns

_YEARS = "SELECT ?term ?year WHERE { ?term <https://w3id.org/samverkansgraf/ns#year> ?year }"
_CHAIRS = tuple(SG.base + name for name in ("Chair", "FirstViceChair", "ViceChair"))
_GIVING = ("appoints", "elects", "nominates")
_GIVEN = f"""
SELECT ?passage ?giver ?verb ?post WHERE {{
  VALUES ?verb {{ {" ".join(f"<{SG.base}{name}>" for name in _GIVING)} }}
  ?passage a <{SG.Passage}> .
  GRAPH ?passage {{ ?giver ?verb ?post }}
}}
"""
_HOMES = """
SELECT ?person ?home WHERE {
  ?person a <http://xmlns.com/foaf/0.1/Person> ; <https://w3id.org/samverkansgraf/ns#attachedTo> ?home
}
"""
_RULES = (("represents", "represents"), ("rotates", "rotatesAmong"), ("drawn", "drawnFrom"))


def hosts(knowledge: Knowledge, texts: Texts, *, collection: str | None = None) -> Report:
    """Permanent hosts, one row per (host, what it hosts); the rotation, one row per term in printed order; then chairs.

    The year of a term is the one it has in the text, else derived from the heading's period and marked; a term outside
    the period has none. Chairs are the posts of chair and vice chair of which the text says who has them or how they
    are filled, one row per post.
    """
    fixed = _fixed(knowledge, texts, collection)
    years = {row["term"].value: row["year"].value for row in knowledge.store.select(_YEARS)}
    terms = sorted(read_nodes(knowledge, SG.HostTerm, collection=collection), key=_place)
    turns = [_turn(term, years, knowledge, texts) for term in terms]
    chairs = _chairs(knowledge, texts, collection)
    tables = [
        Table(texts(f"hosts.{title}"), columns(*((key, texts(f"hosts.{key}")) for key in keys)), tuple(rows))
        for title, keys, rows in (
            ("fixed", ("host", "hosted"), fixed),
            ("rotation", ("forum", "order", "year", "host", "vice"), turns),
            ("chairs", ("forum", "post", "who", "how", "since"), chairs),
        )
    ]
    place = wording.where(knowledge, collection, texts)
    answer = _answer(fixed, turns, chairs, texts, place=place)
    examined = texts("hosts.examined", turns=len(terms), hosted=len(fixed), posts=len(_posts(knowledge, collection)))
    notes = [texts("hosts.key")] if any(term.iri in years for term in terms) else []
    return wording.report("hosts", answer, examined, tables, notes, knowledge=knowledge, texts=texts)


def _fixed(knowledge: Knowledge, texts: Texts, collection: str | None) -> list[Row]:
    label = knowledge.things.label
    rows = [
        Row((label(source, texts.lang), label(target, texts.lang)), one.modality, evidence=passages)
        for one in relations(knowledge)
        if one.verb == SG.hosts and (passages := knowledge.passages(one.passages, collection))
        for source in one.source
        for target in one.target
    ]
    return sorted(rows, key=lambda row: [swedish(str(cell)) for cell in row.cells])


def _answer(fixed: list[Row], turns: list[Row], chairs: list[Row], texts: Texts, *, place: str) -> str:
    """Who hosts how many, whose turn it is in which year, and how many chairs are known."""
    if not (fixed or turns or chairs):
        return texts("hosts.none", where=place)
    hosted: dict[str, set[str]] = defaultdict(set)
    for row in fixed:
        hosted[str(row.cells[0])].add(str(row.cells[1]))
    clauses = [
        texts("hosts.fixed_host", host=host, hosted=texts.count("body", len(found)), where=place)
        for host, found in hosted.items()
    ]
    dated = [texts("hosts.turn", host=row.cells[3], year=row.cells[2]) for row in turns if row.cells[2] != "–"]
    counted = texts.count("turn", len(turns))
    if dated:
        clauses.append(texts("hosts.turns_are", turns=counted, first=dated[0], last=dated[-1]))
    elif turns:
        clauses.append(texts("hosts.turns_undated", turns=counted))
    held = sum(row.cells[2] != "–" for row in chairs)
    if chairs:
        clauses.append(texts("hosts.chairs_are", chairs=texts.count("chair", len(chairs)), held=held))
    said = texts("hosts.answer", clauses="; ".join(clauses))
    return said[:1].upper() + said[1:]


def _place(term: Node) -> tuple[str, int, str]:
    return term.first("forum"), int(term.first("order") or 0), term.iri


def _turn(term: Node, years: dict[str, str], knowledge: Knowledge, texts: Texts) -> Row:
    """A turn; what it says of its own year goes before what follows from the order."""
    own, derived = term.first("validFrom"), years.get(term.iri, "")
    shown = own or (texts("hosts.derived_year", year=derived) if derived else "–")
    forum, host, vice = (named(knowledge, term.values(key), texts) for key in ("forum", "host", "viceChairFrom"))
    return Row((forum, term.first("order") or "–", shown, host, vice), term.modality, evidence=term.passages())


def _posts(knowledge: Knowledge, collection: str | None) -> list[Node]:
    nodes = read_nodes(knowledge, ORG.Post, collection=collection)
    return [node for node in nodes if set(node.values("role")) & set(_CHAIRS)]


def _chairs(knowledge: Knowledge, texts: Texts, collection: str | None) -> list[Row]:
    """One row per post of chair with a holder or a rule, by forum and post in Swedish order."""
    givers: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in knowledge.store.select(_GIVEN):
        passage, giver, verb = (row[name].value for name in ("passage", "giver", "verb"))
        givers[row["post"].value].append((verb.partition("#")[2], giver, passage))
    homes = {row["person"].value: row["home"].value for row in knowledge.store.select(_HOMES)}
    rows = []
    for post in _posts(knowledge, collection):
        rules = [
            one for one in givers[post.iri] if any(said(p.modality) for p in knowledge.passages([one[2]], collection))
        ]
        if rules or post.values("heldBy", *(key for _, key in _RULES)):
            rows.append(_chair(post, rules, homes, knowledge, texts))
    return sorted(rows, key=lambda row: [swedish(str(cell)) for cell in row.cells])


def _chair(
    post: Node, givers: list[tuple[str, str, str]], homes: dict[str, str], knowledge: Knowledge, texts: Texts
) -> Row:
    holders = [_holder(person, homes.get(person), knowledge, texts) for person in post.values("heldBy")]
    rules = [
        texts(f"hosts.{word}", names=_who(post.values(key), knowledge, texts))
        for word, key in _RULES
        if post.values(key)
    ]
    passages = {p for _, _, iri in givers for p in knowledge.passages([iri]) if said(p.modality)} | set(post.passages())
    for verb in dict.fromkeys(verb for verb, _, _ in givers):
        names = _who([giver for one, giver, _ in givers if one == verb], knowledge, texts)
        rules.insert(0, texts(f"hosts.{verb}", names=names))
    cells = (
        _who(post.values("postIn"), knowledge, texts),
        named(knowledge, [role for role in post.values("role") if role in _CHAIRS], texts),
        ", ".join(sorted(holders, key=swedish)) or "–", "; ".join(rules) or "–", post.first("validFrom") or "–",
    )  # fmt: skip
    return Row(cells, surest(passages), evidence=tuple(sorted(passages)))


def _who(iris: list[str], knowledge: Knowledge, texts: Texts) -> str:
    return ", ".join(sorted(set(called(knowledge, iris, texts).values()), key=swedish))


def _holder(person: str, home: str | None, knowledge: Knowledge, texts: Texts) -> str:
    name = knowledge.things.label(person, texts.lang)
    return texts("hosts.of", person=name, home=knowledge.things.label(home, texts.lang)) if home else name
