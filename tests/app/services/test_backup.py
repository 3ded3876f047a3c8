"""A copy is whole, comes back, and nothing is thrown away for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.depot import SYSTEM, Depot, open_depot
from app.domain.backups import BackupCopy, CopyKind, dropped, due, recognised
from app.errors import Cancelled, Refused, Unavailable
from app.services import backup, status, verifying
from tests.builders import a_received_unit

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def target(depot: Depot) -> str:
    assert depot.database.path is not None
    return str(depot.database.path)


def units(place: str) -> int:
    depot = open_depot(place, operator=SYSTEM)
    try:
        assert verifying.verify(depot).sound
        return sum(status.of(depot).places.values())
    finally:
        depot.close()


@pytest.mark.parametrize("kind", [CopyKind.NIGHTLY, CopyKind.QUICK, CopyKind.MANUAL])
def test_a_copy_made_while_the_depot_is_open_holds_everything(
    sqlite_depot: Depot, tmp_path: Path, kind: CopyKind
) -> None:
    a_received_unit(sqlite_depot)
    done = backup.back_up(target(sqlite_depot), NOW, kind, second=str(tmp_path / "stick"))
    assert done.second is not None
    assert Path(done.copy.place).name == f"SH1-20261122T013000Z-{kind.value}.db"
    assert units(done.copy.place) == units(done.second.place) == 1
    assert not list(Path(done.copy.place).parent.glob("*.part"))


def test_a_second_place_that_is_gone_does_not_spoil_the_first(sqlite_depot: Depot, tmp_path: Path) -> None:
    (tmp_path / "no-folder").write_text("a file", encoding="utf-8")
    done = backup.back_up(target(sqlite_depot), NOW, CopyKind.QUICK, second=str(tmp_path / "no-folder" / "x"))
    assert done.second is None
    assert done.second_failed is not None
    assert done.second_failed.code == "backup.not-written"
    assert Path(done.copy.place).exists()


def test_a_restore_puts_the_copy_back_and_says_what_is_missing(sqlite_depot: Depot) -> None:
    a_received_unit(sqlite_depot, "H204817736")
    place = target(sqlite_depot)
    copy = backup.back_up(place, NOW, CopyKind.MANUAL).copy
    a_received_unit(sqlite_depot, "H204817799")
    sqlite_depot.close()
    done = backup.restore(place, copy.place, NOW + timedelta(hours=1))
    assert done.lost is not None
    assert [one.serial for one in done.lost] == ["H204817799"]
    assert units(place) == 1
    assert units(done.set_aside) == 2          # nothing is thrown away
    assert recognised(done.set_aside) is not None


def test_a_damaged_file_is_set_aside_and_the_newest_good_copy_stands_in_its_place(sqlite_depot: Depot) -> None:
    a_received_unit(sqlite_depot)
    place = target(sqlite_depot)
    good = backup.back_up(place, NOW, CopyKind.QUICK).copy
    later = backup.back_up(place, NOW + timedelta(minutes=30), CopyKind.QUICK).copy
    sqlite_depot.close()
    Path(later.place).write_bytes(b"no database at all" * 500)
    Path(place).write_bytes(b"\x00" * 40_000)
    newest = backup.newest_good(place)
    assert newest is not None
    assert newest.place == good.place
    done = backup.restore(place, newest.place, NOW + timedelta(hours=1))
    assert done.lost is None                    # nobody can read what stood there
    assert units(place) == 1


def test_an_open_database_is_not_replaced(sqlite_depot: Depot) -> None:
    a_received_unit(sqlite_depot)
    place = target(sqlite_depot)
    copy = backup.back_up(place, NOW, CopyKind.MANUAL).copy
    with pytest.raises(Refused) as refusal:
        backup.restore(place, copy.place, NOW)
    assert refusal.value.code == "backup.in-use"
    assert units(place) == 1


@pytest.mark.parametrize(("spoil", "code"), [
    (lambda path: path.unlink(), "backup.unknown"),
    (lambda path: path.write_bytes(b""), "backup.not-ours"),
    (lambda path: path.write_text("hello" * 1000), "backup.damaged"),
])
def test_what_is_no_copy_is_not_put_back(
    sqlite_depot: Depot, spoil: Callable[[Path], object], code: str
) -> None:
    place = target(sqlite_depot)
    copy = backup.back_up(place, NOW, CopyKind.MANUAL).copy
    sqlite_depot.close()
    before = Path(place).read_bytes()
    spoil(Path(copy.place))
    with pytest.raises((Refused, Unavailable)) as refusal:
        backup.restore(place, copy.place, NOW)
    assert refusal.value.code == code
    assert Path(place).read_bytes() == before


def test_a_copy_that_is_stopped_leaves_nothing(sqlite_depot: Depot) -> None:
    class Impatient:
        def step(self, _done: int, _total: int, _text: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        backup.back_up(target(sqlite_depot), NOW, CopyKind.MANUAL, progress=Impatient())
    assert backup.listed(target(sqlite_depot)) == []
    assert not list(backup.folder_of(target(sqlite_depot)).glob("*"))


def test_a_folder_that_may_not_be_written_to_is_named(sqlite_depot: Depot, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        folder = Path("/proc/nowhere")
    else:
        folder = tmp_path / "closed"
        folder.mkdir(mode=0o500)
    with pytest.raises(Unavailable) as failure:
        backup.back_up(target(sqlite_depot), NOW, CopyKind.MANUAL, folder=str(folder))
    assert failure.value.code == "backup.not-written"


def a_copy(kind: CopyKind, made: datetime) -> BackupCopy:
    return BackupCopy(made, "SH1", kind, f"{made:%H%M}")


def test_generations_are_kept_and_the_rest_goes() -> None:
    quick = [a_copy(CopyKind.QUICK, NOW - n * timedelta(minutes=30)) for n in range(60)]
    manual = [a_copy(CopyKind.MANUAL, NOW - timedelta(days=900))]
    gone = dropped([*quick, *manual], quick=48)
    assert gone == sorted(quick[48:])


@pytest.mark.parametrize(("nightly_hours", "quick_minutes", "at_night", "wanted"), [
    (None, None, False, CopyKind.QUICK),        # the first copy is made at once
    (None, None, True, CopyKind.NIGHTLY),
    (5, 29, False, None),
    (5, 31, False, CopyKind.QUICK),
    (13, 5, True, CopyKind.NIGHTLY),
    (5, 31, True, CopyKind.QUICK),              # tonight's is there
    (37, 5, False, CopyKind.NIGHTLY),           # a night was missed
    (0.2, None, False, None),                   # the nightly one is as good as a quick one
    (-3, -3, False, CopyKind.QUICK),            # the clock was set back: copies of the future do not count
])
def test_when_the_next_copy_is_due(
    nightly_hours: float | None, quick_minutes: float | None, at_night: bool, wanted: CopyKind | None
) -> None:
    copies = []
    if nightly_hours is not None:
        copies.append(a_copy(CopyKind.NIGHTLY, NOW - timedelta(hours=nightly_hours)))
    if quick_minutes is not None:
        copies.append(a_copy(CopyKind.QUICK, NOW - timedelta(minutes=quick_minutes)))
    assert due(copies, NOW, at_night=at_night) is wanted
