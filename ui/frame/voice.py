"""What the window says: toasts with the way back, banners, the answer to a scan."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from ui.background import Desk
from ui.frame.toasts import Toasts
from ui.tones import Tone
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.depot import Depot

_SIDE = 20


class Voice(QObject):
    """Speaks over ``ground`` (toasts) and in ``column`` above the page (banners)."""

    def __init__(self, desk: Desk, ground: QWidget, column: QVBoxLayout) -> None:
        super().__init__(ground)
        self._desk = desk
        self._toasts = Toasts(ground)
        self._column = column
        self._column.setContentsMargins(_SIDE, 0, _SIDE, 0)
        self._column.setSpacing(6)
        self._banners: dict[str, Notice] = {}
        self._undo: Callable[[Depot], object] | None = None

    def toast(
        self,
        text: str,
        tone: Tone = Tone.OK,
        undo: Callable[[Depot], object] | None = None,
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Say ``text``; with ``undo`` offer the way back, here and at Ctrl+Z."""
        if undo:
            self._undo = undo
            action = (_("Undo"), lambda: self._take_back(undo))
        self._toasts.say(text, tone, action)

    def toasts(self) -> list[str]:
        """What is being said now."""
        return [toast.text for toast in self._toasts.shown()]

    def undo_last(self) -> None:
        """Take back the last step that offered it."""
        if self._undo:
            self._take_back(self._undo)
        else:
            self.toast(_("There is nothing to undo here. Earlier steps: in the unit's history."), Tone.INFO)

    def forget(self) -> None:
        """Somebody else is at the desk: what the one before did is no longer offered to be undone."""
        self._undo = None

    def _take_back(self, undo: Callable[[Depot], object]) -> None:
        if self._undo is undo:
            self._undo = None
        self._desk.run(self, undo, lambda _result: self.toast(_("Undone.")))

    def banner(
        self, key: str, text: str, tone: Tone = Tone.WARN, action: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """Say ``text`` above the page until dropped."""
        notice = self._banners.get(key)
        if notice is None:
            notice = self._banners[key] = Notice(closable=True)
            notice.closed.connect(lambda: self.drop_banner(key))
            self._column.addWidget(notice)
        self._column.setContentsMargins(_SIDE, 12, _SIDE, 0)
        notice.say(text, tone, action)

    def drop_banner(self, key: str) -> None:
        """Take the banner away."""
        notice = self._banners.pop(key, None)
        if notice:
            notice.hide()
            notice.deleteLater()
        if not self._banners:
            self._column.setContentsMargins(_SIDE, 0, _SIDE, 0)

    def banners(self) -> list[str]:
        """What the banners say."""
        return [notice.text() for notice in self._banners.values()]
