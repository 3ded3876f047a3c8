"""What the page shows of a transfer, whichever way it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.spares import Carriage
from app.domain.transfers import Coming, Transfer, TransferState, carried_from_dict
from app.i18n import N_, _
from app.labels import label
from ui import moments, naming
from ui.models import Column
from ui.tones import Tone
from ui.widgets import age

TONES = {
    TransferState.UNDER_WAY: Tone.INFO, TransferState.RECEIVED: Tone.OK, TransferState.REFUSED: Tone.BAD,
    TransferState.TAKEN_BACK: Tone.MUTE,
}
#: A parcel that is longer under way is looked at twice.
_LONG = 7


@dataclass(frozen=True, slots=True)
class Line:
    """One transfer. ``unit_id`` is empty for a unit that is coming; ``depot``: the other one."""

    key: str
    number: str
    depot: str
    serial: str
    product: str
    customer: str
    case_number: str
    symptom: str
    reason: str
    carriage: str
    sent_at: datetime
    state: TransferState
    answer: str
    unit_id: str = ""

    @property
    def codes(self) -> set[str]:
        """What is printed on the unit and its papers."""
        return {self.number, self.serial, self.case_number} - {""}


def depot_words(code: str, names: Mapping[str, str]) -> str:
    """A depot as people know it: its code, and its name where the night has told it."""
    return f"{code} {names.get(code, '')}".strip()


def of_coming(row: Coming, names: Mapping[str, str]) -> Line:
    """A unit that another depot announced. ``names``: depot → what it is called."""
    story = row.story
    return Line(
        row.id, row.number, depot_words(row.from_depot, names), row.serial,
        naming.product(story.model, story.product_zh, story.product_en), story.customer, row.case_number,
        story.intake.symptom, row.reason, _carried(row.carriage, row.carrier, row.waybill), row.sent_at,
        TransferState.UNDER_WAY, "",
    )


def of_sent(row: Transfer, names: Mapping[str, str]) -> Line:
    """A unit that left from here."""
    story = carried_from_dict(row.carried)
    said = ""
    if row.answered_at is not None:
        day = moments.day(row.answered_at).isoformat()
        said = (
            _("{depot}, {day}: {case}").format(depot=row.answered_by, day=day, case=row.answered_number)
            if row.answered_number else
            _("{depot}, {day}: {reason}").format(depot=row.answered_by, day=day, reason=row.answer_reason)
        )
    return Line(
        row.id, row.number, depot_words(row.to_depot, names), row.serial,
        naming.product(story.model, story.product_zh, story.product_en), story.customer, row.case_number,
        story.intake.symptom, row.reason, _carried(row.carriage, row.carrier, row.waybill), row.sent_at, row.state,
        said, row.unit_id,
    )


def columns(today: Callable[[], date], *, coming: bool) -> tuple[Column[Line], ...]:
    """The columns of a list; of units that are coming there is no answer yet."""

    def days(line: Line) -> int:
        return max((today() - moments.day(line.sent_at)).days, 0)

    first: tuple[Column[Line], ...] = (
        Column("serial", N_("Serial number"), text=lambda r: r.serial, width=150, bold=True, tabular=True),
        Column("product", N_("Product"), text=lambda r: r.product, width=180, grow=True),
        Column("depot", N_("From depot") if coming else N_("To depot"), text=lambda r: r.depot, width=150),
    )
    second: tuple[Column[Line], ...] = (
        Column("customer", N_("Customer"), text=lambda r: r.customer, width=170, grow=True),
        Column("symptom", N_("Symptom"), text=lambda r: r.symptom, width=160),
    ) if coming else (
        Column("state", N_("State"), text=lambda r: label(r.state), tone=lambda r: TONES[r.state], chip=True,
               width=110),
        Column("answer", N_("Answer of the other depot"), text=lambda r: r.answer, width=210, grow=True),
    )
    last: tuple[Column[Line], ...] = (
        Column("sent", N_("Days under way"), text=lambda r: age(days(r)), sort=days, align="right", width=110,
               tone=lambda r: Tone.WARN if r.state is TransferState.UNDER_WAY and days(r) > _LONG else None,
               tip=lambda r: moments.minute(r.sent_at)),
        Column("number", N_("Transfer slip"), text=lambda r: r.number, width=150, tabular=True),
        Column("carriage", N_("Carried by"), text=lambda r: r.carriage, width=200, hidden=not coming),
        Column("reason", N_("Why it goes to another depot"), text=lambda r: r.reason, width=160, hidden=True),
        Column("case", N_("Case"), text=lambda r: r.case_number, width=150, tabular=True, hidden=True),
    )
    return (*first, *second, *last)


def _carried(carriage: str, carrier: str, waybill: str) -> str:
    return _(" · ").join(part for part in (label(Carriage(carriage)), carrier, waybill) if part)
