"""The depot's people and every signature given."""

from __future__ import annotations

from sqlalchemy import Index

from app.persistence.tables.base import moment, number, operational, structure, words, yes_no

users = operational(
    "users",
    words("login"),
    words("name"),
    words("password_hash"),
    words("pin_hash"),
    structure("roles"),
    words("stamp_no"),
    words("badge"),
    words("language"),
    yes_no("active"),
    number("failed_tries"),
    moment("blocked_until", null=True),
    Index("ix_users_login", "depot_id", "login"),
)

#: ``strokes``: lists of points in 0..1 of the box, drawn by an outside party; empty otherwise.
signatures = operational(
    "signatures",
    words("party"),
    words("user_id", null=True),
    words("name"),
    words("method"),
    structure("strokes"),
    words("purpose"),
    words("subject_kind"),
    words("subject_id"),
    moment("at"),
    Index("ix_signatures_subject", "depot_id", "subject_id"),
    append_only=True,
)
