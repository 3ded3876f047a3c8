"""How this computer reaches the centre: the address from the depot's settings, the password from the keyring (spec 4).

A headless computer gives the password in the environment: a keyring may be missing there, and is never required.
"""

from __future__ import annotations

import os

from app.depot import Depot
from app.domain.settings import DEPOT_SETTINGS, DepotSetting, centre_problems
from app.errors import Refused
from app.persistence import settings
from app.persistence.servers import as_url, is_local
from app.sync.server import Centre

#: For computers without a keyring.
VARIABLE = "FANXIU_CENTRE_PASSWORD"
_SERVICE = "fanxiu-centre"


def address(depot: Depot) -> str:
    """The centre's address as it is set for the depot; empty when none is."""
    with depot.read() as tx:
        made = settings.values(tx)
    return str(made.get(DepotSetting.CENTRE.value, DEPOT_SETTINGS[DepotSetting.CENTRE].default)).strip()


def password(target: str) -> str | None:
    """The password for ``target``, or ``None`` when this computer does not know it."""
    if VARIABLE in os.environ:
        return os.environ[VARIABLE]
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, target)
    except KeyringError:
        return None


def keep_password(target: str, word: str) -> bool:
    """Keep the password in the keyring; ``False``: this computer has none, use the environment variable."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, target, word)
    except KeyringError:
        return False
    return True


def centre_of(depot: Depot) -> Centre:
    """The way to this depot's centre.

    Refused: ``sync.no-centre``, ``sync.no-password``, ``settings.centre-address``, ``database.url``.
    """
    target = address(depot)
    if not target:
        raise Refused("sync.no-centre")
    wrong = [each for each in centre_problems(target) if each.code != "settings.centre-password"]
    if wrong:
        raise Refused.because(wrong)      # set before addresses were looked at
    word = password(target)
    if word is None and not is_local(as_url(target)):
        raise Refused("sync.no-password", variable=VARIABLE)
    return Centre(target, password=word or "")
