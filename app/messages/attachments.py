"""Sentences about photos and papers."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "attachments.nothing": N_("No file was chosen. Drop a photo or a paper, or press Space to choose one."),
    "attachments.unreadable": N_('"{name}" cannot be read. Check that the file is still there, then try again.'),
    "attachments.empty": N_('"{name}" is empty. Choose another file.'),
    "attachments.too-large": N_('"{name}" has {size}; at most {most} can be filed. Make it smaller or split it.'),
    "attachments.no-picture": N_("One of the photos is damaged or no picture. Take it again or choose another file."),
    "attachments.not-here": N_('"{name}" is on record, but its content is not on this computer (a copy was put back, or the file was damaged). The next sync fetches it from head office; without head office, file it again from the original.'),
    "attachments.gone": N_("This attachment is not on file any more. Reload the list."),
}
