"""The receiver's half of a transfer between depots: what is coming, taken in as a case of its own, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain.masterdata import Customer, Product
from app.domain.people import Action
from app.domain.receiving import Intake, IntakeView, ReturnCase, Unit
from app.domain.serials import ANY
from app.domain.transfers import Answer, Coming, Receipt
from app.domain.warranty_entries import Reversed, entry_as_dict, entry_from_dict
from app.errors import Refused
from app.persistence import journal, masterdata
from app.persistence import receiving as receiving_rows
from app.persistence import transfers as rows
from app.persistence import warranty as warranty_rows
from app.persistence.transaction import Tx
from app.services import clocks, transfer_joining, warranty
from app.services.transfer_joining import Joined

_CHANGES = Changes.CASES | Changes.UNITS | Changes.SYNC
_LIMIT = 500
#: What the sender knows of a unit and the receiver's clerk may have left open.
_KNOWN = ("lot", "manufactured_on", "shipped_on", "accepted_on")


@dataclass(frozen=True, slots=True)
class TransferRefused:
    """The unit is not taken; its sender is told by the night."""

    number: str
    from_depot: str
    entry_id: str
    changes: Changes = _CHANGES


def coming(depot: Depot) -> tuple[Coming, ...]:
    """Units that other depots handed on to this one and that are not here yet, the longest under way first."""
    with depot.read() as tx:
        return rows.coming(tx)


def answers(depot: Depot) -> tuple[Receipt, ...]:
    """What this depot answered, newest first."""
    with depot.read() as tx:
        return rows.answers(tx, _LIMIT)


def intake_of(depot: Depot, text: str) -> IntakeView:
    """The intake of the transfer with the number ``text``, as the sender knew it; empty where only the paper came.

    Refused: the codes of ``transfer_joining.named``.
    """
    with depot.read() as tx:
        joined = transfer_joining.named(depot, tx, text)
        return view(tx, joined)


def view(tx: Tx, joined: Joined) -> IntakeView:
    """The same inside a running transaction."""
    if joined.coming is None:
        return IntakeView(Intake("", "", "", "", transfer=joined.number), joined.number, "", "", "", "", ANY)
    story = joined.coming.story
    product = masterdata.get(tx, Product, story.intake.product_id)
    customer = masterdata.get(tx, Customer, story.intake.customer_id)
    intake = replace(
        story.intake, transfer=joined.number,
        product_id=product.id if product else "", product_model="" if product else story.model,
        customer_id=customer.id if customer else "", customer_name="" if customer else story.customer,
    )
    return IntakeView(
        intake, joined.number, story.model, story.product_zh, story.product_en, story.customer,
        product.rule if product else ANY,
    )


def for_serial(tx: Tx, serial: str) -> IntakeView | None:
    """The intake of the one unit with this serial that is coming; ``None``: none, or several."""
    found = [each for each in rows.coming(tx) if each.serial == serial]
    return view(tx, Joined(found[0].number, found[0].from_depot, found[0])) if len(found) == 1 else None


def arrived(depot: Depot, tx: Tx, joined: Joined, case: ReturnCase, unit: Unit) -> None:
    """The unit was taken in as ``case``: the sender is told, and what the transfer carries is taken over."""
    _end_refusal(tx, joined.number)
    receipt = Receipt(
        tx.new_id(), joined.number, joined.from_depot, Answer.RECEIVED.value, case.id, case.number, unit.id, "",
        tx.at, tx.by, tx.by_name, tx.at if joined.coming else None,
    )
    rows.add_receipt(tx, receipt)
    if joined.coming is not None:
        _carry_warranty(depot, tx, unit.id, joined.coming)
    _record(tx, "transfers.receive", receipt, {
        "depot": joined.from_depot, "number": joined.number, "paper_only": joined.coming is None,
    })


def unarrived(tx: Tx, case_id: str) -> None:
    """The receipt of a case was undone: the unit is coming again."""
    receipt = rows.receipt_of_case(tx, case_id)
    if receipt is not None:
        rows.change_receipt(tx, receipt.id, deleted_at=tx.at)


def refuse(depot: Depot, text: str, reason: str) -> TransferRefused:
    """Do not take a unit that another depot sent; it is told with its next night.

    Refused: ``transfers.refusal-reason``, ``transfers.not-announced``, ``transfers.refused-already``, the codes of
    ``transfer_joining.named``.
    """
    depot.require(Action.RECEIVE)
    if not reason.strip():
        raise Refused("transfers.refusal-reason", field="reason")
    with depot.write() as tx:
        joined = transfer_joining.named(depot, tx, text)
        if joined.coming is None:
            raise Refused("transfers.not-announced", field="transfer", number=joined.number)
        if rows.receipt(tx, joined.number) is not None:
            raise Refused("transfers.refused-already", field="transfer", number=joined.number)
        entry_id = refused(tx, joined, reason.strip())
    return TransferRefused(joined.number, joined.from_depot, entry_id)


def refused(tx: Tx, joined: Joined, reason: str) -> str:
    """Write the refusal inside a running transaction; returns the journal entry, which can be taken back."""
    _end_refusal(tx, joined.number)
    receipt = Receipt(
        tx.new_id(), joined.number, joined.from_depot, Answer.REFUSED.value, None, "", None, reason, tx.at, tx.by,
        tx.by_name, tx.at,
    )
    rows.add_receipt(tx, receipt)
    return _record(tx, "transfers.refuse", receipt, {"depot": joined.from_depot, "reason": reason})


def settle(depot: Depot, tx: Tx) -> int:
    """What units received on their paper alone could not bring is taken over, now that the night has; how many."""
    found = rows.to_settle(tx)
    for receipt in found:
        announced, case = rows.announced(tx, receipt.number), receiving_rows.case(tx, receipt.case_id or "")
        unit = receiving_rows.unit(tx, receipt.unit_id or "")
        if announced is None or case is None or unit is None:
            continue
        story = announced.story
        learnt = {name: told for name in _KNOWN if not getattr(unit, name) and (told := getattr(story.intake, name))}
        if learnt:
            receiving_rows.change_unit(tx, unit.id, **learnt)
        receiving_rows.change_case(
            tx, case.id, counts_from=story.received_at, visit_no=max(case.visit_no, story.visit_no),
            promised_on=case.promised_on or story.intake.promised_on,
        )
        _carry_warranty(depot, tx, unit.id, announced)
        rows.change_receipt(tx, receipt.id, settled_at=tx.at)
        clocks.refresh_due(depot, tx, case.id)
        _record(tx, "transfers.settle", receipt, {"depot": receipt.from_depot, "number": receipt.number})
    return len(found)


def _carry_warranty(depot: Depot, tx: Tx, unit_id: str, announced: Coming) -> None:
    """The entries of the sender's ledger that still count and are not in this depot's already."""
    known = [_said(entry_as_dict(row.entry)) for row in warranty_rows.of_unit(tx, unit_id)]
    gone = {entry["reverses"] for entry in announced.story.warranty if entry["kind"] == Reversed.__name__}
    for entry in announced.story.warranty:
        if entry["kind"] == Reversed.__name__ or entry["entry_id"] in gone or _said(entry) in known:
            continue
        warranty.add_entry(depot, tx, unit_id, entry_from_dict(entry), reason=announced.number)


def _said(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "entry_id"}


def _end_refusal(tx: Tx, number: str) -> None:
    """A refusal that stands gives way: the unit comes after all."""
    before = rows.receipt(tx, number)
    if before is not None:
        rows.change_receipt(tx, before.id, deleted_at=tx.at)


def _record(tx: Tx, action: str, receipt: Receipt, facts: dict[str, Any]) -> str:
    return journal.record(
        tx, action, subject_kind="transfer_receipt", subject_id=receipt.id, subject_number=receipt.number,
        case_id=receipt.case_id, unit_id=receipt.unit_id, facts=facts,
    )


__all__ = [
    "TransferRefused", "answers", "arrived", "coming", "for_serial", "intake_of", "refuse", "refused", "settle",
    "unarrived", "view",
]
