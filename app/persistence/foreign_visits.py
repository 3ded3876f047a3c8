"""The visits of a serial at other depots, as the last night brought them (spec 4, "Pull")."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from app.domain.stages import Stage
from app.domain.transfers import TRANSFERRED
from app.persistence.rulings import Came
from app.persistence.tables import foreign_cases, foreign_units, master_links, return_cases, units
from app.persistence.transaction import Tx


def of_serial(tx: Tx, product_id: str, serial: str) -> tuple[Came, ...]:
    """The visits that really took place elsewhere, oldest first.

    A product that was another depot's proposal is known under head office's id since it was adopted; its visits count.
    """
    c, u = foreign_cases.c, foreign_units.c
    alike = select(master_links.c.from_id).where(
        master_links.c.kind == "product", master_links.c.into_id == product_id
    )
    rows = tx.execute(
        select(
            c.depot_id.label("depot"), c.id, c.number, c.received_at, c.symptom, c.symptom_code, c.result, c.outcome
        )
        .join(foreign_units, and_(u.depot_id == c.depot_id, u.id == c.unit_id))
        .where(
            u.serial == serial, or_(u.product_id == product_id, u.product_id.in_(alike)), u.deleted_at.is_(None),
            c.deleted_at.is_(None), c.stage != Stage.VOID.value, c.received_at.is_not(None),
            func.coalesce(c.outcome, "") != TRANSFERRED,        # the visit went on, and counts, at another depot
        )
        .order_by(c.received_at, c.depot_id, c.id)
    )
    return tuple(Came(**row._mapping) for row in rows)


def anywhere(tx: Tx, serial: str) -> tuple[Came, ...]:
    """Every visit of units with this serial, of whatever product and at whatever depot, oldest first.

    At head office the depots' own rows are in the database; elsewhere what the last night told of them.
    """
    found: dict[tuple[str, str], Came] = {}
    for cases, owned in ((foreign_cases, foreign_units), (return_cases, units)):
        c, u = cases.c, owned.c
        for row in tx.execute(
            select(
                c.depot_id.label("depot"), c.id, c.number, c.received_at, c.symptom, c.symptom_code, c.result,
                c.outcome,
            )
            .join(owned, and_(u.depot_id == c.depot_id, u.id == c.unit_id))
            .where(
                u.serial == serial, u.deleted_at.is_(None), c.deleted_at.is_(None), c.stage != Stage.VOID.value,
                c.received_at.is_not(None),
            )
        ):
            visit = Came(**row._mapping)
            found[visit.depot, visit.id] = visit
    return tuple(sorted(found.values(), key=lambda visit: (visit.received_at, visit.depot, visit.id)))


def units_alike(tx: Tx, depot_id: str, foreign_unit_id: str) -> list[str]:
    """Our own units with the product and serial of a unit at ``depot_id``."""
    return [row[0] for row in tx.ask(
        "SELECT m.id FROM foreign_units f JOIN units m ON m.serial = f.serial "
        "AND (m.product_id = f.product_id OR EXISTS (SELECT 1 FROM master_links l WHERE l.kind = 'product' "
        "AND l.from_id = f.product_id AND l.into_id = m.product_id)) "
        "WHERE f.depot_id = ? AND f.id = ? AND m.depot_id = ? AND m.deleted_at IS NULL",
        (depot_id, foreign_unit_id, tx.depot_id),
    )]


def open_cases(tx: Tx, unit_id: str) -> list[str]:
    """Cases of one of our units on which a ruling stands."""
    return [row[0] for row in tx.ask(
        "SELECT DISTINCT c.id FROM return_cases c JOIN dispositions d ON d.depot_id = c.depot_id AND d.case_id = c.id "
        "WHERE c.depot_id = ? AND c.unit_id = ? AND c.closed_at IS NULL AND c.deleted_at IS NULL "
        "AND d.ended_at IS NULL AND d.deleted_at IS NULL",
        (tx.depot_id, unit_id),
    )]
