"""How the program looks: one set of tokens for light, one for dark; palette and style sheet are made from them.

The scheme follows the desktop or the person's own choice; it is kept here, because Qt does not know it on every
platform.
"""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app.paths import FONTS, RESOURCES
from ui.tokens import DARK, LIGHT, Tokens
from ui.tones import Tone

#: Type scale in points, so that it follows the desktop's resolution.
CAPTION, SMALL, BODY, SECTION, TITLE, FIGURE = 8.5, 9.0, 10.0, 11.0, 15.5, 21.0

FAMILY = "Noto Sans SC"


class Scheme(StrEnum):
    """What the person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class _Look(QObject):
    """Tells painted widgets that the tokens changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.scheme = Scheme.SYSTEM


look = _Look()


def tokens() -> Tokens:
    """The tokens in use."""
    return look.tokens


def is_dark() -> bool:
    """Whether the dark look is worn."""
    return look.tokens is DARK


def colour(role: str) -> QColor:
    """The token ``role`` of the look in use."""
    return QColor(getattr(look.tokens, role))


def ink(tone: Tone) -> QColor:
    """The text and line colour of ``tone``."""
    return colour("accent_ink" if tone is Tone.ACCENT else tone.value)


def soft(tone: Tone) -> QColor:
    """The ground of ``tone``."""
    return colour(f"{tone.value}_soft")


def scheme() -> Scheme:
    """What the person chose (or ``SYSTEM``)."""
    return look.scheme


def install_fonts() -> None:
    """Make our own face known, so that Chinese is readable on every machine and paper and screen agree."""
    for name in ("NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf"):
        if QFontDatabase.addApplicationFont(str(FONTS / name)) < 0:
            raise FileNotFoundError(FONTS / name)


def font(points: float = BODY, *, bold: bool = False, tabular: bool = False) -> QFont:
    """A font of the scale; ``tabular`` for serials and figures that stand in columns."""
    made = QFont()
    made.setFamilies([FAMILY, "Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "sans-serif"])
    made.setPointSizeF(points)
    made.setBold(bold)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def wear(app: QApplication, chosen: Scheme) -> None:
    """Dress ``app``. ``SYSTEM`` follows the desktop, also when it changes later."""
    look.scheme = chosen
    hints = app.styleHints()
    native = {Scheme.LIGHT: Qt.ColorScheme.Light, Scheme.DARK: Qt.ColorScheme.Dark}
    hints.setColorScheme(native.get(chosen, Qt.ColorScheme.Unknown))  # title bars and native dialogs follow
    dark = chosen is Scheme.DARK or (chosen is Scheme.SYSTEM and hints.colorScheme() == Qt.ColorScheme.Dark)
    look.tokens = DARK if dark else LIGHT
    if app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    if not QDir.searchPaths("icons"):
        QDir.addSearchPath("icons", str(RESOURCES / "icons"))
    app.setFont(font())
    app.setPalette(_palette(look.tokens))
    app.setStyleSheet(style_sheet(look.tokens))
    look.changed.emit()


def follow_desktop(app: QApplication) -> None:
    """Change with the desktop for as long as the person has not chosen otherwise."""
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: _desktop_changed(app))


def _desktop_changed(app: QApplication) -> None:
    dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    if look.scheme is Scheme.SYSTEM and (look.tokens is DARK) != dark:
        wear(app, Scheme.SYSTEM)


def style_sheet(t: Tokens) -> str:
    """The style sheet with the colours of ``t``."""
    from ui.stylesheet import SHEET

    return SHEET.substitute({f.name: getattr(t, f.name) for f in fields(t)})


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = (
        (role.Window, t.bg), (role.Base, t.surface), (role.AlternateBase, t.sunken), (role.Button, t.surface),
        (role.WindowText, t.text), (role.Text, t.text), (role.ButtonText, t.text), (role.BrightText, t.bad),
        (role.Highlight, t.accent), (role.HighlightedText, t.accent_text), (role.Link, t.accent),
        (role.LinkVisited, t.plum), (role.PlaceholderText, t.text3), (role.ToolTipBase, t.text),
        (role.ToolTipText, t.surface), (role.Accent, t.accent), (role.Light, t.surface), (role.Midlight, t.hover),
        (role.Mid, t.border), (role.Dark, t.border_strong), (role.Shadow, "#000000"),
    )
    for which, colour in pairs:
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.text3))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(t.border))
    return palette


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it, 1 … 21."""
    lighter, darker = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
