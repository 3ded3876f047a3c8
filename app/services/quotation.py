"""Quotations: draft, send, record the answer, quote anew, withdraw (spec 1 §3; F19).

While a quotation waits for the customer the turnaround clock stands still: sent and answered through the same two
doors as any question to the customer (``services.referring``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from app.changes import Changes
from app.depot import Depot
from app.domain import quotation as rules
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.policy_values import PolicyName
from app.domain.quotation import Answer, ConsentMethod, Draft, LineKind, Quotation, QuotationState, QuoteLine
from app.domain.rulings import Outcome
from app.domain.signing import OutsideSignature, Party
from app.domain.stages import Stage
from app.domain.tariffs import RateClass, Tariff
from app.domain.warranty import WarrantyState
from app.errors import Refused
from app.persistence import journal, node
from app.persistence import quotation as rows
from app.persistence import receiving as receiving_rows
from app.persistence import tariffs as tariff_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import bench as bench_rows
from app.services import disposition, meanwhile, referring, signing
from app.services.bench import Bench
from app.services.undoing import Way

_CHANGES = Changes.MONEY | Changes.CASES | Changes.REPAIRS


@dataclass(frozen=True, slots=True)
class Quoted:
    """Something happened to a quotation; ``entry_id`` can be undone where ``UNDO`` knows its way."""

    quotation: Quotation
    stage: Stage
    entry_id: str
    changes: Changes = _CHANGES | Changes.DOCUMENTS


def save(depot: Depot, draft: Draft) -> Quoted:
    """Write a draft, or write over one: priced with the tariff of today, nothing told to the customer yet.

    Refused: the codes of ``domain.quotation.draft_problems``, ``tariffs.none``, ``tariffs.expired``,
    ``quotation.open-already``, ``quotation.not-draft``, ``quotation.changed-meanwhile``, ``quotation.covered``,
    ``quotation.not-now``, ``repair.not-diagnosed``.
    """
    depot.require(Action.QUOTE)
    with depot.write() as tx:
        bench = _quotable(tx, draft.case_id)
        today = depot.local_day(tx.at)
        tariff = tariff_rows.on(tx, today)
        lines = _priced(depot, tx, draft, tariff)
        percent = rules.lowest_percent(tariff) if draft.percent is None else draft.percent
        amounts = rules.amounts(lines, percent, tariff)
        policy = depot.policy(tx)
        values = {
            "region": draft.region.value, "percent": percent, "total_fen": amounts.total.fen,
            "note": draft.note.strip(), "tariff_version": tariff.version, "tariff": tariff.plain(),
            "policy_version": policy.version, "priced_on": today,
        }
        if draft.quotation_id:
            before = _draft(depot, tx, draft.quotation_id, draft.seq)
            rows.change(tx, before.id, **values)
            rows.replace_lines(tx, before.id, lines)
            made = _known(tx, before.id)
        else:
            _refuse_open(tx, bench)
            made = _new(depot, tx, bench, lines, values, None)
        entry_id = _record(tx, "quotation.draft", made, bench, {
            "total": made.total_fen, "lines": len(lines), "before": draft.quotation_id or ""})
        return Quoted(made, bench.case.stage, entry_id)


def requote(depot: Depot, quotation_id: str) -> Quoted:
    """Draft the next version of a quotation with the lines it has and the tariff of today; the old one stays as it is
    until the new one is sent, or accepted where the old one was.

    Refused: ``quotation.unknown``, ``quotation.is-draft``, as :func:`save`.
    """
    depot.require(Action.QUOTE)
    with depot.write() as tx:
        old = _known(tx, quotation_id)
        if old.state is QuotationState.DRAFT:
            raise Refused("quotation.is-draft", number=old.number)
        bench = _quotable(tx, old.case_id)
        open_ = rows.open_of_case(tx, old.case_id)
        if open_ is not None and open_.state is QuotationState.DRAFT:
            raise Refused("quotation.open-already", number=open_.number)
        today = depot.local_day(tx.at)
        tariff = tariff_rows.on(tx, today)
        percent = max(old.percent, rules.lowest_percent(tariff))
        draft = Draft(old.case_id, rows.lines(tx, old.id), old.region, percent, old.note)
        lines = _priced(depot, tx, draft, tariff)
        made = _new(depot, tx, bench, lines, {
            "region": old.region.value, "percent": percent,
            "total_fen": rules.amounts(lines, percent, tariff).total.fen, "note": old.note,
            "tariff_version": tariff.version, "tariff": tariff.plain(),
            "policy_version": depot.policy(tx).version, "priced_on": today,
        }, old)
        entry_id = _record(tx, "quotation.draft", made, bench, {
            "total": made.total_fen, "lines": len(lines), "before": "", "supersedes": old.number})
        return Quoted(made, bench.case.stage, entry_id)


def send(depot: Depot, quotation_id: str) -> Quoted:
    """Notify the customer: the quotation binds until its last day, and the clock stands still.

    Refused: ``quotation.unknown``, ``quotation.not-draft``, ``quotation.priced-before`` (the tariff is another now),
    ``quotation.nothing-to-pay``, ``tariffs.expired``, ``repair.offered``, the codes of a ruling that says otherwise.
    """
    depot.require(Action.QUOTE)
    with depot.write() as tx:
        quotation = _draft(depot, tx, quotation_id)
        bench = _quotable(tx, quotation.case_id)
        today = depot.local_day(tx.at)
        tariff = tariff_rows.on(tx, today)
        lines = rows.lines(tx, quotation.id)
        if rules.priced(lines, quotation.region, tariff) != lines or tariff.version != quotation.tariff_version:
            raise Refused("quotation.priced-before", number=quotation.number, day=quotation.priced_on)
        if quotation.total_fen <= 0:
            raise Refused("quotation.nothing-to-pay", number=quotation.number)
        replaced = rows.sent_of_case(tx, quotation.case_id)
        if replaced is not None:
            rows.change(tx, replaced.id, state=QuotationState.SUPERSEDED.value, ended_at=tx.at, ended_by=tx.by)
        stage = bench.case.stage
        if stage is Stage.REFERRED:
            disposition.required(depot, tx, bench, Outcome.QUOTE)
        if stage is not Stage.AWAITING_CUSTOMER:
            bench_rows.refuse_offered(tx, bench)
            stage = referring.stand_still(tx, bench)
        until = today + timedelta(days=depot.policy(tx).whole(PolicyName.QUOTATION_VALID_DAYS))
        rows.change(tx, quotation.id, state=QuotationState.SENT.value, sent_at=tx.at, sent_by=tx.by, valid_until=until)
        sent = _known(tx, quotation.id)
        entry_id = _record(tx, "quotation.send", sent, bench, {
            "total": sent.total_fen, "until": until.isoformat(), "from": bench.case.stage.value,
            "superseded": replaced.number if replaced else "",
        })
        return Quoted(sent, stage, entry_id)


def answer(depot: Depot, quotation_id: str, given: Answer) -> Quoted:
    """Record what the customer said. Yes: back to the bench. No: the case is referred (row 9; spec 1 §4).

    Refused: ``quotation.unknown``, the codes of ``domain.quotation.answer_problems`` and of signing.
    """
    depot.require(Action.RECORD_CONSENT)
    with depot.write() as tx:
        quotation = _known(tx, quotation_id)
        on = depot.local_day(given.at or tx.at)
        if wrong := rules.answer_problems(given, quotation, tx.at, on):
            raise Refused.because(wrong)
        bench = referring.asked(tx, quotation.case_id)
        state = QuotationState.ACCEPTED if given.accepted else QuotationState.DECLINED
        rows.change(
            tx, quotation.id, state=state.value, ended_at=tx.at, ended_by=tx.by, consent=given.method.value,
            consent_name=given.name.strip(), consent_phone=given.phone.strip(), consent_at=given.at or tx.at,
            signature_id=_signature(depot, tx, quotation, given), reason=given.reason.strip(),
        )
        _ruling_done(tx, bench)
        if given.accepted:
            _supersede_agreed(tx, quotation)
            stage = referring.agree(depot, tx, bench, given.name, quotation.number).stage
        else:
            referring.decline(depot, tx, bench, given.name, given.reason or quotation.number)
            stage = Stage.REFERRED
        done = _known(tx, quotation.id)
        entry_id = _record(tx, f"quotation.{'accept' if given.accepted else 'decline'}", done, bench, {
            "total": done.total_fen, "how": given.method.value, "name": given.name.strip(),
            "phone": given.phone.strip(), "at": (given.at or tx.at).isoformat(), "reason": given.reason.strip(),
        })
        return Quoted(done, stage, entry_id)


def withdraw(depot: Depot, quotation_id: str, reason: str) -> Quoted:
    """Take a draft or an open quotation back; the clock runs again, and the number stays visible as void.

    Refused: ``quotation.unknown``, ``quotation.answered``, ``quotation.reason-missing``.
    """
    depot.require(Action.QUOTE)
    if not reason.strip():
        raise Refused("quotation.reason-missing", field="reason")
    with depot.write() as tx:
        quotation = _known(tx, quotation_id)
        if quotation.state not in rules.OPEN:
            raise Refused("quotation.answered", number=quotation.number, state=quotation.state)
        bench = bench_rows.case_rows(tx, quotation.case_id)
        stage = bench.case.stage
        if quotation.state is QuotationState.SENT and stage is Stage.AWAITING_CUSTOMER:
            stage = referring.not_asked(depot, tx, bench)
        _end(tx, quotation, reason.strip())
        entry_id = _record(tx, "quotation.withdraw", quotation, bench, {"reason": reason.strip()})
        return Quoted(_known(tx, quotation.id), stage, entry_id)


# -- inside ------------------------------------------------------------------------------------------------------


def _quotable(tx: Tx, case_id: str) -> Bench:
    bench = bench_rows.case_rows(tx, case_id)
    case = bench.case
    if case.stage not in {Stage.IN_REPAIR, Stage.AWAITING_CUSTOMER, Stage.REFERRED}:
        raise Refused("quotation.not-now", number=case.number, stage=case.stage)
    if bench.order is None or bench.order.diagnosed_at is None:
        raise Refused("repair.not-diagnosed", number=case.number)
    if case.stage is Stage.IN_REPAIR and case.warranty == WarrantyState.IN.value:
        raise Refused("quotation.covered", number=case.number)
    return bench


def _refuse_open(tx: Tx, bench: Bench) -> None:
    """Another quotation of the case is open; of one that was sent the next version is drafted."""
    open_ = rows.open_of_case(tx, bench.case.id)
    if open_ is not None:
        raise Refused("quotation.open-already", number=open_.number)


def _priced(depot: Depot, tx: Tx, draft: Draft, tariff: Tariff) -> tuple[QuoteLine, ...]:
    """The lines with the prices of the tariff and of policy. Refused: the codes of the draft."""
    if wrong := rules.draft_problems(draft, tariff):
        raise Refused.because(wrong)
    fee = depot.policy(tx).whole(PolicyName.BOTH_UNITS_FEE)
    lines = tuple(
        replace(line, price_fen=fee) if line.kind is LineKind.BOTH_UNITS else line for line in draft.lines
    )
    return rules.priced(lines, draft.region, tariff)


def _new(
    depot: Depot, tx: Tx, bench: Bench, lines: tuple[QuoteLine, ...], values: Mapping[str, object],
    old: Quotation | None,
) -> Quotation:
    (number,) = node.next_number(tx, DocumentType.QUOTATION, depot.local_day(tx.at))
    version = 1 + max((q.version for q in rows.of_case(tx, bench.case.id)), default=0)
    made = Quotation(**{  # type: ignore[arg-type]  # the values are those of the record
        "id": tx.new_id(), "number": number, "case_id": bench.case.id, "version": version,
        "supersedes_id": old.id if old else None, "state": QuotationState.DRAFT, "valid_until": None,
        "drafted_at": tx.at, "drafted_by": tx.by, **values,
    })
    made = replace(made, region=RateClass(made.region))
    rows.add(tx, made, lines)
    node.record_document(
        tx, number, DocumentType.QUOTATION, "F19", subject_kind="quotation", subject_id=made.id,
        case_id=bench.case.id, unit_id=bench.unit.id,
    )
    return _known(tx, made.id)


def _known(tx: Tx, quotation_id: str) -> Quotation:
    found = rows.get(tx, quotation_id)
    if found is None:
        raise Refused("quotation.unknown", value=quotation_id)
    return found


def _draft(depot: Depot, tx: Tx, quotation_id: str, seq: int = 0) -> Quotation:
    found = _known(tx, quotation_id)
    if found.state is not QuotationState.DRAFT:
        raise Refused("quotation.not-draft", number=found.number, state=found.state)
    if seq and seq != found.seq:
        raise meanwhile.changed(depot, tx, "quotation.changed-meanwhile", found.id, number=found.number)
    return found


def _signature(depot: Depot, tx: Tx, quotation: Quotation, given: Answer) -> str | None:
    """The customer's signature row: drawn, or on the paper whose scan is filed. None on the phone."""
    if given.method is ConsentMethod.PHONE:
        return None
    drawn = given.signature if given.method is ConsentMethod.SIGNED else None
    if drawn is None and given.method is ConsentMethod.SIGNED:
        return None  # a "no" said at the counter needs no pen
    signature = drawn or OutsideSignature(Party.CUSTOMER, given.name.strip(), on_paper=True)
    return signing.sign(
        depot, tx, signature, purpose="quotation.answer", subject_kind="quotation", subject_id=quotation.id,
        field="signature",
    ).id


def _ruling_done(tx: Tx, bench: Bench) -> None:
    """Ruled to be quoted (row 4), and the customer has answered: the ruling is carried out."""
    if bench.case.outcome == Outcome.QUOTE.value:
        disposition.carried_out(tx, bench.case.id)
        receiving_rows.change_case(tx, bench.case.id, outcome=None)


def _supersede_agreed(tx: Tx, quotation: Quotation) -> None:
    """The price agreed before gives way to the one agreed now."""
    for other in rows.of_case(tx, quotation.case_id):
        if other.id != quotation.id and other.state is QuotationState.ACCEPTED:
            rows.change(tx, other.id, state=QuotationState.SUPERSEDED.value)


def _end(tx: Tx, quotation: Quotation, reason: str) -> None:
    rows.change(
        tx, quotation.id, state=QuotationState.WITHDRAWN.value, ended_at=tx.at, ended_by=tx.by, reason=reason
    )
    node.void_documents(tx, [quotation.id], "withdrawn")


def _record(tx: Tx, action: str, quotation: Quotation, bench: Bench, facts: dict[str, object]) -> str:
    return journal.record(
        tx, action, subject_kind="quotation", subject_id=quotation.id, subject_number=quotation.number,
        case_id=bench.case.id, unit_id=bench.unit.id, facts=facts,
    )


def _draft_objection(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    quotation = _known(tx, entry.subject_id)
    if quotation.state is not QuotationState.DRAFT or entry.facts["before"]:
        return Refused("undo.changed-since", number=entry.subject_number)
    return None


def _draft_back(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    _end(tx, _known(tx, entry.subject_id), "")
    return _CHANGES | Changes.DOCUMENTS


def _send_objection(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    quotation = _known(tx, entry.subject_id)
    superseded = entry.facts["superseded"]
    if quotation.state is not QuotationState.SENT or quotation.sent_at != entry.at or superseded:
        return Refused("undo.changed-since", number=entry.subject_number)
    return None


def _send_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """The customer was not told after all: a draft again, and the clock ran on."""
    if entry.facts["from"] != Stage.AWAITING_CUSTOMER.value:
        referring.ran_on(depot, tx, bench_rows.case_rows(tx, entry.case_id or ""), Stage(entry.facts["from"]))
    rows.change(
        tx, entry.subject_id, state=QuotationState.DRAFT.value, sent_at=None, sent_by=None, valid_until=None
    )
    return _CHANGES


#: An answer is the customer's word and is not taken back; a wrong one is followed by another quotation.
UNDO = {
    "quotation.draft": Way(_draft_back, _draft_objection, Action.QUOTE),
    "quotation.send": Way(_send_back, _send_objection, Action.QUOTE),
}

__all__ = ["UNDO", "Quoted", "answer", "requote", "save", "send", "withdraw"]
