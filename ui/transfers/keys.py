"""The actions of the page between depots, and their keys."""

# ruff: noqa: E501  one action is one line of the table

from __future__ import annotations

from app.i18n import N_
from ui.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("transfers.list-1", N_("Coming here"), "Ctrl+1", "ph.tray"),
    Action("transfers.list-2", N_("Sent from here"), "Ctrl+2", "ph.truck"),
    Action("transfers.list-3", N_("Ended"), "Ctrl+3", "ph.check-circle"),
    Action("transfers.send", N_("Hand a unit on…"), "Ctrl+N", "ph.truck", N_("A unit that awaits its repair goes to another depot.")),
    Action("transfers.receive", N_("Receive it"), "Ctrl+Return", "ph.tray", N_("Nothing is typed again: what the other depot knew comes along.")),
    Action("transfers.slip", N_("Receive by the slip…"), "Ctrl+Shift+N", "ph.file-text", N_("For a unit that came before the nightly sync told of it.")),
    Action("transfers.refuse", N_("Refuse the unit…"), "F8", "ph.prohibit"),
    Action("transfers.back", N_("It is back here"), "F7", "ph.arrow-u-up-left", N_("As long as the other depot has not received it.")),
    Action("transfers.print", N_("Print the slip"), "F6", "ph.printer"),
)
