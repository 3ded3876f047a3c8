"""How places and lots of parts read on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.stock import MAIN_STORE, USABLE, PartGrade, StockPlace
from app.labels import label
from app.services.parts import PartFile, PartLine


def place_name(place: StockPlace) -> str:
    """The name of a place; the main store is called what the language calls it."""
    return place.name or label(place.kind)


def lot_words(file: PartFile, place_id: str, grade: PartGrade) -> str:
    """A lot in words: where, and in which state if not new."""
    place = next((place_name(found) for found in file.places if found.id == place_id), place_id)
    return place if grade is PartGrade.NEW else f"{place}, {label(grade)}"


def place_choices(places: Sequence[StockPlace]) -> list[tuple[object, str]]:
    """The places that pieces may come to."""
    return [(place.id, place_name(place)) for place in places if place.active]


def where(line: PartLine) -> str:
    """How many lie at other places than the main store, as far as they may be fitted."""
    found: dict[str, int] = {}
    for (place_id, grade), pieces in line.lots:
        if grade in USABLE:
            found[place_id] = found.get(place_id, 0) + pieces
    if set(found) <= {MAIN_STORE}:
        return "" if found else "–"
    return "  ".join(
        f"{line.names.get(place_id, place_id)} {pieces}" for place_id, pieces in found.items()
        if place_id != MAIN_STORE)
