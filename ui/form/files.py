"""Photos and papers: dropped, pasted or chosen."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPixmap,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.i18n import N_, _
from app.paths import cache_dir
from ui import icons
from ui.form.field import Field
from ui.widgets.labels import caption, restyle
from ui.widgets.notice import IconLabel
from ui.widgets.tables import empty_layout
from ui.words import bind

PHOTOS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff")
_SIDE = 72


class _DropArea(QFrame):
    """Takes files from outside. Enter or a click opens the file dialogue, Ctrl+V takes the clipboard."""

    brought = Signal(list)
    pasted = Signal(QImage)
    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(_SIDE + 20)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            self._mark(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  Qt's name
        self._mark(over=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        self._mark(over=False)
        self.take(event.mimeData())
        event.acceptProposedAction()

    def take(self, data: QMimeData) -> None:
        """Take files or a picture out of ``data``."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        files = [path for path in paths if path.is_file()]
        if files:
            self.brought.emit(files)
        elif data.hasImage():
            self.pasted.emit(QImage(data.imageData()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        if event.matches(QKeySequence.StandardKey.Paste):
            self.take(QGuiApplication.clipboard().mimeData())
        elif event.key() == Qt.Key.Key_Space:
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's name
        if event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit()
        super().mouseReleaseEvent(event)

    def _mark(self, *, over: bool) -> None:
        self.setProperty("over", over)
        restyle(self)


class FilesField(Field):
    """Files to be attached. ``value()`` is their paths; the service reads them."""

    def __init__(
        self, name: str, label: str, *, required: bool = False, hint: str = "", tip: str = "",
        kinds: tuple[str, ...] = (), single: bool = False,
    ) -> None:
        """``kinds``: suffixes taken (``.jpg``); none named: any file. ``single``: a new one replaces the old."""
        super().__init__(name, label, required=required, hint=hint, tip=tip)
        self._paths: list[Path] = []
        self._kinds, self._single = kinds, single
        self.area = _DropArea()
        self._row = QHBoxLayout(self.area)
        self._row.setContentsMargins(10, 8, 10, 8)
        self._row.setSpacing(8)
        self.place(self.area)
        self.area.brought.connect(self.take)
        self.area.pasted.connect(self._take_picture)
        self.area.asked.connect(self.choose)
        self._show()

    def value(self) -> list[Path]:
        """The files, in the order they were brought."""
        return list(self._paths)

    def set_value(self, value: object) -> None:
        """Show these paths; those that are gone are left out."""
        paths = [Path(p) for p in value] if isinstance(value, list | tuple) else []
        kept = [path for path in paths if path.is_file()]
        if kept != self._paths:
            self._paths = kept
            self._show()
            self.changed.emit()

    def keep(self) -> object:
        """The paths as text."""
        return [str(path) for path in self._paths]

    def take(self, paths: list[Path]) -> None:
        """Add ``paths`` of a kind that is taken, each once."""
        fitting = [p for p in paths if not self._kinds or p.suffix.lower() in self._kinds]
        if self._single:
            self.set_value(fitting[-1:] or self._paths)
        else:
            self.set_value(list(dict.fromkeys([*self._paths, *fitting])))
        self.touched = True

    def choose(self) -> None:
        """Open the file dialogue."""
        pattern = " ".join(f"*{kind}" for kind in self._kinds) or "*"
        names, _filter = QFileDialog.getOpenFileNames(self, _("Attach files"), "", f"{_('Files')} ({pattern})")
        self.take([Path(name) for name in names])

    def _take_picture(self, picture: QImage) -> None:
        folder = cache_dir() / "pasted"
        folder.mkdir(exist_ok=True)
        target = folder / f"{uuid4().hex}.png"
        if picture.save(str(target)):
            self.take([target])

    def _remove(self, path: Path) -> None:
        self.set_value([other for other in self._paths if other != path])

    def _show(self) -> None:
        empty_layout(self._row)
        for path in self._paths:
            self._row.addWidget(self._thumbnail(path))
        if not self._paths:
            self._row.addWidget(IconLabel("ph.paperclip", 20, "text3"))
        words = caption(
            N_("Drop a file here, paste it, or press Space to choose") if self._single
            else N_("Drop photos or papers here, paste them, or press Space to choose"), wrap=True,
        )
        self._row.addWidget(words, 1)

    def _thumbnail(self, path: Path) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        picture = QLabel()
        picture.setFixedSize(_SIDE, _SIDE - 24)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if path.suffix.lower() in PHOTOS:
            picture.setPixmap(_small(path, QSize(_SIDE, _SIDE - 24)))
        else:
            icons.put(IconInto(picture).set_icon, "ph.file")
        remove = QToolButton()
        remove.setText(picture.fontMetrics().elidedText(path.name, Qt.TextElideMode.ElideMiddle, _SIDE - 16) + " ×")
        remove.setToolTip(_("Take {file} away").format(file=path.name))
        remove.setAccessibleName(_("Take {file} away").format(file=path.name))
        remove.clicked.connect(lambda: self._remove(path))
        bind(box.setAccessibleName, N_("Attached file"))
        column.addWidget(picture)
        column.addWidget(remove)
        return box


class IconInto(QLabel):
    """Hands an icon on to a label as a picture, for as long as the label lives."""

    def __init__(self, picture: QLabel) -> None:
        super().__init__(picture)
        self._picture = picture
        self.hide()

    def set_icon(self, icon: QIcon) -> None:
        """Draw ``icon`` in the label."""
        self._picture.setPixmap(icon.pixmap(28, 28))


def _small(path: Path, size: QSize) -> QPixmap:
    """The photo no larger than ``size``; decoded at that size, so that a large one does not hold up the window."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    full = reader.size()
    if full.isValid():
        reader.setScaledSize(full.scaled(size, Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())
