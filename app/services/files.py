"""The file of a unit and of a customer: put together from the record, kept where it is more; everything of a lot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain import files as rules
from app.domain.complaints import ComplaintRow
from app.domain.files import (
    FiledAgreement,
    FiledAnswer,
    FiledCase,
    FiledPaper,
    FiledPrice,
    FittedPart,
    LotRow,
    ProductFile,
    UnitPart,
    UnitState,
)
from app.domain.followups import FollowUpRow
from app.domain.masterdata import Contact, Customer, Product
from app.domain.people import Action
from app.domain.receiving import Unit
from app.errors import Refused
from app.persistence import complaints as complaint_rows
from app.persistence import editing, journal, masterdata
from app.persistence import files as rows
from app.persistence import followups as followup_rows
from app.persistence import receiving as receiving_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx, as_row
from app.services import meanwhile
from app.services.undoing import Way

#: Most lines of one kind in a file, and most units of a lot.
MOST, MOST_OF_LOT = 500, 5000


@dataclass(frozen=True, slots=True)
class UnitFile:
    """Everything about one unit."""

    unit: Unit
    product: Product | None
    customer: str
    file: ProductFile
    cases: tuple[FiledCase, ...]
    fitted: tuple[FittedPart, ...]
    agreements: tuple[FiledAgreement, ...]
    prices: tuple[FiledPrice, ...]
    answers: tuple[FiledAnswer, ...]
    follow_ups: tuple[FollowUpRow, ...]
    complaints: tuple[ComplaintRow, ...]
    papers: tuple[FiledPaper, ...]


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """Everything about one customer."""

    customer: Customer
    contacts: tuple[Contact, ...]
    cases: tuple[FiledCase, ...]
    agreements: tuple[FiledAgreement, ...]
    prices: tuple[FiledPrice, ...]
    answers: tuple[FiledAnswer, ...]
    follow_ups: tuple[FollowUpRow, ...]
    complaints: tuple[ComplaintRow, ...]
    papers: tuple[FiledPaper, ...]


@dataclass(frozen=True, slots=True)
class FileWritten:
    """A product file was changed."""

    unit_id: str
    entry_id: str
    changes: Changes = Changes.UNITS | Changes.CARE


def unit_file(depot: Depot, unit_id: str) -> UnitFile:
    """The file of a unit. Refused: ``files.unknown-unit``."""
    with depot.read() as tx:
        unit = receiving_rows.unit(tx, unit_id)
        if unit is None:
            raise Refused("files.unknown-unit")
        owner = masterdata.get(tx, Customer, unit.customer_id) if unit.customer_id else None
        return UnitFile(
            unit, masterdata.get(tx, Product, unit.product_id), owner.name if owner else "",
            rows.product_file(tx, unit_id), rows.cases(tx, unit_id=unit_id, limit=MOST),
            rows.fitted(tx, unit_id, MOST), rows.agreements(tx, unit_id=unit_id),
            rows.prices(tx, unit_id=unit_id, limit=MOST),
            rows.answers(tx, unit_id=unit_id, limit=MOST), followup_rows.of_unit(tx, unit_id, MOST),
            complaint_rows.of_unit(tx, unit_id, MOST), rows.papers(tx, unit_id=unit_id, limit=MOST),
        )


def customer_file(depot: Depot, customer_id: str) -> CustomerFile:
    """The file of a customer. Refused: ``files.unknown-customer``."""
    with depot.read() as tx:
        customer = masterdata.get(tx, Customer, customer_id)
        if customer is None:
            raise Refused("files.unknown-customer")
        return CustomerFile(
            customer, editing.belonging(tx, Contact, customer_id=customer_id),
            rows.cases(tx, customer_id=customer_id, limit=MOST), rows.agreements(tx, customer_id=customer_id),
            rows.prices(tx, customer_id=customer_id, limit=MOST),
            rows.answers(tx, customer_id=customer_id, limit=MOST),
            followup_rows.of_customer(tx, customer_id, MOST), complaint_rows.of_customer(tx, customer_id, MOST),
            rows.papers(tx, customer_id=customer_id, limit=MOST),
        )


def product_file(depot: Depot, unit_id: str) -> ProductFile:
    """How a unit was built and shipped. Refused: ``files.unknown-unit``."""
    with depot.read() as tx:
        if receiving_rows.unit(tx, unit_id) is None:
            raise Refused("files.unknown-unit")
        return rows.product_file(tx, unit_id)


def set_product_file(depot: Depot, unit_id: str, file: ProductFile, seen: ProductFile) -> FileWritten:
    """Write how a unit was built and shipped; ``seen``: the file as it was when the edit began.

    Refused: the codes of ``files.problems``, ``files.unknown-unit``, ``files.changed-meanwhile``.
    """
    depot.require(Action.AMEND_CASE)
    wrong = rules.problems(file.state, file.parts)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        unit = receiving_rows.unit(tx, unit_id)
        if unit is None:
            raise Refused("files.unknown-unit")
        before = rows.product_file(tx, unit_id)
        if before != seen:
            raise meanwhile.changed(depot, tx, "files.changed-meanwhile", unit_id, serial=unit.serial)
        rows.set_product_file(tx, unit_id, file)
        entry_id = journal.record(
            tx, "files.set", subject_kind="unit", subject_id=unit_id, subject_number=unit.serial, unit_id=unit_id,
            facts={"before": _plain(before), "after": _plain(file)},
        )
    return FileWritten(unit_id, entry_id)


def same_lot(depot: Depot, lot: str) -> tuple[LotRow, ...]:
    """Everything of ``lot``: units of it and units with a key part of it. Refused: ``files.lot-missing``."""
    wanted = (rules.wanted_lot(lot) or lot).strip()
    if not wanted:
        raise Refused("files.lot-missing", field="lot")
    with depot.read() as tx:
        return rows.of_lot(tx, wanted, MOST_OF_LOT)


def _plain(file: ProductFile) -> dict[str, object]:
    return {"state": as_row(file.state), "parts": [as_row(part) for part in file.parts]}


def _unset(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    before = entry.facts["before"]
    rows.set_product_file(tx, entry.subject_id, ProductFile(
        UnitState(**before["state"]), tuple(UnitPart(**part) for part in before["parts"])))
    return Changes.UNITS | Changes.CARE


def _objection(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    """Not over somebody else's later change."""
    if _plain(rows.product_file(tx, entry.subject_id)) == entry.facts["after"]:
        return None
    return Refused("files.changed", serial=entry.subject_number)


UNDO: Mapping[str, Way] = {"files.set": Way(_unset, _objection, Action.AMEND_CASE)}
