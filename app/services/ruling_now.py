"""What the rules say of a case as it stands now, and whether a ruling on record still rests on the same facts."""

from __future__ import annotations

from datetime import date

from app.depot import Depot
from app.domain.codes import RepairResult
from app.domain.disposition import Disposition, changed_facts, plain
from app.domain.rulings import Ruling
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence.transaction import Tx
from app.services import referring, rulings
from app.services.bench import Bench


def ruling_now(depot: Depot, tx: Tx, bench: Bench, on: date | None = None) -> Ruling | Refused:
    """The ruling on a case, or why there is none. ``on``: by the policy of that day.

    A case without a bench result is one whose serial used up its limit before; else it is not to be ruled on
    (``disposition.not-referred``).
    """
    order = bench.order
    if order is not None and order.result:
        return referring.ruling_on(depot, tx, bench, order, RepairResult(order.result), on)
    found = rulings.intake_ruling(depot, tx, bench.unit, bench.product, bench.case, on)
    return found or Refused("disposition.not-referred", number=bench.case.number, stage=bench.case.stage)


def stale_facts(depot: Depot, tx: Tx, bench: Bench, standing: Disposition) -> tuple[str, ...]:
    """The decisive facts that changed since ``standing`` was put on record; empty: it stands.

    The rules are asked again under the policy of the day of the ruling: a ruling keeps the policy it was made under
    (spec 1 §9).
    """
    if bench.case.stage is not Stage.REFERRED:
        return ()
    now = ruling_now(depot, tx, bench, depot.local_day(standing.decided_at))
    if isinstance(now, Refused):
        return ("result",)
    changed = changed_facts(standing.facts, plain(now.facts))
    if not changed and (now.number, [o.value for o in now.outcomes]) != (standing.rule_no, list(standing.ruled)):
        return ("wish",)
    return changed
