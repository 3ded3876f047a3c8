"""Customers: entered, proposed at the counter, edited, merged, switched off (spec 1 §1, spec 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain import search as tokens
from app.domain.masterdata import Contact, Customer, customer_problems
from app.domain.people import Action, may
from app.errors import Refused
from app.persistence import customers as rows
from app.persistence import editing as edits
from app.persistence import journal, masterdata, node
from app.persistence.customers import CustomerFilter, CustomerLine
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import editing, ownership, search
from app.services.undoing import Way

#: More customers than this are not looked through for pinyin initials: names are searched as they are typed.
_PINYIN_UP_TO = 20_000


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """A customer as an edit sees it: ``seen`` is the stamp that the edit passes back.

    ``own``: not delivered by head office, so it may be changed here.
    """

    customer: Customer
    contacts: tuple[Contact, ...]
    seen: int
    units: int
    cases: int
    own: bool = True


@dataclass(frozen=True, slots=True)
class CustomerWritten:
    """A customer was entered or changed; ``entry_id`` can be undone."""

    customer: Customer
    entry_id: str
    changes: Changes = Changes.MASTERDATA


def customers(
    depot: Depot, wanted: CustomerFilter, after: CustomerLine | None = None, limit: int = 200, *,
    descending: bool = False,
) -> tuple[CustomerLine, ...]:
    """A page of the list, by name."""
    with depot.read() as tx:
        wanted = _with_pinyin(tx, wanted)
        return rows.page(tx, wanted, after.customer if after else None, limit, descending=descending)


def count(depot: Depot, wanted: CustomerFilter) -> int:
    """How many customers there are under ``wanted``."""
    with depot.read() as tx:
        return rows.count(tx, _with_pinyin(tx, wanted))


def find(depot: Depot, text: str, limit: int = 12) -> tuple[Customer, ...]:
    """Active customers for what was typed into a choice: part of the name, the code, or pinyin initials."""
    return tuple(line.customer for line in customers(depot, CustomerFilter(text=text.strip()), limit=limit))


def file(depot: Depot, customer_id: str) -> CustomerFile:
    """Everything about one customer. Refused: ``masterdata.gone``."""
    with depot.read() as tx:
        customer = masterdata.get(tx, Customer, customer_id)
        seen = edits.version(tx, Customer, customer_id)
        if customer is None or seen is None:
            raise Refused("masterdata.gone", name=customer.name if customer else "")
        contacts = edits.belonging(tx, Contact, customer_id=customer_id)
        return CustomerFile(
            customer, contacts, seen, len(rows.units_of(tx, customer_id)), len(rows.cases_of(tx, customer_id)),
            ownership.is_own(tx, Customer, customer_id),
        )


def add(depot: Depot, customer: Customer, contacts: tuple[Contact, ...] = ()) -> CustomerWritten:
    """Enter a customer. Whoever may only propose enters a proposal, usable at once; head office adopts or merges it.

    Refused: the codes of ``customer_problems``, ``customer.name-taken``, ``customer.code-taken``.
    """
    depot.require(Action.PROPOSE_MASTER if not may(depot.operator.roles, Action.EDIT_MASTER) else Action.EDIT_MASTER)
    with depot.write() as tx:
        return enter(depot, tx, customer, contacts)


def enter(depot: Depot, tx: Tx, customer: Customer, contacts: tuple[Contact, ...] = ()) -> CustomerWritten:
    """:func:`add` inside a running transaction (receiving proposes a customer with the unit). The id is made here."""
    _check(tx, customer)
    made = replace(
        customer, id=tx.new_id(), name=customer.name.strip(), code=customer.code.strip() or _next_code(tx),
        proposed=ownership.joined(tx) or not may(depot.operator.roles, Action.EDIT_MASTER),
        merged_into=None, active=True,
    )
    masterdata.add(tx, made)
    for contact in contacts:
        edits.enter(tx, replace(contact, id=tx.new_id(), customer_id=made.id))
    entry_id = journal.record(
        tx, "customers.add", subject_kind="customer", subject_id=made.id, subject_number=made.code,
        facts={"name": made.name, "proposed": made.proposed},
    )
    return CustomerWritten(made, entry_id)


def edit(depot: Depot, customer: Customer, contacts: tuple[Contact, ...], seen: int) -> CustomerWritten:
    """Write an edited customer over the version ``seen``. New contacts have an empty id.

    Refused: the codes of :func:`add`, ``masterdata.changed-meanwhile``.
    """
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        before = masterdata.get(tx, Customer, customer.id)
        if before is None:
            raise Refused("masterdata.gone", name=customer.name)
        ownership.require_own(tx, Customer, customer.id, before.name)
        editing.guard(depot, tx, Customer, customer.id, seen, before.name)
        after = replace(customer, name=customer.name.strip(), code=customer.code.strip() or before.code)
        _check(tx, after)
        now = edits.belonging(tx, Contact, customer_id=customer.id)
        wanted = tuple(
            replace(contact, id=contact.id or tx.new_id(), customer_id=customer.id)
            for contact in contacts if contact.name.strip()
        )
        edits.settle(tx, Contact, now, wanted)
        entry_id = editing.write(
            tx, "customers.edit", "customer", before, after, after.code,
            contacts={"before": [asdict(row) for row in now], "after": [asdict(row) for row in wanted]},
        )
        if before.name != after.name:
            _index_again(tx, rows.units_of(tx, customer.id))
    return CustomerWritten(after, entry_id)


def adopt(depot: Depot, customer_id: str) -> CustomerWritten:
    """Make a proposal a full customer. Refused: ``masterdata.adopted-at-centre`` where there is a centre."""
    return _flag(depot, customer_id, "customers.adopt", proposed=False)


def switch(depot: Depot, customer_id: str, *, active: bool) -> CustomerWritten:
    """Switch a customer off (nothing new is received for it) or on again."""
    return _flag(depot, customer_id, "customers.switch", active=active)


def merge(depot: Depot, customer_id: str, into_id: str) -> CustomerWritten:
    """Join ``customer_id`` into ``into_id``: its units, cases and contacts go over, it stays on record as a link.

    Refused: ``customer.merge-itself``, ``customer.merge-merged``.
    """
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        source, target = (masterdata.get(tx, Customer, id_) for id_ in (customer_id, into_id))
        if source is None or target is None:
            raise Refused("masterdata.gone", name="")
        if source.id == target.id:
            raise Refused("customer.merge-itself", field="into", name=source.name)
        ownership.require_own(tx, Customer, source.id, source.name)
        for row in (source, target):
            if row.merged_into is not None:
                raise Refused("customer.merge-merged", field="into", name=row.name)
        moved = {
            "unit_ids": rows.units_of(tx, source.id), "case_ids": rows.cases_of(tx, source.id),
            "contact_ids": rows.contacts_of(tx, source.id),
        }
        rows.give(tx, target.id, **moved)
        entry_id = editing.write(
            tx, "customers.merge", "customer", source, replace(source, merged_into=target.id, active=False),
            source.code, into=target.id, moved=moved,
        )
        _index_again(tx, moved["unit_ids"])
    return CustomerWritten(target, entry_id, Changes.MASTERDATA | Changes.UNITS | Changes.CASES)


def _flag(depot: Depot, customer_id: str, action: str, **values: Any) -> CustomerWritten:
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        before = masterdata.get(tx, Customer, customer_id)
        if before is None:
            raise Refused("masterdata.gone", name="")
        if "proposed" in values:
            ownership.require_adopting(tx, before.name)
        after = replace(before, **values)
        return CustomerWritten(after, editing.write(tx, action, "customer", before, after, before.code))


def _check(tx: Tx, customer: Customer) -> None:
    wrong = customer_problems(customer)
    if wrong:
        raise Refused.because(wrong)
    same = [row for row in rows.like_named(tx, customer.name.strip()) if row.id != customer.id]
    if same:
        raise Refused("customer.name-taken", field="name", value=same[0].name, code_of=same[0].code)
    if customer.code.strip():
        taken = masterdata.find(tx, Customer, code=customer.code.strip())
        if taken is not None and taken.id != customer.id:
            raise Refused("customer.code-taken", field="code", value=customer.code.strip(), name=taken.name)


def _next_code(tx: Tx) -> str:
    (n,) = node.next_in_series(tx, "customer")
    return f"{tx.depot_id}-C{n:04d}"


def _with_pinyin(tx: Tx, wanted: CustomerFilter) -> CustomerFilter:
    """Add the customers whose pinyin initials begin with what was typed, when it could be initials."""
    typed = tokens.folded(wanted.text)
    if not (typed.isascii() and typed.isalpha()):
        return wanted
    named = rows.names(tx)
    if len(named) > _PINYIN_UP_TO:
        return wanted
    return replace(wanted, ids=tuple(id_ for id_, name in named if search.sounds_like(name, typed))[:500])


def _index_again(tx: Tx, unit_ids: list[str]) -> None:
    search.index_again(tx, unit_ids)


def _undo_add(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """Take a customer off the record while nothing hangs on it."""
    del depot
    units, cases = rows.units_of(tx, entry.subject_id), rows.cases_of(tx, entry.subject_id)
    if units or cases:
        raise Refused("undo.customer-used", number=entry.subject_number, units=len(units), cases=len(cases))
    edits.end(tx, Customer, entry.subject_id)
    return Changes.MASTERDATA


def _undo_edit(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    editing.put_back(depot, tx, Customer, entry)
    contacts = entry.facts.get("contacts")
    if contacts:
        now = edits.belonging(tx, Contact, customer_id=entry.subject_id)
        edits.settle(tx, Contact, now, [Contact(**row) for row in contacts["before"]])
    if "name" in entry.facts["after"]:
        _index_again(tx, rows.units_of(tx, entry.subject_id))
    return Changes.MASTERDATA


def _undo_merge(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    editing.put_back(depot, tx, Customer, entry)
    moved: Mapping[str, Any] = entry.facts["moved"]
    rows.give(tx, entry.subject_id, **moved)
    _index_again(tx, list(moved["unit_ids"]))
    return Changes.MASTERDATA | Changes.UNITS | Changes.CASES


UNDO: Mapping[str, Way] = {
    "customers.add": Way(_undo_add),
    "customers.edit": Way(_undo_edit, permission=Action.EDIT_MASTER),
    "customers.adopt": Way(_undo_edit, permission=Action.EDIT_MASTER),
    "customers.switch": Way(_undo_edit, permission=Action.EDIT_MASTER),
    "customers.merge": Way(_undo_merge, permission=Action.EDIT_MASTER),
}

__all__ = [
    "UNDO", "CustomerFile", "CustomerFilter", "CustomerLine", "CustomerWritten", "add", "adopt", "count", "customers",
    "edit", "enter", "file", "find", "merge", "switch",
]
