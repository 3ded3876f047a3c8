"""One desk at a time runs the night: taken before it, renewed at its steps, freed after it, lapsed when it died.

Two nights at once would lose nothing - the centre refuses a batch that does not follow on the last - but each would
take the other's batches for a history that has parted. So there is a row that one desk holds.
"""

from __future__ import annotations

import os
import platform
import sys
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.depot import Depot
from app.errors import Refused, Unavailable
from app.persistence import night_lease as rows
from app.persistence.night_lease import LeaseRow

#: A desk from which nothing was heard for so long has died. Longer than any step between two renewals.
LAPSES = timedelta(minutes=5)
_RENEWED = timedelta(seconds=20)
#: The nights of this process: one that was broken off here holds nothing, even if its row could not be removed.
_here: set[str] = set()


@dataclass
class Lease:
    """The right to run the night, as long as it is renewed."""

    depot: Depot
    holder: str
    renewed: datetime

    def renew(self) -> None:
        """Move its end, not more often than needed. Refused: ``sync.running`` (it lapsed, another desk took it)."""
        at = self.depot.clock()
        if abs(at - self.renewed) < _RENEWED:
            return
        with self.depot.write() as tx:
            if not rows.prolong(tx, self.holder, rows.now(tx) + LAPSES):
                found = rows.current(tx)
                raise Refused("sync.running", since=(found.since if found else tx.at).astimezone(self.depot.zone))
        self.renewed = at

    def free(self) -> None:
        """Give it back. A disk or server that cannot take that: it lapses by itself."""
        _here.discard(self.holder)
        try:
            with self.depot.write() as tx:
                rows.free(tx, self.holder)
        except Unavailable:
            return


def take(depot: Depot) -> Lease:
    """Take the lease, in one transaction. Refused: ``sync.running`` with the moment the other desk began."""
    with depot.write() as tx:
        found, now = rows.current(tx), rows.now(tx)
        # an end further off than any lease lasts was written by a clock that was wrong
        if found is not None and now < found.until <= now + LAPSES and not _died(found.holder):
            raise Refused("sync.running", since=found.since.astimezone(depot.zone))
        holder = f"{computer()}:{os.getpid()}:{tx.new_id()}"
        rows.give(tx, LeaseRow(holder, now, now + LAPSES))
    _here.add(holder)
    return Lease(depot, holder, depot.clock())


def computer() -> str:
    """The name of this computer and of no other: two may be called the same, and their processes have one number."""
    return f"{platform.node()}-{uuid.getnode():012x}"


def _died(holder: str) -> bool:
    """Whether the holder was a process of this computer that is no more: nobody need wait for that."""
    where, process, _night = holder.rsplit(":", 2)
    if where != computer():
        return False
    if int(process) == os.getpid():
        return holder not in _here
    if sys.platform == "win32":
        return False                 # there a signal 0 would end the process: its lease lapses
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
