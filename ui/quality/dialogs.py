"""Closing a month, and looking at what was corrected since."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.domain.people import Role
from app.domain.signing import OwnSignature, Signature
from app.domain.slips import CorrectionSheet
from app.i18n import N_, _
from app.services import quality
from ui.dialogs.dialog import Dialog, FormDialog
from ui.dialogs.sign import SignRequest
from ui.form import Form, MultilineField
from ui.models import Table
from ui.quality.columns import CHANGED_CASES, CHANGED_FIGURES
from ui.widgets import heading, muted

if TYPE_CHECKING:
    from ui.page import Page


class CloseForm(Form):
    """What the inspector says of the month."""

    def __init__(self) -> None:
        super().__init__()
        self.analysis = self.add(MultilineField("analysis", N_("Analysis"), lines=4))
        self.measures = self.add(MultilineField("actions", N_("Actions, by whom and until when"), lines=4))


def close(page: Page, month: str, then: Callable[[quality.Closed], None]) -> FormDialog:
    """Ask for analysis and actions, then for the inspector's signature, then close ``month``."""
    form = CloseForm()
    dialog = FormDialog(
        page, N_("Close the month"), form, accept=N_("Sign and close"), draft="quality.close", subject=month,
        text=N_("The figures stay as they are now, for ever. Later corrections stand on a correction sheet."),
    )

    def signed(signature: Signature) -> None:
        if isinstance(signature, OwnSignature):
            said = form.analysis.value(), form.measures.value()
            dialog.run(lambda depot: quality.close_month(depot, month, signature, *said), done)

    def done(closed: quality.Closed) -> None:
        dialog.done_well()
        then(closed)

    def submit() -> None:
        operator = page.desk.operator
        own = operator is not None and Role.INSPECTOR in operator.roles
        page.frame.sign(dialog, SignRequest(
            purpose=_("Close the quality report of {month}").format(month=month),
            login=operator.login if operator and own else "", other=True, roles=(Role.INSPECTOR,),
        ), signed)

    dialog.submitted.connect(submit)
    dialog.open()
    return dialog


class CorrectionsDialog(Dialog):
    """The difference sheet on screen."""

    def __init__(self, page: Page, sheet: CorrectionSheet, show: Callable[[], object]) -> None:
        super().__init__(page, N_("Correction sheet"), desk=page.desk, width=1000)
        said = muted(wrap=True)
        said.setText(f"{sheet.month} · {sheet.standing}")
        self.body.addWidget(said)
        self.figures = Table(
            CHANGED_FIGURES, name="quality.figures", key=lambda row: (row.name, row.of), title=N_("Figures"))
        self.figures.set_empty("ph.check-circle", N_("Nothing was corrected"), N_("The record says what was signed."))
        self.figures.set_rows(sheet.figures)
        self.cases = Table(
            CHANGED_CASES, name="quality.cases", key=lambda row: (row.number, row.field), title=N_("Case by case"))
        self.cases.set_empty("ph.check-circle", N_("Nothing was corrected"), N_("The record says what was signed."))
        self.cases.set_rows(sheet.cases)
        for title, table in ((N_("Figures"), self.figures), (N_("Case by case"), self.cases)):
            table.setMinimumHeight(240 if table is self.figures else 160)
            self.body.addWidget(heading(title))
            self.body.addWidget(table, 2 if table is self.figures else 1)
            if not (sheet.figures or sheet.cases):
                break           # one word that nothing was corrected is enough
        self.add_button(N_("Close"), self.reject)
        self.add_button(N_("Print"), show, "primary")
