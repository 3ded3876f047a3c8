"""How the columns of a list share its width: figures and states stand whole, texts share what is left by need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: To what texts are pressed, step by step, before the heads of figures are cut, and after.
SOFT, LEAST, TIGHT = 132, 84, 64
#: The column that grows is pressed less.
GROWN = 44
#: What remains of a column with nothing in it, and of one with figures whose head is longer.
EMPTY, NARROW = 56, 72
#: A state or a figure wider than this is pressed like a text.
SENTENCE = 220


@dataclass(frozen=True, slots=True)
class Need:
    """What one column needs, in pixels. ``cells`` 0: nothing stands in it. ``drawn``: a person gave it its width."""

    head: int
    cells: int
    wish: int = 0               # the width its page gives it where there is room
    grows: bool = False
    text: bool = True
    drawn: int = 0

    @property
    def whole(self) -> int:
        """What it takes to show head and cells whole."""
        return max(self.head, self.cells)

    @property
    def pressed(self) -> bool:
        """Whether it is cut where there is too little room."""
        return self.grows or self.text or self.cells > SENTENCE


def share(needs: Mapping[int, Need], room: int) -> dict[int, int]:
    """The width of each column. Where there is too little room for the least widths they are wider together than
    ``room``, and the list is scrolled sideways."""
    widths = {at: need.drawn or max(need.wish if not need.grows else 0, need.whole) for at, need in needs.items()}
    free = {at: need for at, need in needs.items() if not need.drawn}
    texts = {at: need for at, need in free.items() if need.pressed and need.cells}
    for floors in (
        {at: need.whole for at, need in free.items()},
        {at: min(need.head, EMPTY) for at, need in free.items() if not need.cells and not need.grows},
        {at: _floor(need, SOFT) for at, need in texts.items()},
        {at: max(need.cells, min(need.head, NARROW)) for at, need in free.items() if need.cells and not need.pressed},
        {at: _floor(need, LEAST) for at, need in texts.items()},
        {at: _floor(need, TIGHT) for at, need in texts.items()},
    ):
        if sum(widths.values()) <= room:
            break
        _level(widths, floors, room)
    spare = room - sum(widths.values())
    growing = [at for at, need in needs.items() if need.grows and not need.drawn]
    if spare > 0 and growing:
        for place, at in enumerate(growing):
            widths[at] += spare // len(growing) + (spare % len(growing) if place == 0 else 0)
    return widths


def _floor(need: Need, least: int) -> int:
    return min(need.whole, least + (GROWN if need.grows else 0))


def _level(widths: dict[int, int], floors: Mapping[int, int], room: int) -> None:
    """Lower the widest of the columns named in ``floors``, none below its floor, until all fit into ``room``."""

    def at_level(level: int) -> dict[int, int]:
        return {at: max(min(widths[at], level), min(floor, widths[at])) for at, floor in floors.items()}

    others = sum(width for at, width in widths.items() if at not in floors)
    low, high = 0, max((widths[at] for at in floors), default=0)
    while low < high:
        middle = (low + high + 1) // 2
        if others + sum(at_level(middle).values()) <= room:
            low = middle
        else:
            high = middle - 1
    widths.update(at_level(low))
