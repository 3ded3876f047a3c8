"""A depot moves to a server and back; every row arrives, and work goes on where it stopped."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.depot import SYSTEM, Depot, open_depot
from app.errors import Refused
from app.persistence import contents
from app.services import backup, moving, search, verifying
from tests.builders import a_received_unit
from tests.conftest import CHEAP, PostgresServer, as_person

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def digest(depot: Depot) -> str:
    with depot.read() as tx:
        return contents.digest(tx)


def reopened(place: str) -> Depot:
    return open_depot(place, operator=SYSTEM, hashing=CHEAP)


@pytest.mark.postgres
def test_to_a_server_and_back_nothing_is_lost(
    sqlite_depot: Depot, postgres_server: PostgresServer, tmp_path: Path
) -> None:
    a_received_unit(sqlite_depot, "H204817736")
    place, before = str(sqlite_depot.database.path), digest(sqlite_depot)
    sqlite_depot.close()
    url = postgres_server.create(f"moved_{tmp_path.name}")
    done = moving.move(place, url, NOW)
    assert done.rows > 20
    assert not Path(place).exists()             # nobody works on in the old file
    assert Path(done.set_aside).exists()
    there = reopened(url)
    assert digest(there) == before
    assert verifying.verify(there).sound
    a_received_unit(as_person(there, "clerk"), "H204817737")     # numbers and stamps go on where they stopped
    assert verifying.verify(there).sound
    after = digest(there)
    there.close()
    moving.move(url, str(tmp_path / "back.db"), NOW)
    back = reopened(str(tmp_path / "back.db"))
    assert digest(back) == after
    assert verifying.verify(back).sound
    assert [hit.serial for hit in search.search(back, "817737").hits] == ["H204817737"]
    back.close()


def test_a_target_that_is_not_empty_is_refused(sqlite_depot: Depot, tmp_path: Path) -> None:
    place = str(sqlite_depot.database.path)
    other = tmp_path / "other.db"
    other.write_bytes(b"something")
    for target, code in ((str(other), "move.not-empty"), (place, "move.same")):
        with pytest.raises(Refused) as refusal:
            moving.move(place, target, NOW)
        assert refusal.value.code == code
    assert other.read_bytes() == b"something"
    assert verifying.verify(sqlite_depot).sound


def test_nothing_to_move_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        moving.move(str(tmp_path / "nothing.db"), str(tmp_path / "new.db"), NOW)
    assert refusal.value.code == "database.empty"
    assert backup.copies_in([tmp_path]) == []
