"""How areas are shaded by a measure, and what the legend says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ..reports.by_kommun import Figure, Measure
from ..reports.classes import Class, classes
from ..reports.geography import amount
from ..texts import Texts

_TONES = {1: (3,), 2: (2, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}


@dataclass(frozen=True, slots=True)
class Shade:
    """A tone (``1`` … ``5``, ``zero``, ``member``, ``open`` or ``none``), with dots, and with a hatch over it."""

    tone: str
    is_dotted: bool = False
    is_hatched: bool = False

    @property
    def name(self) -> str:
        """The tone as a class of the style sheet."""
        return f"c-{self.tone}"

    @property
    def pattern(self) -> str:
        """Name of its pattern; nothing where it is plain."""
        marks = "d" * self.is_dotted + "h" * self.is_hatched
        return f"{self.tone}{marks}" if marks or self.tone in {"member", "open"} else ""


class Shading:
    """A measure in classes: the shade and the short value of every figure.

    Classes differ in tone, and every other one is dotted; what is not a plain statement is hatched.
    """

    def __init__(self, measure: Measure, texts: Texts) -> None:
        self.measure, self.texts = measure, texts
        numbers = [one.number for one in measure.figures.values() if one.number is not None]
        self.classes = classes(numbers, precision=Fraction(1, 10 if measure.kind == "rate" else 1)) if numbers else []
        self._zeros = sum(not one.high for one in self.classes)

    def shade(self, figure: Figure | None) -> Shade:
        """How the area of a figure is filled."""
        group = self._group(figure)
        is_hatched = figure is not None and figure.modality != "stated"
        return Shade(group, is_hatched=is_hatched) if isinstance(group, str) else self._of_class(group, is_hatched)

    def _group(self, figure: Figure | None) -> int | str:
        """The place of its class, or the tone of what has no number."""
        if figure is None:
            return "none"
        if figure.number is None:
            return "member" if self.measure.kind == "place" else "open"
        return next(place for place, one in enumerate(self.classes) if figure.number in one)

    def _of_class(self, place: int, is_hatched: bool) -> Shade:
        if place < self._zeros:
            return Shade("zero", is_hatched=is_hatched)
        tones, place = _TONES[len(self.classes) - self._zeros], place - self._zeros
        return Shade(str(tones[place]), place % 2 == 1, is_hatched)

    def value(self, figure: Figure | None) -> str:
        """What stands on the map: a number in few letters, in brackets where it is not a plain statement."""
        if figure is None:
            return ""
        without = "●" if self.measure.kind == "place" else "…"
        said = without if figure.number is None else self._number(figure.number)
        return said if figure.modality == "stated" else f"({said})"

    def _number(self, number: Fraction) -> str:
        if self.measure.kind == "sek":
            return short_sek(int(number), self.texts)
        return str(number) if self.measure.kind != "rate" else amount(number, self.measure, self.texts)

    def rows(self, kommuner: Iterable[str]) -> list[tuple[Shade, str, int]]:
        """(shade, words, number of kommuner) of the legend, largest numbers first, what is hatched last."""
        figures = [self.measure.figures.get(one) for one in kommuner]
        counts = Counter(map(self._group, figures))
        every = reversed(list(enumerate(self.classes)))
        found = [(self._of_class(place, False), self._label(one), counts[place]) for place, one in every]
        words = {"member": "member", "open": "open", "none": "unnamed"}
        tones = [tone for tone in words if counts[tone]]
        found += [(Shade(tone), self.texts(f"geography.{words[tone]}"), counts[tone]) for tone in tones]
        unsure = Counter(one.modality for one in figures if one is not None and one.modality != "stated")
        hatched = {one: self.texts("geography.hatched", modality=self.texts(f"modality.{one}")) for one in unsure}
        return found + [(Shade("zero", is_hatched=True), hatched[one], unsure[one]) for one in sorted(unsure)]

    def _label(self, one: Class) -> str:
        if one.low == one.high:
            return amount(one.low, self.measure, self.texts)
        if self.measure.kind == "sek":
            low, high = (amount(end, self.measure, self.texts) for end in (one.low, one.high + 1))
            return self.texts("geography.up_to", low=low, high=high)
        return self.texts(
            "geography.from_to", low=self._number(one.low), high=amount(one.high, self.measure, self.texts)
        )


def short_sek(number: int, texts: Texts) -> str:
    """An amount in few letters: ``7,6 mn kr``, ``724 tkr``, ``900 kr``."""
    if number >= 1_000_000:
        tenths = (number + 50_000) // 100_000
        whole = f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}{texts('common.decimal')}{tenths % 10}"
        return texts("geography.million", n=whole)
    return texts("geography.thousand", n=(number + 500) // 1000) if number >= 10_000 else texts.sek(number)


__all__ = ["Shade", "Shading", "short_sek"]
