"""What QA looks at: the queue, the test sheet of a case with every run, and what failed again and again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.depot import Depot
from app.domain.inspection import TestItem
from app.domain.inspection_runs import BASIC_SHEET, InspectionRun, QaMark, QaRow, soak_needed
from app.domain.people import Action, inspector_problems
from app.domain.policy_values import PolicyName
from app.domain.receiving import ReturnCase
from app.domain.repair import RepairOrder
from app.errors import Refused
from app.persistence import handover_lists, templates
from app.persistence import inspection as rows
from app.persistence import people as people_rows
from app.persistence import repair as repair_rows
from app.persistence.transaction import Tx
from app.services import bench as bench_rows
from app.services.bench import Bench


@dataclass(frozen=True, slots=True)
class TestSheet:
    """What the inspector sees of a case. ``items`` are the sheet in force; ``template_version`` 0: the basic sheet.

    ``soak_needed``: minutes under test before an NFF unit passes. ``obstacle``: why the operator may not inspect it.
    ``stamp_no``: of the operator's stamp.
    """

    __test__ = False             # not a test case

    row: QaRow
    case: ReturnCase
    order: RepairOrder | None
    items: tuple[TestItem, ...]
    template_id: str | None
    template_version: int
    run_no: int
    runs: tuple[InspectionRun, ...]
    marks: tuple[QaMark, ...]
    soak_needed: int
    obstacle: Refused | None
    today: date
    depot_name: str
    stamp_no: str


@dataclass(frozen=True, slots=True)
class OftenFailed:
    """A case that QA failed so often that the supervisor must look (policy ``qa-fails-alert``)."""

    case_id: str
    case_number: str
    serial: str
    fails: int


def queue(depot: Depot, after_row: QaRow | None = None, limit: int = 200) -> tuple[QaRow, ...]:
    """The cases in QA, the earliest due first; ``after_row`` pages on."""
    with depot.read() as tx:
        return rows.queue(tx, limit=limit, after=None if after_row is None else (after_row.due_on, after_row.case_id))


def sheet(depot: Depot, case_id: str) -> TestSheet:
    """The test sheet of a case with all earlier runs. Refused: ``inspection.not-in-qa``, ``repair.unknown-case``."""
    with depot.read() as tx:
        bench = bench_rows.case_rows(tx, case_id)
        row = rows.queue_row(tx, case_id)
        if row is None:
            raise not_in_qa(bench)
        template = templates.active(tx, bench.case.product_id)
        person = people_rows.by_id(tx, depot.operator.id)
        runs = tuple(replace(run, at=run.at.astimezone(depot.zone)) for run in rows.runs(tx, case_id))
        return TestSheet(
            row, bench.case, bench.order, template.items if template else BASIC_SHEET,
            template.id if template else None, template.version if template else 0, len(runs) + 1, runs,
            rows.marks(tx, case_id), soak_minutes_needed(depot, tx, bench), obstacle(depot, tx, case_id),
            depot.local_day(tx.at), depot.identity.name, person.stamp_no if person else "",
        )


def often_failed(depot: Depot) -> tuple[OftenFailed, ...]:
    """The open cases that failed as often as the policy allows, or more: for the supervisor."""
    with depot.read() as tx:
        least = depot.policy(tx).whole(PolicyName.QA_FAILS_ALERT)
        return tuple(OftenFailed(*found) for found in rows.often_failed(tx, least))


def case_by_code(depot: Depot, code: str) -> str | None:
    """The case in QA that a scanned serial, case or traveller number means; ``None`` if there is none."""
    with depot.read() as tx:
        for candidate in handover_lists.by_code(tx, code) or handover_lists.by_code(tx, code.upper()):
            if rows.queue_row(tx, candidate.case_id) is not None:
                return candidate.case_id
    return None


def today(depot: Depot) -> date:
    """The depot's day."""
    return depot.today()


def not_in_qa(bench: Bench) -> Refused:
    """The refusal of a case that does not wait in QA."""
    return Refused("inspection.not-in-qa", number=bench.case.number, stage=bench.case.stage, place=bench.unit.place)


def soak_minutes_needed(depot: Depot, tx: Tx, bench: Bench) -> int:
    """How long the unit of a case must run under test before it passes."""
    hours = depot.policy(tx).whole(PolicyName.SOAK_HOURS)
    return soak_needed(bench.case.result or "", bench.product.soak_minutes, hours)


def refuse_repairer(tx: Tx, case_id: str, person: str) -> None:
    """Refuse with ``people.inspects-own-repair`` who worked on the case (spec 1 §10)."""
    wrong = inspector_problems(person, repair_rows.repairers(tx, case_id))
    if wrong:
        raise Refused.because(wrong)


def obstacle(depot: Depot, tx: Tx, case_id: str) -> Refused | None:
    """Why the operator may not inspect the case, or ``None``."""
    try:
        depot.require(Action.INSPECT)
        refuse_repairer(tx, case_id, depot.operator.id)
    except Refused as refusal:
        return refusal
    return None
