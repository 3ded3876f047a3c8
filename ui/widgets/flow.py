"""A row of tools that goes on in the next line where the window is too narrow for one."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayoutItem


@dataclass(slots=True)
class _Group:
    """Items that stay together in a line as long as they fit into one."""

    right: bool                                             # behind what grows: it stands at the right end
    items: list[tuple[QLayoutItem, int, int]] = field(default_factory=list)     # item, least width, stretch

    def width(self, spacing: int) -> int:
        return sum(least for _item, least, _stretch in self.items) + spacing * max(0, len(self.items) - 1)


_Line = list[_Group]


class Flow(QHBoxLayout):
    """A horizontal row as long as it fits. In a narrower place what stands behind a stretch goes into a line of its
    own, and what is still too wide into further lines: the row never forces the window wider than its widest item."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self._heights: dict[int, int] = {}

    def line_width(self) -> int:
        """What the row takes in one line."""
        around = self.contentsMargins()
        wide = sum(_need(item) for item in self._items() if not item.isEmpty() or item.spacerItem())
        shown = sum(not item.isEmpty() for item in self._items())
        return wide + self.spacing() * max(0, shown - 1) + around.left() + around.right()

    def minimumSize(self) -> QSize:  # noqa: N802  Qt's name
        least = super().minimumSize()
        widest = max((item.minimumSize().width() for item in self._items() if not item.isEmpty()), default=0)
        around = self.contentsMargins()
        return QSize(min(least.width(), widest + around.left() + around.right()), least.height())

    def hasHeightForWidth(self) -> bool:  # noqa: N802  Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  Qt's name
        if width not in self._heights:
            around = self.contentsMargins()
            lines = self._lines(width - around.left() - around.right())
            rows = [self._height(line, width) for line in lines]
            self._heights[width] = sum(rows) + self._gap() * max(0, len(rows) - 1) + around.top() + around.bottom()
        return self._heights[width]

    def minimumHeightForWidth(self, width: int) -> int:  # noqa: N802  Qt's name
        return self.heightForWidth(width)

    def invalidate(self) -> None:
        self._heights = {}
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802  Qt's name
        if self.line_width() <= rect.width() and not any(_flow(item) for item in self._items()):
            super().setGeometry(rect)
            return
        super(QHBoxLayout, self).setGeometry(rect)      # only remembers where the row is
        inner = rect.marginsRemoved(self.contentsMargins())
        top = inner.top()
        for line in self._lines(inner.width()):
            height = self._height(line, inner.width())
            self._place(line, QRect(inner.left(), top, inner.width(), height))
            top += height + self._gap()

    # -- the lines ---------------------------------------------------------------------------------------------

    def _gap(self) -> int:
        return max(self.spacing(), 1)

    def _items(self) -> list[QLayoutItem]:
        return [item for item in (self.itemAt(at) for at in range(self.count())) if item]

    def _groups(self) -> list[_Group]:
        groups = [_Group(right=False)]
        for at in range(self.count()):
            item, stretch = self.itemAt(at), self.stretch(at)
            if item is None:
                continue
            grows = stretch > 0 or (bool(item.spacerItem())
                                    and bool(item.expandingDirections() & Qt.Orientation.Horizontal))
            if not item.isEmpty():
                groups[-1].items.append((item, _need(item), stretch))
            if grows:
                groups.append(_Group(right=True))
        return [group for group in groups if group.items]

    def _lines(self, width: int) -> list[_Line]:
        spacing, lines, used = self._gap(), list[_Line](), width + 1
        for group in self._groups():
            wide = group.width(spacing)
            if used + spacing + wide <= width:
                lines[-1].append(group)
                used += spacing + wide
            elif wide <= width:
                lines.append([group])
                used = wide
            else:
                lines += self._broken(group, width)
                used = width
        return lines

    def _broken(self, group: _Group, width: int) -> list[_Line]:
        """A group too wide for one line: as many of its items in each as it takes."""
        parts: list[_Group] = []
        for entry in group.items:
            if not parts or parts[-1].width(self._gap()) + self._gap() + entry[1] > width:
                parts.append(_Group(group.right))
            parts[-1].items.append(entry)
        return [[part] for part in parts]

    def _height(self, line: _Line, width: int) -> int:
        return max(
            (max(item.minimumSize().height(),
                 item.heightForWidth(min(width, max(least, item.sizeHint().width())))
                 if item.hasHeightForWidth() else item.sizeHint().height())
             for group in line for item, least, _stretch in group.items), default=0)

    def _place(self, line: _Line, rect: QRect) -> None:
        spacing = self._gap()
        items = [item for group in line for item in group.items]
        spare = rect.width() - sum(least for _item, least, _s in items) - spacing * (len(items) - 1)
        widths = []
        for item, least, stretch in items:      # first what each would like to have
            more = 0 if stretch else max(0, min(item.sizeHint().width() - least, spare))
            widths.append(min(least + more, rect.width()))
            spare -= more
        growing = [at for at, (_item, _least, stretch) in enumerate(items) if stretch]
        for place, at in enumerate(growing):
            widths[at] += max(0, spare) // len(growing) + (max(0, spare) % len(growing) if place == 0 else 0)
        left, at = rect.left(), 0
        spare = 0 if growing else max(0, spare)
        for group in line:
            if group.right:
                left += spare
                spare = 0
            for item, _least, _stretch in group.items:
                item.setGeometry(QRect(left, rect.top(), widths[at], rect.height()))
                left += widths[at] + spacing
                at += 1


def _flow(item: QLayoutItem) -> Flow | None:
    """The row inside ``item``, if it is one or holds one."""
    widget = item.widget()
    inner = widget.layout() if widget else item.layout()
    return inner if isinstance(inner, Flow) else None


def _need(item: QLayoutItem) -> int:
    """What ``item`` takes if it stays in one line."""
    inner = _flow(item)
    return max(item.minimumSize().width(), inner.line_width() if inner else 0)
