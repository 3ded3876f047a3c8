"""Issue 3, "Bad input": impossible dates, negative money, quantities above stock, unknown serials, an expired tariff,
self-approval. Each is refused with its sentence in both languages, and not a row is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.depot import Depot
from app.domain.disposition import Talk
from app.domain.emergency import Built, Requesting
from app.domain.exchange import ExchangeSource, Exchanging
from app.domain.loaners import Lending as LoanerLending
from app.domain.loans import Accounted, Lending, LoanFate, LoanItem
from app.domain.masterdata import Part, Product
from app.domain.money import Money
from app.domain.people import Role
from app.domain.quotation import Answer, ConsentMethod, Draft, LineKind, PaymentKind, QuoteLine
from app.domain.repair import PartEntry, PartUse
from app.domain.requests import Call
from app.domain.signing import Party
from app.domain.site_visits import SiteResult, Trip, TripReport
from app.domain.spares import Reserving, Swapping
from app.domain.stock import CheckResult, PlaceKind, StockPlace
from app.domain.tariffs import RateClass, TariffEntry, TariffKind
from app.domain.warranty_entries import Extended, Proof, ProofShown, Started, StartEvent, Voided, VoidReason
from app.errors import Refused
from app.i18n import translator
from app.messages import sentence
from app.services import (
    accounts,
    approvals,
    bench_parts,
    emergency,
    exchange,
    free_service,
    loaners,
    loans,
    notices,
    parts,
    payments,
    people,
    policies,
    products,
    quotation,
    repair,
    requests,
    restock,
    scrap,
    site_visits,
    spares,
    stock,
    stock_places,
    tariffs,
    warranty_entering,
)
from app.services.restock import Restocking
from app.services.stock import Rechecking, Transfer
from tests.app.services.test_loaners import a_loaner
from tests.app.services.test_quotation import a_chargeable_case, with_tariff
from tests.builders import a_customer, a_diagnosis, a_product, a_unit_at_repair, as_person, outside, own
from tests.conftest import FakeClock
from tests.ends import a_ber_unit, the_product
from tests.spare_builders import TODAY, a_spare, sent

YESTERDAY, NEVER, LONG_AGO = TODAY - timedelta(1), date(2206, 11, 3), date(1926, 11, 3)
Tries = Iterator[tuple[str, Callable[[], object]]]


def rows_written(depot: Depot) -> object:
    """What changes with whatever is written: the end of the journal and the depot's sequence."""
    with depot.read() as tx:
        return tx.connection.exec_driver_sql("SELECT journal_head, seq FROM node").one()


def all_refused(depot: Depot, tries: Tries) -> None:
    """Each try is refused with its code, in a sentence of both languages that shows the value, and leaves no trace."""
    for code, doing in tries:
        before = rows_written(depot)
        with pytest.raises(Refused) as refusal:
            doing()
        problems = refusal.value
        assert problems.code == code, (code, problems.code)
        for language in ("zh_CN", "en"):
            said = sentence(problems, translator(language))
            assert said, code
            assert "{" not in said, said
            value = problems.facts.get("value")
            if isinstance(value, date | Money) and not isinstance(value, datetime):
                assert str(value) in said, (code, said)
        assert rows_written(depot) == before, code


@pytest.fixture
def depot(sqlite_depot: Depot) -> Depot:
    return sqlite_depot


def test_impossible_dates(depot: Depot) -> None:
    spare, customer = a_spare(depot), a_customer(depot, "长沙地铁")
    boss, planner = as_person(depot, "supervisor"), as_person(depot, "planner")
    loaner = a_loaner(depot, spare.product_id)
    other = a_product(depot, "PLC-X20")
    build = emergency.request(depot, Requesting(other.id, customer.id, 1, TODAY + timedelta(5), "停运")).build_id
    confirmed = emergency.request(depot, Requesting(other.id, customer.id, 1, TODAY + timedelta(5), "停运")).build_id
    emergency.confirm(depot, confirmed, TODAY, own("planner"))
    use = sent(depot, a_spare(depot, "S-2", product_id=spare.product_id), customer.id).use_id
    part = parts.add(boss, Part("", "FUSE-10", "熔断器", "fuse", "只", 320), 50).part
    taken = requests.take(depot, Call(customer.id, "黑屏", phone="138")).request_id
    (technician, *_rest) = site_visits.technicians(depot)
    trip = site_visits.send(depot, Trip(taken, technician.id, TODAY)).subject_id

    def tries() -> Tries:
        for code, day in (("spares.until-past", YESTERDAY), ("spares.until-far", NEVER)):
            yield code, lambda day=day: spares.reserve(depot, Reserving(spare.unit_id, customer.id, day))
        for code, day in (("loaners.due-past", YESTERDAY), ("loaners.due-far", NEVER)):
            yield code, lambda day=day: loaners.lend(
                depot, LoanerLending(loaner, customer.id, day, "良好"), own(), outside())
        for code, day in (("emergency.need-by-past", YESTERDAY), ("emergency.need-by-far", NEVER)):
            yield code, lambda day=day: emergency.request(
                depot, Requesting(other.id, customer.id, 1, day, "停运"))
        for code, day in (("emergency.promise-past", YESTERDAY), ("emergency.promise-far", NEVER)):
            yield code, lambda day=day: emergency.confirm(depot, build, day, own("planner"))
        yield "emergency.made-future", lambda: emergency.register(planner, Built(confirmed, "N-1", "L1", NEVER, "DA-1"))
        for code, day in (("spares.swap-before-sent", YESTERDAY), ("spares.swap-future", TODAY + timedelta(1))):
            yield code, lambda day=day: spares.swap_at_site(depot, Swapping(use, "S-3", day), outside())
        for code, day in (("loan.trip-past", YESTERDAY), ("loan.trip-far", NEVER)):
            yield code, lambda day=day: loans.lend(
                boss, Lending((LoanItem(part.id, 1),), "出差", day), own("technician"))
        yield "requests.fault-in-future", lambda: requests.take(
            depot, Call(customer.id, "黑屏", phone="1", fault_on=NEVER))
        for code, day in (("requests.leaves-before-call", YESTERDAY), ("requests.leaves-far", NEVER)):
            yield code, lambda day=day: site_visits.send(depot, Trip(taken, technician.id, day))
        for code, day in (("requests.back-before-leaving", YESTERDAY), ("requests.back-in-future", NEVER)):
            yield code, lambda day=day: site_visits.finish(
                depot, TripReport(trip, day, "无输出", "更换", SiteResult.SOLVED), outside())
        for entry in (Started("", NEVER, StartEvent.SALE), ProofShown("", NEVER, Proof.INVOICE)):
            yield "warranty.day-in-future", lambda entry=entry: warranty_entering.enter(depot, spare.unit_id, entry)
        yield "warranty.day-in-future", lambda: warranty_entering.enter(
            boss, spare.unit_id, Voided("", NEVER, VoidReason.SELF_MODIFIED), "私自改装")
        for day in (LONG_AGO, NEVER):
            yield "tariffs.impossible-day", lambda day=day: tariffs.set_rate(
                boss, TariffEntry("", TariffKind.LABOUR, RateClass.STANDARD, 100, 0, day))
        yield "tariffs.ends-before", lambda: tariffs.set_rate(
            boss, TariffEntry("", TariffKind.LABOUR, RateClass.STANDARD, 100, 0, TODAY, YESTERDAY))
        yield "policy.in-the-past", lambda: policies.set_value(
            as_person(depot, "manager"), policies.values(depot)[0].name, "3", YESTERDAY)

    all_refused(depot, tries())


def test_impossible_moments_of_an_answer_and_a_talk(depot: Depot, clock: FakeClock) -> None:
    with_tariff(depot)
    quoted = quotation.save(depot, Draft(a_chargeable_case(depot), (QuoteLine(LineKind.LABOUR, 50),))).quotation
    clock.advance(hours=1)
    quotation.send(depot, quoted.id)
    case = a_ber_unit(depot, the_product(depot, "PLC-X20"), "H204817799").case_id
    now = clock()

    def tries() -> Tries:
        for code, at in (("quotation.in-future", now + timedelta(1)), ("quotation.before-sent", now - timedelta(1))):
            yield code, lambda at=at: quotation.answer(
                depot, quoted.id, Answer(True, ConsentMethod.PHONE, "张工", at, "138"))
        yield "disposition.talk-future", lambda: notices.record_talk(
            depot, case, Talk("张工", now + timedelta(1), said="无法修复", answered="同意"))

    all_refused(depot, tries())


def test_negative_money(depot: Depot) -> None:
    with_tariff(depot)
    boss = as_person(depot, "supervisor")
    case = a_chargeable_case(depot)
    agreed = quotation.save(depot, Draft(case, (QuoteLine(LineKind.LABOUR, 50),))).quotation
    quotation.send(depot, agreed.id)
    quotation.answer(depot, agreed.id, Answer(True, ConsentMethod.SIGNED, "张工", signature=outside("张工")))
    old = a_ber_unit(depot, the_product(depot, "PLC-X20"), "H204817799").case_id
    spare = a_spare(depot, "S-2")
    taken = requests.take(depot, Call(a_customer(depot, "长沙地铁").id, "黑屏", phone="138")).request_id

    def tries() -> Tries:
        yield "quotation.price-negative", lambda: quotation.save(
            depot, Draft(case, (QuoteLine(LineKind.PART, 1, -100, text="主板"),)))
        yield "quotation.surcharge-low", lambda: quotation.save(
            depot, Draft(case, (QuoteLine(LineKind.LABOUR, 50),), percent=-5))
        yield "tariffs.negative", lambda: tariffs.set_rate(
            boss, TariffEntry("", TariffKind.LABOUR, RateClass.STANDARD, -100, 0, TODAY))
        yield "tariffs.percent", lambda: tariffs.set_rate(
            boss, TariffEntry("", TariffKind.OLD_FOR_NEW, RateClass.GENERAL, 0, -1, TODAY))
        for amount in (-100, 0):
            yield "quotation.payment-amount", lambda amount=amount: payments.record(
                depot, case, PaymentKind.PAID, amount, "SJ-1")
        yield "exchange.charge-negative", lambda: exchange.exchange(
            boss, Exchanging(old, ExchangeSource.SPARE, spare.serial, charge_fen=-1))
        yield "restock.value-range", lambda: restock.restock(
            boss, Restocking(spare.unit_id, -1), own("supervisor"), own(), outside("仓管", Party.STORES))
        yield "requests.price", lambda: requests.quote(depot, taken, Money(-100))
        yield "part.price", lambda: parts.add(boss, Part("", "X-1", "熔断器", "fuse", "只", -1))
        yield "product.price", lambda: products.add(boss, Product("", "X-1", "电源", "", replacement_fen=-1))
        yield "warranty.extension-empty", lambda: warranty_entering.enter(
            boss, spare.unit_id, Extended("", TODAY, months=-3, document="批 1"), "领导批准")

    all_refused(depot, tries())


def test_quantities_above_stock(depot: Depot) -> None:
    boss, bench = as_person(depot, "supervisor"), as_person(depot, "technician")
    part = parts.add(boss, Part("", "FUSE-10", "熔断器", "fuse", "只", 320), 5).part
    van = stock_places.add_place(boss, StockPlace("", "抢修车", PlaceKind.VAN)).place.id
    loan = loans.lend(
        boss, Lending((LoanItem(part.id, 2),), "出差", TODAY), own("technician")).loan.id
    (line,) = loans.file(depot, loan).lines
    case = a_unit_at_repair(depot).case_id
    product, customer = a_product(depot).id, a_customer(depot).id
    repair.take(bench, case)
    repair.diagnose(bench, a_diagnosis(case))

    def tries() -> Tries:
        yield "part.stock-short", lambda: bench_parts.use_part(bench, PartEntry(case, PartUse.ADD, 4, part.id))
        yield "part.stock-short", lambda: stock.transfer(boss, Transfer(part.id, 4, "", van))
        yield "part.stock-short", lambda: parts.correct(boss, part.id, -4, "盘亏")
        yield "part.stock-short", lambda: stock.scrap(boss, part.id, 4, "受潮")
        yield "part.stock-short", lambda: stock.recheck(
            as_person(depot, "inspector"), Rechecking(part.id, 1, CheckResult.USABLE, "QC-1"))
        yield "part.stock-short", lambda: loans.lend(
            boss, Lending((LoanItem(part.id, 4),), "出差", TODAY), own("technician"))
        yield "loan.more-than-out", lambda: loans.give_back(boss, loan, [Accounted(line.id, LoanFate.UNUSED, 3)])
        for pieces in (0, -1, 10**9):
            yield "stock.quantity", lambda pieces=pieces: parts.receive(boss, part.id, pieces)
            yield "loan.quantity", lambda pieces=pieces: loans.lend(
                boss, Lending((LoanItem(part.id, pieces),), "出差", TODAY), own("technician"))
        yield "emergency.quantity", lambda: emergency.request(
            depot, Requesting(product, customer, 100, TODAY, "停运"))

    all_refused(depot, tries())


def test_unknown_serials(depot: Depot) -> None:
    boss = as_person(depot, "supervisor")
    old = a_ber_unit(depot, the_product(depot)).case_id
    spare, customer = a_spare(depot, "S-2"), a_customer(depot, "长沙地铁")
    use = sent(depot, spare, customer.id).use_id

    def tries() -> Tries:
        yield "exchange.unknown-serial", lambda: exchange.exchange(
            boss, Exchanging(old, ExchangeSource.SPARE, "NOBODY-1"))
        yield "exchange.same-unit", lambda: exchange.exchange(
            boss, Exchanging(old, ExchangeSource.SPARE, "H204817736"))
        yield "spares.unknown-serial", lambda: spares.swap_at_site(depot, Swapping(use, "NOBODY-1", TODAY), outside())
        yield "spares.same-unit", lambda: spares.swap_at_site(depot, Swapping(use, "S-2", TODAY), outside())
        yield "requests.serial-unknown", lambda: requests.take(
            depot, Call(customer.id, "黑屏", serial="NOBODY-1", phone="138"))
        yield "spares.unknown-unit", lambda: spares.reserve(depot, Reserving("nobody", customer.id, TODAY))
        yield "serial.missing", lambda: loaners.enrol(
            boss, spare.product_id, " ", "良好", giver=outside("仓管", Party.STORES), receiver=own("supervisor"))

    all_refused(depot, tries())


def test_an_expired_tariff_prices_nothing(depot: Depot, clock: FakeClock) -> None:
    with_tariff(depot, LABOUR=TODAY)
    case = a_chargeable_case(depot)
    drafted = quotation.save(depot, Draft(case, (QuoteLine(LineKind.LABOUR, 50),))).quotation
    clock.advance(days=1)

    def tries() -> Tries:
        yield "tariffs.expired", lambda: quotation.send(depot, drafted.id)
        yield "tariffs.expired", lambda: quotation.save(
            depot, Draft(case, (QuoteLine(LineKind.LABOUR, 60),), quotation_id=drafted.id))
        yield "tariffs.none", lambda: quotation.save(
            depot, Draft(case, (QuoteLine(LineKind.LODGING, 1),), quotation_id=drafted.id))

    all_refused(depot, tries())


def test_nobody_approves_what_they_asked_for_or_repaired(depot: Depot) -> None:
    boss = as_person(depot, "manager")
    for login in ("technician", "clerk"):
        (user,) = (u for u in people.users(depot) if u.login == login)
        seen = accounts.account_of(user)
        accounts.edit(as_person(depot, "admin"), user.id, replace(seen, roles=seen.roles | {Role.MANAGER}), seen)
    asked = scrap.request(as_person(depot, "clerk"), a_ber_unit(depot, the_product(depot)).case_id, "超过残值")
    free = free_service.ask(as_person(depot, "clerk"), a_chargeable_case(depot), "大客户")
    part = parts.add(as_person(depot, "supervisor"), Part("", "PCB-7", "主板", "board", "块", 86_000), 5).part

    def tries() -> Tries:
        for approval in (asked, free):
            yield "people.approves-own-request", lambda approval=approval: approvals.decide(
                boss, approval.approval_id, approved=True, signature=own("clerk"))
            yield "people.approves-own-repair", lambda approval=approval: approvals.decide(
                boss, approval.approval_id, approved=True, signature=own("technician"))
        yield "loan.self-approval", lambda: loans.lend(
            depot, Lending((LoanItem(part.id, 4),), "出差", TODAY), own("supervisor"), own("supervisor"))

    all_refused(depot, tries())
