"""Who this database is, and the numbers it gives out."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from app.domain.numbering import DocumentType, number_on
from app.domain.settings import DepotIdentity
from app.persistence.tables import documents, node, number_series
from app.persistence.transaction import Tx, columns_of
from datetime import date


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


def next_number(tx: Tx, type_: DocumentType, today: date, count: int = 1) -> list[str]:
    """``count`` new numbers of ``type_`` in the month of ``today``; gapless, because they commit with their papers."""
    month = f"{today:%y%m}"
    series = number_series.c
    where = (series.depot_id == tx.depot_id, series.type == type_.value, series.month == month)
    last = tx.scalar(select(series.last).where(*where))
    if last is None:
        tx.execute(
            insert(number_series).values(depot_id=tx.depot_id, type=type_.value, month=month, last=count)
        )
        last = 0
    else:
        tx.execute(update(number_series).where(*where).values(last=last + count))
    return [str(number_on(tx.depot_id, type_, today, last + n)) for n in range(1, count + 1)]


def next_in_series(tx: Tx, series_name: str, count: int = 1) -> list[int]:
    """The next ``count`` whole numbers of a series that does not start again each month (depot tags)."""
    series = number_series.c
    where = (series.depot_id == tx.depot_id, series.type == series_name, series.month == "")
    last = tx.scalar(select(series.last).where(*where))
    if last is None:
        tx.execute(insert(number_series).values(depot_id=tx.depot_id, type=series_name, month="", last=count))
        last = 0
    else:
        tx.execute(update(number_series).where(*where).values(last=last + count))
    return [last + n for n in range(1, count + 1)]


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
    document_id = tx.new_id()
    tx.insert(
        documents,
        {
            "id": document_id, "number": number, "type": type_.value, "form": form, "subject_kind": subject_kind,
            "subject_id": subject_id, "case_id": case_id, "unit_id": unit_id, "issued_at": tx.at, "issued_by": tx.by,
        },
    )
    return document_id
