"""Is everything still as it was written? The whole record looked over, nothing changed (spec 4, "Backup").

What is found is a list of problems with codes; their sentences name the entry, the unit or the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from app.depot import Depot
from app.domain.verifying import Check
from app.errors import Problem
from app.persistence import copies, node, sealing
from app.persistence import verifying as rows
from app.persistence.transaction import Tx
from app.progress import UNWATCHED, Progress


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found. ``sealed``: rows under a seal; ``journal``: entries in the chain."""

    findings: tuple[Problem, ...]
    checks: tuple[Check, ...]
    sealed: int
    head: str

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Sealed:
    """So many rows were sealed."""

    rows: int


_CHECKS: dict[Check, Callable[[Tx, rows.Watch], Iterator[Problem]]] = {
    Check.JOURNAL: rows.journal_chain,
    Check.SEALS: rows.seals,
    Check.MOVES: rows.moves,
    Check.STAMPS: rows.stamps,
    Check.NUMBERS: rows.numbers,
    Check.REFERENCES: rows.references,
    Check.CONTENTS: rows.contents,
}
#: Of one kind so many findings are enough to know that something is wrong.
_MOST = 100


def verify(depot: Depot, progress: Progress = UNWATCHED) -> Verified:
    """Look over the whole record, one snapshot of it. Reads only; takes a second or so for 10,000 cases.

    Codes of the findings: ``verify.engine``, ``verify.journal``, ``verify.journal-end``, ``verify.seal``,
    ``verify.seal-chain``, ``verify.chain``, ``verify.place``, ``verify.stamp``, ``verify.number-gap``,
    ``verify.orphan``, ``verify.content``, ``verify.content-missing``, ``verify.unreadable``.
    """
    found: list[Problem] = []
    steps = len(Check)
    progress.step(0, steps)
    path = depot.database.path
    if path is not None:
        found += [
            Problem("database", "verify.engine", {"place": str(path), "reason": said})
            for said in copies.engine_findings(path, quick=False)
        ]
    with depot.read() as tx:
        for n, (check, look) in enumerate(_CHECKS.items(), 1):
            progress.step(n, steps, check.value)
            found += _read(check, islice(look(tx, _watch(progress, n, steps)), _MOST))
        _no, head = node.journal_end(tx)
        sealed = sealing.sealed_rows(tx)
    progress.step(steps, steps)
    return Verified(tuple(_by_the_clock_of(depot, each) for each in found), tuple(Check), sealed, head)


def _by_the_clock_of(depot: Depot, found: Problem) -> Problem:
    """The moments of a finding as the depot's clock showed them."""

    def local(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(local(each) for each in value)
        return value.astimezone(depot.zone) if isinstance(value, datetime) else value

    return replace(found, facts={name: local(value) for name, value in found.facts.items()})


def _read(check: Check, findings: Iterator[Problem]) -> Iterator[Problem]:
    """``findings``, and ``verify.unreadable`` where a value is so changed that it cannot even be read as what it was.

    The other checks go on; the seals, which read the bare row, name it.
    """
    try:
        yield from findings
    except (ValueError, TypeError, LookupError, ArithmeticError) as error:
        yield Problem("database", "verify.unreadable", {"check": check, "reason": str(error)})


def seal_anew(depot: Depot) -> Sealed:
    """After a night in which the database met the centre for the first time, or parted: the seals before stand for
    rows under other stamps. Both sides have just been compared, so what is sealed is what the centre has."""
    with depot.read() as tx:
        sealed = sealing.is_sealed(tx)
    return Sealed(0) if sealed else seal(depot)


def seal(depot: Depot) -> Sealed:
    """Seal what was written since the last seal: before each night and with each nightly copy.

    Stretch by stretch, each a transaction of its own: after years, or a fork, there is much of it, and people work.
    """
    total = 0
    while True:
        with depot.write() as tx:
            rows = sealing.seal(tx)
        total += rows
        if rows < sealing.AT_ONCE:
            return Sealed(total)


def _watch(progress: Progress, done: int, total: int) -> rows.Watch:
    return lambda _n, _of: progress.step(done, total)
