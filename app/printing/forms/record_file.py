"""The unit file and the customer file: facts, stories, and a table for each kind of record that is there."""

from __future__ import annotations

from app.domain.slips.files import FilePaper
from app.i18n import N_
from app.printing.fields import Field, grid, section
from app.printing.ink import CELL_SMALL
from app.printing.leaves import Sheet
from app.printing.tables import Column, Table
from app.printing.wording import Wording


def lay_record_file(sheet: Sheet, slip: FilePaper, say: Wording) -> None:
    """A4, as many pages as it takes."""
    grid(sheet, [
        *([Field(caption, value) for caption, value in row] for row in slip.facts),
        *([Field(caption, text)] for caption, text in slip.stories if text),
        [Field(say.cap(N_("As of")), say.words(slip.on))],
    ])
    for part in slip.sections:
        sheet.skip(6)
        section(sheet, part.title, str(len(part.rows)) if part.rows else "")
        columns = [
            Column(title, share, style=CELL_SMALL)
            for title, share in zip(part.headings, part.shares, strict=True)
        ]
        table = Table(sheet, columns)
        table.rows(part.rows)
        if not part.rows:
            table.nothing(say.t(N_("Nothing on record")))
        table.close()
