"""Where a depot went when it left a database: one history has one place, whoever opens the old is told the new.

The word stands in the database itself, and a trigger keeps those who have it open, or wait for it, from writing on.
A file that was left leaves ``<file>.moved`` beside it as well. A file whose place a copy takes bears the trigger only:
it may still be looked at.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from app.errors import Refused, Unavailable
from app.persistence import copies
from app.persistence.database import Database
from app.persistence.stamped import ask, is_sqlite, tell

_NAME = "moved"
#: Each stamp begins with node's row: what is stamped in a database that was left would be known nowhere else.
_TRIGGER = "CREATE TRIGGER node_moved BEFORE UPDATE ON node BEGIN SELECT RAISE(ABORT, '{law}'); END"


def shown(database: Database) -> str:
    """Where ``database`` is, as one enters it at a desk; a password is left out."""
    if database.path is not None:
        return str(database.path.absolute())
    return database.display.replace("+psycopg", "", 1)


def refuse(path: Path) -> None:
    """Refuse with ``database.moved`` where no file is because its depot moved away; ``database.left``: it is there."""
    mark = _mark(path)
    if path.exists():
        _refuse_left_file(path)
        return
    if not mark.exists():
        return
    try:
        there = mark.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        there = ""      # that it moved is still known
    raise Refused("database.moved", field="database", place=str(path), to=there or "?", mark=str(mark))


def refuse_left(database: Database, link: Connection) -> None:
    """Refuse with ``database.left`` where the depot of this database moved away."""
    found = ask(link, "SELECT value FROM night_notes WHERE name = ?", (_NAME,))
    if found:
        raise Refused("database.left", field="database", place=shown(database), to=str(found[0][0]))


def write(path: Path, to: str) -> Path:
    """Write the word for a file that will be left; :func:`put` it there once that is done."""
    return copies.write_beside(_mark(path), to)


def put(written: Path, path: Path) -> None:
    """The file is left: what was written is there from now on."""
    copies.put(written, _mark(path))


def come_back(path: Path) -> None:
    """The depot is in this file again."""
    copies.remove(_mark(path))


def leave(link: Connection, to: str) -> None:
    """Close the depot, in the transaction in which it was copied."""
    tell(link, "INSERT INTO night_notes (name, value) VALUES (?, ?)", [(_NAME, to)])
    if is_sqlite(link):
        link.exec_driver_sql("DROP TRIGGER IF EXISTS node_moved")
        link.exec_driver_sql(_TRIGGER.format(law="law.moved"))
        return
    link.exec_driver_sql("""CREATE OR REPLACE FUNCTION refuse_moved() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'law.moved'; END $$""")
    link.exec_driver_sql("DROP TRIGGER IF EXISTS node_moved ON node")
    link.exec_driver_sql(
        "CREATE TRIGGER node_moved BEFORE UPDATE ON node FOR EACH ROW EXECUTE FUNCTION refuse_moved()")


def reopen(link: Connection) -> None:
    """The depot counts here again: where it went it is lost."""
    if is_sqlite(link):
        link.exec_driver_sql("DROP TRIGGER IF EXISTS node_moved")
    else:
        link.exec_driver_sql("DROP TRIGGER IF EXISTS node_moved ON node")
        link.exec_driver_sql("DROP FUNCTION IF EXISTS refuse_moved()")
    tell(link, "DELETE FROM night_notes WHERE name = ?", [(_NAME,)])


def close_file(path: Path) -> bool:
    """Nobody writes in the file at ``path`` from now on, not even who waits for it: another takes its place.

    ``False``: there is no file, or it is too damaged to be written in. Refused: ``backup.in-use``.
    """
    if not path.exists():
        return False
    try:
        with closing(_line(path, wait=0)) as link:
            link.execute("PRAGMA locking_mode=EXCLUSIVE")
            link.execute("PRAGMA journal_mode=DELETE")          # needs to be alone with the file
            link.execute("BEGIN EXCLUSIVE")
            link.execute("DROP TRIGGER IF EXISTS node_moved")
            link.execute(_TRIGGER.format(law="law.replaced"))
            link.execute("COMMIT")
    except sqlite3.Error as error:
        if copies.is_busy(error):
            raise Refused("backup.in-use", field="database", place=str(path)) from error
        return False
    return True


def reopen_file(path: Path) -> None:
    """The file at ``path`` counts (again): what :func:`leave` or :func:`close_file` did there is taken back."""
    try:
        with closing(_line(path, wait=10)) as link:
            link.execute("BEGIN IMMEDIATE")
            link.execute("DROP TRIGGER IF EXISTS node_moved")
            if link.execute("SELECT 1 FROM sqlite_master WHERE name = 'night_notes'").fetchone():
                link.execute("DELETE FROM night_notes WHERE name = ?", (_NAME,))
            link.execute("COMMIT")
    except sqlite3.Error as error:
        raise Unavailable("backup.not-written", place=str(path), reason=str(error)) from error


def _refuse_left_file(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as link:
            found = link.execute("SELECT value FROM night_notes WHERE name = ?", (_NAME,)).fetchone()
    except sqlite3.Error:
        return      # damaged, or of an older schema: nobody left it
    if found:
        raise Refused("database.left", field="database", place=str(path.absolute()), to=str(found[0]))


def _line(path: Path, *, wait: float) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)


def _mark(path: Path) -> Path:
    return path.with_name(f"{path.name}.moved")
