"""Sentences about the stock-take of parts."""

from app.i18n import N_

SENTENCES = {
    "part_counting.already-open": N_("{place} is being counted already under {number}: go on with that sheet."),
    "part_counting.unknown": N_("There is no such stock-take of parts any more. Look again."),
    "part_counting.ended": N_('Stock-take {number} is at "{state}": begin a new one.'),
    "part_counting.pieces": N_("{value} pieces cannot lie there: type 0 to {most}."),
    "part_counting.uncounted": N_(
        "{count} lines are not counted yet ({parts} …). Count them; type 0 where nothing lies there."),
    "part_counting.unexplained": N_("The count of {parts} differs: type the reason, at the line or for all of them."),
    "part_counting.reason": N_("Type why the stock-take ends without a result."),
}
