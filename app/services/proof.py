"""Signing QA marks, and checking one that somebody shows (spec 2 F7; issue "tamper evidence").

An inspector's private key lies in the record under the inspector's own secret (argon2id, ChaCha20-Poly1305): nobody
else at the depot can sign with it, nor can who copies the file, short of guessing the secret. A new secret gets a new
key; the old public keys stay, so that old marks can be checked for ever.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.depot import Depot
from app.domain.inspection_runs import InspectionRun, QaMark
from app.domain.numbering import DocumentType, parse_number
from app.domain.proof import DIGEST, SIGNATURE, MarkCode, ProofState, digest_of, signed_text
from app.errors import Refused
from app.persistence import inspection as inspection_rows
from app.persistence import journal, masterdata, papers
from app.persistence import proof as rows
from app.persistence import receiving as receiving_rows
from app.persistence.proof import MarkSignature, SigningKey
from app.persistence.transaction import Tx

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Proof:
    """What is to be said of a mark. The other fields are empty where there is no such mark here.

    ``now``: the number of the mark that took its place (``VOID``).
    """

    state: ProofState
    number: str
    serial: str = ""
    model: str = ""
    case_number: str = ""
    unit_id: str = ""
    inspector: str = ""
    stamp_no: str = ""
    at: datetime | None = None
    now: str = ""


# -- signing -----------------------------------------------------------------------------------------------------


def sign_mark(depot: Depot, tx: Tx, mark: QaMark, run: InspectionRun, secret: str) -> None:
    """Sign ``mark`` with the key of its inspector; the first mark under a secret makes the key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    held = _unlocked(rows.keys_of(tx, mark.inspector_id), secret)
    if held is None:
        private = Ed25519PrivateKey.from_private_bytes(depot.chance(32))
        key = _new_key(depot, tx, mark, private, secret)
    else:
        key, private = held
    digest = _digest(tx, mark, run)
    signature = private.sign(signed_text(mark.number, digest))
    rows.add_signature(tx, MarkSignature(
        tx.new_id(), mark.id, mark.number, key.id, digest.hex(), _text(signature), tx.at))


def code_of(tx: Tx, mark: QaMark, number: str = "") -> str:
    """What the QR of a paper says: ``number`` (default: the mark's own) and the proof; empty for an unsigned mark."""
    signed = rows.signature_of(tx, mark.id)
    if signed is None:
        return ""
    from base45 import b45encode

    proof = b45encode(bytes.fromhex(signed.digest) + base64.b64decode(signed.signature))
    return f"{number or mark.number}/{proof.decode()}"


# -- checking ----------------------------------------------------------------------------------------------------


def read_code(text: str) -> MarkCode:
    """The number and the proof in a code. Refused: ``proof.not-a-mark``."""
    number, _slash, proof = text.strip().partition("/")
    found = parse_number(number)
    if found is None or found.type not in {DocumentType.QA_MARK, DocumentType.REPAIR_SLIP}:
        raise Refused("proof.not-a-mark", field="code", value=text.strip())
    if not proof:
        return MarkCode(str(found))
    from base45 import b45decode

    try:
        held = b45decode(proof)
    except (ValueError, binascii.Error):
        held = b""
    if len(held) != DIGEST + SIGNATURE:
        raise Refused("proof.not-a-mark", field="code", value=text.strip())
    return MarkCode(str(found), held[:DIGEST], held[DIGEST:])


def check(depot: Depot, text: str) -> Proof:
    """What is to be said of the mark whose code (or bare number) is ``text``. Refused: ``proof.not-a-mark``."""
    code = read_code(text)
    with depot.read() as tx:
        mark = _mark(tx, code)
        if mark is None:
            return Proof(ProofState.UNKNOWN, code.number)
        run = next(run for run in inspection_rows.runs(tx, mark.case_id) if run.id == mark.inspection_id)
        case = receiving_rows.case(tx, mark.case_id)
        unit = receiving_rows.unit(tx, mark.unit_id)
        serial, number = unit.serial if unit else "", case.number if case else ""
        after = rows.replaced(tx, mark.id) or ""
        return Proof(
            _state(tx, mark, run, code, after), mark.number, serial, _model(tx, mark), number, mark.unit_id,
            mark.inspector_name, mark.stamp_no, mark.at.astimezone(depot.zone), after,
        )


def check_image(depot: Depot, path: Path) -> Proof:
    """As :func:`check`, of a photo or scan. Refused: ``proof.no-code``, ``proof.not-a-mark``."""
    for text in codes_in(path):
        try:
            read_code(text)
        except Refused:
            continue
        return check(depot, text)
    raise Refused("proof.no-code", field="file", value=path.name)


def codes_in(path: Path) -> list[str]:
    """The codes in a picture, or on the pages of a PDF. Refused: ``proof.no-picture``."""
    import zxingcpp
    from PIL import Image, UnidentifiedImageError

    try:
        if path.suffix.lower() == ".pdf":
            import pypdfium2

            with pypdfium2.PdfDocument(path) as document:
                pictures = [page.render(scale=300 / 72).to_pil() for page in document]
        else:
            with Image.open(path) as opened:
                pictures = [opened.convert("L")]
    except (OSError, ValueError, UnidentifiedImageError) as error:
        raise Refused("proof.no-picture", field="file", value=path.name) from error
    except Exception as error:
        if type(error).__module__.startswith("pypdfium2"):
            raise Refused("proof.no-picture", field="file", value=path.name) from error
        raise
    return [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)]


# -- how ---------------------------------------------------------------------------------------------------------


def _mark(tx: Tx, code: MarkCode) -> QaMark | None:
    """The mark of that number. Of a repair slip's number: the mark of its case that the code's signature belongs to (a
    slip printed before another mark took its place bears the older one); without one, the last."""
    found = parse_number(code.number)
    if found is not None and found.type is DocumentType.REPAIR_SLIP:
        document = papers.by_number(tx, code.number)
        marks = inspection_rows.marks(tx, document.case_id) if document and document.case_id else ()
        return next((mark for mark in reversed(marks) if _signed_by_its_inspector(tx, mark, code)),
                    marks[-1] if marks else None)
    mark_id = rows.mark_id(tx, code.number)
    return inspection_rows.mark(tx, mark_id) if mark_id else None


def _state(tx: Tx, mark: QaMark, run: InspectionRun, code: MarkCode, replaced: str) -> ProofState:
    if not code.signature:
        return ProofState.UNSIGNED
    signed = rows.signature_of(tx, mark.id)
    if signed is None and not rows.keys_of(tx, mark.inspector_id):
        return ProofState.CHANGED       # the code is signed, the record bears neither signature nor key
    if not _signed_by_its_inspector(tx, mark, code):
        return ProofState.FORGED
    if signed is None or code.digest.hex() != signed.digest or _digest(tx, mark, run) != code.digest:
        return ProofState.CHANGED
    return ProofState.VOID if replaced else ProofState.GENUINE


def _signed_by_its_inspector(tx: Tx, mark: QaMark, code: MarkCode) -> bool:
    """Whether the code's signature is of ``mark``, by the key on record with it, else by any of its inspector's."""
    if not code.signature:
        return False
    signed = rows.signature_of(tx, mark.id)
    key = rows.key(tx, signed.key_id) if signed else None
    keys = (key,) if key else rows.keys_of(tx, mark.inspector_id)
    return any(_fits(key, mark.number, code.digest, code.signature) for key in keys)


def _fits(key: SigningKey, number: str, digest: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key.public)).verify(signature, signed_text(number, digest))
    except (InvalidSignature, ValueError):
        return False
    return True


def _digest(tx: Tx, mark: QaMark, run: InspectionRun) -> bytes:
    case, unit = receiving_rows.case(tx, mark.case_id), receiving_rows.unit(tx, mark.unit_id)
    return digest_of(mark, unit.serial if unit else "", case.number if case else "", run)


def _model(tx: Tx, mark: QaMark) -> str:
    from app.domain.masterdata import Product

    unit = receiving_rows.unit(tx, mark.unit_id)
    product = masterdata.get(tx, Product, unit.product_id) if unit else None
    return product.model if product else ""


def _new_key(depot: Depot, tx: Tx, mark: QaMark, private: Ed25519PrivateKey, secret: str) -> SigningKey:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    cost = depot.hashing
    salt, nonce = f"{cost.time_cost}:{cost.memory_kib}:{_text(depot.chance(16))}", depot.chance(12)
    sealed = nonce + ChaCha20Poly1305(_wrapping(secret, salt)).encrypt(
        nonce, private.private_bytes_raw(), mark.inspector_id.encode())
    public = _text(private.public_key().public_bytes_raw())
    key = SigningKey(tx.new_id(), mark.inspector_id, mark.inspector_name, public, salt, _text(sealed), tx.at)
    rows.add_key(tx, key)
    journal.record(tx, "proof.key", subject_kind="user", subject_id=mark.inspector_id,
                   subject_number=mark.inspector_name, facts={"key": key.id})
    return key


def _unlocked(keys: tuple[SigningKey, ...], secret: str) -> tuple[SigningKey, Ed25519PrivateKey] | None:
    """The newest key that ``secret`` opens."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    for key in keys:
        sealed = base64.b64decode(key.sealed)
        try:
            opened = ChaCha20Poly1305(_wrapping(secret, key.salt)).decrypt(
                sealed[:12], sealed[12:], key.user_id.encode())
        except InvalidTag:
            continue
        return key, Ed25519PrivateKey.from_private_bytes(opened)
    return None


def _wrapping(secret: str, salt: str) -> bytes:
    """The key that seals a private key. ``salt`` says at what cost it was derived: ``<time>:<KiB>:<base64>``."""
    from argon2.low_level import Type, hash_secret_raw

    time_cost, memory, salted = salt.split(":")
    return hash_secret_raw(secret.encode(), base64.b64decode(salted), int(time_cost), int(memory), 1, 32, Type.ID)


def _text(held: bytes) -> str:
    return base64.b64encode(held).decode()
