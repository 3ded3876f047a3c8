"""Whether a customer still waits for the unit of an exchange: until then the case stays open."""

from __future__ import annotations

from app.domain.rulings import Outcome
from app.persistence import disposition, exchange
from app.persistence.transaction import Tx


def due(tx: Tx, case_id: str) -> bool:
    """Whether the ruling on a case orders an exchange, or one was made, that is not delivered yet."""
    made = exchange.of_case(tx, case_id)
    if made is not None:
        return made.delivered_at is None
    ruled = disposition.last(tx, case_id)
    return ruled is not None and bool({Outcome.EXCHANGE, Outcome.BOTH_TO_CUSTOMER} & set(ruled.decided))
