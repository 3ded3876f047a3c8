"""Importing a list of returned units: rehearse it, write it as one batch, look at batches, take one back.

A rehearsal and the import ask the same pure functions with the same knowledge (``domain.importing.fates``); the import
asks again inside its transaction and stops when an answer has changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TypeVar

from app.changes import Changes
from app.depot import Depot
from app.domain.importing import fates
from app.domain.importing import mapping as mappings_domain
from app.domain.importing.batches import Batch, BatchRow
from app.domain.importing.fates import Counts, Known, KnownProduct, MasterData, Recognised, RowFate
from app.domain.importing.fields import fold
from app.domain.importing.lines import ImportLine, read_lines
from app.domain.importing.mapping import ListKind
from app.domain.importing.mapping import Mapping as ColumnMapping
from app.domain.masterdata import Customer, Product
from app.domain.people import Action
from app.domain.sheets import Sheet
from app.errors import Refused
from app.persistence import contents, masterdata
from app.persistence import importing as rows
from app.persistence import past_returns as past_rows
from app.persistence.transaction import Tx
from app.progress import UNWATCHED, Progress
from app.services import import_writing, past_returns, undoing, unimporting, unimporting_past, unreceiving

_STEP = 1_000
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would become of every row of ``sheet``; nothing is written.

    ``same_file``: batches in which this very file was imported; ``left_out``: columns that are not taken over;
    ``day``: on which it was rehearsed.
    """

    sheet: Sheet
    mapping: ColumnMapping
    rows: tuple[RowFate, ...]
    counts: Counts
    outcomes: Mapping[str, int]
    codes: Mapping[str, int]
    same_file: tuple[str, ...]
    left_out: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True)
class Imported:
    """The import as written. ``batch`` is ``None`` when no row was new: then nothing was written at all."""

    batch: Batch | None
    rows: tuple[RowFate, ...]
    counts: Counts
    outcomes: Mapping[str, int]
    entry_id: str
    changes: Changes


def rehearse(depot: Depot, sheet: Sheet, mapping: ColumnMapping, progress: Progress = UNWATCHED) -> Rehearsal:
    """Each row's fate if ``sheet`` were imported now. Refused: the codes of ``domain.importing.mapping.problems``."""
    depot.require(Action.IMPORT)
    with depot.read() as tx:
        found = _fates(depot, tx, _lines(depot, tx, sheet, mapping, progress), mapping.kind)
        same_file = rows.same_file(tx, sheet.sha256)
    return Rehearsal(
        sheet, mapping, tuple(found), fates.count(found), fates.outcomes(found), fates.codes(found), same_file,
        mappings_domain.left_out(mapping, sheet.header), depot.local_day(tx.at),
    )


def run(depot: Depot, rehearsal: Rehearsal, progress: Progress = UNWATCHED) -> Imported:
    """Import what was rehearsed: one batch, one transaction, all the rows that are new or none.

    Refused: ``import.changed-since`` (a row would now meet another fate: rehearse again). ``Cancelled`` rolls back.
    """
    depot.require(Action.IMPORT)
    sheet, mapping = rehearsal.sheet, rehearsal.mapping
    with depot.write() as tx:
        # What a row says depends on nothing but the file, the mapping and the day; only its fate is asked again.
        same_day = rehearsal.day == depot.local_day(tx.at)
        lines = [row.recognised.line for row in rehearsal.rows]
        if not same_day:
            lines = _lines(depot, tx, sheet, mapping, progress)
        found = _fates(depot, tx, lines, mapping.kind)
        differing = [a.number for a, b in zip(found, rehearsal.rows, strict=True) if _essence(a) != _essence(b)]
        if differing:
            raise Refused("import.changed-since", count=len(differing), row=differing[0])
        if not rehearsal.counts.received:
            return Imported(None, tuple(found), rehearsal.counts, rehearsal.outcomes, "", Changes.NOTHING)
        writing = past_returns if mapping.kind is ListKind.HISTORY else import_writing
        batch, entry_id = writing.write(depot, tx, sheet, mapping, found, progress)
    return Imported(batch, tuple(found), rehearsal.counts, rehearsal.outcomes, entry_id, writing.CHANGED)


def undo(depot: Depot, batch_id: str, progress: Progress = UNWATCHED) -> undoing.Undone:
    """Take a whole batch back: what is seen is exactly what was before. ``Cancelled`` leaves all as it is.

    Refused: the codes of ``unimporting`` and ``unimporting_past``.
    """
    with depot.read() as tx:
        entry_id = unimporting.entry_of(tx, batch_id)
    return undoing.undo(depot, entry_id, progress=progress)


def by_outcome(depot: Depot, batch_id: str = "") -> Mapping[tuple[str, str, str], int]:
    """(product model, month of receipt ``yyyy-mm``, outcome as the list has it) → past returns; of one batch or all."""
    with depot.read() as tx:
        return past_rows.by_outcome(tx, batch_id, depot.zone)


def batches(depot: Depot) -> tuple[Batch, ...]:
    """The imports so far, the newest first."""
    with depot.read() as tx:
        return rows.batches(tx)


def batch_rows(depot: Depot, batch_id: str) -> tuple[BatchRow, ...]:
    """What became of each row of a batch."""
    with depot.read() as tx:
        return rows.rows_of(tx, batch_id)


def mappings(depot: Depot) -> tuple[ColumnMapping, ...]:
    """The column mappings kept in the depot, by name."""
    with depot.read() as tx:
        return tuple(ColumnMapping.from_dict(values) for values in rows.mappings(tx))


def save_mapping(depot: Depot, mapping: ColumnMapping) -> None:
    """Keep ``mapping`` under its name for the next list of this kind. Refused: ``mapping.name-missing``."""
    depot.require(Action.IMPORT)
    if not mapping.name.strip():
        raise Refused("mapping.name-missing", field="name")
    with depot.write() as tx:
        rows.save_mapping(tx, mapping.name.strip(), mapping.as_dict())


def drop_mapping(depot: Depot, name: str) -> None:
    """Forget the mapping kept under ``name``."""
    depot.require(Action.IMPORT)
    with depot.write() as tx:
        rows.drop_mapping(tx, name)


def content_digest(depot: Depot) -> str:
    """One value for everything the depot sees; equal before an import and after it was taken back."""
    with depot.read() as tx:
        return contents.digest(tx)


def _essence(row: RowFate) -> tuple[object, ...]:
    """What must not change between rehearsal and import."""
    one = row.recognised
    return row.number, row.fate, row.reason, row.unit_id, one.product_id, one.customer_id, one.serial, one.key


def _lines(depot: Depot, tx: Tx, sheet: Sheet, mapping: ColumnMapping, progress: Progress) -> list[ImportLine]:
    wrong = mappings_domain.problems(mapping, sheet.header)
    if wrong:
        raise Refused.because(wrong)
    reading = read_lines(sheet, mapping, depot.local_day(tx.at))
    lines: list[ImportLine] = []
    while some := list(islice(reading, _STEP)):
        lines += some
        progress.step(len(lines), len(sheet.rows))
    return lines


def _fates(depot: Depot, tx: Tx, lines: Sequence[ImportLine], kind: ListKind) -> list[RowFate]:
    recognised = fates.recognise(lines, _master_data(tx))
    return fates.judge(recognised, _known(depot, tx, recognised, kind), kind)


def _known(depot: Depot, tx: Tx, recognised: list[Recognised], kind: ListKind) -> Known:
    found = rows.known_units(tx, (one.serial for one in recognised if one.serial))
    imported = rows.imported(tx, (one.key for one in recognised))
    if kind is not ListKind.HISTORY:
        return Known(found, imported)
    ids = {unit.id for some in found.values() for unit in some}
    return Known(found, imported, past_rows.numbers_by_day(tx, ids, depot.zone))


def _master_data(tx: Tx) -> MasterData:
    """Everything products and customers are called. A model goes before a name, a merged row is the one it became."""
    products = {row.id: row for row in masterdata.everything(tx, Product)}
    models: dict[str, tuple[KnownProduct, ...]] = {}
    named: dict[str, tuple[KnownProduct, ...]] = {}
    for row in products.values():
        kept = products.get(row.merged_into or "", row)
        known = KnownProduct(kept.id, kept.model, kept.rule)
        _call(models, row.model, known)
        for name in {row.name_zh, row.name_en}:
            _call(named, name, known)
    customers = {row.id: row for row in masterdata.everything(tx, Customer)}
    callings: dict[str, tuple[str, ...]] = {}
    for customer in customers.values():
        for name in (customer.name, customer.code):
            _call(callings, name, customers.get(customer.merged_into or "", customer).id)
    return MasterData({**named, **models}, callings)


def _call(names: dict[str, tuple[_T, ...]], name: str, meant: _T) -> None:
    folded = fold(name)
    if folded and meant not in names.get(folded, ()):
        names[folded] = (*names.get(folded, ()), meant)


UNDO: Mapping[str, undoing.Way] = {
    "importing.run": unimporting.WAY,
    "importing.history": unimporting_past.WAY,
    "importing.receive": unreceiving.WAY,
}

__all__ = [
    "UNDO", "Imported", "Rehearsal", "batch_rows", "batches", "by_outcome", "content_digest", "drop_mapping",
    "mappings", "rehearse", "run", "save_mapping", "undo",
]

