"""Keys of inspectors and what they signed."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from app.persistence.tables.base import moment, operational, to, words

#: An inspector's Ed25519 key. ``public`` is open to all; ``sealed`` is the private one under the inspector's secret.
signing_keys = operational(
    "signing_keys",
    words("user_id"),
    words("user_name"),
    words("public"),
    words("salt"),          # ``<time>:<KiB>:<base64>``, how the sealing key is derived
    words("sealed"),
    moment("at"),
    Index("ix_signing_keys_user", "depot_id", "user_id"),
    append_only=True,
)

#: ``digest`` (hex) of what the mark says, and its signature (base64) by the key.
mark_signatures = operational(
    "mark_signatures",
    words("mark_id"),
    words("number"),
    words("key_id"),
    words("digest"),
    words("signature"),
    moment("at"),
    to("mark_id", "qa_marks"),
    to("key_id", "signing_keys"),
    UniqueConstraint("depot_id", "mark_id"),
    Index("ix_mark_signatures_number", "number"),
    append_only=True,
)
