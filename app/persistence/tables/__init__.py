"""The one schema for SQLite and PostgreSQL, a file per part of the work."""

from __future__ import annotations

from app.persistence.tables.base import metadata
from app.persistence.tables.disposition import (
    customer_talks,
    dispositions,
    repair_estimates,
    soak_tests,
    warranty_settlements,
)
from app.persistence.tables.ends import (
    approvals,
    determinations,
    exchanges,
    keepings,
    scraps,
)
from app.persistence.tables.identity import (
    documents,
    drafts,
    journal,
    node,
    number_series,
    printings,
    settings,
)
from app.persistence.tables.masterdata import (
    calendar_days,
    codes,
    contacts,
    customers,
    key_parts,
    part_movements,
    parts,
    policies,
    products,
    shelves,
    test_items,
    test_templates,
)
from app.persistence.tables.money import payments, quotation_lines, quotations, tariffs
from app.persistence.tables.people import signatures, users
from app.persistence.tables.receiving import (
    accessories,
    attachments,
    blobs,
    case_pauses,
    import_batches,
    import_mappings,
    import_rows,
    return_cases,
    travellers,
    units,
)
from app.persistence.tables.requests import (
    chase_notes,
    request_events,
    service_requests,
    site_parts,
    site_visits,
)
from app.persistence.tables.sealing import seals
from app.persistence.tables.spares import (
    emergency_builds,
    emergency_units,
    loaner_agreements,
    loaner_waits,
    loaners,
    restocks,
    spare_grades,
    spare_reservations,
    spare_uses,
)
from app.persistence.tables.stock import loan_lines, loan_returns, loans, part_levels, part_rechecks, stock_places
from app.persistence.tables.storage import (
    handover_lines,
    handover_receipts,
    handover_verdicts,
    handovers,
    movements,
    stocktake_counts,
    stocktakes,
    traveller_movements,
)
from app.persistence.tables.sync import (
    alerts,
    blobs_sent,
    conflicts,
    foreign_cases,
    foreign_orders,
    foreign_units,
    held_origins,
    master_links,
    night_notes,
    nights,
    out_batches,
)
from app.persistence.tables.warranty import warranty_entries
from app.persistence.tables.work import (
    inspection_readings,
    inspections,
    plan_allocations,
    plan_lines,
    plan_revisions,
    plans,
    qa_marks,
    repair_actions,
    repair_orders,
    repair_parts,
    shipment_lines,
    shipments,
)

__all__ = [
    "accessories", "alerts", "approvals", "attachments", "blobs", "blobs_sent", "calendar_days", "case_pauses",
    "chase_notes", "codes", "conflicts", "contacts", "customer_talks", "customers", "determinations",
    "dispositions", "documents", "drafts", "emergency_builds", "emergency_units", "exchanges", "foreign_cases",
    "foreign_orders", "foreign_units", "handover_lines", "handover_receipts", "handover_verdicts", "handovers",
    "held_origins", "import_batches", "import_mappings", "import_rows", "inspection_readings", "inspections",
    "journal", "keepings", "key_parts", "loan_lines", "loan_returns", "loaner_agreements", "loaner_waits",
    "loaners", "loans", "master_links", "metadata", "movements", "night_notes", "nights", "node", "number_series",
    "out_batches", "part_levels", "part_movements", "part_rechecks", "parts", "payments", "plan_allocations",
    "plan_lines", "plan_revisions", "plans", "policies", "printings", "products", "qa_marks", "quotation_lines",
    "quotations", "repair_actions", "repair_estimates", "repair_orders", "repair_parts", "request_events",
    "restocks", "return_cases", "scraps", "seals", "service_requests", "settings", "shelves", "shipment_lines",
    "shipments", "signatures", "site_parts", "site_visits", "soak_tests", "spare_grades", "spare_reservations",
    "spare_uses", "stock_places", "stocktake_counts", "stocktakes", "tariffs", "test_items", "test_templates",
    "traveller_movements", "travellers", "units", "users", "warranty_entries", "warranty_settlements",
]
