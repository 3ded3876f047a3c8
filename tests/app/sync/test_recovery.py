"""A depot works, backs up, works on and loses its file: the copy and the centre bring back what they have; the rest is
named by serial.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.depot import SYSTEM, Depot, open_depot
from app.domain.backups import CopyKind
from app.domain.sync.outcomes import Ended
from app.errors import Unavailable
from app.persistence import settings as setting_rows
from app.services import amending, backup, night, recovery, verifying
from app.services.recovery import Recovery
from app.sync import run
from app.sync.server import Centre
from tests.app.sync.test_night import centre
from tests.builders import a_customer, a_product, an_intake, as_person, outside, own
from tests.conftest import CHEAP, FakeClock, Ids

__all__ = ["centre"]
NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


class Day:
    """A depot that takes units in, one serial after the other."""

    def __init__(self, depot: Depot, clock: FakeClock) -> None:
        self.depot, self.clock = depot, clock
        self.ids = itertools.count(3_000_000, 1_000_000)
        self.of = {"customer_id": a_customer(depot).id, "product_id": a_product(depot).id}
        with depot.write() as tx:
            setting_rows.put(tx, "centre", "postgresql://centre.example/fanxiu")

    def takes_in(self, serial: str) -> str:
        """A unit comes in; its case."""
        from app.services import receiving

        intake = an_intake(self.depot, serial, **self.of)
        return receiving.receive(self.depot, receiving.Receipt((intake,), outside(), own())).units[0].case_id

    def amends(self, case_id: str) -> None:
        """Something about a case is corrected."""
        seen = amending.intake_of(self.depot, case_id)
        amending.amend(self.depot, case_id, seen.seq, replace(seen.intake, site="三号站"))

    def loses_its_file(self, *, readable: bool) -> str:
        """The depot is closed; its file is damaged, or gone altogether. Where it was."""
        place = str(self.depot.database.path)
        self.depot.close()
        if not readable:
            Path(place).unlink()
        return place

    def opens(self, place: str) -> Depot:
        """The depot again, after the copy was put back."""
        self.depot = as_person(open_depot(
            place, operator=SYSTEM, clock=self.clock, new_id=Ids(itertools.count(next(self.ids))), hashing=CHEAP,
        ), "clerk")
        return self.depot


@pytest.fixture
def day(sqlite_depot: Depot, clock: FakeClock) -> Iterator[Day]:
    made = Day(sqlite_depot, clock)
    yield made
    made.depot.close()


def standing(depot: Depot) -> Recovery:
    found = recovery.standing(depot)
    assert found is not None
    return found


def serials(found: tuple[object, ...] | None) -> list[str] | None:
    return None if found is None else [one.serial for one in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize("readable", [True, False], ids=["damaged, still readable", "lost altogether"])
def test_the_night_after_a_restore_tells_by_serial_what_came_back_and_what_did_not(
    day: Day, centre: Centre, readable: bool
) -> None:
    early = day.takes_in("EARLY-1")
    day.takes_in("EARLY-2")
    run.night(day.depot, centre)
    copy = backup.back_up(str(day.depot.database.path), NOW, CopyKind.QUICK).copy
    day.takes_in("AFTER-COPY")
    day.amends(early)
    run.night(day.depot, centre)                    # the centre has these two
    until = day.clock.now
    day.takes_in("AFTER-NIGHT")                     # nobody else has these
    place = day.loses_its_file(readable=readable)

    done = backup.restore(place, copy.place, day.clock.now)
    assert (done.set_aside != "") is readable
    depot = day.opens(place)
    before = standing(depot)
    assert (before.joined, before.settled, before.given_back) == (True, False, ())
    assert serials(before.missing) == (["EARLY-1", "AFTER-COPY", "AFTER-NIGHT"] if readable else None)

    day.clock.advance(minutes=5)
    day.takes_in("BEFORE-FORK")                     # done in the copy, still under the old origin
    assert run.night(depot, centre).outcome is Ended.VERIFIED
    night.after(depot)
    found = standing(depot)
    assert found.settled
    assert serials(found.given_back) == ["EARLY-1", "AFTER-COPY"]
    assert serials(found.missing) == (["AFTER-NIGHT"] if readable else None)
    assert found.known_until is not None
    assert found.known_until <= until               # what came after stands on papers only
    assert amending.intake_of(depot, early).intake.site == "三号站"
    codes = {problem.code for problem in verifying.verify(depot).findings}
    assert not codes & {"verify.journal", "verify.journal-end", "verify.stamp", "verify.orphan"}

    again = day.takes_in("AFTER-NIGHT")             # entered anew from its paper
    assert again
    assert run.night(depot, centre).outcome is Ended.VERIFIED
    assert serials(standing(depot).given_back) == ["EARLY-1", "AFTER-COPY"]     # what is new did not come back
    recovery.put_away(depot)
    assert recovery.standing(depot) is None


def test_a_depot_without_a_centre_is_told_at_once_what_is_missing(sqlite_depot: Depot, clock: FakeClock) -> None:
    day = Day(sqlite_depot, clock)
    with sqlite_depot.write() as tx:
        setting_rows.put(tx, "centre", "")
    copy = backup.back_up(str(sqlite_depot.database.path), NOW, CopyKind.QUICK).copy
    day.takes_in("AFTER-COPY")
    place = day.loses_its_file(readable=True)
    backup.restore(place, copy.place, NOW)
    found = standing(day.opens(place))
    assert (found.joined, found.settled, serials(found.given_back), serials(found.missing)) == (
        False, True, [], ["AFTER-COPY"])
    day.depot.close()


def test_without_a_window_it_is_told_once_per_new_state(sqlite_depot: Depot, clock: FakeClock) -> None:
    day = Day(sqlite_depot, clock)
    with sqlite_depot.write() as tx:
        setting_rows.put(tx, "centre", "")
    copy = backup.back_up(str(sqlite_depot.database.path), NOW, CopyKind.QUICK).copy
    day.takes_in("AFTER-COPY")
    place = day.loses_its_file(readable=True)
    backup.restore(place, copy.place, NOW)
    depot = day.opens(place)
    told = recovery.news(depot)
    assert told is not None
    assert serials(told.missing) == ["AFTER-COPY"]
    assert recovery.news(depot) is None
    assert standing(depot) == told                  # the window shows it until somebody has looked after it
    depot.close()


@pytest.mark.parametrize("spoilt", [b"", b'{"made": "2026-11', b"\xff\xfe", b"[]", b'{"made": "yesterday"}'])
def test_a_note_that_cannot_be_read_is_told_of_once_and_set_aside(sqlite_depot: Depot, spoilt: bytes) -> None:
    note = Path(f"{sqlite_depot.database.path}.restored")
    note.write_bytes(spoilt)
    with pytest.raises(Unavailable) as failure:
        recovery.standing(sqlite_depot)
    assert failure.value.code == "recovery.unreadable"
    assert recovery.standing(sqlite_depot) is None
    assert Path(str(failure.value.facts["place"])).read_bytes() == spoilt
