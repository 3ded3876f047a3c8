"""Sentences about stock-takes."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "stocktaking.zone": N_("Stock is taken in one of the four zones, not at: {place}."),
    "stocktaking.already-open": N_('Stock-take {number} of "{zone}" is still under way. Finish or abandon it first.'),
    "stocktaking.nothing": N_("Nothing was scanned. Scan the label of a unit."),
    "stocktaking.shelf": N_('This shelf is not in "{zone}". Scan a shelf of the zone that is counted.'),
    "stocktaking.unknown": N_("This stock-take does not exist. Reload and choose another one."),
    "stocktaking.unknown-count": N_("This scan was taken back already. Nothing is left to do."),
    "stocktaking.ended": N_("Stock-take {number} has ended. Start a new one to count again."),
    "stocktaking.changed-meanwhile": N_(
        "Stock-take {number} was changed by {by} at {at}. Look at the sheet again, then sign."),
    "stocktaking.unexplained": N_("{count} differences remain. Say in the note what was done to find out."),
    "stocktaking.reason": N_("Say why the stock-take is abandoned."),
}
