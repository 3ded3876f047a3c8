"""The history of a serial, shown the moment it is read at the counter (spec 1 §4, "at intake"; spec 5, Receiving)."""

from __future__ import annotations

from collections.abc import Sequence

from app.depot import Depot
from app.domain import rulings as rules
from app.domain import serials
from app.domain.masterdata import Customer, Product
from app.domain.places import CUSTODIAN, Custodian
from app.domain.policy import PolicySnapshot
from app.domain.policy_values import PolicyName
from app.domain.receiving import ReturnCase, Unit
from app.domain.stages import ENDED, Stage
from app.domain.visits import Owed, PastVisit, Reported, SerialNews, UnitNews, ended, same_symptom
from app.domain.warranty import Judgement
from app.persistence import masterdata
from app.persistence import receiving as rows
from app.persistence import spares as spare_rows
from app.persistence import visits as visit_rows
from app.persistence.transaction import Tx
from app.services import intakes, rulings, transfer_arrivals, warranty

_OUTSIDE = frozenset({Custodian.OUTSIDE, Custodian.CARRIER, Custodian.STORES})


def look(
    depot: Depot, serial: str, product_id: str = "", symptom: str = "", symptom_code: str = ""
) -> SerialNews:
    """What is on record under ``serial`` (as read): units of any product, or of ``product_id`` only.

    ``symptom``: what the customer says this time; it is compared with the last visit's.
    """
    with depot.read() as tx:
        product = masterdata.get(tx, Product, product_id) if product_id else None
        folded = serials.normalise(serial, product.rule if product else serials.ANY)
        units = rows.units_with_serial(tx, folded) if folded else ()
        if not units and product is None and folded:
            units = _under_other_rules(tx, serial, folded)
        policy = depot.policy(tx)
        return SerialNews(
            folded,
            tuple(
                _news(depot, tx, policy, unit, symptom, symptom_code)
                for unit in units if not product_id or unit.product_id == product_id
            ),
            transfer_arrivals.for_serial(tx, folded) if folded else None,
        )


def _under_other_rules(tx: Tx, serial: str, folded: str) -> tuple[Unit, ...]:
    """Units whose product folds serials in its own way (drops dashes, keeps small letters)."""
    forms = {
        serials.normalise(serial, product.rule)
        for product in masterdata.everything(tx, Product, active_only=True) if product.serial_rule
    } - {folded, ""}
    return tuple(unit for form in sorted(forms) for unit in rows.units_with_serial(tx, form))


def _news(
    depot: Depot, tx: Tx, policy: PolicySnapshot, unit: Unit, symptom: str, symptom_code: str
) -> UnitNews:
    product = masterdata.get(tx, Product, unit.product_id)
    customer = masterdata.get(tx, Customer, unit.customer_id) if unit.customer_id else None
    if product is None:
        raise LookupError(f"no product {unit.product_id}")
    cases = [case for case in rows.cases_of_unit(tx, unit.id) if case.stage is not Stage.VOID]
    awaited = next((case for case in cases if case.stage is Stage.REPORTED), None)
    come = [case for case in cases if case.received_at is not None]
    visits = _past(depot, tx, come)
    outside = CUSTODIAN[unit.place] in _OUTSIDE
    inside = next((case for case in reversed(come) if case.stage not in ENDED), None) if not outside else None
    alike = _alike(visits, symptom, symptom_code)
    last = ended(visits)
    days = (depot.local_day(tx.at) - last).days if last else None
    judged = _warranty(depot, tx, unit, product, awaited)
    history = rulings.history(depot, tx, unit, awaited)
    return UnitNews(
        unit_id=unit.id, product_id=product.id, model=product.model, name_zh=product.name_zh,
        name_en=product.name_en, serial=unit.serial, lot=unit.lot, rule=product.rule, customer_id=unit.customer_id,
        customer=customer.name if customer else "", place=unit.place, can_come_in=outside,
        inside=inside.number if inside else "", inside_stage=inside.stage if inside else None, visits=visits,
        next_visit=awaited.visit_no if awaited else len(cases) + 1, days_since=days,
        repeat=days is not None and days <= policy.whole(PolicyName.REPEAT_WINDOW_DAYS), same_symptom=alike,
        nff=rules.nff_in_a_row(history.in_order()),
        failed=rules.failed_returns(history.in_order(), same_fault_now=alike is True),
        reported=Reported(awaited.id, awaited.number, intakes.view(tx, awaited, unit)) if awaited else None,
        warranty=judged,
        ruling=rules.at_intake(history, judged.period, policy, same_fault=alike is True, return_needed=True)
        if outside else None,
        owed=_owed(tx, unit),
    )


def _owed(tx: Tx, unit: Unit) -> Owed | None:
    """Whether the unit is awaited for a spare that was left in its place."""
    use = spare_rows.owed_for(tx, unit.id)
    spare = rows.unit(tx, use.unit_id) if use else None
    if use is None or spare is None or use.swapped_on is None or use.owed_due_on is None:
        return None
    return Owed(use.number, use.swapped_on, use.owed_due_on, spare.serial, use.written_off_at is not None)


def _past(depot: Depot, tx: Tx, cases: Sequence[ReturnCase]) -> tuple[PastVisit, ...]:
    """The visits that really took place, newest first."""
    bench = visit_rows.bench(tx, [case.id for case in cases])
    found = []
    for case in reversed(cases):
        left = case.returned_at or case.closed_at
        technician, fault = bench.get(case.id, ("", ""))
        found.append(
            PastVisit(
                case.id, case.number, case.visit_no, case.stage,
                depot.local_day(case.received_at) if case.received_at else None,
                depot.local_day(left) if left else None, case.symptom, case.symptom_code, case.result, case.outcome,
                technician, fault,
            )
        )
    return tuple(found)


def _alike(visits: Sequence[PastVisit], symptom: str, symptom_code: str) -> bool | None:
    """Whether this time's symptom is the last visit's; ``None`` while there is nothing to compare."""
    if not visits or not (symptom.strip() or symptom_code):
        return None
    return same_symptom(symptom, visits[0].symptom, symptom_code, visits[0].symptom_code)


def _warranty(depot: Depot, tx: Tx, unit: Unit, product: Product, awaited: ReturnCase | None) -> Judgement:
    """The warranty by the calendar, today."""
    return warranty.judgement_on(
        depot, tx, unit, product, depot.local_day(tx.at), awaited.id if awaited else ""
    )
