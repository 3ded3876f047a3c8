"""Writing the ledger of parts inside a transaction: what all steps that move pieces share. Never below nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.depot import Depot
from app.domain.masterdata import Part
from app.domain.people import Action, may
from app.domain.stock import MAIN_STORE, PartGrade, PartMove, PlaceKind, StockPlace
from app.errors import Refused
from app.persistence import masterdata, stock
from app.persistence.journal import JournalEntry
from app.persistence.stock import Booking
from app.persistence.transaction import Tx

#: Reasons the program itself writes; a correction carries the words of whoever made it.
OPENING, RECEIVED, UNDONE = "opening", "received", "undone"


def may_keep_stock(depot: Depot) -> None:
    """Whoever repairs, keeps the counter or edits master data books parts."""
    if not any(may(depot.operator.roles, action) for action in (Action.REPAIR, Action.PROPOSE_MASTER)):
        depot.require(Action.EDIT_MASTER)


def known(tx: Tx, part_id: str, field: str = "part") -> Part:
    """The part. Refused: ``part.unknown``."""
    part = masterdata.get(tx, Part, part_id)
    if part is None:
        raise Refused("part.unknown", field=field, value=part_id)
    return part


def place(tx: Tx, place_id: str, field: str = "place") -> StockPlace:
    """The place, the main store as one without a name. Refused: ``stock.place-unknown``."""
    if place_id == MAIN_STORE:
        return StockPlace(MAIN_STORE, "", PlaceKind.MAIN)
    found = stock.place(tx, place_id)
    if found is None:
        raise Refused("stock.place-unknown", field=field, value=place_id)
    return found


def open_place(tx: Tx, place_id: str, field: str = "place") -> StockPlace:
    """A place that pieces may come to. Refused: ``stock.place-unknown``, ``stock.place-off``."""
    found = place(tx, place_id, field)
    if not found.active:
        raise Refused("stock.place-off", field=field, name=found.name)
    return found


def named(found: StockPlace) -> object:
    """The name of a place as a fact of a sentence: the main store is called what the language calls it."""
    return found.name or found.kind


def enough(tx: Tx, part: Part, quantity: int, place_id: str, grade: PartGrade, field: str) -> None:
    """Refuse with ``part.stock-short`` (the part, what was asked, what is there) unless so many pieces are there."""
    have = stock.there(tx, part.id, place_id, grade)
    if have < quantity:
        raise Refused(
            "part.stock-short", field=field, name=part.part_no, value=quantity, stock=have,
            place=named(place(tx, place_id)), grade=grade,
        )


def post(tx: Tx, part: Part, *bookings: Booking, field: str = "quantity") -> list[dict[str, Any]]:
    """Write the bookings of one part, all or none, and return them as facts for the journal.

    Refused: ``part.stock-short`` (the part, what was asked, what is there).
    """
    for booking in bookings:
        if booking.quantity < 0:
            enough(tx, part, -booking.quantity, booking.place_id, booking.grade, field)
        stock.book(tx, booking)
    return [
        {"part": b.part_id, "pieces": b.quantity, "place": b.place_id, "grade": b.grade.value,
         "document": b.document_number}
        for b in bookings
    ]


def take_back(tx: Tx, entry: JournalEntry, booked: Sequence[Any] | None = None) -> None:
    """Book the pieces of ``entry`` (facts ``booked``) the other way. Refused: ``undo.stock-short``."""
    for line in entry.facts["booked"] if booked is None else booked:
        grade, pieces = PartGrade(line["grade"]), int(line["pieces"])
        have = stock.there(tx, line["part"], line["place"], grade)
        if have - pieces < 0:
            raise Refused("undo.stock-short", number=entry.subject_number, stock=have)
        stock.book(tx, Booking(
            line["part"], -pieces, PartMove.RETURN, UNDONE, line["place"], grade, line.get("document", "")))
