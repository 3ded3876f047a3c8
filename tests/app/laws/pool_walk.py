"""A depot that works at random on what is lent, left at sites, put back and paid for, beside its hard cases."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path

from app.depot import SYSTEM, open_depot
from app.domain.codes import CauseClass, Responsibility
from app.domain.loaners import Lending as LoanerLending
from app.domain.loans import Accounted, Lending, LoanFate, LoanItem
from app.domain.masterdata import Part, Product
from app.domain.policy_values import PolicyName
from app.domain.quotation import Answer, ConsentMethod
from app.domain.signing import Party
from app.domain.spares import Carriage, Reserving, Sending, Swapping
from app.domain.stages import Stage
from app.domain.tariffs import RateClass, TariffEntry, TariffKind
from app.persistence import masterdata
from app.services import (
    loaners,
    loans,
    parts,
    policies,
    quotation,
    quotation_lists,
    repair,
    reporting,
    restock,
    spares,
    tariffs,
)
from app.services.restock import Restocking
from tests.app.laws.hard_walk import HardWalk, furnish_hard
from tests.app.laws.laws import reading, rows
from tests.builders import a_diagnosis, a_unit_at_repair, an_intake, as_person, outside, own
from tests.conftest import CHEAP, FakeClock, Ids
from tests.ends import a_spare

#: The actions and how likely each is.
WEIGHTS: dict[str, int] = {
    "reserve": 2, "release": 1, "send_spare": 6, "swap": 6, "unused": 3, "owed_gone": 1, "owed_comes": 4, "enrol": 3,
    "lend": 5, "back": 5, "loaner_gone": 1, "retire": 1, "restock": 3, "quote": 4, "quote_goes": 4, "answered": 4,
    "withdrawn": 1, "part_lent": 2, "part_back": 2, "exchange": 3, "rule": 1, "hand_over": 5, "work": 5, "pass_": 3,
    "put_away": 4, "pack": 3, "pack_exchanged": 2, "send": 3, "deliver": 3, "archive_any": 2, "undo": 4,
}
FAULTY = ("F0", "F1", "F2")
PIECES = 20


def furnish_pool(template: Path, target: Path) -> None:
    """The hard cases, more spares, units at customers, a part on the shelf, rates, and thresholds that are met."""
    furnish_hard(template, target)
    system = open_depot(
        str(target), operator=SYSTEM, clock=FakeClock(), new_id=Ids(itertools.count(600_000)), hashing=CHEAP
    )
    clerk, head = as_person(system, "clerk"), as_person(system, "manager")
    today = system.today()
    with reading(target) as eye:                # closed before the depot is, or the file is not whole without its log
        (known,) = rows(eye, "SELECT product_id, customer_id FROM units u WHERE customer_id IS NOT NULL LIMIT 1")
    with system.read() as tx:
        product = masterdata.get(tx, Product, known["product_id"])
    assert product is not None
    for n in range(3):
        a_spare(clerk, product, f"POOL{n}", manufactured_on=date(2026, 2, 1))
    for n in range(2):                                  # the user broke these: a quotation may go out
        got = a_unit_at_repair(clerk, f"PAYS{n}", product_id=product.id, shipped_on=date(2026, 3, 2))
        bench = as_person(system, "technician")
        repair.take(bench, got.case_id)
        repair.diagnose(bench, a_diagnosis(
            got.case_id, cause_class=CauseClass.USER, responsibility=Responsibility.USER))
    for serial in FAULTY:
        reporting.report(clerk, an_intake(
            clerk, serial, product_id=known["product_id"], customer_id=known["customer_id"]))
    parts.add(as_person(system, "supervisor"), Part("", "P-1", "主板", "Main board", price_fen=10_000), stock=PIECES)
    tariffs.set_rate(head, TariffEntry("", TariffKind.LABOUR, RateClass.STANDARD, 18_000, 0, today, None))
    policies.set_value(head, PolicyName.RESTOCK_QUANTITY, "1", today)
    policies.set_value(head, PolicyName.RESTOCK_VALUE, "1", today)
    system.close()


class PoolWalk(HardWalk):
    """The walk of the hard cases, and what happens to spares, loaners, quotations and borrowed parts."""

    def _in_zone_3(self) -> str:
        return str(self.pick(self.asked("SELECT id FROM units WHERE place = 'ZONE_SPARE' ORDER BY serial"))["id"])

    def _use(self, condition: str) -> str:
        return str(self.pick(self.asked(f"SELECT id FROM spare_uses WHERE {condition} ORDER BY number"))["id"])

    # -- spares ------------------------------------------------------------------------------------------------

    def reserve(self) -> None:
        until = self.depot.today() + timedelta(days=self.pick((1, 5)))
        spares.reserve(self.people["clerk"], Reserving(self._in_zone_3(), self.pick(self.customers), until))

    def release(self) -> None:
        spares.release(self.people["clerk"], self._in_zone_3())

    def send_spare(self) -> None:
        way, party = self.pick(((Carriage.FIELD_STAFF, Party.FIELD_STAFF), (Carriage.COURIER, Party.CARRIER)))
        unit = self.pick((self._in_zone_3(), self._in_zone_3(), self.pick(self.asked("SELECT id FROM units"))["id"]))
        spares.send_to_site(
            self.people["clerk"],
            Sending(unit, self.pick(self.customers), "5 号线", "停运", way, carrier="顺丰", waybill="SF1"),
            own("clerk"), outside(party=party),
        )

    def swap(self) -> None:
        use = self._use("swapped_at IS NULL AND unused_at IS NULL")
        serial = self.pick((*FAULTY, *(u["serial"] for u in self.asked("SELECT serial FROM units"))))
        spares.swap_at_site(self.people["clerk"], Swapping(use, serial, self.depot.today()), outside())

    def unused(self) -> None:
        use = self._use("swapped_at IS NULL AND unused_at IS NULL")
        party = self.pick((Party.FIELD_STAFF, Party.CARRIER))
        spares.bring_back(self.people["clerk"], use, outside(party=party), own("clerk"))

    def owed_gone(self) -> None:
        use = self._use("owed_since IS NOT NULL AND recovered_at IS NULL AND written_off_at IS NULL")
        spares.write_off(self.people["supervisor"], use, "现场已报废")

    def owed_comes(self) -> None:
        """A unit that stands outside comes to the counter, owed or not."""
        self.receive_known()

    # -- loaners -----------------------------------------------------------------------------------------------

    def enrol(self) -> None:
        unit = self.pick(self.asked("SELECT serial, product_id FROM units ORDER BY place = 'ZONE_SPARE' DESC, serial"))
        serial, signed = unit["serial"], ()
        if self.pick((0, 0, 1)):
            serial, signed = f"LOAN{self.pick(range(9))}", (outside(party=Party.STORES), own("clerk"))
        loaners.enrol(self.people["supervisor"], unit["product_id"], serial, "完好", "", *signed)

    def lend(self) -> None:
        here = self.pick(self.asked("SELECT id FROM loaners WHERE retired_at IS NULL ORDER BY id"))
        numbers = [c["number"] for c in self.cases(*Stage)]
        due = self.depot.today() + timedelta(days=14)
        loaners.lend(
            self.people["clerk"],
            LoanerLending(here["id"], self.pick(self.customers), due, "完好", case_number=self.pick(["", *numbers])),
            own("clerk"), outside(),
        )

    def _agreement(self) -> str:
        return str(self.pick(self.asked(
            "SELECT id FROM loaner_agreements WHERE back_at IS NULL AND written_off_at IS NULL ORDER BY number"))["id"])

    def back(self) -> None:
        loaners.take_back(self.people["clerk"], self._agreement(), "完好", outside(), own("clerk"))

    def loaner_gone(self) -> None:
        loaners.write_off(self.people["supervisor"], self._agreement(), "用户丢失")

    def retire(self) -> None:
        here = self.pick(self.asked("SELECT id FROM loaners WHERE retired_at IS NULL ORDER BY id"))
        signed = self.pick(((), (own("clerk"), outside(party=Party.STORES))))
        loaners.retire(self.people["supervisor"], here["id"], "不再借用", *signed)

    def restock(self) -> None:
        restock.restock(
            self.people["supervisor"], Restocking(self._in_zone_3(), 5_000_000), own("supervisor"), own("clerk"),
            outside(party=Party.STORES),
        )

    # -- money and parts ---------------------------------------------------------------------------------------

    def quote(self) -> None:
        case = self.pick(self.cases(Stage.IN_REPAIR, Stage.REFERRED))
        quotation.save(self.people["clerk"], quotation_lists.sheet(self.depot, case["id"]).proposal)

    def _quotation(self, *states: str) -> str:
        named = ", ".join(f"'{state}'" for state in states)
        return str(self.pick(self.asked(
            f"SELECT id FROM quotations WHERE state IN ({named}) AND deleted_at IS NULL ORDER BY number"))["id"])

    def quote_goes(self) -> None:
        quotation.send(self.people["clerk"], self._quotation("DRAFT"))

    def answered(self) -> None:
        said = Answer(bool(self.pick((0, 1))), ConsentMethod.PHONE, "刘工", self.clock.now, reason="贵")
        quotation.answer(self.people["clerk"], self._quotation("SENT"), said)

    def withdrawn(self) -> None:
        quotation.withdraw(self.people["clerk"], self._quotation("DRAFT", "SENT"), "写错了")

    def part_lent(self) -> None:
        (part,) = self.asked("SELECT id FROM parts")
        loans.lend(
            self.people["technician"],
            Lending((LoanItem(part["id"], self.pick((1, 3, 99))),), "现场维修", self.depot.today()),
            own("technician"), own("supervisor"),
        )

    def part_back(self) -> None:
        line = self.pick(self.asked(
            "SELECT l.id, l.loan_id FROM loan_lines l JOIN loans n ON n.id = l.loan_id WHERE n.deleted_at IS NULL"))
        fate, pieces = self.pick(tuple(LoanFate)), self.pick((1, 2))
        number = self.pick(self.cases(*Stage))["number"] if fate is LoanFate.CONSUMED else ""
        loans.give_back(
            self.people["technician"], line["loan_id"],
            [Accounted(line["id"], fate, pieces, number, reason="说明")],
        )
