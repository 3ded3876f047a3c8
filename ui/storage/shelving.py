"""Putting units on a shelf, and setting shelves up: the two dialogues of shelves, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.places import ZONES, Place
from app.domain.storage import ShelfDraft, ShelfView, StandingUnit, shelf_problems
from app.errors import Problem
from app.i18n import N_, _, _n
from app.labels import labels_of
from app.services import storage, undoing
from ui.dialogs.dialog import FormDialog
from ui.form import ChoiceField, Form, NumberField, TextField, TickField
from ui.tones import Tone

if TYPE_CHECKING:
    from ui.storage.page import ZonesPage

FLOOR = "-"


class _ShelvingForm(Form):
    def __init__(self) -> None:
        super().__init__()
        self.shelf = self.add(
            ChoiceField("shelf", N_("Shelf"), [], required=True, hint=N_("Type part of the code, or press Down."))
        )
        self.reason = self.add(TextField("reason", N_("Reason (optional)")))


class ShelvingDialog(FormDialog):
    """Where to: the shelves of the zone that may hold every unit, the emptiest first."""

    def __init__(self, page: ZonesPage, units: Sequence[StandingUnit]) -> None:
        self._page, self._units = page, units
        self.shelving = _ShelvingForm()
        super().__init__(page, N_("Put on a shelf"), self.shelving, accept=N_("Put there"), width=460)
        self.accept_button.setAutoDefault(False)
        zone = units[0].place
        self.run(lambda depot: storage.shelves(depot, zone, active_only=True), self._offer, quiet=True)
        self.submitted.connect(self._put)

    def _offer(self, shelves: tuple[ShelfView, ...]) -> None:
        choices: list[tuple[object, str]] = [(shelf.id, shelf_words(shelf)) for shelf in shelves]
        self.shelving.shelf.set_options([*choices, (FLOOR, _("No shelf: the floor of the zone"))])

    def _put(self) -> None:
        chosen = self.shelving.shelf.value()
        shelf_id = None if chosen == FLOOR else str(chosen)
        reason = self.shelving.reason.value()
        unit_ids = [unit.unit_id for unit in self._units]
        self.run(
            lambda depot: storage.put_on_shelf(depot, unit_ids, shelf_id, reason), self._done_well
        )

    def _done_well(self, shelved: storage.Shelved) -> None:
        self.done_well()
        tell_shelved(self._page, shelved)


def shelf_words(shelf: ShelfView) -> str:
    """A shelf in a list of choices: code, how full, what it provides."""
    full = f"{shelf.standing}/{shelf.capacity}" if shelf.capacity else str(shelf.standing)
    return f"{shelf.code}　{full}　{shelf.provides}".rstrip("　")


def tell_shelved(page: ZonesPage, shelved: storage.Shelved, serial: str = "") -> None:
    """Say what was moved, offer to undo it, and warn of a shelf that is too full."""
    entry_ids = shelved.entry_ids
    where = shelved.shelf_code or _("the floor of the zone")
    if not shelved.moved:
        page.frame.toast(_("{serial} stands on {shelf} already").format(serial=serial, shelf=where).strip(), Tone.INFO)
        return
    if serial and len(shelved.moved) == 1:
        text = _("{serial} now stands on {shelf}").format(serial=serial, shelf=where)
    else:
        text = _n("{n} unit now stands on {shelf}", "{n} units now stand on {shelf}", len(shelved.moved)).format(
            n=len(shelved.moved), shelf=where
        )
    if shelved.over:
        text += "  " + _n(
            "{n} unit more than the shelf is for", "{n} units more than the shelf is for", shelved.over
        ).format(n=shelved.over)
    page.frame.toast(
        text, Tone.WARN if shelved.over else Tone.OK, undo=lambda depot: undoing.undo(depot, *entry_ids)
    )


class ShelfForm(Form):
    """A shelf as typed."""

    def __init__(self, zone: Place, shelf: ShelfView | None = None) -> None:
        super().__init__(columns=2)
        self.zone = self.add(
            ChoiceField("place", N_("Zone"), [(place, labels_of(Place)[place]) for place in ZONES], required=True),
            span=2,
        )
        self.code = self.add(TextField("code", N_("Code"), required=True, hint=N_("As on the shelf, e.g. A-01-3")))
        self.capacity = self.add(NumberField("capacity", N_("Capacity"), low=0, high=100_000,
                                             hint=N_("Units; 0 = not limited")))
        self.provides = self.add(
            TextField("provides", N_("Storage conditions it meets"), hint=N_("Separated by commas, e.g. ESD, DRY")),
            span=2,
        )
        self.note = self.add(TextField("note", N_("Note")), span=2)
        self.active = self.add(TickField("active", N_("In use"), ticked=True), span=2)
        self.zone.set_value(shelf.place if shelf else zone)
        self.capacity.set_value(shelf.capacity if shelf else 0)
        if shelf:
            self.code.set_value(shelf.code)
            self.provides.set_value(shelf.provides.replace(",", ", "))
            self.note.set_value(shelf.note)
            self.active.set_value(shelf.active)
        else:
            self.active.hide()
        self.judge(self._problems_now)

    def draft(self) -> ShelfDraft:
        """What the form says."""
        place = self.zone.value()
        capacity = self.capacity.value()
        return ShelfDraft(
            place if isinstance(place, Place) else None, self.code.value(), int(capacity or 0),
            (self.provides.value(),), self.note.value(),
        )

    def _problems_now(self) -> list[Problem]:
        return shelf_problems(self.draft()) if self.code.value().strip() else []


def open_shelf_form(page: ZonesPage, zone: Place, shelf: ShelfView | None = None) -> FormDialog:
    """Open the dialogue to enter a shelf, or to change ``shelf``."""
    dialog = shelf_form(page, zone, shelf)
    dialog.open()
    return dialog


def shelf_form(page: ZonesPage, zone: Place, shelf: ShelfView | None = None) -> FormDialog:
    """The dialogue to enter a shelf, or to change ``shelf``."""
    form = ShelfForm(zone, shelf)
    dialog = FormDialog(
        page, N_("Edit the shelf") if shelf else N_("New shelf"), form, accept=N_("Save") if shelf else N_("Add shelf")
    )

    def save() -> None:
        draft, active = form.draft(), form.active.value()
        if shelf is None:
            dialog.run(lambda depot: storage.add_shelf(depot, draft), kept)
        else:
            dialog.run(lambda depot: storage.edit_shelf(depot, shelf.id, shelf.seq, draft, active=active), kept)

    def kept(done: storage.ShelfKept) -> None:
        dialog.done_well()
        page.frame.toast(
            _("Shelf {code} saved").format(code=form.code.value()),
            undo=lambda depot: undoing.undo(depot, done.entry_id),
        )

    dialog.submitted.connect(save)
    if shelf is not None:
        dialog.reopens(
            lambda depot: next(one for one in storage.shelves(depot) if one.id == shelf.id),
            lambda found: shelf_form(page, zone, found))
    return dialog


__all__ = ["ShelfForm", "ShelvingDialog", "open_shelf_form", "shelf_words", "tell_shelved"]
