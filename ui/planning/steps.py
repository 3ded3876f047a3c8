"""The steps of a plan as dialogues: draft, change, cancel, countersign, issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.people import Role
from app.domain.signing import Signature
from app.i18n import N_, _, _n
from app.services import planning, undoing
from ui.dialogs.dialog import FormDialog
from ui.dialogs.sign import SignRequest
from ui.form import Form, MultilineField
from ui.planning.forms import IssueForm, PlanForm
from ui.tones import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.planning import Waiting
    from ui.planning.page import PlanPage


def open_draft(page: PlanPage) -> None:
    """A new plan from what waits."""
    if not page.waiting_rows:
        page.frame.toast(_("Nothing waits to be planned."), Tone.INFO)
        return
    form = PlanForm(page.waiting_rows, page.today)
    dialog = FormDialog(
        page, N_("New plan"), form, accept=N_("Draft the plan"), draft="plan.new", width=640,
        text=N_("Quantities are filled with the units that are due first; single units can be swapped afterwards."),
    )

    def save() -> None:
        lines, note = form.lines(), form.note.value()
        dialog.run(lambda depot: planning.draft(depot, lines, note), lambda done: _drafted(page, dialog, done))

    dialog.submitted.connect(save)
    dialog.open()


def _drafted(page: PlanPage, dialog: FormDialog, done: planning.PlanChanged) -> None:
    dialog.done_well()
    page.frame.toast(
        _("{number} drafted").format(number=done.number), undo=lambda depot: undoing.undo(depot, done.entry_id)
    )
    page.open_subject(done.number)


def open_lines(page: PlanPage, *, written: bool) -> None:
    """Change the plan: freely while it is a draft, else ``written``, with the reason."""
    if page.view.sheet is not None:
        _lines_dialog(page, page.view.sheet, page.waiting_rows, written=written).open()


def _lines_dialog(
    page: PlanPage, sheet: planning.PlanSheet, waiting: Sequence[Waiting], *, written: bool
) -> FormDialog:
    form = PlanForm(waiting, page.today, sheet, written=written)
    dialog = FormDialog(
        page, N_("Change in writing") if written else N_("Change the draft"), form, accept=N_("Change the plan"),
        draft="plan.change" if written else "plan.edit", subject=f"{sheet.plan.id}:{sheet.plan.seq}",
        width=640,
    )
    plan_id, seq = sheet.plan.id, sheet.plan.seq

    def save() -> None:
        lines, note, reason = form.lines(), form.note.value(), form.reason.value()
        if written:
            dialog.run(lambda depot: planning.change(depot, plan_id, seq, lines, reason), changed)
        else:
            dialog.run(lambda depot: planning.edit(depot, plan_id, seq, lines, note), changed)

    def changed(done: planning.PlanChanged) -> None:
        dialog.done_well()
        undo = None if written else (lambda depot: undoing.undo(depot, done.entry_id))
        page.frame.toast(_("{number} changed").format(number=done.number), undo=undo)

    dialog.submitted.connect(save)
    dialog.reopens(
        lambda depot: (planning.sheet(depot, plan_id), planning.waiting(depot)),
        lambda found: _lines_dialog(page, *found, written=written))
    return dialog


def open_cancel(page: PlanPage) -> None:
    """Give the plan up, with a reason."""
    sheet = page.view.sheet
    if sheet is None:
        return
    form = Form()
    reason = form.add(MultilineField("reason", N_("Reason"), required=True))
    dialog = FormDialog(
        page, N_("Cancel the plan"), form, accept=N_("Cancel the plan"), danger=True,
        text=N_("Its units wait for another plan; its number stays and says why."),
    )
    plan_id, seq = sheet.plan.id, sheet.plan.seq

    def go() -> None:
        words = reason.value()
        dialog.run(lambda depot: planning.cancel(depot, plan_id, seq, words), lambda _done: dialog.done_well())

    dialog.submitted.connect(go)
    dialog.open()


def ask_countersignature(page: PlanPage) -> None:
    """Production agrees."""
    sheet = page.view.sheet
    if sheet is None:
        return
    plan = sheet.plan
    request = SignRequest(
        _("Countersign the repair plan {number}: {n} units").format(number=plan.number, n=len(sheet.cases)),
        other=True, roles=(Role.PLANNER,), accept=N_("Countersign"),
    )

    def signed(signature: Signature) -> None:
        page.run(
            lambda depot: planning.countersign(depot, plan.id, plan.seq, signature),
            lambda done: page.frame.toast(_("{number} is countersigned").format(number=done.number)),
        )

    page.frame.sign(page, request, signed)


def open_issue(page: PlanPage) -> None:
    """Release the plan, or part of it with a written reason."""
    if page.view.sheet is not None:
        _issue_dialog(page, page.view.sheet).open()


def _issue_dialog(page: PlanPage, sheet: planning.PlanSheet) -> FormDialog:
    plan, form = sheet.plan, IssueForm(sheet)
    dialog = FormDialog(
        page, N_("Issue the plan"), form, accept=N_("Go on to sign"), draft="plan.issue",
        subject=f"{plan.id}:{plan.seq}",
        text=N_("Exactly these quantities may go to the bench; what is left over waits for the next plan."),
    )

    def sign() -> None:
        n = sum(form.quantities().values())
        request = SignRequest(
            _("Issue the repair plan {number}: {n} units").format(number=plan.number, n=n), other=True,
            roles=(Role.PLANNER,), accept=N_("Issue"),
        )
        page.frame.sign(dialog, request, signed)

    def signed(signature: Signature) -> None:
        quantities, reason = form.quantities(), form.reason.value()
        dialog.run(
            lambda depot: planning.issue(
                depot, plan.id, plan.seq, signature, quantities=quantities, reason=reason),
            issued,
        )

    def issued(done: planning.PlanChanged) -> None:
        dialog.done_well()
        page.frame.toast(
            _n(
                "{number} is issued: {n} unit may go to the bench",
                "{number} is issued: {n} units may go to the bench", len(done.released),
            ).format(number=done.number, n=len(done.released)),
            action=(_("Hand over"), lambda: page.frame.open("handover")),
        )

    dialog.submitted.connect(sign)
    dialog.reopens(lambda depot: planning.sheet(depot, plan.id), lambda found: _issue_dialog(page, found))
    return dialog
