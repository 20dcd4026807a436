"""A seeded workspace the size of the country: kommuner, forums that share members and areas, money, turns, answers.

Documents fill one county after the other, so that a larger graph is more of the country and not a denser one.
"""

from __future__ import annotations

import json
import random
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ..files import made_folder
from ..progress import told
from .agreement import CLASSES, Document, Planted, save, write_area, write_forum
from .counties import counties_of_sweden, county_codes, write_population

PER_COUNTY = 12
"""Agreements of one county."""
FORUMS = 10
QUADS = 4050
"""About so many quads come of one agreement."""
LOOP_EVERY, TWINS_EVERY, DIFFERS_EVERY, LISTED_EVERY = 5, 4, 4, 3
SHARED = ("regional utveckling", "gemensam skola", "nära vård", "klimatomställning")
YEARS = ("2024", "2025", "2026")
TURNS, POSITIONS, PAYERS = 4, 5, 6
STANCES = ("inFavour", "against", "wantsChange")
NETWORKS = tuple(number for number in range(FORUMS) if CLASSES[number % len(CLASSES)] == "Network")
"""Forums of an agreement that are networks; each concerns the area of its number, and a shared one."""


@dataclass(slots=True)
class National:
    """How often each thing was written."""

    documents: int = 0
    forums: int = 0
    areas: int = 0
    tasks: int = 0
    counties: list[str] = field(default_factory=list)
    kommuner: list[str] = field(default_factory=list)
    bases: int = 0
    boards_without_basis: int = 0
    open_things: int = 0
    payments: int = 0
    totals: int = 0
    totals_that_differ: int = 0
    turns: int = 0
    turns_with_year: int = 0
    consultations: int = 0
    positions: int = 0
    loops: int = 0
    twins: int = 0
    exact: dict[str, list[str]] = field(default_factory=dict)
    """What was planted for a report to find, by kind: the things themselves, as short names."""

    def plant(self, kind: str, thing: str) -> None:
        """One more thing to be found."""
        self.exact.setdefault(kind, []).append(thing)


def documents_for(quads: int) -> int:
    """How many agreements give about *quads*, the package's own left out."""
    return max(2, round(quads / QUADS))


def write_national(
    folder: Path, documents: int, *, seed: int = 2024, kommuner: int = 290, first: int = 0
) -> National:  # fmt: skip
    """Write a workspace of *documents* agreements in so many counties as hold at most *kommuner* kommuner.

    The same arguments give the same bytes. *first* is the number of the first agreement: a country that is too large to
    build at once is written in parts. ``planted.json`` counts what was written and lists what is to be found.
    """
    made, base = National(), Planted()
    for name in ("data", "sources"):
        made_folder(folder / name)
    (folder / "samverkansgraf.toml").write_text('[prefixes]\nsyn = "https://example.org/syn/"\n', "utf-8")
    counties = counties_of_sweden()
    write_population(folder, counties, seed)
    codes = county_codes(counties, kommuner)
    for number in told(range(first, first + documents), "Writing"):
        document = Document(number, random.Random(f"national-{seed}-{number}"), base)  # noqa: S311 - a seeded example
        code = codes[number // PER_COUNTY % len(codes)]
        _Writer(document, code, counties[code], made).write()
        save(document, folder)
        made.documents += 1
    made.forums += base.forums
    made.areas += base.areas
    made.tasks += base.forums
    made.bases += base.forums
    (folder / "planted.json").write_text(json.dumps(asdict(made), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return made


def _with_network() -> set[int]:
    """Areas of an agreement that a network concerns: its own, and every area above that."""
    found: set[int] = set()
    for number in NETWORKS:
        while number not in found:
            found.add(number)
            number //= 3  # noqa: PLW2901 - the area above, see `write_area`
    return found


class _Writer:
    """One agreement of one county."""

    def __init__(self, document: Document, code: str, kommuner: list[str], made: National) -> None:
        self.document, self.code, self.kommuner, self.made = document, code, kommuner, made
        self.region, self.group = f"region:{code}", document.name("kommunerna")

    @property
    def number(self) -> int:
        return self.document.number

    def some(self, most: int) -> list[str]:
        """Some kommuner of the county, sorted."""
        return sorted(self.document.chance.sample(self.kommuner, min(most, len(self.kommuner))))

    def shared(self, number: int) -> str:
        """An area that all agreements of the county have."""
        return f"syn:lan-{self.code}-omrade-{number % len(SHARED)}"

    def write(self) -> None:
        """The whole agreement."""
        self._beginning()
        for number in range(FORUMS):
            write_area(self.document, number)
            if number not in _with_network():
                self.made.plant("area without network", self.document.name(f"omrade-{number}"))
            write_forum(self.document, number, self.region, self.group)
            if number % 12 == 1:  # write_forum lets each of a group appoint, and does not say who is in it
                self.made.plant("group without members", self.document.name(f"grupp-{number}"))
            if number % 12 == 2:  # write_forum leaves its seats open
                self.made.open_things += 1
                self.made.plant("seats left open", self.document.name(f"forum-{number}-platser"))
            self._belongs(number)
        for part in (self._loop, self._twins, self._money, self._turns, self._consultation, self._board, self._route):
            self.document.heading(part.__name__.strip("_"))
            part()

    def _beginning(self) -> None:
        document, whole = self.document, f"doc:{self.document.stem}"
        document.heading("Inledning")
        if self.number % LISTED_EVERY == 2:
            group = f"type: Group, name: kommunerna i krets {self.number}, hasMember: [{', '.join(self.some(7))}]"
        else:
            group = (
                f"type: Group, name: kommunerna i avtal {self.number}, ofClass: Municipality, inCounty: lan:{self.code}"
            )
            self.made.kommuner = sorted({*self.made.kommuner, *self.kommuner})
        document.passage(
            f"Överenskommelse {self.number} gäller mellan regionen och kommunerna",
            f'id: {whole}, validFrom: "2023", validUntil: "2026-06", party: [{self.region}, {self.group}]',
            f"id: {self.group}, {group}",
        )
        for number, name in enumerate(SHARED):
            area = f'id: {self.shared(number)}, type: CooperationArea, name: "{name} i län {self.code}"'
            document.passage(f"Området {name} är gemensamt", area)
        if self.code not in self.made.counties:
            self.made.counties.append(self.code)
            self.made.areas += len(SHARED)
            for number in set(range(len(SHARED))) - {one % len(SHARED) for one in NETWORKS}:
                self.made.plant("area without network", self.shared(number))

    def _belongs(self, number: int) -> None:
        forum, name = self.document.name(f"forum-{number}"), f"{self.number}:{number}"
        listed = f"id: {forum}, hasMember: [{', '.join(self.some(3 + number % 4))}]"
        states = [f"id: {forum}, concerns: {self.shared(number)}"]
        states += [listed] if number % 12 > 2 else []
        self.document.passage(f"Forumet {name} arbetar med länets område och i det ingår", *states)
        if number % 3 == 0:
            self.document.passage(
                f"Vem som är ordförande i forumet {name} bestäms senare", f"id: {forum}, leavesOpen: Chair"
            )
            self.made.open_things += 1
            self.made.plant("chair left open", forum)

    def _loop(self) -> None:
        """The first forum under the last, which is under it: 0 → 9 → 4 → 1 → 0."""
        if self.number % LOOP_EVERY == 0:
            ends = self.document.name("forum-0"), self.document.name(f"forum-{FORUMS - 1}")
            self.document.passage("Det första forumet redovisar till det sista", f"id: {ends[0]}, reportsTo: {ends[1]}")
            self.made.loops += 1
            for number in (0, 1, 4, 9):
                self.made.plant("loop", self.document.name(f"forum-{number}"))

    def _twins(self) -> None:
        if self.number % TWINS_EVERY:
            return
        members, area = ", ".join(self.some(4)), self.document.name("tvillingar")
        self.document.passage(
            "Ett eget område har två nätverk", f'id: {area}, type: CooperationArea, name: "lokalt {self.number}"'
        )
        for place in "ab":
            self.document.passage(
                f"Nätverket {place} har samma kommuner",
                f'id: {area}-{place}, type: Network, name: "Nätverket {self.number}{place}", concerns: {area}, '
                f"hasMember: [{members}]",
            )
        self.made.twins += 1
        self.made.plant("twins", f"{area}-a")
        self.made.plant("twins", f"{area}-b")
        self.made.forums += 2
        self.made.areas += 1

    def _money(self) -> None:
        for year in YEARS:
            parts, amounts = [], []
            for payer in self.some(PAYERS):
                one, amount = self.document.name(f"bidrag-{year}-{payer[7:]}"), self.document.chance.randrange(50, 900)
                self.document.passage(
                    f"Bidraget {year} från {payer[7:]} är",
                    f"id: {one}, type: Contribution, payer: {payer}, payee: {self.region}, amount: {amount * 1000}, "
                    f'forYear: "{year}", purpose: den gemensamma samverkan {self.number}',
                )
                parts.append(one)
                amounts.append(amount * 1000)
            apart = 1000 if self.number % DIFFERS_EVERY == 1 else 0
            self.document.passage(
                f"Summan {year} är",
                f"id: {self.document.name(f'summa-{year}')}, type: StatedTotal, amount: {sum(amounts) + apart}, "
                f'forYear: "{year}", sumOf: [{", ".join(parts)}]',
            )
            self.made.payments += len(parts)
            self.made.totals += 1
            self.made.totals_that_differ += bool(apart)
            if apart:
                self.made.plant("total that differs", self.document.name(f"summa-{year}"))

    def _turns(self) -> None:
        rotation, forum = self.document.name("vardskap"), self.document.name("forum-0")
        hosts = self.some(TURNS)
        self.document.passage(
            f"Värdskapet {self.number} växlar",
            f"id: {rotation}, type: Group, name: Värdkommuner {self.number}, hasMember: [{', '.join(hosts)}], "
            'validFrom: "2024", validUntil: "2026"',
        )
        for order, host in enumerate(hosts, 1):
            self.document.passage(
                f"Tur {order} har",
                f"id: {rotation}-{order}, type: HostTerm, calledHere: Värdskap {self.number}.{order}, "
                f'partOf: {rotation}, forum: {forum}, host: {host}, order: "{order}"',
            )
        self.made.turns += len(hosts)
        self.made.turns_with_year += min(len(hosts), len(YEARS))

    def _consultation(self) -> None:
        round_ = self.document.name("remiss")
        self.document.passage(
            f"Förslaget {self.number} har varit på remiss hos kommunerna",
            f"id: {round_}, type: Consultation, calledHere: Remissen {self.number}, asked: {self.group}, "
            f"concerns: {self.shared(0)}",
        )
        for place, actor in enumerate(self.some(POSITIONS)):
            self.document.passage(
                f"Kommunen {actor[7:]} svarar",
                f"id: {round_}-{place}, type: Position, actor: {actor}, inConsultation: {round_}, "
                f"stance: {STANCES[place % len(STANCES)]}, concerns: {self.shared(0)}, "
                f'matter: "{self.document.words(5)}"',
            )
            self.made.positions += 1
        self.made.consultations += 1

    def _board(self) -> None:
        board, hosts = self.document.name("namnd"), self.some(3)
        based = self.number % 2 == 0
        self.document.passage(
            f"Nämnden {self.number} är gemensam för",
            f'id: {board}, type: JointBoard, name: "Nämnden {self.number}", hasMember: [{", ".join(hosts)}], '
            f"concerns: {self.document.name('omrade-1')}",
            f"id: {hosts[0]}, hosts: {board}",
            *([f"id: {board}, legalBasis: lag:2017-725"] if based else []),
        )
        self.made.forums += 1
        self.made.bases += based
        self.made.boards_without_basis += not based
        if not based:
            self.made.plant("board without statute", board)

    def _route(self) -> None:
        chief, forum, area = self.document.name("forum-0"), self.document.name("forum-3"), self.shared(0)
        self.document.passage(
            f"Ärenden i området bereds i forum {self.number} och beslutas av det första",
            f"id: {forum}-bereder, type: Flow, from: {forum}, verb: preparesFor, to: {chief}, concerns: {area}",
            f"id: {forum}-samrad, type: Flow, from: {chief}, verb: consults, toEach: {self.group}, concerns: {area}",
            f"id: {forum}-beslut, type: Flow, from: {chief}, verb: decides, to: {area}, concerns: {area}",
        )
