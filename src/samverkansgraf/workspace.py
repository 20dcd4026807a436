"""Where the folders are: the package's own, and those of the workspace around the current directory."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import quote

from .errors import WorkspaceError
from .texts import LANGUAGES

MARKER = "samverkansgraf.toml"
EMBEDDED = "embedded"
"""The store that is the built graph in memory."""
SETTINGS = {
    "prefixes": dict, "sources": str, "store": str, "language": str, "publisher": str, "contact": str,
    "licence": str, "gaps": dict, "report_errors": str,
}  # fmt: skip

_REPORTED_TO = re.compile(r"(?:mailto:)?[^\s@/:<>\"']+@[^\s@/:<>\"']+|https:\S*")


@cache
def package_root() -> Path:
    """Folder with the package's ontology, queries and data: ``share/`` in a wheel, the checkout otherwise."""
    here = Path(__file__).resolve().parent
    return here / "share" if (here / "share").is_dir() else here.parents[1]


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders a command works on.

    ``root`` is None where no workspace was found: then the package's own documents and built graph are used.
    """

    root: Path | None
    settings: Mapping[str, object] = field(default_factory=dict)
    store: str | None = None
    """Address of a store that the caller asks for; it stands above the environment and the settings."""

    @classmethod
    def find(cls, start: Path) -> Workspace:
        """Look for ``samverkansgraf.toml`` in *start* and its parents."""
        for folder in (start.resolve(), *start.resolve().parents):
            if (folder / MARKER).is_file():
                return cls(folder, _settings(folder / MARKER))
        return cls(None)

    @property
    def is_package(self) -> bool:
        """Whether the workspace is the checkout that the package itself lives in."""
        return self.root is not None and self.root == package_root()

    @property
    def prefixes(self) -> dict[str, str]:
        """Prefixes the workspace adds, name → IRI."""
        table = self.settings.get("prefixes", {})
        assert isinstance(table, dict)
        return {str(name): str(iri) for name, iri in table.items()}

    @property
    def language(self) -> str:
        """``sv`` unless the settings say otherwise."""
        return str(self.settings.get("language", "sv"))

    def report_errors(self, about: str, subject: str) -> str:
        """Where a mistake about *about* is reported: as the settings say, else their contact, else nothing.

        A letter by e-mail has a *subject*; an address on the web may have a place for ``{iri}``.
        """
        address = str(self.settings.get("report_errors") or self.settings.get("contact") or "")
        if "@" in address and "/" not in address:
            return f"mailto:{address.removeprefix('mailto:')}?subject={quote(subject)}&body={quote(about)}"
        return address.replace("{iri}", quote(about, safe=""))

    @property
    def store_address(self) -> str:
        """`EMBEDDED`, a folder or an address: what the caller asks for, else SAMVERKANSGRAF_STORE, else the setting.

        A folder in the settings is meant from the workspace.
        """
        if named := self.store or os.environ.get("SAMVERKANSGRAF_STORE"):
            return named
        setting = str(self.settings.get("store", EMBEDDED))
        return setting if setting == EMBEDDED or "://" in setting or not self.root else str(self.root / setting)

    def folders(self, name: str) -> list[Path]:
        """Folders *name* that apply: the package's, then the workspace's own (each once, only those that exist)."""
        places = dict.fromkeys([package_root() / name, *([self.root / name] if self.root else [])])
        return [place for place in places if place.is_dir()]

    def data_files(self) -> Iterator[tuple[Path, Path]]:
        """Yield (data folder, file) for every input file, sorted; reference data of the package always applies."""
        for folder in self.folders("data"):
            foreign = self.root is not None and not self.is_package and folder == package_root() / "data"
            for path in sorted((folder / "reference" if foreign else folder).rglob("*")):
                hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
                if not hidden and (path.is_file() or path.is_symlink()):  # a link to nowhere is told, not passed over
                    yield folder, path

    @property
    def graph_folder(self) -> Path:
        """Where the built graph lies."""
        return (self.root or package_root()) / "graph"

    @property
    def graph_file(self) -> Path:
        """The built graph; `WorkspaceError` says how to make it when it is missing."""
        path = self.graph_folder / "samverkansgraf.nq"
        if not path.is_file():
            raise WorkspaceError(f"{path} does not exist; run `samverkansgraf build` first.")
        return path

    @property
    def map_file(self) -> Path:
        """Where the map is written unless told otherwise: with the graph, or here when there is no workspace."""
        return (self.root / "graph" if self.root else Path.cwd()) / "karta.html"

    @property
    def sources_home(self) -> Path:
        """Where a new source is written: the folder that the settings name, else ``sources``."""
        assert self.root is not None
        return self.root / str(self.settings.get("sources", "sources"))

    def source_folders(self, option: Path | None = None) -> list[Path]:
        """Folders in which source texts are looked for, best first; an option that names no folder is an error."""
        if option is not None and not option.is_dir():
            raise WorkspaceError(f"{option} is not a folder; give the folder that holds the source texts.")
        named = self.settings.get("sources")
        places = [
            option,
            Path(os.environ["SAMVERKANSGRAF_SOURCES"]) if os.environ.get("SAMVERKANSGRAF_SOURCES") else None,
            self.root / str(named) if self.root and named else None,
            self.root / "sources" if self.root else None,
        ]
        return [place for place in places if place is not None and place.is_dir()]


def _settings(path: Path) -> dict[str, object]:
    try:
        settings = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise WorkspaceError(f"{path}: cannot be read as TOML: {exc}") from exc
    for key, value in settings.items():
        if key not in SETTINGS:
            raise WorkspaceError(f"{path}: unknown setting {key!r}; known are {', '.join(SETTINGS)}.")
        if not isinstance(value, SETTINGS[key]):
            raise WorkspaceError(f"{path}: {key!r} should be a {'table' if SETTINGS[key] is dict else 'string'}.")
    if not _REPORTED_TO.fullmatch(str(settings.get("report_errors", "https:"))):
        seen = f"{path}: report_errors {settings['report_errors']!r}"
        raise WorkspaceError(f"{seen}: give an e-mail address, or an https address where {{iri}} stands for the page.")
    if settings.get("language", "sv") not in LANGUAGES:
        raise WorkspaceError(f"{path}: language {settings['language']!r}; known are {', '.join(LANGUAGES)}.")
    return settings
