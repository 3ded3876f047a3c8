"""The pictures show a depot that has met a centre; what they show is what the pages ask of any depot's record."""

from __future__ import annotations

from pathlib import Path

from app.depot import Depot
from app.services import conflict_sheets, night, transfer_arrivals, transfers
from app.services.demo import centre
from app.sync import credentials
from tests.builders import a_received_unit
from tests.conftest import PIN, FakeClock


def test_a_demonstration_that_met_a_centre_has_nights_something_to_decide_and_units_under_way(
    sqlite_depot: Depot, clock: FakeClock, tmp_path: Path
) -> None:
    for serial in ("H204817733", "H204817741"):
        a_received_unit(sqlite_depot, serial)
    clock.advance(days=9)
    path = sqlite_depot.database.path
    assert path is not None
    centre.meet(str(path), clock=clock, pin=PIN)
    assert credentials.address(sqlite_depot)
    assert not night.is_due(sqlite_depot)
    assert {row.outcome for row in night.nights(sqlite_depot)} >= {"VERIFIED", "UNAVAILABLE", "REFUSED", "KILLED"}
    (sheet,) = conflict_sheets.inbox(sqlite_depot)
    assert sheet.choosable
    assert len(night.alerts(sqlite_depot)) == 1
    (sent,) = transfers.sent(sqlite_depot)
    assert (sent.to_depot, sent.serial) == ("BJ1", "H204817733")
    (coming,) = transfer_arrivals.coming(sqlite_depot)
    assert coming.from_depot == "CD1"
