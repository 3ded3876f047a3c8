"""Free of charge although it is chargeable: only with the general manager's approval (rule books; spec 1 §3, §10)."""

from __future__ import annotations

from app.depot import Depot
from app.domain.approvals import ApprovalKind
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import approvals as approval_rows
from app.persistence import quotation as quotation_rows
from app.persistence.transaction import Tx
from app.services import approvals
from app.services import bench as bench_rows
from app.services.approvals import Asked, Asking


def ask(depot: Depot, case_id: str, reason: str) -> Asked:
    """Ask the general manager for a repair free of charge. Requester and approver are two persons.

    Refused: ``quotation.not-now``, ``quotation.not-chargeable``, the codes of ``services.approvals.request``.
    """
    with depot.write() as tx:
        bench = bench_rows.case_rows(tx, case_id)
        case = bench.case
        if case.stage not in {Stage.IN_REPAIR, Stage.AWAITING_CUSTOMER, Stage.REFERRED}:
            raise Refused("quotation.not-now", number=case.number, stage=case.stage)
        if not bench_rows.chargeable(case):
            raise Refused("quotation.not-chargeable", number=case.number)
        quoted = quotation_rows.of_case(tx, case_id)
        return approvals.request(depot, tx, Asking(
            ApprovalKind.FREE_SERVICE, "case", case.id, case.number, reason, case.id, bench.unit.id,
            {"total": quoted[0].total_fen if quoted else 0},
        ))


def approved(tx: Tx, case_id: str) -> bool:
    """Whether the general manager approved that the case is repaired free of charge."""
    last = approval_rows.of_subject(tx, case_id, ApprovalKind.FREE_SERVICE)
    return last is not None and last.approved is True


__all__ = ["approved", "ask"]
