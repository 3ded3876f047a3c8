"""The push: hello, make ready, apply, acknowledge, until nothing is left (spec 4, "Push")."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Connection

from app.domain.sync import chain
from app.domain.sync.protocol import Answer, Applied, Batch, Hello, Standing, TableTexts
from app.domain.sync.rows import divided
from app.errors import Refused, Unavailable
from app.persistence import batches, sendings
from app.persistence.batches import Here, Mark
from app.sync.night import Night, Parted

#: Of so many rows a batch keeps the centre busy for a while.
_LARGE = 2_000
#: What arrives garbled is sent again this often.
_SENDINGS = 3


def push(night: Night, link: Connection) -> Here:
    """Send everything the snapshot ``link`` holds; returns the point up to which the centre has it.

    Raises :class:`Parted` when the centre's history is not a part of ours.
    """
    at = batches.here(link)

    def after(mark: Mark) -> Batch | None:
        return batches.next_batch(link, night.shapes, at, mark, night.most_rows, night.most_bytes)

    batch, there = after(_agree(night, at)), None
    with ThreadPoolExecutor(1, "push") as beside:
        while batch is not None:
            night.step("push", batch.after, at.seq)
            _write_down(night, there, batch)
            mark = Mark(batch.no, batch.upto, batch.chain)
            # while the centre is busy with a large batch, the next one is read; nothing of it is written yet
            coming = beside.submit(after, mark) if batch.count >= _LARGE else None
            _send(night, batch)
            there = batch
            night.tally.batches += 1
            night.tally.sent += batch.count
            batch = coming.result() if coming else after(mark)
    _write_down(night, there, None)
    return at


def _write_down(night: Night, there: Batch | None, coming: Batch | None) -> None:
    """What the centre has, and what it is sent next: one commit for both, before anything is sent. Where it is not
    reached, the centre is found one batch ahead."""
    if there is None and coming is None:
        return
    with night.depot.write() as tx:
        if there is not None:
            batches.acknowledge(tx, there.origin, there.chain)
        if coming is not None:
            batches.keep(tx, coming)


def _send(night: Night, batch: Batch) -> None:
    for _try in range(_SENDINGS):
        applied = night.centre.apply(batch)
        if applied is Applied.OK:
            return
        if applied is Applied.STALE:
            _stale(night, batch)
            return
        _refuse_what_no_line_can_mend(batch)
    raise Unavailable("sync.garbled", n=_SENDINGS)


def _refuse_what_no_line_can_mend(batch: Batch) -> None:
    """Name the row with a U+0000 in one of its texts: none is written any more, but one may stand from before."""
    for sent in batch.tables:
        rows = map(divided, sent.texts) if isinstance(sent, TableTexts) else sent.rows
        for row in rows:
            if any(isinstance(value, str) and "\0" in value for value in row):
                of = dict(zip(sent.columns, row, strict=True))
                name = next((str(of[each]) for each in _NAMES if of.get(each)), str(of["id"]))
                raise Refused("sync.no-text", table=sent.table, row=name.replace("\0", "␀"))


#: By what people know a row, where it has one of these.
_NAMES = ("number", "serial", "case_number", "code", "name", "filename")


def _stale(night: Night, batch: Batch) -> None:
    """The batch does not extend the centre's chain: it may be there already (an answer that was lost)."""
    answer = night.centre.hello(Hello(
        batch.depot_id, batch.origin, batch.no, batch.chain, night.revision, night.depot.clock(),
    ))
    if answer.standing is not Standing.EVEN:
        raise Parted


def _agree(night: Night, at: Here) -> Mark:
    """The point from which to go on: what both sides have."""
    with night.depot.read() as tx:
        mark = batches.acknowledged(tx.connection, at.origin)
    answer = night.centre.hello(
        Hello(at.depot_id, at.origin, mark.no, mark.chain, night.revision, night.depot.clock())
    )
    night.tally.skew = answer.skew
    return settle(night, at, mark, answer)


def settle(night: Night, at: Here, mark: Mark, answer: Answer) -> Mark:
    """What the centre's answer means; raises :class:`Parted` for a fork."""
    if answer.standing is Standing.EVEN:
        return mark
    if answer.standing is Standing.AHEAD:
        with night.depot.write() as tx:
            ours = batches.follows(tx.connection, at.origin, mark, answer.chain)
            if ours is None:
                raise Parted
            batches.acknowledge(tx, at.origin, answer.chain)      # the answer to it was lost
        return ours
    if answer.standing is Standing.BEHIND:
        with night.depot.write() as tx:
            ours = batches.passed(tx.connection, at.origin, answer.chain)
            if answer.no == 0 and answer.chain == chain.GENESIS:
                ours = batches.BEGINNING
            if ours is None or ours.no != answer.no:
                raise Parted
            batches.unacknowledge(tx, at.origin, answer.no)       # the centre was restored: send again from there
            sendings.unsent(tx)
        night.tally.restored_centre = True
        return ours
    raise Parted
