"""Who waits for a loaner of a model: the first who asked is served first (spec 1 §5)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain.loaners import WaitEnd, WaitRow
from app.domain.masterdata import Product
from app.domain.people import Action
from app.errors import Refused
from app.persistence import journal, masterdata
from app.persistence import loaners as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services.spare_pool import case_of, customer_of
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class Waits:
    """Somebody is on the list, or off it; ``entry_id`` can be taken back."""

    wait_id: str
    entry_id: str
    changes: Changes = Changes.SPARES


def wait(depot: Depot, product_id: str, customer_id: str, case_number: str = "", note: str = "") -> Waits:
    """A customer waits for a loaner of a model.

    Refused: ``loaners.unknown-product``, ``spares.customer-missing``, ``spares.unknown-case``,
    ``loaners.waits-already``.
    """
    depot.require(Action.LEND)
    with depot.write() as tx:
        product = masterdata.get(tx, Product, product_id) if product_id else None
        if product is None:
            raise Refused("loaners.unknown-product", field="product_id")
        customer, case = customer_of(tx, customer_id), case_of(tx, case_number)
        if any(row.customer_id == customer.id for row in rows.waits(tx, product.id)):
            raise Refused("loaners.waits-already", field="customer_id", customer=customer.name, model=product.model)
        wait_id = rows.add_wait(tx, product.id, customer.id, case.id if case else None, note.strip())
        entry_id = journal.record(
            tx, "loaners.wait", subject_kind="loaner_wait", subject_id=wait_id, subject_number=product.model,
            case_id=case.id if case else None, facts={"who": customer.name, "note": note.strip()},
        )
    return Waits(wait_id, entry_id)


def drop_wait(depot: Depot, wait_id: str, reason: str = "") -> Waits:
    """A customer waits no longer. Refused: ``loaners.not-waiting``."""
    depot.require(Action.LEND)
    with depot.write() as tx:
        found = next((row for row in rows.waits(tx) if row.id == wait_id), None)
        if found is None:
            raise Refused("loaners.not-waiting")
        rows.end_wait(tx, wait_id, WaitEnd.DROPPED.value, reason.strip())
        entry_id = journal.record(
            tx, "loaners.drop-wait", subject_kind="loaner_wait", subject_id=wait_id,
            subject_number=found.model or "", case_id=found.case_id,
            facts={"who": found.customer, "text": reason.strip()},
        )
    return Waits(wait_id, entry_id)


def waiting(depot: Depot) -> tuple[WaitRow, ...]:
    """Who waits for which model, in the order they asked."""
    with depot.read() as tx:
        today = depot.local_day(tx.at)
        found = rows.waits(tx)
    turns: Counter[str] = Counter()
    shown = []
    for row in found:
        turns[row.product_id] += 1
        shown.append(WaitRow(
            row.id, row.product_id, row.model or "", row.name_zh or "", row.name_en or "", row.customer_id,
            row.customer, row.case_id or "", row.case_number, row.note, row.since,
            (today - depot.local_day(row.since)).days, turns[row.product_id],
        ))
    return tuple(shown)


def _waits_still(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    if all(row.id != entry.subject_id for row in rows.waits(tx)):
        return Refused("undo.changed-since", number=entry.subject_number)
    return None


def _unwait(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.end_wait(tx, entry.subject_id, WaitEnd.DROPPED.value, "undo")
    return Changes.SPARES


def _wait_again(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.wait_again(tx, entry.subject_id)
    return Changes.SPARES


UNDO = {
    "loaners.wait": Way(_unwait, _waits_still, Action.LEND),
    "loaners.drop-wait": Way(_wait_again, None, Action.LEND),
}
