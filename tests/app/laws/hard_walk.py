"""A depot that works at random on its hard cases: rulings, scrap, kept units, exchanges, the way out of the house."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from pathlib import Path

from app.depot import SYSTEM, open_depot
from app.domain.determination import Conclusion, Determining, Keeping, Tried
from app.domain.exchange import ExchangeSource, Exchanging
from app.domain.places import CUSTODIAN, Custodian, Place
from app.domain.rulings import Outcome
from app.domain.scrap import Destining, ScrapDestination, ScrapWay
from app.domain.signing import Party
from app.domain.stages import Stage
from app.services import approvals, determination, disposition, exchange, scrap
from app.services.scrap import Scrapping
from tests.app.laws.laws import Row, rows
from tests.app.laws.walk import Walk
from tests.builders import outside, own
from tests.conftest import CHEAP, FakeClock, Ids, as_person
from tests.ends import BOTH, KEEP, a_ber_unit, a_decided_unit, a_spare, the_product

#: The actions and how likely each is.
WEIGHTS: dict[str, int] = {
    "rule": 3, "ask_scrap": 4, "decide": 6, "scrap": 5, "destine": 2, "keep": 4, "both": 3, "determine": 4,
    "exchange": 6, "hand_over": 6, "work": 3, "refer": 1, "pass_": 2, "put_away": 3, "pack": 5, "send": 5, "deliver": 5,
    "pack_exchanged": 5, "archive_any": 3, "undo": 4,
}


def furnish_hard(template: Path, target: Path) -> None:
    """A depot with ruled units, spares in the pool and a new unit's number free in the stores."""
    shutil.copyfile(template, target)
    system = open_depot(
        str(target), operator=SYSTEM, clock=FakeClock(), new_id=Ids(itertools.count(5_000)), hashing=CHEAP
    )
    depot = as_person(system, "clerk")
    product = the_product(depot)
    for n in range(2):
        a_ber_unit(depot, product, f"BER{n}")
    a_decided_unit(depot, product, KEEP, "KEEP0")
    a_decided_unit(depot, product, KEEP, "KEEP1")
    a_decided_unit(depot, product, BOTH, "BOTH0")
    for n in range(3):
        a_spare(depot, product, f"SPARE{n}")
    system.close()


class HardWalk(Walk):
    """The walk of the laws, and what may become of a unit that cannot simply go back."""

    def rule(self) -> None:
        case = self.pick(self.cases(Stage.REFERRED))
        if self.pick((0, 1)):
            disposition.confirm(self.people["clerk"], case["id"], own("supervisor"))
        else:
            chosen = self.pick(((Outcome.SCRAP,), (Outcome.SCRAP, Outcome.EXCHANGE), KEEP, BOTH))
            disposition.override(self.people["clerk"], case["id"], chosen, "主管意见", own("supervisor"))

    def ask_scrap(self) -> None:
        case = self.pick(self.cases(Stage.REFERRED, Stage.TO_RND, Stage.SCRAPPED))
        scrap.request(self.people[self.pick(("clerk", "supervisor", "technician"))], case["id"], "无修复价值")

    def decide(self) -> None:
        asked = self.pick(self.asked("SELECT id FROM approvals WHERE decided_at IS NULL AND deleted_at IS NULL"))
        yes = bool(self.pick((1, 1, 1, 0)))
        signer = self.pick(("manager", "manager", "clerk", "technician"))
        approvals.decide(self.people["clerk"], asked["id"], approved=yes, signature=own(signer), reason="看过")

    def scrap(self) -> None:
        approved = self.asked("SELECT case_id AS id FROM approvals WHERE approved = 1 AND case_id NOT IN "
                              "(SELECT case_id FROM scraps WHERE deleted_at IS NULL)")
        case = self.pick(approved or self.cases(Stage.REFERRED, Stage.TO_RND, Stage.SCRAPPED))
        scrap.carry_out(
            self.people["clerk"], Scrapping(case["id"], giver=own("engineer"), receiver=own("clerk"))
        )

    def destine(self) -> None:
        found = self.pick(self.asked("SELECT id FROM scraps WHERE deleted_at IS NULL"))
        where = self.pick(tuple(ScrapDestination))
        taker = own("engineer") if where is ScrapDestination.LAB else outside(party=Party.PARTNER)
        scrap.dispose(self.people["clerk"], Destining(
            found["id"], where, own("clerk"), taker, ScrapWay.RECYCLER, "回收站", "周颖"
        ))

    def keep(self) -> None:
        determination.keep(self.people["supervisor"], Keeping(self.pick(self.cases(Stage.REFERRED))["id"], "刘工"))

    def both(self) -> None:
        case = self.pick(self.cases(Stage.REFERRED))
        determination.give_both(self.people["supervisor"], Keeping(case["id"], "刘工"))

    def determine(self) -> None:
        case = self.pick(self.cases(Stage.TO_RND))
        conclusion = self.pick(tuple(Conclusion))
        determination.determine(self.people["engineer"], Determining(
            case["id"], (Tried("老化", "正常"),), conclusion, "合格", own("engineer")
        ))

    def exchange(self) -> None:
        due = self.asked("SELECT case_id AS id FROM dispositions WHERE outcomes LIKE '%EXCHANGE%' AND case_id NOT IN "
                         "(SELECT case_id FROM exchanges WHERE deleted_at IS NULL)")
        case = self.pick([*due, *due, *due, *self.cases(*Stage)])
        if self.pick((0, 0, 1)):
            new = Exchanging(case["id"], ExchangeSource.STORES, f"NEW{self.pick(range(9))}",
                             giver=outside(party=Party.STORES), receiver=own("clerk"))
        else:
            unit = self.pick(self.asked("SELECT serial FROM units ORDER BY place = 'ZONE_SPARE' DESC, serial"))
            new = Exchanging(case["id"], ExchangeSource.SPARE, unit["serial"])
        exchange.exchange(self.people["supervisor"], new)

    def pack_exchanged(self) -> None:
        """The case of an exchange is packed, whatever its own unit is doing."""
        made = self.pick(self.asked("SELECT case_id AS id FROM exchanges WHERE deleted_at IS NULL"))
        self._pack(made["id"])

    def archive_any(self) -> None:
        case = self.pick([c for c in self.cases(*Stage) if c["archived_at"] is None])
        self._archive(case["traveller_id"])


def check_ends(connection: sqlite3.Connection) -> None:
    """What must be true of every end: nobody leaves without a gate, nobody is given twice, nobody approves alone."""
    moves = rows(connection, "SELECT * FROM movements ORDER BY unit_id, ordinal")
    lines = {(r["unit_id"], r["case_id"]) for r in rows(connection, "SELECT * FROM shipment_lines")}
    cases = {r["id"]: r for r in rows(connection, "SELECT * FROM return_cases")}
    kept = {(r["unit_id"], r["case_id"]) for r in rows(
        connection, "SELECT unit_id, case_id FROM keepings WHERE insists = 0 AND deleted_at IS NULL")}
    given = rows(connection, "SELECT * FROM exchanges WHERE deleted_at IS NULL")
    scrapped = {r["unit_id"]: r for r in rows(connection, "SELECT * FROM scraps WHERE deleted_at IS NULL")}
    marked = {r["unit_id"] for r in rows(connection, "SELECT unit_id FROM qa_marks")}
    lent = {r["number"] for r in rows(
        connection, "SELECT out_handover AS number FROM spare_uses UNION SELECT out_handover FROM loaner_agreements")}
    new = {(r["new_unit_id"], r["case_id"]): r for r in given}
    for move in moves:
        if move["to_place"] not in {"OUTBOUND", "CUSTOMER"} or move["from_place"] == "OUTBOUND":
            continue
        if move["reverses_id"] is not None:
            continue        # an arrival taken back: check_custody sees that it mirrors what it reverses
        if CUSTODIAN[Place(move["from_place"])] is not Custodian.AFTER_SALES or move["document_number"] in lent:
            continue        # a spare for a site and a loaner have gates of their own: see pool_walk
        _check_departure(move, lines, cases[move["case_id"]], new, marked)
        assert (move["unit_id"], move["case_id"]) not in kept, f"a kept unit left: {move}"
        assert move["unit_id"] not in scrapped, f"a scrapped unit left: {move}"
    _check_exchanges(connection, given)
    _check_scraps(connection, scrapped, cases)


def _check_departure(
    move: Row, lines: set[tuple[str, str]], case: Row, new: dict[tuple[str, str], Row], marked: set[str]
) -> None:
    """It was packed for this case; it bears a mark, goes back as it is by a ruling, or is new from the stores."""
    assert (move["unit_id"], move["case_id"]) in lines, f"left without being packed: {move}"
    made = new.get((move["unit_id"], move["case_id"]))
    if made is not None:
        assert move["from_place"] == "COUNTER", move
        assert made["source"] == "STORES" or move["unit_id"] in marked, f"a spare without a mark left: {move}"
        return
    assert move["from_place"] == "ZONE_REPAIRED", f"left from elsewhere: {move}"
    assert move["unit_id"] in marked or case["outcome"] in {"RETURN_AS_IS", "BOTH_TO_CUSTOMER"}, move


def _check_exchanges(connection: sqlite3.Connection, given: list[Row]) -> None:
    assert len({r["case_id"] for r in given}) == len(given), "a case was exchanged twice"
    open_ = [r["new_unit_id"] for r in given if r["delivered_at"] is None]
    assert len(set(open_)) == len(open_), "a unit was given to two customers"
    units = {r["id"]: r for r in rows(connection, "SELECT * FROM units")}
    for made in given:
        assert made["old_unit_id"] != made["new_unit_id"]
        place = units[made["new_unit_id"]]["place"]
        if made["delivered_at"] is None:
            assert place in {"COUNTER", "OUTBOUND"}, made
            assert units[made["new_unit_id"]]["customer_id"] == made["customer_id"]


def _check_scraps(connection: sqlite3.Connection, scrapped: dict[str, Row], cases: dict[str, Row]) -> None:
    asked = {r["id"]: r for r in rows(connection, "SELECT * FROM approvals")}
    for row in asked.values():
        assert row["decided_by"] is None or row["decided_by"] != row["requested_by"], row
    for unit_id, scrap_ in scrapped.items():
        assert asked[scrap_["approval_id"]]["approved"] == 1, scrap_
        assert cases[scrap_["case_id"]]["stage"] in {"SCRAPPED", "CLOSED"}, scrap_
        (unit,) = rows(connection, f"SELECT place FROM units WHERE id = '{unit_id}'")
        assert unit["place"] == (scrap_["destination"] or "ZONE_SCRAP"), scrap_
    for row in rows(connection, "SELECT c.number FROM return_cases c JOIN exchanges e ON e.case_id = c.id "
                                "WHERE c.stage = 'CLOSED' AND e.deleted_at IS NULL AND e.delivered_at IS NULL"):
        raise AssertionError(f"closed before the exchange was delivered: {row}")
