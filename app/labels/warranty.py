"""Words for warranty."""

from __future__ import annotations

from enum import Enum

from app.domain.warranty import SegmentKind, WarrantyState
from app.domain.warranty_entries import Carry, Proof, StartEvent, VoidReason, WithoutProof
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    WarrantyState: {
        WarrantyState.IN: N_("in warranty"),
        WarrantyState.OUT: N_("out of warranty"),
        WarrantyState.UNKNOWN: N_("warranty not known"),
    },
    SegmentKind: {
        SegmentKind.BASE: N_("base term"),
        SegmentKind.DOWNTIME: N_("downtime added"),
        SegmentKind.EXTENSION: N_("approved extension"),
        SegmentKind.CARRIED: N_("carried over"),
        SegmentKind.KEY_PART: N_("key part"),
        SegmentKind.REPAIR: N_("warranty on the repair"),
        SegmentKind.VOID: N_("void"),
    },
    StartEvent: {
        StartEvent.SHIPMENT: N_("shipped"),
        StartEvent.SALE: N_("sold"),
        StartEvent.ACCEPTANCE: N_("accepted by signature"),
        StartEvent.MANUFACTURE: N_("manufactured"),
    },
    Proof: {
        Proof.CARD: N_("warranty card"),
        Proof.INVOICE: N_("invoice"),
        Proof.CONTRACT: N_("contract"),
        Proof.ACCEPTANCE_SHEET: N_("acceptance sheet"),
        Proof.OUR_RECORDS: N_("our own records"),
        Proof.NONE: N_("no proof shown"),
    },
    WithoutProof: {
        WithoutProof.FALLBACK: N_("count from the fallback event"),
        WithoutProof.EXCLUDED: N_("no warranty"),
        WithoutProof.SUPERVISOR: N_("the supervisor decides"),
    },
    VoidReason: {
        VoidReason.ALTERED_PROOF: N_("the proof was altered"),
        VoidReason.SELF_MODIFIED: N_("the unit was modified"),
        VoidReason.SERIAL_MISMATCH: N_("the serial does not match the proof"),
    },
    Carry: {
        Carry.INHERIT: N_("carry on the old one"),
        Carry.RESTART: N_("begin anew"),
        Carry.LONGER: N_("the longer of both"),
    },
}
