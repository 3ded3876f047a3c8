"""A depot that works at random: every action is a service, called as a person would call it, on whatever is there."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.depot import SYSTEM, open_depot
from app.domain.codes import CauseClass, RepairResult, Resolution, Responsibility
from app.domain.disposition import Channel, Talk, Wish
from app.domain.handover import ROUTES, Direction, Refusal, RefusalReason, route_between
from app.domain.importing.fields import Field
from app.domain.importing.mapping import Mapping
from app.domain.inspection import Reading
from app.domain.inspection_runs import BASIC_SHEET, MarkMethod
from app.domain.masterdata import Customer, Product
from app.domain.places import ZONES, Place
from app.domain.planning import LineDraft
from app.domain.receiving import Intake
from app.domain.repair import Finish
from app.domain.returning import Packing, Proof, SendMethod
from app.domain.sheets import Cell, Sheet
from app.domain.sheets import Row as SheetRow
from app.domain.signing import Party
from app.domain.stages import Stage
from app.domain.storage import ShelfDraft
from app.domain.warranty import WarrantyState
from app.errors import Refused
from app.services import (
    amending,
    back_to_bench,
    disposition,
    handover,
    importing,
    inspection,
    notices,
    planning,
    receiving,
    referring,
    repair,
    reporting,
    returning,
    settling,
    stocktaking,
    storage,
    travellers,
    undoing,
)
from tests.app.laws.laws import Row, rows
from tests.builders import a_customer, a_diagnosis, a_product, outside, own
from tests.conftest import CHEAP, FakeClock, Ids, as_person

GIVER = {
    Direction.DISPATCH: ("clerk", "technician"), Direction.TO_QA: ("technician", "inspector"),
    Direction.BACK_TO_REPAIR: ("inspector", "technician"), Direction.PASSED: ("inspector", "clerk"),
    Direction.REFERRED: ("technician", "clerk"), Direction.BACK_TO_BENCH: ("clerk", "technician"),
    Direction.TO_LAB: ("clerk", "engineer"), Direction.LAB_TO_REPAIR: ("engineer", "technician"),
}
_COLUMNS = {field.value.lower(): field for field in Field}
STAFF = ("clerk", "supervisor", "planner", "technician", "inspector", "manager", "engineer")
CASES = """SELECT c.id, c.number, c.stage, c.product_id, c.customer_id, c.unit_id, c.result, u.place, u.serial,
    u.shelf_id, t.id AS traveller_id, t.archived_at,
    EXISTS (SELECT 1 FROM repair_orders o WHERE o.case_id = c.id AND o.deleted_at IS NULL
        AND o.finished_at IS NOT NULL) AS finished,
    EXISTS (SELECT 1 FROM handover_lines l WHERE l.unit_id = u.id AND NOT EXISTS
        (SELECT 1 FROM handover_receipts r WHERE r.handover_id = l.handover_id)) AS offered,
    (SELECT i.verdict FROM inspections i WHERE i.case_id = c.id ORDER BY i.run_no DESC LIMIT 1) AS verdict
    FROM return_cases c JOIN units u ON u.id = c.unit_id
    LEFT JOIN travellers t ON t.case_id = c.id AND t.deleted_at IS NULL WHERE u.case_id = c.id ORDER BY c.number"""


def furnish(template: Path, target: Path) -> None:
    """A staffed depot with two products, two customers and shelves; made once and copied."""
    shutil.copyfile(template, target)
    depot = open_depot(
        str(target), operator=SYSTEM, clock=FakeClock(), new_id=Ids(itertools.count(5_000)), hashing=CHEAP
    )
    a_customer(depot, "甲厂")
    a_customer(depot, "乙厂")
    a_product(depot, "PSU-1")
    a_product(depot, "LCD-2", storage_condition="DRY")
    supervisor = as_person(depot, "supervisor")
    for zone in ZONES:
        for n, provides in enumerate(("DRY", "ESD,DRY", "")):
            storage.add_shelf(supervisor, ShelfDraft(zone, f"{zone}-{n}", n, (provides,)))
    depot.close()


@dataclass
class Walk:
    """One open depot and what its random walk needs. ``pick`` numbers choose among what is there."""

    path: Path
    ids_from: int = 1_000_000
    clock: FakeClock = field(default_factory=FakeClock)
    picks: list[int] = field(default_factory=list)

    def open(self) -> None:
        """Open the file and find out who works here."""
        self.depot = open_depot(
            str(self.path), operator=SYSTEM, clock=self.clock, new_id=Ids(itertools.count(self.ids_from)),
            hashing=CHEAP, chance=bytes,    # the same keys in every run, so that whole files can be compared
        )
        self.people = {login: as_person(self.depot, login) for login in STAFF}
        with self.depot.read() as tx:
            from app.persistence import masterdata

            self.customers = [c.id for c in masterdata.everything(tx, Customer)]
            self.products = [p.id for p in masterdata.everything(tx, Product)]
        self.shelves = storage.shelves(self.depot)
        self.eye = sqlite3.connect(self.path)      # looks at the rows beside the program
        self.eye.row_factory = sqlite3.Row

    def close(self) -> None:
        self.eye.close()
        self.depot.close()

    # -- choosing ----------------------------------------------------------------------------------------------

    def pick(self, choices: Sequence[Any]) -> Any:
        return choices[(self.picks.pop() if self.picks else 0) % len(choices)]

    def some(self, choices: Sequence[Any]) -> list[Any]:
        """One to three different ones."""
        first = self.pick(range(len(choices)))
        return [*choices[first:], *choices[:first]][: self.pick((1, 2, 3))]

    def cases(self, *stages: Stage, place: Place | None = None) -> list[Row]:
        return [c for c in rows(self.eye, CASES) if c["stage"] in stages and (place is None or c["place"] == place)]

    def asked(self, sql: str) -> list[Row]:
        return rows(self.eye, sql)

    # -- the way in --------------------------------------------------------------------------------------------

    def intake(self, serial: str, **values: Any) -> Intake:
        return Intake(**{
            "serial": serial, "product_id": self.pick(self.products), "customer_id": self.pick(self.customers),
            "symptom": "无输出", **values,
        })

    def receive(self) -> None:
        known = self.asked("SELECT serial FROM units")
        names = self.some([f"S{len(known)}", f"S{len(known) + 1}", f"S{len(known) + 2}"])
        if known and self.pick((0, 0, 0, 0, 0, 1)):
            names.append(self.pick(known)["serial"])     # perhaps one that is in the house
        crate = tuple(self.intake(name) for name in names)
        refused = {0: Refusal(RefusalReason.DAMAGED)} if len(crate) > 1 and self.pick((0, 0, 1)) else {}
        receiving.receive(
            self.people["clerk"], receiving.Receipt(crate, outside(), own("clerk"), refused=refused)
        )

    def receive_known(self) -> None:
        gone = self.asked("SELECT serial, product_id, customer_id FROM units WHERE place IN ('CUSTOMER', 'FIELD')")
        unit = self.pick(gone)
        crate = (self.intake(unit["serial"], product_id=unit["product_id"], customer_id=unit["customer_id"]),)
        receiving.receive(self.people["clerk"], receiving.Receipt(crate, outside(), own("clerk")))

    def found_at_repair(self) -> None:
        receiving.receive_late(
            self.people["technician"],
            receiving.LateReceipt(
                self.intake(f"L{len(self.asked('SELECT id FROM units'))}"), outside(), own("clerk"),
                own("technician"), "直接送来",
            ),
        )

    def report(self) -> None:
        reporting.report(self.people["clerk"], self.intake(f"R{len(self.asked('SELECT id FROM units'))}"))

    def cancel_report(self) -> None:
        reporting.cancel(self.people["clerk"], self.pick(self.cases(Stage.REPORTED))["id"], "不来了")

    def amend(self) -> None:
        """The intake was typed wrongly: another symptom, sometimes another product or serial number."""
        case = self.pick(self.cases(Stage.RECEIVED, Stage.PLANNED, Stage.RELEASED, Stage.IN_REPAIR, Stage.REPORTED))
        seen = amending.intake_of(self.depot, case["id"])
        changed = replace(seen.intake, symptom="时好时坏" if seen.intake.symptom == "无输出" else "无输出")
        if self.pick((0, 0, 1)):
            changed = replace(changed, product_id=self.pick(self.products))
        if self.pick((0, 0, 1)):
            changed = replace(changed, serial=f"{case['serial']}X"[-12:])
        amending.amend(self.people["clerk"], case["id"], seen.seq, changed)

    def import_list(self) -> None:
        """A list with a new serial, one without, one that is known already, and one received days ago."""
        units = self.asked("SELECT serial FROM units")
        names = self.asked("SELECT c.name, p.model FROM customers c, products p ORDER BY c.name, p.model")
        days_ago = (self.clock.now - timedelta(days=self.pick((0, 1, 2)))).date().isoformat()
        given = [
            {"serial": f"B{len(units)}", "received_on": days_ago}, {"serial": "", "external_id": f"x{len(units)}"},
            {"serial": self.pick([u["serial"] for u in units] or ["B0"])}, {"serial": f"B{len(units)}Y"},
        ]
        filled = [{"symptom": "无输出", "customer": whose["name"], "product": whose["model"], **row}
                  for row, whose in zip(given, (self.pick(names) for _row in given), strict=True)]
        made = tuple(
            SheetRow(n, tuple(Cell(row.get(name, "")) for name in _COLUMNS)) for n, row in enumerate(filled, 2)
        )
        sheet = Sheet("list.csv", f"{len(units):064d}", "", "utf-8", ",", 1, tuple(_COLUMNS), made)
        clerk = self.people["clerk"]
        importing.run(clerk, importing.rehearse(clerk, sheet, Mapping(columns=_COLUMNS)))

    def undo_import(self) -> None:
        batch = self.pick(self.asked("SELECT id FROM import_batches WHERE undone_at IS NULL ORDER BY id"))
        importing.undo(self.people["supervisor"], batch["id"])

    # -- storage -----------------------------------------------------------------------------------------------

    def put_on_shelf(self) -> None:
        units = [u["id"] for u in self.asked("SELECT id FROM units WHERE place LIKE 'ZONE%'")]
        shelf = self.pick([None, *[s.id for s in self.shelves]])
        storage.put_on_shelf(self.people["clerk"], self.some(units), shelf)

    def start_count(self) -> None:
        stocktaking.start(self.people["clerk"], self.pick(ZONES))

    def count(self) -> None:
        taken = self.pick(self.asked("SELECT id, place FROM stocktakes WHERE state = 'OPEN'"))
        shelf = self.pick([s.id for s in self.shelves if s.place == taken["place"]])
        serial = self.pick([u["serial"] for u in self.asked("SELECT serial FROM units")])
        stocktaking.count(self.people["clerk"], taken["id"], serial, shelf)

    def finish_count(self) -> None:
        taken = self.pick(self.asked("SELECT id, seq FROM stocktakes WHERE state = 'OPEN'"))
        stocktaking.finish(self.people["clerk"], taken["id"], taken["seq"], own("clerk"), note="找过了")

    # -- the plan ----------------------------------------------------------------------------------------------

    def _plan(self, *states: str) -> Row:
        named = ", ".join(f"'{state}'" for state in states)
        found: Row = self.pick(self.asked(f"SELECT id, seq FROM plans WHERE state IN ({named})"))
        return found

    def _lines(self) -> list[LineDraft]:
        waiting = {row.product_id: row.waiting for row in planning.waiting(self.depot)}
        return [
            LineDraft(product, n) for product in self.products if (n := self.pick((waiting.get(product, 0), 1, 0, 2)))
        ]

    def draft(self) -> None:
        planning.draft(self.people["clerk"], self._lines())

    def edit(self) -> None:
        plan = self._plan("DRAFT")
        planning.edit(self.people["clerk"], plan["id"], plan["seq"], self._lines())

    def swap(self) -> None:
        plan = self._plan("DRAFT", "COUNTERSIGNED")
        planned, waiting = self.cases(Stage.PLANNED), self.cases(Stage.RECEIVED)
        planning.swap(self.people["clerk"], plan["id"], self.pick(planned)["id"], self.pick(waiting)["id"])

    def countersign(self) -> None:
        plan = self._plan("DRAFT")
        planning.countersign(self.people["planner"], plan["id"], plan["seq"], own("planner"))

    def change(self) -> None:
        plan = self._plan("DRAFT", "COUNTERSIGNED")
        planning.change(self.people["planner"], plan["id"], plan["seq"], self._lines(), "工位不足")

    def issue(self) -> None:
        plan = self._plan("COUNTERSIGNED")
        sheet = planning.sheet(self.depot, plan["id"])
        quantities = {line.id: max(0, line.quantity - self.pick((0, 0, 1))) for line in sheet.lines}
        planning.issue(
            self.people["planner"], plan["id"], plan["seq"], own("planner"), quantities=quantities, reason="少下达"
        )

    def cancel(self) -> None:
        plan = self._plan("DRAFT", "COUNTERSIGNED")
        planning.cancel(self.people["planner"], plan["id"], plan["seq"], "不做了")

    # -- custody inside the house ------------------------------------------------------------------------------

    def _ready(self, direction: Direction) -> list[Row]:
        route = ROUTES[direction]
        there = [c for c in self.cases(route.stage, place=route.from_place) if not c["offered"]]
        if direction is Direction.TO_QA:
            return [c for c in there if c["finished"]]
        return [c for c in there if direction is not Direction.BACK_TO_REPAIR or c["verdict"] == "FAILED"]

    def hand_over(self) -> None:
        ways = [d for d in Direction if self._ready(d)]
        direction = self.pick(ways)
        case_ids = tuple(c["id"] for c in self.some(self._ready(direction)))
        giver, receiver = GIVER[direction]
        refused = {case_ids[0]: Refusal(RefusalReason.NOT_PRESENT)} if self.pick((0, 0, 0, 1)) else {}
        handover.hand_over(
            self.people[giver], handover.Offering(direction, case_ids, own(giver)), own(receiver), refused
        )

    def offer(self) -> None:
        direction = self.pick([d for d in Direction if self._ready(d)])
        case_ids = tuple(c["id"] for c in self.some(self._ready(direction)))
        giver = GIVER[direction][0]
        handover.offer(self.people[giver], handover.Offering(direction, case_ids, own(giver)))

    def _offer(self) -> tuple[Row, str, str]:
        found = self.pick(self.asked(
            "SELECT h.id, h.from_place, h.to_place FROM handovers h WHERE NOT EXISTS "
            "(SELECT 1 FROM handover_receipts r WHERE r.handover_id = h.id)"
        ))
        route = route_between(Place(found["from_place"]), Place(found["to_place"]))
        assert route is not None
        return found, *GIVER[route.direction]

    def accept(self) -> None:
        found, _giver, receiver = self._offer()
        handover.accept(self.people[receiver], handover.Answer(found["id"], own(receiver), {}))

    def withdraw(self) -> None:
        found, giver, _receiver = self._offer()
        handover.withdraw(self.people[giver], found["id"], "拿错了")

    # -- bench and QA ------------------------------------------------------------------------------------------

    def diagnose(self) -> None:
        case = self.pick(self.cases(Stage.IN_REPAIR))
        repair.diagnose(self.people["technician"], a_diagnosis(case["id"]))

    def work(self) -> None:
        """The next thing to do on the bench: take the case, diagnose it, or complete its factory section."""
        case, bench = self.pick(self.unfinished()), self.people["technician"]
        result = self.pick([*[RepairResult.REPAIRED] * 5, RepairResult.NFF, RepairResult.IRREPARABLE, RepairResult.BER])
        if case["technician_id"] is None:
            repair.take(bench, case["id"])
        elif case["diagnosed_at"] is None:
            nff = {"cause_class": CauseClass.NFF, "responsibility": Responsibility.NOBODY, "fault": ""}
            repair.diagnose(bench, a_diagnosis(case["id"], **(nff if result is RepairResult.NFF else {})))
        else:
            nff = case["cause_class"] == CauseClass.NFF
            result = RepairResult.NFF if nff else RepairResult.REPAIRED if result is RepairResult.NFF else result
            resolution = Resolution.PART_REPLACED if result is RepairResult.REPAIRED else Resolution.TESTED_ONLY
            repair.finish(bench, Finish(
                case_id=case["id"], work_done="更换电容", resolution=resolution, result=result, labour_minutes=30
            ))

    def unfinished(self) -> list[Row]:
        return self.asked(
            "SELECT c.id, c.technician_id, o.diagnosed_at, o.cause_class FROM return_cases c "
            "LEFT JOIN repair_orders o ON o.case_id = c.id AND o.deleted_at IS NULL "
            "WHERE c.stage = 'IN_REPAIR' AND o.finished_at IS NULL ORDER BY c.number"
        )

    def refer(self) -> None:
        referring.refer(self.people["technician"], self.pick(self.cases(Stage.IN_REPAIR))["id"])

    def pause(self) -> None:
        referring.pause_for_customer(self.people["clerk"], self.pick(self.cases(Stage.IN_REPAIR))["id"], "报价")

    def consent(self) -> None:
        referring.customer_consented(self.people["clerk"], self.pick(self.cases(Stage.AWAITING_CUSTOMER))["id"], "王工")

    def decline(self) -> None:
        referring.customer_declined(self.people["clerk"], self.pick(self.cases(Stage.AWAITING_CUSTOMER))["id"], "王工")

    def fail(self) -> None:
        case = self.pick(self.cases(Stage.IN_QA))
        inspection.fail(self.people["inspector"], inspection.Failing(case["id"], (), "纹波超限"))

    def pass_(self) -> None:
        case = self.pick(self.cases(Stage.IN_QA))
        good = tuple(Reading(item.code, "OK") for item in BASIC_SHEET)
        inspection.pass_and_mark(
            self.people["inspector"],
            inspection.Passing(case["id"], good, own("inspector"), MarkMethod.AFFIXED, soak_minutes=5000),
        )

    def mark_again(self) -> None:
        """The label came off: a new number, the old one void."""
        case = self.pick(self.cases(Stage.PASSED))
        inspection.mark_again(self.people["inspector"], case["id"], "标识脱落", own("inspector"), MarkMethod.STAMPED)

    # -- rulings -----------------------------------------------------------------------------------------------

    def rule(self) -> None:
        """A referred case, or one whose serial used up its limit, is ruled on as the rules say or otherwise."""
        case = self.pick(self.cases(Stage.REFERRED, Stage.RECEIVED))
        sheet = disposition.sheet(self.depot, case["id"])
        if isinstance(sheet.ruling, Refused):
            raise sheet.ruling
        if self.pick((0, 0, 1)) and sheet.choices:
            disposition.override(
                self.people["clerk"], case["id"], self.pick(sheet.choices), "另有协议", own("supervisor")
            )
        elif sheet.ruling.number == 0:
            settling.settle_warranty(
                self.people["supervisor"], case["id"], self.pick((WarrantyState.IN, WarrantyState.OUT)), "凭发票",
                "0231",
            )
        else:
            disposition.confirm(self.people["clerk"], case["id"], own("supervisor"))

    def tell(self) -> None:
        case = self.pick(self.cases(Stage.REFERRED))
        wish = self.pick((Wish.NONE, Wish.NONE, Wish.SCRAP))
        notices.record_talk(
            self.people["clerk"], case["id"],
            Talk("刘工", self.clock.now, Channel.PHONE, "无法修复", "知道了", wish, "来函"),
        )

    def carry_out(self) -> None:
        """Back as it is, or back to the bench: whatever was ruled; the other of the two is refused."""
        case = self.pick(self.cases(Stage.REFERRED))
        (back_to_bench.send if self.pick((0, 1)) else notices.return_as_is)(self.people["clerk"], case["id"])

    # -- the way back ------------------------------------------------------------------------------------------

    def put_away(self) -> None:
        cases = self.some(self.cases(Stage.PASSED, place=Place.COUNTER))
        returning.put_away(
            self.people["clerk"], [c["id"] for c in cases], return_needed=bool(self.pick((1, 1, 0)))
        )

    def pack(self) -> None:
        self._pack(self.pick(self.cases(Stage.READY_TO_RETURN))["id"])

    def _pack(self, case_id: str) -> None:
        method = self.pick((SendMethod.COURIER, SendMethod.COLLECTED))
        returning.pack(
            self.people["clerk"],
            Packing((case_id,), method, "张工", "13800000000", "上海", "顺丰", "SF1"),
        )

    def send(self) -> None:
        shipment = self.pick(
            self.asked("SELECT id, method FROM shipments WHERE sent_at IS NULL AND deleted_at IS NULL")
        )
        party = Party.CUSTOMER if shipment["method"] == SendMethod.COLLECTED else Party.CARRIER
        returning.send(self.people["clerk"], shipment["id"], own("clerk"), outside(party=party))

    def deliver(self) -> None:
        shipment = self.pick(self.asked(
            "SELECT id FROM shipments WHERE sent_at IS NOT NULL AND delivered_at IS NULL AND deleted_at IS NULL"
        ))
        returning.deliver(
            self.people["clerk"], shipment["id"], outside(party=Party.CARRIER), outside(), proof=Proof.SIGNED
        )

    def archive(self) -> None:
        ended = self.cases(Stage.RETURNED, Stage.SPARE, Stage.PASSED, Stage.READY_TO_RETURN)
        case = self.pick([c for c in ended if c["archived_at"] is None])
        self._archive(case["traveller_id"])

    def _archive(self, traveller_id: str) -> None:
        filing = travellers.Filing((traveller_id,), "A-1", own("clerk"), own("inspector"))
        travellers.archive(self.people["inspector"], filing)

    # -- taking back -------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """One of the newest entries is taken back, mostly by who made it."""
        newest = self.asked(
            "SELECT id, actor_id FROM journal j WHERE undoes IS NULL AND NOT EXISTS "
            "(SELECT 1 FROM journal u WHERE u.undoes = j.id) ORDER BY no DESC LIMIT 8"
        )
        entry = self.pick(newest)
        makers = [login for login, person in self.people.items() if person.operator.id == entry["actor_id"]]
        undoing.undo(self.people[self.pick((*(makers or STAFF) * 3, "supervisor"))], entry["id"])


#: What must be there for each action, as one number of the record's state (see ``_state``); and how likely it is.
NEEDS: dict[str, tuple[str, int]] = {
    "receive": ("few", 4), "receive_known": ("outside", 2), "found_at_repair": ("few", 1), "report": ("few", 1),
    "cancel_report": ("REPORTED", 1), "put_on_shelf": ("in zones", 2), "start_count": ("always", 1),
    "count": ("counting", 2), "finish_count": ("counting", 1), "draft": ("RECEIVED", 4), "edit": ("DRAFT plans", 1),
    "swap": ("swaps", 1), "countersign": ("DRAFT plans", 4), "change": ("open plans", 1),
    "issue": ("COUNTERSIGNED plans", 4), "cancel": ("open plans", 1), "hand_over": ("to hand over", 9),
    "offer": ("to hand over", 1), "accept": ("offers", 2), "withdraw": ("offers", 1), "diagnose": ("IN_REPAIR", 1),
    "work": ("on the bench", 9), "refer": ("finished", 2), "pause": ("IN_REPAIR", 1),
    "consent": ("AWAITING_CUSTOMER", 3), "decline": ("AWAITING_CUSTOMER", 1), "fail": ("IN_QA", 3),
    "pass_": ("IN_QA", 5), "put_away": ("at the counter", 5), "pack": ("READY_TO_RETURN", 4), "send": ("packed", 4),
    "deliver": ("sent", 4), "archive": ("to archive", 2), "undo": ("always", 3),
    "rule": ("REFERRED", 5), "tell": ("REFERRED", 2), "carry_out": ("REFERRED", 5),
    "amend": ("amendable", 1), "import_list": ("few", 1), "undo_import": ("batches", 1), "mark_again": ("PASSED", 1),
}


def state(walk: Walk) -> dict[str, int]:
    """How much there is of everything that an action needs."""
    cases = walk.cases(*Stage)
    found = {stage.value: sum(c["stage"] == stage for c in cases) for stage in Stage}
    (plans,) = walk.asked(
        "SELECT coalesce(sum(state = 'DRAFT'), 0) AS draft, coalesce(sum(state = 'COUNTERSIGNED'), 0) AS signed "
        "FROM plans"
    )
    (ways,) = walk.asked(
        "SELECT coalesce(sum(sent_at IS NULL), 0) AS packed, "
        "coalesce(sum(sent_at IS NOT NULL AND delivered_at IS NULL), 0) AS sent "
        "FROM shipments WHERE deleted_at IS NULL"
    )
    open_ = walk.asked(
        "SELECT h.id FROM handovers h WHERE NOT EXISTS (SELECT 1 FROM handover_receipts r WHERE r.handover_id = h.id)"
    )
    in_house = sum(c["place"] not in {"CUSTOMER", "FIELD"} for c in cases)
    bench = len(walk.unfinished())
    return {
        **found, "always": 1, "few": int(in_house < 9), "outside": sum(c["place"] == "CUSTOMER" for c in cases),
        "in zones": sum(c["place"].startswith("ZONE") for c in cases), "DRAFT plans": plans["draft"],
        "COUNTERSIGNED plans": plans["signed"], "open plans": plans["draft"] + plans["signed"],
        "swaps": min(found["PLANNED"], found["RECEIVED"]), "offers": len(open_), "on the bench": bench,
        "finished": found["IN_REPAIR"] - bench, "packed": ways["packed"], "sent": ways["sent"],
        "counting": len(walk.asked("SELECT id FROM stocktakes WHERE state = 'OPEN'")),
        "to hand over": sum(len(walk._ready(direction)) for direction in Direction),
        "batches": len(walk.asked("SELECT id FROM import_batches WHERE undone_at IS NULL")),
        "amendable": sum(found[s] for s in ("RECEIVED", "PLANNED", "RELEASED", "IN_REPAIR", "REPORTED")),
        "at the counter": sum(c["stage"] == "PASSED" and c["place"] == "COUNTER" for c in cases),
        "to archive": sum(c["archived_at"] is None for c in cases if c["stage"] in {"RETURNED", "SPARE"}),
    }


def choose(walk: Walk, number: int) -> str:
    """One of the actions that can be done now, the likelier ones more often."""
    there = state(walk)
    names = [name for name, (need, weight) in NEEDS.items() for _n in range(weight) if there[need] > 0]
    return names[number % len(names)]


def step(walk: Walk, name: str, picks: Sequence[int]) -> str:
    """Do ``name``; returns ``done``, ``nothing`` (nobody to do it to) or the code of the refusal."""
    walk.picks = list(picks)
    try:
        getattr(walk, name)()
    except Refused as refusal:
        return refusal.code
    except (ZeroDivisionError, IndexError):
        return "nothing"
    return "done"
