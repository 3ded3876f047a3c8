"""Help inside the program: pages in both languages, and all keys from the table of actions."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QKeySequence,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from app.i18n import N_, _, language
from app.paths import RESOURCES
from ui.actions import everything
from ui.pages import PAGES
from ui.theme import SECTION, TITLE, colour
from ui.words import bind

HELP = RESOURCES / "help"
KEYS = "keys"
TOPICS, SCROLLS = 208, 24       # the list of topics is as wide as its longest title; its margins and its scroll bar


def help_page(topic: str) -> str:
    """The page ``topic`` in the screen's language, as Markdown; the key table is made, not written."""
    if topic == KEYS:
        return keys_page()
    file = _file(topic)
    text = file.read_text(encoding="utf-8") if file else f"# {_('Help')}\n\n{_('There is no page on this yet.')}\n"
    own = keys_of(topic)
    return f"{text}\n\n## {_('Keys on this page')}\n\n{own}" if own else text


def topics() -> list[tuple[str, str]]:
    """(topic, title) of every page that exists in the screen's language, in the order of the navigation."""
    found = [("start", _("First steps"))]
    found += [(spec.id, _(spec.title)) for spec in PAGES]
    others = sorted(file.stem for file in (HELP / language()).glob("*.md"))
    known = {topic for topic, _title in found}
    found += [(topic, _title_in(topic)) for topic in others if topic not in known]
    return [(KEYS, _("All keys")), *[(topic, title) for topic, title in found if _file(topic)]]


def keys_page() -> str:
    """Every action with its keys, by page."""
    parts = [f"# {_('All keys')}", _("A scanner works from anywhere in the window; no key is a bare letter.")]
    places = {"frame": _("Everywhere"), "table": _("In every list"), "go": _("Go to a page")}
    places |= {spec.id: _(spec.title) for spec in PAGES} | {"warranty": _("Warranty of the unit")}
    for place, title in places.items():
        if table := keys_of(place):
            parts += [f"## {title}", table]
    return "\n\n".join(parts)


def keys_of(place: str) -> str:
    """The actions of one page as a Markdown table; empty when it has none with keys."""
    lines = [
        f"| **{_native(line.shortcut)}** | {_(line.text).rstrip('…')} | {_(line.help)} |"
        for line in everything() if line.page == place and line.shortcut
    ]
    head = f"| {_('Keys')} | {_('Action')} | |\n|---|---|---|\n"
    return head + "\n".join(lines) if lines else ""


def _native(shortcut: str) -> str:
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)


def _file(topic: str) -> Path | None:
    for spoken in (language(), "en"):
        file = HELP / spoken / f"{Path(topic).name}.md"
        if file.exists():
            return file
    return None


def _title_in(topic: str) -> str:
    file = _file(topic)
    first = file.read_text(encoding="utf-8").lstrip().split("\n", 1)[0] if file else topic
    return first.lstrip("# ").strip()


def _dress(document: QTextDocument) -> None:
    """Headings and tables in the sizes and colours of the window; Markdown's own are those of a poster."""
    block = document.begin()
    while block.isValid():
        if block.blockFormat().nonBreakableLines():       # a line to be typed: broken rather than scrolled sideways
            broken = QTextBlockFormat(block.blockFormat())
            broken.setNonBreakableLines(False)
            QTextCursor(block).setBlockFormat(broken)
        level = block.blockFormat().headingLevel()
        if level:
            cursor = QTextCursor(block)
            spaced = block.blockFormat()
            spaced.setTopMargin(4 if level == 1 else 14)
            spaced.setBottomMargin(4)
            cursor.setBlockFormat(spaced)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            sized = QTextCharFormat(cursor.charFormat())
            sized.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            sized.setFontPointSize({1: TITLE, 2: SECTION + 1}.get(level, SECTION))
            cursor.setCharFormat(sized)
        block = block.next()
    for child in document.rootFrame().childFrames():
        if isinstance(child, QTextTable):
            shape = child.format()
            shape.setBorderBrush(colour("border"))
            shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            shape.setCellPadding(6)
            shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            shape.setBorderCollapse(True)
            child.setFormat(shape)


class HelpDialog(QDialog):
    """Topics at the left, the page at the right. Stays open beside the work."""

    def __init__(self, parent: QWidget, topic: str) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, N_("Help"))
        self.resize(860, 640)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setObjectName("topics")
        bind(self.list.setAccessibleName, N_("Topics"))
        self.page = QTextBrowser()
        self.page.setOpenExternalLinks(False)
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(self._follow)
        bind(self.page.setAccessibleName, N_("Help page"))
        row.addWidget(self.list)
        row.addWidget(self.page, 1)
        for known, title in topics():
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, known)
            self.list.addItem(item)
        self.list.setFixedWidth(max(TOPICS, min(2 * TOPICS, self.list.sizeHintForColumn(0) + SCROLLS)))
        self.list.currentItemChanged.connect(lambda item, _before: self._show(item))
        self.open_topic(topic)

    def open_topic(self, topic: str) -> None:
        """Show the page ``topic``."""
        for place in range(self.list.count()):
            if self.list.item(place).data(Qt.ItemDataRole.UserRole) == topic:
                self.list.setCurrentRow(place)
                return
        self.list.setCurrentRow(0)

    def _show(self, item: QListWidgetItem | None) -> None:
        if item:
            self.page.setMarkdown(help_page(item.data(Qt.ItemDataRole.UserRole)))
            _dress(self.page.document())

    def _follow(self, url: QUrl) -> None:
        self.open_topic(Path(url.path()).stem)
