"""F23 from the record."""

from __future__ import annotations

from app.depot import Depot
from app.domain.codes import CauseClass
from app.domain.places import Place
from app.domain.slips import AlarmPaper, AlarmUnit, Signature
from app.errors import Refused
from app.i18n import N_, Translator
from app.persistence import alarms as rows
from app.persistence.transaction import Tx
from app.services.slips.heads import local, maybe_local, product_name


def quality_alarm(depot: Depot, tx: Tx, alarm_id: str, t: Translator) -> AlarmPaper:
    """F23 of an alarm, taken back or not. Refused: ``slips.unknown``."""
    found = rows.get(tx, alarm_id)
    if found is None:
        raise Refused("slips.unknown", field="number", value=alarm_id)
    return AlarmPaper(
        product_name(tx, found.product_id, t.language), found.lot, found.serial, found.case_number, found.origin_kind,
        found.severity, found.symptom, found.finding, depot.local_day(found.raised_at), found.answer_due_on,
        tuple(AlarmUnit(unit.serial, Place(unit.place), unit.returns) for unit in found.others), found.investigation,
        CauseClass(found.cause_class) if found.cause_class else "", found.action,
        depot.local_day(found.answered_at) if found.answered_at else None, found.result,
        depot.local_day(found.closed_at) if found.closed_at else None,
        (
            Signature(t(N_("Raised by")), found.raised_by_name, local(depot, found.raised_at)),
            Signature(t(N_("R&D engineer")), found.answered_by_name, maybe_local(depot, found.answered_at)),
            Signature(t(N_("QA")), found.closed_by_name, maybe_local(depot, found.closed_at)),
        ),
    )
