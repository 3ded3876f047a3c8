"""What people call a row of the record: for conflicts, alerts and findings, which may be of any table."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from app.i18n import N_, Translator, language, translator
from app.labels.record_fields import FIELDS

LABELS: dict[type[Enum], dict[Enum, str]] = {}

#: Table → what people call one of its rows.
TABLES: dict[str, str] = {
    "accessories": N_("Accessory"), "alerts": N_("Notice of the night"), "approvals": N_("Approval"),
    "attachments": N_("Photo or scan"), "calendar_days": N_("Calendar day"), "case_pauses": N_("Pause of a case"),
    "chase_notes": N_("Chase note"), "closed_months": N_("Closed month"), "codes": N_("Code"),
    "complaint_events": N_("Step of a complaint"), "complaints": N_("Complaint"),
    "conflicts": N_("Conflict of the night"), "contacts": N_("Contact"),
    "customer_talks": N_("Talk with the customer"), "customers": N_("Customer"),
    "determinations": N_("Technical determination"), "dispositions": N_("Ruling on a case"), "documents": N_("Paper"),
    "emergency_builds": N_("Emergency build"), "emergency_units": N_("Unit of an emergency build"),
    "exchanges": N_("Exchange"), "feedback_answers": N_("Feedback of the customer"),
    "follow_up_calls": N_("Follow-up call"), "follow_ups": N_("Follow-up"), "handover_lines": N_("Handover line"),
    "handover_receipts": N_("Handover receipt"), "handover_verdicts": N_("Verdict on a handover line"),
    "handovers": N_("Handover slip"), "import_batches": N_("Imported list"),
    "import_mappings": N_("Assignment of columns"), "import_rows": N_("Imported line"),
    "inspection_readings": N_("Measured value"), "inspections": N_("Inspection run"), "journal": N_("Journal entry"),
    "keepings": N_("Unit kept here"), "key_parts": N_("Key part"), "loan_lines": N_("Line of a parts loan"),
    "loan_returns": N_("Return of loaned parts"), "loaner_agreements": N_("Loaner agreement"),
    "loaner_waits": N_("Waiting for a loaner"), "loaners": N_("Loaner unit"), "loans": N_("Parts loan"),
    "mark_signatures": N_("Signature of a mark"), "master_links": N_("Head office's word on a proposal"),
    "movements": N_("Move of a unit"), "paper_waivers": N_("Paper not needed"), "part_counts": N_("Count of a part"),
    "part_levels": N_("Reorder level"), "part_movements": N_("Move of parts"),
    "part_rechecks": N_("Recheck of a part"), "part_stocktakes": N_("Stocktake of parts"), "parts": N_("Spare part"),
    "payments": N_("Payment"), "plan_allocations": N_("Unit in a plan"), "plan_lines": N_("Line of a plan"),
    "plan_revisions": N_("Change of a plan"), "plans": N_("Repair plan"), "policies": N_("Policy value"),
    "printings": N_("Printing on record"), "products": N_("Product"), "qa_marks": N_("QA mark"),
    "quality_alarms": N_("Quality alarm"), "quotation_lines": N_("Line of a quotation"),
    "quotations": N_("Quotation"), "repair_actions": N_("Repair step"), "repair_estimates": N_("Repair estimate"),
    "repair_orders": N_("Repair order"), "repair_parts": N_("Part used in a repair"),
    "request_events": N_("Step of a service request"), "restocks": N_("Return to the stores"),
    "return_cases": N_("Case"), "scanned_pages": N_("Scanned page"), "scraps": N_("Scrapping"), "seals": N_("Seal"),
    "service_requests": N_("Service request"), "settings": N_("Setting of the depot"), "shelves": N_("Shelf"),
    "shipment_lines": N_("Line of a shipment"), "shipments": N_("Shipment sent"), "signatures": N_("Signature"),
    "signed_papers": N_("Signed paper"), "signing_keys": N_("Signing key"), "site_parts": N_("Part used on site"),
    "site_visits": N_("Site visit"), "soak_tests": N_("Soak test on record"), "spare_grades": N_("Grade of a spare"),
    "spare_reservations": N_("Reservation of a spare"), "spare_uses": N_("Use of a spare"),
    "stock_places": N_("Place of parts"), "stocktake_counts": N_("Count of a stocktake"),
    "stocktakes": N_("Stocktake"), "tariffs": N_("Tariff"), "test_items": N_("Test item"),
    "test_templates": N_("Test sheet"), "transfer_receipts": N_("Answer to a transfer"),
    "transfers": N_("Transfer to another depot"), "traveller_movements": N_("Move of a traveller"),
    "travellers": N_("Traveller"), "troubleshooting_notes": N_("Troubleshooting note"),
    "unit_parts": N_("Part of a unit"), "unit_states": N_("File of a unit"), "units": N_("Unit record"),
    "users": N_("Person"), "warranty_entries": N_("Warranty entry"),
    "warranty_settlements": N_("Warranty settled by hand"),
}
#: What else a finding may be about.
_OTHERS = {"blobs": N_("Photo or scan"), "database": N_("The database file")}
#: Columns that are the record's own bookkeeping, never shown.
BOOKKEEPING = frozenset({"id", "depot_id", "origin", "seq"})


def record(table: str, t: Translator | None = None) -> str:
    """What people call a row of ``table``; of a table that is not this program's, its name."""
    known = TABLES.get(table) or _OTHERS.get(table)
    return (t or translator(language()))(known) if known else table


def records(tables: Iterable[str], t: Translator | None = None) -> str:
    """Several of them in one text."""
    t = t or translator(language())
    return ("、" if t.language.startswith("zh") else ", ").join(record(table, t) for table in tables)


def field(column: str, t: Translator | None = None) -> str:
    """What people call a column."""
    return (t or translator(language()))(FIELDS[column]) if column in FIELDS else column
