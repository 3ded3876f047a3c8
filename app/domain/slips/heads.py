"""What every printed paper carries: whose paper it is, which document, which copy, and who signed (spec 2).

Slip data is frozen when it is taken from the record; paper is made from it and from nothing else. Moments are in the
depot's own time zone already, money is in fen, and an empty text means "not known", which prints as an empty field.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum

#: One pen stroke: points from the left (0) to the right (1) and from the top (0) to the bottom (1) of the pad.
Stroke = tuple[tuple[float, float], ...]

#: A member of an enumeration (printed as its label) or a text that is printed as it stands.
Worded = Enum | str


class FormId(StrEnum):
    """The papers of spec 2 that exist so far, and the two the printer needs for itself."""

    TRAVELLER = "F1"
    RECEIVING_RECEIPT = "F2"
    RETURN_REGISTER = "F3"
    REPAIR_PLAN = "F4"
    HANDOVER_SLIP = "F5"
    TRANSFER_SLIP = "F5T"
    UNIT_LABEL = "F6"
    QA_MARK = "F7"
    REPAIR_SLIP = "F8"
    FEEDBACK_SLIP = "F9"
    PACKING_SLIP = "F10"
    RETURN_NOTICE = "F11"
    EXCHANGE_SLIP = "F12"
    SCRAP_FORM = "F13"
    DETERMINATION = "F14"
    LOAN_SLIP = "F18"
    LOAN_LIST = "F18W"
    QUOTATION = "F19"
    SPARE_USE = "F15"
    EMERGENCY_REQUEST = "F16"
    RESTOCK_SLIP = "F17"
    LOANER_AGREEMENT = "F18L"
    ZONE_LEDGER = "F20"
    STOCKTAKE_SHEET = "F20C"
    PART_COUNT_SHEET = "F20P"
    TEST_SUMMARY = "F21"
    QUALITY_REPORT = "F22"
    CORRECTION_SHEET = "F22K"
    SERVICE_SUMMARY = "F24"
    QUALITY_ALARM = "F23"
    COMMAND_CARD = "F25"
    LABEL_CALIBRATION = "CAL"
    CHASE_LIST = "CHASE"
    UNIT_FILE = "UFILE"
    CUSTOMER_FILE = "CFILE"


class Copy(StrEnum):
    """For whom a copy of a form is (art. 7.2.7 of the service rules: archive and finance each keep one)."""

    ORIGINAL = "ORIGINAL"
    CUSTOMER = "CUSTOMER"
    FILE = "FILE"
    FINANCE = "FINANCE"
    GIVER = "GIVER"
    RECEIVER = "RECEIVER"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The depot as its papers show it. ``logo`` is a PNG or JPEG file."""

    depot: str
    name: str
    address: str = ""
    phone: str = ""
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """Which document this is and how this print of it is marked.

    ``number`` goes into the bar code and, unless ``code`` says more (a signature, say), into the QR code, so that a
    scanned paper files itself. ``copy`` ``None`` prints every copy the form has. ``reprint`` counts prints after the
    first (0 = first). ``bilingual`` sets captions and title in both languages, ``language`` first. ``copies``: those to
    print where not all are wanted that the form has. ``journal``: how the journal's chain ended when it was printed, as
    its number and the first digits of its head, so that paper in other hands holds the record to what it was.
    """

    letterhead: Letterhead
    number: str
    printed_at: datetime
    language: str = "zh_CN"
    bilingual: bool = False
    copy: Copy | None = None
    reprint: int = 0
    void: bool = False
    code: str = ""
    copies: tuple[Copy, ...] = ()
    journal: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature box. Without ``at`` it is still open and is printed as a box to sign by hand.

    A signature is drawn (``strokes``, on a pad ``aspect`` times as wide as high), or given on paper (``on_paper``,
    the scan is on file), or else was given by re-authentication with PIN or password.
    """

    role: Worded
    name: str = ""
    at: datetime | None = None
    strokes: tuple[Stroke, ...] = ()
    aspect: float = 3.0
    on_paper: bool = False
