"""Money in the demonstration: the rates of the year, quotations, and what customers say to them."""

from __future__ import annotations

from dataclasses import replace

from app.domain.people import Role
from app.domain.quotation import Answer, ConsentMethod, LineKind, PaymentKind
from app.domain.tariffs import RateClass, TariffEntry, TariffKind
from app.errors import Refused
from app.services import payments, quotation, quotation_lists, referring, tariffs
from app.services.demo.fates import Life
from app.services.demo.house import House

_T, _C = TariffKind, RateClass
#: Kind, class, fen, per cent (the daily rates are those of the source's own charge table).
_RATES = (
    (_T.LABOUR, _C.STANDARD, 12_000, 0), (_T.LABOUR, _C.SPECIALIST, 20_000, 0),
    (_T.PARTS_SURCHARGE, _C.GENERAL, 500, 10), (_T.OLD_FOR_NEW, _C.GENERAL, 0, 15),
    *((_T.TRAVEL, region, fen, 0) for region, fen in ((_C.LOCAL, 200), (_C.PROVINCE, 150), (_C.FAR, 120))),
    *((kind, region, fen, 0) for kind, fen in ((_T.LODGING, 15_000), (_T.MEALS, 5_000), (_T.ALLOWANCE, 20_000))
      for region in (_C.LOCAL, _C.PROVINCE, _C.FAR)),
    (_T.INSPECTION, _C.GENERAL, 8_000, 0),
)


def furnish(house: House) -> None:
    """The rates of the year."""
    depot = house.at(Role.SUPERVISOR, 0)
    today = depot.today()
    for kind, rate_class, fen, percent in _RATES:
        tariffs.set_rate(depot, TariffEntry("", kind, rate_class, fen, percent, today), "年度收费标准")


def ask(house: House, life: Life, note: str) -> str:
    """Quote and send; returns the quotation's id, empty where the warranty covers it and only a question is asked."""
    depot = house.at(Role.CLERK)
    proposal = quotation_lists.sheet(depot, life.case_id).proposal
    lines = tuple(
        replace(line, old_returned=line.quantity) if line.kind is LineKind.PART and life.number % 2 else line
        for line in proposal.lines
    )
    try:
        made = quotation.save(depot, replace(proposal, lines=lines, note=note))
    except Refused as refusal:
        if refusal.code != "quotation.covered":
            raise
        referring.pause_for_customer(depot, life.case_id, note or "请用户确认处理方式")
        return ""
    return quotation.send(depot, made.quotation.id).quotation.id


def agreed(house: House, life: Life) -> None:
    """The customer is asked and says yes; some pay at once, some have an account."""
    asked, depot = ask(house, life, ""), house.at(Role.CLERK)
    who = house.customers[life.customer].contact or "经办人"
    if not asked:
        referring.customer_consented(depot, life.case_id, who, "电话同意")
        return
    quotation.answer(depot, asked, Answer(accepted=True, method=ConsentMethod.PAPER, name=who))
    owed = payments.of_case(depot, life.case_id).open_fen
    if owed and life.number % 3 == 0:
        payments.record(depot, life.case_id, PaymentKind.PAID, owed, f"SJ-{life.number:05d}")
    elif owed and life.number % 3 == 1:
        payments.record(depot, life.case_id, PaymentKind.ON_ACCOUNT, owed, note="月结")


def declined(house: House, life: Life, reason: str) -> None:
    """The customer says no to what was asked."""
    depot = house.at(Role.CLERK)
    who = house.customers[life.customer].contact or "经办人"
    for row in quotation_lists.waiting(depot):
        if row.case_id == life.case_id:
            quotation.answer(depot, row.quotation_id, Answer(
                accepted=False, method=ConsentMethod.PAPER, name=who, reason=reason))
            return
    referring.customer_declined(depot, life.case_id, who, reason)
