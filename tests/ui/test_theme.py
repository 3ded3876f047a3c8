"""Colours: what is read keeps its contrast, in both looks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.paths import ROOT
from ui import icons, theme
from ui.actions import everything
from ui.pages import PAGES
from ui.tokens import DARK, LIGHT, Tokens
from ui.tones import Tone

TEXT = [(text, ground) for text in ("text", "text2") for ground in ("bg", "surface", "sunken", "hover", "accent_soft")]
TEXT += [("text3", ground) for ground in ("bg", "surface", "sunken")]
TEXT += [
    ("accent_text", "accent"),
    ("accent_text", "accent_hover"),
    ("accent_ink", "accent_soft"),
    ("accent", "surface"),
]
TEXT += [(tone.value, f"{tone.value}_soft") for tone in Tone if tone is not Tone.ACCENT]
TEXT += [(tone.value, "surface") for tone in Tone if tone is not Tone.ACCENT]
TEXT += [("bad", "bg"), ("surface", "text")]
CONTROLS = [
    ("border_strong", "surface"),
    ("border_strong", "bg"),
    ("accent", "surface"),
    ("accent", "bg"),
    ("accent", "sunken"),
]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_has_a_contrast_of_four_and_a_half(tokens: Tokens, text: str, ground: str) -> None:
    assert theme.contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), CONTROLS)
def test_borders_and_the_focus_ring_have_a_contrast_of_three(tokens: Tokens, line: str, ground: str) -> None:
    assert theme.contrast(getattr(tokens, line), getattr(tokens, ground)) >= 3


def test_contrast_is_computed_as_wcag_does() -> None:
    assert theme.contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_every_placeholder_of_the_style_sheet_is_a_token(qapp: QApplication) -> None:
    del qapp
    for tokens in (LIGHT, DARK):
        assert "$" not in theme.style_sheet(tokens)


def test_every_picture_of_the_style_sheet_exists() -> None:
    for tokens in (LIGHT, DARK):
        for name in re.findall(r"icons:([\w-]+\.svg)", theme.style_sheet(tokens)):
            assert (ROOT / "resources" / "icons" / name).is_file(), name


def _icon_names() -> set[str]:
    found = {line.icon for line in everything()} | {spec.icon for spec in PAGES}
    for file in Path(ROOT / "ui").rglob("*.py"):
        found |= set(re.findall(r'"(ph\.[a-z0-9-]+)"', file.read_text(encoding="utf-8")))
    return found - {""}


def test_every_icon_that_is_asked_for_exists(qapp: QApplication) -> None:
    del qapp
    assert [name for name in sorted(_icon_names()) if not icons.exists(name)] == []


def test_the_look_follows_the_choice_and_tells_those_who_paint(qapp: QApplication) -> None:
    told: list[str] = []
    note = lambda: told.append(theme.tokens().name)  # noqa: E731
    theme.look.changed.connect(note)
    theme.wear(qapp, theme.Scheme.DARK)
    theme.wear(qapp, theme.Scheme.LIGHT)
    theme.look.changed.disconnect(note)
    assert told == ["dark", "light"]


def test_the_fonts_of_ours_are_known_to_qt(qapp: QApplication) -> None:
    del qapp
    assert theme.font().families()[0] == theme.FAMILY
