"""What this database holds of others: head office's rows, the visits of other depots, and how far each was fetched."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from app.domain.sync.protocol import Held
from app.persistence import stamped
from app.persistence.stamped import Shape, ask, tell
from app.persistence.tables import foreign_cases, foreign_orders, foreign_receipts, foreign_transfers, foreign_units
from app.persistence.transaction import Tx

#: The copies kept of other depots' rows, and what the centre calls the part it shows of them.
FOREIGN: tuple[tuple[Shape, str], ...] = tuple(
    (Shape(table.name, tuple(column.name for column in table.columns)), told)
    for table, told in (
        (foreign_units, "told_units"), (foreign_cases, "told_cases"), (foreign_orders, "told_orders"),
        (foreign_transfers, "told_transfers"), (foreign_receipts, "told_receipts"),
    )
)
_AGAIN = "again:"
#: Under this and its code the night remembers what a depot is called.
DEPOT_NAME = "depot:"
#: Of these a depot is shown only what is addressed to it: the column that names it.
ADDRESSED: dict[str, str] = {"foreign_transfers": "to_depot", "foreign_receipts": "from_depot"}


def held(link: Connection) -> dict[int, tuple[Held, str]]:
    """Origin → how far it was fetched, and with which schema."""
    return {
        row[0]: (Held(row[0], row[1], row[2], row[3]), row[4])
        for row in ask(link, "SELECT origin, owner, seq, chain, revision FROM held_origins")
    }


def hold(tx: Tx, held: Held, revision: str) -> None:
    """Write down how far an origin was fetched; with its rows, in one transaction."""
    tell(
        tx.connection,
        "INSERT INTO held_origins (origin, owner, seq, chain, revision) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (origin) DO UPDATE SET owner = excluded.owner, seq = excluded.seq, chain = excluded.chain, "
        "revision = excluded.revision",
        [(held.origin, held.depot_id, held.seq, held.chain, revision)],
    )


def let_go(tx: Tx, owner: str, shapes: Sequence[Shape]) -> None:
    """Fetch everything of ``owner`` again: its history at the centre is not the one we know.

    What is held stays readable until all of it has come (:func:`settled`): a line that breaks in between leaves a
    counter without its customers and tariffs otherwise.
    """
    link = tx.connection
    for shape in _held_shapes(tx, owner, shapes):
        stamped.doubt(link, shape, owner)
    ask(link, "DELETE FROM held_origins WHERE owner = ?", (owner,))
    remember(tx, (f"{_AGAIN}{owner}", "1"))


def fetched_again(link: Connection) -> list[str]:
    """The owners whose rows are being fetched again."""
    return noted(link, _AGAIN)


def settled(tx: Tx, owner: str, shapes: Sequence[Shape]) -> None:
    """All of ``owner`` has come: what did not is no more."""
    link = tx.connection
    if stamped.is_sqlite(link):
        ask(link, "PRAGMA defer_foreign_keys = ON")
    for shape in _held_shapes(tx, owner, shapes):
        stamped.drop_doubted(link, shape, owner)
    forget(tx, f"{_AGAIN}{owner}")


def _held_shapes(tx: Tx, owner: str, shapes: Sequence[Shape]) -> list[Shape]:
    """The tables that hold rows of ``owner``, those that refer to others first."""
    delivered = [shape for shape in reversed(shapes) if shape.delivered and owner != tx.depot_id]
    return [*delivered, *(shape for shape, _told in FOREIGN)]


def note(link: Connection, name: str) -> str:
    """What the night remembers under ``name``; empty when nothing."""
    found = ask(link, "SELECT value FROM night_notes WHERE name = ?", (name,))
    return str(found[0][0]) if found else ""


def remember(tx: Tx, *notes: tuple[str, str]) -> None:
    """Remember values under names."""
    tell(
        tx.connection,
        "INSERT INTO night_notes (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        notes,
    )


def forget(tx: Tx, *names: str) -> None:
    """Forget values."""
    tell(tx.connection, "DELETE FROM night_notes WHERE name = ?", [(name,) for name in names])


def noted(link: Connection, prefix: str) -> list[str]:
    """The rest of every name that begins with ``prefix``: things to look at after the night."""
    end = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    found = [row[0] for row in ask(link, "SELECT name FROM night_notes")]
    return sorted(name.removeprefix(prefix) for name in found if prefix <= name < end and name.startswith(prefix))
