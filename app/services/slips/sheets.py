"""Papers of a period or of the whole depot: register (F3), zone ledger and count sheet (F20), command card (F25)."""

from __future__ import annotations

from datetime import date, datetime

from app.depot import Depot
from app.domain.inspection import SheetVerdict
from app.domain.masterdata import Part
from app.domain.places import ZONES, Place
from app.domain.receiving import ReturnMethod
from app.domain.register import Selection
from app.domain.slips import (
    CommandCard,
    CommandGroup,
    CountLine,
    PartCountRow,
    PartCountSheet,
    RegisterLine,
    RegisterTotals,
    ReturnRegister,
    ScanCommand,
    Signature,
    StocktakeSheet,
    ZoneLedger,
)
from app.domain.slips import LedgerLine as LedgerLineOnPaper
from app.domain.stock import PlaceKind
from app.domain.stocktaking import Difference, Finding
from app.domain.warranty import WarrantyState
from app.i18n import N_, Translator
from app.labels import label
from app.persistence import papers
from app.persistence.transaction import Tx
from app.services import ledger, part_counting, people, register, stocktaking
from app.services.slips.heads import local, maybe_local, signed

#: Most lines of a printed ledger; a longer period is asked for in parts.
MOST_LINES = 20_000

#: Actions worth a bar code on the wall: id of ``ui.actions`` → words.
COMMANDS: tuple[tuple[str, str], ...] = (
    ("frame.undo", N_("Undo the last step")),
    ("frame.print", N_("Print")),
    ("frame.lock", N_("Lock")),
    ("frame.back", N_("Back to the previous page")),
)


def return_register(depot: Depot, wanted: Selection, t: Translator) -> ReturnRegister:
    """F3 of the selection."""
    found = register.register(depot, wanted)
    zh = t.language.startswith("zh")
    lines = tuple(_register_line(depot, line, zh=zh) for line in found.lines)
    days = [line.received for line in lines if line.received]
    today = depot.today()
    return ReturnRegister(
        wanted.start or min(days, default=today), wanted.end or today, lines,
        RegisterTotals(
            found.totals.cases, found.totals.returned, found.totals.spares, found.totals.scrapped, found.totals.open,
            found.totals.overdue,
        ),
        wanted.text,
    )


def _register_line(depot: Depot, line: register.Line, *, zh: bool) -> RegisterLine:
    row, dates = line.row, line.dates

    def on(moment: datetime | None) -> date | None:
        return depot.local_day(moment) if moment else None

    return RegisterLine(
        row.number, row.customer, " ".join((row.model, (row.name_zh if zh else row.name_en) or row.name_zh)).strip(),
        row.serial, on(row.received_at), row.visit_no, ReturnMethod(row.method),
        WarrantyState(row.warranty) if row.warranty else "", dates.plan_number, on(dates.released),
        on(dates.in_repair), on(dates.in_qa), on(row.passed_at), dates.mark_number,
        row.stage if row.returned_at or row.closed_at else "", on(row.returned_at or row.closed_at), line.days,
        line.overdue, row.note,
    )


def zone_ledger(depot: Depot, zone: Place, start: date, end: date, t: Translator) -> ZoneLedger:
    """F20 of one zone and period."""
    head = ledger.head(depot, zone, start, end)
    zh = t.language.startswith("zh")
    lines = tuple(
        LedgerLineOnPaper(
            local(depot, line.at), line.incoming, line.serial,
            " ".join((line.model, (line.name_zh if zh else line.name_en) or line.name_zh)).strip(),
            line.case_number or "", line.other_place, line.balance, line.shelf or "", line.document_number,
            line.by_name or "",
        )
        for line in ledger.lines(depot, head, limit=MOST_LINES)
    )
    return ZoneLedger(zone, start, end, head.opening, head.closing, lines)


def count_sheet(depot: Depot, tx: Tx, stocktake_id: str, t: Translator) -> StocktakeSheet:
    """The stock-take by shelf: before the count a form to tick, afterwards the differences."""
    found = stocktaking.sheet(depot, stocktake_id)
    take = found.stocktake
    given = papers.signatures_by_id(tx, [take.signature_id])
    return StocktakeSheet(
        take.place, local(depot, take.started_at),
        tuple(_count_line(line, found, t, over=take.finished_at is not None) for line in found.lines),
        maybe_local(depot, take.finished_at), take.note,
        (Signature(t(N_("Counted by"))), signed(depot, t(N_("Checked by")), take.signature_id, given)),
    )


def _count_line(line: Difference, sheet: stocktaking.CountSheet, t: Translator, *, over: bool) -> CountLine:
    unit = line.unit
    counted = sheet.shelf_codes.get(line.counted_shelf_id or "", "")
    seen = line.finding is not Finding.MISSING
    plain = line.finding is Finding.FOUND
    return CountLine(
        (unit.shelf_code if unit else None) or counted, unit.serial if unit else line.scanned,
        unit.model if unit else "", (unit.case_number if unit else None) or "",
        booked=unit is not None and unit.place is sheet.stocktake.place,
        found=seen if over or seen else None,
        remark="" if plain or not (over or seen) else "  ".join(p for p in (label(line.finding, t), counted) if p),
    )


def part_count_sheet(depot: Depot, tx: Tx, stocktake_id: str, t: Translator) -> PartCountSheet:
    """The count of parts at a place: to write on before, with the differences afterwards."""
    found = part_counting.sheet(depot, stocktake_id)
    take = found.stocktake
    given = papers.signatures_by_id(tx, [take.signature_id])
    return PartCountSheet(
        take.place_name or PlaceKind.MAIN, take.started_at,
        tuple(
            PartCountRow(
                line.part.part_no, _name(line.part, t),
                line.part.unit, line.grade, line.booked, line.counted, line.reason,
            )
            for line in found.lines
        ),
        take.finished_at, take.note,
        (
            Signature(t(N_("Counted by")), take.started_by_name),
            signed(depot, t(N_("After-sales supervisor")), take.signature_id, given),
        ),
    )


def _name(part: Part, t: Translator) -> str:
    return part.name_zh if t.language.startswith("zh") else part.name_en or part.name_zh


def command_card(depot: Depot, t: Translator) -> CommandCard:
    """F25: places, verdicts, commands and the badges of everybody active."""
    places = tuple(
        ScanCommand(label(place, t), f"CMD:PLACE:{place.value}") for place in (*ZONES, Place.REPAIR, Place.QA)
    )
    verdicts = tuple(
        ScanCommand(label(verdict, t), f"CMD:VERDICT:{code}")
        for verdict, code in ((SheetVerdict.PASSED, "PASS"), (SheetVerdict.FAILED, "FAIL"))
    )
    commands = tuple(ScanCommand(t(words), f"CMD:DO:{id_}") for id_, words in COMMANDS)
    badges = tuple(
        ScanCommand(user.name, f"CMD:BADGE:{user.badge}") for user in people.users(depot) if user.active and user.badge
    )
    groups = (
        (t(N_("Places")), places), (t(N_("Verdicts")), verdicts), (t(N_("Commands")), commands),
        (t(N_("Badges")), badges),
    )
    return CommandCard(tuple(CommandGroup(title, some) for title, some in groups if some))
