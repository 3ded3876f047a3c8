"""Scans of signed papers: each page once, what it was filed to, what the customers said, what is no longer awaited."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from app.domain.filing import FiledHow, FilingReason, PageState
from app.domain.satisfaction import Grade
from app.persistence.tables.base import moment, number, one_of, operational, structure, to, words, yes_no

#: ``sha256``: of the page as it is kept. ``number``, ``page``: the paper it is (FILED) or seems to be (WAITING).
scanned_pages = operational(
    "scanned_pages",
    words("source"),
    number("source_page"),
    words("sha256"),
    words("media_type"),
    words("attachment_id"),
    structure("codes"),
    words("number"),
    number("page"),
    one_of("reason", FilingReason, null=True),
    one_of("state", PageState),
    moment("arrived_at"),
    words("arrived_by"),
    moment("decided_at", null=True),
    words("decided_by", null=True),
    words("remark"),
    to("attachment_id", "attachments"),
    UniqueConstraint("depot_id", "sha256"),
    Index("ix_scanned_pages_state", "depot_id", "state", "arrived_at"),
)

#: A page of a paper that is on file with its signature. ``deleted_at``: the filing was taken back.
signed_papers = operational(
    "signed_papers",
    words("document_id"),
    words("number"),
    words("form"),
    number("page"),
    words("scan_id"),
    words("case_id", null=True),
    words("unit_id", null=True),
    one_of("how", FiledHow),
    moment("filed_at"),
    words("filed_by"),
    words("filed_by_name"),
    to("document_id", "documents"),
    to("scan_id", "scanned_pages"),
    Index("ix_signed_papers_document", "depot_id", "document_id"),
    Index("ix_signed_papers_case", "depot_id", "case_id"),
    Index("ix_signed_papers_filed", "depot_id", "filed_at"),
)

#: What a customer ticked and wrote on a feedback slip; a correction is a further row with the next ``version``.
feedback_answers = operational(
    "feedback_answers",
    words("document_id"),
    words("number"),
    number("version"),
    one_of("response", Grade, null=True),
    one_of("attitude", Grade, null=True),
    one_of("quality", Grade, null=True),
    one_of("time", Grade, null=True),
    one_of("overall", Grade, null=True),
    words("opinion"),
    yes_no("recontact", null=True),
    words("phone"),
    yes_no("signed"),
    yes_no("stamped"),
    words("why"),
    moment("at"),
    words("by"),
    words("by_name"),
    to("document_id", "documents"),
    UniqueConstraint("depot_id", "document_id", "version"),
    CheckConstraint("version >= 1", name="version"),
    append_only=True,
)

#: Papers that will not come back signed, and why. ``deleted_at``: awaited again.
paper_waivers = operational(
    "paper_waivers",
    words("document_id"),
    words("reason"),
    moment("at"),
    words("by"),
    words("by_name"),
    to("document_id", "documents"),
    Index("ix_paper_waivers_document", "depot_id", "document_id"),
)
