"""Readable classes of numbers, for pictures that can tell only a few apart."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

MOST = 5
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Class:
    """Numbers from *low* up to *high*, both included, at the precision of the numbers; *count* of them fall in it."""

    low: Fraction
    high: Fraction
    count: int

    def __contains__(self, number: Fraction) -> bool:
        return self.low <= number <= self.high


def classes(numbers: Collection[Fraction], *, precision: Fraction = Fraction(1)) -> list[Class]:
    """At most five classes of *numbers* (multiples of *precision*, none below 0), lowest first, none of them empty.

    Few distinct numbers are a class each. Otherwise breaks are round numbers, evenly apart (then none between them is
    empty) or 1, 2, 5, 10 …, whichever spreads the numbers most evenly over the classes; among equals fewer classes,
    then even steps. Zero is always alone.
    """
    zeros = sum(number == 0 for number in numbers)
    counts = Counter(number for number in numbers if number)
    alone = [Class(Fraction(0), Fraction(0), zeros)] if zeros else []
    room = MOST - len(alone)
    if len(counts) <= room:
        return alone + [Class(number, number, counts[number]) for number in sorted(counts)]
    low, high = min(counts), max(counts)
    even = [_cut(counts, breaks, precision) for breaks in _steps(low, high)]
    whole = [one for one in even if all(a.high + precision == b.low for a, b in pairwise(one))]
    found = [*whole, *(_cut(counts, breaks, precision) for breaks in _series(low, high))]
    fitting = [one for one in found if 1 < len(one) <= room]
    return alone + max(fitting, key=lambda one: (round(_evenness(one), 9), -len(one)))


def _steps(low: Fraction, high: Fraction) -> Iterator[list[Fraction]]:
    """Breaks from below *low* to above *high*, evenly apart by 1, 2 or 5 of any power of ten."""
    for power in range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1):
        for one in _STEPS:
            step = one * Fraction(10) ** power
            first, last = math.floor(low / step), math.floor(high / step) + 1
            if last - first <= MOST:
                yield [step * place for place in range(first, last + 1)]


def _series(low: Fraction, high: Fraction) -> Iterator[list[Fraction]]:
    """Breaks that grow: 1, 2, 5, 10 … and thinner series of these; last a single break in the middle, which always fits."""  # noqa: E501
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 2)
    series = [one * Fraction(10) ** power for power in powers for one in _STEPS]
    yield series
    yield [one for place, one in enumerate(series) if place % 3 != 1]
    yield series[::3]
    yield [Fraction(0), *_halved(series, low, high)]


def _halved(series: list[Fraction], low: Fraction, high: Fraction) -> list[Fraction]:
    """The one break of *series* that is nearest the middle of *low* and *high*, and one above."""
    middle = (low + high) / 2
    inside = [one for one in series if low < one <= high]
    return [min(inside, key=lambda one: abs(one - middle), default=high), 10 * series[-1]]


def _cut(counts: Counter[Fraction], breaks: list[Fraction], precision: Fraction) -> list[Class]:
    """Classes between *breaks*, each from a break to just below the next; empty ones left out."""
    found = []
    for low, high in pairwise(breaks):
        count = sum(number for value, number in counts.items() if low <= value < high)
        if count:
            first = max(math.ceil(low / precision) * precision, precision)
            found.append(Class(first, math.ceil(high / precision) * precision - precision, count))
    return found


def _evenness(found: list[Class]) -> float:
    """Entropy of the spread over the classes."""
    whole = sum(one.count for one in found)
    return -sum(one.count / whole * math.log(one.count / whole) for one in found)


__all__ = ["Class", "classes"]
