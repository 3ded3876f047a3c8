"""Sentences about quality alarms."""

from __future__ import annotations

from app.i18n import N_

SENTENCES = {
    "alarms.severity-missing": N_("How serious is it? Choose critical, major or minor."),
    "alarms.symptom-missing": N_("The symptom is missing: write what is abnormal."),
    "alarms.product-missing": N_("Which product is it about? Choose it, or open the alarm from its unit."),
    "alarms.unknown-case": N_("The return case is not on record. Look the unit up again."),
    "alarms.unknown-product": N_("The product is not on record. Choose it from the list."),
    "alarms.investigation-missing": N_("Write what was looked into and what it showed."),
    "alarms.cause-missing": N_('Choose the cause; "undetermined" is an answer too.'),
    "alarms.action-missing": N_("Write what is to be done, and for which units."),
    "alarms.result-missing": N_("Write what the measure came to before the alarm is closed."),
    "alarms.unknown": N_("There is no such alarm. Reload the list."),
    "alarms.not-open": N_('Alarm {number} is "{state}" and takes no answer. Reload the list.'),
    "alarms.not-answered": N_('Alarm {number} is "{state}": only an answered alarm can be closed.'),
    "alarms.went-on": N_('Alarm {number} is "{state}" by now. Take the later step back first.'),
}
