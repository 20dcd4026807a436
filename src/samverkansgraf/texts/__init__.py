"""Words that a person reads, one folder per language and one file per subject; Swedish is the language of the field."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("sv", "en")


class Texts:
    """Sentences and words in one language, by key (``gaps.answer``)."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._folder = Path(__file__).parent / lang
        self._words: dict[str, dict[str, str]] = {}

    def __call__(self, key: str, **values: object) -> str:
        """The text under *key* (``subject.name``) with *values* filled in; an unknown key raises `KeyError`."""
        subject, _, name = key.partition(".")
        return self._subject(subject)[name].format(**values)

    def _subject(self, name: str) -> dict[str, str]:
        """The words of one subject, read when first asked for."""
        if name not in self._words:
            try:
                text = (self._folder / f"{name}.toml").read_text("utf-8")
            except FileNotFoundError:
                raise KeyError(name) from None
            self._words[name] = tomllib.loads(text)
        return self._words[name]

    def count(self, noun: str, number: int) -> str:
        """*number* and its noun in the right form, such as ``1 område`` and ``6 områden``."""
        one, many = self._subject("nouns")[noun].split("/")
        return f"{number} {one if number == 1 else many}"

    def thousands(self, number: int) -> str:
        """*number* with thousands apart so that it does not break: ``7 611 000``."""
        return f"{number:,}".replace(",", self("common.thousands"))

    def sek(self, amount: int) -> str:
        """*amount* as money: ``7 611 000 kr``."""
        return self("common.sek", amount=self.thousands(amount))

    def percent(self, part: int, whole: int) -> str:
        """*part* of *whole* with at most one decimal, half rounded up: ``63,6 %``."""
        tenths = (2000 * part + whole) // (2 * whole)
        number = f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}{self('common.decimal')}{tenths % 10}"
        return self("common.percent", number=number)

    def keys(self) -> set[str]:
        """Every key, for comparing languages."""
        subjects = (file.name.removesuffix(".toml") for file in self._folder.iterdir())
        return {f"{subject}.{name}" for subject in subjects for name in self._subject(subject)}


@cache
def texts(lang: str) -> Texts:
    """The texts of *lang* (``sv`` or ``en``), read once."""
    if lang not in LANGUAGES:
        raise ValueError(f"language {lang!r}; known are {', '.join(LANGUAGES)}")
    return Texts(lang)
