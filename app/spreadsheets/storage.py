"""F20 as spreadsheets: the ledger of a zone for a period, and the count sheet of a stock-take."""

from __future__ import annotations

from app.domain.slips.storage import CountLine, LedgerLine, StocktakeSheet, ZoneLedger
from app.i18n import translator
from app.labels import label
from app.spreadsheets.export import Column, Kind, ListSheet


def ledger_sheet(ledger: ZoneLedger, language: str = "zh_CN") -> ListSheet:
    """``ledger`` with opening and closing balance above the lines; every line has the balance after it."""
    t = translator(language)
    columns = (
        Column(t("At"), Kind.MOMENT), Column(t("In"), Kind.NUMBER), Column(t("Out"), Kind.NUMBER),
        Column(t("Balance"), Kind.NUMBER), Column(t("Serial number")), Column(t("Product model")),
        Column(t("Case number"), width=18), Column(t("From or to")), Column(t("Shelf")),
        Column(t("Document"), width=18), Column(t("By")),
    )
    notes = [
        label(ledger.zone, t),
        t("{start} to {end}").format(start=ledger.start, end=ledger.end),
        t("Opening balance {opening}, closing balance {closing}").format(
            opening=ledger.opening, closing=ledger.closing),
    ]
    came = sum(line.incoming for line in ledger.lines)
    totals = (t("Total"), came, len(ledger.lines) - came, ledger.closing)
    return ListSheet(t("Zone ledger"), columns, map(_ledger_row, ledger.lines), notes, totals)


def _ledger_row(line: LedgerLine) -> tuple[object, ...]:
    return (
        line.at, 1 if line.incoming else None, None if line.incoming else 1, line.balance, line.serial, line.product,
        line.case_number, line.other_place, line.shelf, line.document, line.by,
    )


def count_sheet(stocktake: StocktakeSheet, language: str = "zh_CN") -> ListSheet:
    """``stocktake`` by shelf: what is booked, what was found, and where they differ."""
    t = translator(language)
    answers = {True: t("yes"), False: t("no"), None: ""}
    columns = (
        Column(t("Shelf")), Column(t("Serial number")), Column(t("Product model")), Column(t("Case number"), width=18),
        Column(t("Booked here")), Column(t("Found")), Column(t("Difference")), Column(t("Remarks")),
    )
    rows = (
        (line.shelf, line.serial, line.product, line.case_number, answers[line.booked], answers[line.found],
         _difference(line), line.remark)
        for line in stocktake.lines
    )
    notes = [label(stocktake.zone, t), *([stocktake.remark] if stocktake.remark else [])]
    return ListSheet(t("Stock-take sheet"), columns, rows, notes)


def _difference(line: CountLine) -> str:
    """``−`` missing, ``+`` found but not booked here, empty where record and shelf agree or nobody looked yet."""
    if line.found is None or line.found is line.booked:
        return ""
    return "+" if line.found else "−"
