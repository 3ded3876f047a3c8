"""Sentences of signed papers and their scans."""

from app.i18n import N_

SENTENCES = {
    "filing.nothing": N_("Choose at least one scan: a PDF or a picture."),
    "filing.file-unreadable": N_("{name} cannot be read: check that the file is still there and may be opened, and try again."),
    "filing.file-large": N_("{name} is larger than {most}: scan in grey at 200 dpi, or split the file."),
    "filing.file-empty": N_("{name} is empty: scan the paper again."),
    "filing.not-moved": N_('{name} is filed, but could not be moved to the folder "{folder}": check the rights of the scan folder.'),
    "filing.not-waiting": N_("This page was dealt with meanwhile. Look at the inbox again."),
    "filing.unknown-number": N_('"{value}" is not the number of a paper of this depot: choose a paper from the list.'),
    "filing.void": N_("{number} was voided: file the page with the paper that took its place."),
    "filing.page": N_("Page \"{value}\" cannot be: give the page's number on the paper, from 1."),
    "filing.no-picture": N_("{name} is no picture that can be read: scan the paper again as PDF, JPEG, PNG or TIFF, and reject this file."),
    "filing.reason-missing": N_("Say why: a few words are enough."),
    "filing.reason-long": N_("The reason has {n} characters, {most} at most: shorten it."),
    "filing.not-awaited": N_("This paper is not awaited any more. Look at the list again."),
    "filing.gone": N_("The scan is not on file any more. Look at the list again."),
    "feedback.not-a-slip": N_('"{value}" is not the number of a feedback slip: it looks like SH1-F2611-00042.'),
    "feedback.not-on-file": N_("The signed sheet of {number} is not on file yet: scan it first."),
    "feedback.nothing": N_("Nothing is entered: tick what the customer ticked, or at least that the sheet is signed or stamped."),
    "feedback.opinion-long": N_("The opinion has {n} characters, {most} at most: shorten it."),
    "feedback.phone-long": N_("The telephone number has {n} characters, {most} at most: shorten it."),
    "feedback.why-missing": N_("These answers were entered before: say what you correct."),
    "feedback.why-long": N_("The reason has {n} characters, {most} at most: shorten it."),
}
