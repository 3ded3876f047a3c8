"""Captioned fields in a framed grid, headings and paragraphs: the body of every form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from app.printing.cells import Cell, Slot, Strip, Turning, run_row, text_strips
from app.printing.ink import ACCENT, CAPTION, HAIR, INK, NOTE, SECTION, TEXT, VALUE, Style
from app.printing.leaves import Sheet


class Field(NamedTuple):
    """A caption with its value. ``span`` is its share of the row; ``lines`` the room kept for a pen if it is empty."""

    caption: str
    value: str | Cell = ""
    span: float = 1
    lines: int = 1
    style: Style = VALUE


def grid(sheet: Sheet, rows: Sequence[Sequence[Field]]) -> None:
    """Rows of fields with hairlines between them and a frame around; runs on to the next page where it must."""
    begun: set[int] = set()
    for row in rows:
        slots = _slots(sheet, [field.span for field in row])
        cells = [_field_cell(sheet, field, slot.width) for field, slot in zip(row, slots, strict=True)]
        turning = Turning(partial(_leave, sheet, begun))
        run_row(sheet, slots, cells, partial(_frame_row, slots, begun), turning=turning)
    sheet.rule(sheet.left, sheet.y, sheet.right, sheet.y, 0.8, INK)


def _slots(sheet: Sheet, shares: Sequence[float]) -> list[Slot]:
    unit = sheet.span / sum(shares)
    slots, x = [], sheet.left
    for share in shares:
        slots.append(Slot(x, share * unit))
        x += share * unit
    return slots


def _field_cell(sheet: Sheet, field: Field, width: float) -> list[Strip]:
    strips = text_strips(sheet, field.caption, CAPTION, width)
    strips[:1] = [strip._replace(repeat=True) for strip in strips[:1]]
    if isinstance(field.value, str):
        value = text_strips(sheet, field.value, field.style, width)
        return [*strips, *(value or [Strip(field.style.leading)] * field.lines)]
    return [*strips, *field.value]


def _frame_row(slots: Sequence[Slot], begun: set[int], sheet: Sheet, top: float, bottom: float) -> None:
    """Lines of one row; the first of the grid on each page closes the frame above it (``begun`` knows the pages)."""
    first = len(sheet.leaves) not in begun
    begun.add(len(sheet.leaves))
    sheet.rule(sheet.left, top, sheet.right, top, *((0.8, INK) if first else (0.4, HAIR)))
    for slot in slots[1:]:
        sheet.rule(slot.x, top, slot.x, bottom)
    for x in (sheet.left, sheet.right):
        sheet.rule(x, top, x, bottom, 0.8, INK)
    if bottom >= sheet.bottom - 1e-6:  # the row goes on: close the frame at the foot of this page
        sheet.rule(sheet.left, bottom, sheet.right, bottom, 0.8, INK)


def _leave(sheet: Sheet, begun: set[int]) -> None:
    """Close the frame at the foot of a page that the grid leaves."""
    if len(sheet.leaves) in begun:
        sheet.rule(sheet.left, sheet.y, sheet.right, sheet.y, 0.8, INK)


def section(sheet: Sheet, title: str, note: str = "", *, keep: float = 40.0) -> None:
    """A heading with a bar before it and a remark at the right; stays with at least ``keep`` points of what follows."""
    if not sheet.fresh:
        sheet.skip(7)
    sheet.need(SECTION.leading + keep)
    sheet.fill(sheet.left, sheet.y + 2.1, 2.4, SECTION.leading - 4, ACCENT)
    sheet.text(sheet.left + 6.5, sheet.y + SECTION.drop, title, SECTION)
    if note:
        sheet.text_right(sheet.right, sheet.y + SECTION.drop, note, NOTE)
    sheet.y += SECTION.leading + 2


def paragraph(sheet: Sheet, text: str, style: Style = TEXT, *, indent: float = 0.0, after: float = 3.0) -> None:
    """Running text over the whole width."""
    for line in sheet.lines(text, style, sheet.span - indent):
        sheet.need(style.leading)
        sheet.text(sheet.left + indent, sheet.y + style.drop, line, style)
        sheet.y += style.leading
    sheet.skip(after)


def numbered(sheet: Sheet, texts: Sequence[str], style: Style = NOTE) -> None:
    """Sentences with their numbers, such as the terms on a receipt."""
    for number, text in enumerate(texts, 1):
        for row, line in enumerate(sheet.lines(text, style, sheet.span - 14)):
            sheet.need(style.leading)
            if row == 0:
                sheet.text_right(sheet.left + 9, sheet.y + style.drop, f"{number}.", style)
            sheet.text(sheet.left + 14, sheet.y + style.drop, line, style)
            sheet.y += style.leading
