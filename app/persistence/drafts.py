"""What somebody had typed when the light went out. Of this database only: not stamped, not sent anywhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from app.persistence.tables import drafts
from app.persistence.transaction import Tx


def save(tx: Tx, form: str, subject: str, content: Any) -> None:
    """Keep ``content`` (plain values) as this person's draft of ``form`` about ``subject``."""
    drop(tx, form, subject)
    tx.insert(drafts, {"user_id": tx.by, "form": form, "subject": subject, "content": content, "saved_at": tx.at})


def load(tx: Tx, form: str, subject: str) -> Any:
    """The draft, or ``None``."""
    return tx.scalar(select(drafts.c.content).where(*_this(tx, form, subject)))


def drop(tx: Tx, form: str, subject: str) -> None:
    """Forget the draft, if there is one."""
    tx.execute(delete(drafts).where(*_this(tx, form, subject)))


def _this(tx: Tx, form: str, subject: str) -> tuple[Any, ...]:
    return (
        drafts.c.depot_id == tx.depot_id, drafts.c.user_id == tx.by, drafts.c.form == form,
        drafts.c.subject == subject,
    )
