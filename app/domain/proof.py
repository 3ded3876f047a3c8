"""Signed QA marks: what is signed, and what the code on the label says (spec 2 F7; Ed25519 is RFC 8032).

The code is ``<number>/<base45 of digest and signature>``: the number alone is what every other code is, so a scan of
it finds the unit; the rest proves it. The digest is over the mark and every value that QA measured; the
signature over number and digest. So whether the label is genuine can be told from it and the inspector's public key,
and whether the record has changed since by working the digest out again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.inspection_runs import InspectionRun, QaMark

#: Bytes of the digest in the code, and of the signature.
DIGEST, SIGNATURE = 16, 64


class ProofState(StrEnum):
    """What is to be said of a mark that somebody shows."""

    GENUINE = "GENUINE"          # signed, and the record reads as it did then
    CHANGED = "CHANGED"          # signed, but the record no longer reads as it did
    VOID = "VOID"                # genuine, but another mark took its place
    FORGED = "FORGED"            # the signature does not fit
    UNSIGNED = "UNSIGNED"        # a mark of ours from before marks were signed, or a bare number
    UNKNOWN = "UNKNOWN"          # no such mark here


@dataclass(frozen=True, slots=True)
class MarkCode:
    """What the code on a label says. ``digest`` and ``signature`` are empty for a bare number."""

    number: str
    digest: bytes = b""
    signature: bytes = b""


def digest_of(mark: QaMark, serial: str, case_number: str, run: InspectionRun) -> bytes:
    """A digest of what the mark says: which unit, which case, who, when, and every value that was measured.

    The first half of a SHA-256: enough that nobody finds another text for it, short enough for a label of 40 × 30 mm.
    """
    return hashlib.sha256(_canonical([
        "fanxiu-mark-1", mark.number, case_number, serial, mark.inspector_id, mark.inspector_name, mark.stamp_no,
        _moment(mark.at), run.run_no, run.verdict, run.soak_minutes, _moment(run.at),
        [[r.code, r.unit, r.lower, r.upper, r.value, r.verdict] for r in run.readings],
    ])).digest()[:DIGEST]


def signed_text(number: str, digest: bytes) -> bytes:
    """The bytes the inspector's key signs."""
    return _canonical(["fanxiu-mark-1", number, digest.hex()])


def _canonical(values: Sequence[object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
