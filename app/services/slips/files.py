"""The unit file and the customer file on paper, in the words of the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from app.depot import Depot
from app.domain.codes import RepairResult
from app.domain.files import FiledAgreement, FiledAnswer, FiledCase, FiledPaper, FiledPrice
from app.domain.followups import FollowUpRow, FollowUpState
from app.domain.masterdata import CustomerKind
from app.domain.money import Money
from app.domain.rulings import Outcome
from app.domain.slips import FormId
from app.domain.slips.files import CustomerFilePaper, FileSection, UnitFilePaper
from app.i18n import N_, Translator
from app.labels import label
from app.services import files, warranty_entering
from app.services.files import CustomerFile, UnitFile


def unit_file(depot: Depot, unit_id: str, t: Translator) -> UnitFilePaper:
    """One file per unit. Refused: ``files.unknown-unit``."""
    found = files.unit_file(depot, unit_id)
    unit, state = found.unit, found.file.state
    judged = warranty_entering.view(depot, unit_id).judgement
    product = found.product
    name = (product.name_zh if t.language.startswith("zh") else product.name_en or product.name_zh) if product else ""
    facts = (
        ((t(N_("Serial number")), unit.serial), (t(N_("Product")), f"{product.model} {name}" if product else ""),
         (t(N_("Customer")), found.customer)),
        ((t(N_("Lot")), unit.lot), (t(N_("Manufactured on")), _day(unit.manufactured_on)),
         (t(N_("Shipped on")), _day(unit.shipped_on)), (t(N_("Accepted on")), _day(unit.accepted_on))),
        ((t(N_("Place")), label(unit.place, t)), (t(N_("Warranty")), label(judged.period, t)),
         (t(N_("Software version")), state.software)),
    )
    stories = (
        (t(N_("As it was built")), state.original), (t(N_("As it was shipped")), state.shipped),
        (t(N_("Technical agreement")), state.agreement), (t(N_("Remark")), state.note),
    )
    return UnitFilePaper(depot.today(), facts, stories, (
        _parts(found, t), _cases(depot, found.cases, t), _fitted(depot, found, t),
        _agreements(depot, found.agreements, t), _prices(depot, found.prices, t),
        _satisfaction(depot, found.answers, found.follow_ups, t), _complaints(depot, found, t),
        _papers(depot, found.papers, t),
    ), code=unit.serial)


def customer_file(depot: Depot, customer_id: str, t: Translator) -> CustomerFilePaper:
    """One file per customer. Refused: ``files.unknown-customer``."""
    found = files.customer_file(depot, customer_id)
    customer = found.customer
    facts = (
        ((t(N_("Customer")), customer.name), (t(N_("Code")), customer.code),
         (t(N_("Kind")), label(CustomerKind(customer.kind), t))),
        ((t(N_("Address")), customer.address), (t(N_("Contact person")), customer.contact),
         (t(N_("Telephone")), customer.phone)),
    )
    people = FileSection(
        t(N_("Contacts")), tuple(map(t, (N_("Contact person"), N_("Role"), N_("Telephone"), N_("E-mail")))),
        (3, 3, 3, 4), tuple((c.name, c.role, c.phone, c.email) for c in found.contacts))
    return CustomerFilePaper(depot.today(), facts, ((t(N_("Remark")), customer.note),), (
        people, _by_year(depot, found, t), _cases(depot, found.cases, t), _agreements(depot, found.agreements, t),
        _prices(depot, found.prices, t), _satisfaction(depot, found.answers, found.follow_ups, t),
        _complaints(depot, found, t), _papers(depot, found.papers, t),
    ), code=customer.code)


def _parts(found: UnitFile, t: Translator) -> FileSection:
    said = {None: "", True: t(N_("imported")), False: t(N_("domestic"))}
    return FileSection(
        t(N_("Key parts as shipped")),
        tuple(map(t, (N_("Part"), N_("Model"), N_("Lot"), N_("Serial number"), N_("Maker"), N_("Origin")))),
        (4, 3, 3, 3, 3, 1.6),
        tuple((p.name, p.model, p.lot, p.serial, p.maker, said[p.imported]) for p in found.file.parts))


def _cases(depot: Depot, cases: Sequence[FiledCase], t: Translator) -> FileSection:
    def came_of(case: FiledCase) -> str:
        parts = [label(case.stage, t)]
        if case.result in set(RepairResult):
            parts.insert(0, label(RepairResult(case.result), t))
        if case.outcome in set(Outcome):
            parts.insert(1, label(Outcome(case.outcome), t))
        return " · ".join(parts)

    return FileSection(
        t(N_("Return history")),
        tuple(map(t, (N_("Case no."), N_("Product, serial no."), N_("Date received"), N_("Date returned"),
                      N_("Symptom"), N_("Fault found"), N_("What came of it"), N_("Technician")))),
        (3.4, 3.2, 2, 2, 4, 3.4, 3, 1.8),
        tuple((
            c.number, f"{c.model} {c.serial}", _local(depot, c.received_at), _local(depot, c.returned_at), c.symptom,
            c.fault, came_of(c), c.technician) for c in cases))


def _fitted(depot: Depot, found: UnitFile, t: Translator) -> FileSection:
    return FileSection(
        t(N_("Parts replaced")),
        tuple(map(t, (N_("Case no."), N_("Day"), N_("Part"), N_("Part no."), N_("Quantity"), N_("Removed"),
                      N_("Fitted")))), (3.2, 2, 4, 3, 1.2, 3, 3),
        tuple((p.case_number, _local(depot, p.at), p.name, p.part_no, str(p.quantity), p.removed_serial,
               p.fitted_serial) for p in found.fitted))


def _agreements(depot: Depot, agreements: Sequence[FiledAgreement], t: Translator) -> FileSection:
    return FileSection(
        t(N_("Loaners and spares")),
        tuple(map(t, (N_("Number"), N_("What it is"), N_("Serial number"), N_("From"), N_("Until"), N_("State")))),
        (3, 3, 3, 2, 2, 2),
        tuple((
            a.number, t(N_("Loaner agreement")) if a.loaner else t(N_("Spare left at the site")), a.serial,
            _local(depot, a.since), _day(a.until), t(N_("settled")) if a.over else t(N_("running")),
        ) for a in agreements))


def _prices(depot: Depot, prices: Sequence[FiledPrice], t: Translator) -> FileSection:
    """What the customer agreed to pay, and what of it is settled."""
    return FileSection(
        t(N_("Agreed prices")),
        tuple(map(t, (N_("Quotation"), N_("Case no."), N_("Product, serial no."), N_("Agreed on"), N_("Agreed by"),
                      N_("Price agreed"), N_("Paid or on account")))), (3, 3, 3.4, 2, 2.4, 2, 2.4),
        tuple((
            p.number, p.case_number, f"{p.model} {p.serial}", _local(depot, p.agreed_at), p.agreed_by,
            str(Money(p.total_fen)), str(Money(p.settled_fen))) for p in prices))


def _satisfaction(
    depot: Depot, answers: Sequence[FiledAnswer], calls: Sequence[FollowUpRow], t: Translator
) -> FileSection:
    """Feedback slips and follow-ups in one, the newest first."""
    rows = [
        (a.at, t(N_("Feedback slip")), a.case_number or a.number, label(a.overall, t) if a.overall else "", a.opinion)
        for a in answers
    ]
    rows += [
        (c.follow_up.done_at, t(N_("Follow-up")), c.case_number or c.serial,
         " · ".join(label(one, t) for one in (c.follow_up.result, c.follow_up.grade) if one)
         or label(c.follow_up.state, t), c.follow_up.said)
        for c in calls if c.follow_up.done_at is not None
    ]
    rows.sort(key=lambda row: row[0], reverse=True)
    return FileSection(
        t(N_("Satisfaction and follow-ups")),
        tuple(map(t, (N_("Day"), N_("What it is"), N_("About"), N_("Satisfaction"), N_("What the customer said")))),
        (2, 2.4, 3.2, 3.4, 6), tuple((_local(depot, row[0]), *row[1:]) for row in rows))


def _by_year(depot: Depot, found: CustomerFile, t: Translator) -> FileSection:
    """The yearly follow-up of quality: returns, calls and complaints of each year."""
    returns = Counter(_year(depot, case.received_at) for case in found.cases)
    calls = Counter(
        _year(depot, c.follow_up.done_at) for c in found.follow_ups if c.follow_up.state is FollowUpState.DONE)
    said = Counter(_year(depot, c.complaint.taken_at) for c in found.complaints)
    years = sorted({*returns, *calls, *said} - {""}, reverse=True)
    return FileSection(
        t(N_("Year by year")),
        tuple(map(t, (N_("Year"), N_("Return cases in the year"), N_("Follow-ups"), N_("Complaints")))),
        (1, 1, 1, 1), tuple((y, str(returns[y]), str(calls[y]), str(said[y])) for y in years))


def _complaints(depot: Depot, found: UnitFile | CustomerFile, t: Translator) -> FileSection:
    return FileSection(
        t(N_("Complaints and suggestions")),
        tuple(map(t, (N_("Number"), N_("Day"), N_("About"), N_("What the customer says"), N_("What came of it"),
                      N_("State")))), (3, 2, 2.4, 5, 4, 1.8),
        tuple((
            row.complaint.number, _local(depot, row.complaint.taken_at), label(row.complaint.topic, t),
            row.complaint.story, row.complaint.result or row.complaint.answer, label(row.complaint.state, t),
        ) for row in found.complaints))


def _papers(depot: Depot, papers: Sequence[FiledPaper], t: Translator) -> FileSection:
    def name(form: str) -> str:
        return label(FormId(form), t) if form in set(FormId) else form

    return FileSection(
        t(N_("Papers")),
        tuple(map(t, (N_("Number"), N_("Paper"), N_("Drawn up on"), N_("Case no."), N_("Signed copy on file")))),
        (3.2, 4, 2, 3.2, 2.6),
        tuple((p.number, name(p.form), _local(depot, p.issued_at), p.case_number, _local(depot, p.signed_at))
              for p in papers))


def _local(depot: Depot, moment: datetime | None) -> str:
    return depot.local_day(moment).isoformat() if moment else ""


def _year(depot: Depot, moment: datetime | None) -> str:
    return _local(depot, moment)[:4]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
