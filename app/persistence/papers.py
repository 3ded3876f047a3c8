"""The list of numbered papers, how often each was printed, and the signatures that stand on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.persistence.tables import (
    documents,
    handover_lines,
    handover_receipts,
    handover_verdicts,
    handovers,
    printings,
    qa_marks,
    shipment_lines,
    signatures,
    units,
    users,
)
from app.persistence.transaction import Tx, columns_of


@dataclass(frozen=True, slots=True)
class Document:
    """One numbered paper."""

    id: str
    number: str
    type: str
    form: str
    subject_kind: str
    subject_id: str
    case_id: str | None
    unit_id: str | None
    issued_at: datetime
    issued_by: str
    voided_at: datetime | None
    void_reason: str | None


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """One signature as written; ``strokes`` are points in 0..1 of the box."""

    id: str
    party: str
    name: str
    method: str
    strokes: list[list[list[float]]]
    at: datetime


@dataclass(frozen=True, slots=True)
class SignedHandover:
    """Both halves of a handover with the ids of their signatures."""

    id: str
    number: str
    from_place: Any
    to_place: Any
    giver_name: str
    giver_signature_id: str | None
    receiver_name: str | None
    receiver_signature_id: str | None
    kind: str | None
    note: str
    at: datetime
    received_at: datetime | None
    announced: int | None


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper in the list of the print centre. ``prints``: how often it left the program."""

    id: str
    number: str
    form: str
    case_id: str | None
    unit_id: str | None
    serial: str
    issued_at: datetime
    issued_by: str
    voided: bool
    prints: int


def by_number(tx: Tx, number: str) -> Document | None:
    """The paper ``number``."""
    return tx.one(
        select(*columns_of(Document, documents)).where(
            documents.c.depot_id == tx.depot_id, documents.c.number == number, documents.c.deleted_at.is_(None)
        ),
        Document,
    )


def of_case(tx: Tx, case_id: str) -> tuple[Document, ...]:
    """The papers of a case, oldest first."""
    return tx.all(
        select(*columns_of(Document, documents))
        .where(documents.c.depot_id == tx.depot_id, documents.c.case_id == case_id)
        .order_by(documents.c.issued_at, documents.c.number),
        Document,
    )


def newest_of_case(tx: Tx, case_id: str, form: str) -> Document | None:
    """The newest live paper of ``form`` that a case has, alone or with others of its crate or shipment."""
    d = documents.c
    of_crate = select(handover_lines.c.handover_id).where(
        handover_lines.c.depot_id == tx.depot_id, handover_lines.c.case_id == case_id
    )
    of_shipment = select(shipment_lines.c.shipment_id).where(
        shipment_lines.c.depot_id == tx.depot_id, shipment_lines.c.case_id == case_id,
        shipment_lines.c.deleted_at.is_(None),
    )
    found = tx.all(
        select(*columns_of(Document, documents))
        .where(
            d.depot_id == tx.depot_id, d.form == form, d.voided_at.is_(None), d.deleted_at.is_(None),
            (d.case_id == case_id)
            | (d.case_id.is_(None) & (d.subject_id.in_(of_crate) | d.subject_id.in_(of_shipment))),
        )
        .order_by(d.issued_at.desc(), d.number.desc())
        .limit(1),
        Document,
    )
    return found[0] if found else None


def listed(
    tx: Tx, *, form: str, text: str, limit: int, after: tuple[datetime, str] | None = None
) -> tuple[PaperRow, ...]:
    """Papers newest first, of one form if given, whose number begins with ``text`` or whose unit has that serial."""
    d = documents.c
    prints = (
        select(func.count()).select_from(printings)
        .where(printings.c.depot_id == d.depot_id, printings.c.document_id == d.id).scalar_subquery()
    )
    statement = (
        select(
            d.id, d.number, d.form, d.case_id, d.unit_id, func.coalesce(units.c.serial, "").label("serial"),
            d.issued_at, func.coalesce(users.c.name, "").label("issued_by"),
            d.voided_at.is_not(None).label("voided"), prints.label("prints"),
        )
        .join(units, (units.c.depot_id == d.depot_id) & (units.c.id == d.unit_id), isouter=True)
        .join(users, (users.c.depot_id == d.depot_id) & (users.c.id == d.issued_by), isouter=True)
        .where(d.depot_id == tx.depot_id, d.form != "", d.deleted_at.is_(None))
        .order_by(d.issued_at.desc(), d.id.desc())
        .limit(limit)
    )
    if form:
        statement = statement.where(d.form == form)
    if text:
        of_serial = select(units.c.id).where(units.c.depot_id == tx.depot_id, units.c.serial == text)
        statement = statement.where(
            ((d.number >= text) & (d.number < text + "\uffff")) | d.unit_id.in_(of_serial)
        )
    if after is not None:
        statement = statement.where((d.issued_at < after[0]) | ((d.issued_at == after[0]) & (d.id < after[1])))
    return tx.all(statement, PaperRow)


def prints(tx: Tx, document_id: str, form: str) -> int:
    """How often a paper of a document was printed or saved."""
    return int(tx.scalar(
        select(func.count()).select_from(printings).where(
            printings.c.depot_id == tx.depot_id, printings.c.document_id == document_id, printings.c.form == form
        )
    ))


def add_printing(
    tx: Tx, document_id: str, form: str, *, language: str, how: str, printer: str | None, copies: int
) -> None:
    """Note that a paper left the program."""
    tx.insert(
        printings,
        {
            "document_id": document_id, "form": form, "language": language, "how": how, "printer": printer,
            "copies": copies, "at": tx.at, "by": tx.by,
        },
    )


def signatures_by_id(tx: Tx, ids: Sequence[str | None]) -> Mapping[str, SignatureRow]:
    """Signatures by id."""
    wanted = [id_ for id_ in ids if id_]
    rows = tx.all(
        select(*columns_of(SignatureRow, signatures)).where(
            signatures.c.depot_id == tx.depot_id, signatures.c.id.in_(wanted)
        ),
        SignatureRow,
    )
    return {row.id: row for row in rows}


def handover(tx: Tx, handover_id: str) -> SignedHandover | None:
    """Both halves of one handover."""
    found = tx.all(_handovers(tx).where(handovers.c.id == handover_id), SignedHandover)
    return found[0] if found else None


def handover_by_number(tx: Tx, number: str) -> SignedHandover | None:
    """Both halves of the handover with the document number ``number``."""
    found = tx.all(_handovers(tx).where(handovers.c.number == number), SignedHandover)
    return found[0] if found else None


def handovers_of_case(tx: Tx, handover_ids: Sequence[str]) -> tuple[SignedHandover, ...]:
    """Both halves of the handovers ``handover_ids``, oldest first."""
    return tx.all(_handovers(tx).where(handovers.c.id.in_(handover_ids)).order_by(handovers.c.at), SignedHandover)


def _handovers(tx: Tx) -> Any:
    h, r = handovers.c, handover_receipts.c
    return (
        select(
            h.id, h.number, h.from_place, h.to_place, h.giver_name, h.giver_signature_id,
            r.receiver_name, r.receiver_signature_id, r.kind, h.note, h.at, r.at.label("received_at"), h.announced,
        )
        .join(handover_receipts, (r.depot_id == h.depot_id) & (r.handover_id == h.id), isouter=True)
        .where(h.depot_id == tx.depot_id)
    )


def handover_ids_of_case(tx: Tx, case_id: str) -> tuple[tuple[str, str, str], ...]:
    """(handover id, verdict, refusal text) of each handover that offered the unit or traveller of a case."""
    rows = tx.execute(
        select(handover_lines.c.handover_id, handover_verdicts.c.verdict, handover_verdicts.c.reason)
        .join(
            handover_verdicts,
            (handover_verdicts.c.depot_id == handover_lines.c.depot_id)
            & (handover_verdicts.c.line_id == handover_lines.c.id),
            isouter=True,
        )
        .where(handover_lines.c.depot_id == tx.depot_id, handover_lines.c.case_id == case_id)
        .order_by(handover_lines.c.id)
    )
    return tuple(dict.fromkeys((row.handover_id, row.verdict or "", row.reason or "") for row in rows))


def mark_by_number(tx: Tx, number: str) -> Any:
    """(case id, unit id) of the QA mark ``number``, or ``None``."""
    return tx.execute(
        select(qa_marks.c.id, qa_marks.c.case_id, qa_marks.c.unit_id).where(
            qa_marks.c.depot_id == tx.depot_id, qa_marks.c.number == number
        )
    ).one_or_none()
