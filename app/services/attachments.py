"""Attachments: photos, scans, papers, logs; kept once per content, photos made smaller on the way in."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.changes import Changes
from app.depot import Depot
from app.domain.attachments import LARGEST, LARGEST_SOURCE, PHOTO_SIDE, AttachmentKind
from app.domain.people import Action
from app.errors import Refused
from app.persistence import attachments as rows
from app.persistence import journal
from app.persistence import receiving as receiving_rows
from app.persistence.attachments import AttachmentRow
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services.undoing import Way

_PHOTO_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff"}
_MEDIA = {
    b"%PDF": "application/pdf", b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif",
    b"PK\x03\x04": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file read and, if it is a photo, made smaller; ready to be written. Made outside the transaction."""

    filename: str
    kind: AttachmentKind
    media_type: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment as lists show it; ``size`` in bytes."""

    id: str
    case_id: str | None
    unit_id: str | None
    kind: AttachmentKind
    filename: str
    media_type: str
    size: int
    caption: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Attached:
    """What was filed. The same bytes filed twice under one subject are one attachment."""

    attachments: tuple[Attachment, ...]
    entry_id: str
    changes: Changes = Changes.ATTACHMENTS


@dataclass(frozen=True, slots=True)
class Detached:
    """An attachment was taken out of the lists."""

    entry_id: str
    changes: Changes = Changes.ATTACHMENTS


def prepare(path: Path, kind: AttachmentKind | None = None) -> Prepared:
    """Read the file at ``path``.

    Refused: ``attachments.unreadable``, ``attachments.too-large``, ``attachments.empty``, ``attachments.no-picture``.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_SOURCE:
            raise Refused("attachments.too-large", field="files", name=path.name, size=_megabytes(size),
                          most=_megabytes(LARGEST))
        content = path.read_bytes()
    except OSError as error:
        raise Refused("attachments.unreadable", field="files", name=path.name) from error
    return prepare_bytes(path.name, content, kind)


def prepare_bytes(filename: str, content: bytes, kind: AttachmentKind | None = None) -> Prepared:
    """The same from bytes in memory (a pasted picture, a scan just made)."""
    if not content:
        raise Refused("attachments.empty", field="files", name=filename)
    photo = Path(filename).suffix.lower() in _PHOTO_SUFFIXES
    if photo:
        content, media_type = _smaller(content)
    else:
        media_type = next((m for magic, m in _MEDIA.items() if content.startswith(magic)), "application/octet-stream")
    if len(content) > LARGEST:
        raise Refused("attachments.too-large", field="files", name=filename, size=_megabytes(len(content)),
                      most=_megabytes(LARGEST))
    if kind is None:
        kind = AttachmentKind.PHOTO if photo else (
            AttachmentKind.PAPER if media_type == "application/pdf" else AttachmentKind.OTHER)
    return Prepared(filename, kind, media_type, content, hashlib.sha256(content).hexdigest())


def attach(
    depot: Depot, case_id: str, files: tuple[Prepared, ...], caption: str = ""
) -> Attached:
    """File ``files`` with a case. Refused: ``attachments.nothing``, ``receiving.unknown-case``."""
    depot.require(Action.ATTACH)
    if not files:
        raise Refused("attachments.nothing", field="files")
    with depot.write() as tx:
        case = receiving_rows.case(tx, case_id)
        if case is None:
            raise Refused("receiving.unknown-case", number=case_id)
        before = {row.id for row in rows.of_case(tx, case_id)}
        filed = tuple(
            file_in(tx, each, case_id=case_id, unit_id=case.unit_id, subject_kind="case", subject_id=case_id,
                    caption=caption)
            for each in files
        )
        entry_id = journal.record(
            tx, "attachments.attach", subject_kind="case", subject_id=case_id, subject_number=case.number,
            case_id=case_id, unit_id=case.unit_id,
            facts={
                "files": [row.filename for row in filed],
                "ids": [row.id for row in filed if row.id not in before],  # the others were filed by another entry
            },
        )
    return Attached(filed, entry_id)


def file_in(
    tx: Tx,
    file: Prepared,
    *,
    case_id: str | None,
    unit_id: str | None,
    subject_kind: str,
    subject_id: str,
    caption: str = "",
) -> Attachment:
    """File one attachment inside a running transaction; bytes that are kept already are not kept twice.

    Bytes that were lost or damaged since are put back by filing them again.
    """
    if not rows.has_blob(tx, file.sha256):
        rows.add_blob(tx, file.sha256, file.content)
    elif rows.blob(tx, file.sha256) != file.content:
        rows.mend_blob(tx, file.sha256, file.content)
    known = rows.same_filing(tx, subject_id, file.sha256)
    if known is not None:
        return _shown(known)
    row = AttachmentRow(
        tx.new_id(), case_id, unit_id, subject_kind, subject_id, file.kind.value, file.filename, file.media_type,
        len(file.content), file.sha256, caption.strip(), tx.at, tx.by,
    )
    rows.add(tx, row)
    return _shown(row)


def of_case(depot: Depot, case_id: str) -> tuple[Attachment, ...]:
    """Everything filed with a case, oldest first."""
    with depot.read() as tx:
        return tuple(_shown(row) for row in rows.of_case(tx, case_id))


def content(depot: Depot, attachment_id: str) -> bytes:
    """The bytes of an attachment. Refused: ``attachments.gone``, ``attachments.not-here``."""
    with depot.read() as tx:
        return held(tx, attachment_id)


def held(tx: Tx, attachment_id: str) -> bytes:
    """The bytes of an attachment inside a running transaction. Refused: as :func:`content`."""
    row = rows.get(tx, attachment_id)
    if row is None:
        raise Refused("attachments.gone")
    found = rows.blob(tx, row.sha256)
    if found is None:
        raise Refused("attachments.not-here", name=row.filename)
    return found


def detach(depot: Depot, attachment_id: str) -> Detached:
    """Take an attachment out of the lists (the bytes stay, so that it can be undone). Refused: ``attachments.gone``."""
    depot.require(Action.ATTACH)
    with depot.write() as tx:
        row = rows.get(tx, attachment_id)
        if row is None:
            raise Refused("attachments.gone")
        rows.end(tx, attachment_id)
        entry_id = journal.record(
            tx, "attachments.detach", subject_kind="attachment", subject_id=row.id, subject_number=row.filename,
            case_id=row.case_id, unit_id=row.unit_id, facts={"sha256": row.sha256},
        )
    return Detached(entry_id)


def _smaller(content: bytes) -> tuple[bytes, str]:
    """A photo upright, at most ``PHOTO_SIDE`` on its longer side, without the camera's remarks (place, owner)."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as opened:
            opened.draft("RGB", (PHOTO_SIDE, PHOTO_SIDE))
            picture = ImageOps.exif_transpose(opened)
            flat = picture.mode in {"1", "L", "P"} and max(picture.size) <= PHOTO_SIDE
            picture.thumbnail((PHOTO_SIDE, PHOTO_SIDE), Image.Resampling.LANCZOS)
            out = io.BytesIO()
            if flat or "A" in picture.getbands():
                picture.save(out, "PNG", optimize=True)
                return out.getvalue(), "image/png"
            picture.convert("RGB").save(out, "JPEG", quality=85, optimize=True)
            return out.getvalue(), "image/jpeg"
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise Refused("attachments.no-picture", field="files") from error


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB"


def _shown(row: AttachmentRow) -> Attachment:
    return Attachment(
        row.id, row.case_id, row.unit_id, AttachmentKind(row.kind), row.filename, row.media_type, row.size,
        row.caption, row.at,
    )


def _undo_attach(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    for attachment_id in entry.facts["ids"]:
        if rows.get(tx, attachment_id) is not None:
            rows.end(tx, attachment_id)
    return Changes.ATTACHMENTS


def _undo_detach(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.revive(tx, entry.subject_id)
    return Changes.ATTACHMENTS


UNDO = {
    "attachments.attach": Way(_undo_attach, permission=Action.ATTACH),
    "attachments.detach": Way(_undo_detach, permission=Action.ATTACH),
}
