"""Estimates of repair cost and soak tests of a case in the record."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.domain.repair_value import EstimateRow
from app.domain.soaking import SoakTest
from app.persistence.tables import repair_estimates, soak_tests
from app.persistence.transaction import Tx, as_row, columns_of


def add_estimate(tx: Tx, row: EstimateRow) -> None:
    """Enter an estimate."""
    tx.insert(repair_estimates, as_row(row))


def estimates(tx: Tx, case_id: str) -> tuple[EstimateRow, ...]:
    """The estimates of a case, the newest first."""
    return tx.all(
        select(*columns_of(EstimateRow, repair_estimates))
        .where(repair_estimates.c.depot_id == tx.depot_id, repair_estimates.c.case_id == case_id)
        .order_by(repair_estimates.c.at.desc(), repair_estimates.c.id.desc()),
        EstimateRow,
    )


def add_soak(tx: Tx, row: SoakTest) -> None:
    """Enter a soak test."""
    tx.insert(soak_tests, as_row(row))


def soak(tx: Tx, case_id: str) -> SoakTest | None:
    """The newest soak test of a case that was not given up."""
    found = tx.all(
        select(*columns_of(SoakTest, soak_tests))
        .where(
            soak_tests.c.depot_id == tx.depot_id, soak_tests.c.case_id == case_id, soak_tests.c.deleted_at.is_(None)
        )
        .order_by(soak_tests.c.planned_at.desc(), soak_tests.c.id.desc())
        .limit(1),
        SoakTest,
    )
    return found[0] if found else None


def change_soak(tx: Tx, soak_id: str, **values: Any) -> None:
    """Change a soak test."""
    tx.change(soak_tests, soak_id, **values)
