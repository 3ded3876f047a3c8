"""Contents of attachments between depot and centre: which the centre lacks, which are lacking here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.persistence import held as notes
from app.persistence.stamped import ask, tell
from app.persistence.transaction import Tx

#: What is not whole here: under its digest, whether a person was told.
_POOR = "content.poor:"
_TOLD = "told"
_NAMED = 500                     # digests in one question

#: A content: its digest, and how many bytes it has.
Content = tuple[str, int]


# -- there ---------------------------------------------------------------------------------------------------------


def waiting(tx: Tx) -> list[Content]:
    """Contents not sent yet, those filed last first."""
    found = ask(
        tx.connection,
        "SELECT b.sha256, b.size, coalesce(max(a.at), 0) AS filed FROM blobs b "
        "LEFT JOIN attachments a ON a.depot_id = b.depot_id AND a.sha256 = b.sha256 "
        # which digests, from the indexes: the rows of contents are large
        "WHERE b.depot_id = ? AND b.sha256 IN (SELECT n.sha256 FROM blobs n WHERE n.depot_id = ? AND NOT EXISTS "
        "(SELECT 1 FROM blobs_sent s WHERE s.depot_id = n.depot_id AND s.sha256 = n.sha256 AND s.whole = 1)) "
        "GROUP BY b.sha256, b.size ORDER BY filed DESC, b.sha256",
        (tx.depot_id, tx.depot_id),
    )
    return [(row[0], row[1]) for row in found]


def content(tx: Tx, sha256: str) -> bytes:
    """The bytes themselves; empty when there are none."""
    found = ask(
        tx.connection, "SELECT content FROM blobs WHERE depot_id = ? AND sha256 = ?", (tx.depot_id, sha256)
    )
    return bytes(found[0][0]) if found else b""


def sent(tx: Tx, contents: Iterable[Content]) -> None:
    """The centre has all of these."""
    tell(
        tx.connection,
        "INSERT INTO blobs_sent (depot_id, sha256, bytes, whole) VALUES (?, ?, ?, 1) "
        "ON CONFLICT (depot_id, sha256) DO UPDATE SET bytes = excluded.bytes, whole = 1",
        [(tx.depot_id, sha256, size) for sha256, size in contents],
    )


def sent_after(tx: Tx, sha256: str, most: int) -> list[Content]:
    """The next contents the centre is said to have, in the order of their digests."""
    found = ask(
        tx.connection, "SELECT sha256, bytes FROM blobs_sent WHERE depot_id = ? AND whole = 1 AND sha256 > ? "
        "ORDER BY sha256 LIMIT ?", (tx.depot_id, sha256, most),
    )
    return [(row[0], row[1]) for row in found]


def doubt(tx: Tx, digests: Iterable[str]) -> None:
    """The centre does not have these after all."""
    tell(
        tx.connection, "DELETE FROM blobs_sent WHERE depot_id = ? AND sha256 = ?",
        [(tx.depot_id, sha256) for sha256 in digests],
    )


def unsent(tx: Tx) -> None:
    """The centre was restored: every content is asked for again."""
    ask(tx.connection, "DELETE FROM blobs_sent WHERE depot_id = ?", (tx.depot_id,))


# -- here ----------------------------------------------------------------------------------------------------------


def missing(tx: Tx) -> list[Content]:
    """Contents that attachments name and that are not here, or not whole; those filed last first."""
    found = {row[0]: (row[1], row[2]) for row in ask(
        tx.connection,
        # which digests, from the two indexes alone; then their filings
        "SELECT a.sha256, max(a.size), max(a.at) FROM attachments a WHERE a.depot_id = ? AND a.sha256 IN "
        "(SELECT n.sha256 FROM attachments n WHERE n.depot_id = ? AND NOT EXISTS "
        "(SELECT 1 FROM blobs b WHERE b.depot_id = n.depot_id AND b.sha256 = n.sha256)) GROUP BY a.sha256",
        (tx.depot_id, tx.depot_id),
    )}
    poor = notes.noted(tx.connection, _POOR)
    for start in range(0, len(poor), _NAMED):
        some = poor[start:start + _NAMED]
        found |= {row[0]: (row[1], row[2]) for row in ask(
            tx.connection, "SELECT b.sha256, b.size, coalesce(max(a.at), 0) FROM blobs b "
            "LEFT JOIN attachments a ON a.depot_id = b.depot_id AND a.sha256 = b.sha256 "
            f"WHERE b.depot_id = ? AND b.sha256 IN ({', '.join('?' * len(some))}) GROUP BY b.sha256, b.size",
            (tx.depot_id, *some),
        )}
    return [(sha256, size) for sha256, (size, _at) in sorted(
        found.items(), key=lambda one: (-one[1][1], one[0]))]


def poor(tx: Tx, sha256: str) -> None:
    """What is kept here under a digest is not what the digest says."""
    notes.remember(tx, (_POOR + sha256, "found"))


def is_poor(tx: Tx, sha256: str) -> bool:
    """Whether what is kept here under a digest was not what the digest says when it was last looked at."""
    return bool(notes.note(tx.connection, _POOR + sha256))


def sound(tx: Tx, sha256: str) -> None:
    """What is kept here under a digest is right again."""
    notes.forget(tx, _POOR + sha256)
    drop_pieces(tx, sha256)


def tell_once(tx: Tx, digests: Iterable[str]) -> list[str]:
    """Those of which nobody was told yet; from now on somebody was."""
    fresh = [sha256 for sha256 in digests if notes.note(tx.connection, _POOR + sha256) != _TOLD]
    notes.remember(tx, *((_POOR + sha256, _TOLD) for sha256 in fresh))
    return fresh


def coming(tx: Tx, sha256: str) -> int:
    """How many bytes of a content have come so far."""
    ((size,),) = ask(
        tx.connection, "SELECT coalesce(sum(size), 0) FROM blobs_coming WHERE depot_id = ? AND sha256 = ?",
        (tx.depot_id, sha256),
    )
    return int(size)


def add_piece(tx: Tx, sha256: str, at: int, piece: bytes) -> None:
    """The bytes from ``at`` on have come."""
    tell(
        tx.connection, "INSERT INTO blobs_coming (depot_id, sha256, at, size, content) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (depot_id, sha256, at) DO NOTHING", [(tx.depot_id, sha256, at, len(piece), piece)],
    )


def pieces(tx: Tx, sha256: str) -> bytes:
    """What has come of a content so far."""
    return b"".join(bytes(row[0]) for row in ask(
        tx.connection, "SELECT content FROM blobs_coming WHERE depot_id = ? AND sha256 = ? ORDER BY at",
        (tx.depot_id, sha256),
    ))


def drop_pieces(tx: Tx, sha256: str) -> None:
    """What has come of a content is of no use, or no longer needed."""
    ask(tx.connection, "DELETE FROM blobs_coming WHERE depot_id = ? AND sha256 = ?", (tx.depot_id, sha256))


def keep(tx: Tx, sha256: str, whole: bytes) -> None:
    """A content has come whole from the centre; it takes the place of one that was damaged here."""
    tell(
        tx.connection, "INSERT INTO blobs (depot_id, sha256, size, content) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (depot_id, sha256) DO UPDATE SET size = excluded.size, content = excluded.content",
        [(tx.depot_id, sha256, len(whole), whole)],
    )
    sound(tx, sha256)
    sent(tx, [(sha256, len(whole))])


def names(tx: Tx, digests: Sequence[str]) -> str:
    """What people know contents by: file and case of the first few."""
    found = []
    for sha256 in digests[:_SHOWN]:
        filed = ask(
            tx.connection, "SELECT a.filename, coalesce(c.number, '') FROM attachments a "
            "LEFT JOIN return_cases c ON c.depot_id = a.depot_id AND c.id = a.case_id "
            "WHERE a.depot_id = ? AND a.sha256 = ? ORDER BY a.at DESC LIMIT 1", (tx.depot_id, sha256),
        )
        found.append(" ".join(part for part in reversed(filed[0]) if part) if filed else sha256[:12])
    return ", ".join(found) + ("" if len(digests) <= _SHOWN else " …")


_SHOWN = 5
