"""Words of the monthly reports: doors, differences, and the name of every figure (a field of ``quality.Month``)."""

from __future__ import annotations

from enum import Enum

from app.domain.quality_corrections import Told
from app.domain.quality_counts import Door
from app.domain.slips.quality import Shape
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    Shape: {Shape.BARS: N_("bars"), Shape.COLUMNS: N_("columns"), Shape.LINES: N_("lines")},
    Door: {
        Door.RETURNED: N_("returned to the customer"),
        Door.SPARE: N_("put away as a spare"),
        Door.SCRAPPED: N_("scrapped"),
        Door.TRANSFERRED: N_("handed on to another depot"),
        Door.CLOSED: N_("closed otherwise"),
    },
    Told: {
        Told.CHANGED: N_("reads otherwise"),
        Told.ADDED: N_("counts in it now"),
        Told.DROPPED: N_("no longer counts in it"),
    },
}

#: What a figure is called; ``.ours`` after a list: its product-caused ones.
FIGURES: dict[str, str] = {
    "opening": N_("In the depot at month start"),
    "received": N_("Received"),
    "left": N_("Left the depot"),
    "closing": N_("In the depot at month end"),
    "late": N_("Overdue at month end"),
    "doors": N_("Left, by way"),
    "examined": N_("Examined"),
    "ours": N_("Product-caused"),
    "groups": N_("Cause"),
    "pareto": N_("Product-caused fault"),
    "products": N_("By product"),
    "products.ours": N_("By product, product-caused"),
    "lots": N_("By lot"),
    "lots.ours": N_("By lot, product-caused"),
    "customers": N_("By customer"),
    "customers.ours": N_("By customer, product-caused"),
    "ages": N_("By age of the unit (months)"),
    "ages.ours": N_("By age of the unit (months), product-caused"),
    "ageing": N_("Days in the depot at month end"),
    "turnaround.n": N_("Turnaround, units"),
    "turnaround.median": N_("Turnaround, median (h)"),
    "turnaround.p90": N_("Turnaround, 90th percentile (h)"),
    "turnaround.gross_median": N_("Turnaround with pauses, median (h)"),
    "turnaround.gross_p90": N_("Turnaround with pauses, 90th percentile (h)"),
    "turnaround.paused_hours": N_("Paused time (h)"),
    "turnaround.in_time": N_("Within the target"),
    "first_runs": N_("First inspections"),
    "first_passed": N_("Passed at the first inspection"),
    "nff": N_("No fault found"),
    "again": N_("Serials that came again"),
    "repeats": N_("Repeat returns"),
    "apart_days": N_("Mean time between returns (days)"),
    "spares.opening": N_("Spares at the beginning"),
    "spares.put_in": N_("Spares put in"),
    "spares.taken_out": N_("Spares taken out"),
    "spares.closing": N_("Spares at the end"),
    "spares.restocked": N_("Spares restocked"),
    "spares.used_at_sites": N_("Spares used at sites"),
    "spares.exchanged": N_("Units exchanged"),
    "spares.turnover": N_("Spare turnover (‰)"),
    "warranty.cases": N_("In-warranty repairs"),
    "warranty.parts_fen": N_("In-warranty parts"),
    "warranty.labour_minutes": N_("In-warranty labour (min)"),
    "warranty.labour_fen": N_("In-warranty labour"),
    "warranty.total_fen": N_("Cost of warranty"),
}

#: The fields of a case a correction can be about.
FIELDS: dict[str, str] = {
    "cause": N_("Cause"), "fault_code": N_("Fault code"), "fault": N_("Fault"), "result": N_("Result"),
    "lot": N_("Lot"), "customer_id": N_("Customer"), "product_id": N_("Product"), "received": N_("Received"),
    "left": N_("Left the depot"), "": N_("Whole case"),
}
