"""Where a depot went when it left a database: one history has one place, whoever opens the old is told the new.

A file that a depot left leaves ``<file>.moved`` beside it. A server goes on answering, so the word stands in the
database itself, and a trigger keeps those who have it open from writing on.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from app.errors import Refused
from app.persistence import copies
from app.persistence.database import Database
from app.persistence.stamped import ask, tell

_NAME = "moved"


def shown(database: Database) -> str:
    """Where ``database`` is, as one enters it at a desk; a password is left out."""
    if database.path is not None:
        return str(database.path.absolute())
    return database.display.replace("+psycopg", "", 1)


def refuse(path: Path) -> None:
    """Refuse with ``database.moved`` where no file is because its depot moved away."""
    mark = _mark(path)
    if path.exists() or not mark.exists():
        return
    try:
        there = mark.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        there = ""      # that it moved is still known
    raise Refused("database.moved", field="database", place=str(path), to=there or "?", mark=str(mark))


def refuse_left(database: Database, link: Connection) -> None:
    """Refuse with ``database.left`` where the depot on a server moved away."""
    if database.path is not None:
        return
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
    """Close the depot on a server, in the transaction in which it was copied."""
    tell(link, "INSERT INTO night_notes (name, value) VALUES (?, ?)", [(_NAME, to)])
    link.exec_driver_sql("""CREATE FUNCTION refuse_moved() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'law.moved'; END $$""")
    # each stamp begins with node's row: what is stamped here would be known nowhere else
    link.exec_driver_sql(
        "CREATE TRIGGER node_moved BEFORE UPDATE ON node FOR EACH ROW EXECUTE FUNCTION refuse_moved()")


def reopen(link: Connection) -> None:
    """The depot on a server counts again: where it went it is lost."""
    link.exec_driver_sql("DROP TRIGGER IF EXISTS node_moved ON node")
    link.exec_driver_sql("DROP FUNCTION IF EXISTS refuse_moved()")
    tell(link, "DELETE FROM night_notes WHERE name = ?", [(_NAME,)])


def _mark(path: Path) -> Path:
    return path.with_name(f"{path.name}.moved")
