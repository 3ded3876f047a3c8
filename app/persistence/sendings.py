"""Which contents of attachments the centre still lacks."""

from __future__ import annotations

from app.persistence.stamped import ask, tell
from app.persistence.transaction import Tx


def waiting(tx: Tx) -> list[tuple[str, int]]:
    """Contents not sent yet, those filed last first: digest and bytes."""
    found = ask(
        tx.connection,
        "SELECT b.sha256, b.size, coalesce(max(a.at), 0) AS filed FROM blobs b "
        "LEFT JOIN attachments a ON a.depot_id = b.depot_id AND a.sha256 = b.sha256 "
        "WHERE b.depot_id = ? AND NOT EXISTS "
        "(SELECT 1 FROM blobs_sent s WHERE s.depot_id = b.depot_id AND s.sha256 = b.sha256 AND s.whole = 1) "
        "GROUP BY b.sha256, b.size ORDER BY filed DESC, b.sha256",
        (tx.depot_id,),
    )
    return [(row[0], row[1]) for row in found]


def content(tx: Tx, sha256: str) -> bytes:
    """The bytes themselves."""
    ((found,),) = ask(
        tx.connection, "SELECT content FROM blobs WHERE depot_id = ? AND sha256 = ?", (tx.depot_id, sha256)
    )
    return bytes(found)


def sent(tx: Tx, sha256: str, size: int) -> None:
    """The centre has all of it."""
    tell(
        tx.connection,
        "INSERT INTO blobs_sent (depot_id, sha256, bytes, whole) VALUES (?, ?, ?, 1) "
        "ON CONFLICT (depot_id, sha256) DO UPDATE SET bytes = excluded.bytes, whole = 1",
        [(tx.depot_id, sha256, size)],
    )


def unsent(tx: Tx) -> None:
    """The centre was restored, or this database parted from it: every content is asked for again."""
    ask(tx.connection, "DELETE FROM blobs_sent WHERE depot_id = ?", (tx.depot_id,))
