"""A month closed by an older program reads the same for ever: the same bytes, the same figures, its papers drawn."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from app.depot import SYSTEM, Depot, open_depot
from app.domain import quality as domain
from app.domain.slips import FormId
from app.errors import Refused
from app.i18n import translator
from app.persistence import migrate
from app.persistence.database import Database
from app.services import quality, slips, upgrading
from tests.conftest import FakeClock

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
RELEASED = Path(__file__).parent / "released"
#: What each shape of the report froze: the text itself, one file per ``quality.FORMAT``.
FROZEN = sorted(RELEASED.glob("month-*.json"))
ROW = "SELECT id, origin, seq, month, format, data, digest, policy_version, signature_id, at, by, by_name"


def frozen(path: Path) -> str:
    return path.read_bytes().decode()


def test_every_shape_that_was_frozen_is_kept_here() -> None:
    assert [path.name for path in FROZEN] == [f"month-{n}.json" for n in range(1, domain.FORMAT + 1)]


@pytest.mark.parametrize("path", FROZEN, ids=lambda p: p.stem)
def test_what_was_frozen_reads_and_loses_nothing(path: Path) -> None:
    plain = json.loads(frozen(path))
    found = domain.thawed(frozen(path))
    assert (found.month, found.examined, found.ours) == ("2026-10", plain["examined"], plain["ours"])
    assert len(found.lines) == plain["examined"]
    if plain["format"] == domain.FORMAT:
        assert domain.frozen(found) == frozen(path)


@pytest.fixture(params=FROZEN, ids=lambda p: p.stem)
def upgraded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Depot, str, list[object]]]:
    """A depot of a released schema that closed a month before the program was upgraded: open, what it froze, the row.
    """
    path, data = tmp_path / "depot.db", frozen(request.param)
    shutil.copyfile(RELEASED / "0003.db", path)
    older = Database(path)
    migrate.upgrade(older, NOW, target="0007")
    with older.bare() as link:
        link.execute(text(
            "INSERT INTO closed_months (depot_id, id, month, format, data, digest, policy_version, signature_id, at,"
            " by, by_name) VALUES ('SH1', 'm-1', '2026-10', :format, :data, :digest, 'default', 's-1', 1, 'u-1',"
            " '王建国')"), {"format": json.loads(data)["format"], "data": data, "digest": domain.digest(data)})
        before = list(link.execute(text(f"{ROW} FROM closed_months")).one())
    older.close()
    assert upgrading.upgrade(str(path), lambda: NOW).after == migrate.HEAD
    depot = open_depot(str(path), operator=SYSTEM, clock=FakeClock(NOW))
    yield depot, data, before
    depot.close()


def test_an_upgrade_leaves_the_bytes_and_the_figures(upgraded: tuple[Depot, str, list[object]]) -> None:
    depot, data, before = upgraded
    with depot.read() as tx:
        assert list(tx.connection.execute(text(f"{ROW} FROM closed_months")).one()) == before
    report = quality.month(depot, "2026-10")
    assert report.closed is not None
    assert report.closed.digest == domain.digest(data)
    assert report.month == domain.thawed(data)
    assert len(quality.lines(depot, "2026-10")) == report.month.examined
    for language in ("zh_CN", "en"):
        assert slips.monthly_slip(depot, FormId.QUALITY_REPORT, "2026-10", translator(language))
    assert slips.monthly(depot, FormId.QUALITY_REPORT, "2026-10").pages >= 1
    assert slips.monthly(depot, FormId.CORRECTION_SHEET, "2026-10").pages >= 1
    assert quality.corrections(depot, "2026-10"), "this depot has none of those cases: every one of them is told"


@pytest.mark.parametrize("path", FROZEN, ids=lambda p: p.stem)
def test_a_month_of_a_newer_program_is_refused_in_words(path: Path) -> None:
    data = frozen(path)
    newer = json.dumps({**json.loads(data), "format": domain.FORMAT + 1, "something": "new"})
    with pytest.raises(Refused) as refusal:
        domain.thawed(newer)
    assert refusal.value.facts["known"] == domain.FORMAT
