"""A raw row of the record as people know it: by its number or serial, its values with their meaning (spec 4, inbox).

Conflicts, alerts and findings hold raw columns; nobody at a depot knows an id, a count of microseconds or a code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum, StrEnum
from typing import Any

from app.domain import (
    approvals,
    attachments,
    codes,
    determination,
    disposition,
    emergency,
    exchange,
    handover,
    inspection,
    inspection_runs,
    loaners,
    loans,
    masterdata,
    numbering,
    people,
    quotation,
    receiving,
    repair,
    returning,
    rulings,
    scrap,
    settings,
    signing,
    spares,
    stock,
    tariffs,
    transfers,
    warranty,
    warranty_entries,
)
from app.domain.clocks import PauseReason
from app.domain.money import Money
from app.domain.places import Place
from app.domain.policy_values import PolicyName
from app.domain.slips import FormId
from app.persistence.tables import metadata
from app.persistence.tables.base import Day, Json, Moment, OneOf, YesNo
from app.persistence.transaction import Tx


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A value that says nothing to people: the id of a row that is not here, a digest, a drawn signature."""


UNNAMED = Unnamed()

#: Columns a row is known by, the first that has a value.
_KNOWN_BY = ("number", "serial", "file_number", "receipt_number", "model", "part_no", "code", "login", "title",
             "filename", "name", "name_zh", "day", "month")
#: Else by what it belongs to, the first that it names.
_BELONGS_TO = ("case_id", "unit_id", "repair_order_id", "inspection_id", "plan_id", "quotation_id", "handover_id",
               "loan_id", "line_id", "stocktake_id", "request_id", "visit_id", "complaint_id", "follow_up_id",
               "traveller_id", "shipment_id", "document_id", "template_id", "loaner_id", "build_id", "mark_id",
               "part_id", "product_id", "customer_id", "user_id")
#: The table an id is of, where the schema does not say it.
_TABLE_OF = {
    "case_id": "return_cases", "recovered_case_id": "return_cases", "unit_id": "units", "replaced_unit_id": "units",
    "customer_id": "customers", "product_id": "products", "part_id": "parts", "complaint_id": "complaints",
    "plan_id": "plans", "repair_order_id": "repair_orders", "request_id": "service_requests",
    "template_id": "test_templates", "traveller_id": "travellers", "import_batch_id": "import_batches",
    "shelf_id": "shelves", "from_shelf_id": "shelves", "to_shelf_id": "shelves", "place_id": "stock_places",
    "other_place_id": "stock_places", "technician_id": "users", "inspector_id": "users", "engineer_id": "users",
    "approver_id": "users", "borrower_id": "users", "holder_id": "users", "user_id": "users", "actor_id": "users",
    "passed_on_to": "users", "assigned_to": "users", "supersedes_id": "quotations", "replaces_id": "qa_marks",
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MERGED = {"customers", "products"}
#: Nothing that can be read.
_OPAQUE = frozenset({
    "sha256", "media_type", "digest", "chain", "marks", "password_hash", "pin_hash", "salt", "sealed", "public",
    "signature", "strokes", "subject_kind", "data",
})
_ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", re.IGNORECASE)

#: What the codes of a text column mean; ``table.column`` goes before ``column``.
_CODES: dict[str, type[StrEnum]] = {
    "outcome": rulings.Outcome, "outcomes": rulings.Outcome, "ruled": rulings.Outcome, "pause_reason": PauseReason,
    "brought_by": receiving.BroughtBy, "urgency": receiving.Urgency, "phase": receiving.Phase,
    "warranty": warranty.WarrantyState, "warranty_proof": warranty_entries.Proof,
    "warranty_mode": warranty_entries.Carry, "cause_class": codes.CauseClass, "responsibility": codes.Responsibility,
    "resolution_code": codes.Resolution, "result": codes.RepairResult, "control": masterdata.Control,
    "wish": disposition.Wish, "destination": scrap.ScrapDestination, "type": numbering.DocumentType, "form": FormId,
    "party": signing.Party, "old_part": repair.OldPart, "rate_class": tariffs.RateClass, "roles": people.Role,
    "from_place": Place, "came_from": Place, "grade": stock.PartGrade, "consent": quotation.ConsentMethod,
    "conclusion": determination.Conclusion, "return_cases.method": receiving.ReturnMethod,
    "shipments.method": returning.SendMethod, "signatures.method": signing.Method,
    "qa_marks.method": inspection_runs.MarkMethod, "shipments.proof": returning.Proof,
    "warranty_settlements.proof": warranty_entries.Proof, "warranty_settlements.state": warranty.WarrantyState,
    "quotations.state": quotation.QuotationState, "attachments.kind": attachments.AttachmentKind,
    "customers.kind": masterdata.CustomerKind, "codes.kind": masterdata.CodeKind,
    "calendar_days.kind": masterdata.DayKind, "test_items.kind": inspection.ItemKind,
    "inspection_readings.kind": inspection.ItemKind, "quotation_lines.kind": quotation.LineKind,
    "tariffs.kind": tariffs.TariffKind, "payments.how": quotation.PaymentKind, "approvals.kind": approvals.ApprovalKind,
    "handover_lines.kind": handover.LineKind, "handover_receipts.kind": handover.ReceiptKind,
    "part_movements.kind": stock.PartMove, "customer_talks.channel": disposition.Channel,
    "transfers.carriage": loans.Carriage, "transfers.answer": transfers.Answer,
    "transfer_receipts.answer": transfers.Answer, "handover_verdicts.verdict": handover.Verdict,
    "handover_verdicts.reason_code": handover.RefusalReason, "inspection_readings.verdict": inspection.ItemVerdict,
    "inspections.verdict": inspection.SheetVerdict, "exchanges.source": exchange.ExchangeSource,
    "scraps.how": scrap.ScrapWay, "spare_grades.grade": spares.SpareGrade, "loaner_waits.ended": loaners.WaitEnd,
    "spare_reservations.ended": spares.ReservationEnd, "emergency_builds.ended": emergency.BuildState,
    "spare_reservations.ended_reason": spares.ReservationEnd, "settings.name": settings.DepotSetting,
    "policies.name": PolicyName,
}


def typed(table: str, column: str, raw: Any) -> Any:
    """What a raw value means: a moment, a day, yes or no, an amount, a member of an enumeration, a structure, a text.

    ``UNNAMED``: nothing that people can read. A value that is not what its column holds stays as it is.
    """
    if raw is None or raw == "":
        return None
    if column in _OPAQUE:
        return UNNAMED
    try:
        value = _by_schema(metadata.tables[table].columns[column].type, raw)
    except (ValueError, TypeError, OverflowError, LookupError):      # of a newer program, or not what it should be
        return raw
    if column.endswith("_fen") and isinstance(value, int):
        return Money(value)
    if isinstance(value, list):
        return [_member(table, column, each) for each in value]
    return _member(table, column, value)


def _by_schema(kind: object, raw: Any) -> Any:
    if isinstance(kind, Moment):
        return _EPOCH + timedelta(microseconds=raw)
    if isinstance(kind, YesNo):
        return bool(raw)
    if isinstance(kind, Json):
        return json.loads(raw)
    if isinstance(kind, Day):
        return date.fromisoformat(raw)
    return kind.enumeration(raw) if isinstance(kind, OneOf) else raw


def _member(table: str, column: str, value: Any) -> Any:
    enumeration = _CODES.get(f"{table}.{column}") or _CODES.get(column)
    if enumeration is None or not isinstance(value, str):
        return value
    try:
        return enumeration(value)
    except ValueError:
        return value


def meaning(tx: Tx, depot_id: str, table: str, column: str, raw: Any) -> Any:
    """As :func:`typed`; an id becomes what its row is known by (a text or an enumeration's member)."""
    value = typed(table, column, raw)
    if isinstance(value, Enum) or not isinstance(value, str):
        return value
    of = _table_of(table, column)
    row = row_of(tx, depot_id, of, value) if of else None
    if of and row is not None:
        known = known_by(tx, depot_id, of, row)
        return known[0] if known else UNNAMED
    return UNNAMED if _ID.fullmatch(value) else value


def known_by(tx: Tx, depot_id: str, table: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a row is known by: its number, serial or name; where that says too little, also of what it is a part."""
    own = next((column for column in _names(table) if row.get(column) not in {None, ""}), "")
    said = (typed(table, own, row[own]),) if own else ()
    if own in {"no", "number", "serial", "file_number", "login"} and table != "accessories":
        return said
    for column in _BELONGS_TO:
        of = _table_of(table, column)
        above = row_of(tx, depot_id, of, str(row[column])) if of and row.get(column) else None
        if of and above is not None:
            return (*said, *known_by(tx, depot_id, of, above)[:1])
    return said


def _names(table: str) -> tuple[str, ...]:
    if table in {"journal", "seals"}:
        return ("no",)
    return ("name",) if table in {"customers", "users", "stock_places", "settings", "policies"} else _KNOWN_BY


def row_of(tx: Tx, depot_id: str, table: str, row_id: str) -> dict[str, Any] | None:
    """The raw row; head office's rows are found whoever asks."""
    columns = [column.name for column in metadata.tables[table].columns]
    listed = ", ".join(f'"{name}"' for name in columns)
    found = tx.ask(f"SELECT {listed} FROM {table} WHERE depot_id = ? AND id = ?", (depot_id, row_id))
    if not found and metadata.tables[table].info["delivered"]:
        found = tx.ask(f"SELECT {listed} FROM {table} WHERE id = ?", (row_id,))
    return dict(zip(columns, found[0], strict=True)) if found else None


def _table_of(table: str, column: str) -> str | None:
    """The table whose id stands in a column; ``None``: it holds no id."""
    for key in metadata.tables[table].foreign_key_constraints:
        if [element.column.name for element in key.elements][-1] == "id" and key.elements[-1].parent.name == column:
            return key.referred_table.name
    if column in _TABLE_OF:
        return _TABLE_OF[column]
    if column == "merged_into":
        return table if table in _MERGED else None
    if column.endswith("signature_id"):
        return "signatures"
    return "users" if column == "by" or column.endswith("_by") else None
