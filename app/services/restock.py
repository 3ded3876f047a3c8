"""Restocking: a spare of zone 3 goes back to the stores when all four conditions hold, never by itself (art. 11.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from app.changes import Changes
from app.depot import Depot
from app.domain import restock as rules
from app.domain.handover import Item, LineKind
from app.domain.masterdata import Product
from app.domain.money import Money
from app.domain.months import add_months, whole_months
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.places import Custodian, Place
from app.domain.receiving import Unit
from app.domain.restock import Condition, Figure, RestockRow, RestockSheet
from app.domain.signing import OutsideSignature, OwnSignature, Party, Signature
from app.domain.stages import Step, after
from app.errors import Refused
from app.persistence import journal, masterdata, node
from app.persistence import receiving as receiving_rows
from app.persistence import restock as rows
from app.persistence import spares as spare_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import custody, signing, travellers
from app.services.spare_pool import in_pool, take_from_pool, unit_of
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class Restocking:
    """A spare that is to go back to the stores. ``value``: what one is worth, in fen."""

    unit_id: str
    value: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Restocked:
    """It went; ``number`` of the slip (F17)."""

    number: str
    serial: str
    handover_number: str
    closed: bool
    changes: Changes = Changes.SPARES | Changes.UNITS | Changes.CASES | Changes.HANDOVERS | Changes.DOCUMENTS


def sheet(depot: Depot, unit_id: str, value: int | None = None) -> RestockSheet:
    """The four figures of a spare against today's limits; ``value``: in fen, else as last time for the model.

    Refused: ``spares.unknown-unit``, ``spares.not-in-pool``.
    """
    with depot.read() as tx:
        unit = unit_of(tx, unit_id)
        case = in_pool(tx, unit)
        product = masterdata.get(tx, Product, unit.product_id)
        known = rows.last_value(tx, unit.product_id)
        return RestockSheet(
            unit.id, unit.serial, unit.product_id, product.model if product else "",
            product.name_zh if product else "", product.name_en if product else "", unit.lot, unit.manufactured_on,
            case.number, _figures(depot, tx, unit, value if value is not None else known), known,
        )


def restock(
    depot: Depot, asked: Restocking, approver: OwnSignature, giver: OwnSignature, receiver: Signature
) -> Restocked:
    """Approve and hand over: zone 3 → stores; the stores sign as an outside party. A handover is not taken back.

    Refused: ``restock.value-missing``, ``restock.value-range``, ``restock.<condition>`` (the first that does not
    hold), ``spares.not-in-pool``, ``spares.reserved``, ``restock.stores-sign``, the codes of signing.
    """
    depot.require(Action.RESTOCK)
    wrong = rules.value_problems(asked.value)
    if wrong or asked.value is None:
        raise Refused.because(wrong)
    if not (isinstance(receiver, OutsideSignature) and receiver.party is Party.STORES):
        raise Refused("restock.stores-sign", field="receiver")
    with depot.write() as tx:
        unit, today = unit_of(tx, asked.unit_id), depot.local_day(tx.at)
        case = in_pool(tx, unit)
        take_from_pool(tx, unit, today=today, customer_id="")
        figures = _figures(depot, tx, unit, asked.value)
        for figure in figures:
            if not figure.holds:
                raise _refusal(unit, figure)
        restock_id = tx.new_id()
        signed = signing.sign_for(
            depot, tx, approver, Action.RESTOCK, purpose="restock.approve", subject_kind="restock",
            subject_id=restock_id, field="approver",
        )
        custody.require_signer(tx, giver, Custodian.AFTER_SALES, "giver")
        (number,) = node.next_number(tx, DocumentType.RESTOCK, today)
        stage = after(Step.RESTOCK, case.stage)
        if stage is not None:  # a case whose traveller is in the archive has closed already
            receiving_rows.change_case(tx, case.id, stage=stage)
        offered, accepted = custody.pass_over(
            depot, tx, Place.ZONE_SPARE, Place.STORES, [Item(LineKind.UNIT, unit.id, case.id)], giver, receiver,
            note=number,
        )
        custody.move_accepted(tx, offered, accepted, Place.STORES)
        by = {figure.condition: figure for figure in figures}
        rows.add(tx, {
            "id": restock_id, "number": number, "unit_id": unit.id, "case_id": case.id,
            "product_id": unit.product_id, "age_months": by[Condition.AGE].value,
            "age_limit": by[Condition.AGE].limit, "value_fen": asked.value,
            "value_limit": by[Condition.VALUE].limit, "quantity": by[Condition.QUANTITY].value,
            "quantity_limit": by[Condition.QUANTITY].limit, "uses": by[Condition.USES].value,
            "uses_limit": by[Condition.USES].limit, "policy_version": depot.policy(tx).version,
            "approved_name": signed.name, "approval_signature_id": signed.id, "handover": offered.offer.number,
            "note": asked.note.strip(), "at": tx.at, "by": tx.by,
        })
        node.record_document(
            tx, number, DocumentType.RESTOCK, "F17", subject_kind="restock", subject_id=restock_id, case_id=case.id,
            unit_id=unit.id,
        )
        journal.record(
            tx, "restock.restock", subject_kind="restock", subject_id=restock_id, subject_number=number,
            case_id=case.id, unit_id=unit.id,
            facts={"who": signed.name, **{f.condition.value.lower(): [f.value, f.limit] for f in figures}},
        )
        closed = travellers.close_when_complete(depot, tx, case.id)
    return Restocked(number, unit.serial, offered.offer.number, closed)


def history(depot: Depot, limit: int = 200) -> tuple[RestockRow, ...]:
    """What went back to the stores, newest first."""
    with depot.read() as tx:
        found = rows.rows(tx, limit)
    return tuple(
        RestockRow(
            row.number, row.unit_id, row.serial, row.model or "", depot.local_day(row.at), row.approved_name,
            row.handover,
        )
        for row in found
    )


def _figures(depot: Depot, tx: Tx, unit: Unit, value: int | None) -> tuple[Figure, ...]:
    today = depot.local_day(tx.at)
    age = whole_months(unit.manufactured_on, today) if unit.manufactured_on else None
    since = datetime.combine(add_months(today, -12), time(), depot.zone)
    return rules.figures(
        depot.policy(tx), age=age, value=value, quantity=spare_rows.standing(tx, unit.product_id),
        uses=spare_rows.uses_since(tx, unit.product_id, since),
    )


def _refusal(unit: Unit, figure: Figure) -> Refused:
    if figure.condition is Condition.AGE and figure.value is None:
        return Refused("restock.age-unknown", field="unit_id", serial=unit.serial)
    if figure.condition is Condition.VALUE:
        return Refused(
            "restock.value", field="value", serial=unit.serial, value=str(Money(figure.value or 0)),
            limit=str(Money(figure.limit)),
        )
    code = {
        Condition.AGE: "restock.age", Condition.QUANTITY: "restock.quantity", Condition.USES: "restock.uses",
    }[figure.condition]
    return Refused(code, field="unit_id", serial=unit.serial, value=figure.value, limit=figure.limit)


def _signed(_depot: Depot, _tx: Tx, entry: JournalEntry) -> Refused | None:
    return Refused("undo.signed-custody", number=entry.subject_number)


def _never(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    raise LookupError(f"{entry.action} of {tx.depot_id} is never taken back for {depot.operator.login}")


UNDO = {"restock.restock": Way(_never, _signed)}
