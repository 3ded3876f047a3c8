"""What the bench looks at: the queue, and everything about one case on one sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult, Responsibility
from app.domain.inspection_runs import InspectionRun
from app.domain.masterdata import Code, CodeKind, Part, Product
from app.domain.quotation import Quotation, QuotationState
from app.domain.receiving import Accessory, ReturnCase, Unit
from app.domain.repair import BenchRow, EarlierRepair, RepairAction, RepairOrder, RepairPart, Scope, standing
from app.domain.repair_value import EstimateRow
from app.domain.rulings import Ruling
from app.domain.soaking import SoakTest
from app.domain.stock import USABLE
from app.domain.warranty import Judgement
from app.errors import Refused
from app.persistence import bench_tests, masterdata, stock
from app.persistence import inspection as qa_rows
from app.persistence import parts as part_rows
from app.persistence import quotation as quotations
from app.persistence import receiving as receiving_rows
from app.persistence import repair as rows
from app.persistence.transaction import Tx
from app.services import bench as bench_rows
from app.services import referring, warranty
from app.services.bench import Bench
from app.services.warranty import VerdictChange


@dataclass(frozen=True, slots=True)
class BenchSheet:
    """One case at the bench.

    ``row`` is ``None`` once the unit has left the bench. ``ruling``: what the rules say of the result (or why they
    say nothing yet); ``None`` before there is a result. ``needs_consent``: chargeable, and the customer has not agreed.
    ``change``: the newest change of the verdict since the first diagnosis. ``quoted``: the newest quotation in force.
    """

    row: BenchRow | None
    case: ReturnCase
    unit: Unit
    product: Product
    order: RepairOrder | None
    accessories: tuple[Accessory, ...]
    actions: tuple[RepairAction, ...]
    parts: tuple[RepairPart, ...]
    runs: tuple[InspectionRun, ...]
    earlier: tuple[EarlierRepair, ...]
    warranty: Judgement
    ruling: Ruling | Refused | None
    needs_consent: bool
    today: date
    estimate: EstimateRow | None = None
    soak: SoakTest | None = None
    change: VerdictChange | None = None
    quoted: Quotation | None = None

    @property
    def no_fault(self) -> bool:
        """Whether the bench found no fault: then the unit runs its soak test."""
        order = self.order
        return order is not None and (order.cause_class == CauseClass.NFF or order.result == RepairResult.NFF)


def queue(
    depot: Depot, scope: Scope, after_row: BenchRow | None = None, limit: int = 200
) -> tuple[BenchRow, ...]:
    """The cases at the bench, the earliest due first; ``after_row`` pages on."""
    with depot.read() as tx:
        last = None if after_row is None else (after_row.due_on, after_row.case_id)
        return rows.bench(tx, scope, depot.operator.id, limit=limit, after=last)


def counts(depot: Depot) -> tuple[date, Mapping[Scope, int]]:
    """Today at the depot, and how many cases the bench has: mine, nobody's, all."""
    with depot.read() as tx:
        mine, untaken, everything = rows.bench_counts(tx, depot.operator.id)
        return depot.local_day(tx.at), {Scope.MINE: mine, Scope.UNTAKEN: untaken, Scope.ALL: everything}


def sheet(depot: Depot, case_id: str) -> BenchSheet:
    """Everything about one case. Moments are in the depot's time. Refused: ``repair.unknown-case``."""
    with depot.read() as tx:
        bench = bench_rows.case_rows(tx, case_id)
        order = bench.order
        judged = warranty.judgement(
            depot, tx, bench.unit, bench.product, bench.case,
            CauseClass(order.cause_class) if order and order.cause_class else None,
            Responsibility(order.responsibility) if order and order.responsibility else None,
        )
        return BenchSheet(
            rows.bench_row(tx, case_id), bench.case, bench.unit, bench.product, order,
            receiving_rows.accessories_of_case(tx, case_id),
            tuple(replace(a, at=a.at.astimezone(depot.zone)) for a in standing(rows.actions(tx, order.id)))
            if order else (),
            rows.parts(tx, order.id) if order else (), qa_rows.runs(tx, case_id),
            rows.earlier(tx, bench.unit.id, case_id), judged, _ruling(depot, tx, bench),
            bench_rows.needs_consent(tx, bench.case), depot.local_day(tx.at),
            next(iter(bench_tests.estimates(tx, case_id)), None), bench_tests.soak(tx, case_id),
            warranty.last_change(depot, tx, case_id), _quoted(tx, case_id),
        )


def changed_meanwhile(depot: Depot, case_id: str) -> Refused:
    """``repair.changed-meanwhile`` of a case at the bench: who wrote its order last, and when."""
    with depot.read() as tx:
        bench = bench_rows.at_bench(tx, case_id)
        return bench_rows.overtaken(depot, tx, bench)


def case_by_code(depot: Depot, code: str) -> str | None:
    """The case at the bench that a scanned serial, case or traveller number means; ``None`` if there is none."""
    from app.persistence import handover_lists

    with depot.read() as tx:
        for candidate in handover_lists.by_code(tx, code) or handover_lists.by_code(tx, code.upper()):
            if rows.bench_row(tx, candidate.case_id) is not None:
                return candidate.case_id
    return None


def find_codes(depot: Depot, kind: CodeKind, text: str, limit: int = 40) -> tuple[Code, ...]:
    """The codes in use of one table whose code or name holds ``text``."""
    wanted = text.strip().casefold()
    with depot.read() as tx:
        found = [
            code for code in masterdata.everything(tx, Code, active_only=True)
            if code.kind == kind and wanted in f"{code.code} {code.name_zh} {code.name_en}".casefold()
        ]
    return tuple(found[:limit])


def find_parts(depot: Depot, text: str, limit: int = 40) -> tuple[tuple[Part, int], ...]:
    """The parts in use whose number or name holds ``text``, with the pieces that may be fitted."""
    wanted = text.strip().casefold()
    with depot.read() as tx:
        found = [
            part for part in masterdata.everything(tx, Part, active_only=True)
            if wanted in f"{part.part_no} {part.name_zh} {part.name_en}".casefold()
        ]
        return tuple((part, _fit_to_use(tx, part.id)) for part in found[:limit])


def part_by_number(depot: Depot, part_no: str) -> tuple[Part, int] | None:
    """The part in use of that number, as a drawer label is scanned, with the pieces that may be fitted."""
    with depot.read() as tx:
        found = part_rows.of_number(tx, part_no.strip())
        return (found, _fit_to_use(tx, found.id)) if found is not None and found.active else None


def _fit_to_use(tx: Tx, part_id: str) -> int:
    return sum(pieces for (_place, grade), pieces in stock.lots(tx, part_id).items() if grade in USABLE)


def _quoted(tx: Tx, case_id: str) -> Quotation | None:
    gone = {QuotationState.WITHDRAWN, QuotationState.SUPERSEDED}
    return next((found for found in quotations.of_case(tx, case_id) if found.state not in gone), None)


def _ruling(depot: Depot, tx: Tx, bench: Bench) -> Ruling | Refused | None:
    order = bench.order
    if order is None or not order.result:
        return None
    return referring.ruling_on(depot, tx, bench, order, RepairResult(order.result))
