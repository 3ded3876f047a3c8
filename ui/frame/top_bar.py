"""The bar above the pages: the scan box, and at the right who is here and how the window looks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from app.i18n import N_, _, language
from app.labels import label
from ui.background import Desk
from ui.frame.scan_box import ScanBox
from ui.keys import Act, tool
from ui.theme import BODY, colour, font, look
from ui.widgets.labels import KeyHint
from ui.words import bind


class _Face(QWidget):
    """The first character of a name in a circle."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(28, 28)
        self._letter = ""
        look.changed.connect(self.update)

    def show_name(self, name: str) -> None:
        self._letter = name[:1].upper()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent_soft"))
        painter.drawEllipse(QPointF(14, 14), 13, 13)
        painter.setPen(colour("accent_ink"))
        painter.setFont(font(BODY, bold=True))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.end()


class TopBar(QFrame):
    """Scan box at the left; receive, language, look and the operator at the right."""

    def __init__(self, desk: Desk, acts: dict[str, Act], receive: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self._desk = desk
        self.scan = ScanBox(desk)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 9, 14, 9)
        row.setSpacing(6)
        row.addWidget(self.scan, 3)
        row.addWidget(KeyHint("F2"))
        row.addStretch(1)
        self._receive = QToolButton()
        self._receive.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bind(self._receive.setText, N_("Receive"))
        bind(self._receive.setAccessibleName, N_("Receive"))
        from ui import icons

        icons.put(self._receive.setIcon, "ph.plus")
        self._receive.clicked.connect(lambda _checked=False: receive())
        row.addWidget(self._receive)
        self._language = tool(acts["frame.language"], words=True)
        row.addWidget(self._language)
        row.addWidget(tool(acts["frame.theme"]))
        row.addWidget(tool(acts["frame.help"]))
        row.addSpacing(4)
        self._face = _Face()
        row.addWidget(self._face)
        self._who = QToolButton()
        self._who.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._who.setIconSize(QSize(16, 16))
        menu = QMenu(self._who)
        for name in ("frame.lock", "frame.keys", "frame.quit"):
            menu.addAction(acts[name])
        self._who.setMenu(menu)
        row.addWidget(self._who)
        desk.operator_changed.connect(self.show_operator)
        self.show_operator()

    def show_operator(self) -> None:
        """Name and first role of who is signed in."""
        operator = self._desk.operator
        self._face.setVisible(operator is not None)
        self._who.setVisible(operator is not None)
        if operator:
            self._face.show_name(operator.name)
            roles = [label(role) for role in sorted(operator.roles, key=list(type(next(iter(operator.roles)))).index)] \
                if operator.roles else []
            first = roles[0] if len(roles) == 1 else ""
            self._who.setText(f"{operator.name}  {first}".strip())
            self._who.setAccessibleName(_("Signed in: {name}").format(name=operator.name))
            self._who.setToolTip("\n".join(roles))

    def retranslate(self) -> None:
        """Texts made from data."""
        self.show_operator()
        self._language.defaultAction().setText("EN" if language().startswith("zh") else "中文")
