"""Drafts: what is typed is kept every few seconds, so that a power cut loses nothing typed (spec 5, rule 2)."""

from __future__ import annotations

import json

from app.depot import Depot
from app.persistence import drafts as rows


def save_draft(depot: Depot, form: str, subject: str, content: str) -> None:
    """Keep ``content`` (JSON text) as the operator's draft of ``form`` about ``subject`` (empty: of no one thing)."""
    kept = json.loads(content)
    with depot.write() as tx:
        rows.save(tx, form, subject, kept)


def load_draft(depot: Depot, form: str, subject: str) -> str | None:
    """The operator's draft as JSON text, or ``None``."""
    with depot.read() as tx:
        kept = rows.load(tx, form, subject)
    return None if kept is None else json.dumps(kept, ensure_ascii=False)


def drop_draft(depot: Depot, form: str, subject: str) -> None:
    """Forget the operator's draft: what was typed has become a record, or is not wanted."""
    if load_draft(depot, form, subject) is None:
        return
    with depot.write() as tx:
        rows.drop(tx, form, subject)
