"""Whether a unit is in warranty, folded from what the record holds of it (spec 1 §7).

Dates of the unit start the term; earlier repairs in warranty lengthen it. The judgement of the day is stored on the
case as a word and in the journal with its trace.
"""

from __future__ import annotations

from datetime import date

from app.depot import Depot
from app.domain.codes import Blame, CauseClass, Responsibility, blame
from app.domain.masterdata import Product
from app.domain.policy import PolicySnapshot
from app.domain.policy_values import PolicyName
from app.domain.receiving import ReturnCase, Unit
from app.domain.warranty import Judgement, WarrantyState, judge
from app.domain.warranty_entries import Downtime, Entry, Started, StartEvent, WarrantyTerms
from app.domain.warranty_fold import fold
from app.persistence import receiving as rows
from app.persistence.transaction import Tx


def judgement(
    depot: Depot,
    tx: Tx,
    unit: Unit,
    product: Product,
    case: ReturnCase,
    cause: CauseClass | None = None,
    responsibility: Responsibility | None = None,
) -> Judgement:
    """Whether the fault of ``case`` is covered: on the day it was received, for the cause found so far (if any)."""
    on = depot.local_day(case.received_at or case.reported_at)
    ledger = fold(
        WarrantyTerms.from_dict(product.warranty), entries(depot, tx, unit, case.id, depot.policy(tx, on))
    )
    known = cause or CauseClass.UNDETERMINED
    held = blame(known, responsibility or Responsibility.UNKNOWN) if cause is not None else Blame.OPEN
    return judge(ledger, on, known, held)


def judgement_on(depot: Depot, tx: Tx, unit: Unit, product: Product, on: date, case_id: str = "") -> Judgement:
    """Whether ``unit`` is in warranty on ``on``, before anybody knows the cause; ``case_id``: a visit left out."""
    ledger = fold(
        WarrantyTerms.from_dict(product.warranty), entries(depot, tx, unit, case_id, depot.policy(tx, on))
    )
    return judge(ledger, on, CauseClass.UNDETERMINED, Blame.OPEN)


def entries(depot: Depot, tx: Tx, unit: Unit, case_id: str, policy: PolicySnapshot) -> tuple[Entry, ...]:
    """The warranty entries of ``unit`` but for visit ``case_id``: its dates, and how long warranted repairs took."""
    starts: tuple[tuple[StartEvent, date | None], ...] = (
        (StartEvent.MANUFACTURE, unit.manufactured_on), (StartEvent.SHIPMENT, unit.shipped_on),
        (StartEvent.ACCEPTANCE, unit.accepted_on),
    )
    found: list[Entry] = [Started(f"{unit.id}:{event}", day, event) for event, day in starts if day is not None]
    counts = policy.switch(PolicyName.DOWNTIME_EXTENDS)
    found += [
        Downtime(
            visit.id, depot.local_day(visit.received_at), depot.local_day(visit.returned_at), visit.number, counts
        )
        for visit in rows.cases_of_unit(tx, unit.id)
        if visit.id != case_id and visit.warranty == WarrantyState.IN.value
        and visit.received_at and visit.returned_at
    ]
    return tuple(found)
