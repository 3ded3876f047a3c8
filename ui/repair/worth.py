"""The BER calculator: what the repair would cost, what the unit is still worth, and every figure on the way."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from app.domain.money import Money
from app.domain.repair_value import Basis, Estimate, EstimateRow, Worth, problems, worth
from app.i18n import N_, _
from app.services import estimates
from ui.dialogs.dialog import FormDialog
from ui.form import Form, NumberField, TextField
from ui.page import Page
from ui.tones import Tone
from ui.widgets import DefinitionList, Notice


class WorthForm(Form):
    """Parts and labour that the repair would need."""

    def __init__(self, basis: Basis) -> None:
        super().__init__(columns=2)
        self._basis = basis
        self.parts = self.add(
            NumberField("parts", N_("Parts"), unit="¥", decimals=2, low=0, required=True,
                        hint=N_("What is fitted already is proposed."))
        )
        self.minutes = self.add(NumberField("labour_minutes", N_("Labour"), unit=N_("min"), low=0, required=True))
        self.note = self.add(TextField("note", N_("Remark"), hint=N_("Which parts, at whose price")), span=2)
        self.parts.set_value(Decimal(basis.parts_fen).scaleb(-2))
        self.minutes.set_value(basis.labour_minutes)
        self.judge(lambda: problems(self.estimate(), basis))

    def estimate(self) -> Estimate:
        """What is typed."""
        parts = self.parts.value() or Decimal(0)
        return Estimate(self._basis.case_id, int(parts.scaleb(2)), self.minutes.whole() or 0, self.note.value())


class WorthDialog(FormDialog):
    """Shows the figures as one types; saving writes them down with their trace."""

    def __init__(self, page: Page, basis: Basis, then: Callable[[estimates.Reckoned], object] | None = None) -> None:
        form = WorthForm(basis)
        super().__init__(
            page, N_("Repair-cost check"), form, accept=N_("Write it down"), width=600,
            text=N_("The figures propose; whether the unit is not worth repairing (BER) says the technician."),
        )
        self.worth_form, self._basis, self._page, self._then = form, basis, page, then
        self.figures = DefinitionList()
        self.verdict = Notice()
        self.body.addWidget(self.figures)
        self.body.addWidget(self.verdict)
        form.changed.connect(self._reckon)
        self.submitted.connect(self._submit)
        self._reckon()

    def _reckon(self) -> None:
        estimate = self.worth_form.estimate()
        if problems(estimate, self._basis):
            self.figures.show_pairs(price_pairs(self._basis))
            self.verdict.hide()
            return
        found = worth(estimate, self._basis)
        self.figures.show_pairs([*price_pairs(self._basis), *worth_pairs(estimate, self._basis, found)])
        self.verdict.say(*verdict_words(found.beyond))

    def _submit(self) -> None:
        estimate = self.worth_form.estimate()
        self.run(lambda depot: estimates.record(depot, estimate), self._done)

    def _done(self, done: estimates.Reckoned) -> None:
        self.done_well()
        self._page.frame.toast(verdict_words(done.worth.beyond)[0], verdict_words(done.worth.beyond)[1])
        if self._then:
            self._then(done)


def open_calculator(page: Page, case_id: str) -> None:
    """Open the calculator for ``case_id``."""
    page.run(lambda depot: estimates.start(depot, case_id), lambda basis: WorthDialog(page, basis).open(), quiet=True)


def verdict_words(beyond: bool) -> tuple[str, Tone]:  # noqa: FBT001
    """What the figures say."""
    if beyond:
        return _("The repair costs more than the limit: not worth repairing (BER) is proposed."), Tone.WARN
    return _("The repair costs no more than the limit: it is worth repairing."), Tone.OK


def price_pairs(basis: Basis) -> list[tuple[str, str]]:
    """Where the value comes from."""
    price = str(Money(basis.replacement_fen)) if basis.replacement_fen else _("not known")
    if basis.age_months is None:
        return [(_("New price"), price), (_("Age"), _("not known, so nothing is written off"))]
    years, months = divmod(basis.age_months, 12)
    return [(_("New price"), price), (_("Age"), _("{years} y {months} mo").format(years=years, months=months))]


def worth_pairs(estimate: Estimate, basis: Basis, found: Worth) -> list[tuple[str, str]]:
    """Cost and limit, each with how it was reckoned."""
    return [
        (_("Still worth"), _("{price} × {left}% = {value} ({yearly}% less each year, never below {floor}%)").format(
            price=Money(basis.replacement_fen), left=found.left_percent, value=Money(found.value_fen),
            yearly=basis.yearly_percent, floor=basis.floor_percent)),
        (_("Cost limit"), _("{value} × {share}% = {limit}").format(
            value=Money(found.value_fen), share=basis.share_percent, limit=Money(found.limit_fen))),
        (_("Cost"), _("parts {parts} + {minutes} min × {hour}/h = {cost}").format(
            parts=Money(estimate.parts_fen), minutes=estimate.labour_minutes, hour=Money(basis.labour_hour_fen),
            cost=Money(found.cost_fen))),
    ]


def estimate_words(row: EstimateRow) -> str:
    """An estimate on record in a line."""
    verdict = _("not worth it") if row.beyond else _("worth it")
    return _("{cost} of at most {limit} ({share}% of {value}): {verdict}").format(
        cost=Money(row.cost_fen), limit=Money(row.limit_fen), share=row.share_percent, value=Money(row.value_fen),
        verdict=verdict)
