"""How products and parts read on the screen: by their name in the language of the screen."""

from __future__ import annotations

from app.i18n import language


def product(model: str, zh: str, en: str) -> str:
    """Model and name; the Chinese name stands in where there is no English one."""
    name = named(zh, en)
    return model if not name or name == model else f"{model}  {name}"


def named(zh: str, en: str) -> str:
    """The name in the language of the screen; the Chinese one stands in where there is no English one."""
    return zh if language().startswith("zh") else en or zh
