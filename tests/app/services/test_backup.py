"""A copy is whole, comes back, and nothing is thrown away for it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.depot import SYSTEM, Depot, open_depot
from app.domain.backups import BackupCopy, CopyKind, copy_name, dropped, due, recognised
from app.errors import Cancelled, Refused, Unavailable
from app.persistence import copies
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


def other_depots_copy(place: str, folder: Path, made: datetime) -> Path:
    """A copy of depot CD1, as its own desk leaves it at a shared second place."""
    copy = folder / f"CD1-{made:%Y%m%dT%H%M%S}Z-quick.db"
    folder.mkdir(exist_ok=True)
    shutil.copyfile(place, copy)
    with closing(sqlite3.connect(copy)) as link, link:
        link.execute("UPDATE node SET depot_id = 'CD1'")
    return copy


def test_copies_of_another_depot_are_not_ours(sqlite_depot: Depot, tmp_path: Path) -> None:
    """Two depots share a second place; the other's copy is newer."""
    place, second = target(sqlite_depot), tmp_path / "stick"
    ours = backup.back_up(place, NOW, CopyKind.QUICK, second=str(second)).second
    assert ours is not None
    sqlite_depot.close()
    later = NOW + timedelta(hours=1)
    other = other_depots_copy(ours.place, second, later)
    assert [copy.depot_id for copy in backup.listed(place, str(second))] == ["SH1", "SH1"]
    assert backup.newest_good(place, str(second)) is not None
    Path(place).write_bytes(b"\x00" * 40_000)
    newest = backup.newest_good(place, str(second))         # whose it was, the copies beside it say
    assert newest is not None
    assert newest.depot_id == "SH1"
    with pytest.raises(Refused) as refusal:
        backup.look(place, str(other))                      # chosen by hand it is another depot's all the same
    assert refusal.value.code == "backup.other-depot"
    shutil.rmtree(backup.folder_of(place))
    with pytest.raises(Refused) as refusal:                 # nothing says it any more
        backup.newest_good(place, str(second))
    assert (refusal.value.code, refusal.value.facts["depots"]) == ("backup.two-depots", ["CD1", "SH1"])
    assert backup.look(place, ours.place).copy.depot_id == "SH1"     # what the sentence asks for is possible


def test_another_depots_copy_in_the_same_folder_does_not_put_off_ours(sqlite_depot: Depot) -> None:
    place = target(sqlite_depot)
    ours = backup.back_up(place, NOW, CopyKind.MANUAL).copy
    other_depots_copy(ours.place, backup.folder_of(place), NOW)
    assert backup.due(place, NOW, at_night=False) is CopyKind.QUICK


def test_a_copy_under_another_depots_name_is_passed_over(sqlite_depot: Depot) -> None:
    place = target(sqlite_depot)
    good = backup.back_up(place, NOW, CopyKind.QUICK).copy
    wrong = other_depots_copy(good.place, backup.folder_of(place), NOW)
    wrong.rename(wrong.with_name("SH1-20261123T013000Z-quick.db"))
    newest = backup.newest_good(place)
    assert newest is not None
    assert newest.place == good.place


def test_the_database_itself_is_no_copy(sqlite_depot: Depot) -> None:
    a_received_unit(sqlite_depot)
    place = target(sqlite_depot)
    sqlite_depot.close()
    Path(f"{place}.link").symlink_to(place)
    for same in (place, f"{place}.link"):
        with pytest.raises(Refused) as refusal:
            backup.restore(place, same, NOW)
        assert refusal.value.code == "backup.same-file"
    assert units(place) == 1


@pytest.mark.parametrize("obstacle", [
    "depot.db.restoring", "depot.db.restored.part", "depot.db.restored",
], ids=["the copy", "the note", "the note in its place"])
def test_where_a_restore_fails_the_old_database_stands(sqlite_depot: Depot, obstacle: str) -> None:
    """A folder lies where each step wants to write: as full a failure as a disk can give."""
    a_received_unit(sqlite_depot)
    place = Path(target(sqlite_depot))
    copy = backup.back_up(str(place), NOW, CopyKind.QUICK).copy
    sqlite_depot.close()
    damaged = b"\x00" * 40_000
    place.write_bytes(damaged)
    (place.parent / obstacle / "in the way").mkdir(parents=True)
    with pytest.raises(Unavailable) as failure:
        backup.restore(str(place), copy.place, NOW)
    assert failure.value.code == "backup.not-written"
    assert place.read_bytes() == damaged
    shutil.rmtree(place.parent / obstacle)
    assert [path.name for path in place.parent.glob("*.*")] == ["depot.db"]
    assert backup.restore(str(place), copy.place, NOW).set_aside
    assert units(str(place)) == 1


def test_a_database_that_cannot_be_set_aside_keeps_its_log(tmp_path: Path) -> None:
    place, aside = tmp_path / "depot.db", tmp_path / "aside.db"
    for ending in ("", "-wal", "-shm"):
        Path(f"{place}{ending}").write_text(ending, encoding="utf-8")
    (aside / "in the way").mkdir(parents=True)          # the log went over already when the file cannot
    with pytest.raises(Unavailable):
        copies.set_aside(place, aside)
    assert [Path(f"{place}{ending}").read_text(encoding="utf-8") for ending in ("", "-wal", "-shm")] == [
        "", "-wal", "-shm"]


def test_two_restores_in_one_second_keep_both_old_files(sqlite_depot: Depot) -> None:
    place = target(sqlite_depot)
    copy = backup.back_up(place, NOW, CopyKind.QUICK).copy
    sqlite_depot.close()
    asides = {backup.restore(place, copy.place, NOW).set_aside for _again in range(2)}
    assert len(asides) == 2
    assert all(Path(aside).exists() for aside in asides)


def test_where_there_is_no_depot_there_is_nothing_to_copy(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        backup.back_up(str(tmp_path / "nothing.db"), NOW, CopyKind.MANUAL)
    assert refusal.value.code == "database.empty"


def test_copies_dated_next_year_do_not_push_out_the_new_one(sqlite_depot: Depot) -> None:
    """The clock was a year ahead for a day; now it is right again."""
    place = target(sqlite_depot)
    first = backup.back_up(place, NOW, CopyKind.QUICK).copy
    for n in range(48):
        ahead = NOW + timedelta(days=365, minutes=30 * n)
        shutil.copyfile(first.place, Path(first.place).with_name(copy_name("SH1", ahead, CopyKind.QUICK)))
    later = backup.back_up(place, NOW + timedelta(minutes=30), CopyKind.QUICK)
    assert Path(later.copy.place).exists()
    assert Path(first.place).exists()
    assert later.dropped == 2
    assert backup.due(place, NOW + timedelta(minutes=31), at_night=False) is None
    newest = backup.newest_good(place, clock=lambda: NOW + timedelta(minutes=31))
    assert newest == later.copy


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
    gone = dropped([*quick, *manual], NOW, quick=48)
    assert gone == sorted(quick[48:])


@given(
    st.lists(st.integers(-2000, 2000), unique=True, max_size=80), st.sampled_from([CopyKind.QUICK, CopyKind.NIGHTLY]),
    st.integers(1, 50))
def test_whatever_the_clock_did_the_copy_just_made_stays(minutes: list[int], kind: CopyKind, kept: int) -> None:
    others = [a_copy(kind, NOW + timedelta(minutes=n)) for n in minutes if n]
    just_made = a_copy(kind, NOW)
    gone = dropped([*others, just_made], NOW, quick=kept, nightly=kept)
    assert just_made not in gone
    assert len(gone) == max(0, len(others) + 1 - kept)
    past_gone = [copy for copy in gone if copy.made <= NOW]
    assert not past_gone or {copy for copy in others if copy.made > NOW} <= set(gone)    # those of the future first


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
