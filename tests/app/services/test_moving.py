"""A depot moves to a server and back; every row arrives, and work goes on where it stopped."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from app.depot import SYSTEM, Depot, open_depot
from app.domain.backups import CopyKind
from app.errors import Refused, Unavailable
from app.messages import sentence
from app.persistence import contents, forwarding
from app.services import backup, founding, keeping, moving, search, status, upgrading, verifying
from tests.app.services.test_backup import target
from tests.builders import a_received_unit
from tests.conftest import CHEAP, FOUNDING, PostgresServer, as_person

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
    assert "***" in done.to                     # a place is told with no password in it
    with pytest.raises(Refused) as refusal:
        reopened(place)
    assert (refusal.value.code, refusal.value.facts["to"]) == ("database.moved", done.to)
    moving.move(url, place, NOW)                # home again; a desk still has the server open
    with pytest.raises(Refused) as refusal:
        a_received_unit(as_person(there, "clerk"), "H204817738")
    assert refusal.value.code == "law.moved"
    there.close()
    with pytest.raises(Refused) as refusal:
        reopened(url)
    assert (refusal.value.code, refusal.value.facts["to"]) == ("database.left", place)
    assert not Path(f"{place}.moved").exists()
    back = reopened(place)
    assert digest(back) == after
    assert verifying.verify(back).sound
    assert [hit.serial for hit in search.search(back, "817737").hits] == ["H204817737"]
    back.close()


def test_a_target_that_is_not_empty_is_refused(sqlite_depot: Depot, tmp_path: Path) -> None:
    place = str(sqlite_depot.database.path)
    other = tmp_path / "other.db"
    other.write_bytes(b"something")
    for to, code in ((str(other), "move.not-empty"), (place, "move.same")):
        with pytest.raises(Refused) as refusal:
            moving.move(place, to, NOW)
        assert refusal.value.code == code
    assert other.read_bytes() == b"something"
    assert verifying.verify(sqlite_depot).sound


def test_nothing_to_move_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        moving.move(str(tmp_path / "nothing.db"), str(tmp_path / "new.db"), NOW)
    assert refusal.value.code == "database.empty"
    assert backup.copies_in([tmp_path]) == []


@pytest.mark.postgres
def test_a_server_that_was_left_is_left_again_only_when_the_depot_is_lost_there(
    postgres_server: PostgresServer, tmp_path: Path
) -> None:
    postgres_url = postgres_server.create(f"left_{tmp_path.name}", "depot_template")
    moving.move(postgres_url, str(tmp_path / "a.db"), NOW)
    with pytest.raises(Refused) as refusal:
        moving.move(postgres_url, str(tmp_path / "b.db"), NOW)
    assert refusal.value.code == "database.left"
    moving.move(postgres_url, str(tmp_path / "c.db"), NOW, lost_there=True)
    found = reopened(str(tmp_path / "c.db"))
    a_received_unit(as_person(found, "clerk"))
    assert verifying.verify(found).sound
    found.close()
    with pytest.raises(Refused) as refusal:
        reopened(postgres_url)
    assert refusal.value.facts["to"] == str(tmp_path / "c.db")


def test_who_comes_to_the_old_file_is_told_the_new_place(sqlite_depot: Depot, tmp_path: Path) -> None:
    place, new = target(sqlite_depot), str(tmp_path / "new" / "depot.db")
    copy = backup.back_up(place, NOW, CopyKind.MANUAL).copy
    sqlite_depot.close()
    Path(new).parent.mkdir()
    assert moving.move(place, new, NOW).to == new
    comings: list[Callable[[], object]] = [
        lambda: reopened(place),
        lambda: backup.restore(place, copy.place, NOW),
        lambda: backup.newest_good(place),
        lambda: backup.back_up(place, NOW, CopyKind.MANUAL),
        lambda: keeping.check_after_unclean_end(place),
        lambda: upgrading.upgrade(place),
        lambda: moving.move(place, str(tmp_path / "third.db"), NOW),
        lambda: founding.found(place, FOUNDING),
    ]
    for coming in comings:
        with pytest.raises(Refused) as refusal:
            coming()
        assert (refusal.value.code, refusal.value.facts["to"]) == ("database.moved", new)
        assert new in sentence(refusal.value)
    assert not Path(place).exists()
    Path(f"{place}.moved").unlink()             # as the sentence says
    assert backup.restore(place, copy.place, NOW).place == place


def test_a_file_that_a_desk_has_open_is_not_left(sqlite_depot: Depot, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    with pytest.raises(Refused) as refusal:
        moving.move(target(sqlite_depot), str(new), NOW)
    assert refusal.value.code == "move.in-use"
    assert not new.exists()
    a_received_unit(sqlite_depot)
    assert verifying.verify(sqlite_depot).sound


def test_a_desk_that_comes_during_the_move_writes_nothing_in_the_old_file(sqlite_depot: Depot, tmp_path: Path) -> None:
    place, new = target(sqlite_depot), str(tmp_path / "new.db")
    copy = backup.back_up(place, NOW, CopyKind.MANUAL).copy
    there, come, told = as_person(sqlite_depot, "clerk"), threading.Event(), list[str]()
    sqlite_depot.close()

    def receives() -> None:
        status.of(there)
        come.set()
        try:
            a_received_unit(there, "H204817736")        # waits for the line
        except Refused as refusal:
            told.append(refusal.code)

    desk = threading.Thread(target=receives)

    class Comes:
        def step(self, _done: int, _total: int, _text: str = "") -> None:
            if not come.is_set():
                desk.start()
                assert come.wait(10)

    done = moving.move(place, new, NOW, Comes())
    desk.join(20)
    assert told == ["law.moved"]
    there.close()
    with pytest.raises(Refused) as refusal:         # the file that was set aside says where its depot is
        reopened(done.set_aside)
    assert (refusal.value.code, refusal.value.facts["to"]) == ("database.left", new)
    Path(done.set_aside).rename(place)              # nor is it worked in under its old name
    for coming in (lambda: reopened(place), lambda: backup.restore(place, copy.place, NOW)):
        with pytest.raises(Refused) as refusal:
            coming()
        assert refusal.value.code == "database.left"
    again = str(tmp_path / "again.db")              # where the new one is lost, it is left once more
    moving.move(place, again, NOW, lost_there=True)
    found = reopened(again)
    a_received_unit(as_person(found, "clerk"), "H204817736")
    found.close()


def test_a_file_that_was_left_can_be_put_back_by_hand(sqlite_depot: Depot, tmp_path: Path) -> None:
    place = target(sqlite_depot)
    sqlite_depot.close()
    aside = moving.move(place, str(tmp_path / "new.db"), NOW).set_aside
    Path(f"{place}.moved").unlink()                 # as the sentence says
    backup.restore(place, aside, NOW)
    here = reopened(place)
    a_received_unit(as_person(here, "clerk"), "H204817736")
    assert verifying.verify(here).sound
    here.close()


def test_a_place_that_cannot_take_the_word_is_not_left(sqlite_depot: Depot, tmp_path: Path) -> None:
    place = Path(target(sqlite_depot))
    sqlite_depot.close()
    (tmp_path / "depot.db.moved.part").mkdir()
    with pytest.raises(Unavailable):
        moving.move(str(place), str(tmp_path / "new.db"), NOW)
    assert place.exists()
    assert not (tmp_path / "new.db").exists()


def test_a_move_killed_between_its_two_commits_leaves_no_two_depots(sqlite_depot: Depot, tmp_path: Path) -> None:
    a_received_unit(sqlite_depot)
    old, new = str(sqlite_depot.database.path), tmp_path / "new.db"
    sqlite_depot.close()

    def committed(link: Connection) -> None:
        if link.engine.url.database == str(new):
            try:
                forwarding.refuse(Path(old))
            except Refused:
                os.kill(os.getpid(), signal.SIGKILL)    # the old one is closed, the new one does not count yet

    if (child := os.fork()) == 0:
        event.listen(Engine, "commit", committed)
        moving.move(old, str(new), NOW)
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    with pytest.raises(Refused, match=r"database\.left"):
        open_depot(old)
    with pytest.raises(Refused, match=r"database\.empty"):
        open_depot(str(new))
    moving.move(old, str(tmp_path / "again.db"), NOW, lost_there=True)
    again = open_depot(str(tmp_path / "again.db"))
    assert verifying.verify(again).sound
    again.close()
