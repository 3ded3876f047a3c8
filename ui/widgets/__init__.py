"""The small things pages are made of."""

from __future__ import annotations

from ui.widgets.ages import AgeBar, age, case_due, due
from ui.widgets.card import Card, line
from ui.widgets.chip import Chip
from ui.widgets.labels import KeyHint, caption, heading, muted
from ui.widgets.life_line import LifeEvent, LifeLine
from ui.widgets.notice import EmptyState, Notice
from ui.widgets.segmented import Segmented
from ui.widgets.tables import Checklist, DefinitionList
from ui.widgets.tile import Tile

__all__ = [
    "AgeBar", "Card", "Checklist", "Chip", "DefinitionList", "EmptyState", "KeyHint", "LifeEvent", "LifeLine",
    "Notice", "Segmented", "Tile", "age", "caption", "case_due", "due", "heading", "line", "muted",
]
