"""Attachments travel after the rows: contents under their digest, piece by piece, within tonight's quota (spec 4).

Newest filings first: what somebody may ask for tomorrow. A piece that was sent stays sent; the next night goes on.
"""

from __future__ import annotations

from app.persistence import sendings
from app.sync.night import Night

PIECE = 512_000


def send(night: Night) -> None:
    """Send the contents the centre lacks, as far as the quota reaches; says how many are left."""
    left = night.content_budget
    with night.depot.read() as tx:
        waiting = sendings.waiting(tx)
    for n, (sha256, size) in enumerate(waiting):
        if left <= 0:
            night.tally.contents_left = len(waiting) - n
            return
        night.step("contents", n, len(waiting))
        there = night.centre.content_size(night.depot.depot_id, sha256)
        with night.depot.read() as tx:
            whole = sendings.content(tx, sha256)
        while there < size and left > 0:
            night.step("contents", n, len(waiting))
            piece = whole[there:there + min(PIECE, left)]
            night.centre.add_content(night.depot.depot_id, sha256, there, piece)
            there += len(piece)
            left -= len(piece)
            night.tally.content_bytes += len(piece)
        if there < size:
            night.tally.contents_left = len(waiting) - n
            return
        if night.centre.content_digest(night.depot.depot_id, sha256) != sha256:
            night.alert("alert.content-differs", sha256=sha256[:12])
        with night.depot.write() as tx:
            sendings.sent(tx, sha256, size)
        night.tally.contents += 1
