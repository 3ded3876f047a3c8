"""The chain of batches: each names all before it, so that two histories that part are told apart (spec 4, "Push")."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

#: Before the first batch.
GENESIS = "0" * 64


def table_digest(texts: Iterable[str]) -> str:
    """SHA-256 over the canonical rows of one table in the order of their stamps, each ended by a line feed."""
    whole = "\n".join(texts)
    return hashlib.sha256(f"{whole}\n".encode() if whole else b"").hexdigest()


def digest(tables: Sequence[tuple[str, int, str]]) -> str:
    """The digest of a batch from (table, rows, digest of the table), tables in the order of their names."""
    text = "\n".join(f"{name}:{count}:{part}" for name, count, part in sorted(tables) if count)
    return hashlib.sha256(text.encode()).hexdigest()


def link(previous: str, no: int, after: int, upto: int, count: int, content: str) -> str:
    """The chain value of batch ``no`` with the rows of stamps ``after`` < seq ≤ ``upto``."""
    return hashlib.sha256(f"{previous}|{no}|{after}|{upto}|{count}|{content}".encode()).hexdigest()
