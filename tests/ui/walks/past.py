"""Earlier visits of a serial, made through the services: what a walk begins with, not what it is about."""

from __future__ import annotations

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult, Resolution, usual_responsibility
from app.domain.handover import Direction
from app.domain.inspection import Reading
from app.domain.inspection_runs import MarkMethod
from app.domain.masterdata import Customer, Product
from app.domain.returning import Packing, Proof, SendMethod
from app.domain.signing import Party
from app.persistence import masterdata
from app.services import handover, inspection, repair, returning
from app.services.handover import Offering
from app.services.inspection import Passing
from tests.builders import a_diagnosis, a_finish, a_unit_at_repair, as_person, outside, own
from tests.ends import archive
from tests.ui.walks.steps import SERIAL

GOOD = (Reading("VOUT", "48.02"), Reading("LABEL", "OK"))


def a_past_visit(side: Depot, product: Product, result: RepairResult, serial: str = SERIAL, **values: object) -> None:
    """A whole visit: at the bench with ``result``, through QA, back to the customer, the original in the archive."""
    clerk, bench, qa = (as_person(side, login) for login in ("clerk", "technician", "inspector"))
    with side.read() as tx:
        customer = next(one for one in masterdata.everything(tx, Customer) if one.address)
    case_id = a_unit_at_repair(
        side, serial, product_id=product.id, customer_id=customer.id, **values).case_id
    cause = CauseClass.NFF if result is RepairResult.NFF else CauseClass.COMPONENT_QUALITY
    repair.take(bench, case_id)
    repair.diagnose(bench, a_diagnosis(
        case_id, cause_class=cause, responsibility=usual_responsibility(cause),
        fault="" if cause is CauseClass.NFF else "输入电容鼓包"))
    done = Resolution.NOTHING_DONE if cause is CauseClass.NFF else Resolution.PART_REPLACED
    repair.finish(bench, a_finish(case_id, result=result, resolution=done))
    handover.hand_over(bench, Offering(Direction.TO_QA, (case_id,), own("technician")), own("inspector"))
    soaked = 24 * 60 if result is RepairResult.NFF else 0
    inspection.pass_and_mark(qa, Passing(case_id, GOOD, own("inspector"), MarkMethod.AFFIXED, soaked))
    handover.hand_over(qa, Offering(Direction.PASSED, (case_id,), own("inspector")), own())
    returning.put_away(clerk, [case_id], return_needed=True)
    packed = returning.pack(
        clerk, Packing((case_id,), SendMethod.COURIER, "刘工", "0731-28493000", "株洲", "顺丰速运", "SF100"))
    returning.send(clerk, packed.shipment_id, own(), outside(party=Party.CARRIER))
    returning.deliver(clerk, packed.shipment_id, outside(party=Party.CARRIER), outside(), proof=Proof.SIGNED)
    archive(side, case_id)
