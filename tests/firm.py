"""A whole firm for tests: a centre on PostgreSQL, a desk of head office on it with a login of its own, two depots."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app.depot import Depot, open_depot
from app.domain.people import Role
from app.services import founding, night, people
from app.sync import registry, run
from app.sync.server import Centre
from tests.builders import as_person
from tests.conftest import CHEAP, FOUNDING, PASSWORD, PIN, Ids, PostgresServer

_names = itertools.count(1)
HQ = founding.Founding("HQ", "总部", "office", "总部", PASSWORD, PIN,
                       admin_roles=frozenset({Role.SUPERVISOR, Role.MANAGER, Role.CLERK}))
DEPOTS = {"SH1": "上海返修站", "CD1": "成都返修站"}


@dataclass
class Firm:
    """``office``: head office's desk. ``address``: where its window opens. ``depots``: each with its clerk."""

    office: Depot
    address: str
    depots: dict[str, Depot]
    logins: dict[str, registry.NewLogin]

    def night(self, code: str) -> None:
        """A whole night of one depot, with what is done before and after it."""
        centre = Centre(self.logins[code].address, password=self.logins[code].password)
        night.before(self.depots[code])
        run.night(self.depots[code], centre)
        night.after(self.depots[code])
        centre.close()


@contextmanager
def a_firm(server: PostgresServer, folder: Path) -> Iterator[Firm]:
    """Founded and empty; closed afterwards."""
    url = server.create(f"firm_{next(_names)}")
    founding.found(url, HQ, hashing=CHEAP).close()
    registry.prepare(url)
    logins = {code: registry.add_depot(url, code, name, datetime.now(UTC)) for code, name in DEPOTS.items()}
    login = registry.add_head_office_login(url, f"desk_{next(_names)}")
    desk = open_depot(login.address, hashing=CHEAP)
    office = desk.as_operator(people.sign_in(desk, "office", PASSWORD))
    depots = {}
    for n, (code, name) in enumerate(DEPOTS.items()):
        told = founding.found(folder / f"{code}.db", replace(FOUNDING, depot_id=code, name=name), hashing=CHEAP,
                              new_id=Ids(itertools.count(1_000_000 * (n + 1))))
        people.add_user(told, people.NewUser("clerk", "何静", PASSWORD, PIN, frozenset({Role.CLERK})))
        people.add_user(told, people.NewUser("supervisor", "陈思远", PASSWORD, PIN, frozenset({Role.SUPERVISOR})))
        depots[code] = as_person(told, "clerk")
    made = Firm(office, login.address, depots, logins)
    yield made
    for depot in (made.office, *depots.values()):
        depot.close()
