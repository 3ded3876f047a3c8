"""What every paper carries: letterhead, head, signatures, and the words for products and people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.depot import Depot
from app.domain.masterdata import Customer, Product
from app.domain.settings import DepotSetting
from app.domain.signing import Method
from app.domain.slips import Copy, DocumentHead, FormId, Letterhead, Signature, Worded
from app.persistence import masterdata, node, papers
from app.persistence.papers import Document, SignatureRow
from app.persistence.transaction import Tx
from app.services import settings


def letterhead(tx: Tx) -> Letterhead:
    """The depot as its papers show it, with the name and address it has now."""
    own = settings.identity_of(tx)
    return Letterhead(own.depot_id, own.name, own.address, own.phone, own.logo)


def head(depot: Depot, tx: Tx, number: str, language: str, document: Document | None, form: str) -> DocumentHead:
    """The head of a paper: its number, the print time in the depot's zone, 补打 and void marks, copies as set."""
    made = settings.values(tx)
    return DocumentHead(
        letterhead(tx), number, local(depot, tx.at), language, bilingual=made[DepotSetting.CAPTIONS] == "both",
        copies=_copies(form, made),
        reprint=papers.prints(tx, document.id, form) if document else 0,
        void=bool(document and document.voided_at), journal=_journal_end(tx),
    )


def _journal_end(tx: Tx) -> str:
    no, chain = node.journal_end(tx)
    return f"{no}·{chain[:8]}" if chain else ""


def _copies(form: str, made: Mapping[DepotSetting, str]) -> tuple[Copy, ...]:
    """For whom copies of ``form`` are made, as the depot set it; empty: as the form has them."""
    setting = {
        FormId.RECEIVING_RECEIPT.value: DepotSetting.RECEIPT_COPIES,
        FormId.REPAIR_SLIP.value: DepotSetting.REPAIR_SLIP_COPIES,
    }.get(form)
    return tuple(Copy(word.upper()) for word in made[setting].split("+")) if setting else ()


def local(depot: Depot, moment: datetime) -> datetime:
    """``moment`` in the depot's time zone."""
    return moment.astimezone(depot.zone)


def maybe_local(depot: Depot, moment: datetime | None) -> datetime | None:
    """``moment`` in the depot's time zone, if there is one."""
    return None if moment is None else local(depot, moment)


def signed(
    depot: Depot, role: Worded, signature_id: str | None, rows: Mapping[str, SignatureRow], name: str = ""
) -> Signature:
    """A signature box, filled where the signature was given."""
    row = rows.get(signature_id or "")
    if row is None:
        return Signature(role, name)
    strokes = tuple(tuple((x, y) for x, y in stroke) for stroke in row.strokes)
    return Signature(
        role, row.name, local(depot, row.at), strokes, on_paper=row.method == Method.PAPER.value
    )


def product_name(tx: Tx, product_id: str, language: str) -> str:
    """Model and name of a product."""
    product = masterdata.get(tx, Product, product_id)
    return "" if product is None else " ".join(dict.fromkeys((product.model, product.name(language)))).strip()


def customer_of(tx: Tx, customer_id: str | None) -> Customer:
    """The customer of a case; an empty one when the row is gone."""
    found = masterdata.get(tx, Customer, customer_id) if customer_id else None
    return found or Customer("", "", "")
