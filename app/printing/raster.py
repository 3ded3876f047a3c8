"""Pages of a PDF as pictures: for the preview, for printers that want pixels, and for the tests that scan our codes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Any

#: pdfium bears one thread at a time: whoever calls it holds this.
one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Raster:
    """One page on white ground: rows of ``width`` pixels, four bytes each (red, green, blue, 255)."""

    width: int
    height: int
    rgba: bytes

    def png(self) -> bytes:
        """The picture as a PNG file."""
        from PIL import Image

        file = BytesIO()
        image = Image.frombuffer("RGBA", (self.width, self.height), self.rgba, "raw", "RGBA", 0, 1)
        image.convert("RGB").save(file, "PNG")
        return file.getvalue()


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page in points."""
    with _opened(pdf) as document:
        return [document.get_page_size(number) for number in range(len(document))]


def raster(pdf: bytes, page: int, dpi: float) -> Raster:
    """Page ``page`` (from 0) of ``pdf`` at ``dpi``."""
    with _opened(pdf) as document:
        sheet = document[page]
        try:
            bitmap = sheet.render(scale=dpi / 72, rev_byteorder=True, prefer_bgrx=True, fill_color=(255, 255, 255, 255))
            try:
                pixels = bytes(bitmap.buffer)
                width, height, stride = bitmap.width, bitmap.height, bitmap.stride
            finally:
                bitmap.close()
        finally:
            sheet.close()
    row = width * 4
    if stride != row:
        pixels = b"".join(pixels[start : start + row] for start in range(0, stride * height, stride))
    return Raster(width, height, pixels)


@contextmanager
def pdfium() -> Iterator[Any]:
    """The library for ourselves: pdfium bears one thread at a time, in the whole process."""
    import pypdfium2

    with one_at_a_time:
        yield pypdfium2


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    with pdfium() as library:
        document = library.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
