"""Amending an intake: the same form again, under the state it was seen in."""

from __future__ import annotations

from datetime import date

from app.domain import receiving as rules
from app.domain.masterdata import CodeKind
from app.domain.stages import Stage
from app.errors import Problem
from app.i18n import N_, _, language
from app.services import amending, codes, undoing
from ui.dialogs.dialog import FormDialog
from ui.page import Page
from ui.receiving.intake_form import IntakeForm, over
from ui.receiving.known import KnownProducts


class AmendDialog(FormDialog):
    """Corrects the field section of a case; what it said before stays in the journal."""

    def __init__(
        self, page: Page, products: KnownProducts, seen: amending.Amendable, symptoms: list[tuple[str, str]],
        today: date,
    ) -> None:
        self._intake = IntakeForm(page.desk, products, arrival=True, photos=False)
        self._intake.offer_codes(symptoms)
        self._intake.show_intake(seen.view)
        super().__init__(
            page, N_("Amend the intake"), self._intake, accept=N_("Save the correction"),
            text=N_("The journal keeps what the intake said before, who corrected it and when."), width=760,
        )
        self._frame = page.frame
        self._seen = seen
        self._today = today
        self._products = products
        self._intake.judge(self._problems_of_intake)
        self.submitted.connect(self._submit)
        self.reopens(
            lambda depot: amending.intake_of(depot, seen.case_id),
            lambda found: AmendDialog(page, products, found, symptoms, today))

    @staticmethod
    def open_for(page: Page, products: KnownProducts, case_id: str) -> None:
        """Fetch the intake of ``case_id`` and open the dialogue over ``page``."""

        def fetched(found: tuple[amending.Amendable, tuple[codes.CodeView, ...], date]) -> None:
            seen, views, today = found
            chinese = language().startswith("zh")
            symptoms = [
                (v.code.code, f"{v.code.code}  {v.code.name_zh if chinese else v.code.name_en}") for v in views
            ]
            AmendDialog(page, products, seen, symptoms, today).open()

        page.run(
            lambda depot: (
                amending.intake_of(depot, case_id), codes.codes(depot, CodeKind.SYMPTOM, active_only=True),
                depot.today(),
            ),
            fetched,
        )

    def _problems_of_intake(self) -> list[Problem]:
        intake = self._intake.intake()
        rule = self._products.rule(intake.product_id)
        judge = rules.report_problems if self._seen.stage is Stage.REPORTED else rules.problems
        found = judge(intake, rule, self._today)
        if intake.promised_on == self._seen.intake.promised_on:
            found = [problem for problem in found if problem.code != "receiving.promise-in-past"]
        return found

    def _submit(self) -> None:
        intake = over(self._intake.intake(), self._seen.intake)
        seen = self._seen
        self.run(lambda depot: amending.amend(depot, seen.case_id, seen.seq, intake), self._amended)

    def _amended(self, done: amending.Amended) -> None:
        self.done_well()
        self._frame.toast(
            _("{number} is corrected").format(number=done.number),
            undo=lambda depot: undoing.undo(depot, done.entry_id),
        )
