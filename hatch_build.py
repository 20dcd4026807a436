"""Puts the man page in the wheel: made of the commands as they are, so that it is never stale."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ManPage(BuildHookInterface):
    """Writes ``samverkansgraf.1`` and has it installed as ``share/man/man1``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the page before the wheel is put together; an editable install needs none."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from samverkansgraf.cli import main
        from samverkansgraf.cli.man import man_page

        page = Path(self.directory) / "samverkansgraf.1"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(man_page(main, self.metadata.version), "utf-8")
        build_data["shared_data"][str(page)] = "share/man/man1/samverkansgraf.1"
