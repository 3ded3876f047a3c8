"""Slip data in, PDF bytes out. ``render`` is the door; one file per form in ``forms``.

Importing this loads neither ReportLab nor a font; the first ``render`` (or ``warm``) does.
"""

from __future__ import annotations

from app.printing.paper import A4, A4_LANDSCAPE, A5, LABELS, Paper, label_medium
from app.printing.printed import Printed, render
from app.printing.registry import FORMS, Form, form_of

__all__ = [
    "A4", "A4_LANDSCAPE", "A5", "FORMS", "LABELS", "Form", "Paper", "Printed", "form_of", "label_medium", "render",
    "warm",
]


def warm() -> None:
    """Load what the first print needs (0.2 s), so that the person who prints first does not wait for it."""
    from reportlab.pdfgen import canvas  # noqa: F401  loading it is the purpose

    from app.printing.fonts import faces

    faces()
