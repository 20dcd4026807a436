"""What the page holds as data for its script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from ..network.plates import Plate
from ..reports.coverage import KINDS
from ..terms import ID
from ..texts import Texts
from . import style
from .content import Content, Edge
from .country import Part
from .dated import Dated
from .legend import kind_name
from .panel import Sources
from .picture import lines, picture
from .sketch import Drawn, Mark, Sketch, page_of
from .views import areas_of

_SPOKEN = (
    "close", "evidence", "derived", "all_evidence", "less_evidence", "more", "hits", "no_hits", "opened", "closed",
    "names", "relation", "each_source", "each_target", "one_of", "register", "words", "from", "to", "modality",
    "both", "unfold", "open_first", "no_lines", "of", "first_shown", "all_times", "in_force", "saved", "to_page",
    "to_surroundings", "area", "through", "why", "kind", "when_certain", "when_possible", "when_unknown", "when_no",
)  # fmt: skip
"""Words that the script puts together: keys under ``map``."""


class PageData:
    """Nodes, lines and options as pyvis made them, the views, the facts of each thing, and what each line says."""

    def __init__(
        self,
        whole: Drawn,
        views: Sequence[Sketch],
        plates: Sequence[Plate],
        land: Sequence[Part],
        things_at: str | None,
    ) -> None:
        self.whole, self.views, self.things_at = whole, views, things_at
        self.country = [{"key": part.key, "data": part.data} for part in land]
        self.content, self.sources, self.knowledge = whole.content, whole.panel.sources, whole.content.knowledge
        self.short, self.texts = self.knowledge.things.short, whole.content.texts
        self.edges: list[Edge] = list(self.content.edges)
        self._extra: dict[str, range] = {}
        for view in views:
            self._extra[view.key] = range(len(self.edges), len(self.edges) + len(view.lines))
            self.edges += [line.edge for line in view.lines]
        self._numbers = {edge: number for number, edge in enumerate(self.content.edges)}
        self.dated = Dated(self.content, self.edges)
        self.folds = {thing: f"fold:{at}" for at, plate in enumerate(plates) for thing in plate.nodes}
        self.plates = plates
        homes = self.content.homes()
        self.homes = {self.short(one): whole.label(one) for one in homes}
        self.areas = {area: list(map(self.short, own)) for area, own in areas_of(self.content).items()}
        self.steps = [moment.text for moment in self.dated.moments]
        self._pair = _pair(homes, self.content)

    def found(self, start: str | None, hops: int) -> dict[str, object]:
        """Everything that the script reads."""
        content, texts = self.content, self.texts
        about = {self.short(thing): self._about(thing) for thing in content.nodes}
        found: dict[str, object] = {**self._picture(), "views": list(map(self._view, self.views)), "homes": self.homes}
        found |= {"start": self.short(start or self._busiest()), "families": self._families(), "hops": hops}
        found |= {"pair": list(map(self.short, self._pair)), "areas": {self.short(k): v for k, v in self.areas.items()}}
        found |= {"things": about, "steps": self.steps, "country": self.country}
        found["kinds"] = {self.short(kind): kind_name(content, kind) for kind in map(content.kind, content.nodes)}
        found["verbs"] = {self.short(edge.verb): content.verb(edge) for edge in self.edges}
        found["coverage"] = coverage_words(texts)
        found["lines"] = [_line(edge, content, self.sources) for edge in self.edges]
        found["passages"], found["documents"] = self.sources.passages(), self.sources.documents()
        found["modalities"] = {one: texts(f"modality.{one}") for one in (*style.DASHES, "rejected", "denied")}
        found["words"] = spoken(texts)
        return found

    def _picture(self) -> dict[str, object]:
        network = picture(self.whole)
        for thing, node in zip(self.content.nodes, network.nodes, strict=True):
            node.update(self.dated.thing(thing), **({"fold": self.folds[thing]} if thing in self.folds else {}))
        edges = [*network.edges, *(line for view in self.views for line in self._lines(view))]
        for edge, made in zip(self.edges, edges, strict=True):
            made.update(self.dated.edge(edge))
        marks = [_mark(mark) for view in self.views for mark in view.marks]
        folds = [self._fold(at, plate) for at, plate in enumerate(self.plates)]
        nodes = [_lean(node, {"modality": "stated", "title": node["title"]}) for node in network.nodes]
        edges = [_lean(edge, {"modality": "stated", "dashes": False, "id": at}) for at, edge in enumerate(edges)]
        found: dict[str, object] = {"nodes": nodes, "edges": edges, "options": network.options}
        return found | {"marks": marks, "folds": folds}

    def _lines(self, view: Sketch) -> list[dict[str, object]]:
        """Lines that only *view* draws, without arrows."""
        made = lines([line.edge for line in view.lines], self.content, self._extra[view.key].start)
        labels = [{"label": line.label, "at": line.at} if line.label else {} for line in view.lines]
        return [one | {"only": view.key, "plain": 1} | label for one, label in zip(made, labels, strict=True)]

    def _fold(self, at: int, plate: Plate) -> dict[str, object]:
        """A plate as one large node that stands for its own."""
        family = style.look(self.content.classes(plate.nodes[0])).family
        home = {"home": self.short(plate.home) if plate.home else "", "group": family, "kind": self.short(plate.kind)}
        place = {"x": plate.middle[0], "y": plate.middle[1], "room": plate.size}
        look = {"shape": "fold", "round": 30, "font": {"size": max(20, min(plate.size) // 6)}}
        return {"id": f"fold:{at}", "title": kind_name(self.content, plate.kind)} | home | place | look

    def _view(self, view: Sketch) -> dict[str, object]:
        made: dict[str, object] = {"key": view.key, "title": self.texts(f"map.view_{view.key}")}
        made["about"] = self.texts(f"map.about_{view.key}")
        if view.places is not None:
            made["at"] = {one if "~" in one else self.short(one): place for one, place in view.places.items()}
        if view.edges is not None:
            made["lines"] = [*(self._numbers[edge] for edge in view.edges), *self._extra[view.key]]
        optional = {key: getattr(view, key) for key in ("frames", "bands", "heads", "sides", "tall")}
        return made | {key: value for key, value in optional.items() if value}

    def _about(self, thing: str) -> dict[str, object]:
        """Name, other names, page and facts of *thing*, and its collections where it has several."""
        things, lang, content = self.knowledge.things, self.texts.lang, self.content
        naming = things.namings.get(thing)
        names = [name for name in dict.fromkeys(naming.all() if naming else []) if name != things.label(thing, lang)]
        page = page_of(thing, self.things_at) if self.things_at is not None and thing.startswith(ID) else ""
        homes = [self.short(one) for one in content.collections(thing)]
        about: dict[str, object] = {"name": things.long(thing, lang), "facts": self.whole.panel.sections(thing)}
        return about | _lean({"names": names, "page": page, "in": homes}, {"names": [], "page": "", "in": homes[:1]})

    def _families(self) -> list[tuple[str, str]]:
        """Families of kinds that are drawn, with their names, in the order of the legend."""
        found = dict.fromkeys(style.look(self.content.classes(thing)).family for thing in self.content.nodes)
        order = list(dict.fromkeys(look.family for look in (*style.LOOKS.values(), style.OTHER)))
        return [(family, self.texts(f"map.family_{family}")) for family in sorted(found, key=order.index)]

    def _busiest(self) -> str:
        """What most lines touch: where the surroundings begin when nothing else is asked for."""
        counts = Counter(end for edge in self.content.edges for end in (edge.source, edge.target))
        return max(self.content.nodes, key=lambda thing: (counts[thing], thing), default="")


def _pair(homes: Sequence[str], content: Content) -> Sequence[str]:
    """The two collections that have most in common."""
    shared = Counter(frozenset(pair) for thing in content.nodes for pair in combinations(content.collections(thing), 2))
    return max(combinations(homes, 2), key=lambda pair: shared[frozenset(pair)], default=tuple(homes))


def spoken(texts: Texts) -> dict[str, str]:
    """Words that the script puts together, with the places that it fills."""
    places = {name: f"{{{name}}}" for name in ("n", "certain", "possible", "unknown", "no", "undated")}
    return {key: texts(f"map.{key}", **places) for key in _SPOKEN}


def coverage_words(texts: Texts) -> dict[str, object]:
    """What the script says of marks: the name of each kind; word, meaning and outline of each status."""
    kinds = {kind: texts(f"gaps.kind_{kind}") for kind in KINDS}
    told = {one: [texts(f"gaps.status_{one}"), texts(f"map.means_{one}"), style.MARKS[one]] for one in style.MARKS}
    return {"kinds": kinds, "statuses": told}


def _mark(mark: Mark) -> dict[str, object]:
    made: dict[str, object] = {"id": mark.id, "status": mark.status, "sign": mark.sign, "facts": list(mark.facts)}
    return {key: value for key, value in made.items() if value}


def _lean(made: Mapping[str, object], usual: Mapping[str, object]) -> dict[str, object]:
    """*made* without what is as *usual*: the script fills it in."""
    return {key: value for key, value in made.items() if key not in usual or value != usual[key]}


def _line(edge: Edge, content: Content, sources: Sources) -> dict[str, object]:
    registers = [content.knowledge.things.label(one, content.texts.lang) for one in edge.registers]
    line: dict[str, object] = {"e": sources.numbers(edge.passages), "words": edge.words}
    line |= {"d": int(edge.derived), "r": registers, "each": sorted(edge.each), "oneOf": sorted(edge.one_of)}
    return {key: value for key, value in line.items() if value}


__all__ = ["PageData", "coverage_words", "spoken"]
