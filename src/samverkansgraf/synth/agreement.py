"""Seeded workspaces of any size, shaped like `data/vasterbotten`: source texts, and documents anchored in them."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from pathlib import Path

from ..anchors import digest
from ..files import made_folder

FORUMS = 12
"""Forums of one document; each gives eight to nine passages, so that a document is as long as a real agreement."""
COUNTIES = ("03", "04", "05", "06", "07", "08", "20", "21", "22", "23", "24", "25")
CLASSES = ("PoliticalForum", "OfficialsForum", "Network", "WorkingGroup")
KINDS = {
    "PoliticalForum": "Samrådet",
    "OfficialsForum": "Chefsgruppen",
    "Network": "Nätverket",
    "WorkingGroup": "Arbetsgruppen",
}
SUBJECTS = ("kollektivtrafik", "näringsliv", "kultur", "besöksnäring", "skola", "social välfärd", "klimat", "bredband",
            "kompetensförsörjning", "folkhälsa", "samhällsplanering", "krisberedskap")  # fmt: skip
WORDS = ("hållbar", "länets", "gemensamma", "utveckling", "kommunerna", "regionen", "långsiktig", "dialog", "frågor",
         "ansvar", "arbetet", "stödja", "planera", "följa", "upp", "genomföra", "resurser", "invånare", "verksamhet",
         "mål", "insatser", "lokalt", "regionalt", "nationellt", "tillgänglig", "kunskap", "möten")  # fmt: skip


@dataclass(slots=True)
class Planted:
    """What was written, to be found again in the built graph."""

    documents: int = 0
    passages: int = 0
    skips: int = 0
    forums: int = 0
    proposed_forums: int = 0
    allocations: int = 0
    flows: int = 0
    areas: int = 0
    periods: int = 0
    unknown_groups: int = 0


@dataclass(slots=True)
class Document:
    """One document being written: its text, its passages, and the prefix of its names."""

    number: int
    chance: random.Random
    planted: Planted
    text: list[str] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)
    section: str = "Inledning"

    @property
    def stem(self) -> str:
        """Name of its files."""
        return f"synt-{self.number:04d}"

    def name(self, local: str) -> str:
        """Short IRI of a thing of this document."""
        return f"syn:d{self.number}-{local}"

    def words(self, count: int) -> str:
        """Running Swedish words."""
        return " ".join(self.chance.choices(WORDS, k=count))

    def heading(self, title: str) -> None:
        """Begin a section."""
        self.section = title
        self.text.append(f"\n## {title}\n")

    def sentence(self, start: str) -> str:
        """Write a sentence that begins with *start*, broken over two lines; return its anchor."""
        end = f"{self.words(3)} {len(self.text)}"
        self.text.append(f"{start} {self.words(7)}\n{self.words(4)} <i>{end}</i>.\n")
        return f"{start} … {end}"

    def passage(self, start: str, *states: str, **also: str) -> str:
        """Write a sentence and the passage that states *states*; return its anchor."""
        anchor = self.sentence(start)
        self.passage_at(anchor, *states, **also)
        return anchor

    def passage_at(self, anchor: str, *states: str, **also: str) -> None:
        """A passage at an anchor that is already in the text."""
        lines = [f"  - section: {self.section}", f"    anchor: {json.dumps(anchor, ensure_ascii=False)}"]
        lines += [f"    {key}: {value}" for key, value in also.items()]
        self.passages += [*lines, "    states:", *(f"      - {{{state}}}" for state in states)]
        self.planted.passages += 1

    def skip(self, start: str, reason: str) -> None:
        """Write a sentence that is skipped."""
        anchor = json.dumps(self.sentence(start), ensure_ascii=False)
        self.passages.append(f"  - {{skip: {reason}, section: {self.section}, anchor: {anchor}}}")
        self.planted.skips += 1


def write_workspace(folder: Path, documents: int, *, forums: int = FORUMS, seed: int = 2024) -> Planted:
    """Write a workspace of *documents* documents in as many collections; the same arguments give the same bytes."""
    planted = Planted()
    for name in ("data", "sources"):
        made_folder(folder / name)
    (folder / "samverkansgraf.toml").write_text('[prefixes]\nsyn = "https://example.org/syn/"\n', "utf-8")
    for number in range(documents):
        document = Document(number, random.Random(f"{seed}-{number}"), planted)  # noqa: S311 - a seeded example
        _fill(document, forums)
        save(document, folder)
        planted.documents += 1
    return planted


def save(document: Document, folder: Path) -> None:
    """Write the text and the passages of *document*."""
    text = "\n".join([f"# Överenskommelse {document.number}\n", *document.text]).encode()
    (folder / "sources" / f"{document.stem}.txt").write_bytes(text)
    head = f"""\
id: doc:{document.stem}
type: Agreement
name: Överenskommelse {document.number}
status: adopted
collection: {{id: samling:{document.stem}, type: Collection, name: Samling {document.number}}}
sourceFile: {document.stem}.txt
sourceHash: {digest(text)}
passages:
"""
    place = folder / "data" / document.stem
    made_folder(place)
    (place / f"{document.stem}.yaml").write_text(head + "\n".join(document.passages) + "\n", "utf-8")


def _fill(document: Document, forums: int) -> None:
    county = document.chance.choice(COUNTIES)
    whole, region, group = f"doc:{document.stem}", f"region:{county}", document.name("kommunerna")
    document.skip("Innehållsförteckning Inledning Samverkan", "contents")
    document.heading("Inledning")
    document.passage(
        f"Överenskommelse {document.number} gäller mellan regionen och kommunerna",
        f'id: {whole}, validFrom: "2023", validUntil: "2026-06", party: [{region}, {group}]',
        f"id: {group}, type: Group, name: kommunerna i län {county}, ofClass: Municipality, inCounty: lan:{county}",
    )
    document.planted.periods += 1
    for number in range(forums):
        write_area(document, number)
        write_forum(document, number, region, group)


def write_area(document: Document, number: int) -> None:
    """An area under the one above it, its goal and its background."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    document.heading(f"Område {number} {subject}")
    area, parent = document.name(f"omrade-{number}"), document.name(f"omrade-{number // 3}")
    broader = f", broader: {parent}" if number else ""
    document.passage(
        f"Området {subject} {number} omfattar",
        f'id: {area}, type: CooperationArea, name: {subject} {number}{broader}, matter: "{document.words(6)}"',
        f'id: {area}-mal, type: Goal, name: "{document.words(4)} {number}", concerns: {area}',
    )
    document.skip(f"Bakgrunden till {subject} {number} är", "background")
    document.planted.areas += 1


def write_forum(document: Document, number: int, region: str, group: str) -> None:
    """A forum with its place in the chain of reporting, its chair, flow, task and seats."""
    kind = CLASSES[number % len(CLASSES)]
    title = f"{KINDS[kind]} {document.number}:{number}"
    forum, area, whole = document.name(f"forum-{number}"), document.name(f"omrade-{number}"), f"doc:{document.stem}"
    first = document.passage(
        f"{title} är ett forum för",
        f'id: {forum}, type: {kind}, name: "{title}", abbreviation: F{document.number}-{number}, concerns: {area}',
        f"id: {forum}, governedBy: {whole}, legalBasis: lag:2010-630",
    )
    above = document.name(f"forum-{(number - 1) // 2}") if number else region
    document.passage(
        f"{title} rapporterar till",
        f"id: {forum}, reportsTo: {above}, preparesFor: {above}",
        f"id: {forum}-ordforande, type: Post, name: ordförande {number}, postIn: {forum}, role: Chair",
    )
    reason = "Forumet nämns under rubriken för sitt område."
    document.passage_at(first, f"id: {area}, responsible: {forum}", modality="inferred", because=reason)
    document.passage(
        f"Regionen informerar {title} om",
        f'id: {forum}-flode, type: Flow, from: {region}, verb: informs, to: {forum}, matter: "{document.words(5)}"',
        f"id: {forum}, supportedBy: {region}",
    )
    _write_duties(document, number, title, group)
    planted = document.planted
    planted.forums, planted.flows = planted.forums + 1, planted.flows + 1
    planted.proposed_forums, planted.periods = planted.proposed_forums + 1, planted.periods + 1


def _write_duties(document: Document, number: int, title: str, group: str) -> None:
    """The task of a forum, its seats, and a part that is only proposed."""
    forum, area = document.name(f"forum-{number}"), document.name(f"omrade-{number}")
    name = title.partition(" ")[0]
    task, start = f"{forum}-uppdrag", f"2024-{number % 12 + 1:02d}-01"
    document.passage(
        f"Uppdraget för {title} är att",
        f'id: {task}, type: Assignment, name: "{document.words(5)} {number}", assignedTo: {forum}, concerns: {area}',
        f'id: {task}, validFrom: "{start}", validUntil: "2025", aim: "{document.words(6)}"',
    )
    document.passage(f"Ledamöter i {title} utses", *_allocation(document, number, forum, group))
    document.passage(
        f"Det föreslås att {title} delas",
        f"id: {forum}-utskott, type: PoliticalForum, name: {name} utskott {number}, partOf: {forum}",
        modality="proposed",
    )


def _allocation(document: Document, number: int, forum: str, group: str) -> list[str]:
    document.planted.allocations += 1
    start = f"id: {forum}-platser, type: SeatAllocation, forum: {forum}"
    if number % FORUMS == 0:
        return [f'{start}, appointedByEach: {group}, membersEach: "2", substitutesEach: "1"']
    if number % FORUMS == 1:
        document.planted.unknown_groups += 1
        unknown = document.name(f"grupp-{number}")
        return [
            f'{start}, appointedByEach: {unknown}, membersEach: "1"',
            f"id: {unknown}, type: Group, name: parterna {number}",
        ]
    if number % FORUMS == 2:
        return [f"{start}, appointedBy: {group}, leavesOpen: members"]
    return [f'{start}, appointedBy: {group}, members: "{number + 3}"', f'id: {forum}, seats: "{number + 3}"']
