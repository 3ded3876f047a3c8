"""Months that are closed: what the reports said, once and for ever."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint

from app.persistence.tables.base import moment, number, operational, words

#: ``data``: the whole report as canonical JSON in ``format``; ``digest``: SHA-256 of its UTF-8 bytes, hex.
closed_months = operational(
    "closed_months",
    words("month"),
    number("format"),
    words("data"),
    words("digest"),
    words("policy_version"),
    words("signature_id"),
    moment("at"),
    words("by"),
    words("by_name"),
    UniqueConstraint("depot_id", "month"),
    append_only=True,
)
