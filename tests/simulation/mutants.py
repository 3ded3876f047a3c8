"""The code with one of its guards taken away: the simulation must notice each, or its own eyes are closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from app.domain.sync.protocol import Applied, Hello
from app.persistence import batches, transfers
from app.persistence.batches import Here, Mark
from app.sync import push, run
from app.sync.night import Night
from app.sync.server import Centre


@contextmanager
def chain_check_off() -> Iterator[None]:
    """The centre takes batches that do not extend its chain."""
    with patch.object(Centre, "checks_chain", False):
        yield


@contextmanager
def digest_off() -> Iterator[None]:
    """The centre does not look whether what arrived is what was sent."""
    with patch.object(Centre, "checks_digest", False):
        yield


@contextmanager
def verification_off() -> Iterator[None]:
    """Nobody compares after the exchange."""
    with patch.object(run, "verify", lambda *_: []):
        yield


@contextmanager
def fork_detection_off() -> Iterator[None]:
    """A depot whose history has parted goes on as if nothing were."""
    honest = push.settle

    def settle(night: Night, at: Here, mark: Mark, answer: Any) -> Mark:
        try:
            return honest(night, at, mark, answer)
        except push.Parted:
            if answer.no == 0:
                raise                    # the first meeting is none
            return Mark(answer.no, max(mark.seq, answer.seq), answer.chain)

    with patch.object(push, "settle", settle), patch.object(run, "verify", lambda *_: []):
        yield


@contextmanager
def naive_watermark() -> Iterator[None]:
    """The usual design: send what is newer than the mark, upsert, remember the mark."""
    def naive(night: Night, link: Any) -> Here:
        at = batches.here(link)
        mark = batches.acknowledged(link, at.origin)
        answer = night.centre.hello(
            Hello(at.depot_id, at.origin, mark.no, mark.chain, night.revision, night.depot.clock())
        )
        if not answer.known:
            raise push.Parted
        while (batch := batches.next_batch(link, night.shapes, at, mark, night.most_rows)) is not None:
            with night.depot.write() as tx:
                batches.keep(tx, batch)
            if night.centre.apply(batch) is not Applied.OK:
                raise AssertionError("refused")
            with night.depot.write() as tx:
                batches.acknowledge(tx, batch.origin, batch.chain)
            mark = Mark(batch.no, batch.upto, batch.chain)
        return at

    with patch.object(run, "push", naive), patch.object(run, "verify", lambda *_: []), \
            patch.object(Centre, "checks_chain", False), patch.object(Centre, "checks_digest", False):
        yield


@contextmanager
def deaf() -> Iterator[None]:
    """What other depots answer to a transfer is not written down."""
    with patch.object(transfers, "heard", lambda _tx: ()):
        yield


MUTANTS: dict[str, Callable[[], Any]] = {
    "chain check off": chain_check_off,
    "digest off": digest_off,
    "verification off": verification_off,
    "fork detection off": fork_detection_off,
    "naive watermark": naive_watermark,
    "deaf": deaf,
}

#: Of these the world must have units that go between depots.
BETWEEN = {"deaf"}


def caught(mutant: Callable[[], Any], world: Callable[[int], Any], seeds: Iterable[int]) -> int | None:
    """The first seed whose world notices the mutant; ``None``: none does."""
    for seed in seeds:
        try:
            with mutant():
                world(seed)
        except Exception:  # noqa: BLE001  however it is noticed
            return seed
    return None
