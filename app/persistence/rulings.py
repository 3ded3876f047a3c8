"""The visits of one serial at every depot whose rows this database holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from app.domain.receiving import Unit
from app.domain.stages import Stage
from app.domain.transfers import TRANSFERRED
from app.persistence.tables import return_cases, units
from app.persistence.transaction import Tx


@dataclass(frozen=True, slots=True)
class Came:
    """One return visit that really took place. ``id`` is unique within ``depot`` only."""

    depot: str
    id: str
    number: str
    received_at: datetime
    symptom: str
    symptom_code: str
    result: str | None
    outcome: str | None


def came(tx: Tx, unit: Unit) -> tuple[Came, ...]:
    """The visits of ``unit``: its own here, and those of the same product and serial at other depots; oldest first."""
    case = return_cases.c
    rows = tx.execute(
        select(
            case.depot_id.label("depot"), case.id, case.number, case.received_at, case.symptom, case.symptom_code,
            case.result, case.outcome,
        )
        .join(units, and_(units.c.depot_id == case.depot_id, units.c.id == case.unit_id))
        .where(
            units.c.serial == unit.serial, units.c.product_id == unit.product_id, units.c.deleted_at.is_(None),
            case.deleted_at.is_(None), case.stage != Stage.VOID, case.received_at.is_not(None),
            func.coalesce(case.outcome, "") != TRANSFERRED,     # the visit went on, and counts, at another depot
        )
        .order_by(case.received_at, case.depot_id, case.id)
    )
    from app.persistence import foreign_visits

    here = tuple(Came(**row._mapping) for row in rows)
    elsewhere = foreign_visits.of_serial(tx, unit.product_id, unit.serial)
    known = {(visit.depot, visit.id) for visit in here}  # on head office's server the rows themselves are there
    return tuple(sorted(
        (*here, *(visit for visit in elsewhere if (visit.depot, visit.id) not in known)),
        key=lambda visit: (visit.received_at, visit.depot, visit.id),
    ))
