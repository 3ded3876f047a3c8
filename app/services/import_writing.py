"""Writing an import: the same rows that the counter would write, for thousands of units at once, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime, time
from itertools import islice

from app.changes import Changes
from app.depot import Depot
from app.domain import serials
from app.domain.handover import Item, LineKind
from app.domain.importing import fates
from app.domain.importing.batches import Batch
from app.domain.importing.fates import TAKEN, Fate, RowFate
from app.domain.importing.fields import fold
from app.domain.importing.lines import ImportLine
from app.domain.importing.mapping import Mapping as ColumnMapping
from app.domain.masterdata import Product
from app.domain.numbering import DocumentType
from app.domain.places import Place
from app.domain.policy import PolicySnapshot
from app.domain.receiving import Intake, ReturnCase, ReturnMethod, Traveller, Unit
from app.domain.sheets import Sheet
from app.domain.signing import OutsideSignature, Party
from app.domain.stages import Stage, Step, after
from app.persistence import importing as rows
from app.persistence import journal, node
from app.persistence.transaction import Tx
from app.progress import Progress
from app.services import arrivals, clocks, custody
from app.services.arrivals import Arrival
from app.services.import_lines import Proposals, intake_of, method_of, product_of

CHANGED = Changes.UNITS | Changes.CASES | Changes.HANDOVERS | Changes.DOCUMENTS | Changes.MASTERDATA

#: Units written between two looks at the progress.
_PORTION = 500

#: Units on one handover slip.
_SLIP = 1_000


def write(
    depot: Depot, tx: Tx, sheet: Sheet, mapping: ColumnMapping, found: Sequence[RowFate], progress: Progress
) -> tuple[Batch, str]:
    """Write the rows of ``found`` that are taken; returns the batch and its journal entry."""
    taken = [row for row in found if row.fate in TAKEN]
    total = len(taken)
    products, customers = Proposals(tx).make(taken)
    (number,) = node.next_number(tx, DocumentType.IMPORT_BATCH, depot.local_day(tx.at))
    batch = Batch(
        tx.new_id(), number, sheet.file_name, sheet.sha256, asdict(fates.count(found)), fates.outcomes(found), tx.at,
        tx.by, tx.by_name, products=tuple(products.made), customers=tuple(customers.made),
    )
    rows.add_batch(tx, batch, mapping.as_dict())
    node.record_document(tx, number, DocumentType.IMPORT_BATCH, "", subject_kind="import", subject_id=batch.id)
    crate: list[Arrival] = []
    making = _Making(depot, tx, batch, products.ids, customers.ids, taken).arrivals()
    while some := list(islice(making, _PORTION)):
        arrivals.write(tx, some)
        crate += some
        progress.step(len(crate), 2 * total)
    handovers = _take(depot, tx, batch, crate, progress)
    _record_rows(tx, batch, found, crate)
    _record_cases(tx, batch, taken, crate, handovers)
    entry_id = journal.record(
        tx, "importing.run", subject_kind="import", subject_id=batch.id, subject_number=number,
        facts={"file": sheet.file_name, "sha256": sheet.sha256, "counts": dict(batch.counts)},
    )
    return batch, entry_id


class _Making:
    """Turns rows into units, cases and travellers with their numbers."""

    def __init__(
        self,
        depot: Depot,
        tx: Tx,
        batch: Batch,
        products: dict[str, str],
        customers: dict[str, str],
        taken: Sequence[RowFate],
    ) -> None:
        self._depot, self._tx, self._batch, self._taken = depot, tx, batch, taken
        self._products = {id_: product_of(tx, id_) for id_ in set(products.values())}
        self._product_ids, self._customer_ids = products, customers
        self._policy: PolicySnapshot = depot.policy(tx)
        known = [row.unit_id for row in taken if row.unit_id]
        self._units = rows.units_by_id(tx, known)
        self._visits = rows.visits(tx, known)
        self._today = depot.local_day(tx.at)

    def arrivals(self) -> Iterator[Arrival]:
        """One arrival per row, in order; numbers without a gap."""
        tx, count = self._tx, len(self._taken)
        numbers = node.next_numbers(
            tx, self._today, {DocumentType.RETURN_CASE: count, DocumentType.TRAVELLER: count})
        tagged = sum(row.fate is Fate.TAGGED for row in self._taken)
        tags = iter(node.next_in_series(tx, "tag", tagged) if tagged else ())
        for row, case_number, traveller_number in zip(
            self._taken, numbers[DocumentType.RETURN_CASE], numbers[DocumentType.TRAVELLER], strict=True
        ):
            serial = row.recognised.serial or serials.depot_tag(tx.depot_id, next(tags))
            yield self._arrival(row, serial, case_number, traveller_number)

    def _arrival(self, row: RowFate, serial: str, case_number: str, traveller_number: str) -> Arrival:
        tx, line = self._tx, row.recognised.line
        product = self._products[self._product_ids[fold(line.product)]]
        customer_id = self._customer_ids[fold(line.customer)]
        before = self._units.get(row.unit_id)
        case_id = tx.new_id()
        unit = self._unit(line, serial, product, customer_id, case_id, before)
        intake = intake_of(line, unit.product_id, customer_id)
        case = self._case(intake, line, unit, case_id, case_number)
        traveller = Traveller(tx.new_id(), traveller_number, case_id, unit.id, unit.place, tx.at, 0, None, None, "")
        return Arrival(intake, unit, before, case, None, traveller)

    def _unit(
        self, line: ImportLine, serial: str, product: Product, customer_id: str, case_id: str, before: Unit | None
    ) -> Unit:
        if before is not None:
            return replace(
                before, customer_id=customer_id, case_id=case_id, lot=line.lot or before.lot,
                manufactured_on=line.made_on or before.manufactured_on, shipped_on=line.shipped_on or before.shipped_on,
            )
        return Unit(
            id=self._tx.new_id(), product_id=product.id, serial=serial, serial_as_read=line.serial.strip(),
            tagged=serials.is_depot_tag(serial), lot=line.lot, manufactured_on=line.made_on,
            shipped_on=line.shipped_on, accepted_on=None, customer_id=customer_id,
            storage_condition=product.storage_condition,
            place=Place.INBOUND if method_of(line) is ReturnMethod.MAILED else Place.FIELD, shelf_id=None,
            placed_at=self._tx.at, movement_no=0, case_id=case_id, note="",
        )

    def _case(self, intake: Intake, line: ImportLine, unit: Unit, case_id: str, number: str) -> ReturnCase:
        """The case counts from the day the list says; its move into the zone is booked when it is made: now."""
        received_on = line.received_on or self._today
        noon = datetime.combine(received_on, time(12), self._depot.zone)
        at = min(noon, self._tx.at) if line.received_on else self._tx.at
        return ReturnCase(
            id=case_id, number=number, unit_id=unit.id, product_id=unit.product_id, customer_id=intake.customer_id,
            stage=after(Step.RECEIVE, Stage.REPORTED) or Stage.RECEIVED,
            visit_no=self._visits.get(unit.id, 0) + 1, **arrivals.field_section(intake), warranty="", reported_at=at,
            received_at=at, received_by=self._tx.by,
            due_on=clocks.due_on(self._policy, received_on, intake.promised_on), found_at_repair=False,
            technician_id=None, result=None, outcome=None, passed_at=None, returned_at=None, closed_at=None,
            paused_at=None, pause_reason=None, policy_version=self._policy.version, import_batch_id=self._batch.id,
        )


def _take(depot: Depot, tx: Tx, batch: Batch, crate: Sequence[Arrival], progress: Progress) -> dict[str, str]:
    """Handovers from outside to after-sales and the moves; returns case id → number of its handover.

    Both halves are "on paper": the list itself is the slip, and the journal says who took it over.
    """
    numbers: dict[str, str] = {}
    for origin in sorted({arrival.unit.place for arrival in crate}):
        waiting = (arrival for arrival in crate if arrival.unit.place is origin)
        while some := list(islice(waiting, _SLIP)):
            offered, accepted = custody.pass_over(
                depot, tx, origin, Place.ZONE_PENDING, [item for arrival in some for item in _items(arrival)],
                OutsideSignature(Party.CUSTOMER, batch.filename, on_paper=True),
                OutsideSignature(Party.OWN, tx.by_name, on_paper=True), note=batch.number,
            )
            known: dict[str, Unit | Traveller] = {a.unit.id: a.unit for a in some}
            known |= {a.traveller.id: a.traveller for a in some}
            custody.move_accepted(tx, offered, accepted, Place.ZONE_PENDING, known=known)
            numbers |= {arrival.case.id: offered.offer.number for arrival in some}
            progress.step(len(crate) + len(numbers), 2 * len(crate))
    return numbers


def _items(arrival: Arrival) -> tuple[Item, Item]:
    return (
        Item(LineKind.UNIT, arrival.unit.id, arrival.case.id),
        Item(LineKind.TRAVELLER, arrival.traveller.id, arrival.case.id),
    )


def _record_rows(tx: Tx, batch: Batch, found: Sequence[RowFate], crate: Sequence[Arrival]) -> None:
    """What became of every row, also of those that were not taken."""
    made = iter(crate)
    written = []
    for row in found:
        arrival = next(made) if row.fate in TAKEN else None
        written.append({
            "row_no": row.number, "fate": row.fate.value, "reason": row.reason, "key": row.recognised.key,
            "unit_id": arrival.unit.id if arrival else row.unit_id or None,
            "case_id": arrival.case.id if arrival else None,
        })
    rows.add_rows(tx, batch.id, written)


def _record_cases(
    tx: Tx, batch: Batch, taken: Sequence[RowFate], crate: Sequence[Arrival], handovers: dict[str, str]
) -> None:
    """The journal: one entry per case, as at the counter; it holds what a known unit was before."""
    journal.record_many(tx, "importing.receive", [
        {
            "subject_kind": "case", "subject_id": arrival.case.id, "subject_number": arrival.case.number,
            "case_id": arrival.case.id, "unit_id": arrival.unit.id, "undoes": None,
            "facts": {
                "serial": arrival.unit.serial, "handover": handovers[arrival.case.id], "batch": batch.number,
                "row": row.number, "reported": False, "before": _before(arrival.before),
            },
        }
        for row, arrival in zip(taken, crate, strict=True)
    ])


def _before(unit: Unit | None) -> dict[str, str | None] | None:
    if unit is None:
        return None
    return {
        "customer_id": unit.customer_id, "case_id": unit.case_id, "lot": unit.lot,
        "manufactured_on": unit.manufactured_on.isoformat() if unit.manufactured_on else None,
        "shipped_on": unit.shipped_on.isoformat() if unit.shipped_on else None,
    }


__all__ = ["CHANGED", "write"]
