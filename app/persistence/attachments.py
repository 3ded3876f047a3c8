"""Attachments: the bytes once, under what they are; who filed them where, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from app.persistence.tables import attachments, blobs
from app.persistence.transaction import Tx, as_row, columns_of


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """One filing of a photo, scan or paper. ``kind``: PHOTO | PAPER | LOG | OTHER; ``size`` in bytes."""

    id: str
    case_id: str | None
    unit_id: str | None
    subject_kind: str
    subject_id: str
    kind: str
    filename: str
    media_type: str
    size: int
    sha256: str
    caption: str
    at: datetime
    by: str


def has_blob(tx: Tx, sha256: str) -> bool:
    """Whether these bytes are kept already."""
    return tx.scalar(
        select(blobs.c.size).where(blobs.c.depot_id == tx.depot_id, blobs.c.sha256 == sha256)
    ) is not None


def add_blob(tx: Tx, sha256: str, content: bytes) -> None:
    """Keep bytes."""
    tx.insert(blobs, {"sha256": sha256, "size": len(content), "content": content})


def mend_blob(tx: Tx, sha256: str, content: bytes) -> None:
    """Put the right bytes in the place of damaged ones."""
    tx.execute(update(blobs).where(blobs.c.depot_id == tx.depot_id, blobs.c.sha256 == sha256).values(
        size=len(content), content=content
    ))


def blob(tx: Tx, sha256: str) -> bytes | None:
    """The bytes with this digest."""
    found = tx.scalar(select(blobs.c.content).where(blobs.c.depot_id == tx.depot_id, blobs.c.sha256 == sha256))
    return None if found is None else bytes(found)


def add(tx: Tx, *rows: AttachmentRow) -> None:
    """File attachments."""
    tx.insert(attachments, *(as_row(row) for row in rows))


def get(tx: Tx, attachment_id: str) -> AttachmentRow | None:
    """A live attachment."""
    return tx.one(
        select(*columns_of(AttachmentRow, attachments)).where(
            tx.by_id(attachments, attachment_id), attachments.c.deleted_at.is_(None)
        ),
        AttachmentRow,
    )


def of_case(tx: Tx, case_id: str) -> tuple[AttachmentRow, ...]:
    """Everything filed with a case, oldest first."""
    return tx.all(
        select(*columns_of(AttachmentRow, attachments))
        .where(
            attachments.c.depot_id == tx.depot_id, attachments.c.case_id == case_id,
            attachments.c.deleted_at.is_(None),
        )
        .order_by(attachments.c.at, attachments.c.id),
        AttachmentRow,
    )


def same_filing(tx: Tx, subject_id: str, sha256: str) -> AttachmentRow | None:
    """The same bytes filed under the same subject before."""
    found = tx.all(
        select(*columns_of(AttachmentRow, attachments)).where(
            attachments.c.depot_id == tx.depot_id, attachments.c.sha256 == sha256,
            attachments.c.subject_id == subject_id, attachments.c.deleted_at.is_(None),
        ).limit(1),
        AttachmentRow,
    )
    return found[0] if found else None


def end(tx: Tx, attachment_id: str) -> None:
    """Take an attachment out of the lists; the bytes stay."""
    tx.change(attachments, attachment_id, deleted_at=tx.at)


def revive(tx: Tx, attachment_id: str) -> None:
    """Put an attachment back."""
    tx.change(attachments, attachment_id, deleted_at=None)
