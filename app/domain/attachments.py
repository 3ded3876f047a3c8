"""What may be filed with a case, and how large it may be."""

from __future__ import annotations

from enum import StrEnum


class AttachmentKind(StrEnum):
    """What an attachment is."""

    PHOTO = "PHOTO"
    PAPER = "PAPER"              # signed or scanned paper
    LOG = "LOG"                  # test log, waveform, spreadsheet
    OTHER = "OTHER"


#: The longer side of a photo as it is kept, in pixels: enough to read a nameplate filled into half the picture.
PHOTO_SIDE = 2048
#: Bytes of one attachment as it is kept.
LARGEST = 20 * 1024 * 1024
#: Bytes of a file before it is made smaller; more is not a photo of a telephone.
LARGEST_SOURCE = 80 * 1024 * 1024
