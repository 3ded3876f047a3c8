"""The monthly reports as workbooks: a sheet for the figures, then one for each chart with what it is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum

from app.domain.slips import AlarmPaper, CorrectionSheet, Exhibit, Figure, QualityReport, ServiceSummary, TestSummary
from app.domain.slips.heads import Worded
from app.i18n import Translator, translator
from app.labels import label
from app.spreadsheets.export import Column, Kind, ListSheet


def report_sheets(slip: object, language: str = "zh_CN") -> tuple[ListSheet, ...]:
    """``slip`` (F21, F22, F23, F24 or the correction sheet) with its headings in ``language``."""
    t = translator(language)
    if isinstance(slip, QualityReport):
        return (
            _figures(slip.figures, (slip.month, slip.standing, slip.terms, slip.analysis, slip.actions), t),
            *(_exhibit(exhibit) for exhibit in slip.exhibits), _lots(slip, t),
        )
    if isinstance(slip, TestSummary):
        return (_figures(slip.figures, (slip.month,), t), *_tests(slip, t))
    if isinstance(slip, ServiceSummary):
        return (
            _figures(slip.figures, (slip.month,), t), _service(t("By product"), t("Product"), slip.products, t),
            _service(t("By customer"), t("Customer"), slip.customers, t), *(_exhibit(e) for e in slip.exhibits),
        )
    if isinstance(slip, CorrectionSheet):
        return _corrections(slip, t)
    if isinstance(slip, AlarmPaper):
        return _alarm(slip, t)
    raise TypeError(f"no workbook of {type(slip).__name__}")


def _figures(figures: Sequence[Figure], notes: Sequence[str], t: Translator) -> ListSheet:
    return ListSheet(
        t("Figures"), (Column(t("Indicator"), width=28), Column(t("Value"), width=16), Column(t("Remarks"), width=40)),
        [(f.caption, f.value, f.note) for f in figures], [note for note in notes if note],
    )


def _exhibit(exhibit: Exhibit) -> ListSheet:
    tail = (Column(exhibit.tail),) if exhibit.tail else ()
    columns = (Column(exhibit.heading, width=30), *(Column(name, Kind.NUMBER, 16) for name in exhibit.series), *tail)
    rows = [
        (mark.label, *(_value(v, permille=exhibit.permille) for v in mark.values), *((mark.tail,) if tail else ()))
        for mark in exhibit.marks
    ]
    return ListSheet(exhibit.title, columns, rows, [exhibit.title, *([exhibit.note] if exhibit.note else [])])


def _value(value: int | None, *, permille: bool) -> float | str:
    """A figure for its cell: percent with one place; empty where there was nothing to take a share of."""
    if value is None:
        return ""
    return value / 10 if permille else value


def _lots(slip: QualityReport, t: Translator) -> ListSheet:
    columns = (
        Column(t("Product")), Column(t("Lot"), width=16), Column(t("Number of units"), Kind.NUMBER),
        Column(t("Product-caused"), Kind.NUMBER), Column(t("Cases and serials"), width=60),
    )
    return ListSheet(
        t("Several units of one lot"), columns, [(x.product, x.lot, x.n, x.ours, x.numbers) for x in slip.lots])


def _tests(slip: TestSummary, t: Translator) -> tuple[ListSheet, ...]:
    counted = (Column(t("Passed"), Kind.NUMBER), Column(t("Failed"), Kind.NUMBER))
    products = (
        Column(t("Product"), width=20), Column(t("Tested"), Kind.NUMBER), *counted,
        Column(t("First runs"), Kind.NUMBER), Column(t("Passed at once"), Kind.NUMBER),
    )
    items = (
        Column(t("Product"), width=20), Column(t("Code")), Column(t("Test item"), width=28),
        Column(t("Readings"), Kind.NUMBER), *counted,
    )
    return (
        ListSheet(t("Inspections by product"), products, [
            (p.product, p.tested, p.passed, p.failed, p.first, p.first_passed) for p in slip.products]),
        ListSheet(t("Readings by test item"), items, [
            (i.product, i.code, i.name, i.read, i.passed, i.failed) for i in slip.items]),
    )


def _service(title: str, what: str, lines: Sequence[object], t: Translator) -> ListSheet:
    columns = (Column(what, width=34), *(Column(t(name), Kind.NUMBER) for name in (
        "Received", "Left the depot", "In the depot", "Overdue")))
    return ListSheet(title, columns, [
        tuple(getattr(line, name) for name in ("name", "received", "left", "open", "late")) for line in lines])


def _corrections(slip: CorrectionSheet, t: Translator) -> tuple[ListSheet, ...]:
    then, now = Column(t("As closed"), width=18), Column(t("As of now"), width=18)
    return (
        ListSheet(t("Figures"), (Column(t("Indicator"), width=30), Column(t("Of"), width=30), then, now), [
            (f.name, f.of, f.then, f.now) for f in slip.figures], [slip.month, slip.standing]),
        ListSheet(t("Case by case"), (
            Column(t("Case no."), width=20), Column(t("Serial no."), width=18), Column(t("Change")),
            Column(t("Field")), then, now,
        ), [(c.number, c.serial, c.what, c.field, c.then, c.now) for c in slip.cases]),
    )


def _alarm(slip: AlarmPaper, t: Translator) -> tuple[ListSheet, ...]:
    """F23: the alarm and its feedback field by field, then the other units of the lot."""
    def words(value: Worded | date | None) -> str:
        return label(value, t) if isinstance(value, Enum) else "" if value is None else str(value)

    fields = (
        ("Product", slip.product), ("Lot", slip.lot), ("Serial no.", slip.serial), ("Case no.", slip.case_number),
        ("Reason for the alarm", slip.origin), ("Severity", slip.severity), ("Raised on", slip.raised),
        ("Answer by", slip.answer_due), ("Symptom", slip.symptom), ("What was found so far", slip.finding),
        ("Investigation", slip.investigation), ("Cause", slip.cause), ("Measures", slip.action),
        ("Answered on", slip.answered), ("What it came to", slip.result), ("Alarm closed on", slip.closed),
    )
    units = (Column(t("Serial no."), width=20), Column(t("Place"), width=24), Column(t("Times returned"), Kind.NUMBER))
    return (
        ListSheet(t("Quality alarm"), (Column(t("Field"), width=24), Column(t("Value"), width=70)), [
            *((t(name), words(value)) for name, value in fields),
            *((who.role if isinstance(who.role, str) else label(who.role, t), who.name) for who in slip.signatures),
        ]),
        ListSheet(t("Other units of the lot"), units, [(u.serial, words(u.place), u.returns) for u in slip.others]),
    )
