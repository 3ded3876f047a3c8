"""Giving a signature: every one re-authenticates, or is drawn, or is on paper; each is a row that never changes."""

from __future__ import annotations

from app.depot import Depot
from app.domain.people import Action, Role, require
from app.domain.signing import Method, OwnSignature, Party, Signature, Signed, problems
from app.errors import Refused
from app.persistence import people as people_rows
from app.persistence.tables import signatures
from app.persistence.transaction import Tx
from app.services import people


def authenticate(
    depot: Depot, tx: Tx, signature: OwnSignature, field: str
) -> tuple[people_rows.UserRecord, str]:
    """The user who signs, and how. Refused: ``people.unknown-login``, ``people.wrong-secret``, ``people.blocked``."""
    return people.verify(depot, tx, signature.login, signature.secret, field)


def sign(
    depot: Depot, tx: Tx, signature: Signature, *, purpose: str, subject_kind: str, subject_id: str, field: str
) -> Signed:
    """Accept ``signature`` for ``purpose`` (e.g. ``handover.give``) and write it. ``field`` names it in a refusal."""
    wrong = problems(signature, field)
    if wrong:
        raise Refused.because(wrong)
    row: dict[str, object]
    if isinstance(signature, OwnSignature):
        user, method = authenticate(depot, tx, signature, field)
        row = {"party": Party.OWN.value, "user_id": user.id, "name": user.name, "method": method, "strokes": []}
    else:
        drawn = Method.PAPER if signature.on_paper else Method.DRAWN
        row = {
            "party": signature.party.value, "user_id": None, "name": signature.name.strip(), "method": drawn.value,
            "strokes": [[[round(x, 4), round(y, 4)] for x, y in stroke] for stroke in signature.strokes],
        }
    signature_id = tx.new_id()
    tx.insert(
        signatures,
        {
            "id": signature_id, **row, "purpose": purpose, "subject_kind": subject_kind, "subject_id": subject_id,
            "at": tx.at,
        },
    )
    return Signed(signature_id, str(row["name"]), user.id if isinstance(signature, OwnSignature) else None)


def sign_for(
    depot: Depot,
    tx: Tx,
    signature: Signature,
    action: Action,
    *,
    purpose: str,
    subject_kind: str,
    subject_id: str,
    field: str,
) -> Signed:
    """As :func:`sign`, by one of our own whose roles permit ``action``, whoever sits at the desk.

    Refused: ``people.not-allowed`` as well.
    """
    signed = sign(
        depot, tx, signature, purpose=purpose, subject_kind=subject_kind, subject_id=subject_id, field=field
    )
    user = people_rows.by_id(tx, signed.user_id) if signed.user_id else None
    require((Role(role) for role in user.roles) if user else (), action)
    return signed
