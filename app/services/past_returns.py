"""Past returns: each row of an old list becomes a return case that is over, and its unit stands at the customer's.

Such a case is marked ``historical``. It has no traveller, no handover and no move: its unit was never seen in a zone of
this record, and the chain of its moves begins at the customer's when it really comes in. It counts as a return visit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from itertools import islice

from app.changes import Changes
from app.depot import Depot
from app.domain import serials
from app.domain.importing import fates
from app.domain.importing.batches import Batch
from app.domain.importing.causes import cause_of
from app.domain.importing.fates import TAKEN, Fate, RowFate
from app.domain.importing.fields import fold
from app.domain.importing.lines import ImportLine
from app.domain.importing.mapping import Mapping as ColumnMapping
from app.domain.importing.outcomes import result_of
from app.domain.masterdata import Product
from app.domain.numbering import DocumentType
from app.domain.places import Place
from app.domain.receiving import ReturnCase, Unit
from app.domain.repair import RepairOrder
from app.domain.sheets import Sheet
from app.domain.stages import Stage
from app.persistence import importing as rows
from app.persistence import journal, node
from app.persistence import past_returns as past_rows
from app.persistence import receiving as receiving_rows
from app.persistence.transaction import Tx
from app.progress import Progress
from app.services import arrivals, search
from app.services.import_lines import Proposals, intake_of, product_of

CHANGED = Changes.UNITS | Changes.CASES | Changes.MASTERDATA

_PORTION = 1_000


def write(
    depot: Depot, tx: Tx, sheet: Sheet, mapping: ColumnMapping, found: Sequence[RowFate], progress: Progress
) -> tuple[Batch, str]:
    """Write the rows of ``found`` that are taken; returns the batch and its journal entry."""
    taken = [row for row in found if row.fate in TAKEN]
    products, customers = Proposals(tx).make(taken)
    (number,) = node.next_number(tx, DocumentType.IMPORT_BATCH, depot.local_day(tx.at))
    batch = Batch(
        tx.new_id(), number, sheet.file_name, sheet.sha256, asdict(fates.count(found)), fates.outcomes(found), tx.at,
        tx.by, tx.by_name, products=tuple(products.made), customers=tuple(customers.made), kind=mapping.kind,
    )
    rows.add_batch(tx, batch, mapping.as_dict())
    node.record_document(tx, number, DocumentType.IMPORT_BATCH, "", subject_kind="import", subject_id=batch.id)
    made: list[_Past] = []
    making = _Making(depot, tx, batch, products.ids, customers.ids, taken).pasts()
    while some := list(islice(making, _PORTION)):
        new = [past.unit for past in some if past.is_new]
        receiving_rows.add_units(tx, new)
        receiving_rows.add_cases(tx, [past.case for past in some])
        past_rows.add_orders(tx, [past.order for past in some if past.order])
        search.index_units(tx, new, fresh=True)
        _record(tx, batch, some)
        made += some
        progress.step(len(made), len(taken))
    _record_rows(tx, batch, found, made)
    entry_id = journal.record(
        tx, "importing.history", subject_kind="import", subject_id=batch.id, subject_number=number,
        facts={"file": sheet.file_name, "sha256": sheet.sha256, "counts": dict(batch.counts)},
    )
    return batch, entry_id


@dataclass(frozen=True, slots=True)
class _Past:
    """One row with what it becomes. ``is_new``: its unit comes into the record by this row."""

    row: RowFate
    unit: Unit
    is_new: bool
    case: ReturnCase
    order: RepairOrder | None


class _Making:
    """Turns rows into units, cases and what was found at the bench."""

    def __init__(
        self, depot: Depot, tx: Tx, batch: Batch, products: Mapping[str, str], customers: Mapping[str, str],
        taken: Sequence[RowFate],
    ) -> None:
        self._depot, self._tx, self._batch, self._taken = depot, tx, batch, taken
        self._product_ids, self._customer_ids = products, customers
        self._products = {id_: product_of(tx, id_) for id_ in set(products.values())}
        self._policy = depot.policy(tx).version
        known = {row.unit_id for row in taken if row.unit_id}
        self._units = rows.units_by_id(tx, known)
        self._visits: dict[str, list[date]] = defaultdict(list)
        for unit_id, day in past_rows.visit_days(tx, known, depot.zone):
            self._visits[unit_id].append(day)
        self._made: dict[tuple[str, str], Unit] = {}
        self._count_ahead()

    def _count_ahead(self) -> None:
        """The days of every serial in the list, so that visits are numbered by their days, not by their rows."""
        self._of_serial: dict[tuple[str, str], list[date]] = defaultdict(list)
        for row in self._taken:
            if row.recognised.serial:
                self._of_serial[self._name(row)].append(_came(row.recognised.line))

    def _name(self, row: RowFate) -> tuple[str, str]:
        return self._product_ids[fold(row.recognised.line.product)], row.recognised.serial

    def pasts(self) -> Iterator[_Past]:
        """One past return per row, in order."""
        tagged = sum(row.fate is Fate.TAGGED for row in self._taken)
        tags = iter(node.next_in_series(self._tx, "tag", tagged) if tagged else ())
        for n, row in enumerate(self._taken, start=1):
            name = self._name(row)
            unit = self._units.get(row.unit_id) or (self._made.get(name) if name[1] else None)
            is_new = unit is None
            if unit is None:
                serial = name[1] or serials.depot_tag(self._tx.depot_id, next(tags))
                unit = self._unit(row.recognised.line, serial)
                if name[1]:
                    self._made[name] = unit
            case = self._case(row, unit, n)
            yield _Past(row, unit, is_new, case, self._order(row.recognised.line, case))

    def _unit(self, line: ImportLine, serial: str) -> Unit:
        product: Product = self._products[self._product_ids[fold(line.product)]]
        return Unit(
            id=self._tx.new_id(), product_id=product.id, serial=serial, serial_as_read=line.serial.strip(),
            tagged=serials.is_depot_tag(serial), lot=line.lot, manufactured_on=line.made_on, shipped_on=line.shipped_on,
            accepted_on=None, customer_id=self._customer_ids[fold(line.customer)],
            storage_condition=product.storage_condition, place=Place.CUSTOMER, shelf_id=None, placed_at=self._tx.at,
            movement_no=0, case_id=None, note="",
        )

    def _case(self, row: RowFate, unit: Unit, n: int) -> ReturnCase:
        """Over since the day the list says it went back, else since the day it came; numbered within its batch."""
        line = row.recognised.line
        came, left = _came(line), line.returned_on or _came(line)
        intake = intake_of(line, unit.product_id, self._customer_ids[fold(line.customer)])
        days = [*self._visits.get(unit.id, ()), *self._of_serial.get(self._name(row), ())]
        result = result_of(line.outcome)
        back = self._moment(left)
        return ReturnCase(
            id=self._tx.new_id(), number=f"{self._batch.number}-{n:05d}", unit_id=unit.id, product_id=unit.product_id,
            customer_id=intake.customer_id, stage=Stage.CLOSED, visit_no=1 + sum(day < came for day in days),
            **arrivals.field_section(intake), warranty="", reported_at=self._moment(came),
            received_at=self._moment(came), received_by=None, due_on=None, found_at_repair=False, technician_id=None,
            result=result.value if result else None, outcome=None, passed_at=None, returned_at=back, closed_at=back,
            paused_at=None, pause_reason=None, policy_version=self._policy, import_batch_id=self._batch.id,
            historical=True,
        )

    def _order(self, line: ImportLine, case: ReturnCase) -> RepairOrder | None:
        """What was found and done, where the list tells it; it feeds the suggestions at the bench."""
        cause = cause_of(line.cause_class)
        if not (line.fault or line.work_done or line.technician or cause):
            return None
        started, ended = case.received_at or self._tx.at, case.closed_at or self._tx.at
        return RepairOrder(
            id=self._tx.new_id(), number=case.number, case_id=case.id, unit_id=case.unit_id, technician_id="",
            technician_name=line.technician, confirmed_symptom="", symptom_code="", fault_code="", fault=line.fault,
            cause_class=cause.value if cause else "", responsibility="", cause="", resolution_code="",
            work_done=line.work_done, labour_minutes=0, result=case.result, started_at=started, diagnosed_at=ended,
            finished_at=ended,
        )

    def _moment(self, day: date) -> datetime:
        """Noon of ``day``; of today: now at the latest."""
        return min(datetime.combine(day, time(12), self._depot.zone), self._tx.at)


def _came(line: ImportLine) -> date:
    day = line.received_on or line.returned_on
    if day is None:
        raise LookupError(f"row {line.number} has no day")
    return day


def _record(tx: Tx, batch: Batch, some: Sequence[_Past]) -> None:
    journal.record_many(tx, "importing.past", [
        {
            "subject_kind": "case", "subject_id": past.case.id, "subject_number": past.case.number,
            "case_id": past.case.id, "unit_id": past.unit.id, "undoes": None,
            "facts": {
                "serial": past.unit.serial, "batch": batch.number, "row": past.row.number, "new": past.is_new},
        }
        for past in some
    ])


def _record_rows(tx: Tx, batch: Batch, found: Sequence[RowFate], made: Sequence[_Past]) -> None:
    """What became of every row, also of those that were not taken."""
    pasts = iter(made)
    written = []
    for row in found:
        past = next(pasts) if row.fate in TAKEN else None
        written.append({
            "row_no": row.number, "fate": row.fate.value, "reason": row.reason, "key": row.recognised.key,
            "unit_id": past.unit.id if past else row.unit_id or None, "case_id": past.case.id if past else None,
        })
    rows.add_rows(tx, batch.id, written)


__all__ = ["CHANGED", "write"]
