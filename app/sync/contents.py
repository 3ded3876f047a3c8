"""Attachments travel after the rows: contents under their digest, piece by piece, within tonight's quota (spec 4).

Newest filings first: what somebody may ask for tomorrow. A piece that has arrived stays; the next night goes on from
there. The centre says of many contents in one question what it has of them; questions count in the quota. What arrived
and is not what its digest says is dropped and sent again; what is missing or damaged here comes back from the centre.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from app.persistence import held as notes
from app.persistence import sendings
from app.persistence.sendings import Content
from app.sync.night import Night
from app.sync.server import Lying

PIECE = 512_000
#: So many bytes of the quota it takes to ask for one content.
ASKED = 128
#: Contents in one question; and so many bytes the centre reads for it at most, if it has them.
_AT_ONCE, _READ_AT_ONCE = 100, 64_000_000
_TURN = "cursor.contents"


@dataclass
class Quota:
    """How many bytes may still travel."""

    left: int

    def portion(self, contents: Sequence[Content]) -> Sequence[Content]:
        """The first of ``contents``: as many as one question may be about."""
        taken, size = 0, 0
        for _sha256, each in contents[:max(1, min(_AT_ONCE, self.left // ASKED))]:
            size += each
            if taken and size > _READ_AT_ONCE:
                break
            taken += 1
        return contents[:taken]


def exchange(night: Night) -> None:
    """Send what the centre lacks, look at some of what it has, fetch what is lacking here; each within its quota."""
    quota = Quota(night.content_budget)
    _send(night, quota)
    _look_at_some(night, quota)
    _fetch(night, Quota(night.fetch_budget))


# -- there ---------------------------------------------------------------------------------------------------------


def _send(night: Night, quota: Quota) -> None:
    with night.depot.read() as tx:
        waiting = sendings.waiting(tx)
    done = settled = 0
    while done < len(waiting) and quota.left > 0:
        some = quota.portion(waiting[done:])
        there = _asked(night, some)
        sure, arrived = [], []
        for n, (sha256, size) in enumerate(some, done):
            night.step("contents", n, len(waiting))
            lying = there.get(sha256, Lying(0, ""))
            if lying.digest == sha256:
                sure.append((sha256, size))
            elif quota.left > 0 and (whole := _whole(night, sha256, size)) is None:
                settled += 1                  # nothing here that could be sent
            elif quota.left > 0 and _send_rest(night, quota, sha256, whole or b"", lying):
                arrived.append((sha256, size))
        good = _arrived_whole(night, arrived)
        with night.depot.write() as tx:
            sendings.sent(tx, [*sure, *good])
        night.tally.contents += len(good)
        settled += len(sure) + len(good)
        done += len(some)
        quota.left -= ASKED * (len(some) + len(arrived))
    night.tally.contents_left = len(waiting) - settled


def _asked(night: Night, contents: Sequence[Content]) -> dict[str, Lying]:
    return night.centre.contents(night.depot.depot_id, [sha256 for sha256, _size in contents])


def _whole(night: Night, sha256: str, size: int) -> bytes | None:
    """A content as it is kept here; ``None``, and noted, when that is not what the digest says: it is never sent."""
    with night.depot.read() as tx:
        whole, was_poor = sendings.content(tx, sha256), sendings.is_poor(tx, sha256)
    good = len(whole) == size and hashlib.sha256(whole).hexdigest() == sha256
    if good == was_poor:
        with night.depot.write() as tx:
            (sendings.sound if good else sendings.poor)(tx, sha256)
    return whole if good else None


def _send_rest(night: Night, quota: Quota, sha256: str, whole: bytes, lying: Lying) -> bool:
    """Send what the centre lacks of a content; whether all of it has gone out."""
    at = lying.size
    if at >= len(whole):                      # all of it lies there, and it is not the same
        night.centre.drop_content(night.depot.depot_id, sha256)
        at = 0
    while at < len(whole) and quota.left > 0:
        night.step("contents")
        piece = whole[at:at + min(PIECE, quota.left)]
        night.centre.add_content(night.depot.depot_id, sha256, at, piece)
        at += len(piece)
        quota.left -= len(piece)
        night.tally.content_bytes += len(piece)
    return at >= len(whole)


def _arrived_whole(night: Night, arrived: Sequence[Content]) -> list[Content]:
    """Those of which the centre says that they are what they should be; the others are dropped there."""
    if not arrived:
        return []
    there = _asked(night, arrived)
    good = [one for one in arrived if one[0] in there and there[one[0]].digest == one[0]]
    bad = [sha256 for sha256, size in arrived if (sha256, size) not in good]
    for sha256 in bad:
        night.centre.drop_content(night.depot.depot_id, sha256)
    if bad:
        with night.depot.read() as tx:
            night.alert("alert.content-differs", names=sendings.names(tx, bad))
    return good


def _look_at_some(night: Night, quota: Quota) -> None:
    """A few contents both have, in rotation: one that was damaged or lost there since is sent again, one that was
    damaged here is fetched."""
    if quota.left <= 0:
        return
    with night.depot.read() as tx:
        last = notes.note(tx.connection, _TURN)
        some = quota.portion(sendings.sent_after(tx, last, _AT_ONCE) or sendings.sent_after(tx, "", _AT_ONCE))
    if not some:
        return
    night.step("contents")
    there = _asked(night, some)
    for n, (sha256, size) in enumerate(some):
        night.step("verify", n, len(some))
        _whole(night, sha256, size)
    with night.depot.write() as tx:
        sendings.doubt(tx, [sha256 for sha256, _size in some if there.get(sha256, Lying(0, "")).digest != sha256])
        notes.remember(tx, (_TURN, some[-1][0]))


# -- here ----------------------------------------------------------------------------------------------------------


def _fetch(night: Night, quota: Quota) -> None:
    with night.depot.read() as tx:
        missing = sendings.missing(tx)
    done, nowhere = 0, []
    while done < len(missing) and quota.left > 0:
        some = quota.portion(missing[done:])
        there = _asked(night, some)
        for n, (sha256, _size) in enumerate(some, done):
            night.step("contents-back", n, len(missing))
            if there.get(sha256, Lying(0, "")).digest != sha256:
                nowhere.append(sha256)
            elif quota.left > 0:
                _fetch_rest(night, quota, sha256, there[sha256].size)
        done += len(some)
        quota.left -= ASKED * len(some)
    night.tally.contents_missing = len(missing) - night.tally.contents_back
    if nowhere:
        with night.depot.write() as tx:
            fresh = sendings.tell_once(tx, nowhere)
            if fresh:
                night.alert("alert.contents-lost", n=len(fresh), names=sendings.names(tx, fresh))


def _fetch_rest(night: Night, quota: Quota, sha256: str, size: int) -> None:
    """Fetch what has not come yet of a content the centre has whole; kept only if it is what its digest says."""
    with night.depot.read() as tx:
        at = sendings.coming(tx, sha256)
    while at < size and quota.left > 0:
        night.step("contents-back")
        piece = night.centre.content_piece(night.depot.depot_id, sha256, at)
        if not piece:
            break                             # the pieces lie otherwise than those that came before
        with night.depot.write() as tx:
            sendings.add_piece(tx, sha256, at, piece)
        at += len(piece)
        quota.left -= len(piece)
        night.tally.back_bytes += len(piece)
    if at < size and quota.left <= 0:
        return
    with night.depot.write() as tx:
        whole = sendings.pieces(tx, sha256)
        if hashlib.sha256(whole).hexdigest() == sha256:
            sendings.keep(tx, sha256, whole)
            night.tally.contents_back += 1
        else:
            sendings.drop_pieces(tx, sha256)  # from the beginning, the next night
