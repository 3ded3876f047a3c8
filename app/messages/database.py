"""Sentences of the database and of the laws it keeps."""

from app.i18n import N_

SENTENCES = {
    "database.url": N_('"{value}" is no database: give the path of a file or a postgresql:// URL.'),
    "database.empty": N_('There is no depot in {place} yet: start the program and found one, or run "init".'),
    "database.moved": N_(
        "The depot of {place} has moved to {to}: open it there (--database, or Settings, This computer). Only if it is lost "
        "there: remove {mark}, then put back a copy."),
    "database.left": N_(
        "The depot in {place} has moved to {to}: open it there (--database, or Settings, This computer). Only if it is lost "
        "there: move it again from here with --lost."),
    "database.newer": N_(
        "The database {place} has schema {found}, this program knows up to {known}: start a newer version of the program."
    ),
    "database.older": N_(
        'The database {place} has schema {found}, this program needs {known}: run "migrate"; a copy is made first.'
    ),
    "database.no-room": N_("There is no room in {place} for a copy of the database: free some space, then upgrade again."),
    "database.full": N_("The disk is full. Nothing was lost or half-written; free some space and try again."),
    "database.io": N_("The disk did not do its part (input/output error). Nothing was half-written; check the disk, then try again."),
    "database.read-only": N_("The database may only be read. Give this user the right to write to the file and its folder, then try again."),
    "database.locked": N_("Another program has held the database for too long. Close it or wait, then try again."),
    "database.damaged": N_("The database file is damaged or is no database. Restore the newest copy."),
    "database.cannot-open": N_("The database cannot be opened. Check that the folder exists and may be written to."),
    "database.server-away": N_("The database server does not answer. Nothing was written; try again when it is back."),
    "database.wrong-login": N_("The database server refuses the login or its password ({reason}). Check both in the address."),
    "database.unknown": N_("There is no such database on the server ({reason}). Check the address."),
    "database.not-permitted": N_("This login may not do that ({reason}). Use the address that was given out for it, or ask whoever keeps the server."),
    "database.wrong-certificate": N_("The database server could not prove that it is the right one ({reason}). Nothing was sent; check the address and the certificate authority."),
    "law.append-only": N_("What was signed or moved cannot be changed; correct it with an entry that takes it back."),
    "law.moved": N_(
        "The depot has moved to another database, nothing is written in this one any more: close the program and open "
        "the depot where it is now."),
    "law.replaced": N_(
        "A copy was put in the place of this database, nothing is written in this one any more: close the program and "
        "open it again. If it says so once more, put the copy back again."),
    "law.no-delete": N_("Records are never deleted; take the step back instead."),
    "law.movement-chain": N_("The unit is not where this move begins: somebody moved it meanwhile. Look again, then repeat the move."),
    "law.custody": N_("This move changes who answers for the unit: it needs a handover that was accepted."),
    "law.no-mixing": N_("Units at this stage do not belong in that zone (no mixing); check the zone or the unit."),
    "law.stock-short": N_("So many pieces are not there: somebody took some meanwhile. Look again, then repeat it."),
    "law.storage-condition": N_("That shelf does not meet the unit's storage condition, or is in another zone; choose another shelf."),
}
