"""Papers made from the record: number in, PDF out. What is printed is what was saved (spec 2; spec 5, rule 9).

A customer's papers speak the customer's language, the depot's own speak the depot's, unless another is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.changes import Changes
from app.depot import Depot
from app.domain.chase import Grouping, Wanted
from app.domain.places import Place
from app.domain.register import Selection
from app.domain.slips import (
    AlarmPaper,
    CorrectionSheet,
    FormId,
    LabelCalibration,
    QualityReport,
    ServiceSummary,
    TestSummary,
)
from app.errors import Refused
from app.i18n import Translator, translator
from app.persistence import handover_lists, papers, returning
from app.persistence import receiving as receiving_rows
from app.persistence.papers import Document, PaperRow
from app.persistence.transaction import Tx
from app.printing import Paper, Printed, label_medium, render
from app.printing.binding import bind_together
from app.services.slips import (
    alarms,
    cases,
    crates,
    dispositions,
    ends,
    loans,
    quotation,
    sheets,
    site,
    spares,
    transfers,
)
from app.services.slips import chase as chase_papers
from app.services.slips import files as file_papers
from app.services.slips import quality as quality_papers
from app.services.slips.heads import customer_of, head

#: Papers for the customer: in the customer's language.
FOR_CUSTOMERS = frozenset({
    FormId.RECEIVING_RECEIPT, FormId.REPAIR_SLIP, FormId.FEEDBACK_SLIP, FormId.PACKING_SLIP,
    FormId.RETURN_NOTICE, FormId.EXCHANGE_SLIP, FormId.QUOTATION, FormId.SPARE_USE, FormId.LOANER_AGREEMENT,
})

#: The usual label of a unit.
DEFAULT_MEDIUM = "60x40"

#: Papers that are asked for by a document number.
NUMBERED: tuple[FormId, ...] = (
    FormId.TRAVELLER, FormId.RECEIVING_RECEIPT, FormId.REPAIR_PLAN, FormId.HANDOVER_SLIP, FormId.TRANSFER_SLIP,
    FormId.UNIT_LABEL,
    FormId.QA_MARK, FormId.REPAIR_SLIP, FormId.FEEDBACK_SLIP, FormId.PACKING_SLIP, FormId.STOCKTAKE_SHEET,
    FormId.PART_COUNT_SHEET,
    FormId.RETURN_NOTICE,
    FormId.EXCHANGE_SLIP, FormId.SCRAP_FORM, FormId.DETERMINATION, FormId.QUALITY_ALARM,
    FormId.LOAN_SLIP, FormId.QUOTATION,
    FormId.SPARE_USE, FormId.EMERGENCY_REQUEST, FormId.RESTOCK_SLIP, FormId.LOANER_AGREEMENT,
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """It was noted that papers left the program."""

    count: int
    changes: Changes = Changes.DOCUMENTS


def paper(
    depot: Depot, form: FormId | None, number: str, *, language: str = "", medium: str = ""
) -> Printed:
    """The paper ``form`` of document ``number`` (``None``: the form the number was given for).

    ``medium``: a label size such as ``60x40``. Refused: ``slips.unknown``, ``slips.not-this-form``.
    """
    with depot.read() as tx:
        document = _document(tx, number, form)
        wanted = form or FormId(document.form)
        t = translator(language or _language(depot, tx, wanted, document))
        slip = _slip(depot, tx, wanted, document, t)
        top = head(depot, tx, document.number, t.language, document, wanted.value)
        if wanted is FormId.REPAIR_SLIP and document.case_id:
            top = replace(top, code=cases.proof_code(tx, document.case_id, document.number))
    return render(slip, top, t, paper=_medium(medium))


def bundle(depot: Depot, numbers: Sequence[str]) -> Printed:
    """The papers of several numbers, one after the other in one file."""
    return bind_together([paper(depot, None, number) for number in numbers])


def labels(depot: Depot, case_numbers: Sequence[str], medium: str = "") -> Printed:
    """Unit labels (F6) of several cases in one file."""
    return bind_together([paper(depot, FormId.UNIT_LABEL, number, medium=medium) for number in case_numbers])


def zone_ledger(depot: Depot, zone: Place, start: date, end: date, *, language: str = "") -> Printed:
    """F20 of a zone and period."""
    t = translator(language or depot.identity.language)
    slip = sheets.zone_ledger(depot, zone, start, end, t)
    return _unnumbered(depot, slip, f"{depot.depot_id}-{zone.value}-{start:%Y%m%d}-{end:%Y%m%d}", t)


def loan_list(depot: Depot, start: date, end: date, *, language: str = "") -> Printed:
    """F18W of the days from ``start`` to ``end``."""
    t = translator(language or depot.identity.language)
    slip = loans.loan_list(depot, start, end, t)
    return _unnumbered(depot, slip, f"{depot.depot_id}-LOANS-{start:%Y%m%d}-{end:%Y%m%d}", t)


def register(depot: Depot, wanted: Selection, *, language: str = "") -> Printed:
    """F3 of a selection."""
    t = translator(language or depot.identity.language)
    slip = sheets.return_register(depot, wanted, t)
    return _unnumbered(depot, slip, f"{depot.depot_id}-REGISTER-{slip.start:%Y%m%d}-{slip.end:%Y%m%d}", t)


def chase_list(depot: Depot, wanted: Wanted, by: Grouping = Grouping.DUE, *, language: str = "") -> Printed:
    """The chase list as it is asked for."""
    t = translator(language or depot.identity.language)
    return _unnumbered(depot, chase_papers.chase_list(depot, wanted, by, t), f"{depot.depot_id}-CHASE", t)


def monthly(depot: Depot, form: FormId, month: str, *, language: str = "") -> Printed:
    """F21, F22, F24 or the correction sheet (F22K) of ``month`` (``yyyy-mm``). Refused: the codes of
    ``services.quality``."""
    t = translator(language or depot.identity.language)
    return _unnumbered(depot, monthly_slip(depot, form, month, t), f"{depot.depot_id}-{form.value}-{month}", t)


def monthly_slip(
    depot: Depot, form: FormId, month: str, t: Translator
) -> QualityReport | TestSummary | ServiceSummary | CorrectionSheet:
    """What such a report says, for the window and the workbook too."""
    match form:
        case FormId.TEST_SUMMARY:
            return quality_papers.test_summary(depot, month, t)
        case FormId.SERVICE_SUMMARY:
            return quality_papers.service_summary(depot, month, t)
        case FormId.CORRECTION_SHEET:
            return quality_papers.corrections(depot, month, t)
        case _:
            return quality_papers.quality_report(depot, month, t)


def alarm_slip(depot: Depot, alarm_id: str, t: Translator) -> AlarmPaper:
    """What F23 of an alarm says, for its workbook. Refused: ``slips.unknown``."""
    with depot.read() as tx:
        return alarms.quality_alarm(depot, tx, alarm_id, t)


def unit_file(depot: Depot, unit_id: str, *, language: str = "") -> Printed:
    """The file of a unit. Refused: ``files.unknown-unit``."""
    t = translator(language or depot.identity.language)
    slip = file_papers.unit_file(depot, unit_id, t)
    return _unnumbered(depot, slip, slip.code, t)


def customer_file(depot: Depot, customer_id: str, *, language: str = "") -> Printed:
    """The file of a customer. Refused: ``files.unknown-customer``."""
    t = translator(language or depot.identity.language)
    slip = file_papers.customer_file(depot, customer_id, t)
    return _unnumbered(depot, slip, slip.code, t)


def command_card(depot: Depot, *, language: str = "") -> Printed:
    """F25."""
    t = translator(language or depot.identity.language)
    return _unnumbered(depot, sheets.command_card(depot, t), f"{depot.depot_id}-F25", t)


def calibration(depot: Depot, medium: str, printer: str = "", *, language: str = "") -> Printed:
    """The calibration page of a label size."""
    t = translator(language or depot.identity.language)
    return _unnumbered(depot, LabelCalibration(printer), f"{depot.depot_id}-CAL", t, _medium(medium))


def printed(
    depot: Depot, numbers: Sequence[str], *, form: FormId | None = None, how: str = "print", printer: str = "",
    copies: int = 1, language: str = "",
) -> Recorded:
    """Note that papers were printed or saved; the next print of each says 补打."""
    with depot.write() as tx:
        for number in numbers:
            document = _document(tx, number, form)
            wanted = form or FormId(document.form)
            papers.add_printing(
                tx, document.id, wanted.value, language=language or _language(depot, tx, wanted, document), how=how,
                printer=printer or None, copies=copies,
            )
    return Recorded(len(numbers))


def listed(
    depot: Depot, *, form: FormId | None = None, text: str = "", limit: int = 200, last: PaperRow | None = None
) -> tuple[PaperRow, ...]:
    """Papers for the print centre, newest first: of one form, by number or serial; the page after ``last``."""
    after: tuple[datetime, str] | None = (last.issued_at, last.id) if last else None
    with depot.read() as tx:
        found = papers.listed(tx, form=form.value if form else "", text=text.strip().upper(), limit=limit, after=after)
    return tuple(replace(row, issued_at=row.issued_at.astimezone(depot.zone)) for row in found)


def papers_of_case(depot: Depot, case_id: str) -> tuple[Document, ...]:
    """The numbered papers of a case, oldest first."""
    with depot.read() as tx:
        return papers.of_case(tx, case_id)


def _document(tx: Tx, number: str, form: FormId | None) -> Document:
    """The document of ``number``; asked for by the number of its case, the case's own document of ``form``.

    So a paper always carries the number it was issued under, and its scan files itself.
    """
    found = papers.by_number(tx, number.strip().upper())
    if found is None or not found.form:
        raise Refused("slips.unknown", field="number", value=number)
    if form is None or form.value == found.form or found.subject_kind != "case":
        return found
    return papers.newest_of_case(tx, found.subject_id, form.value) or found


def _language(depot: Depot, tx: Tx, form: FormId, document: Document) -> str:
    if form not in FOR_CUSTOMERS:
        return depot.identity.language
    for_whom = spares.customer_id(tx, document.subject_kind, document.subject_id)
    if for_whom:
        return customer_of(tx, for_whom).language
    case_id = document.case_id
    if case_id is None and document.subject_kind == "handover":
        found = handover_lists.cases_of(tx, document.subject_id)  # a crate: the customer of its first case
        case_id = found[0].case_id if found else None
    if case_id is None and document.subject_kind == "shipment":
        shipment = returning.shipment(tx, document.subject_id)
        return customer_of(tx, shipment.customer_id).language if shipment else depot.identity.language
    if document.subject_kind == "site_visit":
        return site.customer_language(tx, document.subject_id) or depot.identity.language
    return cases.case_customer_language(tx, case_id) or depot.identity.language


def _slip(depot: Depot, tx: Tx, form: FormId, document: Document, t: Translator) -> object:
    """The data of a paper: made from what its document is about, or from the document's case."""
    by_subject, by_case = _BY_SUBJECT.get(form), _BY_CASE.get(form)
    if by_subject and document.subject_kind == by_subject[0]:
        return by_subject[1](depot, tx, document.subject_id, t)
    if by_case and document.case_id:
        return by_case(depot, tx, document.case_id, t)
    raise Refused("slips.not-this-form", field="form", form=form, number=document.number)


def _traveller_of_case(depot: Depot, tx: Tx, case_id: str, t: Translator) -> object:
    found = receiving_rows.traveller_of_case(tx, case_id)
    return cases.traveller(depot, tx, found.id if found else "", t)


_Make = Callable[[Depot, Tx, str, Translator], object]
_BY_SUBJECT: Mapping[FormId, tuple[str, _Make]] = {
    FormId.TRAVELLER: ("traveller", cases.traveller),
    FormId.QA_MARK: ("mark", cases.qa_mark),
    FormId.REPAIR_SLIP: ("site_visit", site.site_slip),
    FormId.RECEIVING_RECEIPT: ("handover", crates.receipt),
    FormId.HANDOVER_SLIP: ("handover", crates.handover_slip),
    FormId.TRANSFER_SLIP: ("handover", transfers.transfer_slip),
    FormId.REPAIR_PLAN: ("plan", crates.repair_plan),
    FormId.PACKING_SLIP: ("shipment", crates.packing_slip),
    FormId.STOCKTAKE_SHEET: ("stocktake", sheets.count_sheet),
    FormId.PART_COUNT_SHEET: ("part_stocktake", sheets.part_count_sheet),
    FormId.SPARE_USE: ("spare_use", spares.spare_use),
    FormId.EMERGENCY_REQUEST: ("emergency_build", spares.emergency_request),
    FormId.RESTOCK_SLIP: ("restock", spares.restock_slip),
    FormId.LOANER_AGREEMENT: ("loaner_agreement", spares.loaner_agreement),
    FormId.LOAN_SLIP: ("loan", loans.loan_slip),
    FormId.QUOTATION: ("quotation", quotation.quotation_slip),
    FormId.EXCHANGE_SLIP: ("exchange", ends.exchange_slip),
    FormId.SCRAP_FORM: ("scrap", ends.scrap_form),
    FormId.QUALITY_ALARM: ("alarm", alarms.quality_alarm),
}
_BY_CASE: Mapping[FormId, _Make] = {
    FormId.TRAVELLER: _traveller_of_case,
    FormId.UNIT_LABEL: cases.unit_label,
    FormId.REPAIR_SLIP: cases.repair_slip,
    FormId.FEEDBACK_SLIP: cases.feedback_slip,
    FormId.RETURN_NOTICE: dispositions.return_notice,
    FormId.DETERMINATION: ends.determination,
}


def _unnumbered(depot: Depot, slip: object, number: str, t: Translator, medium: Paper | None = None) -> Printed:
    with depot.read() as tx:
        top = head(depot, tx, number, t.language, None, "")
    return render(slip, top, t, paper=medium)


def _medium(medium: str) -> Paper | None:
    return label_medium(medium) if medium else None


__all__ = [
    "DEFAULT_MEDIUM",
    "FOR_CUSTOMERS",
    "NUMBERED",
    "FormId",
    "PaperRow",
    "Printed",
    "Recorded",
    "bundle",
    "calibration",
    "chase_list",
    "command_card",
    "customer_file",
    "labels",
    "listed",
    "loan_list",
    "monthly",
    "monthly_slip",
    "paper",
    "papers_of_case",
    "printed",
    "register",
    "unit_file",
    "zone_ledger",
]
