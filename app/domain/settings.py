"""Who a depot is, and what it sets for itself; what the rules need is policy, what a desk needs is ``app.config``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

from app.errors import Problem


@dataclass(frozen=True, slots=True)
class DepotIdentity:
    """The depot: its code (``depot_id``, e.g. ``SH1``), its name, where it is, in which time zone it counts days."""

    depot_id: str
    name: str
    time_zone: str
    language: str
    address: str
    phone: str
    logo: bytes | None
    created_at: datetime


class DepotSetting(StrEnum):
    """What a depot sets for itself. The text is what the database carries: never renamed."""

    RECEIPT_TERMS_ZH = "receipt-terms.zh"        # the small print of the receiving receipt (F2)
    RECEIPT_TERMS_EN = "receipt-terms.en"
    CAPTIONS = "captions"                        # papers in the customer's language only, or in both
    CUSTOMER_SIGNING = "customer-signing"        # how the customer signs the repair slip (F8)
    REPAIR_SLIP_COPIES = "repair-slip-copies"
    RECEIPT_COPIES = "receipt-copies"
    CENTRE = "centre"                            # address of the head office's server; empty: later


@dataclass(frozen=True, slots=True)
class DeclaredSetting:
    """One setting: its default, the choices it has (none: free text), how long a text may be."""

    name: DepotSetting
    default: str
    choices: tuple[str, ...] = ()
    most: int = 0


_S = DepotSetting
DEPOT_SETTINGS: dict[DepotSetting, DeclaredSetting] = {
    row.name: row
    for row in (
        DeclaredSetting(_S.CAPTIONS, "one", ("one", "both")),
        DeclaredSetting(_S.CUSTOMER_SIGNING, "either", ("signature", "stamp", "both", "either")),
        DeclaredSetting(_S.RECEIPT_COPIES, "customer+file", ("customer", "customer+file")),
        DeclaredSetting(
            _S.REPAIR_SLIP_COPIES, "customer+file+finance", ("customer", "customer+file", "customer+file+finance")
        ),
        DeclaredSetting(_S.RECEIPT_TERMS_ZH, "", most=600),
        DeclaredSetting(_S.RECEIPT_TERMS_EN, "", most=900),
        DeclaredSetting(_S.CENTRE, "", most=200),
    )
}


def setting_problems(name: DepotSetting, value: str) -> list[Problem]:
    """What is wrong with setting ``name`` to ``value``.

    Codes: ``settings.not-a-choice``, ``settings.too-long``, those of :func:`centre_problems`.
    """
    declared = DEPOT_SETTINGS[name]
    if declared.choices and value not in declared.choices:
        return [Problem(name.value, "settings.not-a-choice", {"name": name, "value": value})]
    if declared.most and len(value) > declared.most:
        return [Problem(name.value, "settings.too-long", {"name": name, "most": declared.most})]
    return centre_problems(value) if name is DepotSetting.CENTRE else []


def centre_problems(address: str) -> list[Problem]:
    """What is wrong with the centre's address; empty is none. A password in it would lie in journal and backups.

    Codes: ``settings.centre-address`` (postgresql://LOGIN@SERVER/DATABASE only), ``settings.centre-password``.
    """
    text, field = address.strip(), DepotSetting.CENTRE.value
    if not text:
        return []
    try:
        parts = urlsplit(text)
        sound = parts.port is None or parts.port > 0
        secret = parts.password or "password" in parse_qs(parts.query)
    except ValueError:
        return [Problem(field, "settings.centre-address")]
    if not sound or parts.scheme not in {"postgresql", "postgresql+psycopg"} or not parts.path.strip("/"):
        return [Problem(field, "settings.centre-address")]
    return [Problem(field, "settings.centre-password")] if secret else []


#: A logo larger than this slows every paper down.
LARGEST_LOGO = 400_000


def logo_problems(logo: bytes | None) -> list[Problem]:
    """What is wrong with a logo. Codes: ``settings.logo-kind`` (PNG or JPEG only), ``settings.logo-large``."""
    if logo is None:
        return []
    if not logo.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return [Problem("logo", "settings.logo-kind")]
    return [Problem("logo", "settings.logo-large", {"most": LARGEST_LOGO // 1000})] if len(logo) > LARGEST_LOGO else []
