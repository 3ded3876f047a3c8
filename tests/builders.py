"""What a test needs, with defaults: say only what matters."""

from __future__ import annotations

from typing import Any

from app.depot import SYSTEM, Depot, Operator
from app.domain.codes import CauseClass, RepairResult, Resolution, Responsibility, usual_responsibility
from app.domain.masterdata import Customer, Product
from app.domain.receiving import Intake
from app.domain.repair import Diagnosis, Finish
from app.domain.signing import OutsideSignature, OwnSignature, Party
from app.domain.stages import Stage
from app.persistence import masterdata
from app.persistence import receiving as receiving_rows
from app.services import handover, people, receiving, referring, repair

PIN = "4071"
STROKES = (((0.1, 0.5), (0.3, 0.2), (0.5, 0.8), (0.9, 0.4)),)


def a_customer(depot: Depot, name: str = "中车株洲所", **values: Any) -> Customer:
    """A customer in the record."""
    with depot.as_operator(SYSTEM).write() as tx:
        row = Customer(id=tx.new_id(), code=values.pop("code", f"C{tx.at:%H%M%S%f}"), name=name, **values)
        masterdata.add(tx, row)
    return row


def a_product(depot: Depot, model: str = "PSU-4800W", **values: Any) -> Product:
    """A product in the record."""
    values = {"name_zh": "电源模块", "name_en": "Power module", **values}
    with depot.as_operator(SYSTEM).write() as tx:
        row = Product(id=tx.new_id(), model=model, **values)
        masterdata.add(tx, row)
    return row


def own(login: str = "clerk", secret: str = PIN) -> OwnSignature:
    """The signature of one of the depot's people."""
    return OwnSignature(login, secret)


def outside(name: str = "刘师傅", party: Party = Party.CUSTOMER) -> OutsideSignature:
    """The drawn signature of somebody outside."""
    return OutsideSignature(party, name, STROKES)


def an_intake(depot: Depot, serial: str = "H204817736", **values: Any) -> Intake:
    """An intake that can be taken as it is; customer and product are made unless given."""
    if "customer_id" not in values:
        values["customer_id"] = a_customer(depot).id
    if "product_id" not in values:
        values["product_id"] = a_product(depot).id
    return Intake(**{"serial": serial, "symptom": "开机无输出", **values})


def a_received_unit(depot: Depot, serial: str = "H204817736", **values: Any) -> receiving.ReceivedUnit:
    """A unit that came in and stands in zone 1."""
    received = receiving.receive(depot, receiving.Receipt((an_intake(depot, serial, **values),), outside(), own()))
    return received.units[0]


def a_released_unit(depot: Depot, serial: str = "H204817736", **values: Any) -> receiving.ReceivedUnit:
    """A unit in zone 1 that an issued plan released; the plan itself is another step's business."""
    got = a_received_unit(depot, serial, **values)
    set_stage(depot, got.case_id, Stage.RELEASED)
    return got


def set_stage(depot: Depot, case_id: str, stage: Stage) -> None:
    """Put a case at a stage that another step leads to."""
    with depot.as_operator(SYSTEM).write() as tx:
        receiving_rows.change_case(tx, case_id, stage=stage)


def a_unit_at_repair(depot: Depot, serial: str = "H204817736", **values: Any) -> receiving.ReceivedUnit:
    """A unit handed over to the repair department."""
    got = a_released_unit(depot, serial, **values)
    handover.hand_over(
        as_person(depot, "clerk"), handover.Offering(handover.Direction.DISPATCH, (got.case_id,), own()),
        own("technician"),
    )
    return got


def a_diagnosis(case_id: str, **values: Any) -> Diagnosis:
    """A diagnosis that can be written as it is."""
    return Diagnosis(**{
        "case_id": case_id, "confirmed_symptom": "上电无输出，保险正常", "cause_class": CauseClass.COMPONENT_QUALITY,
        "responsibility": Responsibility.MAKER, "fault": "输入电容鼓包", **values,
    })


def a_finish(case_id: str, **values: Any) -> Finish:
    """A completed factory section."""
    return Finish(**{
        "case_id": case_id, "work_done": "更换 C12、C15", "resolution": Resolution.PART_REPLACED,
        "result": RepairResult.REPAIRED, "labour_minutes": 45, **values,
    })


def a_repaired_unit(depot: Depot, serial: str = "H204817736", **values: Any) -> receiving.ReceivedUnit:
    """A unit whose factory section is complete, still at the bench."""
    got = a_unit_at_repair(depot, serial, **values)
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(got.case_id))
    repair.finish(bench, a_finish(got.case_id))
    return got


def a_unit_in_qa(depot: Depot, serial: str = "H204817736", **values: Any) -> receiving.ReceivedUnit:
    """A repaired unit handed over to QA."""
    got = a_repaired_unit(depot, serial, **values)
    handover.hand_over(
        as_person(depot, "technician"),
        handover.Offering(handover.Direction.TO_QA, (got.case_id,), own("technician")), own("inspector"),
    )
    return got


def as_person(depot: Depot, login: str) -> Depot:
    """The same depot with ``login`` at the desk."""
    for user in people.users(depot):
        if user.login == login:
            return depot.as_operator(Operator(user.id, user.login, user.name, user.roles))
    raise LookupError(login)


def a_referred_unit(
    depot: Depot, serial: str = "H204817736", *, result: RepairResult = RepairResult.IRREPARABLE,
    cause: CauseClass = CauseClass.COMPONENT_QUALITY, at_counter: bool = True, **values: Any,
) -> receiving.ReceivedUnit:
    """A unit that the bench referred; handed over to after-sales unless told otherwise."""
    got = a_unit_at_repair(depot, serial, **values)
    bench = as_person(depot, "technician")
    repair.take(bench, got.case_id)
    repair.diagnose(bench, a_diagnosis(
        got.case_id, cause_class=cause, responsibility=usual_responsibility(cause),
        fault="" if cause is CauseClass.NFF else "主板烧毁",
    ))
    repair.finish(bench, a_finish(
        got.case_id, result=result, work_done="已全面检测", resolution=Resolution.NOTHING_DONE,
    ))
    referring.refer(bench, got.case_id)
    if at_counter:
        handover.hand_over(
            bench, handover.Offering(handover.Direction.REFERRED, (got.case_id,), own("technician")), own("clerk"),
        )
    return got
