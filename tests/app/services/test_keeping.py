"""What is left beside the file for the next start: an unclean end is seen, a restore is done once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.depot import Depot
from app.domain.backups import CopyKind
from app.errors import Refused
from app.messages import sentence
from app.services import backup, keeping
from tests.app.services.test_backup import other_depots_copy, target, units
from tests.builders import a_received_unit

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def test_after_an_unclean_end_a_good_file_is_opened_as_ever(sqlite_depot: Depot) -> None:
    place = target(sqlite_depot)
    keeping.opened(place)
    assert Path(f"{place}.open").exists()
    assert keeping.check_after_unclean_end(place) is None
    assert not Path(f"{place}.open").exists()


def test_a_damaged_file_is_named_with_the_copy_that_can_take_its_place(sqlite_depot: Depot) -> None:
    a_received_unit(sqlite_depot)
    place = target(sqlite_depot)
    copy = backup.back_up(place, NOW, CopyKind.QUICK).copy
    sqlite_depot.close()
    keeping.opened(place)
    Path(place).write_bytes(b"\x00" * 50_000)
    damage = keeping.check_after_unclean_end(place)
    assert damage is not None
    assert damage.newest is not None
    assert damage.newest.place == copy.place
    assert Path(f"{place}.open").exists()           # still to be looked after, should this start end here


def test_a_restore_that_was_asked_for_is_done_once(sqlite_depot: Depot) -> None:
    a_received_unit(sqlite_depot, "H204817736")
    place = target(sqlite_depot)
    copy = backup.back_up(place, NOW, CopyKind.MANUAL).copy
    a_received_unit(sqlite_depot, "H204817799")
    keeping.ask_restore(place, copy.place)
    sqlite_depot.close()
    done = keeping.restore_asked(place, NOW)
    assert done is not None
    assert units(place) == 1
    assert keeping.restore_asked(place, NOW) is None


def test_what_is_no_copy_is_refused_before_anything_is_closed(sqlite_depot: Depot, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        keeping.ask_restore(target(sqlite_depot), str(tmp_path / "nothing.db"))
    assert refusal.value.code == "backup.unknown"
    assert not Path(f"{target(sqlite_depot)}.restore").exists()


def test_where_nothing_says_whose_the_lost_file_was_a_person_chooses(sqlite_depot: Depot) -> None:
    place = target(sqlite_depot)
    copy = backup.back_up(place, NOW, CopyKind.QUICK).copy
    other_depots_copy(copy.place, backup.folder_of(place), NOW)
    sqlite_depot.close()
    Path(place).unlink()
    damage = keeping.check_after_unclean_end(place)
    assert damage is not None
    assert damage.newest is None
    assert damage.undecided is not None
    assert "CD1" in sentence(damage.undecided)
