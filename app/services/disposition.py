"""Rulings put on record: what waits, why the rules say so, the supervisor's confirmation or reasoned override.

A ruling is confirmed by the signature of somebody who may rule, at whichever desk: at the counter the clerk has the
unit in hand, and the supervisor signs there. Carrying out is the business of the steps that own the outcomes; each
checks :func:`app.persistence.disposition.current`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.changes import Changes
from app.depot import Depot
from app.domain import disposition as rules
from app.domain.codes import CauseClass, Responsibility
from app.domain.disposition import Disposition, Ended, ReferredRow, Settlement, TalkRow, VisitLine, Wish
from app.domain.masterdata import Customer, Product
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.places import Place
from app.domain.policy_values import PolicyName
from app.domain.receiving import ReturnCase, Unit
from app.domain.repair import RepairOrder
from app.domain.repair_value import EstimateRow
from app.domain.rulings import Outcome, Ruling
from app.domain.signing import OwnSignature
from app.domain.soaking import SoakTest
from app.domain.stages import Stage, Step, after
from app.domain.warranty import Judgement
from app.errors import Refused
from app.persistence import bench_tests, journal, masterdata, node
from app.persistence import disposition as rows
from app.persistence import handover as handover_rows
from app.persistence import receiving as receiving_rows
from app.persistence.transaction import Tx
from app.services import bench as bench_rows
from app.services import disposition_undoing, rulings, signing, undoing, warranty
from app.services.bench import Bench
from app.services.ruling_now import ruling_now, stale_facts
from app.services.warranty import VerdictChange

UNDO = disposition_undoing.UNDO
_CHANGES = Changes.DISPOSITIONS | Changes.CASES


@dataclass(frozen=True, slots=True)
class Listed:
    """A case of the lists. ``changed``: the decisive facts that changed since it was ruled on.

    ``offered``: at intake, because the serial used up its limit; nobody has referred it yet.
    """

    row: ReferredRow
    changed: tuple[str, ...] = ()
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything one needs to rule on a case. ``ruling``: what the rules say now, or why they say nothing.

    ``current``: the ruling on record that stands; ``changed``: what changed since (then it must be confirmed anew).
    ``choices``: what may be decided instead. ``period``: the warranty as the rules took it.
    ``change``: how the verdict on the warranty changed since that ruling.
    """

    case: ReturnCase
    unit: Unit
    product: Product
    customer: str
    order: RepairOrder | None
    ruling: Ruling | Refused
    current: Disposition | None
    changed: tuple[str, ...]
    choices: tuple[tuple[Outcome, ...], ...]
    visits: tuple[VisitLine, ...]
    talks: tuple[TalkRow, ...]
    settlement: Settlement | None
    warranty: Judgement
    record: tuple[Disposition, ...]
    estimate: EstimateRow | None
    soak: SoakTest | None
    now: datetime
    today: date
    change: VerdictChange | None = None


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling is on record. ``outcomes``: what is to be done now, in order."""

    case_id: str
    disposition_id: str
    number: str
    outcomes: tuple[Outcome, ...]
    entry_id: str
    changes: Changes = _CHANGES


def waiting(depot: Depot) -> tuple[Listed, ...]:
    """Cases that wait for a ruling: referred ones without one, those whose facts changed since, and units just
    received whose serial used up its limit; the earliest due first."""
    with depot.read() as tx:
        found = [*_offered(depot, tx)]
        for row in rows.referred(tx):
            if not row.disposition_id:
                found.append(Listed(row))
                continue
            changed = _changed(depot, tx, row.case_id)
            if changed:
                found.append(Listed(row, changed))
    return tuple(sorted(found, key=lambda one: (one.row.due_on or date.max, one.row.case_id)))


def to_carry_out(depot: Depot) -> tuple[ReferredRow, ...]:
    """Cases whose ruling stands and waits for being carried out, the earliest due first."""
    with depot.read() as tx:
        return tuple(
            row for row in rows.referred(tx) if row.disposition_id and not _changed(depot, tx, row.case_id)
        )


def recorded(depot: Depot) -> tuple[ReferredRow, ...]:
    """Every ruling on record, the newest first. Moments are in the depot's time."""
    with depot.read() as tx:
        return tuple(
            replace(row, decided_at=row.decided_at.astimezone(depot.zone) if row.decided_at else None)
            for row in rows.ruled(tx)
        )


def sheet(depot: Depot, case_id: str) -> Sheet:
    """Facts, history at all depots and what the rules say. Refused: ``repair.unknown-case``."""
    with depot.read() as tx:
        bench = bench_rows.case_rows(tx, case_id)
        case = bench.case
        ruling = ruling_now(depot, tx, bench)
        current = rows.current(tx, case_id)
        customer = masterdata.get(tx, Customer, case.customer_id)
        talks = tuple(
            replace(talk, held_at=talk.held_at.astimezone(depot.zone)) for talk in rows.talks(tx, case_id)
        )
        return Sheet(
            case, bench.unit, bench.product, customer.name if customer else "", bench.order, ruling, current,
            stale_facts(depot, tx, bench, current) if current else (), _choices(bench, ruling, talks),
            rulings.visit_lines(depot, tx, bench.unit, case), talks, rows.settlement(tx, case_id),
            _judged(depot, tx, bench), rows.of_case(tx, case_id),
            next(iter(bench_tests.estimates(tx, case_id)), None), bench_tests.soak(tx, case_id),
            tx.at.astimezone(depot.zone), depot.local_day(tx.at),
            warranty.changed_since(depot, tx, case_id, current.decided_at) if current else None,
        )


def offered(depot: Depot, case_ids: Sequence[str]) -> tuple[Sheet, ...]:
    """Of units just taken in: the sheets of those whose serial used up its limit, so that a ruling is offered."""
    with depot.read() as tx:
        used_up = []
        for case_id in case_ids:
            bench = bench_rows.case_rows(tx, case_id)
            received = bench.case.stage is Stage.RECEIVED
            if received and rulings.intake_ruling(depot, tx, bench.unit, bench.product, bench.case) is not None:
                used_up.append(case_id)
    return tuple(sheet(depot, case_id) for case_id in used_up)


def case_by_code(depot: Depot, code: str) -> str | None:
    """The newest case that a scanned serial or case number means; ``None`` if there is none."""
    with depot.read() as tx:
        case = receiving_rows.case_by_number(tx, code) or receiving_rows.case_by_number(tx, code.upper())
        if case is not None:
            return case.id
        found = rows.case_ids_of_serial(tx, code) or rows.case_ids_of_serial(tx, code.upper())
        return found[0] if found else None


def confirm(depot: Depot, case_id: str, signature: OwnSignature) -> Ruled:
    """Confirm what the rules say; at intake this also refers the case and brings the unit to the counter.

    Refused: ``disposition.not-referred``, ``disposition.ruled-already``, ``disposition.settle-first`` (row 0), why
    the rules say nothing (``ruling.*``), the codes of signing, ``people.not-allowed``.
    """
    with depot.write() as tx:
        bench, ruling = _rulable(depot, tx, case_id)
        if ruling.number == 0:
            raise Refused("disposition.settle-first", number=bench.case.number)
        return _write(depot, tx, bench, ruling, ruling.outcomes, "", signature, Action.RULE)


def override(
    depot: Depot, case_id: str, outcomes: Sequence[Outcome], reason: str, signature: OwnSignature
) -> Ruled:
    """Decide otherwise than the rules, with a written reason (spec 1 §10).

    Refused: as :func:`confirm` but for row 0, ``disposition.not-sensible``, ``disposition.reason-missing``.
    """
    with depot.write() as tx:
        bench, ruling = _rulable(depot, tx, case_id)
        wrong = rules.override_problems(outcomes, reason, _choices(bench, ruling, rows.talks(tx, case_id)))
        if wrong:
            raise Refused.because(wrong)
        return _write(depot, tx, bench, ruling, tuple(outcomes), reason.strip(), signature, Action.OVERRIDE)


def take_back(depot: Depot, disposition_id: str) -> undoing.Undone:
    """Take a ruling back while nothing of it was carried out. Refused: as ``undoing.undo``."""
    with depot.read() as tx:
        row = rows.by_id(tx, disposition_id)
        found = [
            entry for entry in journal.entries(tx, case_id=row.case_id if row else "")
            if entry.subject_id == disposition_id and entry.action in UNDO
        ]
    if not found:
        raise Refused("undo.unknown")
    return undoing.undo(depot, found[0].id)


def carried_out(tx: Tx, case_id: str) -> None:
    """What was ruled is done: the ruling ends. Called by the steps that carry outcomes out."""
    standing = rows.current(tx, case_id)
    if standing is not None:
        rows.end(tx, standing.id, Ended.DONE)


def required(depot: Depot, tx: Tx, bench: Bench, outcome: Outcome) -> Disposition:
    """The ruling that orders ``outcome`` now.

    Refused: ``disposition.not-ruled``, ``disposition.changed-since`` (confirm it anew), ``disposition.otherwise``.
    """
    standing = rows.current(tx, bench.case.id)
    if standing is None:
        raise Refused("disposition.not-ruled", number=bench.case.number)
    if stale_facts(depot, tx, bench, standing):
        raise Refused("disposition.changed-since", number=bench.case.number, ruling=standing.number)
    if outcome not in standing.decided:
        raise Refused(
            "disposition.otherwise", number=bench.case.number, ruling=standing.number, outcomes=standing.decided
        )
    return standing


def _offered(depot: Depot, tx: Tx) -> list[Listed]:
    policy = depot.policy(tx)
    least = 1 + min(policy.whole(PolicyName.NFF_LIMIT), policy.whole(PolicyName.FAILED_RETURN_LIMIT))
    found = []
    for case_id in rows.back_again(tx, least):
        bench = bench_rows.case_rows(tx, case_id)
        row = rows.row_of_case(tx, case_id)
        if row and rulings.intake_ruling(depot, tx, bench.unit, bench.product, bench.case) is not None:
            found.append(Listed(row, offered=True))
    return found


def _judged(depot: Depot, tx: Tx, bench: Bench) -> Judgement:
    """The warranty with its trace, the cause that the bench found included."""
    order = bench.order
    return warranty.judgement(
        depot, tx, bench.unit, bench.product, bench.case,
        CauseClass(order.cause_class) if order and order.cause_class else None,
        Responsibility(order.responsibility) if order and order.responsibility else None,
    )


def _changed(depot: Depot, tx: Tx, case_id: str) -> tuple[str, ...]:
    standing = rows.current(tx, case_id)
    return stale_facts(depot, tx, bench_rows.case_rows(tx, case_id), standing) if standing else ()


def _choices(
    bench: Bench, ruling: Ruling | Refused, talks: Sequence[TalkRow]
) -> tuple[tuple[Outcome, ...], ...]:
    if isinstance(ruling, Refused):
        return ()
    return rules.choices(
        ruling.outcomes, return_needed=bool(bench.case.return_needed),
        wants_scrap=bool(talks) and talks[0].wish == Wish.SCRAP, at_bench_before=bench.order is not None,
    )


def _rulable(depot: Depot, tx: Tx, case_id: str) -> tuple[Bench, Ruling]:
    """A case that may be ruled on now, and what the rules say."""
    bench = bench_rows.case_rows(tx, case_id)
    if bench.case.stage not in {Stage.REFERRED, Stage.RECEIVED}:
        raise Refused("disposition.not-referred", number=bench.case.number, stage=bench.case.stage)
    standing = rows.current(tx, case_id)
    if standing is not None and not stale_facts(depot, tx, bench, standing):
        raise Refused("disposition.ruled-already", number=bench.case.number, ruling=standing.number)
    ruling = ruling_now(depot, tx, bench)
    if isinstance(ruling, Refused):
        raise ruling
    return bench, ruling


def _write(
    depot: Depot, tx: Tx, bench: Bench, ruling: Ruling, outcomes: tuple[Outcome, ...], reason: str,
    signature: OwnSignature, action: Action,
) -> Ruled:
    case, disposition_id = bench.case, tx.new_id()
    signed = signing.sign_for(
        depot, tx, signature, action, purpose=f"disposition.{action.value.lower()}", subject_kind="disposition",
        subject_id=disposition_id, field="signature",
    )
    moved = _to_counter(tx, bench) if case.stage is Stage.RECEIVED else {}
    replaced = rows.current(tx, case.id)
    if replaced is not None:
        rows.end(tx, replaced.id, Ended.RULED_ANEW)
    (number,) = node.next_number(tx, DocumentType.DISPOSITION, depot.local_day(tx.at))
    known = ruling.facts.get("known_as_of")
    written = Disposition(
        disposition_id, number, case.id, bench.unit.id, ruling.number, ruling.at_intake,
        [o.value for o in ruling.outcomes], [o.value for o in outcomes], rules.plain(ruling.facts),
        ruling.policy_version, known if isinstance(known, date) else None, bool(reason), reason, tx.at,
        signed.user_id or tx.by, signed.name, signed.id, None, None,
    )
    rows.add(tx, written)
    node.record_document(
        tx, number, DocumentType.DISPOSITION, "", subject_kind="disposition", subject_id=disposition_id,
        case_id=case.id, unit_id=bench.unit.id,
    )
    receiving_rows.change_case(tx, case.id, outcome=rules.main_outcome(outcomes).value)
    entry_id = journal.record(
        tx, "disposition.override" if reason else "disposition.confirm", subject_kind="disposition",
        subject_id=disposition_id, subject_number=number, case_id=case.id, unit_id=bench.unit.id,
        facts={
            "rule": ruling.number, "outcomes": list(written.outcomes), "ruled": list(written.ruled), "reason": reason,
            "who": signed.name, "outcome_before": case.outcome, **moved,
        },
    )
    changes = _CHANGES | Changes.DOCUMENTS | (Changes.UNITS if moved else Changes.NOTHING)
    return Ruled(case.id, disposition_id, number, outcomes, entry_id, changes)


def _to_counter(tx: Tx, bench: Bench) -> dict[str, str]:
    """Ruled at the counter: the case is referred, unit and traveller leave zone 1 (the custodian is the same)."""
    stage = after(Step.REFER, bench.case.stage)
    if stage is None or bench.unit.place is not Place.ZONE_PENDING:
        raise Refused("disposition.not-referred", number=bench.case.number, stage=bench.case.stage)
    receiving_rows.change_case(tx, bench.case.id, stage=stage)
    moved = {
        "movement": handover_rows.move_unit(
            tx, bench.unit, Place.COUNTER, case_id=bench.case.id, reason="ruled at intake"
        )
    }
    traveller = receiving_rows.traveller_of_case(tx, bench.case.id)
    if traveller is not None and traveller.place is Place.ZONE_PENDING:
        moved["traveller_movement"] = handover_rows.move_traveller(
            tx, traveller, Place.COUNTER, reason="ruled at intake"
        )
    return moved
