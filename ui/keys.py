"""From the table of actions to things that can be pressed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from shiboken6 import isValid

from app.i18n import _
from ui import icons
from ui.actions import EVERYWHERE, action
from ui.words import bind


class Act(QAction):
    """A line of the table, alive on a widget: it has the text, the keys, the icon and the tool tip of its line."""

    def __init__(self, action_id: str, slot: Callable[[], object], owner: QWidget) -> None:
        super().__init__(owner)
        self._line = action(action_id)
        self.setObjectName(action_id)
        context = Qt.ShortcutContext
        everywhere = self._line.page in EVERYWHERE
        self.setShortcutContext(context.WindowShortcut if everywhere else context.WidgetWithChildrenShortcut)
        if self._line.shortcut:
            self.setShortcut(QKeySequence(self._line.shortcut))
        bind(self.say, self._line.text)
        icons.put(self.setIcon, self._line.icon)
        self.triggered.connect(lambda _checked=False: slot())
        owner.addAction(self)

    def say(self, text: str) -> None:
        """Wear ``text``; the tool tip adds the sentence and the keys."""
        self.setText(text)
        keys = self.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        tip = _(self._line.help) or text.rstrip("…")
        self.setToolTip(f"{tip}  ({keys})" if keys else tip)


def act(action_id: str, slot: Callable[[], object], owner: QWidget) -> Act:
    """The action ``action_id`` of the table, doing ``slot``, reachable by its keys while ``owner`` has the focus."""
    return Act(action_id, slot, owner)


def press(made: QAction, kind: str = "") -> QPushButton:
    """A push button for ``made``; ``kind``: "primary" (one per panel), "danger", "link" or plain."""
    button = QPushButton()
    button.setProperty("kind", kind)
    button.setAutoDefault(False)
    role = {"primary": "accent_text", "danger": "bad", "link": "accent"}.get(kind, "text2")
    line = action(made.objectName())
    was: list[bool | None] = [None, None]       # whether the action was shown and enabled when last looked at

    def follow() -> None:
        """The button says what the action says; a page that hid or disabled the button itself is not overruled."""
        if not isValid(button):                     # the action outlives a button of a sheet that was made anew
            made.changed.disconnect(follow)
            return
        button.setText(made.text())
        button.setToolTip(made.toolTip())
        button.setAccessibleName(made.text().rstrip("…"))
        button.setAccessibleDescription(made.toolTip())
        shown, enabled = was
        was[:] = made.isVisible(), made.isEnabled()
        if made.isEnabled() is not enabled:
            button.setEnabled(made.isEnabled())
        if made.isVisible() is shown:
            return
        if not made.isVisible():
            button.hide()
        elif button.parentWidget() is not None:     # without one it would come up as a window of its own
            button.show()

    made.changed.connect(follow, Qt.ConnectionType.AutoConnection)
    follow()
    icons.put(button.setIcon, line.icon, role)
    button.clicked.connect(made.trigger)
    return button


def tool(made: QAction, *, words: bool = False) -> QToolButton:
    """A flat button for ``made``: the icon, and the text beside it if ``words``."""
    button = QToolButton()
    button.setDefaultAction(made)
    style = Qt.ToolButtonStyle
    button.setToolButtonStyle(style.ToolButtonTextBesideIcon if words else style.ToolButtonIconOnly)
    bind(button.setAccessibleName, action(made.objectName()).text)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
