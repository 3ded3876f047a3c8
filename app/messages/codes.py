"""Sentences about cause coding."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "codes.blame-contradicts": N_(
        'The cause "{cause}" and the responsibility "{responsibility}" contradict each other. Correct one of them.'),
    "codes.result-contradicts": N_(
        'The result "{result}" and the cause "{cause}" contradict each other. Correct one of them.'),
    "codes.form": N_('"{value}" cannot be a code. Use 1 to 3 capital letters and 2 to 4 digits, such as F102.'),
}
