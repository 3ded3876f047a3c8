"""How a product reads on the screen: its model, and its name in the language of the screen."""

from __future__ import annotations

from app.i18n import language


def product(model: str, zh: str, en: str) -> str:
    """Model and name; the Chinese name stands in where there is no English one."""
    name = zh if language().startswith("zh") else en or zh
    return model if not name or name == model else f"{model}  {name}"
