"""Install Debian packages that tests use, where this may be done: ``python scripts/install_system.py PACKAGE …``.

Never fails: tests that need what is missing skip and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def installed(package: str) -> bool:
    """Whether Debian's package manager knows *package* as installed."""
    asked = subprocess.run(["dpkg-query", "-W", "-f=${Status}", package], capture_output=True, text=True, check=False)
    return asked.stdout == "install ok installed"


def main(packages: list[str]) -> None:
    """Install what is missing, as root on Debian or its kin; elsewhere say what to install."""
    if shutil.which("apt-get") is None:
        print(f"Not on a Debian system; some tests need {', '.join(packages)} and skip without.")
        return
    missing = [package for package in packages if not installed(package)]
    if not missing:
        return
    if os.geteuid() != 0:
        print(f"Some tests need {', '.join(missing)} and skip without: sudo apt-get install {' '.join(missing)}")
        return
    print(f"Installing {', '.join(missing)} for the tests …", flush=True)
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *missing]):
        done = subprocess.run(
            ["apt-get", *words], check=False, stdout=subprocess.DEVNULL,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        )  # fmt: skip
    if done.returncode:
        print(f"apt-get could not install {', '.join(missing)}; the tests that need them skip.")


if __name__ == "__main__":
    main(sys.argv[1:])
