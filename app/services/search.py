"""The one search box: what is typed finds units by serial, number, model, customer, in Chinese, Latin or pinyin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.depot import Depot
from app.domain.files import wanted_lot
from app.domain.masterdata import Customer, Product
from app.domain.receiving import Unit
from app.domain.search import Query, name_tokens, query, serial_tokens
from app.persistence import files as file_rows
from app.persistence import masterdata, receiving
from app.persistence import search as rows
from app.persistence.search import Hit
from app.persistence.transaction import Tx


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought, and the text it answers (as one types, answers can cross)."""

    text: str
    hits: tuple[Hit, ...]


def search(depot: Depot, text: str, limit: int = 20) -> Found:
    """Units for what was typed: exact serial, number, beginning, last characters, inside, names; newest first.

    ``lot:XYZ`` finds everything of a lot.
    """
    lot = wanted_lot(text)
    if lot:
        with depot.read() as tx:
            return Found(text, rows.hits(tx, file_rows.lot_units(tx, lot, limit)))
    typed: Query = query(text)
    if not typed.text:
        return Found(text, ())
    with depot.read() as tx:
        return Found(text, rows.find(tx, typed, limit))


def newest(depot: Depot, limit: int = 50) -> Found:
    """The units that moved last."""
    with depot.read() as tx:
        return Found("", rows.newest(tx, limit))


def index_units(
    tx: Tx, units: Sequence[Unit], *, fresh: bool = False, named: Iterable[Product | Customer] = ()
) -> None:
    """Enter ``units`` into the search index, in the transaction that writes them.

    ``fresh``: all are new units. ``named``: products and customers that the step has just read.
    """
    if not units:
        return
    products = {unit.product_id for unit in units}
    customers = {unit.customer_id for unit in units if unit.customer_id}
    known = {row.id: row for row in named}
    product_words = {id_: _product_words(known.get(id_) or masterdata.get(tx, Product, id_)) for id_ in products}
    customer_words = {id_: _customer_words(known.get(id_) or masterdata.get(tx, Customer, id_)) for id_ in customers}
    rows.index(
        tx,
        [
            rows.Entry(
                unit.id,
                (
                    *serial_tokens(unit.serial, unit.lot), *product_words[unit.product_id],
                    *(customer_words[unit.customer_id] if unit.customer_id else ()),
                ),
            )
            for unit in units
        ],
        fresh=fresh,
    )


def index_again(tx: Tx, unit_ids: Sequence[str]) -> None:
    """Enter units anew after a name they are found by has changed."""
    for start in range(0, len(unit_ids), 500):
        some = [receiving.unit(tx, unit_id) for unit_id in unit_ids[start:start + 500]]
        index_units(tx, [unit for unit in some if unit is not None])


def sounds_like(name: str, typed: str) -> bool:
    """Whether ``typed`` (folded letters) begins a word of ``name`` or the pinyin initials of its characters."""
    return any(word.startswith(f"p{typed}") for word in _words(name))


def _product_words(product: Product | Customer | None) -> tuple[str, ...]:
    if not isinstance(product, Product):
        return ()
    return (
        *serial_tokens(product.model), *_words(product.model), *_words(product.name_zh), *_words(product.name_en),
    )


def _customer_words(customer: Product | Customer | None) -> tuple[str, ...]:
    return _words(customer.name) if isinstance(customer, Customer) else ()


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    return tuple(name_tokens(name, _initials(name)))


def _initials(name: str) -> list[str]:
    """The pinyin initials of ``name`` in every reading (单 is s, d or c), at most sixteen."""
    if name.isascii():
        return []
    from pypinyin import Style, pinyin

    readings = [""]
    for variants in pinyin(name, style=Style.FIRST_LETTER, heteronym=True, errors="ignore"):
        readings = [head + letter for head in readings for letter in dict.fromkeys(variants)][:16]
    return readings


__all__ = ["Found", "Hit", "index_units", "newest", "search"]
