"""What an answer in CSV says, whatever the engine: number of rows and a digest of them, in any order."""

import csv
import hashlib


def digest(answer: bytes) -> tuple[int, str]:
    """(rows, SHA-256 of the sorted rows, the heading among them)."""
    rows = sorted("\x1f".join(row) for row in csv.reader(answer.decode().splitlines()))
    return len(rows) - 1, hashlib.sha256("\x1e".join(rows).encode()).hexdigest()


def memory() -> int:
    """Most memory that this process has had, in MiB."""
    with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123 - a peer needs nothing but Python
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM:")) // 1024
