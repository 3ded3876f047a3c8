"""F3, the return register, as a spreadsheet: the same lines and totals as on paper."""

from __future__ import annotations

from app.domain.slips.registers import RegisterLine, ReturnRegister
from app.i18n import Translator, translator
from app.spreadsheets.export import Column, Kind, ListSheet


def register_sheet(register: ReturnRegister, language: str = "zh_CN") -> ListSheet:
    """``register`` with its headings in ``language``."""
    t = translator(language)
    totals = register.totals
    notes = [t("{start} to {end}").format(start=register.start, end=register.end)]
    if register.selection:
        notes.append(register.selection)
    sums = t("{cases} cases: {returned} returned, {spares} spares, {scrapped} scrapped, {open} open, {overdue} overdue")
    notes.append(sums.format(
        cases=totals.cases, returned=totals.returned, spares=totals.spares, scrapped=totals.scrapped, open=totals.open,
        overdue=totals.overdue,
    ))
    return ListSheet(t("Return register"), _columns(t), (_row(line, t) for line in register.lines), notes)


def _columns(t: Translator) -> tuple[Column, ...]:
    return (
        Column(t("Case number"), width=18),
        Column(t("Customer")),
        Column(t("Product model")),
        Column(t("Serial number")),
        Column(t("Date received"), Kind.DAY),
        Column(t("Visit"), Kind.NUMBER),
        Column(t("Way of return")),
        Column(t("Warranty")),
        Column(t("Repair plan"), width=18),
        Column(t("Released"), Kind.DAY),
        Column(t("In repair"), Kind.DAY),
        Column(t("In inspection"), Kind.DAY),
        Column(t("Passed"), Kind.DAY),
        Column(t("QA mark"), width=18),
        Column(t("Exit")),
        Column(t("Ended"), Kind.DAY),
        Column(t("Days"), Kind.NUMBER),
        Column(t("Overdue")),
        Column(t("Remarks")),
    )


def _row(line: RegisterLine, t: Translator) -> tuple[object, ...]:
    return (
        line.case_number, line.customer, line.product, line.serial, line.received, line.visit, line.way_of_return,
        line.warranty, line.plan_number, line.released, line.in_repair, line.in_qa, line.passed, line.mark_number,
        line.exit, line.ended, line.days, t("overdue") if line.overdue else "", line.remark,
    )
