"""The open depot: what every service is handed.

Clock and ids come in from outside, so that nothing below this file calls ``now()`` or invents an id, and a test or a
simulation can say what time it is.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.domain import people
from app.domain.people import Action, Role
from app.domain.policy import PolicySnapshot
from app.domain.settings import DepotIdentity
from app.errors import Refused
from app.persistence import forwarding, node, policies
from app.persistence.database import Database
from app.persistence.migrate import check
from app.persistence.transaction import Tx

Clock = Callable[[], datetime]
NewId = Callable[[], str]
#: So many bytes that nobody can foretell: keys and salts.
Chance = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Operator:
    """Who is at the desk. Nobody yet: ``id`` is empty and there are no roles."""

    id: str = ""
    login: str = ""
    name: str = ""
    roles: frozenset[Role] = frozenset()


#: The program itself: founding a depot, demo data, headless commands run by whoever holds the file.
SYSTEM = Operator(id="system", login="system", name="Fanxiu", roles=frozenset(Role))


@dataclass(frozen=True, slots=True)
class Hashing:
    """Cost of a password hash (argon2id). Tests and demo depots take less."""

    time_cost: int = 3
    memory_kib: int = 65536


@dataclass(frozen=True, slots=True)
class Depot:
    """An open depot with somebody at the desk."""

    database: Database
    identity: DepotIdentity
    operator: Operator
    clock: Clock
    new_id: NewId
    hashing: Hashing = Hashing()
    chance: Chance = os.urandom

    @property
    def depot_id(self) -> str:
        """The depot's code, e.g. ``SH1``."""
        return self.identity.depot_id

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the depot counts days."""
        return ZoneInfo(self.identity.time_zone)

    def today(self) -> date:
        """The calendar day it is at the depot."""
        return self.local_day(self.clock())

    def local_day(self, moment: datetime) -> date:
        """The depot's calendar day of ``moment``."""
        return moment.astimezone(self.zone).date()

    def as_operator(self, operator: Operator) -> Depot:
        """The same depot with somebody else at the desk."""
        return replace(self, operator=operator)

    def require(self, action: Action) -> None:
        """Refuse with ``people.not-allowed`` unless the operator's roles permit ``action``."""
        people.require(self.operator.roles, action)

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """One writing transaction: everything in it happens at one moment, by one person, or not at all."""
        if not self.operator.id:
            raise Refused("people.nobody-at-desk")
        with self.database.write() as connection:
            yield Tx(connection, self.depot_id, self.clock(), self.operator.id, self.operator.name, self.new_id)

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """One reading transaction over one snapshot."""
        with self.database.read() as connection:
            yield Tx(connection, self.depot_id, self.clock(), self.operator.id, self.operator.name, self.new_id)

    def policy(self, tx: Tx, day: date | None = None) -> PolicySnapshot:
        """The policy in force on ``day`` (default: today)."""
        return policies.book(tx).at(day or self.local_day(tx.at))

    def close(self) -> None:
        """Give the database back."""
        self.database.close()


def open_depot(
    target: str,
    *,
    operator: Operator | None = None,
    clock: Clock | None = None,
    new_id: NewId | None = None,
    hashing: Hashing | None = None,
    chance: Chance | None = None,
    durable: bool = True,
) -> Depot:
    """Open the depot at ``target`` (file path or PostgreSQL URL); nobody is at the desk unless ``operator`` is given.

    ``durable=False``: see :class:`Database`.

    Refused: ``database.empty`` (not founded yet), ``database.newer``, ``database.older``; ``database.moved``,
    ``database.left`` (the depot is elsewhere now).
    """
    database = Database(target, durable=durable)
    try:
        if database.path is not None and not database.path.exists():
            forwarding.refuse(database.path)
            raise Refused("database.empty", field="database", place=database.display)
        check(database)
        with database.read() as connection:
            identity = node.identity(connection)
            forwarding.refuse_left(database, connection)
        if identity is None:
            raise Refused("database.empty", field="database", place=database.display)
    except BaseException:
        database.close()
        raise
    return Depot(
        database, identity, operator or Operator(), clock or system_clock, new_id or uuid7, hashing or Hashing(),
        chance or os.urandom,
    )


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def uuid7() -> str:
    """A new time-ordered id (RFC 9562, version 7)."""
    chance = int.from_bytes(os.urandom(10))
    text = f"{time.time_ns() // 1_000_000 << 80 | chance & _CHANCE | _VERSION:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


_CHANCE = (1 << 80) - 1 & ~(0xF << 76) & ~(0x3 << 62)
_VERSION = 7 << 76 | 2 << 62
