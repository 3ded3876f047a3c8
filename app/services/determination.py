"""Keeping a unit, and what R&D finds of it (spec 1 §4): fault found, back to repair for the pool; none, scrapped."""

from __future__ import annotations

from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain import determination as rules
from app.domain.determination import Conclusion, Determination, Determining, Keeping, Kept, KeptRow
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.places import Place
from app.domain.policy_values import PolicyName
from app.domain.rulings import Outcome, determined
from app.domain.stages import Stage, Step, after
from app.errors import Refused
from app.persistence import determination as rows
from app.persistence import disposition as disposition_rows
from app.persistence import handover as handover_rows
from app.persistence import journal, node, repair
from app.persistence import receiving as receiving_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import bench, disposition, signing
from app.services.bench import Bench
from app.services.undoing import Way

_CHANGES = Changes.DISPOSITIONS | Changes.CASES | Changes.UNITS


@dataclass(frozen=True, slots=True)
class KeptUnit:
    """The unit is kept (or goes back beside the exchanged one). ``fee_fen``: what the customer pays for both."""

    case_id: str
    stage: Stage
    fee_fen: int
    entry_id: str
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class Determined:
    """R&D has concluded; ``follows``: what is to be done, in order. ``number``: of the paper (F14)."""

    case_id: str
    number: str
    follows: tuple[Outcome, ...]
    entry_id: str
    changes: Changes = _CHANGES | Changes.DOCUMENTS | Changes.REPAIRS


def keep(depot: Depot, keeping: Keeping) -> KeptUnit:
    """The unit is kept and goes to R&D; the customer's consent is recorded. It is then handed over to the lab.

    Refused: ``keeping.who-missing``, the codes of ``disposition.required``.
    """
    depot.require(Action.RULE)
    with depot.write() as tx:
        found = _kept_case(tx, keeping)
        disposition.required(depot, tx, found, Outcome.KEEP)
        stage = _next(found, Step.RULE_RND)
        receiving_rows.change_case(tx, found.case.id, stage=stage)
        return _record_keeping(tx, found, keeping, stage, 0, insists=False)


def give_both(depot: Depot, keeping: Keeping) -> KeptUnit:
    """The customer insists on having the unit as well: it goes back beside the exchanged one, for the policy's fee.

    Refused: as :func:`keep`, the laws of the zones.
    """
    depot.require(Action.RULE)
    with depot.write() as tx:
        found = _kept_case(tx, keeping)
        disposition.required(depot, tx, found, Outcome.BOTH_TO_CUSTOMER)
        stage = _next(found, Step.RULE_AS_IS)
        receiving_rows.change_case(tx, found.case.id, stage=stage, return_needed=True)
        handover_rows.move_unit(
            tx, found.unit, Place.ZONE_REPAIRED, case_id=found.case.id, reason="both to the customer"
        )
        fee = depot.policy(tx).whole(PolicyName.BOTH_UNITS_FEE)
        return _record_keeping(tx, found, keeping, stage, fee, insists=True)


def determine(depot: Depot, determining: Determining) -> Determined:
    """R&D's conclusion, signed by an engineer. The unit must stand in the lab.

    Refused: the codes of ``domain.determination.determining_problems``, ``determination.not-in-lab``,
    ``determination.made-already``, ``people.not-allowed``, the codes of signing.
    """
    wrong = rules.determining_problems(determining.tests, determining.conclusion, determining.findings)
    if wrong or determining.conclusion is None:
        raise Refused.because(wrong)
    with depot.write() as tx:
        found = bench.case_rows(tx, determining.case_id)
        made = rows.of_case(tx, found.case.id)
        if made is not None:
            raise Refused("determination.made-already", number=found.case.number, paper=made.number)
        if found.case.stage is not Stage.TO_RND or found.unit.place is not Place.LAB:
            raise Refused("determination.not-in-lab", serial=found.unit.serial, place=found.unit.place)
        today, policy = depot.local_day(tx.at), depot.policy(tx)
        follows = determined(
            fault_found=determining.conclusion is Conclusion.FAULT, manufactured=found.unit.manufactured_on,
            today=today, policy=policy,
        )
        row_id = tx.new_id()
        signed = signing.sign_for(
            depot, tx, determining.signature, Action.DETERMINE, purpose="determination.determine",
            subject_kind="determination", subject_id=row_id, field="signature",
        )
        (number,) = node.next_number(tx, DocumentType.TECHNICAL_DETERMINATION, today)
        tests = [{"name": t.name.strip(), "result": t.result.strip()} for t in determining.tests if t.name.strip()]
        rows.add(tx, Determination(
            row_id, number, found.case.id, found.unit.id, tests, determining.conclusion.value,
            determining.findings.strip(), [o.value for o in follows], signed.user_id or "", signed.name, signed.id,
            policy.version, tx.at, tx.by,
        ))
        node.record_document(
            tx, number, DocumentType.TECHNICAL_DETERMINATION, "F14", subject_kind="determination", subject_id=row_id,
            case_id=found.case.id, unit_id=found.unit.id,
        )
        if Outcome.REPAIR in follows:
            _to_repair(tx, found)
        entry_id = journal.record(
            tx, "determination.determine", subject_kind="determination", subject_id=row_id, subject_number=number,
            case_id=found.case.id, unit_id=found.unit.id,
            facts={"conclusion": determining.conclusion.value, "follows": [o.value for o in follows],
                   "engineer": signed.name},
        )
    return Determined(found.case.id, number, follows, entry_id)


def listed(depot: Depot) -> tuple[tuple[KeptRow, bool], ...]:
    """Cases ruled to be kept (or given back beside an exchange: ``True``), and the kept units up to R&D's word."""
    ruled = [
        (row.case_id, Outcome.BOTH_TO_CUSTOMER in (row.outcomes or ()))
        for row in disposition.to_carry_out(depot)
        if {Outcome.KEEP, Outcome.BOTH_TO_CUSTOMER} & set(row.outcomes or ())
    ]
    with depot.read() as tx:
        waiting = [(found, both) for case_id, both in ruled if (found := rows.row_of_case(tx, case_id)) is not None]
        return (*waiting, *((row, False) for row in rows.kept(tx)))


def kept(depot: Depot) -> tuple[KeptRow, ...]:
    """Kept units on their way to R&D, there, or just judged; the longest at their place first."""
    with depot.read() as tx:
        return rows.kept(tx)


def of_case(depot: Depot, case_id: str) -> tuple[Kept | None, Determination | None]:
    """What the customer said and what R&D found, as far as it is on record."""
    with depot.read() as tx:
        return rows.keeping(tx, case_id), rows.of_case(tx, case_id)


def is_kept(tx: Tx, case_id: str) -> bool:
    """Whether the unit of a case stays with us: it never goes back to the customer."""
    said = rows.keeping(tx, case_id)
    return said is not None and not said.insists


def _kept_case(tx: Tx, keeping: Keeping) -> Bench:
    if wrong := rules.keeping_problems(keeping):
        raise Refused.because(wrong)
    found = bench.case_rows(tx, keeping.case_id)
    if found.unit.place is not Place.COUNTER:
        raise Refused("keeping.not-at-counter", serial=found.unit.serial, place=found.unit.place)
    return found


def _next(found: Bench, step: Step) -> Stage:
    stage = after(step, found.case.stage)
    if stage is None:
        raise Refused("keeping.wrong-stage", number=found.case.number, stage=found.case.stage)
    return stage


def _record_keeping(
    tx: Tx, found: Bench, keeping: Keeping, stage: Stage, fee: int, *, insists: bool
) -> KeptUnit:
    said = Kept(
        tx.new_id(), found.case.id, found.unit.id, insists, keeping.who.strip(), keeping.how.value,
        keeping.note.strip(), fee, tx.at, tx.by, tx.by_name,
    )
    rows.add_keeping(tx, said)
    standing = disposition_rows.current(tx, found.case.id)
    disposition.carried_out(tx, found.case.id)
    entry_id = journal.record(
        tx, "determination.give_both" if insists else "determination.keep", subject_kind="keeping",
        subject_id=said.id, subject_number=found.case.number, case_id=found.case.id, unit_id=found.unit.id,
        facts={
            "who": said.who, "how": said.how, "fee_fen": fee, "ruling": standing.id if standing else "",
            "return_needed_before": found.case.return_needed,
        },
    )
    return KeptUnit(found.case.id, stage, fee, entry_id)


def _to_repair(tx: Tx, found: Bench) -> None:
    """Back to the bench, as a spare of ours: nobody waits for this unit any more."""
    receiving_rows.change_case(
        tx, found.case.id, stage=_next(found, Step.RND_TO_REPAIR), return_needed=False, result=None
    )
    if found.order is not None:
        repair.reopen_order(tx, found.case.id)


# -- undo --------------------------------------------------------------------------------------------------------


def _keep_objection(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    found = bench.case_rows(tx, entry.case_id or "")
    both = entry.action == "determination.give_both"
    stage, place = (Stage.READY_TO_RETURN, Place.ZONE_REPAIRED) if both else (Stage.TO_RND, Place.COUNTER)
    if found.case.stage is not stage or found.unit.place is not place:
        return Refused("undo.worked-since", number=found.case.number, stage=found.case.stage)
    bench.refuse_offered(tx, found)
    return None


def _keep_back(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    case_id = entry.case_id or ""
    found = bench.case_rows(tx, case_id)
    receiving_rows.change_case(
        tx, case_id, stage=Stage.REFERRED, return_needed=entry.facts["return_needed_before"]
    )
    if found.unit.place is Place.ZONE_REPAIRED:
        last = handover_rows.last_movement_id(tx, found.unit)
        handover_rows.move_unit(tx, found.unit, Place.COUNTER, case_id=case_id, reason="undo", reverses_id=last)
    rows.end_keeping(tx, entry.subject_id)
    if entry.facts.get("ruling"):
        disposition_rows.stand_again(tx, str(entry.facts["ruling"]))
    return _CHANGES


def _signed(_depot: Depot, _tx: Tx, entry: JournalEntry) -> Refused | None:
    return Refused("determination.signed", number=entry.subject_number)


def _never(_depot: Depot, _tx: Tx, entry: JournalEntry) -> Changes:
    raise LookupError(f"{entry.action} is never taken back")


UNDO = {
    "determination.keep": Way(_keep_back, _keep_objection, Action.RULE),
    "determination.give_both": Way(_keep_back, _keep_objection, Action.RULE),
    "determination.determine": Way(_never, _signed),
}
