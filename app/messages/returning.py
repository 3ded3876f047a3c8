"""Sentences of the way back."""

from app.i18n import N_

SENTENCES = {
    "returning.nothing": N_("No unit is chosen: scan or tick the units that go back."),
    "returning.unknown-case": N_("There is no case “{value}” here; look again."),
    "returning.not-passed": N_("Case {number} is at “{stage}”: only units that passed QA are put away."),
    "returning.not-at-counter": N_("Unit {serial} is at “{place}”, not at the counter: hand it over from QA first."),
    "returning.consignee-missing": N_("Who receives the shipment? Type the consignee’s name."),
    "returning.address-missing": N_("The address is missing: a courier needs one."),
    "returning.carrier-missing": N_("The carrier is missing: type the courier’s name."),
    "returning.several-customers": N_("These units belong to several customers: pack one shipment per customer."),
    "returning.accessory-quantity": N_("{name}: {value} pieces cannot go back, {most} came in; correct the quantity."),
    "returning.gate-stands-in-zone": N_("Unit {serial} ({number}) does not stand in zone 2: put it away for return first."),
    "returning.gate-return-needed": N_("Case {number}: whether the customer wants unit {serial} back is not decided; decide it when putting away."),
    "returning.gate-marked": N_("Unit {serial} ({number}) has no QA mark: it may not leave before the inspector has stamped it."),
    "returning.gate-accessories": N_("Unit {serial} ({number}): accessories are missing from the parcel: {detail}. Pack them, then go on."),
    "returning.gate-no-open-question": N_("Case {number}: a question to the customer is open; settle it before unit {serial} leaves."),
    "returning.gate-no-open-offer": N_("Unit {serial} ({number}) is offered in handover {detail}: receive or withdraw that one first."),
    "returning.gate-not-packed": N_("Unit {serial} ({number}) is packed in {detail} already."),
    "returning.gate-loaner-back": N_("Case {number}: loaner {detail} is still out. Take it back first, or tick that it is handed in when unit {serial} arrives."),
    "returning.for-the-pool": N_("Unit {serial} was replaced by a spare at the site ({use}): it belongs to the pool. Put it away as spare."),
    "returning.unknown-shipment": N_("There is no such shipment any more; it was unpacked. Look again."),
    "returning.sent-already": N_("Shipment {number} has left the house; it can only be brought back by a new receipt."),
    "returning.not-sent": N_("Shipment {number} has not left yet: hand it to the carrier first."),
    "returning.delivered-already": N_("Delivery of {number} is recorded already."),
    "returning.customer-signs": N_("The customer collects {number}: the customer signs, on screen or on paper."),
    "returning.proof-note": N_("Type the carrier’s reference: it is the proof of delivery."),
    "returning.not-ready": N_("Case {number} is at “{stage}” and cannot be returned from there."),
    "returning.packed-meanwhile": N_("Case {number} is packed in {shipment}: unpack that first."),
    "returning.unpacked": N_("unpacked"),
}
