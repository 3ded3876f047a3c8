"""The products a form has met, with the rules of their serials: for judging while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.serials import ANY, SerialRule
from ui import naming
from ui.form import Option

if TYPE_CHECKING:
    from app.depot import Depot


class KnownProducts:
    """Remembers the rule of each product that was offered, chosen or found on record."""

    def __init__(self) -> None:
        self._rules: dict[str, SerialRule] = {}

    def find(self, depot: Depot, text: str) -> list[Option]:
        """Products for what was typed. Runs in the database thread; a dict takes one more entry safely."""
        from app.services import products

        found = products.find(depot, text)
        for row in found:
            self._rules[row.id] = row.rule
        return [
            Option(row.id, naming.product(row.model, row.name_zh, row.name_en), row.line) for row in found
        ]

    def learn(self, product_id: str, rule: SerialRule) -> None:
        """Remember a rule."""
        if product_id:
            self._rules[product_id] = rule

    def rule(self, product_id: str) -> SerialRule:
        """The rule of a product; the general one while it is not known."""
        return self._rules.get(product_id, ANY)
