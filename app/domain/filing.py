"""Signed papers that come back as scans: what a code on a page says, and why a page cannot be filed by itself.

Spec 2: each paper has a QR that holds its number, so that a scanned signed copy files itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.numbering import DocumentType, Number, parse_page
from app.domain.slips.heads import FormId
from app.errors import Problem


class FilingReason(StrEnum):
    """Why a page waits for somebody to look at it."""

    UNREADABLE = "UNREADABLE"        # the file cannot be opened as a picture or PDF
    NO_CODE = "NO_CODE"
    FOREIGN_CODE = "FOREIGN_CODE"    # codes, but none of a depot's papers
    SEVERAL = "SEVERAL"              # two papers on one sheet
    NOT_A_PAPER = "NOT_A_PAPER"      # a label or mark of ours, not the paper itself
    OTHER_DEPOT = "OTHER_DEPOT"
    UNKNOWN_NUMBER = "UNKNOWN_NUMBER"
    VOID = "VOID"                    # the paper was voided
    SECOND_COPY = "SECOND_COPY"      # another scan of a page that is on file
    TAKEN_BACK = "TAKEN_BACK"        # it was filed, and that was taken back


class PageState(StrEnum):
    """What became of a page."""

    WAITING = "WAITING"
    FILED = "FILED"
    REJECTED = "REJECTED"


class FiledHow(StrEnum):
    """Who found the paper: the code, or a person."""

    BY_CODE = "BY_CODE"
    BY_HAND = "BY_HAND"


class NextStep(StrEnum):
    """What a signed paper shows to be waiting. It is pointed out, never done by itself."""

    RECORD_ANSWER = "RECORD_ANSWER"      # F19: the customer's answer to the quotation
    RECORD_DELIVERY = "RECORD_DELIVERY"  # F8, F10: the unit is with the customer
    KEY_ANSWERS = "KEY_ANSWERS"          # F9


#: The page of the window on which each is done.
PAGE_OF: dict[NextStep, str] = {
    NextStep.RECORD_ANSWER: "quotations", NextStep.RECORD_DELIVERY: "return", NextStep.KEY_ANSWERS: "feedback",
}

#: Numbers that stand on papers of other numbers: the case (labels) and the QA mark.
_MENTIONED = frozenset({DocumentType.RETURN_CASE, DocumentType.QA_MARK, DocumentType.DEPOT_TAG})

#: Papers that go to a customer and are awaited back with a signature.
AWAITED: tuple[FormId, ...] = (
    FormId.REPAIR_SLIP, FormId.FEEDBACK_SLIP, FormId.RETURN_NOTICE, FormId.EXCHANGE_SLIP, FormId.SPARE_USE,
)

#: Papers whose signature is the customer's own.
OF_CUSTOMERS = frozenset({form.value for form in (*AWAITED, FormId.QUOTATION, FormId.PACKING_SLIP)})

LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Reading:
    """What the codes of a page say: the paper and its page, or the reason why that is not known.

    ``number`` may be known beside a reason: then it is what the page would be filed to.
    """

    number: str = ""
    page: int = 0
    reason: FilingReason | None = None


def is_of_a_paper(text: str) -> bool:
    """Whether a code is the own one of a paper, not a number that papers and labels only mention."""
    found = parse_page(text)
    return found is not None and found[0].type not in _MENTIONED


def read_codes(codes: Iterable[str], depot_id: str) -> Reading:
    """Which paper a page with ``codes`` is, as far as the codes alone can say.

    A paper has its own number in the corner and may bear others' (the QA mark, a label stuck on): those that only
    mention are passed over while there is one that does not.
    """
    texts = [text for text in dict.fromkeys(codes) if text.strip()]
    if not texts:
        return Reading(reason=FilingReason.NO_CODE)
    pages: dict[Number, int] = {}
    for text in texts:
        found = parse_page(text)
        if found is not None:
            pages[found[0]] = max(found[1], pages.get(found[0], 1))
    if not pages:
        return Reading(reason=FilingReason.FOREIGN_CODE)
    papers = [number for number in pages if number.type not in _MENTIONED]
    if len({str(number) for number in papers}) > 1:
        return Reading(reason=FilingReason.SEVERAL)
    number = papers[0] if papers else next(iter(pages))
    if number.depot != depot_id:
        return Reading(str(number), pages[number], FilingReason.OTHER_DEPOT)
    if not papers:
        return Reading(str(number), 1, FilingReason.NOT_A_PAPER)
    return Reading(str(number), pages[number])


def reason_problems(reason: str) -> list[Problem]:
    """``filing.reason-missing``, ``filing.reason-long`` for what was typed as the reason of a rejection or waiver."""
    if not reason.strip():
        return [Problem("reason", "filing.reason-missing")]
    if len(reason) > LONGEST_REASON:
        return [Problem("reason", "filing.reason-long", {"n": len(reason), "most": LONGEST_REASON})]
    return []


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page of a scan as it is kept. ``source``: the file's name; ``source_page``: from 1.

    ``number`` and ``page``: the paper it is (filed), or seems to be (waiting).
    """

    id: str
    source: str
    source_page: int
    sha256: str
    media_type: str
    attachment_id: str
    codes: list[str]
    number: str
    page: int
    reason: FilingReason | None
    state: PageState
    arrived_at: datetime
    arrived_by: str
    decided_at: datetime | None
    decided_by: str | None
    remark: str


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """One page of a paper that is on file with its signature."""

    id: str
    document_id: str
    number: str
    form: str
    page: int
    scan_id: str
    case_id: str | None
    unit_id: str | None
    how: FiledHow
    filed_at: datetime
    filed_by: str
    filed_by_name: str
