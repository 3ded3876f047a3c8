"""How the program looks: one set of tokens for light, one for dark; palette and style sheet are made from them.

Text keeps a contrast of 4.5:1 to its ground, control borders and the focus ring 3:1 (a test computes every pair).
The scheme follows the desktop or the person's own choice; it is kept here, because Qt does not know it on every
platform.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app.paths import FONTS, RESOURCES
from ui.tones import Tone


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by their role, as #RRGGBB. ``*_soft`` is the ground that the tone's text stands on."""

    name: str
    bg: str              # window
    surface: str         # cards, tables, inputs
    sunken: str          # board columns, disabled inputs
    hover: str
    border: str          # between things
    border_strong: str   # around things that can be used
    text: str
    text2: str           # secondary
    text3: str           # hints, placeholders
    accent: str          # primary button, selection bar, focus ring
    accent_hover: str
    accent_text: str     # on accent
    accent_soft: str     # selected row
    accent_ink: str      # accent coloured text on accent_soft
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    info: str
    info_soft: str
    plum: str
    plum_soft: str
    mute: str
    mute_soft: str
    scroll: str
    paper: str           # around a page in the preview

    def ink(self, tone: Tone) -> QColor:
        """The text and line colour of ``tone``."""
        return QColor(self.accent_ink if tone is Tone.ACCENT else getattr(self, tone.value))

    def soft(self, tone: Tone) -> QColor:
        """The ground of ``tone``."""
        return QColor(getattr(self, f"{tone.value}_soft"))

    def color(self, role: str) -> QColor:
        """Any token by name."""
        return QColor(getattr(self, role))


LIGHT = Tokens(
    "light",
    bg="#F3F5F8", surface="#FFFFFF", sunken="#EBEEF2", hover="#F0F3F7", border="#E0E4EA", border_strong="#808B99",
    text="#18212D", text2="#4A5666", text3="#5C6878",
    accent="#1A63C6", accent_hover="#1453AA", accent_text="#FFFFFF", accent_soft="#E2EDFB", accent_ink="#114C9A",
    ok="#17713E", ok_soft="#DFF2E6", warn="#875400", warn_soft="#FCEFD3", bad="#AE231C", bad_soft="#FBE5E3",
    info="#14599F", info_soft="#E0EDFA", plum="#663B9B", plum_soft="#EEE6F8", mute="#4A5666", mute_soft="#E8EBF0",
    scroll="#BFC6D0", paper="#7C8896",
)
DARK = Tokens(
    "dark",
    bg="#12161C", surface="#1A1F27", sunken="#151A20", hover="#232A34", border="#2A323D", border_strong="#6A7685",
    text="#E5EAF0", text2="#ABB6C2", text3="#919DAA",
    accent="#4F96F0", accent_hover="#69A6F4", accent_text="#08111E", accent_soft="#1B3252", accent_ink="#9FC8FB",
    ok="#70D49B", ok_soft="#173327", warn="#ECC064", warn_soft="#3A2D12", bad="#F69C94", bad_soft="#45211F",
    info="#88BEF6", info_soft="#1A2F48", plum="#C5A5EF", plum_soft="#31264B", mute="#ABB6C2", mute_soft="#29313B",
    scroll="#424C59", paper="#0C0F13",
)

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
