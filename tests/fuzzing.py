"""Fuzzing led by coverage (atheris): ``python tests/fuzzing.py TARGET FOLDER [option of libFuzzer …]``.

An input that ends in an exception, a broken promise, or too much time or memory is written to FOLDER as ``crash-…``,
``timeout-…`` or ``oom-…``; it becomes a test in `test_fuzzing.py` and is mended.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["samverkansgraf", "yaml"]):
    from targets import SEEDS, TARGETS, WORDS


def _quoted(word: str) -> str:
    """A word as libFuzzer reads it."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n'


def main() -> None:
    """Fuzz one target; what it learns lies in the folder, too, and is where the next run begins."""
    name, place, *options = sys.argv[1:]
    folder = Path(place)
    inputs, words, own = folder / "inputs", folder / "words", folder / "own"
    for made in (inputs, own):
        made.mkdir(parents=True, exist_ok=True)
    words.write_text("".join(map(_quoted, WORDS[name].split())), "ascii")
    for number, seed in enumerate(SEEDS[name]):
        (inputs / f"seed-{number}").write_bytes(seed)
    settings = [f"-artifact_prefix={folder}/", f"-dict={words}", *options, str(inputs)]
    atheris.Setup([sys.argv[0], *settings], TARGETS[name](own))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
