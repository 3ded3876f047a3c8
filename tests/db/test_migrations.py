"""History goes forward: what the migrations make is what the program expects, laws included."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from app.depot import open_depot
from app.errors import Refused
from app.persistence import migrate
from app.persistence.database import Database
from app.persistence.tables import metadata
from app.services import upgrading

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
RELEASED = sorted((Path(__file__).parent / "released").glob("*.db"))


@pytest.fixture
def empty(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    if engine == "sqlite":
        database = Database(tmp_path / "new.db")
    else:
        database = Database(request.getfixturevalue("postgres_server").create(f"empty_{tmp_path.name}"))
    yield database
    database.close()


def test_the_migrated_schema_is_the_declared_one(empty: Database) -> None:
    migrate.upgrade(empty, NOW)
    with empty.bare() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": lambda _o, name, kind, _r, _c: kind != "table" or not name.startswith("search_")},
        )
        assert compare_metadata(context, metadata) == []


def test_head_is_the_last_migration() -> None:
    versions = sorted(p.stem.split("_")[0] for p in (migrate.MIGRATIONS / "versions").glob("*.py"))
    assert versions[-1] == migrate.HEAD


def test_every_stamped_table_has_its_laws(empty: Database) -> None:
    migrate.upgrade(empty, NOW)
    sql = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'" if empty.dialect == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with empty.bare() as connection:
        triggers = set(connection.execute(text(sql)).scalars())
    stamps = ("_stamp_insert", "_stamp_update") if empty.dialect == "sqlite" else ("_stamp",)
    for table in metadata.tables.values():
        if table.info["stamped"]:
            wanted = {f"{table.name}{ending}" for ending in (*stamps, "_no_delete")}
            if table.info["append_only"]:
                wanted.add(f"{table.name}_append_only")
            assert wanted <= triggers, table.name
    assert {"movements_laws", "movements_follow", "units_placed", "travellers_placed"} <= triggers


def test_a_newer_file_is_refused_with_both_versions(tmp_path: Path) -> None:
    path = tmp_path / "future.db"
    database = Database(path)
    migrate.upgrade(database, NOW)
    with database.bare() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(Refused) as refusal:
        open_depot(str(path))
    assert (refusal.value.code, refusal.value.facts["found"]) == ("database.newer", "9999")
    with pytest.raises(Refused, match=r"database\.newer"):
        upgrading.upgrade(str(path))


def test_an_old_file_is_refused_until_upgraded_and_a_copy_is_made_first(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    database = Database(path)
    migrate.upgrade(database, NOW, target="0001")
    with database.bare() as connection:
        connection.execute(text(
            "INSERT INTO drafts (depot_id, user_id, form, subject, content, saved_at)"
            " VALUES ('SH1', 'u', 'f', '', '{}', 1)"
        ))
    database.close()
    with pytest.raises(Refused, match=r"database\.older"):
        open_depot(str(path))
    done = upgrading.upgrade(str(path), lambda: NOW)
    assert (done.before, done.after) == ("0001", migrate.HEAD)
    assert done.copy is not None
    with sqlite3.connect(done.copy) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert copy.execute("SELECT count(*) FROM drafts").fetchone() == (1,)
    copy.close()


@pytest.mark.parametrize("released", RELEASED, ids=lambda p: p.stem)
def test_a_file_of_every_released_schema_upgrades(released: Path, tmp_path: Path) -> None:
    path = tmp_path / "depot.db"
    shutil.copyfile(released, path)
    upgrading.upgrade(str(path), lambda: NOW)
    depot = open_depot(str(path))
    with depot.read() as tx:
        assert tx.connection.execute(text("SELECT count(*) FROM return_cases")).scalar() == 1
    depot.close()
