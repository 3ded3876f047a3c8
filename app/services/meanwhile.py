"""Somebody else was quicker: who changed a record since it was opened, and when."""

from __future__ import annotations

from typing import Any

from app.depot import Depot
from app.errors import Refused
from app.persistence import journal
from app.persistence.transaction import Tx


def changed(depot: Depot, tx: Tx, code: str, subject_id: str, /, **facts: Any) -> Refused:
    """The refusal ``code`` (it ends in ``changed-meanwhile``), with who changed ``subject_id`` last (``by``) and when
    (``at``, in the depot's time)."""
    last = journal.last_about(tx, subject_id)
    return Refused(
        code, by=last.actor_name if last else "–", at=(last.at if last else tx.at).astimezone(depot.zone), **facts
    )
