"""Scans into upright pages with what their codes say: PDF, TIFF of several sheets, picture; turned, skewed, stained.

A page is read at its own resolution first; only one that shows no code of ours is tried again larger, with more
contrast and in plain black and white, so that a pile of good scans is not slowed down by the bad ones.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.attachments import LARGEST, LARGEST_SOURCE
from app.domain.filing import is_of_a_paper
from app.errors import Refused

if TYPE_CHECKING:
    from PIL.Image import Image

#: What a scan may be.
SUFFIXES = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
#: Dots per inch a page of a PDF is drawn at, and once more when no code was found.
_DPI, _FINER_DPI = 200, 300
#: The longer side of a page as it is kept and as it is read at most, in dots.
_KEPT_SIDE, _READ_SIDE = 2400, 6000
#: Bands that differ less than this are grey paper in yellow light.
_COLOURLESS = 28
_THRESHOLDS = (96, 128, 160, 190)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a scan, upright where a code shows which way is up. ``page``: from 1. ``content``: a JPEG.

    ``broken``: the file is no picture or PDF that can be opened; ``content`` is the file itself.
    """

    source: str
    page: int
    content: bytes
    sha256: str
    media_type: str
    codes: tuple[str, ...]
    broken: bool = False


def sheets(path: Path) -> Iterator[Sheet]:
    """The pages of ``path`` one after the other, so that a thick file never lies in memory as a whole.

    Refused: ``filing.file-unreadable`` (cannot be read at all), ``filing.file-large``, ``filing.file-empty``.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_SOURCE:
            raise Refused("filing.file-large", field="file", name=path.name, most=f"{LARGEST_SOURCE >> 20} MB")
        content = path.read_bytes()
    except OSError as error:
        raise Refused("filing.file-unreadable", field="file", name=path.name) from error
    if not content:
        raise Refused("filing.file-empty", field="file", name=path.name)
    yield from read(path.name, content)


def read(name: str, content: bytes) -> Iterator[Sheet]:
    """The same of bytes in memory; a file that cannot be opened is one broken sheet."""
    pages = _of_pdf(content) if content[:1024].lstrip().startswith(b"%PDF") else _of_picture(content)
    number = 0
    try:
        for number, (first, finer) in enumerate(pages, 1):
            yield _sheet(name, number, first, finer)
    except _Broken:
        if len(content) > LARGEST:
            raise Refused("filing.file-large", field="file", name=name, most=f"{LARGEST >> 20} MB") from None
        digest = hashlib.sha256(content).hexdigest()
        yield Sheet(name, number + 1, content, digest, "application/octet-stream", (), broken=True)


class _Broken(Exception):
    """The file, or a page of it, is not what it says it is."""


Pictures = Iterator[tuple["Image", Iterable["Image"]]]


def _of_pdf(content: bytes) -> Pictures:
    """Each page as it is kept, and drawn finer should the first show no code."""
    from app.printing.raster import pdfium  # here: it brings every form with it, and the start page needs none

    with pdfium() as library:
        try:
            count = len(library.PdfDocument(content))
        except library.PdfiumError as error:
            raise _Broken from error
    if not count:
        raise _Broken
    for page in range(count):
        yield _drawn(content, page, _DPI), (_drawn(content, page, dpi) for dpi in (_FINER_DPI,))


def _drawn(content: bytes, page: int, dpi: int) -> Image:
    from app.printing.raster import pdfium

    with pdfium() as library:
        try:
            with library.PdfDocument(content) as document:
                leaf = document[page]
                scale = min(dpi / 72, _READ_SIDE / max(leaf.get_size()))
                return leaf.render(scale=scale).to_pil().convert("RGB")  # type: ignore[no-any-return]
        except library.PdfiumError as error:
            raise _Broken from error


def _of_picture(content: bytes) -> Pictures:
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as opened:
            for frame in ImageSequence.Iterator(opened):
                picture = ImageOps.exif_transpose(frame).convert("RGB")
                if max(picture.size) > _READ_SIDE:
                    picture.thumbnail((_READ_SIDE, _READ_SIDE))
                yield picture, ()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _Broken from error


def _sheet(name: str, number: int, first: Image, finer: Iterable[Image]) -> Sheet:
    from PIL import Image

    found, turned = _codes(first, finer)
    kept = first.copy()
    kept.thumbnail((_KEPT_SIDE, _KEPT_SIDE))
    back = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    if turned in back:
        kept = kept.transpose(back[turned])
    if _is_grey(kept):
        kept = kept.convert("L")
    out = io.BytesIO()
    kept.save(out, "JPEG", quality=75, optimize=True)
    content = out.getvalue()
    return Sheet(name, number, content, hashlib.sha256(content).hexdigest(), "image/jpeg", found)


def _codes(first: Image, finer: Iterable[Image]) -> tuple[tuple[str, ...], int]:
    """The texts of every code, and by how many degrees the page must be turned to stand upright."""
    texts: dict[str, int] = {}
    for picture in _tries(first, finer):
        texts |= {text: turned for text, turned in _read(picture).items() if text not in texts}
        ours = [text for text in texts if is_of_a_paper(text)]
        if ours:
            return tuple(texts), texts[ours[0]]
    return tuple(texts), next(iter(texts.values()), 0)


def _tries(first: Image, finer: Iterable[Image]) -> Iterator[Image]:
    """The page, then in ways in which a weak code may still be seen."""
    from PIL import Image, ImageFilter, ImageOps

    grey = first.convert("L")
    yield grey
    for picture in finer:
        yield picture.convert("L")
    smooth = ImageOps.autocontrast(grey.filter(ImageFilter.MedianFilter(3)), cutoff=2)
    yield smooth
    for threshold in _THRESHOLDS:
        yield smooth.point([255 if level > threshold else 0 for level in range(256)])
    width, height = grey.size
    if max(width, height) * 2 <= _READ_SIDE:
        larger = smooth.resize((width * 2, height * 2), Image.Resampling.BICUBIC)
        yield larger
        yield larger.filter(ImageFilter.GaussianBlur(2))
    yield grey.resize((max(width // 2, 1), max(height // 2, 1)), Image.Resampling.BOX)


def _read(picture: Image) -> dict[str, int]:
    """The text of each code and how far the page must be turned for it to stand upright, in quarter turns."""
    from zxingcpp import barcode_formats_from_str, read_barcodes

    # Looking for every kind there is takes thrice as long; others than these stand on no paper of a depot's day.
    kinds = barcode_formats_from_str("QRCode,Code128,DataMatrix")
    return {
        found.text: round(found.orientation / 90) * 90 % 360
        for found in read_barcodes(picture, formats=kinds) if found.valid and found.text
    }


def _is_grey(picture: Image) -> bool:
    """Whether nothing on the page has a colour worth keeping (a stamp is red: it stays)."""
    small = picture.copy()
    small.thumbnail((300, 300))
    red, green, blue = (band.tobytes() for band in small.split())
    return all(
        max(pixel) - min(pixel) < _COLOURLESS for pixel in zip(red, green, blue, strict=True)
    )
