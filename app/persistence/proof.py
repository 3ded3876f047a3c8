"""Keys of inspectors and the signatures of marks, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.persistence.tables import mark_signatures, qa_marks, signing_keys
from app.persistence.transaction import Tx, as_row, columns_of


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key; texts are base64."""

    id: str
    user_id: str
    user_name: str
    public: str
    salt: str
    sealed: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MarkSignature:
    """What a key said of a mark. ``digest`` is hex, ``signature`` base64."""

    id: str
    mark_id: str
    number: str
    key_id: str
    digest: str
    signature: str
    at: datetime


def keys_of(tx: Tx, user_id: str) -> tuple[SigningKey, ...]:
    """The keys of an inspector, newest first: each new secret gets one."""
    return tx.all(
        select(*columns_of(SigningKey, signing_keys))
        .where(signing_keys.c.depot_id == tx.depot_id, signing_keys.c.user_id == user_id)
        .order_by(signing_keys.c.at.desc(), signing_keys.c.id.desc()),
        SigningKey,
    )


def add_key(tx: Tx, key: SigningKey) -> None:
    """Keep a new key."""
    tx.insert(signing_keys, as_row(key))


def add_signature(tx: Tx, signature: MarkSignature) -> None:
    """Keep a signature."""
    tx.insert(mark_signatures, as_row(signature))


def signature_of(tx: Tx, mark_id: str) -> MarkSignature | None:
    """The signature of a mark."""
    return tx.one(
        select(*columns_of(MarkSignature, mark_signatures))
        .where(mark_signatures.c.depot_id == tx.depot_id, mark_signatures.c.mark_id == mark_id),
        MarkSignature,
    )


def key(tx: Tx, key_id: str) -> SigningKey | None:
    """A key by its id."""
    return tx.one(select(*columns_of(SigningKey, signing_keys)).where(tx.by_id(signing_keys, key_id)), SigningKey)


def mark_id(tx: Tx, number: str) -> str | None:
    """The id of the mark ``number``."""
    found: str | None = tx.scalar(
        select(qa_marks.c.id).where(qa_marks.c.depot_id == tx.depot_id, qa_marks.c.number == number)
    )
    return found


def replaced(tx: Tx, of_mark: str) -> str | None:
    """The number of the mark that took the place of ``of_mark``."""
    found: str | None = tx.scalar(
        select(qa_marks.c.number).where(qa_marks.c.depot_id == tx.depot_id, qa_marks.c.replaces_id == of_mark)
    )
    return found
