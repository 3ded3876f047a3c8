"""Scrapping: ruled, asked for, approved by another person, into zone 4, and to its final destination (spec 1 §4)."""

from __future__ import annotations

from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain import scrap as rules
from app.domain.approvals import Approval, ApprovalKind
from app.domain.determination import Conclusion
from app.domain.handover import Item, LineKind
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.places import CUSTODIAN, Place
from app.domain.receiving import Unit
from app.domain.rulings import Outcome
from app.domain.scrap import Destining, Scrap, ScrapDestination, ScrapRow
from app.domain.signing import OwnSignature, Signature
from app.domain.stages import Stage, Step, after
from app.errors import Refused
from app.persistence import approvals as approval_rows
from app.persistence import determination as determination_rows
from app.persistence import disposition as disposition_rows
from app.persistence import handover as handover_rows
from app.persistence import journal, node
from app.persistence import receiving as receiving_rows
from app.persistence import scrap as rows
from app.persistence.transaction import Tx
from app.services import approvals, bench, custody, disposition, scrap_undoing, travellers
from app.services.approvals import Asked, Asking
from app.services.bench import Bench

UNDO = scrap_undoing.UNDO
_CHANGES = Changes.DISPOSITIONS | Changes.CASES | Changes.UNITS | Changes.DOCUMENTS


@dataclass(frozen=True, slots=True)
class Scrapping:
    """An approved unit goes to zone 4. ``giver`` (R&D) and ``receiver`` (after-sales) sign if it stands in the lab."""

    case_id: str
    shelf_id: str | None = None
    giver: Signature | None = None
    receiver: OwnSignature | None = None


@dataclass(frozen=True, slots=True)
class Scrapped:
    """The unit stands in zone 4; ``number`` is that of the scrap form (F13). ``closed``: the case closed with it."""

    scrap_id: str
    number: str
    closed: bool
    entry_id: str
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class Destined:
    """The unit has left zone 4 for good."""

    scrap_id: str
    number: str
    handover_number: str
    entry_id: str
    changes: Changes = _CHANGES | Changes.HANDOVERS


def request(depot: Depot, case_id: str, reason: str) -> Asked:
    """Ask the general manager to approve the scrapping that was ruled.

    Refused: ``scrap.not-ruled`` (nothing orders it), the codes of ``disposition.required`` and of
    ``approvals.request``.
    """
    with depot.write() as tx:
        found = bench.case_rows(tx, case_id)
        facts = _ordered(depot, tx, found)
        return approvals.request(depot, tx, Asking(
            ApprovalKind.SCRAP, "case", case_id, found.case.number, reason, case_id, found.unit.id, facts
        ))


def carry_out(depot: Depot, scrapping: Scrapping) -> Scrapped:
    """Put an approved unit into zone 4; the scrap form gets its number. The case closes when nothing else is due.

    Refused: ``scrap.not-ruled``, ``scrap.not-approved``, ``scrap.refused``, ``scrap.elsewhere``,
    ``scrap.signatures-missing``, the laws of the zones, the codes of signing.
    """
    depot.require(Action.PUT_AWAY)
    with depot.write() as tx:
        found = bench.case_rows(tx, scrapping.case_id)
        _ordered(depot, tx, found)
        approval = _approved(tx, found)
        if found.unit.place not in {Place.COUNTER, Place.LAB}:
            raise Refused("scrap.elsewhere", serial=found.unit.serial, place=found.unit.place)
        bench.refuse_offered(tx, found)
        (number,) = node.next_number(tx, DocumentType.SCRAP_FORM, depot.local_day(tx.at))
        judged = determination_rows.of_case(tx, found.case.id)
        scrap = Scrap(
            tx.new_id(), number, found.case.id, found.unit.id, approval.id, approval.reason,
            bool(judged and Outcome.LAB_AFTER_SCRAP in judged.follows), tx.at, tx.by,
        )
        step = Step.RULE_SCRAP if found.case.stage is Stage.REFERRED else Step.RND_TO_SCRAP
        receiving_rows.change_case(tx, found.case.id, stage=after(step, found.case.stage))
        moved = _into_zone(depot, tx, found, scrapping, number)
        rows.add(tx, scrap)
        node.record_document(
            tx, number, DocumentType.SCRAP_FORM, "F13", subject_kind="scrap", subject_id=scrap.id,
            case_id=found.case.id, unit_id=found.unit.id,
        )
        standing = disposition_rows.current(tx, found.case.id)
        disposition.carried_out(tx, found.case.id)
        entry_id = journal.record(
            tx, "scrap.carry_out", subject_kind="scrap", subject_id=scrap.id, subject_number=number,
            case_id=found.case.id, unit_id=found.unit.id,
            facts={
                "stage_before": found.case.stage.value, "ruling": standing.id if standing else "",
                "reason": scrap.reason, "approved_by": approval.decided_by_name, **moved,
            },
        )
        closed = travellers.close_when_complete(depot, tx, found.case.id)
    return Scrapped(scrap.id, number, closed, entry_id)


def dispose(depot: Depot, destining: Destining) -> Destined:
    """The end of a unit in zone 4: disposed of before a witness, or handed to R&D as a sample.

    Refused: ``scrap.unknown``, ``scrap.gone``, ``scrap.for-lab-only``, the codes of
    ``domain.scrap.destining_problems``, ``handover.not-yours``, the codes of signing.
    """
    depot.require(Action.PUT_AWAY)
    with depot.write() as tx:
        scrap, unit = _standing(tx, destining.scrap_id)
        wrong = rules.destining_problems(
            destining.destination, destining.how, destining.by_whom, destining.witness, for_lab=scrap.for_lab
        )
        if wrong:
            raise Refused.because(wrong)
        target = destining.destination.place
        custody.require_signer(tx, destining.giver, CUSTODIAN[Place.ZONE_SCRAP], "giver")
        if target is Place.LAB:
            custody.require_signer(tx, destining.receiver, CUSTODIAN[Place.LAB], "receiver")
        offered, accepted = custody.pass_over(
            depot, tx, Place.ZONE_SCRAP, target, [Item(LineKind.UNIT, unit.id, scrap.case_id)], destining.giver,
            destining.receiver, note=scrap.number,
        )
        custody.move_accepted(tx, offered, accepted, target)
        number = offered.offer.number
        disposed = target is Place.DISPOSED
        rows.change(
            tx, scrap.id, destination=destining.destination.value, handover_number=number, destined_at=tx.at,
            destined_by=tx.by, how=destining.how.value if disposed and destining.how else None,
            by_whom=destining.by_whom.strip() if disposed else "",
            witness=destining.witness.strip() if disposed else "",
        )
        entry_id = journal.record(
            tx, "scrap.dispose", subject_kind="scrap", subject_id=scrap.id, subject_number=scrap.number,
            case_id=scrap.case_id, unit_id=unit.id,
            facts={"to": target.value, "how": destining.how.value if destining.how else "", "handover": number,
                   "by_whom": destining.by_whom.strip(), "witness": destining.witness.strip()},
        )
    return Destined(scrap.id, scrap.number, number, entry_id)


def listed(depot: Depot) -> tuple[ScrapRow, ...]:
    """Every case whose unit is to be scrapped or stands in zone 4, in the order of the work: zone 4 last."""
    ruled = [row.case_id for row in disposition.to_carry_out(depot) if Outcome.SCRAP in (row.outcomes or ())]
    with depot.read() as tx:
        judged = [row.case_id for row in determination_rows.kept(tx) if row.conclusion == Conclusion.NONE.value]
        asked, standing = rows.under_way(tx), rows.standing(tx)
        known = dict.fromkeys([*ruled, *judged, *(row.case_id for row in asked)])
        found = [row for case_id in known if (row := rows.row_of_case(tx, case_id)) is not None]
    return (*found, *standing)


def waiting(depot: Depot) -> tuple[ScrapRow, ...]:
    """Units in zone 4 that wait for their destination, longest there first."""
    with depot.read() as tx:
        return rows.standing(tx)


def under_way(depot: Depot) -> tuple[ScrapRow, ...]:
    """Cases for whose scrapping somebody asked: waiting, refused or approved, and not carried out yet."""
    with depot.read() as tx:
        return rows.under_way(tx)


def of_case(depot: Depot, case_id: str) -> ScrapRow | None:
    """How far the scrapping of a case is."""
    with depot.read() as tx:
        return rows.row_of_case(tx, case_id)


def of_unit(tx: Tx, case_id: str) -> Scrap | None:
    """The scrapping of a case, for steps that take parts out of the scrapped unit."""
    return rows.of_case(tx, case_id)


def _ordered(depot: Depot, tx: Tx, found: Bench) -> dict[str, object]:
    """What orders the scrapping, for the approver: the ruling of a referred case, or R&D's determination."""
    if found.case.stage is Stage.REFERRED:
        ruled = disposition.required(depot, tx, found, Outcome.SCRAP)
        if Outcome.EXPLAIN in ruled.decided and not disposition_rows.talks(tx, found.case.id):
            raise Refused("disposition.talk-needed", number=found.case.number)
        return rules.approval_facts(ruled.rule_no, ruled.ruling.own_code, ruled.facts, "")
    judged = determination_rows.of_case(tx, found.case.id)
    if found.case.stage is not Stage.TO_RND or judged is None or Outcome.SCRAP not in judged.follows:
        raise Refused("scrap.not-ruled", number=found.case.number, stage=found.case.stage)
    return rules.approval_facts(None, "", {}, judged.number)


def _approved(tx: Tx, found: Bench) -> Approval:
    last = approval_rows.of_subject(tx, found.case.id, ApprovalKind.SCRAP)
    if last is None or last.decided_at is None:
        raise Refused("scrap.not-approved", number=found.case.number, serial=found.unit.serial)
    if not last.approved:
        raise Refused(
            "scrap.refused", number=found.case.number, name=last.decided_by_name, reason=last.decision_reason
        )
    return last


def _into_zone(depot: Depot, tx: Tx, found: Bench, scrapping: Scrapping, number: str) -> dict[str, object]:
    """Into zone 4: from the counter a move inside one department, from the lab a handover with both signatures."""
    unit, case = found.unit, found.case
    if unit.place is Place.COUNTER:
        return {"movement": handover_rows.move_unit(
            tx, unit, Place.ZONE_SCRAP, case_id=case.id, to_shelf_id=scrapping.shelf_id, document_number=number,
            reason="scrapped",
        )}
    if scrapping.giver is None or scrapping.receiver is None:
        raise Refused("scrap.signatures-missing", field="giver", serial=unit.serial)
    custody.require_signer(tx, scrapping.giver, CUSTODIAN[Place.LAB], "giver")
    custody.require_signer(tx, scrapping.receiver, CUSTODIAN[Place.ZONE_SCRAP], "receiver")
    traveller = receiving_rows.traveller_of_case(tx, case.id)
    items = [Item(LineKind.UNIT, unit.id, case.id)]
    if traveller is not None and traveller.place is Place.LAB:
        items.append(Item(LineKind.TRAVELLER, traveller.id, case.id))
    offered, accepted = custody.pass_over(
        depot, tx, Place.LAB, Place.ZONE_SCRAP, items, scrapping.giver, scrapping.receiver, note=number
    )
    shelves = {unit.id: scrapping.shelf_id} if scrapping.shelf_id else None
    custody.move_accepted(
        tx, offered, [line for line in accepted if line.kind is LineKind.UNIT], Place.ZONE_SCRAP, shelves=shelves
    )
    # The form does not stand in zone 4: it waits at the counter for the archive.
    custody.move_accepted(tx, offered, [line for line in accepted if line.kind is LineKind.TRAVELLER], Place.COUNTER)
    return {"handover": offered.offer.number}


def _standing(tx: Tx, scrap_id: str) -> tuple[Scrap, Unit]:
    scrap = rows.get(tx, scrap_id)
    unit = receiving_rows.unit(tx, scrap.unit_id) if scrap else None
    if scrap is None or unit is None:
        raise Refused("scrap.unknown")
    if scrap.destined_at is not None or unit.place is not Place.ZONE_SCRAP:
        raise Refused("scrap.gone", number=scrap.number, serial=unit.serial, place=unit.place)
    return scrap, unit


__all__ = [
    "UNDO", "Destined", "ScrapDestination", "Scrapped", "Scrapping", "carry_out", "dispose", "listed", "of_case",
    "of_unit", "request", "under_way", "waiting",
]
