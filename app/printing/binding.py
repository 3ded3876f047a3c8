"""Several papers in one file, so that one preview and one print job hold them all."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from app.printing.printed import Printed
from app.printing.raster import pdfium


def bind_together(parts: Sequence[Printed]) -> Printed:
    """The pages of ``parts`` (at least one) in order; each keeps its own size."""
    if len(parts) == 1:
        return parts[0]
    file = BytesIO()
    with pdfium() as library:
        whole = library.PdfDocument.new()
        for part in parts:
            source = library.PdfDocument(part.pdf)
            whole.import_pages(source)
            source.close()
        whole.save(file)
        whole.close()
    missing = dict.fromkeys(glyph for part in parts for glyph in part.missing_glyphs)
    return Printed(file.getvalue(), sum(part.pages for part in parts), parts[0].paper, tuple(missing))
