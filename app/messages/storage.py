"""Sentences about zones and shelves."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "storage.shelf-zone": N_("A shelf stands in one of the four zones. Choose the zone."),
    "storage.shelf-code": N_('"{value}" cannot be the code of a shelf: 1 to 24 characters, no colon, e.g. A-01-3.'),
    "storage.shelf-capacity": N_("{value} units is no capacity of a shelf. Type 0 (not limited) to 100000."),
    "storage.shelf-code-taken": N_("{zone} has a shelf {code} already. Choose another code."),
    "storage.shelf-in-use": N_("{count} units stand on shelf {code}. Move them to other shelves first."),
    "storage.shelf-condition-needed": N_(
        'Units on shelf {code} need the condition "{condition}". Move them first, or leave the condition.'),
    "storage.shelf-changed-meanwhile": N_(
        "Shelf {code} was changed by {by} at {at}, since you opened it. Nothing you typed is lost: compare and choose."),
    "storage.shelf-closed": N_("Shelf {code} is out of use. Choose another one."),
    "storage.unknown-shelf": N_("This shelf does not exist any more. Reload and choose another one."),
    "storage.unknown-unit": N_("This unit is not in the record. Scan its label again, or receive it first."),
    "storage.not-in-zone": N_("{serial} is at: {place}. Only a unit in one of the four zones has a shelf."),
    "storage.other-zone": N_(
        '{serial} stands in "{zone}", but shelf {code} is in "{other}". Choose a shelf of its own zone.'),
    "storage.does-not-belong": N_(
        '{serial} is at "{stage}" and does not belong in "{zone}" any more (no mixing, art. 12.3). Take it '
        "where its stage belongs."),
    "storage.condition": N_(
        '{serial} needs the condition "{condition}", which shelf {code} does not meet. Choose another shelf.'),
}
