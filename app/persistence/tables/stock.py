"""Where parts lie besides the main store, what is to be ordered where, re-inspections, loans to staff (F18)."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from app.domain.loans import Carriage, LoanFate
from app.domain.stock import CheckResult, PartGrade, PlaceKind
from app.domain.stocktaking import StocktakeState
from app.persistence.tables.base import day, moment, number, one_of, operational, to, words, yes_no

#: The main store is always there and has no row.
stock_places = operational(
    "stock_places",
    words("name"),
    one_of("kind", PlaceKind),
    words("holder_id", null=True),
    words("holder_name"),
    words("note"),
    yes_no("active"),
    Index("ix_stock_places_depot", "depot_id", "name"),
)

#: At how many pieces a place besides the main store is filled up again; the main store's level is the part's own.
part_levels = operational(
    "part_levels",
    words("part_id"),
    words("place_id"),
    number("reorder_level"),
    UniqueConstraint("depot_id", "part_id", "place_id"),
)

#: Pieces that came back and were looked at by QA, with the certificate.
part_rechecks = operational(
    "part_rechecks",
    words("part_id"),
    words("place_id"),
    number("quantity"),
    one_of("result", CheckResult),
    words("certificate"),
    words("tested_by"),
    words("tested_by_name"),
    words("note"),
    moment("at"),
    Index("ix_part_rechecks_part", "depot_id", "part_id"),
)

#: F20P: what was counted at a place of parts. ``supervisor``: who signed the differences.
part_stocktakes = operational(
    "part_stocktakes",
    words("number"),
    words("place_id"),
    words("place_name"),
    one_of("state", StocktakeState),
    moment("started_at"),
    words("started_by"),
    words("started_by_name"),
    moment("finished_at", null=True),
    words("finished_by", null=True),
    words("supervisor"),
    words("signature_id", null=True),
    words("note"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_part_stocktakes_place", "depot_id", "place_id", "state"),
)

#: Each count with what was booked at that moment; the newest of a lot holds.
part_counts = operational(
    "part_counts",
    words("stocktake_id"),
    words("part_id"),
    one_of("grade", PartGrade),
    number("pieces"),
    number("booked"),
    words("reason"),
    moment("at"),
    words("by"),
    words("by_name"),
    to("stocktake_id", "part_stocktakes"),
    Index("ix_part_counts_stocktake", "depot_id", "stocktake_id"),
    append_only=True,
)

loans = operational(
    "loans",
    words("number"),
    words("borrower_id"),
    words("borrower_name"),
    words("borrower_signature_id"),
    words("approver_id", null=True),
    words("approver_name"),
    words("approver_signature_id", null=True),
    words("purpose"),
    one_of("carriage", Carriage),
    words("case_number"),
    day("trip_ends_on"),
    day("due_on"),
    number("value_fen"),
    words("policy_version"),
    moment("lent_at"),
    words("lent_by"),
    words("lent_by_name"),
    moment("cleared_at", null=True),
    UniqueConstraint("depot_id", "number"),
    Index("ix_loans_due", "depot_id", "cleared_at", "due_on"),
)

loan_lines = operational(
    "loan_lines",
    words("loan_id"),
    number("ordinal"),
    words("part_id"),
    words("part_no"),
    words("name_zh"),
    words("name_en"),
    words("unit"),
    number("quantity"),
    words("place_id"),
    one_of("grade", PartGrade),
    number("price_fen"),
    to("loan_id", "loans"),
    Index("ix_loan_lines_loan", "depot_id", "loan_id"),
    append_only=True,
)

#: Pieces accounted for; an entry taken back is one of negative pieces that names it.
loan_returns = operational(
    "loan_returns",
    words("loan_id"),
    words("line_id"),
    one_of("fate", LoanFate),
    number("quantity"),
    words("case_number"),
    words("reason"),
    words("place_id"),
    moment("at"),
    words("by"),
    words("by_name"),
    words("reverses_id", null=True),
    to("loan_id", "loans"),
    to("line_id", "loan_lines"),
    Index("ix_loan_returns_loan", "depot_id", "loan_id"),
    append_only=True,
)
