"""QA: the functional test, failing back, passing with the mark (art. 10.5, 10.7; spec 1 §3). Every run is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.changes import Changes
from app.depot import Depot
from app.domain.handover import Direction
from app.domain.inspection import Reading, SheetVerdict, TestItem, problems
from app.domain.inspection_runs import (
    BASIC_SHEET,
    InspectionRun,
    MarkMethod,
    QaMark,
    as_readings,
    fail_problems,
    pass_problems,
    who_problems,
)
from app.domain.numbering import DocumentType
from app.domain.people import Action, Role, may
from app.domain.places import Place
from app.domain.policy_values import PolicyName
from app.domain.signing import OwnSignature
from app.domain.stages import Stage, Step, after
from app.errors import Refused
from app.persistence import handover_lists, journal, node, templates
from app.persistence import inspection as rows
from app.persistence import people as people_rows
from app.persistence import receiving as receiving_rows
from app.persistence import repair as repair_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import bench as bench_rows
from app.services import claims, proof, signing, soaking
from app.services.bench import Bench
from app.services.inspection_lists import (
    OftenFailed,
    TestSheet,
    case_by_code,
    not_in_qa,
    often_failed,
    queue,
    refuse_repairer,
    sheet,
    soak_minutes_needed,
    today,
)
from app.services.undoing import Way

_CHANGES = Changes.INSPECTIONS | Changes.CASES


@dataclass(frozen=True, slots=True)
class Failing:
    """A failed run: what was read so far, and what repair is told."""

    case_id: str
    readings: tuple[Reading, ...]
    reason: str
    soak_minutes: int = 0
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Passing:
    """A passed run, signed by the inspector, whose stamp goes on the unit ``how``."""

    case_id: str
    readings: tuple[Reading, ...]
    inspector: OwnSignature
    how: MarkMethod
    soak_minutes: int = 0
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The unit goes back to repair. ``fails``: failed runs of this case so far; ``alert``: the supervisor is told."""

    case_id: str
    run_no: int
    fails: int
    alert: bool
    entry_id: str
    goes_back: Direction = Direction.BACK_TO_REPAIR
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class Marked:
    """The unit passed and bears ``mark``."""

    case_id: str
    run_no: int
    mark: QaMark
    entry_id: str
    changes: Changes = _CHANGES | Changes.DOCUMENTS


# -- doing -------------------------------------------------------------------------------------------------------


def fail(depot: Depot, failing: Failing) -> Failed:
    """Record a failed run. The unit stays with QA until repair signs for it; return counters are not touched.

    Refused: ``inspection.reason-missing``, ``inspection.not-in-qa``, ``inspection.failed-goes-back`` (it has failed
    already and must be handed back), ``people.inspects-own-repair``, unreadable readings (``inspection.not-a-number``,
    ``inspection.not-a-choice``, ``inspection.unknown-item``).
    """
    depot.require(Action.INSPECT)
    wrong = fail_problems(failing.reason)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        bench = _in_qa(tx, failing.case_id)
        refuse_repairer(tx, failing.case_id, tx.by)
        run = _run(
            depot, tx, bench, SheetVerdict.FAILED, failing.readings, failing.soak_minutes, failing.started_at,
            reason=failing.reason.strip(),
        )
        rows.add_run(tx, run)
        fails = rows.fails(tx, bench.case.id)
        entry_id = _record(tx, "inspection.fail", bench, {"run": run.run_no, "reason": run.reason, "fails": fails})
        limit = depot.policy(tx).whole(PolicyName.QA_FAILS_ALERT)
        if fails >= limit:
            _record(tx, "inspection.alert", bench, {"fails": fails, "limit": limit})
        return Failed(bench.case.id, run.run_no, fails, fails >= limit, entry_id)


def pass_and_mark(depot: Depot, passing: Passing) -> Marked:
    """Record a passed run and give the mark; the inspector proves who they are. The unit is then handed over.

    Refused: the codes of ``domain.inspection_runs.pass_problems`` and ``who_problems``, ``inspection.not-in-qa``,
    ``inspection.failed-goes-back``, ``inspection.not-an-inspector``, the codes of signing.
    """
    depot.require(Action.MARK)
    with depot.write() as tx:
        bench = _in_qa(tx, passing.case_id)
        items = _items(tx, bench)
        soaking.refuse_open(tx, passing.case_id, bench.case.number)
        wrong = pass_problems(items, passing.readings, passing.soak_minutes, soak_minutes_needed(depot, tx, bench))
        if wrong:
            raise Refused.because(wrong)
        user = _inspector(tx, passing.inspector, bench.case.id)
        run_id = tx.new_id()
        signed = signing.sign(
            depot, tx, passing.inspector, purpose="inspection.pass", subject_kind="inspection", subject_id=run_id,
            field="inspector",
        )
        run = _run(
            depot, tx, bench, SheetVerdict.PASSED, passing.readings, passing.soak_minutes, passing.started_at,
            run_id=run_id, inspector=user, signature_id=signed.id,
        )
        rows.add_run(tx, run)
        mark = _give_mark(depot, tx, run, user, passing.how, signed.id, passing.inspector.secret)
        stage = after(Step.PASS, bench.case.stage)
        receiving_rows.change_case(tx, bench.case.id, stage=stage, passed_at=tx.at)
        claims.passed(depot, tx, bench.case.id)
        entry_id = _record(tx, "inspection.pass", bench, {"run": run.run_no, "mark": mark.number})
        _record(tx, "inspection.mark", bench, {"mark": mark.number, "stamp": mark.stamp_no, "how": mark.how})
        return Marked(bench.case.id, run.run_no, mark, entry_id)


def mark_again(depot: Depot, case_id: str, reason: str, inspector: OwnSignature, how: MarkMethod) -> Marked:
    """Replace the mark of a passed unit (label lost, stamp illegible): a new number, the old one void, with the reason.

    Refused: ``inspection.mark-reason``, ``inspection.no-mark``, ``inspection.not-an-inspector``, ``who_problems``,
    the codes of signing.
    """
    depot.require(Action.MARK)
    if not reason.strip():
        raise Refused("inspection.mark-reason", field="reason")
    with depot.write() as tx:
        bench = bench_rows.case_rows(tx, case_id)
        marks = rows.marks(tx, case_id)
        passed = {Stage.PASSED, Stage.READY_TO_RETURN, Stage.SPARE}
        if not marks or bench.case.stage not in passed:
            raise Refused("inspection.no-mark", number=bench.case.number, stage=bench.case.stage)
        user = _inspector(tx, inspector, case_id)
        old = marks[-1]
        signed = signing.sign(
            depot, tx, inspector, purpose="inspection.remark", subject_kind="inspection",
            subject_id=old.inspection_id, field="inspector",
        )
        run = next(run for run in rows.runs(tx, case_id) if run.id == old.inspection_id)
        mark = _give_mark(depot, tx, run, user, how, signed.id, inspector.secret, replaces=old, reason=reason.strip())
        node.void_documents(tx, [old.id], reason.strip())
        entry_id = _record(
            tx, "inspection.remark", bench, {"mark": mark.number, "replaces": old.number, "reason": mark.reason}
        )
        return Marked(case_id, run.run_no, mark, entry_id)


# -- how ---------------------------------------------------------------------------------------------------------


def _in_qa(tx: Tx, case_id: str) -> Bench:
    """The rows of a case that waits for its verdict."""
    bench = bench_rows.case_rows(tx, case_id)
    if bench.case.stage is not Stage.IN_QA or bench.unit.place is not Place.QA:
        raise not_in_qa(bench)
    seen = handover_lists.candidates(tx, [case_id])[0]
    if seen.failed:
        raise Refused("inspection.failed-goes-back", number=bench.case.number)
    return bench


def _items(tx: Tx, bench: Bench) -> tuple[TestItem, ...]:
    template = templates.active(tx, bench.case.product_id)
    return template.items if template else BASIC_SHEET


def _inspector(tx: Tx, signature: OwnSignature, case_id: str) -> people_rows.UserRecord | None:
    """Who signs the verdict: an inspector with a stamp who did not repair the unit. The secret is proved by signing."""
    user = people_rows.by_login(tx, signature.login.strip())
    if user is None:
        return None              # signing refuses it by name
    if not may([Role(role) for role in user.roles], Action.MARK):
        raise Refused("inspection.not-an-inspector", field="inspector", name=user.name)
    wrong = who_problems(user.id, user.stamp_no, repair_rows.repairers(tx, case_id))
    if wrong:
        raise Refused.because(wrong)
    return user


def _run(
    depot: Depot,
    tx: Tx,
    bench: Bench,
    verdict: SheetVerdict,
    readings: Sequence[Reading],
    soak_minutes: int,
    started_at: datetime | None,
    *,
    reason: str = "",
    run_id: str = "",
    inspector: people_rows.UserRecord | None = None,
    signature_id: str | None = None,
) -> InspectionRun:
    """A run as it is kept. What cannot be read is refused; what was not read yet is kept as such."""
    template = templates.active(tx, bench.case.product_id)
    items = template.items if template else BASIC_SHEET
    unreadable = [p for p in problems(items, readings) if p.code != "inspection.reading-missing"]
    if unreadable:
        raise Refused.because(unreadable)
    at = max(tx.at, bench.unit.placed_at)
    return InspectionRun(
        run_id or tx.new_id(), bench.case.id, bench.unit.id, len(rows.runs(tx, bench.case.id)) + 1,
        template.id if template else None, template.version if template else 0,
        inspector.id if inspector else depot.operator.id, inspector.name if inspector else depot.operator.name,
        verdict.value, reason, soak_minutes, min(started_at or at, at), at, signature_id,
        as_readings(items, readings),
    )


def _give_mark(
    depot: Depot,
    tx: Tx,
    run: InspectionRun,
    user: people_rows.UserRecord | None,
    how: MarkMethod,
    signature_id: str,
    secret: str,
    *,
    replaces: QaMark | None = None,
    reason: str = "",
) -> QaMark:
    (number,) = node.next_number(tx, DocumentType.QA_MARK, depot.local_day(tx.at))
    mark = QaMark(
        tx.new_id(), number, run.id, run.case_id, run.unit_id, user.id if user else tx.by,
        user.name if user else tx.by_name, user.stamp_no if user else "", how.value,
        replaces.id if replaces else None, reason, signature_id, tx.at,
    )
    rows.add_mark(tx, mark)
    proof.sign_mark(depot, tx, mark, run, secret)
    node.record_document(
        tx, number, DocumentType.QA_MARK, "F7", subject_kind="mark", subject_id=mark.id, case_id=run.case_id,
        unit_id=run.unit_id,
    )
    return mark


def _record(tx: Tx, action: str, bench: Bench, facts: Mapping[str, object]) -> str:
    return journal.record(
        tx, action, subject_kind="inspection", subject_id=bench.case.id, subject_number=bench.case.number,
        case_id=bench.case.id, unit_id=bench.unit.id, facts=facts,
    )


# -- undo: an inspection and a mark are answered by new ones -------------------------------------------------------


def _stays(code: str) -> Way:
    def objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused:
        del depot, tx
        return Refused(code, number=entry.subject_number)

    def take_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
        raise LookupError(f"{entry.action} is never taken back ({depot.depot_id}, {tx.by})")

    return Way(take_back, objection)


UNDO: Mapping[str, Way] = {
    "inspection.fail": _stays("undo.inspection"),
    "inspection.pass": _stays("undo.inspection"),
    "inspection.mark": _stays("undo.mark"),
    "inspection.remark": _stays("undo.mark"),
}

__all__ = [
    "UNDO", "Failed", "Failing", "Marked", "OftenFailed", "Passing", "TestSheet", "case_by_code", "fail", "mark_again",
    "often_failed", "pass_and_mark", "queue", "sheet", "today",
]
