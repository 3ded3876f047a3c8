"""What the page of signed papers looks at: the inbox, what is to be keyed, what is awaited, what is on file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from app.depot import Depot
from app.domain.filing import NextStep, PageState, ScannedPage
from app.domain.policy_values import PolicyName
from app.domain.today import Waiting
from app.errors import Refused
from app.persistence import attachments as attachment_rows
from app.persistence import filing as rows
from app.persistence import papers
from app.persistence.filing import AwaitedRow, FiledRow
from app.persistence.papers import PaperRow
from app.persistence.transaction import Tx
from app.services.filing import next_steps

#: Most lines of a list: who has more waiting needs other help than a list.
MOST = 1000


@dataclass(frozen=True, slots=True)
class Awaited:
    """A paper that is not back. ``due_on``: until when it was expected; ``days_left``: negative when late."""

    row: AwaitedRow
    gone_on: date
    due_on: date
    days_left: int


@dataclass(frozen=True, slots=True)
class FiledLine:
    """A page on file, with what it shows to be waiting."""

    row: FiledRow
    step: NextStep | None


def inbox(depot: Depot) -> tuple[ScannedPage, ...]:
    """Pages that wait for somebody to look, the oldest first."""
    with depot.read() as tx:
        return tuple(replace(page, arrived_at=page.arrived_at.astimezone(depot.zone))
                     for page in rows.scans(tx, PageState.WAITING, MOST))


def to_key(depot: Depot) -> tuple[FiledRow, ...]:
    """Feedback slips on file whose answers are not on record."""
    with depot.read() as tx:
        return tuple(_local(depot, row) for row in rows.filed(tx, to_key=True, limit=MOST))


def filed(depot: Depot, text: str = "", limit: int = 300) -> tuple[FiledLine, ...]:
    """Pages on file, the newest first; of numbers and serials that begin with ``text``."""
    with depot.read() as tx:
        found = rows.filed(tx, text=text.strip().upper(), limit=limit)
        steps = next_steps(tx, [row.document_id for row in found])
        return tuple(FiledLine(_local(depot, row), steps.get(row.document_id)) for row in found)


def awaited(depot: Depot, *, overdue: bool = False) -> tuple[Awaited, ...]:
    """Papers that customers have to sign and that are not back, the longest gone first; ``overdue``: late ones only."""
    with depot.read() as tx:
        days, today = days_allowed(depot, tx), depot.local_day(tx.at)
        before = _start(depot, today - timedelta(days=days)) if overdue else None
        found = []
        for row in rows.awaited(tx, gone_before=before, limit=MOST):
            gone = depot.local_day(row.since)
            due = gone + timedelta(days=days)
            found.append(Awaited(row, gone, due, (due - today).days))
        return tuple(found)


def picture(depot: Depot, scan_id: str) -> bytes:
    """The page as it was scanned, upright. Refused: ``filing.gone``, ``filing.no-picture``."""
    with depot.read() as tx:
        scan = rows.scan(tx, scan_id)
        held = attachment_rows.blob(tx, scan.sha256) if scan else None
    if scan is None or held is None:
        raise Refused("filing.gone")
    if scan.media_type != "image/jpeg":
        raise Refused("filing.no-picture", name=scan.source)
    return held


def candidates(depot: Depot, text: str, limit: int = 30) -> tuple[PaperRow, ...]:
    """Papers for a page that is matched by hand: by number, or all of a serial or case number."""
    with depot.read() as tx:
        wanted = text.strip().upper()
        case = papers.by_number(tx, wanted) if wanted else None
        if case is not None and case.case_id and case.subject_kind == "case":
            return tuple(
                PaperRow(d.id, d.number, d.form, d.case_id, d.unit_id, "", d.issued_at.astimezone(depot.zone), "",
                         d.voided_at is not None, 0)
                for d in papers.of_case(tx, case.case_id) if d.form and d.voided_at is None
            )
        return tuple(row for row in papers.listed(tx, form="", text=wanted, limit=limit) if not row.voided)


def counts(depot: Depot, tx: Tx) -> Waiting:
    """What waits on the page: the inbox and slips to be keyed; papers that are overdue count as late."""
    overdue = late(depot, tx)
    return Waiting(rows.count_scans(tx, PageState.WAITING) + rows.count_to_key(tx) + overdue, overdue)


def late(depot: Depot, tx: Tx) -> int:
    """How many papers should be back signed and are not."""
    return rows.count_awaited(tx, _start(depot, depot.local_day(tx.at) - timedelta(days=days_allowed(depot, tx))))


def days_allowed(depot: Depot, tx: Tx) -> int:
    """Calendar days until a signed paper is overdue (policy)."""
    return depot.policy(tx).whole(PolicyName.SIGNED_PAPER_DAYS)


def _start(depot: Depot, day: date) -> datetime:
    return datetime.combine(day, time(), depot.zone)


def _local(depot: Depot, row: FiledRow) -> FiledRow:
    return replace(row, filed_at=row.filed_at.astimezone(depot.zone))
