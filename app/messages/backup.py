"""Sentences of backups and of the verification."""

from app.i18n import N_

SENTENCES = {
    "backup.on-server": N_('{value} is on a server: its copies are made there, or by "move" into a file.'),
    "backup.no-room": N_("There is no room for a copy in {place}: free some space or choose another folder, then try again."),
    "backup.not-written": N_("The copy {place} could not be written ({reason}): check the folder and try again."),
    "backup.damaged": N_("{place} is damaged ({reason}): restore the newest good copy."),
    "backup.not-ours": N_("{value} is no depot's database: choose a copy that this program made."),
    "backup.unknown": N_("There is no copy {value}: choose one from the list, or give the path of a file."),
    "backup.other-depot": N_("The copy is of depot {depot}, here is {present}: choose a copy of this depot."),
    "backup.two-depots": N_(
        "Copies of several depots lie in {place} ({depots}), and the database cannot be read to tell whose it is: "
        "choose a copy by its path."),
    "backup.same-file": N_("{value} is the database itself: choose a copy of it."),
    "backup.none": N_("No good copy was found in {place}: give the path of a copy."),
    "recovery.unreadable": N_(
        "What was noted at the restore cannot be read ({reason}; the note lies in {place}): compare what was done since "
        "the copy with the signed papers."),
    "backup.in-use": N_("{place} is open in another window or program: close it, then restore again."),
    "move.in-use": N_("{place} is open in another window or program: close it, then move again."),
    "move.same": N_("The depot is at {value} already: give another database to move to."),
    "move.not-empty": N_("{value} is not empty: give an empty database, or a file that is not there yet."),
    "move.differs": N_("Table {table} arrived with {n} rows instead of {expected}, or changed: nothing was kept there. Report this."),
    "verify.engine": N_("{place}: the engine's own check says \"{reason}\"."),
    "verify.journal": N_("Journal entry {no} of {at} ({who}, {number}) does not follow from the one before: it, or the one before, was changed."),
    "verify.journal-end": N_("The journal ends at entry {no}, the depot counted {expected}: entries are missing at the end."),
    "verify.seal": N_("{table} {name} is not as it was sealed (seal {no}): it was changed since."),
    "verify.seal-chain": N_("Seal {no} does not follow from the one before: a seal was changed."),
    "verify.chain": N_("The moves of {name} do not join: a line is missing or was changed."),
    "verify.place": N_("{name} is recorded at {place}, its last move ends at {end}."),
    "verify.number-gap": N_("The number {number} is missing: it was neither issued nor voided."),
    "verify.orphan": N_("{table}: refers to something that is not there ({refers_to}); entries: {n}."),
    "verify.content": N_('"{name}" is not what was filed: its bytes have changed.'),
    "verify.content-missing": N_('"{name}" is recorded, but its bytes are not there.'),
    "verify.unreadable": N_(
        '"{check}" cannot be read to the end: a value is no longer what it was written as ({reason}).'),
    "verify.stamp": N_("{table}: without a stamp, with a wrong one or with one twice; entries: {n}."),
}
