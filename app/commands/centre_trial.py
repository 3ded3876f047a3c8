"""``centre demo``: what a night is, shown with a centre and two depots on this machine."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from app.commands import line
from app.depot import SYSTEM, Depot, Hashing, Operator, open_depot
from app.domain.masterdata import Customer, Product
from app.domain.people import Role
from app.domain.receiving import Intake
from app.domain.signing import OutsideSignature, OwnSignature, Party
from app.i18n import _
from app.labels import label
from app.services import customers, founding, people, products, receiving
from app.services import night as nights
from app.sync import registry
from app.sync.run import night
from app.sync.server import Centre

_CHEAP = Hashing(time_cost=1, memory_kib=8)
_PASSWORD, _PIN = "fanxiu-demo", "2580"
_SERIAL = "H204817736"
_STROKES = (((0.1, 0.5), (0.3, 0.2), (0.5, 0.8), (0.9, 0.4)),)


def show(url: str) -> int:
    """Found the centre and two depots, let both work, exchange, and prove that all have the same."""
    print(_("Head office founds the centre …"))
    office = founding.found(url, _founding("HQ", "总部"), hashing=_CHEAP)
    office.close()
    registry.prepare(url)
    folder = Path(tempfile.mkdtemp(prefix="fanxiu-trial-"))
    try:
        return _two_depots(url, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _two_depots(url: str, folder: Path) -> int:
    _head_office_writes(url)
    logins = {code: registry.add_depot(url, code, name, datetime.now(UTC)) for code, name in
              (("SH1", "上海返修站"), ("CD1", "成都返修站"))}
    depots = {}
    try:
        for code, login in logins.items():
            depots[code] = founding.found(folder / f"{code}.db", _founding(code, code), hashing=_CHEAP)
            print(_("{code}: founded, first night").format(code=code))
            _night(depots[code], login)
        for code, depot in depots.items():
            number = _receive(depot)
            print(_("{code}: {serial} received as {number}").format(code=code, serial=_SERIAL, number=number))
        sound = True
        for code in ("SH1", "CD1", "SH1"):
            sound = _night(depots[code], logins[code]) and sound
        for code, depot in depots.items():
            print(_("{code} knows of visits of {serial}: {visits}").format(
                code=code, serial=_SERIAL, visits=", ".join(visit.number for visit in nights.visits(depot, _SERIAL))
            ))
    finally:
        for depot in depots.values():
            depot.close()
    for state in registry.states(url, datetime.now(UTC)):
        print(_("{code}: {rows} rows in {batches} batches at the centre").format(
            code=state.code, rows=state.rows, batches=state.batches
        ))
    if sound:
        print(_("Centre and depots have the same rows, by count and sum."))
    print("verified" if sound else "not verified")       # the same word in every language, for scripts
    return line.DONE if sound else line.COULD_NOT_RUN


def _founding(code: str, name: str) -> founding.Founding:
    return founding.Founding(
        code, name, "admin", "管理员", _PASSWORD, _PIN, codes=code == "HQ",
        admin_roles=frozenset({Role.SUPERVISOR, Role.CLERK}),
    )


def _head_office_writes(url: str) -> None:
    office = open_depot(url, operator=SYSTEM, hashing=_CHEAP)
    try:
        customers.add(office, Customer(id=office.new_id(), code="C0001", name="中车株洲所"))
        products.add(office, Product(id=office.new_id(), model="PSU-4800W", name_zh="电源模块", name_en="Power module"))
    finally:
        office.close()


def _night(depot: Depot, login: registry.NewLogin) -> bool:
    centre = Centre(login.address, password=login.password)
    try:
        nights.before(depot)
        report = night(depot, centre, asked_by="demo")
        nights.after(depot)
    finally:
        centre.close()
    print(_("{code}: sent {sent}, fetched {fetched}, compared {compared}: {outcome}").format(
        code=depot.depot_id, sent=report.tally.sent, fetched=report.tally.fetched, compared=report.tally.verified,
        outcome=label(report.outcome),
    ))
    return report.outcome.value == "VERIFIED"


def _receive(depot: Depot) -> str:
    admin = next(user for user in people.users(depot) if user.login == "admin")
    at_desk = depot.as_operator(Operator(admin.id, admin.login, admin.name, admin.roles))
    customer = customers.find(at_desk, "中车")[0]
    product = products.find(at_desk, "PSU")[0]
    received = receiving.receive(at_desk, receiving.Receipt(
        (Intake(serial=_SERIAL, symptom="开机无输出", customer_id=customer.id, product_id=product.id),),
        OutsideSignature(Party.CUSTOMER, "刘师傅", _STROKES), OwnSignature("admin", _PIN),
    ))
    return received.units[0].case_number
