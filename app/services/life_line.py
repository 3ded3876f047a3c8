"""The life-line of a unit: every visit, move, test, signature and part, told from the record."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from app.depot import Depot
from app.domain.life_line import Event, Move, UnitLife, Visit, mood_of
from app.domain.masterdata import Product
from app.domain.receiving import ReturnCase
from app.errors import Refused
from app.persistence import filing as filing_rows
from app.persistence import life_line as rows
from app.persistence import masterdata
from app.persistence import people as people_rows
from app.persistence import quotation as quotations
from app.persistence import receiving as receiving_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx

#: Entries that only accompany another one of the same moment and say nothing more to people.
_SILENT = {"settings.write"}


def unit_life(depot: Depot, unit_id: str, limit: int = 200) -> UnitLife:
    """Everything about a unit; the newest ``limit`` events. Refused: ``lookup.unknown-unit``."""
    with depot.read() as tx:
        unit = receiving_rows.unit(tx, unit_id)
        if unit is None:
            raise Refused("lookup.unknown-unit", value=unit_id)
        cases = receiving_rows.cases_of_unit(tx, unit_id)
        case = next((c for c in cases if c.id == unit.case_id), cases[-1] if cases else None)
        names = rows.customer_names(tx, {c.customer_id for c in cases} | {unit.customer_id or ""})
        product = masterdata.get(tx, Product, unit.product_id)
        traveller = receiving_rows.traveller_of_case(tx, case.id) if case else None
        technician = people_rows.by_id(tx, case.technician_id) if case and case.technician_id else None
        return UnitLife(
            unit=unit,
            model=product.model if product else "",
            product_zh=product.name_zh if product else "",
            product_en=product.name_en if product else "",
            customer=names.get(unit.customer_id or "", ""),
            shelf=rows.shelf_code(tx, unit.shelf_id) if unit.shelf_id else "",
            case=case,
            technician=technician.name if technician else "",
            traveller_number=traveller.number if traveller else "",
            traveller_place=traveller.place if traveller else None,
            traveller_archived=bool(traveller and traveller.archived_at),
            accessories=receiving_rows.accessories_of_case(tx, case.id) if case else (),
            visits=tuple(Visit(c, names.get(c.customer_id, ""), c.result or "") for c in reversed(cases)),
            events=_events(depot, tx, unit_id, {c.id: c for c in cases}, limit),
            attachments=rows.attachments_of(tx, unit_id),
            today=depot.local_day(tx.at),
            quoted=case is not None and quotations.sent_of_case(tx, case.id) is not None,
            signed=filing_rows.forms_signed(tx, case.id) if case else (),
        )


def _events(
    depot: Depot, tx: Tx, unit_id: str, cases: dict[str, ReturnCase], limit: int
) -> tuple[Event, ...]:
    """What was done in one transaction is one event: its journal entries and its moves share their moment."""
    entries: dict[datetime, list[JournalEntry]] = defaultdict(list)
    moves: dict[datetime, list[Move]] = defaultdict(list)
    for entry in rows.entries(tx, unit_id, limit):
        if entry.action not in _SILENT:
            entries[entry.at].append(entry)
    for move in rows.moves(tx, unit_id, limit):
        moves[move.at].append(move)
    undone = rows.undone(tx, [entry.id for group in entries.values() for entry in group])
    found = []
    for at in sorted({*entries, *moves}, reverse=True):
        group = entries.get(at, [])
        path = tuple(reversed(moves.get(at, [])))
        local = at.astimezone(depot.zone)
        if not group:
            case = cases.get(path[0].case_id or "")
            found.append(
                Event(local, "", path[0].by_name, path[0].case_id, case.number if case else "", {}, path,
                      mood_of("", undone=False), undone=False, entry_id="")
            )
        for n, entry in enumerate(group):
            case = cases.get(entry.case_id or "")
            was_undone = entry.id in undone
            found.append(
                Event(
                    local, entry.action, entry.actor_name, entry.case_id, case.number if case else "", entry.facts,
                    path if n == len(group) - 1 else (), mood_of(entry.action, undone=was_undone), was_undone, entry.id,
                )
            )
    return tuple(found[:limit])
