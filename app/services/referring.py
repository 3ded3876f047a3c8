"""Where the bench ends otherwise than in QA: the customer must be asked, or the unit needs a ruling (art. 10.4).

The quotation's paper and the dispositions are steps of their own; here the clock stands still and the case is referred.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.changes import Changes
from app.depot import Depot
from app.domain.clocks import PauseReason
from app.domain.codes import RepairResult
from app.domain.disposition import plain
from app.domain.people import Action
from app.domain.places import Place
from app.domain.repair import RepairOrder
from app.domain.rulings import Ruling
from app.domain.stages import Stage, Step, after
from app.errors import Refused
from app.persistence import pauses
from app.persistence import quotation as quotation_rows
from app.persistence import receiving as receiving_rows
from app.persistence import repair as rows
from app.persistence.transaction import Tx
from app.services import bench as bench_rows
from app.services import clocks, rulings
from app.services.bench import Bench

_CHANGES = Changes.REPAIRS | Changes.CASES


@dataclass(frozen=True, slots=True)
class Referred:
    """The case waits for its ruling; ``ruling`` is what the rules say, its ``own_code`` and facts say why."""

    case_id: str
    entry_id: str
    ruling: Ruling
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class Paused:
    """The case waits for the customer, or goes on after the answer."""

    case_id: str
    entry_id: str
    stage: Stage
    changes: Changes = _CHANGES


def refer(depot: Depot, case_id: str) -> Referred:
    """Hand the question on: the unit cannot simply go back. It is then handed over to after-sales.

    The factory section must be complete. Refused: ``repair.section-open``, ``ruling.needs-qa``,
    ``ruling.bench-goes-on``, ``repair.offered`` (it is in an open offer), as ``bench.at_bench``.
    """
    depot.require(Action.REFER)
    with depot.write() as tx:
        bench = bench_rows.at_bench(tx, case_id)
        order, result = _finished(bench)
        bench_rows.refuse_offered(tx, bench)
        ruling = ruling_on(depot, tx, bench, order, result)
        if isinstance(ruling, Refused):
            raise ruling
        return _refer(tx, bench, Step.REFER, ruling)


def pause_for_customer(depot: Depot, case_id: str, note: str) -> Paused:
    """Chargeable work must be agreed to: the turnaround clock stands still until the answer (spec 1 §6).

    Refused: ``repair.note-missing``, ``repair.not-diagnosed``, as ``bench.at_bench``.
    """
    _require_one(depot, Action.QUOTE, Action.REPAIR)
    if not note.strip():
        raise Refused("repair.note-missing", field="note")
    with depot.write() as tx:
        bench = bench_rows.at_bench(tx, case_id)
        if bench.order is None or bench.order.diagnosed_at is None:
            raise Refused("repair.not-diagnosed", number=bench.case.number)
        bench_rows.refuse_offered(tx, bench)
        stage = stand_still(tx, bench)
        entry_id = bench_rows.record(tx, "repair.pause", bench, {"note": note.strip()})
        return Paused(case_id, entry_id, stage)


def customer_consented(depot: Depot, case_id: str, who: str, note: str = "") -> Paused:
    """The customer agreed (``who`` said so): back to the bench, and the clock runs again.

    Refused: ``repair.who-missing``, ``repair.not-waiting``, ``quotation.answer-there`` (a price was notified).
    """
    depot.require(Action.RECORD_CONSENT)
    with depot.write() as tx:
        return agree(depot, tx, _waiting(tx, case_id, who), who, note)


def customer_declined(depot: Depot, case_id: str, who: str, note: str = "") -> Referred:
    """The customer said no: the case is referred, and the unit goes back as it is or for free with approval.

    Refused: as :func:`customer_consented`.
    """
    depot.require(Action.RECORD_CONSENT)
    with depot.write() as tx:
        return decline(depot, tx, _waiting(tx, case_id, who), who, note)


# -- the two doors of every question to the customer, inside a running transaction --------------------------------


def stand_still(tx: Tx, bench: Bench) -> Stage:
    """The customer is asked: the clock stands still from now on."""
    stage = _step(bench, Step.QUOTE)
    pauses.start(tx, bench.case.id, PauseReason.CUSTOMER_CONSENT.value)
    receiving_rows.change_case(
        tx, bench.case.id, stage=stage, paused_at=tx.at, pause_reason=PauseReason.CUSTOMER_CONSENT.value
    )
    return stage


def asked(tx: Tx, case_id: str) -> Bench:
    """The rows of a case that waits for its customer. Refused: ``repair.not-waiting``."""
    bench = bench_rows.case_rows(tx, case_id)
    if bench.case.stage is not Stage.AWAITING_CUSTOMER or bench.unit.place not in {Place.REPAIR, Place.COUNTER}:
        raise Refused("repair.not-waiting", number=bench.case.number, stage=bench.case.stage)
    return bench


def agree(depot: Depot, tx: Tx, bench: Bench, who: str, note: str) -> Paused:
    """The customer said yes: the bench goes on, also with a unit that it had given up as not worth the cost."""
    stage = _step(bench, Step.CONSENT)
    _run_again(depot, tx, bench)
    receiving_rows.change_case(tx, bench.case.id, stage=stage)
    order = bench.order
    if order is not None and order.finished_at is not None and order.result != RepairResult.REPAIRED:
        rows.reopen_order(tx, bench.case.id)
        receiving_rows.change_case(tx, bench.case.id, result=None)
    entry_id = bench_rows.record(tx, "repair.consent", bench, {"who": who.strip(), "note": note.strip()})
    return Paused(bench.case.id, entry_id, stage)


def decline(depot: Depot, tx: Tx, bench: Bench, who: str, note: str) -> Referred:
    """The customer said no: the case waits for its ruling."""
    order = bench.order
    if order is None:
        raise LookupError(f"no repair order of case {bench.case.id}")
    _run_again(depot, tx, bench)
    rows.change_order(tx, order.id, result=RepairResult.DECLINED.value, finished_at=tx.at)
    receiving_rows.change_case(tx, bench.case.id, result=RepairResult.DECLINED.value)
    bench_rows.record(tx, "repair.decline", bench, {"who": who.strip(), "note": note.strip()})
    ruling = ruling_on(depot, tx, bench, order, RepairResult.DECLINED)
    if isinstance(ruling, Refused):
        raise ruling
    return _refer(tx, bench, Step.DECLINE, ruling)


def not_asked(depot: Depot, tx: Tx, bench: Bench) -> Stage:
    """The question was withdrawn: the clock runs again, and the case is where it was before."""
    given_up = bench.order is not None and bench.order.result in {RepairResult.BER, RepairResult.IRREPARABLE}
    stage = _step(bench, Step.DECLINE if given_up else Step.CONSENT)
    _run_again(depot, tx, bench)
    receiving_rows.change_case(tx, bench.case.id, stage=stage)
    return stage


def ran_on(depot: Depot, tx: Tx, bench: Bench, stage: Stage) -> None:
    """The customer was never asked: the pause did not happen, the case is at ``stage`` again."""
    pauses.drop(tx, bench.case.id)
    receiving_rows.change_case(tx, bench.case.id, stage=stage, paused_at=None, pause_reason=None)
    clocks.refresh_due(depot, tx, bench.case.id)


def ruling_on(
    depot: Depot, tx: Tx, bench: Bench, order: RepairOrder, result: RepairResult, on: date | None = None
) -> Ruling | Refused:
    """What the rules say of a case with ``result``: a ruling, or why there is none. ``on``: the policy of that day."""
    period = rulings.period(depot, tx, bench.unit, bench.product, bench.case)
    return rulings.ruled(depot, tx, bench.unit, bench.case, order, period, result, on=on)


def _finished(bench: Bench) -> tuple[RepairOrder, RepairResult]:
    order = bench.order
    if order is None or order.finished_at is None or order.result is None:
        raise Refused("repair.section-open", number=bench.case.number)
    return order, RepairResult(order.result)


def _step(bench: Bench, step: Step) -> Stage:
    stage = after(step, bench.case.stage)
    if stage is None:
        raise LookupError(f"no arrow {step} from {bench.case.stage}")
    return stage


def _refer(tx: Tx, bench: Bench, step: Step, ruling: Ruling) -> Referred:
    receiving_rows.change_case(tx, bench.case.id, stage=_step(bench, step))
    entry_id = bench_rows.record(tx, "repair.refer", bench, {
        "rule": ruling.number, "outcomes": [outcome.value for outcome in ruling.outcomes],
        "facts": plain(ruling.facts), "policy": ruling.policy_version,
    })
    return Referred(bench.case.id, entry_id, ruling)


def _waiting(tx: Tx, case_id: str, who: str) -> Bench:
    if not who.strip():
        raise Refused("repair.who-missing", field="who")
    quotation = quotation_rows.sent_of_case(tx, case_id)
    if quotation is not None:
        raise Refused("quotation.answer-there", number=quotation.number)
    return asked(tx, case_id)


def _run_again(depot: Depot, tx: Tx, bench: Bench) -> None:
    """End the pause. The due day is read anew from the record: it may have been written while the pause lasted."""
    pauses.end(tx, bench.case.id)
    receiving_rows.change_case(tx, bench.case.id, paused_at=None, pause_reason=None)
    clocks.refresh_due(depot, tx, bench.case.id)


def _require_one(depot: Depot, *actions: Action) -> None:
    """Any of ``actions`` is enough; the refusal names the first."""
    for action in actions[1:]:
        try:
            depot.require(action)
        except Refused:
            continue
        return
    depot.require(actions[0])
