"""A restore while desks come and go, with the power cut in the middle: nobody's work goes where nobody reads it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.depot import SYSTEM, Depot, open_depot
from app.domain.backups import BackupCopy, CopyKind
from app.errors import Refused
from app.persistence import copies, forwarding
from app.services import backup, keeping, recovery
from tests.app.services.test_backup import target, units
from tests.builders import a_received_unit
from tests.conftest import CHEAP, as_person

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def reopened(place: str) -> Depot:
    return open_depot(place, operator=SYSTEM, hashing=CHEAP)


def test_a_log_without_its_file_is_not_played_into_the_copy(sqlite_depot: Depot, tmp_path: Path) -> None:
    """The power went, and of the database only its logs came back."""
    a_received_unit(sqlite_depot, "H204817736")
    copy = backup.back_up(target(sqlite_depot), NOW, CopyKind.MANUAL).copy
    a_received_unit(sqlite_depot, "H204817799")
    lost = tmp_path / "lost" / "depot.db"
    lost.parent.mkdir()
    for log in ("-wal", "-shm"):
        shutil.copyfile(f"{target(sqlite_depot)}{log}", f"{lost}{log}")
    done = backup.restore(str(lost), copy.place, NOW)
    assert done.set_aside == ""
    assert units(str(lost)) == 1
    assert len(list(lost.parent.glob("SH1-*-set-aside.db-*"))) == 2     # nothing is thrown away


def test_a_desk_that_comes_while_the_copy_is_made_is_not_cut_off(sqlite_depot: Depot) -> None:
    place = target(sqlite_depot)
    copy = backup.back_up(place, NOW, CopyKind.MANUAL).copy
    sqlite_depot.close()
    come: list[Depot] = []

    class Comes:
        def step(self, done: int, _total: int, _text: str = "") -> None:
            if done == 2 and not come:
                come.append(as_person(reopened(place), "clerk"))
                a_received_unit(come[0], "H204817736")

    with pytest.raises(Refused) as refusal:
        backup.restore(place, copy.place, NOW, Comes())
    assert refusal.value.code == "backup.in-use"
    a_received_unit(come[0], "H204817737")
    come[0].close()
    assert units(place) == 2
    assert not Path(f"{place}.restoring").exists()


def test_what_was_received_while_the_copy_was_made_is_told_as_missing(sqlite_depot: Depot) -> None:
    place = target(sqlite_depot)
    copy = backup.back_up(place, NOW, CopyKind.MANUAL).copy
    sqlite_depot.close()

    class Comes:
        def step(self, done: int, _total: int, _text: str = "") -> None:
            if done == 2:
                there = as_person(reopened(place), "clerk")
                a_received_unit(there, "H204817736")
                there.close()

    done = backup.restore(place, copy.place, NOW, Comes())
    assert done.lost is not None
    assert [one.serial for one in done.lost] == ["H204817736"]


def test_nobody_writes_in_a_file_whose_place_was_taken(sqlite_depot: Depot) -> None:
    """It can be looked at, and it can be put back."""
    place = target(sqlite_depot)
    a_received_unit(sqlite_depot, "H204817736")
    copy = backup.back_up(place, NOW, CopyKind.MANUAL).copy
    a_received_unit(sqlite_depot, "H204817737")
    sqlite_depot.close()
    aside = backup.restore(place, copy.place, NOW).set_aside
    there = reopened(aside)
    with pytest.raises(Refused) as refusal:
        a_received_unit(as_person(there, "clerk"), "H204817799")
    assert refusal.value.code == "law.replaced"
    there.close()
    backup.restore(place, aside, NOW + timedelta(hours=1))
    here = reopened(place)
    a_received_unit(as_person(here, "clerk"), "H204817738")
    here.close()
    assert units(place) == 3


def killed_in_between(place: Path, copy: BackupCopy) -> None:
    """What lies on the disk when the power goes in the middle of a restore: the old file is aside, no new one there."""
    copies.copy(Path(copy.place), Path(f"{place}.restoring"), compact=False)
    assert forwarding.close_file(place)
    lost = backup.look(str(place), copy.place).lost
    recovery.write(place, Path(copy.place), copy.made, NOW, lost)
    copies.set_aside(place, copies.name_aside(place, "SH1", NOW))
    assert not place.exists()


def test_a_restore_that_was_killed_is_finished_at_the_next_start(sqlite_depot: Depot) -> None:
    place = target(sqlite_depot)
    copy = backup.back_up(place, NOW, CopyKind.MANUAL).copy
    a_received_unit(sqlite_depot, "H204817736")
    sqlite_depot.close()
    killed_in_between(Path(place), copy)
    done = keeping.restore_asked(place, NOW)
    assert done is not None
    assert (done.copy.made, [one.serial for one in done.lost or ()]) == (NOW, ["H204817736"])
    assert units(done.set_aside) == 1
    assert units(place) == 0
    assert keeping.restore_asked(place, NOW) is None
    assert [path.name for path in Path(place).parent.glob("depot.db.rest*")] == ["depot.db.restored"]


def test_a_killed_restore_done_again_still_knows_what_was_lost(sqlite_depot: Depot) -> None:
    place = target(sqlite_depot)
    copy = backup.back_up(place, NOW, CopyKind.MANUAL).copy
    a_received_unit(sqlite_depot, "H204817736")
    sqlite_depot.close()
    killed_in_between(Path(place), copy)
    done = backup.restore(place, copy.place, NOW + timedelta(minutes=5))
    assert done.lost is not None
    assert [one.serial for one in done.lost] == ["H204817736"]
    assert units(place) == 0


def test_a_restore_that_was_killed_early_is_given_up_once_somebody_works(sqlite_depot: Depot) -> None:
    place = target(sqlite_depot)
    copy = backup.back_up(place, NOW, CopyKind.MANUAL).copy
    sqlite_depot.close()
    shutil.copyfile(copy.place, f"{place}.restoring")
    assert forwarding.close_file(Path(place))           # killed here
    Path(f"{place}.restored.part").write_text("{", encoding="utf-8")
    keeping.opened(place)
    assert [path.name for path in Path(place).parent.glob("depot.db.*")] == ["depot.db.open"]
    here = reopened(place)
    a_received_unit(as_person(here, "clerk"), "H204817736")
    here.close()
    assert units(place) == 1


@pytest.mark.parametrize("whole", [True, False])
def test_a_restore_that_was_killed_at_its_last_step_is_still_told(sqlite_depot: Depot, *, whole: bool) -> None:
    """The copy stands in its place, its note does not yet."""
    place = Path(target(sqlite_depot))
    copy = backup.back_up(str(place), NOW, CopyKind.MANUAL).copy
    written = recovery.write(place, Path(copy.place), copy.made, NOW, ())
    if not whole:
        written.write_text(written.read_text(encoding="utf-8")[:20], encoding="utf-8")
    keeping.opened(str(place))
    assert not written.exists()
    assert (recovery.standing(sqlite_depot) is not None) is whole
