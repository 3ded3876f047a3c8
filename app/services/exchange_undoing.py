"""How an exchange is taken back: as long as the new unit stands at the counter and is not packed."""

from __future__ import annotations

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.places import Place
from app.domain.warranty_entries import Reversed
from app.errors import Refused
from app.persistence import exchange as rows
from app.persistence import handover as handover_rows
from app.persistence import node, returning
from app.persistence import receiving as receiving_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import warranty
from app.services.undoing import Way


def _objection(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    made = rows.get(tx, entry.subject_id)
    new = receiving_rows.unit(tx, made.new_unit_id) if made else None
    if made is None or new is None:
        return Refused("undo.unknown")
    packed = returning.shipment_of_unit(tx, made.case_id, new.id)
    if packed is not None:
        return Refused("returning.packed-meanwhile", number=made.number, shipment=packed.number)
    if new.place is not Place.COUNTER:
        return Refused("exchange.left", number=made.number, serial=new.serial, place=new.place)
    return None


def _back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    made = rows.get(tx, entry.subject_id)
    new = receiving_rows.unit(tx, made.new_unit_id) if made else None
    if made is None or new is None:
        raise LookupError(entry.id)
    handover_rows.move_unit(
        tx, new, Place(made.came_from), case_id=new.case_id, reason="undo",
        reverses_id=str(entry.facts["movement"]),
    )
    receiving_rows.change_unit(tx, new.id, customer_id=entry.facts.get("customer_before"))
    receiving_rows.change_unit(tx, made.old_unit_id, customer_id=entry.facts.get("old_customer"))
    warranty.add_entry(
        depot, tx, new.id, Reversed("", depot.local_day(tx.at), str(entry.facts["warranty_entry"])),
        reason="exchange.undone", case_id=made.case_id,
    )
    rows.change(tx, made.id, deleted_at=tx.at)
    node.void_documents(tx, [made.id], "exchange.undone")
    return Changes.DISPOSITIONS | Changes.CASES | Changes.UNITS | Changes.DOCUMENTS | Changes.WARRANTY | Changes.SPARES


UNDO = {"exchange.make": Way(_back, _objection, Action.EXCHANGE)}
