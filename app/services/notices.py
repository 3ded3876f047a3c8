"""Return as is: the talk with the customer, then the unit goes to zone 2 with its notice (art. 10.4, F11)."""

from __future__ import annotations

from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain import disposition as rules
from app.domain.disposition import ReferredRow, Talk, TalkRow
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.places import Place
from app.domain.rulings import Outcome
from app.domain.stages import Stage, Step, after
from app.errors import Refused
from app.persistence import disposition as rows
from app.persistence import handover as handover_rows
from app.persistence import handover_lists, journal, node
from app.persistence import receiving as receiving_rows
from app.persistence import returning as returning_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import bench as bench_rows
from app.services import disposition
from app.services.undoing import Way

_CHANGES = Changes.DISPOSITIONS | Changes.CASES


@dataclass(frozen=True, slots=True)
class Told:
    """A talk is on record."""

    case_id: str
    talk_id: str
    entry_id: str
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class SentBackAsIs:
    """The unit stands in zone 2, ready to return as it is; ``number`` is its notice's (F11)."""

    case_id: str
    number: str
    entry_id: str
    changes: Changes = _CHANGES | Changes.UNITS | Changes.DOCUMENTS


def waiting(depot: Depot) -> tuple[tuple[ReferredRow, bool], ...]:
    """Cases ruled to go back as they are, or to the bench, the earliest due first, each with whether a talk is due."""
    wanted = {Outcome.RETURN_AS_IS, Outcome.REPAIR}
    found = [row for row in disposition.to_carry_out(depot) if wanted & set(row.outcomes or ())]
    with depot.read() as tx:
        return tuple(
            (row, Outcome.EXPLAIN in (row.outcomes or ()) and not rows.talks(tx, row.case_id)) for row in found
        )


def record_talk(depot: Depot, case_id: str, talk: Talk) -> Told:
    """Write down a talk with the customer: with whom, when, how, what was said and answered, and a written wish.

    The newest talk says what the customer wants. A talk stands as it was written; a later one corrects it.
    Refused: the codes of ``domain.disposition.talk_problems``, ``repair.unknown-case``.
    """
    depot.require(Action.RECORD_CONSENT)
    with depot.write() as tx:
        bench = bench_rows.case_rows(tx, case_id)
        wrong = rules.talk_problems(talk, tx.at)
        if wrong or talk.held_at is None:
            raise Refused.because(wrong)
        row = TalkRow(
            tx.new_id(), case_id, talk.with_whom.strip(), talk.held_at, talk.channel.value, talk.said.strip(),
            talk.answered.strip(), talk.wish.value, talk.written.strip(), tx.at, tx.by, tx.by_name,
        )
        rows.add_talk(tx, row)
        entry_id = journal.record(
            tx, "notices.talk", subject_kind="talk", subject_id=row.id, subject_number=bench.case.number,
            case_id=case_id, unit_id=bench.unit.id,
            facts={"who": row.with_whom, "channel": row.channel, "text": row.said, "note": row.answered,
                   "wish": row.wish, "written": row.written},
        )
    return Told(case_id, row.id, entry_id)


def return_as_is(depot: Depot, case_id: str, shelf_id: str | None = None) -> SentBackAsIs:
    """Carry out "return as is": unit to zone 2, notice F11 numbered; packing takes over from there.

    Refused: ``disposition.not-ruled``, ``disposition.changed-since``, ``disposition.otherwise``,
    ``disposition.talk-needed``, ``disposition.not-at-counter``, ``repair.offered``, the laws of the zones.
    """
    depot.require(Action.PUT_AWAY)
    with depot.write() as tx:
        bench = bench_rows.case_rows(tx, case_id)
        ruled = disposition.required(depot, tx, bench, Outcome.RETURN_AS_IS)
        stage = after(Step.RULE_AS_IS, bench.case.stage)
        if stage is None:
            raise Refused("disposition.not-referred", number=bench.case.number, stage=bench.case.stage)
        if Outcome.EXPLAIN in ruled.decided and not rows.talks(tx, case_id):
            raise Refused("disposition.talk-needed", number=bench.case.number)
        if bench.unit.place is not Place.COUNTER:
            raise Refused("disposition.not-at-counter", serial=bench.unit.serial, place=bench.unit.place)
        bench_rows.refuse_offered(tx, bench)
        receiving_rows.change_case(
            tx, case_id, stage=stage, outcome=Outcome.RETURN_AS_IS.value, return_needed=True
        )
        movement_id = handover_rows.move_unit(
            tx, bench.unit, Place.ZONE_REPAIRED, case_id=case_id, to_shelf_id=shelf_id, document_number=ruled.number,
            reason="return as is",
        )
        (number,) = node.next_number(tx, DocumentType.RETURN_NOTICE, depot.local_day(tx.at))
        node.record_document(
            tx, number, DocumentType.RETURN_NOTICE, "F11", subject_kind="notice", subject_id=tx.new_id(),
            case_id=case_id, unit_id=bench.unit.id,
        )
        disposition.carried_out(tx, case_id)
        entry_id = journal.record(
            tx, "notices.return-as-is", subject_kind="disposition", subject_id=ruled.id, subject_number=ruled.number,
            case_id=case_id, unit_id=bench.unit.id,
            facts={"notice": number, "movement": movement_id, "return_needed_before": bench.case.return_needed},
        )
    return SentBackAsIs(case_id, number, entry_id)


def _objection(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    case = receiving_rows.case(tx, entry.case_id or "")
    unit = receiving_rows.unit(tx, entry.unit_id or "")
    if case is None or unit is None:
        return Refused("undo.unknown")
    if case.stage is not Stage.READY_TO_RETURN or unit.place is not Place.ZONE_REPAIRED:
        return Refused("undo.worked-since", number=case.number, stage=case.stage)
    offered = handover_lists.candidates(tx, [case.id])[0].offered_in
    if offered:
        return Refused("repair.offered", number=case.number, offer=offered)
    packed = returning_rows.shipment_of_case(tx, case.id)
    return Refused("returning.packed-meanwhile", number=case.number, shipment=packed.number) if packed else None


def _back(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    unit = receiving_rows.unit(tx, entry.unit_id or "")
    if unit is None or entry.case_id is None:
        raise LookupError(entry.id)
    receiving_rows.change_case(
        tx, entry.case_id, stage=Stage.REFERRED, return_needed=entry.facts["return_needed_before"]
    )
    handover_rows.move_unit(
        tx, unit, Place.COUNTER, case_id=entry.case_id, reason="undo", reverses_id=str(entry.facts["movement"])
    )
    node.void_document(tx, str(entry.facts["notice"]), "disposition.undone")
    rows.stand_again(tx, entry.subject_id)
    return _CHANGES | Changes.UNITS | Changes.DOCUMENTS


UNDO = {"notices.return-as-is": Way(_back, _objection, Action.PUT_AWAY)}
