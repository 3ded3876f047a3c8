"""Taking scans in: from the page, the window or the watched folder, with progress, and what came of it in a line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.i18n import N_, _, _n
from app.messages import sentence
from app.services import filing
from app.services.filing import Fate, Filed
from app.services.scan_reading import SUFFIXES
from ui.tones import Tone

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.errands import Progress
    from ui.page import Page


def take_in(page: Page, paths: Sequence[Path]) -> None:
    """File ``paths``; files that are no scans are passed over."""
    scans = [path for path in paths if path.suffix.lower() in SUFFIXES]
    if not scans:
        if paths:
            page.frame.toast(_("These files are no scans: give a PDF or pictures."), Tone.WARN)
        return

    def file(depot: Depot, progress: Progress) -> Filed:
        progress.keeps = True           # page by page; what is filed is filed
        return filing.file_scans(depot, scans, progress)

    page.run_long(
        file, lambda done: page.frame.toast(summary(done), tone_of(done)), _(N_("Filing scans")))


def summary(done: Filed) -> str:
    """What came of it, in a line or a few."""
    filed, waiting, known = (done.count(fate) for fate in (Fate.FILED, Fate.WAITING, Fate.KNOWN))
    parts = [
        words.format(n=n) for n, words in (
            (filed, _n("{n} page filed", "{n} pages filed", filed)),
            (waiting, _n("{n} page waits in the inbox", "{n} pages wait in the inbox", waiting)),
            (known, _n("{n} page was known already", "{n} pages were known already", known)),
        ) if n
    ]
    if done.stopped:
        parts.append(_("stopped; the rest was not read"))
    lines = [_(", ").join(parts)] if parts else []
    return "\n".join([*lines, *(sentence(why) for _name, why in done.refused)])


def tone_of(done: Filed) -> Tone:
    """Good when everything found its place."""
    if done.refused:
        return Tone.BAD
    return Tone.WARN if done.count(Fate.WAITING) else Tone.OK
