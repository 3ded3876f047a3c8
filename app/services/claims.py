"""What a visit adds to the warranty of its unit (spec 1 §7): downtime, key parts, the warranty on the repair itself.

Each is written when it happens, with the terms and the policy of that day, so that a later change rewrites nothing.
"""

from __future__ import annotations

from datetime import date

from app.depot import Depot
from app.domain.codes import Blame, CauseClass, RepairResult, Responsibility, blame
from app.domain.masterdata import KeyPart, Product
from app.domain.policy_values import PolicyName
from app.domain.receiving import ReturnCase, Unit
from app.domain.repair import PartUse
from app.domain.warranty import Warranty, WarrantyState
from app.domain.warranty_entries import Downtime, KeyPartReplaced, RepairWarranted, WarrantyTerms
from app.domain.warranty_fold import fold
from app.persistence import editing, masterdata
from app.persistence import receiving as rows
from app.persistence import repair as repair_rows
from app.persistence import warranty as entry_rows
from app.persistence.transaction import Tx
from app.services import warranty


def handed_back(depot: Depot, tx: Tx, case_id: str) -> None:
    """The unit is with its customer again: a repair in warranty lengthens it, a chargeable one is itself warranted."""
    case = rows.case(tx, case_id)
    if case is None:
        return
    claim = _claim(depot, tx, case, depot.local_day(tx.at))
    if claim is not None:
        warranty.add_entry(depot, tx, case.unit_id, claim, case_id=case_id)


def after_visit(depot: Depot, tx: Tx, unit: Unit, case: ReturnCase) -> Warranty:
    """The warranty of ``unit`` once this visit is over, for its papers: handed back as recorded, else today.

    What came later does not show on a paper printed again.
    """
    back = depot.local_day(case.returned_at or tx.at)
    written = [row for row in entry_rows.of_unit(tx, unit.id) if row.case_id == case.id]
    found = list(warranty.entries(depot, tx, unit, case.id, case.returned_at))
    found += [row.entry for row in written]
    told = {row.kind for row in written} & {Downtime.__name__, RepairWarranted.__name__}
    claim = None if told else _claim(depot, tx, case, back)
    return fold(_terms(tx, unit.product_id), [*found, claim] if claim else found)


def _claim(depot: Depot, tx: Tx, case: ReturnCase, back: date) -> Downtime | RepairWarranted | None:
    """What handing the unit back on ``back`` adds."""
    if case.received_at is None:
        return None
    policy = depot.policy(tx, back)
    if case.warranty == WarrantyState.IN.value:
        counts = policy.switch(PolicyName.DOWNTIME_EXTENDS)
        return Downtime("", depot.local_day(case.received_at), back, case.number, counts)
    if case.warranty != WarrantyState.OUT.value or case.result != RepairResult.REPAIRED.value:
        return None
    terms = _terms(tx, case.product_id)
    months = policy.whole(PolicyName.REPAIR_WARRANTY_MONTHS)
    if terms is not None and terms.repair_months is not None:
        months = terms.repair_months
    return RepairWarranted("", back, months, case.number) if months > 0 else None


def passed(depot: Depot, tx: Tx, case_id: str) -> None:
    """QA saw the unit run: the terms of the key parts that were put in begin (fold: only where they may)."""
    case, order = rows.case(tx, case_id), repair_rows.order_of_case(tx, case_id)
    if case is None or order is None:
        return
    terms, today = _terms(tx, case.product_id), depot.local_day(tx.at)
    fitted = [p for p in repair_rows.parts(tx, order.id) if p.key_part and p.kind == PartUse.ADD.value]
    if not fitted or terms is None:
        return
    listed = editing.belonging(tx, KeyPart, product_id=case.product_id)
    held = blame(
        CauseClass(order.cause_class or CauseClass.UNDETERMINED),
        Responsibility(order.responsibility or Responsibility.UNKNOWN),
    )
    restarts = depot.policy(tx).switch(PolicyName.KEY_PART_RESTARTS)
    told = {row.facts.get("part") for row in entry_rows.of_unit(tx, case.unit_id) if row.case_id == case_id}
    for used in fitted:
        known = warranty.key_part(listed, used)
        name, months = used.name, 0
        if known is not None:
            name = known.name_zh
            months = terms.months if known.warranty_months is None else known.warranty_months
        if name in told:
            continue
        told.add(name)
        made = KeyPartReplaced(
            "", depot.local_day(used.at), name, months if restarts else 0, today, held is Blame.USER, case.number
        )
        warranty.add_entry(depot, tx, case.unit_id, made, case_id=case_id)


def _terms(tx: Tx, product_id: str) -> WarrantyTerms | None:
    product = masterdata.get(tx, Product, product_id)
    return WarrantyTerms.from_dict(product.warranty) if product else None
