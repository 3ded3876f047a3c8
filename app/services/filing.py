"""Scans of signed papers file themselves; those that cannot wait in an inbox for somebody to look (spec 2; issue 5).

Each page is one transaction: a page is filed, or it waits with its reason, or nothing happened. Reading the same
scan again is harmless, so a scan is put away only when all its pages are done, and a killed program begins again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.changes import Changes
from app.depot import Depot
from app.domain.attachments import AttachmentKind
from app.domain.filing import (
    FiledHow,
    FilingReason,
    NextStep,
    PageState,
    Reading,
    ScannedPage,
    SignedPaper,
    read_codes,
    reason_problems,
)
from app.domain.people import Action
from app.errors import Cancelled, Refused
from app.persistence import filing as rows
from app.persistence import handover_lists, journal, papers
from app.persistence import receiving as receiving_rows
from app.persistence import returning as returning_rows
from app.persistence.papers import Document
from app.persistence.transaction import Tx
from app.progress import UNWATCHED, Progress
from app.services import attachments, filing_undoing, scan_reading
from app.services.attachments import Prepared
from app.services.scan_reading import Sheet

UNDO = filing_undoing.UNDO
_CHANGES = Changes.FEEDBACK | Changes.ATTACHMENTS | Changes.CASES


class Fate(StrEnum):
    """What became of a page that was read."""

    FILED = "FILED"
    WAITING = "WAITING"
    KNOWN = "KNOWN"          # the very same page was read before: nothing changed


@dataclass(frozen=True, slots=True)
class FiledPage:
    """One page of a scan. ``number``: the paper; ``step``: what the signed paper shows to be waiting."""

    fate: Fate
    scan_id: str
    source: str
    source_page: int
    number: str = ""
    page: int = 0
    reason: FilingReason | None = None
    step: NextStep | None = None
    entry_id: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of some scans. ``refused``: (file, why) of files that could not even be taken in.

    ``stopped``: the person stopped; what was done until then stays.
    """

    pages: tuple[FiledPage, ...]
    refused: tuple[tuple[str, Refused], ...] = ()
    stopped: bool = False
    changes: Changes = _CHANGES

    def count(self, fate: Fate) -> int:
        """How many pages had this fate."""
        return sum(page.fate is fate for page in self.pages)


@dataclass(frozen=True, slots=True)
class Decided:
    """A page of the inbox was filed by hand, or rejected."""

    scan_id: str
    number: str
    step: NextStep | None
    entry_id: str
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class Waived:
    """A paper is not awaited any more."""

    number: str
    entry_id: str
    changes: Changes = Changes.FEEDBACK


# -- scans -------------------------------------------------------------------------------------------------------


def file_scans(depot: Depot, paths: Sequence[Path], progress: Progress = UNWATCHED, into: Path | None = None) -> Filed:
    """Take scans in: every page is filed with its paper, or waits with the reason why not.

    ``into``: each file is moved there when all its pages are done. Whoever stops keeps what was done. Files that
    cannot be read at all are named in the answer; the others go on. Refused: ``filing.nothing``.
    """
    depot.require(Action.ATTACH)
    if not paths:
        raise Refused("filing.nothing", field="file")
    done: list[FiledPage] = []
    refused: list[tuple[str, Refused]] = []
    for place, path in enumerate(paths):
        try:
            progress.step(place, len(paths), path.name)
            for sheet in scan_reading.sheets(path):
                done.append(file_page(depot, sheet))
                progress.step(place, len(paths), f"{path.name} · {sheet.page}")
        except Cancelled:
            return Filed(tuple(done), tuple(refused), stopped=True)
        except Refused as why:
            if not why.code.startswith("filing."):
                raise
            refused.append((path.name, why))
            continue
        if into is not None:
            _put_away(path, into)
    return Filed(tuple(done), tuple(refused))


def file_page(depot: Depot, sheet: Sheet) -> FiledPage:
    """File one page, or let it wait. One transaction."""
    depot.require(Action.ATTACH)
    with depot.write() as tx:
        known = rows.same_scan(tx, sheet.sha256)
        if known is not None:
            return FiledPage(Fate.KNOWN, known.id, sheet.source, sheet.page, known.number, known.page, known.reason)
        reading, document = _reading(depot, tx, sheet)
        page = _keep(tx, sheet, reading, PageState.WAITING if reading.reason else PageState.FILED)
        if reading.reason is not None or document is None:
            journal.record(tx, "filing.wait", subject_kind="scan", subject_id=page.id, subject_number=reading.number,
                           facts={"source": sheet.source, "why": reading.reason.value if reading.reason else ""})
            return FiledPage(Fate.WAITING, page.id, sheet.source, sheet.page, reading.number, reading.page,
                             reading.reason)
        entry_id = _file(tx, page, document, FiledHow.BY_CODE)
        step = next_steps(tx, [document.id]).get(document.id)
    return FiledPage(Fate.FILED, page.id, sheet.source, sheet.page, reading.number, reading.page, None, step, entry_id)


# -- the inbox ---------------------------------------------------------------------------------------------------


def match(depot: Depot, scan_id: str, number: str, page: int = 1) -> Decided:
    """Somebody says which paper a waiting page is (also: keep it as a second copy).

    Refused: ``filing.not-waiting``, ``filing.unknown-number``, ``filing.void``, ``filing.page``, ``filing.no-picture``
    (what cannot be looked at cannot be a signed paper).
    """
    depot.require(Action.ATTACH)
    with depot.write() as tx:
        scan = _waiting(tx, scan_id)
        if scan.reason is FilingReason.UNREADABLE:
            raise Refused("filing.no-picture", name=scan.source)
        if not 1 <= page <= 9999:
            raise Refused("filing.page", field="page", value=page)
        document = papers.by_number(tx, number.strip().upper())
        if document is None or not document.form:
            raise Refused("filing.unknown-number", field="number", value=number.strip())
        if document.voided_at is not None:
            raise Refused("filing.void", field="number", number=document.number)
        rows.change_scan(tx, scan.id, state=PageState.FILED, number=document.number, page=page, decided_at=tx.at,
                         decided_by=tx.by)
        found = rows.scan(tx, scan.id)
        assert found is not None
        entry_id = _file(tx, found, document, FiledHow.BY_HAND, before=(scan.number, scan.page))
        step = next_steps(tx, [document.id]).get(document.id)
    return Decided(scan_id, document.number, step, entry_id)


def reject(depot: Depot, scan_id: str, reason: str) -> Decided:
    """A waiting page is not filed; it is kept with the reason. Refused: ``filing.not-waiting``, ``filing.reason-…``."""
    depot.require(Action.ATTACH)
    wrong = reason_problems(reason)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        scan = _waiting(tx, scan_id)
        rows.change_scan(tx, scan.id, state=PageState.REJECTED, remark=reason.strip(), decided_at=tx.at,
                         decided_by=tx.by)
        entry_id = journal.record(
            tx, "filing.reject", subject_kind="scan", subject_id=scan.id, subject_number=scan.number,
            facts={"source": scan.source, "text": reason.strip()},
        )
    return Decided(scan_id, scan.number, None, entry_id)


def waive(depot: Depot, document_id: str, reason: str) -> Waived:
    """A paper will not come back signed: it is not awaited any more, and why is on record.

    Refused: ``filing.not-awaited``, ``filing.reason-missing``, ``filing.reason-long``.
    """
    depot.require(Action.FOLLOW_UP)
    wrong = reason_problems(reason)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        document = rows.awaited_one(tx, document_id)
        if document is None:
            raise Refused("filing.not-awaited")
        waiver_id = rows.add_waiver(tx, document_id, reason.strip())
        entry_id = journal.record(
            tx, "filing.waive", subject_kind="document", subject_id=document_id, subject_number=document.number,
            case_id=document.case_id or None, unit_id=document.unit_id or None,
            facts={"number": document.number, "text": reason.strip(), "waiver": waiver_id},
        )
    return Waived(document.number, entry_id)


# -- how ---------------------------------------------------------------------------------------------------------


def next_steps(tx: Tx, document_ids: Sequence[str]) -> dict[str, NextStep]:
    """What the signed papers show to be waiting, by document."""
    found = dict.fromkeys(rows.open_quotations(tx, document_ids), NextStep.RECORD_ANSWER)
    found |= dict.fromkeys(rows.undelivered(tx, document_ids), NextStep.RECORD_DELIVERY)
    return found | dict.fromkeys(rows.unkeyed(tx, document_ids), NextStep.KEY_ANSWERS)


def _reading(depot: Depot, tx: Tx, sheet: Sheet) -> tuple[Reading, Document | None]:
    """What the codes say, held against the record."""
    if sheet.broken:
        return Reading(reason=FilingReason.UNREADABLE), None
    said = read_codes(sheet.codes, depot.depot_id)
    if said.reason is not None:
        return said, None
    document = papers.by_number(tx, said.number)
    if document is None or not document.form:
        return Reading(said.number, said.page, FilingReason.UNKNOWN_NUMBER), None
    if document.voided_at is not None:
        return Reading(said.number, said.page, FilingReason.VOID), None
    if any(filed.page == said.page for filed in rows.signed_of(tx, document.id)):
        return Reading(said.number, said.page, FilingReason.SECOND_COPY), None
    return said, document


def _keep(tx: Tx, sheet: Sheet, reading: Reading, state: PageState) -> ScannedPage:
    """The page with its content."""
    scan_id = tx.new_id()
    held = attachments.file_in(
        tx, _prepared(sheet.source, sheet.page, sheet.media_type, sheet.content, sheet.sha256), case_id=None,
        unit_id=None, subject_kind="scan", subject_id=scan_id,
    )
    page = ScannedPage(
        scan_id, sheet.source, sheet.page, sheet.sha256, sheet.media_type, held.id, list(sheet.codes), reading.number,
        reading.page, reading.reason, state, tx.at, tx.by, None, None, "",
    )
    rows.add_scan(tx, page)
    return page


def _file(
    tx: Tx, scan: ScannedPage, document: Document, how: FiledHow, before: tuple[str, int] = ("", 0)
) -> str:
    """Mark the document as signed and lay the page into its cases' files; the journal entry."""
    signed = SignedPaper(
        tx.new_id(), document.id, document.number, document.form, scan.page, scan.id, document.case_id,
        document.unit_id, how, tx.at, tx.by, tx.by_name,
    )
    content = attachments.held(tx, scan.attachment_id)
    about = _cases(tx, document)
    filed = [
        attachments.file_in(
            tx, _prepared(f"{document.number}-{scan.page}", 0, scan.media_type, content, scan.sha256),
            case_id=case_id, unit_id=unit_id, subject_kind="case" if case_id else document.subject_kind,
            subject_id=case_id or document.subject_id, caption=document.number,
        ).id
        for case_id, unit_id in about
    ]
    rows.add_signed(tx, signed)
    facts = {
        "number": document.number, "form": document.form, "page": scan.page, "source": scan.source, "signed": signed.id,
        "attachments": filed, "before": list(before),
    }
    action = "filing.file" if how is FiledHow.BY_CODE else "filing.match"
    entries = journal.record_many(tx, action, [
        {
            "subject_kind": "scan", "subject_id": scan.id, "subject_number": document.number, "case_id": case_id,
            "unit_id": unit_id, "facts": facts, "undoes": None,
        }
        for case_id, unit_id in about
    ])
    return entries[0]


def _cases(tx: Tx, document: Document) -> list[tuple[str | None, str | None]]:
    """(case, unit) of each case a paper is about; one line without a case where it is about none."""
    if document.case_id:
        case = receiving_rows.case(tx, document.case_id)
        return [(document.case_id, document.unit_id or (case.unit_id if case else None))]
    found: Iterable[tuple[str | None, str | None]] = ()
    if document.subject_kind == "handover":
        found = [(row.case_id, row.unit_id) for row in handover_lists.cases_of(tx, document.subject_id)]
    elif document.subject_kind == "shipment":
        found = returning_rows.cases_of_shipment(tx, document.subject_id)
    cases = list(dict.fromkeys(pair for pair in found if pair[0]))
    return cases or [(None, document.unit_id)]


def _prepared(source: str, page: int, media_type: str, content: bytes, sha256: str) -> Prepared:
    stem = Path(source).stem
    name = (f"{stem}-{page}.jpg" if page else f"{source}.jpg") if media_type == "image/jpeg" else source
    return Prepared(name, AttachmentKind.PAPER, media_type, content, sha256)


def _waiting(tx: Tx, scan_id: str) -> ScannedPage:
    scan = rows.scan(tx, scan_id)
    if scan is None or scan.state is not PageState.WAITING:
        raise Refused("filing.not-waiting")
    return scan


def _put_away(path: Path, into: Path) -> None:
    """Move a scan that is done; one of the same name that lies there already keeps its name."""
    try:
        into.mkdir(parents=True, exist_ok=True)
        target, number = into / path.name, 1
        while target.exists():
            number += 1
            target = into / f"{path.stem}-{number}{path.suffix}"
        path.rename(target)
    except OSError as error:
        raise Refused("filing.not-moved", field="file", name=path.name, folder=into.name) from error


__all__ = ["UNDO", "Decided", "Fate", "Filed", "FiledPage", "Waived", "file_page", "file_scans", "match", "reject",
           "waive"]
