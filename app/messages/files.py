"""Sentences of the files of units and customers."""

from app.i18n import N_

SENTENCES = {
    "files.unknown-unit": N_("There is no such unit on record any more. Look again."),
    "files.unknown-customer": N_("There is no such customer on record any more. Look again."),
    "files.text-long": N_("A text is longer than {most} characters: shorten it."),
    "files.part-name": N_("A key part has no name. Type it, or take the line out."),
    "files.too-many": N_("More than {most} key parts: list only those that matter."),
    "files.changed": N_("Somebody else changed the file of {serial} meanwhile. Open it again."),
    "files.changed-meanwhile": N_(
        "The file of {serial} was changed by {by} at {at}, since you opened it. Nothing you typed is lost: compare and "
        "choose."),
    "files.lot-missing": N_("Which lot? The unit has none on record; enter it first."),
}
