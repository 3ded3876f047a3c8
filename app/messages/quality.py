"""Sentences about the monthly reports."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "quality.month": N_('"{value}" is not a month. Enter it as yyyy-mm, for example 2026-10.'),
    "quality.future": N_("{month} has not begun. Choose this month or an earlier one."),
    "quality.not-over": N_("{month} is not over: it can be closed from {day} on. Until then its figures still move."),
    "quality.closed-already": N_(
        "{month} was closed by {name} on {day} and stays as it was signed. What was corrected since stands on the"
        " correction sheet."
    ),
    "quality.not-closed": N_(
        "{month} is not closed, so there is nothing to compare with: its figures are those of the record of now. Close"
        " the month first."
    ),
    "quality.stays-closed": N_(
        "A closed month is not opened again: {month} was signed and may have been handed on. What is corrected"
        " afterwards stands on its correction sheet."
    ),
    "quality.newer-format": N_(
        "{month} was closed by a newer program (format {format}; this one reads up to {known}). Update this program to"
        " read it."
    ),
    "quality.no-target": N_("Say where the report goes: --out FILE.pdf, --out FILE.xlsx, or --json."),
    "quality.target": N_('"{name}" must end in .pdf or .xlsx. Give the file one of these endings.'),
}
