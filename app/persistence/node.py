"""Who this database is, and the numbers it gives out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.domain.numbering import DocumentType, format_number
from app.domain.settings import DepotIdentity
from app.domain.stages import Stage
from app.persistence.tables import documents, handover_lines, handovers, node, return_cases
from app.persistence.transaction import Tx, columns_of


@dataclass(frozen=True, slots=True)
class Paper:
    """A numbered paper for the list of documents. ``form``: its layout, e.g. ``F5``; ``subject``: what it is about."""

    number: str
    type: DocumentType
    form: str
    subject_kind: str
    subject_id: str
    case_id: str | None = None
    unit_id: str | None = None


def is_head_office(tx: Tx) -> bool:
    """Whether this is head office's database: its history is origin 0 (spec 4, "Terms")."""
    return int(tx.scalar(select(node.c.origin))) == 0


def found(connection: Connection, identity: DepotIdentity, origin: int) -> None:
    """Write the one row that says whose database this is."""
    connection.execute(
        insert(node).values(
            one=1,
            origin=origin,
            seq=0,
            journal_no=0,
            journal_head="",
            **{name: getattr(identity, name) for name in DepotIdentity.__dataclass_fields__},
        )
    )


def identity(connection: Connection) -> DepotIdentity | None:
    """Whose database this is; ``None`` before it was founded."""
    row = connection.execute(select(*columns_of(DepotIdentity, node))).one_or_none()
    return None if row is None else DepotIdentity(**row._mapping)


def change_identity(tx: Tx, **values: object) -> None:
    """Change the depot's name, address, phone, logo, time zone or language."""
    tx.execute(update(node).values(**values))


def stamp(connection: Connection) -> int:
    """The newest sequence number: it changes with every write, so views can tell whether to look again."""
    return int(connection.execute(select(node.c.seq)).scalar_one())


def journal_end(tx: Tx) -> tuple[int, str]:
    """How many entries the journal has, and the chain value of the last (empty before the first)."""
    ((no, head),) = tx.ask("SELECT journal_no, journal_head FROM node")
    return int(no), str(head)


def next_number(tx: Tx, type_: DocumentType, today: date, count: int = 1) -> list[str]:
    """``count`` new numbers of ``type_`` in the month of ``today``; gapless, because they commit with their papers."""
    return next_numbers(tx, today, {type_: count})[type_]


def next_numbers(tx: Tx, today: date, wanted: Mapping[DocumentType, int]) -> dict[DocumentType, list[str]]:
    """New numbers of several types at once: type → how many."""
    month = f"{today:%y%m}"
    lasts = _count_on(tx, {type_.value: count for type_, count in wanted.items() if count}, month)
    return {
        type_: [
            format_number(tx.depot_id, type_, today.year, today.month, lasts[type_.value] - count + n)
            for n in range(1, count + 1)
        ] if count else []
        for type_, count in wanted.items()
    }


def next_in_series(tx: Tx, series_name: str, count: int = 1) -> list[int]:
    """The next ``count`` whole numbers of a series that does not start again each month (depot tags)."""
    last = _count_on(tx, {series_name: count}, "")[series_name]
    return [last - count + n for n in range(1, count + 1)]


def _count_on(tx: Tx, counts: Mapping[str, int], month: str) -> dict[str, int]:
    """Advance each series by its count and return the last number of each."""
    if not counts:
        return {}
    rows = ", ".join(["(?, ?, ?, ?)"] * len(counts))
    values = tuple(value for type_, count in counts.items() for value in (tx.depot_id, type_, month, count))
    done = tx.ask(
        f"INSERT INTO number_series (depot_id, type, month, last) VALUES {rows} "
        "ON CONFLICT (depot_id, type, month) DO UPDATE SET last = number_series.last + excluded.last "
        "RETURNING type, last",
        values,
    )
    return {type_: int(last) for type_, last in done}


def record_document(
    tx: Tx,
    number: str,
    type_: DocumentType,
    form: str,
    *,
    subject_kind: str,
    subject_id: str,
    case_id: str | None = None,
    unit_id: str | None = None,
) -> str:
    """Enter a numbered paper in the list of documents and return its id."""
    return record_documents(tx, [Paper(number, type_, form, subject_kind, subject_id, case_id, unit_id)])[0]


def record_documents(tx: Tx, papers: Sequence[Paper]) -> list[str]:
    """Enter numbered papers in the list of documents and return their ids."""
    rows: list[dict[str, Any]] = [
        {
            "id": tx.new_id(), "number": paper.number, "type": paper.type.value, "form": paper.form,
            "subject_kind": paper.subject_kind, "subject_id": paper.subject_id, "case_id": paper.case_id,
            "unit_id": paper.unit_id, "issued_at": tx.at, "issued_by": tx.by,
        }
        for paper in papers
    ]
    tx.insert(documents, *rows)
    return [row["id"] for row in rows]


def void_documents(tx: Tx, subject_ids: Sequence[str], reason: str) -> None:
    """Mark the papers about ``subject_ids`` as void; their numbers stay visible."""
    tx.execute(
        update(documents)
        .where(documents.c.depot_id == tx.depot_id, documents.c.subject_id.in_(subject_ids),
               documents.c.voided_at.is_(None))
        .values(voided_at=tx.at, void_reason=reason)
    )


def void_document(tx: Tx, number: str, reason: str) -> None:
    """Mark the paper ``number`` as void; its number stays visible."""
    tx.execute(
        update(documents)
        .where(documents.c.depot_id == tx.depot_id, documents.c.number == number, documents.c.voided_at.is_(None))
        .values(voided_at=tx.at, void_reason=reason)
    )


def void_receipt(tx: Tx, handover_number: str, case_number: str) -> None:
    """Void handover slip and receipt of a handover in which no case is left; else leave them: they name others too."""
    handover_id = tx.scalar(
        select(handovers.c.id).where(handovers.c.depot_id == tx.depot_id, handovers.c.number == handover_number)
    )
    left = tx.scalar(
        select(handover_lines.c.id)
        .join(return_cases, (return_cases.c.depot_id == handover_lines.c.depot_id)
              & (return_cases.c.id == handover_lines.c.case_id))
        .where(
            handover_lines.c.depot_id == tx.depot_id, handover_lines.c.handover_id == handover_id,
            return_cases.c.stage.not_in([Stage.VOID, Stage.REPORTED]), return_cases.c.number != case_number,
        )
        .limit(1)
    )
    if left is None:
        void_documents(tx, [handover_id], "receiving.undone")
