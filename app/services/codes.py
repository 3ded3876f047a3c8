"""The tables of codes: symptoms, faults, resolutions in both languages, edited and exchanged as a list (spec 1 §8)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain import starter_codes
from app.domain.codes import code_problems
from app.domain.importing.causes import cause_of
from app.domain.masterdata import Code, CodeKind
from app.domain.people import Action
from app.errors import Problem, Refused
from app.persistence import editing as edits
from app.persistence import journal, masterdata
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import editing, ownership
from app.services.undoing import Way

#: The columns of the list that is saved and read again, in order.
COLUMNS = ("kind", "code", "name_zh", "name_en", "cause_class", "product_line", "active")

#: What people write above the columns, and for the tables, in lists of their own (folded).
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "kind": ("代码表", "类别", "表", "table", "type"), "code": ("代码", "编码"),
    "name_zh": ("中文", "中文名称", "名称", "chinese"), "name_en": ("英文", "英文名称", "english"),
    "cause_class": ("原因分类", "通常原因类别", "原因类别", "usual cause class"),
    "product_line": ("产品线", "product line"), "active": ("使用中", "状态", "in use", "state"),
}
_KINDS: Mapping[str, CodeKind] = {
    word: kind for kind, words in {
        CodeKind.SYMPTOM: ("symptoms", "故障现象", "现象"), CodeKind.FAULT: ("faults", "故障", "故障原因"),
        CodeKind.RESOLUTION: ("resolutions", "处理措施", "措施", "repair"),
    }.items() for word in words
}


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code as an edit sees it: ``seen`` is the stamp that the edit passes back.

    ``own``: not delivered by head office, so it may be changed here.
    """

    code: Code
    seen: int
    own: bool = True

    @property
    def id(self) -> str:
        """The row's id."""
        return self.code.id


@dataclass(frozen=True, slots=True)
class CodeWritten:
    """A code was entered or changed; ``entry_id`` can be undone."""

    code: Code
    entry_id: str
    changes: Changes = Changes.MASTERDATA


@dataclass(frozen=True, slots=True)
class CodesImported:
    """A list was read in."""

    added: int
    changed: int
    unchanged: int
    entry_id: str
    changes: Changes = Changes.MASTERDATA


def codes(depot: Depot, kind: CodeKind, *, active_only: bool = False) -> tuple[CodeView, ...]:
    """One table, by code."""
    with depot.read() as tx:
        found = [row for row in masterdata.everything(tx, Code, active_only=active_only) if row.kind == kind]
        return tuple(
            CodeView(row, edits.version(tx, Code, row.id) or 0, ownership.is_own(tx, Code, row.id)) for row in found
        )


def problems(code: Code) -> list[Problem]:
    """What is wrong with a code as typed. Codes: ``codes.form``, ``code.name-missing``."""
    found = code_problems(code.code)
    if not code.name_zh.strip():
        found.append(Problem("name_zh", "code.name-missing", {"value": code.code}))
    return found


def add(depot: Depot, code: Code) -> CodeWritten:
    """Enter a code. Refused: the codes of :func:`problems`, ``code.taken``."""
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        _check(tx, code)
        made = replace(_cleaned(code), id=tx.new_id(), active=True)
        masterdata.add(tx, made)
        entry_id = journal.record(
            tx, "codes.add", subject_kind="code", subject_id=made.id, subject_number=made.code,
            facts={"kind": made.kind, "name": made.name_zh},
        )
    return CodeWritten(made, entry_id)


def edit(depot: Depot, code: Code, seen: int) -> CodeWritten:
    """Write an edited code over the version ``seen``; it may be switched off, never erased: cases name it."""
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        before = masterdata.get(tx, Code, code.id)
        if before is None:
            raise Refused("masterdata.gone", name=code.code)
        ownership.require_own(tx, Code, code.id, before.code)
        editing.guard(depot, tx, Code, code.id, seen, before.code)
        after = _cleaned(code)
        _check(tx, after)
        entry_id = editing.write(tx, "codes.edit", "code", before, after, after.code)
    return CodeWritten(after, entry_id)


def listed(depot: Depot) -> list[tuple[str, ...]]:
    """Every code as rows under :data:`COLUMNS`, for a spreadsheet."""
    with depot.read() as tx:
        every = masterdata.everything(tx, Code)
    order = list(CodeKind)
    return [
        (c.kind, c.code, c.name_zh, c.name_en, c.cause_class, c.product_line, "yes" if c.active else "no")
        for c in sorted(every, key=lambda c: (order.index(CodeKind(c.kind)), c.code))
    ]


def read_rows(header: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> list[Code]:
    """The codes of a list, checked; ids are empty; headings and words may be Chinese. ``numbers``: of the rows in the
    file, else the header is row 1.

    Refused: ``code.columns``, ``code.kind``, ``code.row``, ``code.row-name``, ``code.cause``.
    """
    own = {word: name for name, words in _HEADINGS.items() for word in words}
    folded = [name.strip().casefold() for name in header]
    places = {own.get(name, name): at for at, name in reversed(list(enumerate(folded)))}
    if not {"kind", "code", "name_zh"} <= set(places):
        raise Refused("code.columns", columns=COLUMNS)
    found = []
    for number, cells in zip(numbers or range(2, len(rows) + 2), rows, strict=True):
        if any(cell.strip() for cell in cells):
            values = {
                name: cells[at].strip() if (at := places.get(name, -1)) in range(len(cells)) else ""
                for name in COLUMNS
            }
            found.append(_read(number, values))
    return found


def import_list(depot: Depot, wanted: Sequence[Code]) -> CodesImported:
    """Enter what is new of ``wanted`` and change what differs, in one step; codes that are not in it stay.

    Refused: ``masterdata.by-centre``.
    """
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        known = {(row.kind, row.code): row for row in masterdata.everything(tx, Code)}
        before, added = [], []
        for row in {(row.kind, row.code): row for row in wanted}.values():
            present = known.get((row.kind, row.code))
            if present is None:
                made = replace(row, id=tx.new_id())
                masterdata.add(tx, made)
                added.append(made.id)
            elif replace(row, id=present.id) != present:
                ownership.require_own(tx, Code, present.id, present.code)
                before.append(asdict(present))
                edits.put(tx, Code, present.id, {**asdict(row), "id": present.id})
        entry_id = journal.record(
            tx, "codes.import", subject_kind="codes", subject_id=tx.depot_id,
            facts={"added": added, "before": before},
        )
    return CodesImported(len(added), len(before), len(wanted) - len(added) - len(before), entry_id)


def enter_starters(tx: Tx) -> int:
    """Give a new depot the codes it begins with; returns how many."""
    found = [(CodeKind.SYMPTOM, *row, "") for row in starter_codes.SYMPTOMS]
    found += [(CodeKind.FAULT, *row[:3], row[3].value) for row in starter_codes.FAULTS]
    found += [(CodeKind.RESOLUTION, *row, "") for row in starter_codes.RESOLUTIONS]
    for kind, code, name_zh, name_en, cause in found:
        masterdata.add(tx, Code(tx.new_id(), kind.value, code, name_zh, name_en, cause))
    return len(found)


def _read(number: int, values: Mapping[str, str]) -> Code:
    word, code = values["kind"].casefold(), values["code"].upper()
    kind = _KINDS[word].value if word in _KINDS else word.upper()
    cause = cause_of(values["cause_class"]) if values["cause_class"] else None
    if kind not in set(CodeKind):
        raise Refused("code.kind", row=number, value=values["kind"])
    if code_problems(code):
        raise Refused("code.row", row=number, value=values["code"])
    if not values["name_zh"]:
        raise Refused("code.row-name", row=number, value=code)
    if values["cause_class"] and cause is None:
        raise Refused("code.cause", row=number, value=values["cause_class"])
    active = not re.fullmatch(r"no|0|false|否|停用", values["active"], re.IGNORECASE)
    return Code(
        "", kind, code, values["name_zh"], values["name_en"], cause.value if cause else "",
        values["product_line"], active,
    )


def _cleaned(code: Code) -> Code:
    return replace(
        code, code=code.code.strip().upper(), name_zh=code.name_zh.strip(), name_en=code.name_en.strip(),
        product_line=code.product_line.strip(),
    )


def _check(tx: Tx, code: Code) -> None:
    cleaned = _cleaned(code)
    wrong = problems(cleaned)
    if wrong:
        raise Refused.because(wrong)
    same = masterdata.find(tx, Code, kind=cleaned.kind, code=cleaned.code)
    if same is not None and same.id != code.id:
        raise Refused("code.taken", field="code", value=same.code, name=same.name_zh)


def _undo_add(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    del depot
    edits.end(tx, Code, entry.subject_id)
    return Changes.MASTERDATA


def _undo_edit(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    editing.put_back(depot, tx, Code, entry)
    return Changes.MASTERDATA


def _undo_import(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """Put changed rows back and end the added ones."""
    del depot
    facts: Mapping[str, Any] = entry.facts
    for row in facts["before"]:
        edits.put(tx, Code, row["id"], row)
    for row_id in facts["added"]:
        edits.end(tx, Code, row_id)
    return Changes.MASTERDATA


UNDO: Mapping[str, Way] = {
    "codes.add": Way(_undo_add, permission=Action.EDIT_MASTER),
    "codes.edit": Way(_undo_edit, permission=Action.EDIT_MASTER),
    "codes.import": Way(_undo_import, permission=Action.EDIT_MASTER),
}

__all__ = [
    "COLUMNS", "UNDO", "CodeView", "CodeWritten", "CodesImported", "add", "codes", "edit", "enter_starters",
    "import_list", "listed", "problems", "read_rows",
]
