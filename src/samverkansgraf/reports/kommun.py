"""One page for one kommun: where it sits and what follows, what it pays, hosts, thinks, does and is outside of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..collation import swedish
from ..errors import QueryError
from ..knowledge import Knowledge
from ..population import Population
from ..terms import FACT_MODALITIES, SG, SKOS
from ..texts import Texts
from . import wording
from .holders import seated
from .kommun_seats import Place, Places, places_table, posts_table, upward_table
from .kommun_view import Found, View
from .nodes import Node
from .seats import Figures, added, spoken, told
from .table import Cell, Column, Report, Row, Table, columns

MONEY = ("Contribution", "Retention", "CostShare", "Instalment", "StatedTotal")
WORK = ("participant", "partner", "funder")
AGREEMENT = ("party", "partyEach")
_YEARS = f"SELECT ?term ?year WHERE {{ ?term <{SG.base}year> ?year }}"


def kommun(
    knowledge: Knowledge,
    texts: Texts,
    thing: str,
    *,
    collection: str | None = None,
    population: Population | None = None,
) -> Report:
    """Everything that documents say about the kommun with IRI *thing*, and about the groups it is in.

    Tables, each left out when empty: where it sits, posts, relations upwards from there, money, hosting, consultations,
    assignments, projects, agreements, and forums in its collections that others sit in but not it. What holds through a
    group says which, and is marked derived. With *population* also persons per seat. Raises `QueryError` for a thing
    that is no kommun.
    """
    if SG.Municipality not in knowledge.classes.get(thing, ()):
        seen = knowledge.things.label(thing, texts.lang)
        raise QueryError(f"{seen!r} is no kommun; give the name or code of one, such as Umeå or kommun:2480.")
    view = View(knowledge, texts, thing, collection)
    places = Places(view).rows()
    seats = {one.forum for one in places if one.seated and one.modality == "stated"}
    persons = _persons(thing, knowledge, population)
    tables = [
        places_table(places, view, persons), posts_table(view), upward_table(seats, view), _money(view), _hosting(view),
        _positions(view), _assignments(view), _projects(view, {one.forum for one in places}), _agreements(view),
        _outside(seats, view),
    ]  # fmt: skip
    notes = [_population_note(persons, population, texts), _paid(view), texts("kommun.key") if view.nodes else ""]
    passages = {passage for node in (*view.nodes, *view.own.values()) for passage in node.passages()}
    examined = texts("kommun.examined", passages=texts.count("passage", len(passages)), acting=len(view.acting) - 1)
    answer = _answer(places, tables, view)
    title = texts("kommun.title", name=view.name(thing))
    return wording.report("kommun", answer, examined, tables, notes, knowledge=knowledge, texts=texts, title=title)


def _answer(places: Sequence[Place], tables: Sequence[Table], view: View) -> str:
    name, where = view.name(view.kommun), wording.where(view.knowledge, view.collection, view.texts)
    if not any(table.rows for table in tables):
        return view.texts("kommun.none", name=name, where=where)
    sure = [one for one in places if one.seated and one.modality == "stated"]
    numbered = [one.members for one in sure if any(one.members)]
    given = {"seats": spoken(added(numbered), view.texts) if numbered else "", "forums": len(numbered)}
    seats = view.texts("kommun.seats", **given) if numbered else ""
    hosts = {view.name(SG.hosts), view.name(SG.base + "host")}
    hosting = len({row.cells[0] for row in tables[4].rows if row.cells[1] in hosts})
    counts = {
        "hosting": str(hosting) if hosting else "",
        "projects": view.texts.count("joint", len(tables[7].rows)) if tables[7].rows else "",
        "agreements": view.texts.count("agreement", len(tables[8].rows)) if tables[8].rows else "",
    }
    key = "sitting" if sure else "sits_nowhere"
    sitting = view.texts(f"kommun.{key}", where=where, forums=view.texts.count("forum", len(sure)), seats=seats)
    clauses = [sitting, *(view.texts(f"kommun.does_{key}", n=said) for key, said in counts.items() if said)]
    outside = view.texts.count("forum", len(tables[9].rows)) if tables[9].rows else ""
    rest = view.texts("kommun.does_outside" if outside else "kommun.does_all", name=name, n=outside) if sure else ""
    return view.texts("kommun.answer", name=name, does=wording.enumerated(clauses, view.texts), rest=rest)


def _persons(thing: str, knowledge: Knowledge, population: Population | None) -> int | None:
    codes = [value for key, value, _ in knowledge.described(thing) if key == SKOS.notation]
    code = min(codes, default=thing.rpartition("/")[2])
    return population.persons.get(code) if population else None


def _population_note(persons: int | None, population: Population | None, texts: Texts) -> str:
    if population is None:
        return ""
    if persons is None:
        return texts("kommun.no_population", date=population.date, source=population.source)
    return texts("kommun.population", persons=texts.thousands(persons), date=population.date, source=population.source)


def _heads(view: View, *keys: str, integers: frozenset[str] = frozenset()) -> tuple[Column, ...]:
    made = columns(*((key, view.texts(f"kommun.{key}")) for key in keys))
    return tuple(Column(one.key, one.label, "integer") if one.key in integers else one for one in made)


def _table(
    view: View, title: str, keys: Sequence[str], found: Iterable[Found], *, integers: Sequence[str] = ()
) -> Table:
    heads = _heads(view, *keys, "through", integers=frozenset(integers))
    return Table(view.texts(f"kommun.{title}"), heads, view.merged(found))


def _money(view: View) -> Table:
    """Payments, retentions, shares and instalments of the kommun or of a group it is in; what it is said to finance."""
    kinds = {SG.base + one for one in MONEY}
    found: list[Found] = []
    for node in view.nodes:
        for key, one in view.bound(node, ("payer", "holder", "payee")) if view.kinds(node.iri) & kinds else ():
            other = node.values("payer" if key == "payee" else "payee")
            role = view.texts("kommun.receives") if key == "payee" else view.name(min(view.kinds(node.iri) & kinds))
            amount = told(node.numbers("amount"), view.texts)
            cells: tuple[Cell, ...] = (_year(node, view), role, amount, view.names(other), _purpose(node, view))
            found.append((cells, one.value, one.passage))
    found += [
        (("–", view.name(act.verb), None, "", view.name(act.target)), act.holder, act.passage)
        for act in view.acts
        if act.verb == SG.finances
    ]
    return _table(view, "money", ("year", "kind", "amount", "other", "purpose"), found, integers=("amount",))


def _year(node: Node, view: View) -> str:
    years = ", ".join(node.values("forYear"))
    return years or (view.texts("kommun.per_year") if node.first("per") == "P1Y" else node.first("dueBy") or "–")


def _purpose(node: Node, view: View) -> str:
    opened = {value.rpartition("#")[2] for value in node.values("leavesOpen")}
    share = node.first("printed") or node.first("share")
    of = view.names(one for one in node.values("baseOf", "partOf", "sumOf") if one in view.knowledge.things.namings)
    parts = (
        view.texts("kommun.open_amount") if "amount" in opened else "",
        view.texts("kommun.share_of", share=share, of=of) if share and of else share, node.first("purpose"),
    )  # fmt: skip
    return "; ".join(filter(None, parts))


def _paid(view: View) -> str:
    """What the kommun itself pays in a year, summed over its own contributions; nothing without amounts.

    Every sum there can be, where two places give a contribution different amounts.
    """
    sums: dict[str, Figures] = {}
    for node in view.nodes:
        own = any(one.value == view.kommun for _, one in view.bound(node, ("payer",)))
        if own and SG.Contribution in view.kinds(node.iri) and node.modality in FACT_MODALITIES:
            for year in node.values("forYear")[:1]:
                sums[year] = added((sums.get(year, ()), node.numbers("amount")))
    sek = view.texts.sek
    listed = [
        f"{year}: {wording.enumerated(map(sek, amounts), view.texts, word='or')}"
        for year, amounts in sorted(sums.items())
        if any(amounts)
    ]
    return view.texts("kommun.paid", sums="; ".join(listed)) if listed else ""


def _hosting(view: View) -> Table:
    """What the kommun hosts for good, its turns in a rotation, and joint bodies and offices that lie in it."""
    years = {row["term"].value: row["year"].value for row in view.knowledge.store.select(_YEARS)}
    texts, found = view.texts, list[Found]()
    for act in view.acts:
        if act.verb == SG.hosts:
            found.append(((view.name(act.target), view.name(act.verb), "", ""), act.holder, act.passage))
    for node in view.nodes:
        year = texts("hosts.derived_year", year=years[node.iri]) if node.iri in years else ""
        for key, one in view.bound(node, ("host", "viceChairFrom")):
            what = view.names(node.values("forum"))
            found.append(((what, view.name(SG.base + key), node.first("order"), year), one.value, one.passage))
        for key, one in view.bound(node, ("unitOf", "locatedIn")):
            if key == "locatedIn" or SG.Forum in view.kinds(node.iri):
                how = texts(f"kommun.{key}")
                found.append(((view.name(node.iri), how, "", ""), one.value, one.passage))
    return _table(view, "hosting", ("hosted", "how", "order", "year"), found)


def _positions(view: View) -> Table:
    """Positions of the kommun or of a group it is in; then consultations in which it was asked and none is known."""
    found: list[Found] = []
    spoke: set[str] = set()
    for node in view.nodes:
        for _, one in view.bound(node, ("actor",)):
            about = "; ".join(filter(None, (view.names(node.values("clause", "concerns")), *node.values("matter"))))
            cells = (
                *(view.names(node.values(key)) or "–" for key in ("inConsultation", "stance")),
                about,
                view.names(node.values("outcome")),
            )
            found.append((cells, one.value, one.passage))
            spoke.update(node.values("inConsultation"))
    for node in view.nodes:
        for _, one in view.bound(node, ("asked",)):
            if node.iri not in spoke:
                found.append(((view.name(node.iri), view.texts("kommun.silent"), "", ""), one.value, one.passage))
    return _table(view, "positions", ("consultation", "stance", "about", "outcome"), found)


def _assignments(view: View) -> Table:
    found: list[Found] = []
    for node in view.nodes:
        for _, one in view.bound(node, ("assignedTo", "responsible")):
            concerns = view.names(set(node.values("concerns")) - {view.kommun})
            found.append(((view.name(node.iri), concerns), one.value, one.passage))
    return _table(view, "assignments", ("task", "concerns"), found)


def _projects(view: View, forums: set[str]) -> Table:
    """Projects, services and other work that the kommun is in; not the forums that the first table has."""
    found: list[Found] = [
        ((view.name(node.iri), view.name(SG.base + key)), one.value, one.passage)
        for node in view.nodes
        if SG.Assignment not in view.kinds(node.iri)
        for key, one in view.bound(node, WORK)
    ]
    found += [
        ((view.name(act.target), view.name(act.verb)), act.holder, act.passage)
        for act in view.acts
        if act.verb == SG.participatesIn and act.target not in forums
    ]
    return _table(view, "projects", ("work", "how"), found)


def _agreements(view: View) -> Table:
    found: list[Found] = []
    for node in view.nodes:
        bound = view.bound(node, AGREEMENT)
        known = {key: value for key, value, _ in view.knowledge.described(node.iri)} if bound else {}
        period = "–".join(filter(None, (known.get(SG.validFrom), known.get(SG.validUntil))))
        found += [((view.name(node.iri), period), one.value, one.passage) for _, one in bound]
    return _table(view, "agreements", ("agreement", "period"), found)


def _outside(seats: set[str], view: View) -> Table:
    """Forums of the kommun's collections in which other kommuner sit, and it does not by what is said."""
    knowledge = view.knowledge
    everywhere = seated(knowledge, view.everyone)
    homes = {forum: knowledge.passages(knowledge.typed_in(forum), view.collection) for forum in everywhere}
    own = {knowledge.documents[p.document][0] for forum in seats for p in homes.get(forum, ())}
    rows = []
    for forum, kommuner in everywhere.items():
        near = tuple(p for p in homes[forum] if knowledge.documents[p.document][0] in own)
        if near and forum not in seats and view.kommun not in kommuner:
            kinds = ", ".join(wording.labels(knowledge, kommuner, view.texts))
            rows.append(Row((view.name(forum), len(kommuner), kinds), derived=True, evidence=near[:1]))
    rows.sort(key=lambda row: swedish(str(row.cells[0])))
    heads = _heads(view, "forum", "number", "others", integers=frozenset({"number"}))
    return Table(view.texts("kommun.outside"), heads, tuple(rows))
