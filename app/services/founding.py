"""The first start: a depot is founded, with its first administrator (spec 5, "First minutes")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

from app.depot import SYSTEM, Clock, Depot, Hashing, NewId, open_depot, system_clock, uuid7
from app.domain.numbering import depot_code_problems
from app.domain.people import Role
from app.domain.settings import DepotIdentity, DepotSetting, centre_problems
from app.errors import Problem, Refused
from app.persistence import forwarding, journal, node, settings
from app.persistence.database import Database
from app.persistence.migrate import revision, upgrade
from app.persistence.transaction import Tx
from app.services import codes, people


@dataclass(frozen=True, slots=True)
class Founding:
    """What the first start asks: whose depot this is, and who its first administrator is.

    ``admin_roles``: what else this person is; being administrator gives no operational right. ``centre``: address of
    the head office's server, empty for later. ``codes``: whether the tables of codes begin with the usual ones.
    """

    depot_id: str
    name: str
    admin_login: str
    admin_name: str
    admin_password: str
    admin_pin: str
    language: str = "zh_CN"
    time_zone: str = "Asia/Shanghai"
    address: str = ""
    phone: str = ""
    admin_roles: frozenset[Role] = frozenset()
    centre: str = ""
    codes: bool = True

    def administrator(self) -> people.NewUser:
        """The first person of the depot."""
        return people.NewUser(
            self.admin_login, self.admin_name, self.admin_password, self.admin_pin,
            frozenset({Role.ADMIN}) | self.admin_roles, language=self.language,
        )


def problems(founding: Founding) -> list[Problem]:
    """What is wrong with the answers given so far."""
    found = [Problem("depot_id", problem.code, problem.facts) for problem in depot_code_problems(founding.depot_id)]
    if not founding.name.strip():
        found.append(Problem("name", "founding.name-missing"))
    if founding.time_zone not in available_timezones():
        found.append(Problem("time_zone", "founding.time-zone", {"value": founding.time_zone}))
    found += centre_problems(founding.centre)
    # a field of the form is called as here: login → admin_login
    return found + [
        Problem(f"admin_{problem.field}", problem.code, problem.facts)
        for problem in people.new_user_problems(founding.administrator())
    ]


def is_founded(target: str | Path) -> bool:
    """Whether there is a depot at ``target``. ``Unavailable`` when that cannot be found out."""
    database = Database(target)
    try:
        if database.path is not None and not database.path.exists():
            return False
        if revision(database) is None:
            return False
        with database.read() as connection:
            return node.identity(connection) is not None
    finally:
        database.close()


def found(
    target: str | Path,
    founding: Founding,
    *,
    clock: Clock = system_clock,
    new_id: NewId = uuid7,
    hashing: Hashing | None = None,
    durable: bool = True,
) -> Depot:
    """Make the database at ``target``, write who it is, enter the first administrator, and open it.

    Refused: ``founding.exists`` when there is a depot already, ``database.moved`` when it went elsewhere; the codes of
    :func:`problems`. Nothing of a refused founding stays behind.
    """
    wrong = problems(founding)
    if wrong:
        raise Refused.because(wrong)
    database = Database(target)
    try:
        if database.path is not None:
            forwarding.refuse(database.path)        # a second depot of that code in its old place
            database.path.parent.mkdir(parents=True, exist_ok=True)
        if revision(database) is not None:
            with database.read() as connection:
                if node.identity(connection) is not None:
                    raise Refused("founding.exists", field="database", place=database.display)
        upgrade(database, clock())
        _write(database, founding, clock, new_id, hashing or Hashing())
    finally:
        database.close()
    return open_depot(
        str(target), operator=SYSTEM, clock=clock, new_id=new_id, hashing=hashing, durable=durable
    )


def _write(database: Database, founding: Founding, clock: Clock, new_id: NewId, hashing: Hashing) -> None:
    now = clock()
    identity = DepotIdentity(
        founding.depot_id, founding.name.strip(), founding.time_zone, founding.language, founding.address,
        founding.phone, None, now,
    )
    # A provisional origin: the centre gives the real one at first contact (spec 4, "Terms").
    provisional = int(now.timestamp() * 1000) << 20 | int(re.sub("[^0-9a-f]", "", new_id())[-5:], 16)
    with database.bare() as connection:
        node.found(connection, identity, provisional)
        tx = Tx(connection, founding.depot_id, now, SYSTEM.id, SYSTEM.name, new_id)
        user_id = people.enter_user(tx, founding.administrator(), hashing)
        if founding.codes:
            codes.enter_starters(tx)
        if founding.centre.strip():
            settings.put(tx, DepotSetting.CENTRE.value, founding.centre.strip())
        journal.record(
            tx, "founding.found", subject_kind="depot", subject_id=founding.depot_id, subject_number=founding.depot_id,
            facts={"name": founding.name, "administrator": user_id},
        )
