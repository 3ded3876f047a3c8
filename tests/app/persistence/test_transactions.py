"""A transaction that the engine refuses at its very end leaves nothing behind, and the next one begins."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.depot import Depot
from tests.builders import a_received_unit


def _point_nowhere(depot: Depot, case_id: str) -> None:
    with depot.write() as tx:
        tx.connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        tx.connection.execute(text("UPDATE return_cases SET unit_id = 'nowhere' WHERE id = :id"), {"id": case_id})


@pytest.mark.parametrize("engine", ["sqlite"])     # the other ends a refused transaction by itself
def test_a_commit_that_is_refused_ends_its_transaction(depot: Depot) -> None:
    got = a_received_unit(depot)
    with pytest.raises(IntegrityError):
        _point_nowhere(depot, got.case_id)
    again = a_received_unit(depot, "SECOND")
    with depot.read() as tx:
        assert tx.connection.execute(text("SELECT unit_id FROM return_cases ORDER BY number")).scalars().all() == [
            got.unit_id, again.unit_id]


