"""The geographic view: kommuner shaded by a measure, the whole country and the part that each collection touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..population import Population
from .geography import Geography, Link
from .sketch import Drawn, Sketch, Twin, page_of

MOST_PARTS = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One picture: ``key`` is the collection's short IRI (empty for the whole), ``data`` what changes its measure."""

    key: str
    name: str
    picture: str
    data: dict[str, object]


def parts(drawn: Drawn, population: Population | None, things_at: str | None) -> list[Part]:
    """Pictures, those of collections first, each linked to the kommuner on the map; without figures none."""
    content = drawn.content
    knowledge, texts = content.knowledge, content.texts
    homes = [] if content.facts.collection else content.homes()
    wanted: list[str | None] = [*(homes if len(homes) <= MOST_PARTS else ()), content.facts.collection]
    found = []
    for collection in wanted:
        made = Geography(knowledge, texts, collection=collection, population=population)
        if made.measures:
            name = drawn.label(collection) if collection else texts("map.whole_country")
            key = knowledge.things.short(collection) if collection else ""
            found.append(Part(key, name, str(made.picture(None, _linked(drawn, things_at))), made.data()))
    return found


def country(found: Sequence[Part], drawn: Drawn) -> Sketch | None:
    """The view, with every measure of the last and widest picture as a table."""
    if not found:
        return None
    measures = found[-1].data["measures"]
    assert isinstance(measures, list)
    short = drawn.content.knowledge.things.short
    names = {short(one): drawn.label(one) for one in sorted(drawn.content.nodes, key=drawn.content.order)}
    known = [one for one in names if any(one in measure["areas"] for measure in measures)]
    rows = [[names[one], *(measure["areas"].get(one, ("", "", ""))[2] for measure in measures)] for one in known]
    return Sketch(
        "karta", {}, [], twin=Twin([drawn.content.texts("membership.kommun"), *(m["title"] for m in measures)], rows)
    )


def _linked(drawn: Drawn, things_at: str | None) -> Link:
    """Addresses of kommuner that are drawn: their pages where there are pages, else their places on the map."""
    short = drawn.content.knowledge.things.short

    def link(iri: str) -> str | None:
        if iri not in drawn.places:
            return None
        return f"#vy=karta&sak={short(iri)}" if things_at is None else page_of(iri, things_at)

    return link


__all__ = ["Part", "country", "parts"]
