"""Work on site: somebody is sent, comes back and reports; the customer signs the service slip (F8)."""

from __future__ import annotations

from collections.abc import Mapping

from app.changes import Changes
from app.depot import Depot
from app.domain import site_visits as rules
from app.domain.far_days import far_problems
from app.domain.numbering import DocumentType
from app.domain.people import Action, Role
from app.domain.requests import Route
from app.domain.signing import OutsideSignature
from app.domain.site_visits import SiteVisit, Trip, TripReport
from app.errors import Refused
from app.persistence import node
from app.persistence import people as people_rows
from app.persistence import requests as rows
from app.persistence.journal import JournalEntry
from app.persistence.people import UserRecord
from app.persistence.transaction import Tx
from app.services import request_steps, signing, trip_parts
from app.services.request_steps import Stepped, require_open
from app.services.undoing import Way


def technicians(depot: Depot) -> tuple[UserRecord, ...]:
    """Who can be sent: active people whose role is technician."""
    with depot.read() as tx:
        return tuple(user for user in people_rows.everyone(tx) if _can_be_sent(user))


def send(depot: Depot, trip: Trip) -> Stepped:
    """Send a technician; the request is then solved on site, and the customer has its plan.

    Refused: ``requests.technician``, ``requests.leaves-before-call``, ``requests.leaves-far``,
    ``requests.consent-open`` (a price was told and not agreed to yet), ``requests.declined``, ``requests.not-open``.
    """
    depot.require(Action.SERVICE)
    with depot.write() as tx:
        request = require_open(tx, trip.request_id)
        technician = people_rows.by_id(tx, trip.technician_id)
        if technician is None or not _can_be_sent(technician):
            raise Refused("requests.technician", field="technician_id")
        called = depot.local_day(request.taken_at)
        if trip.leaves_on < called:
            raise Refused("requests.leaves-before-call", field="leaves_on", value=trip.leaves_on, called=called)
        if wrong := far_problems("leaves_on", "requests.leaves-far", trip.leaves_on, depot.local_day(tx.at)):
            raise Refused.because(wrong)
        if request.quoted_fen and request.consented is not True:
            code = "requests.consent-open" if request.consented is None else "requests.declined"
            raise Refused(code, number=request.number)
        visit = SiteVisit(
            tx.new_id(), request.id, technician.id, trip.leaves_on, None, "", "", 0, None, "", None, None, None, "",
            trip.note.strip(),
        )
        rows.add_visit(tx, visit)
        before = {"route": request.route.value if request.route else None,
                  "planned_at": request.planned_at.isoformat() if request.planned_at else None}
        rows.change(tx, request.id, route=Route.ON_SITE, planned_at=request.planned_at or tx.at)
        done = request_steps.record(
            tx, "site_visits.send", request, f"{technician.name} {trip.leaves_on}", before,
            facts={"visit": visit.id},
        )
        return Stepped(request.id, request.number, done.entry_id, subject_id=visit.id)


def finish(depot: Depot, report: TripReport, customer: OutsideSignature | None) -> Stepped:
    """Report on a trip; the customer signs on the screen or on paper, and the slip gets its number.

    The parts used leave the technician's loans or own place. Refused: the codes of ``site_visits.report_problems`` and
    of ``trip_parts.use_up``, ``requests.unknown-trip``, ``requests.trip-finished``, ``signing.name-missing``,
    ``signing.not-drawn``.
    """
    depot.require(Action.SERVICE)
    with depot.write() as tx:
        visit = rows.visit(tx, report.visit_id)
        if visit is None:
            raise Refused("requests.unknown-trip")
        request = require_open(tx, visit.request_id)
        if visit.finished_at is not None:
            raise Refused("requests.trip-finished")
        today = depot.local_day(tx.at)
        wrong = rules.report_problems(report, visit.leaves_on, today)
        if wrong:
            raise Refused.because(wrong)
        signed = signing.sign(
            depot, tx, customer, purpose="site_visits.finish", subject_kind="site_visit", subject_id=visit.id,
            field="customer",
        ) if customer else None
        (number,) = node.next_number(tx, DocumentType.REPAIR_SLIP, today)
        node.record_document(
            tx, number, DocumentType.REPAIR_SLIP, "F8", subject_kind="site_visit", subject_id=visit.id,
            unit_id=request.unit_id,
        )
        rows.change_visit(
            tx, visit.id, back_on=report.back_on, findings=report.findings.strip(), work=report.work.strip(),
            labour_minutes=report.labour_minutes, result=report.result, opinion=report.opinion.strip(),
            finished_at=tx.at, finished_by=tx.by, signature_id=signed.id if signed else None, slip_number=number,
        )
        used = trip_parts.use_up(tx, visit, report.parts, request.number, number)
        rows.set_parts(tx, visit.id, used.parts)
        done = request_steps.record(
            tx, "site_visits.finish", request, f"{number} {report.work.strip()}", {},
            facts={"visit": visit.id, "slip": number, "result": report.result.value if report.result else "",
                   **used.facts},
        )
        return Stepped(
            request.id, request.number, done.entry_id, subject_id=visit.id, slip_number=number,
            changes=done.changes | Changes.PARTS,
        )


def _can_be_sent(user: UserRecord) -> bool:
    return user.active and Role.TECHNICIAN.value in user.roles


def _newest(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    return request_steps.is_newest(tx, entry)


def _unsend(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.change_visit(tx, str(entry.facts["visit"]), deleted_at=tx.at)
    return request_steps.put_back(depot, tx, entry)


def _unfinish(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """The technician is on the way again; the slip's number stays visible as void, the words stay to be read."""
    visit_id = str(entry.facts["visit"])
    trip_parts.give_again(tx, entry)
    rows.change_visit(
        tx, visit_id, back_on=None, result=None, finished_at=None, finished_by=None, signature_id=None, slip_number="")
    node.void_documents(tx, [visit_id], "requests.taken-back")
    return request_steps.put_back(depot, tx, entry) | Changes.DOCUMENTS | Changes.PARTS


UNDO: Mapping[str, Way] = {
    "site_visits.send": Way(_unsend, _newest, Action.SERVICE),
    "site_visits.finish": Way(_unfinish, _newest, Action.SERVICE),
}
