"""Pairs of sets that are nearly the same, without comparing every set with every other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import ceil

_SLACK = 1e-9


def near_pairs(sets: Sequence[frozenset[str]], threshold: float) -> list[tuple[int, int, int]]:
    """Pairs (i, j, how many they share) with i < j whose Jaccard index is at least *threshold*, sorted; exact.

    Two sets that are this near share one of the rarest members of each (Chaudhuri, Ganti and Kaushik 2006), so only
    those are indexed and only sets that meet there are compared. Empty sets are near nothing. *threshold* lies above 0
    and at most at 1; anything else raises `ValueError`.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold {threshold}; it lies above 0 and at most at 1")
    times = Counter(member for one in sets for member in one)
    index: dict[str, list[int]] = {}
    found = []
    for place in sorted((i for i, one in enumerate(sets) if one), key=lambda i: (len(sets[i]), i)):
        one = sets[place]
        needed = ceil(threshold * len(one) - _SLACK)
        rarest = sorted(one, key=lambda member: (times[member], member))[: len(one) - needed + 1]
        for other in {other for member in rarest for other in index.get(member, ())}:
            if len(sets[other]) < needed:
                continue
            shared = len(one & sets[other])
            if shared >= threshold * (len(one) + len(sets[other]) - shared) - _SLACK:
                found.append((min(place, other), max(place, other), shared))
        for member in rarest:
            index.setdefault(member, []).append(place)
    return sorted(found)


def jaccard(one: frozenset[str], other: frozenset[str]) -> float | None:
    """Shared members divided by all members; nothing when either set is empty.

    >>> jaccard(frozenset("abc"), frozenset("bcd"))
    0.5
    """
    return len(one & other) / len(one | other) if one and other else None
