"""The warranty of units: an append-only ledger of entries (spec 1 §7)."""

from __future__ import annotations

from sqlalchemy import Index

from app.persistence.tables.base import day, moment, operational, structure, to, words

#: ``kind`` and ``facts``: as ``domain.warranty_entries.entry_as_dict`` writes them; ``reverses``: the entry that was a
#: mistake; ``case_id``: the visit an entry comes from. The dates of the unit itself stay on the unit.
warranty_entries = operational(
    "warranty_entries",
    words("unit_id"),
    words("kind"),
    day("day"),
    structure("facts"),
    words("document"),
    words("reason"),
    words("reverses", null=True),
    words("case_id", null=True),
    moment("at"),
    words("by"),
    words("by_name"),
    to("unit_id", "units"),
    Index("ix_warranty_entries_unit", "depot_id", "unit_id"),
    append_only=True,
)
