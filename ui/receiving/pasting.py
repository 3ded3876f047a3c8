"""Serial numbers pasted from a list: each becomes a line of the crate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import N_, _n
from ui.dialogs.dialog import FormDialog
from ui.form import Form, MultilineField
from ui.tones import Tone

if TYPE_CHECKING:
    from ui.page import Page
    from ui.receiving.counter import Counter


class PasteForm(Form):
    """Serial numbers from a list."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = self.add(MultilineField("lines", N_("Serial numbers"), required=True, lines=10, longest=500_000))


def paste(page: Page, counter: Counter) -> None:
    """Ask for serial numbers and add those that are not in the crate yet."""
    form = PasteForm()
    dialog = FormDialog(
        page, N_("Paste serial numbers"), form, accept=N_("Add to the crate"),
        text=N_("One serial number per line, copied from a list. Numbers already in the crate are left out."),
    )

    def submit() -> None:
        before = len(counter.crate.lines)
        for serial in form.lines.value().split():
            counter.scan(serial)
        n = len(counter.crate.lines) - before
        dialog.done_well()
        page.frame.toast(_n("{n} unit added", "{n} units added", n).format(n=n), Tone.INFO)

    dialog.submitted.connect(submit)
    dialog.open()
