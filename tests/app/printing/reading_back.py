"""Reads a printed PDF back, as a person, a scanner and a ruler would. Independent of what made it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import zxingcpp
from PIL import Image

from app.printing.raster import raster

#: What our papers carry; looking for every code there is takes six times as long.
PRINTED = [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128]


@dataclass(frozen=True)
class Glyph:
    """One printed character: its box in points from the bottom left, and the size it is set in."""

    page: int
    character: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


def text_of(pdf: bytes) -> str:
    """All text, pages one after the other, without line ends (a value may wrap anywhere)."""
    return "".join(page.extract_text().replace("\n", "") for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    """``text`` without any white space: what is left when a text was broken into lines."""
    return "".join(text.split())


def sizes_in_mm(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in millimetres."""
    boxes = [page.mediabox for page in pypdf.PdfReader(BytesIO(pdf)).pages]
    return [(float(box.width) / 72 * 25.4, float(box.height) / 72 * 25.4) for box in boxes]


def codes_on(pdf: bytes, page: int, dpi: float) -> set[tuple[str, str]]:
    """What a scanner reads from a print at ``dpi``: symbology and content of every code.

    Without the library's own downscaling, which at times "reads" a second, wrong serial from an undersampled picture.
    """
    picture = raster(pdf, page, dpi)
    image = Image.frombuffer("RGBA", (picture.width, picture.height), picture.rgba, "raw", "RGBA", 0, 1).convert("L")
    codes = zxingcpp.read_barcodes(image, formats=PRINTED, try_downscale=False)
    return {(found.format.name, found.text) for found in codes}


def glyphs(pdf: bytes) -> Iterator[Glyph]:
    """Every character with ink."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            texts = page.get_textpage()
            for index in range(texts.count_chars()):
                character = chr(pdfium.FPDFText_GetUnicode(texts.raw, index))
                if character.isspace():
                    continue
                box = texts.get_charbox(index)
                yield Glyph(number, character, *box, _size(texts, index))
            texts.close()
            page.close()
    finally:
        document.close()


def _size(texts: pypdfium2.PdfTextPage, index: int) -> float:
    """The size as it stands on the paper: the font's size under the text's own matrix."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(texts.raw, index, ctypes.byref(matrix))
    return float(pdfium.FPDFText_GetFontSize(texts.raw, index)) * (matrix.b**2 + matrix.d**2) ** 0.5
