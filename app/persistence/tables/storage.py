"""The ledgers: every move of a unit and of a traveller, handovers, stock-takes."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from app.domain.places import Place
from app.domain.stocktaking import StocktakeState
from app.persistence.tables.base import moment, number, one_of, operational, structure, to, words

movements = operational(
    "movements",
    words("unit_id"),
    words("case_id", null=True),
    number("ordinal"),
    one_of("from_place", Place),
    one_of("to_place", Place),
    words("from_shelf_id", null=True),
    words("to_shelf_id", null=True),
    words("handover_line_id", null=True),
    words("document_number"),
    words("reason"),
    words("reverses_id", null=True),
    moment("at"),
    words("by"),
    to("unit_id", "units"),
    UniqueConstraint("depot_id", "unit_id", "ordinal"),
    Index("ix_movements_to", "depot_id", "to_place", "at", "from_place"),
    Index("ix_movements_from", "depot_id", "from_place", "at", "to_place"),
    append_only=True,
)

traveller_movements = operational(
    "traveller_movements",
    words("traveller_id"),
    number("ordinal"),
    one_of("from_place", Place),
    one_of("to_place", Place),
    words("handover_line_id", null=True),
    words("reason"),
    words("reverses_id", null=True),
    moment("at"),
    words("by"),
    to("traveller_id", "travellers"),
    UniqueConstraint("depot_id", "traveller_id", "ordinal"),
    append_only=True,
)

#: The giver's half: what is offered, and the giver's signature.
handovers = operational(
    "handovers",
    words("number"),
    one_of("from_place", Place),
    one_of("to_place", Place),
    words("giver_name"),
    words("giver_signature_id", null=True),
    words("note"),
    number("announced", null=True),
    moment("at"),
    words("by"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_handovers_at", "depot_id", "at"),
    append_only=True,
)

#: One unit or one traveller offered. ``kind``: UNIT | TRAVELLER.
handover_lines = operational(
    "handover_lines",
    words("handover_id"),
    number("ordinal"),
    words("kind"),
    words("unit_id", null=True),
    words("traveller_id", null=True),
    words("case_id", null=True),
    to("handover_id", "handovers"),
    UniqueConstraint("depot_id", "handover_id", "ordinal"),
    Index("ix_handover_lines_unit", "depot_id", "unit_id"),
    Index("ix_handover_lines_traveller", "depot_id", "traveller_id"),
    append_only=True,
)

#: The receiver's half. ``kind``: RECEIVED | WITHDRAWN (the giver took the offer back).
handover_receipts = operational(
    "handover_receipts",
    words("handover_id"),
    words("kind"),
    words("receiver_name"),
    words("receiver_signature_id", null=True),
    words("note"),
    moment("at"),
    words("by"),
    to("handover_id", "handovers"),
    UniqueConstraint("depot_id", "handover_id"),
    append_only=True,
)

#: Accepted or refused, line by line. ``verdict``: ACCEPTED | REFUSED.
handover_verdicts = operational(
    "handover_verdicts",
    words("line_id"),
    words("verdict"),
    words("reason_code"),
    words("reason"),
    to("line_id", "handover_lines"),
    UniqueConstraint("depot_id", "line_id"),
    append_only=True,
)

#: ``state``: OPEN | FINISHED | ABANDONED. ``differences``: what the count found, as plain values.
stocktakes = operational(
    "stocktakes",
    words("number"),
    one_of("place", Place),
    one_of("state", StocktakeState),
    moment("started_at"),
    words("started_by"),
    moment("finished_at", null=True),
    words("finished_by", null=True),
    words("signature_id", null=True),
    structure("differences"),
    words("note"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_stocktakes_place", "depot_id", "place", "started_at"),
)

stocktake_counts = operational(
    "stocktake_counts",
    words("stocktake_id"),
    words("unit_id", null=True),
    words("scanned"),
    words("shelf_id", null=True),
    moment("at"),
    words("by"),
    to("stocktake_id", "stocktakes"),
    Index("ix_stocktake_counts_stocktake", "depot_id", "stocktake_id"),
)
