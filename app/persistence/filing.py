"""Scanned pages and the papers they were filed to; papers that are still awaited with a signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, or_, select

from app.domain.filing import AWAITED, PageState, ScannedPage, SignedPaper
from app.domain.returning import Proof
from app.domain.signing import Method
from app.persistence.tables import (
    customers,
    documents,
    feedback_answers,
    handover_lines,
    paper_waivers,
    products,
    quotations,
    return_cases,
    scanned_pages,
    shipment_lines,
    shipments,
    signatures,
    signed_papers,
    site_visits,
    spare_uses,
    units,
)
from app.persistence.transaction import Tx, as_row, columns_of

_scan, _signed, _doc = scanned_pages.c, signed_papers.c, documents.c


@dataclass(frozen=True, slots=True)
class FiledRow:
    """One filed page in a list. ``keyed``: the answers of a feedback slip are on record."""

    id: str
    scan_id: str
    document_id: str
    number: str
    form: str
    page: int
    case_id: str | None
    case_number: str
    unit_id: str | None
    serial: str
    customer: str
    filed_at: datetime
    filed_by_name: str
    how: str
    source: str
    keyed: bool


@dataclass(frozen=True, slots=True)
class AwaitedRow:
    """A paper that went to a customer and is not back. ``since``: when it was handed over, or made where that is it."""

    document_id: str
    number: str
    form: str
    case_id: str
    case_number: str
    unit_id: str
    serial: str
    model: str
    customer_id: str
    customer: str
    contact: str
    phone: str
    since: datetime


# -- pages -------------------------------------------------------------------------------------------------------


def add_scan(tx: Tx, page: ScannedPage) -> None:
    """Keep a page."""
    tx.insert(scanned_pages, as_row(page))


def scan(tx: Tx, scan_id: str) -> ScannedPage | None:
    """A page."""
    return tx.one(select(*columns_of(ScannedPage, scanned_pages)).where(tx.by_id(scanned_pages, scan_id)), ScannedPage)


def same_scan(tx: Tx, sha256: str) -> ScannedPage | None:
    """The page with the same content."""
    return tx.one(
        select(*columns_of(ScannedPage, scanned_pages)).where(
            _scan.depot_id == tx.depot_id, _scan.sha256 == sha256, _scan.deleted_at.is_(None)), ScannedPage)


def change_scan(tx: Tx, scan_id: str, **values: Any) -> None:
    """Change what became of a page."""
    tx.change(scanned_pages, scan_id, **values)


def scans(tx: Tx, state: PageState, limit: int) -> tuple[ScannedPage, ...]:
    """Pages in one state, the oldest first."""
    return tx.all(
        select(*columns_of(ScannedPage, scanned_pages))
        .where(_scan.depot_id == tx.depot_id, _scan.state == state, _scan.deleted_at.is_(None))
        .order_by(_scan.arrived_at, _scan.source_page, _scan.id).limit(limit),
        ScannedPage,
    )


def count_scans(tx: Tx, state: PageState) -> int:
    """How many pages are in one state."""
    return int(tx.scalar(select(func.count()).select_from(scanned_pages).where(
        _scan.depot_id == tx.depot_id, _scan.state == state, _scan.deleted_at.is_(None))))


# -- filed papers ------------------------------------------------------------------------------------------------


def add_signed(tx: Tx, paper: SignedPaper) -> None:
    """A page of a paper is on file."""
    tx.insert(signed_papers, as_row(paper))


def signed(tx: Tx, signed_id: str) -> SignedPaper | None:
    """A filing that stands."""
    return tx.one(
        select(*columns_of(SignedPaper, signed_papers)).where(
            tx.by_id(signed_papers, signed_id), _signed.deleted_at.is_(None)), SignedPaper)


def signed_of(tx: Tx, document_id: str) -> tuple[SignedPaper, ...]:
    """The pages of a paper that are on file, oldest first."""
    return tx.all(
        select(*columns_of(SignedPaper, signed_papers))
        .where(_signed.depot_id == tx.depot_id, _signed.document_id == document_id, _signed.deleted_at.is_(None))
        .order_by(_signed.page, _signed.filed_at, _signed.id),
        SignedPaper,
    )


def end_signed(tx: Tx, signed_id: str) -> None:
    """A filing was taken back."""
    tx.change(signed_papers, signed_id, deleted_at=tx.at)


def forms_signed(tx: Tx, case_id: str) -> tuple[str, ...]:
    """The forms of a case that are on file with a signature, each once; its crate's and shipment's among them."""
    of_crate = select(handover_lines.c.handover_id).where(
        handover_lines.c.depot_id == tx.depot_id, handover_lines.c.case_id == case_id)
    of_shipment = select(shipment_lines.c.shipment_id).where(
        shipment_lines.c.depot_id == tx.depot_id, shipment_lines.c.case_id == case_id,
        shipment_lines.c.deleted_at.is_(None))
    rows = tx.execute(
        select(_signed.form).distinct()
        .join(documents, and_(_doc.depot_id == _signed.depot_id, _doc.id == _signed.document_id))
        .where(
            _signed.depot_id == tx.depot_id, _signed.deleted_at.is_(None),
            or_(_signed.case_id == case_id,
                and_(_doc.case_id.is_(None), or_(_doc.subject_id.in_(of_crate), _doc.subject_id.in_(of_shipment)))),
        )
    )
    return tuple(sorted(rows.scalars()))


def filed(tx: Tx, *, text: str = "", to_key: bool = False, limit: int = 200) -> tuple[FiledRow, ...]:
    """Pages on file, the newest first; by number, case number or serial that begins with ``text``.

    ``to_key``: only first pages of feedback slips whose answers are not on record, the oldest first.
    """
    keyed = exists().where(
        feedback_answers.c.depot_id == _signed.depot_id, feedback_answers.c.document_id == _signed.document_id)
    statement = (
        select(
            _signed.id, _signed.scan_id, _signed.document_id, _signed.number, _signed.form, _signed.page,
            _signed.case_id, func.coalesce(return_cases.c.number, "").label("case_number"), _signed.unit_id,
            func.coalesce(units.c.serial, "").label("serial"), func.coalesce(customers.c.name, "").label("customer"),
            _signed.filed_at, _signed.filed_by_name, _signed.how, _scan.source, keyed.label("keyed"),
        )
        .join(scanned_pages, and_(_scan.depot_id == _signed.depot_id, _scan.id == _signed.scan_id))
        .join(return_cases, and_(return_cases.c.depot_id == _signed.depot_id, return_cases.c.id == _signed.case_id),
              isouter=True)
        .join(units, and_(units.c.depot_id == _signed.depot_id, units.c.id == _signed.unit_id), isouter=True)
        .join(customers, customers.c.id == return_cases.c.customer_id, isouter=True)
        .where(_signed.depot_id == tx.depot_id, _signed.deleted_at.is_(None))
        .limit(limit)
    )
    if to_key:
        statement = statement.where(_signed.form == "F9", _signed.page == 1, ~keyed).order_by(
            _signed.filed_at, _signed.id)
    else:
        statement = statement.order_by(_signed.filed_at.desc(), _signed.id.desc())
    if text:
        statement = statement.where(or_(
            _signed.number.startswith(text, autoescape=True),
            return_cases.c.number.startswith(text, autoescape=True), units.c.serial.startswith(text, autoescape=True)))
    return tx.all(statement, FiledRow)


def count_to_key(tx: Tx) -> int:
    """How many feedback slips are on file without their answers."""
    keyed = exists().where(
        feedback_answers.c.depot_id == _signed.depot_id, feedback_answers.c.document_id == _signed.document_id)
    return int(tx.scalar(select(func.count(func.distinct(_signed.document_id))).where(
        _signed.depot_id == tx.depot_id, _signed.deleted_at.is_(None), _signed.form == "F9", _signed.page == 1,
        ~keyed)))


# -- papers awaited ----------------------------------------------------------------------------------------------


def awaited(tx: Tx, *, gone_before: datetime | None = None, limit: int) -> tuple[AwaitedRow, ...]:
    """Papers handed to customers that are not back signed, the longest gone first.

    ``gone_before``: only those that were gone then already.
    """
    statement = _awaited(tx)
    since = statement.selected_columns.since
    if gone_before is not None:
        statement = statement.where(since < gone_before)
    return tx.all(statement.order_by(since, _doc.number).limit(limit), AwaitedRow)


def count_awaited(tx: Tx, gone_before: datetime) -> int:
    """How many papers are awaited that were gone before then."""
    found = _awaited(tx)
    found = found.where(found.selected_columns.since < gone_before)
    return int(tx.scalar(select(func.count()).select_from(found.subquery())))


def awaited_one(tx: Tx, document_id: str) -> AwaitedRow | None:
    """This paper, if it is awaited."""
    return tx.one(_awaited(tx).where(_doc.id == document_id), AwaitedRow)


def _awaited(tx: Tx) -> Select[Any]:
    """A paper of a shipment begins when that is delivered, a spare's when it was put in, the others when they are made.

    What was signed on the screen is not awaited: F8 of such a delivery, the slip of a trip, the use of a spare.
    """
    of_case = and_(return_cases.c.depot_id == _doc.depot_id, return_cases.c.id == _doc.case_id)
    user = and_(signatures.c.depot_id == _doc.depot_id, signatures.c.id == spare_uses.c.user_signature_id)
    trip = and_(site_visits.c.depot_id == _doc.depot_id, site_visits.c.id == _doc.subject_id)
    since = case(
        (_doc.subject_kind == "shipment", shipments.c.delivered_at),
        (_doc.subject_kind == "spare_use", spare_uses.c.swapped_at), else_=_doc.issued_at,
    )
    back = exists().where(
        _signed.depot_id == _doc.depot_id, _signed.document_id == _doc.id, _signed.deleted_at.is_(None))
    given_up = exists().where(
        paper_waivers.c.depot_id == _doc.depot_id, paper_waivers.c.document_id == _doc.id,
        paper_waivers.c.deleted_at.is_(None))
    unit_id = func.coalesce(_doc.unit_id, return_cases.c.unit_id)
    return (
        select(
            _doc.id.label("document_id"), _doc.number, _doc.form,
            func.coalesce(_doc.case_id, "").label("case_id"),
            func.coalesce(return_cases.c.number, "").label("case_number"),
            func.coalesce(unit_id, "").label("unit_id"), func.coalesce(units.c.serial, "").label("serial"),
            func.coalesce(products.c.model, "").label("model"),
            func.coalesce(customers.c.id, "").label("customer_id"),
            func.coalesce(customers.c.name, "").label("customer"),
            func.coalesce(func.nullif(return_cases.c.contact, ""), customers.c.contact, "").label("contact"),
            func.coalesce(func.nullif(return_cases.c.contact_phone, ""), customers.c.phone, "").label("phone"),
            since.label("since"),
        )
        .select_from(documents)
        .join(return_cases, of_case, isouter=True)
        .join(shipments, and_(shipments.c.depot_id == _doc.depot_id, shipments.c.id == _doc.subject_id), isouter=True)
        .join(site_visits, trip, isouter=True)
        .join(spare_uses, and_(spare_uses.c.depot_id == _doc.depot_id, spare_uses.c.id == _doc.subject_id),
              isouter=True)
        .join(signatures, user, isouter=True)
        .join(units, and_(units.c.depot_id == _doc.depot_id, units.c.id == unit_id), isouter=True)
        .join(products, products.c.id == units.c.product_id, isouter=True)
        .join(customers, customers.c.id == func.coalesce(return_cases.c.customer_id, spare_uses.c.customer_id),
              isouter=True)
        .where(
            _doc.depot_id == tx.depot_id, _doc.form.in_([form.value for form in AWAITED]), _doc.voided_at.is_(None),
            _doc.deleted_at.is_(None), since.is_not(None), ~back, ~given_up,
            or_(_doc.form != "F8", shipments.c.id.is_(None), shipments.c.proof != Proof.SIGNED.value),
            or_(_doc.form != "F15", signatures.c.method == Method.PAPER.value),
            site_visits.c.signature_id.is_(None), shipments.c.deleted_at.is_(None),
        )
    )


def add_waiver(tx: Tx, document_id: str, reason: str) -> str:
    """A paper is not awaited any more."""
    waiver_id = tx.new_id()
    tx.insert(paper_waivers, {
        "id": waiver_id, "document_id": document_id, "reason": reason, "at": tx.at, "by": tx.by, "by_name": tx.by_name})
    return waiver_id


def end_waiver(tx: Tx, waiver_id: str) -> None:
    """It is awaited again."""
    tx.change(paper_waivers, waiver_id, deleted_at=tx.at)


# -- what a signed paper shows to be waiting ---------------------------------------------------------------------


def open_quotations(tx: Tx, document_ids: Sequence[str]) -> frozenset[str]:
    """Those of the papers that are quotations sent and not answered."""
    return frozenset(tx.execute(
        select(_doc.id)
        .join(quotations, and_(quotations.c.depot_id == _doc.depot_id, quotations.c.id == _doc.subject_id))
        .where(
            _doc.depot_id == tx.depot_id, _doc.id.in_(list(document_ids)), _doc.subject_kind == "quotation",
            quotations.c.sent_at.is_not(None), quotations.c.ended_at.is_(None), quotations.c.deleted_at.is_(None),
        )
    ).scalars())


def unkeyed(tx: Tx, document_ids: Sequence[str]) -> frozenset[str]:
    """Those of the papers that are feedback slips without their answers on record."""
    return frozenset(tx.execute(
        select(_doc.id).where(
            _doc.depot_id == tx.depot_id, _doc.id.in_(list(document_ids)), _doc.form == "F9",
            ~exists().where(feedback_answers.c.depot_id == _doc.depot_id, feedback_answers.c.document_id == _doc.id),
        )
    ).scalars())


def undelivered(tx: Tx, document_ids: Sequence[str]) -> frozenset[str]:
    """Those of the papers that are of a shipment which was sent, and whose delivery is not recorded."""
    return frozenset(tx.execute(
        select(_doc.id)
        .join(shipments, and_(shipments.c.depot_id == _doc.depot_id, shipments.c.id == _doc.subject_id))
        .where(
            _doc.depot_id == tx.depot_id, _doc.id.in_(list(document_ids)), _doc.subject_kind == "shipment",
            _doc.form.in_(["F8", "F10"]), shipments.c.sent_at.is_not(None), shipments.c.delivered_at.is_(None),
            shipments.c.deleted_at.is_(None),
        )
    ).scalars())
