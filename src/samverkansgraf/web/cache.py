"""What was made before and may be given again, bounded by its size."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Cache(Generic[Value]):
    """Values by key; those not asked for longest go when all together are larger than *most* bytes."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()

    def get(self, key: Hashable) -> Value | None:
        """The value under *key*, if it is still there."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def keep(self, key: Hashable, value: Value, size: int) -> None:
        """Keep *value*, of *size* bytes; one that would take a quarter of the room is not kept."""
        if size > self._most // 4 or key in self._kept:
            return
        self._kept[key] = value, size
        self._size += size
        while self._size > self._most:
            _, (_, freed) = self._kept.popitem(last=False)
            self._size -= freed
