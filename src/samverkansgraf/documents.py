"""Read `data/<collection>/<document>.yaml`: a document's description, then its passages in reading order.

A document becomes JSON-LD whose meaning stands in the context alone; this module checks what a JSON-LD parser would
pass over in silence, and reports every finding with file and line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import yaml

from .context import Context, Json, Key
from .errors import Finding
from .files import utf8_text
from .terms import DOC, FACT_MODALITIES, LOCAL_NAME, SG, document_iri, passage_iri

PASSAGE_KEYS = frozenset({"section", "anchor", "after", "modality", "because", "reading", "hedge", "states"})
SKIP_KEYS = frozenset({"skip", "section", "anchor", "after"})
TODO = "todo"  # no reason yet: the place is still to be read, and counts as uncovered
SKIPS = frozenset({"contents", "furniture", "repeated", "rhetoric", "background", "contact", TODO})
PERSONS = ".personer"
AFTER_THE_MAIN_FILE = 10_001
"""First `sg:sequence` of a file of persons: its passages are ordered behind those of the document it extends."""
_COMMENT = re.compile(r"[ \t]+#")


@dataclass(slots=True)
class Anchor:
    """A place in a source text that a passage or a skip points to."""

    line: int
    section: str
    text: str
    after: str
    skip: str  # empty for a passage
    passage: str  # IRI, empty for a skip


@dataclass(slots=True)
class Reading:
    """What one input file says.

    ``quads`` are N-Quads; ``facts`` names the graphs whose triples are copied to the default graph. ``described``,
    ``referred`` and ``names`` are (IRI, line) and (IRI, line, name) for the checks that need all files.
    """

    file: str
    iri: str
    quads: str = ""
    facts: set[str] = field(default_factory=set)
    described: list[tuple[str, int]] = field(default_factory=list)
    referred: list[tuple[str, int]] = field(default_factory=list)
    names: list[tuple[str, int, str]] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    source: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


class ObjectReader:
    """Turns composed YAML nodes into JSON-LD objects, noting findings, descriptions and references."""

    def __init__(self, context: Context, reading: Reading, text: str) -> None:
        self.context = context
        self.reading = reading
        self.lines = text.splitlines() if _COMMENT.search(text) else None

    def found(self, node: yaml.Node, message: str) -> None:
        """Note one finding at *node*."""
        self.reading.findings.append(Finding(self.reading.file, node.start_mark.line + 1, message))

    def pairs(self, node: yaml.Node) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        """Yield (key, key node, value node) of a mapping; a duplicate key or another kind of node is a finding."""
        if not isinstance(node, yaml.MappingNode):
            self.found(node, "expected `key: value` lines here")
            return
        seen = set()
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in seen:
                self.found(key_node, f"duplicate key {key!r}")
            else:
                seen.add(key)
                yield key, key_node, value_node

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        """Nodes of a sequence, or the node itself."""
        return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]

    def scalar(self, node: yaml.Node) -> str:
        """Text of a scalar, trimmed; an empty value or a comment that swallowed part of it is a finding."""
        if not isinstance(node, yaml.ScalarNode):
            self.found(node, "expected one value here, not a list or an object")
            return ""
        if not node.value.strip():
            self.found(node, "empty value; leave the key out instead")
        end = node.end_mark
        if self.lines and not node.style and _COMMENT.match(self.lines[end.line], end.column):
            self.found(node, "unquoted value followed by ` #`: quote the value, or move the comment to its own line")
        return str(node.value).strip()

    def thing(self, node: yaml.Node) -> dict[str, Json]:
        """One object as JSON-LD; it must have an `id`, and every key must be in the context."""
        result: dict[str, Json] = {}
        for name, key_node, value_node in self.pairs(node):
            key = self.context.keys.get(name)
            if key is None or key.kind == "@graph":
                self.found(key_node, f"unknown key {name!r}; keys are listed in ontology/context.jsonld")
                continue
            items = self.items(value_node)
            if not items:
                self.found(value_node, "empty list; leave the key out instead")
            values = [value for item in items if (value := self.value(key, item)) is not None]
            result[name] = values[0] if len(values) == 1 else values
        if not isinstance(result.get("id"), str):
            self.found(node, "an object without `id`; write for example `id: vb:pkd`")
        else:
            self._note(result, node)
        return result

    def value(self, key: Key, node: yaml.Node) -> Json | None:
        """One value of *key* as JSON-LD, or None when it is a finding."""
        if isinstance(node, yaml.MappingNode) and key.kind == "@id":
            return self.thing(node)
        text = self.scalar(node)
        if not text:
            return None
        if problem := self.context.problem(key, text):
            self.found(node, f"{key.name}: {problem}")
            return None
        if key.kind == "@id" and key.name != "id":
            self.reading.referred.append((self.context.expand(text), node.start_mark.line + 1))
        return self.context.json_value(key, text)

    def _note(self, thing: dict[str, Json], node: yaml.Node) -> None:
        iri, line = self.context.expand(str(thing["id"])), node.start_mark.line + 1
        if "type" in thing:
            self.reading.described.append((iri, line))
        else:
            self.reading.referred.append((iri, line))
        for name in thing["name"] if isinstance(thing.get("name"), list) else [thing.get("name")]:
            if isinstance(name, str):
                self.reading.names.append((iri, line, name))


def compose(reading: Reading, text: str) -> yaml.Node | None:
    """Compose *text* once; a YAML error, an anchor, an alias or a tag is a finding and gives None."""
    try:
        marked = any(mark in text for mark in "&*!")  # they begin an anchor, an alias, a tag: most documents have none
        for event in yaml.parse(text, yaml.CBaseLoader) if marked else ():
            if getattr(event, "anchor", None) or getattr(event, "tag", None):
                advice = "write the value out, or quote it"
                seen = f"YAML anchors (&name), aliases (*name) and tags (!name) are not read; {advice}"
                line = event.start_mark.line + 1 if event.start_mark else 0
                reading.findings.append(Finding(reading.file, line, seen))
        return yaml.compose(text, yaml.CBaseLoader) if not reading.findings else None
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else 0
        reading.findings.append(Finding(reading.file, line, f"not readable as YAML: {exc.problem}"))
    except yaml.reader.ReaderError as exc:
        line = text.count("\n", 0, exc.position) + 1
        reading.findings.append(Finding(reading.file, line, f"not readable as YAML: {exc.reason}"))
    return None


def read_text(path: Path, reading: Reading) -> str:
    """Text of *path*; what `utf8_text` finds wrong is a finding."""
    text, findings = utf8_text(path, reading.file)
    reading.findings += findings
    return text


def to_quads(content: dict[str, Json], context: Context, reading: Reading) -> str:
    """N-Quads of a JSON-LD document under the project's context; nothing is fetched."""
    document = json.dumps({"@context": context.terms, **content}).encode()
    try:
        quads = ox.serialize(ox.parse(document, format=ox.RdfFormat.JSON_LD), format=ox.RdfFormat.N_QUADS)
        return (quads or b"").decode()
    except (SyntaxError, ValueError) as exc:
        reading.findings.append(Finding(reading.file, 0, f"not readable as JSON-LD: {exc}"))
        return ""


def read_document(path: Path, context: Context, *, file: str) -> Reading:
    """Read one YAML document.

    ``<stem>.personer.yaml`` extends the document ``<stem>``: the same IRI, no description of its own. Findings are
    in the reading, not raised; quads are made only when there are none.
    """
    stem = path.name.removesuffix(".yaml").removesuffix(PERSONS)
    reading = Reading(file=file, iri=document_iri(stem))
    if not LOCAL_NAME.match(stem):
        reading.findings.append(Finding(file, 0, "a file name may have only ASCII letters, digits, '-' and '.'"))
    text = read_text(path, reading)
    root = compose(reading, text) if not reading.findings else None
    if root is None:
        if not reading.findings:
            reading.findings.append(Finding(file, 0, "the file is empty"))
        return reading
    reader = _DocumentReader(context, reading, text)
    graphs = reader.document(root, extends=path.name.endswith(PERSONS + ".yaml"))
    if not reading.findings:
        reading.quads = to_quads({"@graph": graphs}, context, reading)
    return reading


class _DocumentReader(ObjectReader):
    """Reads the two levels above statements: the description and its passages."""

    def __init__(self, context: Context, reading: Reading, text: str) -> None:
        super().__init__(context, reading, text)
        self.seen: set[tuple[str, ...] | str] = set()

    def document(self, root: yaml.Node, *, extends: bool) -> list[Json]:
        description = {key: (key_node, node) for key, key_node, node in self.pairs(root)}
        passages = description.pop("passages", None)
        node = yaml.MappingNode("", list(description.values()), root.start_mark, root.end_mark)
        about = self.thing(node)
        self._check_description(about, root, extends=extends)
        self.reading.source = {
            k: str(about[k]) for k in ("sourceFile", "sourceHash", "partStart", "partEnd") if k in about
        }
        places: list[Json] = [] if extends else [about]
        graphs: list[Json] = [{"id": self.reading.iri, "states": places}]
        if passages is None:
            self.found(root, "no `passages`; a document has at least one passage or skip")
            return graphs
        for number, passage in enumerate(self.items(passages[1]), AFTER_THE_MAIN_FILE if extends else 1):
            self._passage(passage, number, places, graphs)
        return graphs

    def _check_description(self, about: dict[str, Json], root: yaml.Node, *, extends: bool) -> None:
        expected = "doc:" + self.reading.iri.removeprefix(DOC)
        if about.get("id") not in [expected, self.reading.iri]:
            self.found(root, f"the document's id should follow its file name: {expected}")
        if extends and (extra := sorted(set(about) - {"id"})):
            self.found(root, f"a file of persons has only `id` and `passages`, not {', '.join(extra)}")
        missing = [
            key for key in ("type", "name", "status", "collection", "sourceFile", "sourceHash") if key not in about
        ]
        if not extends and missing:
            self.found(root, f"the document's description lacks {', '.join(missing)}")
        self.reading.facts.add(self.reading.iri)

    def _passage(self, node: yaml.Node, number: int, places: list[Json], graphs: list[Json]) -> None:
        fields = {key: (key_node, value) for key, key_node, value in self.pairs(node)}
        allowed = SKIP_KEYS if "skip" in fields else PASSAGE_KEYS
        for key in fields.keys() - allowed:
            self.found(fields[key][0], f"unknown key {key!r} of a passage; known are {', '.join(sorted(allowed))}")
        text = {key: self.scalar(value) for key, (_, value) in fields.items() if key in allowed - {"states"}}
        for key in {"section", "anchor"} - text.keys():
            self.found(node, f"a passage without `{key}`")
        skip, modality = text.get("skip", ""), text.get("modality", "")
        section, anchor, after = (text.get(part, "") for part in ("section", "anchor", "after"))
        iri = "" if skip else passage_iri(self.reading.iri, section, anchor, after, modality)
        self.reading.anchors.append(Anchor(node.start_mark.line + 1, section, anchor, after, skip, iri))
        if "skip" in fields:
            if skip not in SKIPS:
                self.found(node, f"skip: {skip!r} is not one of {', '.join(sorted(SKIPS))}")
            return
        self._check_modality(node, text)
        self._check_once(node, text, iri)
        states = [self.thing(item) for item in self.items(fields["states"][1])] if "states" in fields else []
        if not states:
            self.found(node, "a passage without `states`; give statements, or `skip:` with a reason")
        if (modality or "stated") in FACT_MODALITIES:
            self.reading.facts.add(iri)
        place = {"id": iri, "type": "Passage", "document": self.reading.iri, **text}
        places.append({**place, "modality": modality or "stated", "sequence": str(number)})
        graphs.append({"id": iri, "states": list(states)})

    def _check_once(self, node: yaml.Node, text: dict[str, str], iri: str) -> None:
        same = (*(text.get(part, "") for part in ("section", "anchor", "after")), text.get("modality") or "stated")
        if self.seen & {same, iri}:
            self.found(node, "another passage has the same section, anchor, after and modality; join them")
        self.seen |= {same, iri}

    def _check_modality(self, node: yaml.Node, text: dict[str, str]) -> None:
        modality = text.get("modality", "stated")
        if self.context.values.get(modality) not in MODALITIES:
            self.found(
                node, f"modality: {modality!r} is not one of {', '.join(iri.split('#')[1] for iri in MODALITIES)}"
            )
        if modality == "inferred" and not text.get("because"):
            self.found(node, "an inferred passage must say `because:`, the reader's reason")


MODALITIES = (
    SG.stated, SG.inferred, SG.intended, SG.proposed, SG.permitted, SG.tentative, SG.ambiguous, SG.rejected, SG.denied
)  # fmt: skip
