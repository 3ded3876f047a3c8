"""The paper of a unit that goes on to another depot (F5T), from the record."""

from __future__ import annotations

from app.depot import Depot
from app.domain.codes import RepairResult
from app.domain.slips import Signature, TransferSlip, TransferVisit
from app.domain.spares import Carriage
from app.domain.transfers import EarlierVisit, TransferState, carried_from_dict
from app.errors import Refused
from app.i18n import N_, Translator
from app.labels import label
from app.persistence import papers
from app.persistence import transfers as rows
from app.persistence.transaction import Tx
from app.services.settings import identity_of
from app.services.slips.heads import local, signed

_ENTRIES = {
    "ProofShown": N_("proof shown"), "Downtime": N_("repair under warranty"),
    "KeyPartReplaced": N_("key part replaced"), "Extended": N_("extended"), "Voided": N_("void"),
    "RepairWarranted": N_("repair warranted"),
    "Carried": N_("carried over by exchange"), "Reversed": N_("reversed"),
}


def transfer_slip(depot: Depot, tx: Tx, handover_id: str, t: Translator) -> TransferSlip:
    """F5T of the handover with which the unit left. Refused: ``transfers.unknown``."""
    both = papers.handover(tx, handover_id)
    transfer = rows.by_handover(tx, both.number) if both else None
    if both is None or transfer is None:
        raise Refused("transfers.unknown", value=both.number if both else handover_id)
    story = carried_from_dict(transfer.carried)
    intake, own = story.intake, identity_of(tx)
    given = papers.signatures_by_id(tx, [both.giver_signature_id, both.receiver_signature_id])
    zh = t.language.startswith("zh")
    to = f"{transfer.to_depot}  {rows.known_depots(tx).get(transfer.to_depot, '')}".strip()
    return TransferSlip(
        from_depot="  ".join((own.depot_id, own.name)), to_depot=to, reason=transfer.reason,
        carriage=Carriage(transfer.carriage), serial=transfer.serial,
        product=" ".join(dict.fromkeys((story.model, (story.product_zh if zh else story.product_en)))).strip(),
        customer=story.customer, case_number=transfer.case_number, symptom=intake.symptom,
        sent_at=local(depot, transfer.sent_at), carrier=transfer.carrier, waybill=transfer.waybill, lot=intake.lot,
        contact=intake.contact, phone=intake.contact_phone, traveller=story.traveller, visit_no=story.visit_no,
        received_on=depot.local_day(story.received_at), due_on=story.due_on, tried=intake.tried,
        condition=intake.condition,
        accessories=tuple(f"{each.name} × {each.quantity}" for each in intake.accessories),
        warranty=tuple(f"{t(_ENTRIES[entry['kind']])} {entry['day']}" for entry in story.warranty),
        visits=tuple(_visit(visit) for visit in story.visits),
        answer="" if transfer.state is TransferState.UNDER_WAY else "  ".join(
            part for part in (label(transfer.state, t), transfer.answered_number) if part),
        remark=transfer.note,
        signatures=(
            signed(depot, t(N_("Sending depot")), both.giver_signature_id, given, both.giver_name),
            signed(depot, t(N_("Carried by")), both.receiver_signature_id, given, both.receiver_name or ""),
            Signature(t(N_("Receiving depot"))),
        ),
    )


def _visit(visit: EarlierVisit) -> TransferVisit:
    return TransferVisit(
        visit.number, visit.received_on, visit.symptom, visit.fault,
        RepairResult(visit.result) if visit.result in set(RepairResult) else "",
    )
