"""The places where parts lie besides the main store, and the levels at which they are filled up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain.masterdata import Part
from app.domain.people import Action
from app.domain.stock import MAIN_STORE, MOST, StockPlace, place_problems
from app.errors import Refused
from app.persistence import editing as edits
from app.persistence import journal
from app.persistence import stock as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import ownership, part_ledger
from app.services.undoing import Way

_CHANGES = Changes.PARTS | Changes.MASTERDATA


@dataclass(frozen=True, slots=True)
class PlaceWritten:
    """A place was entered or changed."""

    place: StockPlace
    entry_id: str
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class LevelSet:
    """A part is filled up at another level; ``before``: what it was."""

    part: Part
    level: int
    before: int
    entry_id: str
    changes: Changes = _CHANGES


def add_place(depot: Depot, place: StockPlace) -> PlaceWritten:
    """Enter a place. Refused: the codes of ``place_problems``, ``stock.place-name-taken``, ``stock.place-holder``."""
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        made = replace(_checked(tx, place), id=tx.new_id(), active=True)
        rows.add_place(tx, made)
        entry_id = _record(tx, "stock.add-place", made, {"after": _plain(made)})
    return PlaceWritten(made, entry_id)


def edit_place(depot: Depot, place: StockPlace) -> PlaceWritten:
    """Write an edited place. Refused: as :func:`add_place`, ``stock.place-unknown``."""
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        before = _other_than_main(tx, place.id)
        made = replace(_checked(tx, place), active=before.active)
        return PlaceWritten(made, _change(tx, "stock.edit-place", before, made))


def switch_place(depot: Depot, place_id: str, *, active: bool) -> PlaceWritten:
    """Switch a place off or on. Refused: ``stock.place-not-empty``, ``stock.place-unknown``."""
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        before = _other_than_main(tx, place_id)
        held = sum(pieces for _part, place, _grade, pieces in rows.all_lots(tx) if place == place_id)
        if held and not active:
            raise Refused("stock.place-not-empty", name=before.name, value=held)
        made = replace(before, active=active)
        return PlaceWritten(made, _change(tx, "stock.switch-place", before, made))


def set_level(depot: Depot, part_id: str, place_id: str, level: int) -> LevelSet:
    """At how many pieces a part is filled up at a place (0: not watched).

    Refused: ``stock.level``, ``masterdata.by-centre``.
    """
    depot.require(Action.EDIT_MASTER)
    if not 0 <= level <= MOST:
        raise Refused("stock.level", field="reorder_level", value=level, most=MOST)
    with depot.write() as tx:
        part, place = part_ledger.known(tx, part_id), part_ledger.place(tx, place_id)
        if place_id == MAIN_STORE:
            ownership.require_own(tx, Part, part_id, part.part_no)
            before = part.reorder_level
            edits.put(tx, Part, part_id, {"reorder_level": level})
        else:
            before = rows.set_level(tx, part_id, place_id, level)
        entry_id = journal.record(
            tx, "stock.level", subject_kind="part", subject_id=part_id, subject_number=part.part_no,
            facts={"place": place_id, "name": place.name, "before": before, "after": level},
        )
        return LevelSet(part, level, before, entry_id)


def _checked(tx: Tx, place: StockPlace) -> StockPlace:
    if wrong := place_problems(place):
        raise Refused.because(wrong)
    name = place.name.strip()
    for other in rows.places(tx, inactive_too=True):
        if other.id != place.id and other.name.casefold() == name.casefold():
            raise Refused("stock.place-name-taken", field="name", value=other.name)
    holder = ""
    if place.holder_id:
        holder = dict(rows.staff(tx)).get(place.holder_id, "")
        if not holder:
            raise Refused("stock.place-holder", field="holder", value=place.holder_id)
    return replace(
        place, name=name, note=place.note.strip(), holder_id=place.holder_id or None, holder_name=holder,
        kind=place.kind)


def _other_than_main(tx: Tx, place_id: str) -> StockPlace:
    found = rows.place(tx, place_id) if place_id != MAIN_STORE else None
    if found is None:
        raise Refused("stock.place-unknown", field="place", value=place_id)
    return found


def _plain(place: StockPlace) -> dict[str, Any]:
    return {f.name: getattr(place, f.name) for f in fields(place) if f.name != "id"}


def _change(tx: Tx, action: str, before: StockPlace, after: StockPlace) -> str:
    rows.change_place(tx, before.id, **_plain(after))
    return _record(tx, action, after, {"before": _plain(before), "after": _plain(after)})


def _record(tx: Tx, action: str, place: StockPlace, facts: Mapping[str, Any]) -> str:
    return journal.record(
        tx, action, subject_kind="stock-place", subject_id=place.id, subject_number=place.name, facts=facts)


def _undo_place(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """As it was before; a place that was only just entered ends. Refused: ``undo.changed-since``."""
    del depot
    now = rows.place(tx, entry.subject_id)
    if now is None or _plain(now) != entry.facts["after"]:
        raise Refused("undo.changed-since", number=entry.subject_number)
    before = entry.facts.get("before")
    if before is None:
        if any(place == now.id for _part, place, _grade, _pieces in rows.all_lots(tx)):
            raise Refused("undo.changed-since", number=entry.subject_number)
        rows.change_place(tx, now.id, deleted_at=tx.at)
    else:
        rows.change_place(tx, now.id, **before)
    return _CHANGES


def _undo_level(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    del depot
    place_id, before = entry.facts["place"], entry.facts["before"]
    if place_id == MAIN_STORE:
        edits.put(tx, Part, entry.subject_id, {"reorder_level": before})
    else:
        rows.set_level(tx, entry.subject_id, place_id, before)
    return _CHANGES


UNDO: Mapping[str, Way] = {
    "stock.add-place": Way(_undo_place, permission=Action.EDIT_MASTER),
    "stock.edit-place": Way(_undo_place, permission=Action.EDIT_MASTER),
    "stock.switch-place": Way(_undo_place, permission=Action.EDIT_MASTER),
    "stock.level": Way(_undo_level, permission=Action.EDIT_MASTER),
}
