"""Whatever is changed behind the program's back is named; what the program itself writes never is."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from app import i18n
from app.depot import Depot
from app.i18n import translator
from app.labels.verifying import verified_words
from app.messages import sentence
from app.persistence import sealing
from app.services import verifying
from tests.builders import a_received_unit


def behind_the_back(depot: Depot, sql: str) -> None:
    """Run ``sql`` without the laws: with the triggers of the table out of the way."""
    table = sql.split()[1] if sql.startswith("UPDATE") else sql.split()[2]
    with depot.database.bare() as connection:
        if depot.database.dialect == "postgresql":
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            connection.execute(text(sql))
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
            return
        triggers = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :t"), {"t": table}).all()
        for name, _made in triggers:
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text(sql))
        for _name, made in triggers:
            connection.exec_driver_sql(made)


def codes(depot: Depot) -> list[str]:
    return [found.code for found in verifying.verify(depot).findings]


def test_what_the_program_wrote_is_sound(depot: Depot) -> None:
    a_received_unit(depot)
    assert verifying.seal(depot).rows > 0
    a_received_unit(depot, "H204817737")
    done = verifying.verify(depot)
    assert done.sound, [sentence(found) for found in done.findings]
    assert done.sealed > 0


def test_sealing_again_seals_only_what_is_new(depot: Depot) -> None:
    a_received_unit(depot)
    first = verifying.seal(depot).rows
    assert verifying.seal(depot).rows == 0
    a_received_unit(depot, "H204817737")
    assert 0 < verifying.seal(depot).rows < first
    assert codes(depot) == []


@pytest.mark.parametrize(("sql", "code"), [
    ("UPDATE journal SET actor_name = 'Somebody else' WHERE no = 3", "verify.journal"),
    ("UPDATE journal SET no = no + 1 WHERE no = (SELECT max(no) FROM journal)", "verify.journal"),
    ("DELETE FROM journal WHERE no = (SELECT max(no) FROM journal)", "verify.journal-end"),
    ("UPDATE movements SET at = at + 1 WHERE ordinal = 1", "verify.seal"),
    ("UPDATE movements SET to_place = 'QA' WHERE ordinal = 1", "verify.place"),
    ("UPDATE units SET place = 'QA'", "verify.place"),
    ("UPDATE documents SET number = 'SH1-T2611-00009' WHERE type = 'T'", "verify.number-gap"),
    ("UPDATE return_cases SET origin = -1", "verify.stamp"),
    ("UPDATE signatures SET name = 'Nobody'", "verify.seal"),
    ("UPDATE seals SET to_seq = to_seq - 1", "verify.seal-chain"),
])
def test_what_was_changed_behind_its_back_is_named(depot: Depot, sql: str, code: str) -> None:
    a_received_unit(depot)
    verifying.seal(depot)
    behind_the_back(depot, sql)
    assert code in codes(depot)


def test_the_row_itself_is_named(depot: Depot) -> None:
    a_received_unit(depot)
    a_received_unit(depot, "H204817737")
    verifying.seal(depot)
    with depot.read() as tx:
        ((row_id,),) = tx.ask("SELECT id FROM movements ORDER BY seq DESC LIMIT 1")
    behind_the_back(depot, f"UPDATE movements SET reason = 'never' WHERE id = '{row_id}'")
    (found,) = verifying.verify(depot).findings
    assert (found.field, found.facts["row"]) == ("movements", row_id)


def test_a_row_of_another_that_is_gone_is_an_orphan(sqlite_depot: Depot) -> None:
    a_received_unit(sqlite_depot)
    path = sqlite_depot.database.path
    assert path is not None
    with sqlite3.connect(path) as link:     # a stranger's program: foreign keys are off there
        link.execute("DROP TRIGGER units_no_delete")
        link.execute("DELETE FROM units")
    link.close()
    assert "verify.orphan" in codes(sqlite_depot)


def test_every_byte_of_the_file_is_looked_at_by_the_engine(sqlite_depot: Depot, tmp_path: Path) -> None:
    a_received_unit(sqlite_depot)
    path = sqlite_depot.database.path
    assert path is not None
    sqlite_depot.close()
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2:len(damaged) // 2 + 4096] = b"\xff" * 4096
    path.write_bytes(damaged)
    from app.persistence import copies

    assert copies.engine_findings(path, quick=False)


def test_findings_speak_of_what_people_know_and_in_the_depots_time(depot: Depot) -> None:
    a_received_unit(depot)
    verifying.seal(depot)
    with depot.read() as tx:
        ((at,),) = tx.ask("SELECT at FROM journal WHERE no = 1")
    behind_the_back(depot, "UPDATE journal SET actor_name = 'Somebody else' WHERE no = 1")
    behind_the_back(depot, "UPDATE movements SET reason = 'never' WHERE ordinal = 1")
    said = {found.code: sentence(found, translator("en")) for found in verifying.verify(depot).findings}
    moment = datetime.fromtimestamp(at / 1e6, depot.zone)
    assert f"entry 1 of {moment:%Y-%m-%d %H:%M} (Somebody else, " in said["verify.journal"]
    assert "founding.found" not in said["verify.journal"]
    assert said["verify.seal"].startswith(("Journal entry 1 ", "Move of a unit "))


def test_what_is_not_sealed_yet_is_not_said_to_be_as_it_was_written() -> None:
    i18n.use("en")
    assert "Nothing is sealed yet" in verified_words(0)
    assert "(1 entry under a seal)" in verified_words(1)
    assert "(1,200 entries under a seal)" in verified_words(1200)


def test_much_is_sealed_stretch_by_stretch(depot: Depot, monkeypatch: pytest.MonkeyPatch) -> None:
    a_received_unit(depot)
    with depot.read() as tx:
        ledgers = [table.name for table in sealing._ledgers()]
        there = sum(tx.ask(f"SELECT count(*) FROM {name}")[0][0] for name in ledgers)
    monkeypatch.setattr(sealing, "AT_ONCE", 7)
    assert verifying.seal(depot).rows == there > 14
    with depot.read() as tx:
        assert [row[0] for row in tx.ask("SELECT rows FROM seals ORDER BY no")][:2] == [7, 7]
        assert sealing.broken(tx) == []
    assert verifying.seal(depot).rows == 0
