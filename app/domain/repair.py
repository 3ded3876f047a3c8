"""The bench: what a technician finds, does, fits and takes out, and when the factory section is complete (art. 10.2).

One repair order per return case; it is opened again when QA fails the unit, and every action stays in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.codes import (
    CauseClass,
    RepairResult,
    Resolution,
    Responsibility,
    attribution_problems,
    result_problems,
)
from app.domain.stages import Stage
from app.errors import Problem

#: Longer labour on one entry is a typing error: one week.
MOST_MINUTES = 7 * 24 * 60
#: More pieces of one part on one unit is a typing error.
MOST_PIECES = 9999


class PartUse(StrEnum):
    """What happened to a part."""

    ADD = "ADD"                  # a new part went in
    REMOVE = "REMOVE"            # an old part came out and is kept or thrown away
    RECYCLE = "RECYCLE"          # a good part came out and goes into stock for another unit


class OldPart(StrEnum):
    """Whether the old part was handed in for a new one (old-for-new, 以旧换新)."""

    NONE = ""                    # there was none, or nobody asked for it
    YES = "YES"
    NO = "NO"                    # with the reason


class BenchState(StrEnum):
    """How far the bench work of a case is."""

    UNTAKEN = "UNTAKEN"
    DIAGNOSING = "DIAGNOSING"
    REPAIRING = "REPAIRING"
    FINISHED = "FINISHED"        # factory section complete, to be handed to QA
    WAITING = "WAITING"          # for the customer's answer
    REFERRED = "REFERRED"        # to be handed to after-sales for a ruling


class Scope(StrEnum):
    """Whose work the bench shows."""

    MINE = "MINE"
    UNTAKEN = "UNTAKEN"
    ALL = "ALL"


@dataclass(frozen=True, slots=True)
class RepairOrder:
    """The bench work of one case (维修记录). Codes and classes are texts of the enumerations; empty = not known yet.

    ``number`` is the case's own. ``finished_at``: the factory section is complete. ``seq`` moves with each change.
    """

    id: str
    number: str
    case_id: str
    unit_id: str
    technician_id: str
    technician_name: str
    confirmed_symptom: str
    symptom_code: str
    fault_code: str
    fault: str
    cause_class: str
    responsibility: str
    cause: str
    resolution_code: str
    work_done: str
    labour_minutes: int
    result: str | None
    started_at: datetime
    diagnosed_at: datetime | None
    finished_at: datetime | None
    seq: int = 0


@dataclass(frozen=True, slots=True)
class RepairAction:
    """One thing done at the bench. ``reverses_id`` names the action that this one takes back."""

    id: str
    repair_order_id: str
    text: str
    minutes: int
    at: datetime
    by: str
    by_name: str
    reverses_id: str | None = None


@dataclass(frozen=True, slots=True)
class RepairPart:
    """A part put in or taken out. ``part_id`` is ``None`` for one that is not in the list of parts.

    ``place_id``, ``grade``: which pieces of the stock. ``price_fen``: list price of one that day; ``credit_fen``: what
    the old part handed in takes off one piece (``old_part``: a text of ``OldPart``).
    """

    id: str
    repair_order_id: str
    part_id: str | None
    part_no: str
    name: str
    kind: str
    quantity: int
    removed_serial: str
    fitted_serial: str
    key_part: bool
    at: datetime
    by: str
    place_id: str = ""
    grade: str = "NEW"
    name_en: str = ""
    price_fen: int = 0
    old_part: str = ""
    old_reason: str = ""
    credit_fen: int = 0


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the technician found. ``seq``: of the order as it was read, 0 when it was not."""

    case_id: str
    confirmed_symptom: str
    cause_class: CauseClass | None
    responsibility: Responsibility | None
    symptom_code: str = ""
    fault_code: str = ""
    fault: str = ""
    cause: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class PartEntry:
    """A part as the technician enters it: one of the list (``part_id``), or by number and name.

    ``place_id`` ``None``: the technician's own place if there is enough there, else the main store. ``used``: a used
    piece that was re-inspected.
    """

    case_id: str
    kind: PartUse
    quantity: int = 1
    part_id: str | None = None
    part_no: str = ""
    name: str = ""
    removed_serial: str = ""
    fitted_serial: str = ""
    key_part: bool = False
    place_id: str | None = None
    used: bool = False
    old_part: OldPart = OldPart.NONE
    old_reason: str = ""


@dataclass(frozen=True, slots=True)
class Finish:
    """The end of the bench work: the factory section is complete. ``labour_minutes``: of the whole repair."""

    case_id: str
    work_done: str
    resolution: Resolution | None
    result: RepairResult | None
    labour_minutes: int
    seq: int = 0


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One case in the bench queue. ``fails``: inspection runs that failed; ``offered_in``: the open offer it is in."""

    case_id: str
    case_number: str
    unit_id: str
    serial: str
    model: str
    product_zh: str
    product_en: str
    customer: str
    symptom: str
    urgency: str
    stage: Stage
    state: BenchState
    due_on: date | None
    paused_at: datetime | None
    placed_at: datetime
    technician_id: str
    technician_name: str
    fails: int
    offered_in: str


@dataclass(frozen=True, slots=True)
class EarlierRepair:
    """What an earlier visit of the unit said: for the technician who has it again."""

    case_id: str
    case_number: str
    visit_no: int
    received_at: datetime | None
    symptom: str
    fault: str
    cause_class: str
    work_done: str
    result: str
    technician_name: str
    returned_at: datetime | None


#: Results after which the unit goes on to QA; the others need a ruling (art. 10.4).
TO_QA: frozenset[RepairResult] = frozenset({RepairResult.REPAIRED, RepairResult.NFF})


def state_of(stage: Stage, *, taken: bool, diagnosed: bool, finished: bool) -> BenchState:
    """How far the bench work is, from what the record holds."""
    if stage is Stage.AWAITING_CUSTOMER:
        return BenchState.WAITING
    if stage is Stage.REFERRED:
        return BenchState.REFERRED
    if not taken:
        return BenchState.UNTAKEN
    if finished:
        return BenchState.FINISHED
    return BenchState.REPAIRING if diagnosed else BenchState.DIAGNOSING


def diagnosis_problems(diagnosis: Diagnosis) -> list[Problem]:
    """What is missing in a diagnosis (art. 10.2).

    Codes: ``repair.symptom-missing``, ``repair.fault-missing`` (a fault found must be named), ``repair.cause-missing``,
    ``repair.responsibility-missing``, ``codes.blame-contradicts``.
    """
    found = []
    if not diagnosis.confirmed_symptom.strip():
        found.append(Problem("confirmed_symptom", "repair.symptom-missing"))
    if diagnosis.cause_class is None:
        found.append(Problem("cause_class", "repair.cause-missing"))
    elif diagnosis.cause_class is not CauseClass.NFF and not (diagnosis.fault.strip() or diagnosis.fault_code):
        found.append(Problem("fault", "repair.fault-missing"))
    if diagnosis.responsibility is None:
        found.append(Problem("responsibility", "repair.responsibility-missing"))
    if diagnosis.cause_class is not None and diagnosis.responsibility is not None:
        found += attribution_problems(diagnosis.cause_class, diagnosis.responsibility)
    return found


def action_problems(text: str, minutes: int) -> list[Problem]:
    """``repair.action-missing``, ``repair.minutes``."""
    found = [] if text.strip() else [Problem("text", "repair.action-missing")]
    if not 0 <= minutes <= MOST_MINUTES:
        found.append(Problem("minutes", "repair.minutes", {"value": minutes, "most": MOST_MINUTES}))
    return found


def part_problems(entry: PartEntry) -> list[Problem]:
    """What is wrong with a part as entered.

    Codes: ``repair.part-missing``, ``repair.part-quantity``, ``repair.part-serials`` (several pieces cannot share one
    serial), ``repair.part-same-serial``, ``repair.part-no-serial`` (a key part is followed by its serial),
    ``repair.part-no-old-serial`` (so is the one taken out), ``repair.old-part-reason`` (why it was not handed in).
    """
    found = []
    if entry.part_id is None and not entry.name.strip() and not entry.part_no.strip():
        found.append(Problem("part", "repair.part-missing"))
    if not 1 <= entry.quantity <= MOST_PIECES:
        found.append(Problem("quantity", "repair.part-quantity", {"value": entry.quantity, "most": MOST_PIECES}))
    removed, fitted = entry.removed_serial.strip(), entry.fitted_serial.strip()
    if entry.quantity > 1 and (removed or fitted):
        found.append(Problem("quantity", "repair.part-serials", {"value": entry.quantity}))
    if removed and removed == fitted:
        found.append(Problem("fitted_serial", "repair.part-same-serial", {"value": fitted}))
    if entry.key_part and entry.kind is PartUse.ADD and not fitted:
        found.append(Problem("fitted_serial", "repair.part-no-serial"))
    if entry.key_part and entry.kind is not PartUse.ADD and not removed:
        found.append(Problem("removed_serial", "repair.part-no-old-serial"))
    if entry.kind is PartUse.ADD and entry.old_part is OldPart.NO and not entry.old_reason.strip():
        found.append(Problem("old_reason", "repair.old-part-reason"))
    return found


def finish_problems(finish: Finish, order: RepairOrder) -> list[Problem]:
    """What the factory section still lacks before it is complete (art. 10.2).

    Codes: ``repair.not-diagnosed``, ``repair.result-missing``, ``repair.resolution-missing``,
    ``repair.work-missing``, ``repair.minutes``, ``codes.result-contradicts``.
    """
    found = []
    if order.diagnosed_at is None:
        found.append(Problem("confirmed_symptom", "repair.not-diagnosed", {"number": order.number}))
    if finish.result is None:
        found.append(Problem("result", "repair.result-missing"))
    elif order.diagnosed_at is not None and finish.result in {RepairResult.REPAIRED, RepairResult.NFF}:
        found += result_problems(finish.result, CauseClass(order.cause_class))
    if finish.resolution is None:
        found.append(Problem("resolution", "repair.resolution-missing"))
    if not finish.work_done.strip():
        found.append(Problem("work_done", "repair.work-missing"))
    if not 0 <= finish.labour_minutes <= MOST_MINUTES:
        found.append(
            Problem("labour_minutes", "repair.minutes", {"value": finish.labour_minutes, "most": MOST_MINUTES})
        )
    return found


def standing(actions: Sequence[RepairAction]) -> tuple[RepairAction, ...]:
    """The actions that were not taken back, in their order."""
    reversed_ids = {action.reverses_id for action in actions if action.reverses_id}
    return tuple(a for a in actions if a.reverses_id is None and a.id not in reversed_ids)


def net_use(parts: Sequence[RepairPart]) -> Mapping[str, int]:
    """By part id, how many pieces the repair took out of stock (negative: gave to stock)."""
    balance: dict[str, int] = {}
    for part in parts:
        if part.part_id is not None:
            balance[part.part_id] = balance.get(part.part_id, 0) + stock_effect(part) * -1
    return balance


def stock_effect(part: RepairPart) -> int:
    """What the entry does to the stock of the part, in pieces: fitted −, recycled +, thrown away 0."""
    return {PartUse.ADD: -part.quantity, PartUse.RECYCLE: part.quantity}.get(PartUse(part.kind), 0)
