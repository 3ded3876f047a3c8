"""After a night: what other depots said to transfers of this one, and what it could not know when a unit came."""

from __future__ import annotations

from app.depot import Depot
from app.domain.transfers import Answer, Transfer
from app.persistence import journal
from app.persistence import sync as night_rows
from app.persistence import transfers as rows
from app.persistence.transaction import Tx
from app.persistence.transfers import Heard
from app.services import transfer_arrivals


def hear(depot: Depot) -> int:
    """Write down what came; how many transfers there was news of. Can be repeated."""
    with depot.write() as tx:
        news = rows.heard(tx)
        for heard in news:
            transfer = rows.get(tx, heard.transfer_id)
            if transfer is not None:
                _answered(depot, tx, transfer, heard)
        return len(news) + transfer_arrivals.settle(depot, tx)


def _answered(depot: Depot, tx: Tx, transfer: Transfer, heard: Heard) -> None:
    said = heard.answer is not None
    rows.change(
        tx, transfer.id, answer=heard.answer, answered_at=heard.at if said else None,
        answered_by=heard.depot if said else "", answered_number=heard.case_number if said else "",
        answer_reason=heard.reason if said else "",
    )
    action = {Answer.RECEIVED.value: "transfers.received", Answer.REFUSED.value: "transfers.refused"}
    journal.record(
        tx, action.get(heard.answer or "", "transfers.unanswered"), subject_kind="transfer", subject_id=transfer.id,
        subject_number=transfer.number, case_id=transfer.case_id, unit_id=transfer.unit_id,
        facts={
            "depot": heard.depot, "number": heard.case_number, "reason": heard.reason,
            "on": depot.local_day(heard.at).isoformat(),
        },
    )
    facts = {
        "number": transfer.number, "serial": transfer.serial, "depot": heard.depot, "case": heard.case_number,
        "reason": heard.reason,
    }
    if heard.answer == Answer.RECEIVED and transfer.deleted_at is not None:
        night_rows.alert(tx, "alert.transfer-twice", facts, unit_id=transfer.unit_id, case_id=transfer.case_id)
    elif heard.answer == Answer.REFUSED and transfer.deleted_at is None:
        night_rows.alert(tx, "alert.transfer-refused", facts, unit_id=transfer.unit_id, case_id=transfer.case_id)
