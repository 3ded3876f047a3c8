"""A case at the bench inside a transaction: the rows and refusals that all steps of the bench share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain.approvals import ApprovalKind
from app.domain.masterdata import Product
from app.domain.places import Place
from app.domain.receiving import ReturnCase, Unit
from app.domain.repair import RepairOrder
from app.domain.stages import Stage
from app.domain.warranty import Judgement, WarrantyState
from app.errors import Refused
from app.persistence import approvals, handover_lists, journal, masterdata
from app.persistence import receiving as receiving_rows
from app.persistence import repair as rows
from app.persistence.transaction import Tx
from app.services import meanwhile


@dataclass(frozen=True, slots=True)
class Bench:
    """A case at the bench inside a transaction: the rows every step needs."""

    case: ReturnCase
    unit: Unit
    product: Product
    order: RepairOrder | None


@dataclass(frozen=True, slots=True)
class BenchEntry:
    """Something was written at the bench."""

    case_id: str
    entry_id: str
    seq: int
    changes: Changes = Changes.REPAIRS | Changes.CASES


def case_rows(tx: Tx, case_id: str) -> Bench:
    """The rows of a case. Refused: ``repair.unknown-case``."""
    case = receiving_rows.case(tx, case_id)
    unit = receiving_rows.unit(tx, case.unit_id) if case else None
    product = masterdata.get(tx, Product, case.product_id) if case else None
    if case is None or unit is None or product is None:
        raise Refused("repair.unknown-case", value=case_id)
    return Bench(case, unit, product, rows.order_of_case(tx, case_id))


def at_bench(tx: Tx, case_id: str) -> Bench:
    """The rows of a case that is being repaired. Refused: ``repair.not-at-bench``, ``repair.waits-for-customer``."""
    bench = case_rows(tx, case_id)
    if bench.case.stage is Stage.AWAITING_CUSTOMER:
        raise Refused("repair.waits-for-customer", number=bench.case.number)
    if bench.case.stage is not Stage.IN_REPAIR or bench.unit.place is not Place.REPAIR:
        raise Refused(
            "repair.not-at-bench", number=bench.case.number, stage=bench.case.stage, place=bench.unit.place
        )
    return bench


def working(depot: Depot, tx: Tx, case_id: str, seq: int = 0) -> tuple[Bench, RepairOrder]:
    """The rows of a case the operator works on. Refused: as :func:`at_bench`, and ``repair.not-taken``,
    ``repair.not-yours``, ``repair.finished``, ``repair.changed-meanwhile`` (``seq`` is not the order's any more)."""
    bench = at_bench(tx, case_id)
    order = bench.order
    if order is None:
        raise Refused("repair.not-taken", number=bench.case.number)
    if order.technician_id != tx.by:
        raise Refused("repair.not-yours", number=bench.case.number, name=order.technician_name)
    if order.finished_at is not None:
        raise Refused("repair.finished", number=bench.case.number)
    if seq and seq != order.seq:
        raise overtaken(depot, tx, bench)
    return bench, order


def overtaken(depot: Depot, tx: Tx, bench: Bench) -> Refused:
    """``repair.changed-meanwhile``: who wrote the case's order last, and when."""
    about = bench.order.id if bench.order else bench.case.id
    return meanwhile.changed(depot, tx, "repair.changed-meanwhile", about, number=bench.case.number)


def chargeable(case: ReturnCase) -> bool:
    """Whether the work is paid for: period and cause together left it out of warranty (spec 1 §7)."""
    return case.warranty == WarrantyState.OUT.value


def needs_consent(tx: Tx, case: ReturnCase) -> bool:
    """Whether the work is chargeable, and neither the customer agreed nor the general manager let it be free."""
    if not chargeable(case) or rows.has_entry(tx, case.id, "repair.consent"):
        return False
    free = approvals.of_subject(tx, case.id, ApprovalKind.FREE_SERVICE)
    return free is None or free.approved is not True


def new_order(tx: Tx, bench: Bench) -> RepairOrder:
    """The order of a case that the operator takes now."""
    return RepairOrder(
        tx.new_id(), bench.case.number, bench.case.id, bench.unit.id, tx.by, tx.by_name, "", "", "", "", "", "", "",
        "", "", 0, None, tx.at, None, None,
    )


def seq_of(tx: Tx, case_id: str) -> int:
    """The order's sequence number: what a form must show to prove that it saw the newest row."""
    order = rows.order_of_case(tx, case_id)
    return order.seq if order else 0


def record(tx: Tx, action: str, bench: Bench, facts: Mapping[str, Any]) -> str:
    """Write a journal entry about the bench work of a case."""
    order = rows.order_of_case(tx, bench.case.id)
    return journal.record(
        tx, action, subject_kind="repair", subject_id=order.id if order else bench.case.id,
        subject_number=bench.case.number, case_id=bench.case.id, unit_id=bench.unit.id, facts=facts,
    )


def diagnosis_of(order: RepairOrder) -> dict[str, Any]:
    """The diagnosis as the journal keeps it."""
    return {
        "confirmed_symptom": order.confirmed_symptom, "symptom_code": order.symptom_code,
        "fault_code": order.fault_code, "fault": order.fault, "cause_class": order.cause_class,
        "responsibility": order.responsibility, "cause": order.cause, "diagnosed": order.diagnosed_at is not None,
    }


def trace_of(found: Judgement) -> list[dict[str, Any]]:
    """The explanation of a warranty judgement as plain values."""
    return [
        {"code": line.code, "facts": {name: str(value) for name, value in line.facts.items()}} for line in found.trace
    ]


def refuse_offered(tx: Tx, bench: Bench) -> None:
    """Refuse with ``repair.offered`` while an open offer holds the unit."""
    offered = handover_lists.candidates(tx, [bench.case.id])[0].offered_in
    if offered:
        raise Refused("repair.offered", number=bench.case.number, offer=offered)
