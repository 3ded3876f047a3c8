"""Between depots: a unit that awaits its repair is handed on to another depot, or comes from one (spec 4).

The sender's half is here, with what both see; the receiver's half is ``transfer_arrivals``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.changes import Changes
from app.depot import Depot
from app.domain import transfers as rules
from app.domain.handover import Item, LineKind
from app.domain.masterdata import Customer, Product
from app.domain.people import Action
from app.domain.places import Custodian, Place
from app.domain.receiving import BroughtBy, ReturnCase, ReturnMethod, Traveller, Unit
from app.domain.signing import OutsideSignature, OwnSignature, Party, Signature
from app.domain.stages import Stage, Step, after
from app.domain.transfers import (
    TRANSFERRED,
    Carriage,
    Carried,
    EarlierVisit,
    Standing,
    Transfer,
    Transferring,
)
from app.domain.warranty_entries import Started, entry_as_dict
from app.errors import Refused
from app.persistence import chains, handover_lists, journal, masterdata, spares
from app.persistence import loaners as loaner_rows
from app.persistence import receiving as receiving_rows
from app.persistence import transfers as rows
from app.persistence import visits as visit_rows
from app.persistence.transaction import Tx
from app.persistence.transfers import Waiting
from app.services import custody, intakes, payments, transfer_undoing, warranty

UNDO = transfer_undoing.UNDO
_CHANGES = Changes.UNITS | Changes.CASES | Changes.HANDOVERS | Changes.DOCUMENTS
_TAKERS = {Carriage.COURIER: Party.CARRIER, Carriage.FIELD_STAFF: Party.FIELD_STAFF}
_ROWS = 500


@dataclass(frozen=True, slots=True)
class Transferred:
    """The unit left for another depot. ``number``: of the transfer slip (F5T)."""

    transfer_id: str
    number: str
    to_depot: str
    serial: str
    entry_id: str
    changes: Changes = _CHANGES


def depots(depot: Depot) -> dict[str, str]:
    """The other depots the night has told of, code → name; none before the first night with the centre."""
    with depot.read() as tx:
        return rows.known_depots(tx)


def waiting(depot: Depot, text: str = "") -> tuple[Waiting, ...]:
    """Units in zone 1 that could be handed on, by serial or case number."""
    with depot.read() as tx:
        return rows.waiting(tx, text)


def send(depot: Depot, transferring: Transferring, giver: OwnSignature, receiver: Signature) -> Transferred:
    """Hand a unit and its traveller on to another depot: signed for by who carries it, the case closes as transferred.

    Refused: the codes of ``domain.transfers.problems`` and ``obstacle``, ``transfers.who-carries``, the codes of
    ``custody.require_signer`` and of signing.
    """
    depot.require(Action.RETURN)
    with depot.write() as tx:
        if wrong := rules.problems(transferring, depot.depot_id, frozenset(rows.known_depots(tx))):
            raise Refused.because(wrong)
        case, unit, traveller = _rows(tx, transferring.case_id)
        held = rules.obstacle(_standing(depot, tx, case, unit))
        if held is not None:
            raise Refused.because([held])
        party = _TAKERS[transferring.carriage]
        if not (isinstance(receiver, OutsideSignature) and receiver.party is party):
            raise Refused("transfers.who-carries", field="receiver", party=party)
        custody.require_signer(tx, giver, Custodian.AFTER_SALES, "giver")
        carried = _carried(depot, tx, case, unit, traveller, transferring)   # as the unit stood here
        offered, accepted = custody.pass_over(
            depot, tx, unit.place, Place.OUTBOUND,
            [Item(LineKind.UNIT, unit.id, case.id), Item(LineKind.TRAVELLER, traveller.id, case.id)],
            giver, receiver, note=transferring.to_depot.strip(),
        )
        receiving_rows.change_case(
            tx, case.id, stage=after(Step.TRANSFER, case.stage), outcome=TRANSFERRED, closed_at=tx.at)
        for accessory in receiving_rows.accessories_of_case(tx, case.id):
            receiving_rows.change_accessory(tx, accessory.id, quantity_out=accessory.quantity_in)
        custody.move_accepted(tx, offered, accepted, Place.OUTBOUND)
        transfer = _write(tx, transferring, case, unit, offered.offer.number, carried)
        entry_id = _record(tx, transfer, traveller)
    return Transferred(transfer.id, transfer.number, transfer.to_depot, unit.serial, entry_id)


def sent(depot: Depot, *, ended: bool = False) -> tuple[Transfer, ...]:
    """Transfers of this depot: under way and refused ones, oldest first; or the ended, newest first."""
    with depot.read() as tx:
        return rows.sent(tx, ended=ended, limit=_ROWS)


def entry_of(depot: Depot, transfer_id: str) -> str:
    """The journal entry of a transfer: what is taken back when the unit came back. Refused: ``transfers.unknown``."""
    with depot.read() as tx:
        transfer = rows.get(tx, transfer_id)
        for entry in journal.entries(tx, case_id=transfer.case_id) if transfer else ():
            if entry.action == "transfers.send" and entry.subject_id == transfer_id:
                return entry.id
    raise Refused("transfers.unknown", value=transfer_id)


def _write(
    tx: Tx, transferring: Transferring, case: ReturnCase, unit: Unit, number: str, carried: Carried
) -> Transfer:
    transfer = Transfer(
        tx.new_id(), number, case.id, unit.id, transferring.to_depot.strip(), case.number, unit.serial,
        case.product_id, transferring.reason.strip(), transferring.carriage.value, transferring.carrier.strip(),
        transferring.waybill.strip(), transferring.note.strip(), carried.as_dict(), tx.at, tx.by, tx.by_name,
    )
    rows.add(tx, transfer)
    return transfer


def _record(tx: Tx, transfer: Transfer, traveller: Traveller) -> str:
    moved, paper = chains.last_move(tx, transfer.unit_id), chains.last_traveller_move(tx, traveller.id)
    if moved is None or paper is None:
        raise LookupError(transfer.number)
    return journal.record(
        tx, "transfers.send", subject_kind="transfer", subject_id=transfer.id, subject_number=transfer.number,
        case_id=transfer.case_id, unit_id=transfer.unit_id,
        facts={
            "depot": transfer.to_depot, "reason": transfer.reason, "serial": transfer.serial, "movement": moved.id,
            "traveller_movement": paper.id,
        },
    )


def _standing(depot: Depot, tx: Tx, case: ReturnCase, unit: Unit) -> Standing:
    (candidate,) = handover_lists.candidates(tx, [case.id])
    use = spares.recovered_by(tx, case.id)
    return Standing(
        case.number, unit.serial, case.stage, unit.place, candidate.offered_in, loaner_rows.out_numbers(tx, case.id),
        payments.at_the_gate(depot, tx, case.id).quotation, use.number if use else "",
    )


def _carried(
    depot: Depot, tx: Tx, case: ReturnCase, unit: Unit, traveller: Traveller, transferring: Transferring
) -> Carried:
    product, customer = masterdata.get(tx, Product, case.product_id), masterdata.get(tx, Customer, case.customer_id)
    by_courier = transferring.carriage is Carriage.COURIER
    intake = replace(
        intakes.of_case(tx, case, unit), case_id="", back_on=None, brought_by=BroughtBy.COMPANY,
        method=ReturnMethod.MAILED if by_courier else ReturnMethod.CARRIED, waybill=transferring.waybill.strip(),
    )
    return Carried(
        intake, case.number, traveller.number, case.visit_no, case.counts_from or case.received_at or tx.at,
        case.due_on, product.model if product else "", product.name_zh if product else "",
        product.name_en if product else "", customer.name if customer else "",
        tuple(entry_as_dict(e) for e in warranty.entries(depot, tx, unit) if not isinstance(e, Started)),
        _visits(depot, tx, unit, case),
    )


def _visits(depot: Depot, tx: Tx, unit: Unit, but: ReturnCase) -> tuple[EarlierVisit, ...]:
    """The earlier visits at this depot, newest first."""
    past = [
        case for case in receiving_rows.cases_of_unit(tx, unit.id)
        if case.id != but.id and case.stage is not Stage.VOID and case.received_at is not None
    ]
    bench = visit_rows.bench(tx, [case.id for case in past])

    def came(case: ReturnCase) -> date | None:
        return depot.local_day(case.received_at) if case.received_at else None

    return tuple(
        EarlierVisit(case.number, came(case), case.symptom, bench.get(case.id, ("", ""))[1], case.result or "")
        for case in reversed(past)
    )


def _rows(tx: Tx, case_id: str) -> tuple[ReturnCase, Unit, Traveller]:
    case = receiving_rows.case(tx, case_id)
    unit = receiving_rows.unit(tx, case.unit_id) if case else None
    traveller = receiving_rows.traveller_of_case(tx, case_id)
    if case is None or unit is None or traveller is None:
        raise Refused("transfers.no-case", field="case_id", value=case_id)
    return case, unit, traveller


__all__ = ["UNDO", "Transferred", "depots", "entry_of", "send", "sent", "waiting"]
