"""Words for what a depot sets for itself: short names, meanings, choices."""

from __future__ import annotations

from enum import Enum

from app.domain.settings import DepotSetting
from app.i18n import N_

_S = DepotSetting

LABELS: dict[type[Enum], dict[Enum, str]] = {
    DepotSetting: {
        _S.RECEIPT_TERMS_ZH: N_("Terms on the receipt, Chinese"),
        _S.RECEIPT_TERMS_EN: N_("Terms on the receipt, English"),
        _S.CAPTIONS: N_("Languages of papers"),
        _S.CUSTOMER_SIGNING: N_("The customer confirms a repair by"),
        _S.REPAIR_SLIP_COPIES: N_("Copies of the repair slip"),
        _S.RECEIPT_COPIES: N_("Copies of the receiving receipt"),
        _S.CENTRE: N_("Address of head office"),
    },
}

MEANINGS: dict[DepotSetting, str] = {
    _S.RECEIPT_TERMS_ZH: N_("Small print under the receiving receipt, for customers with Chinese papers."),
    _S.RECEIPT_TERMS_EN: N_("Small print under the receiving receipt, for customers with English papers."),
    _S.CAPTIONS: N_("Papers speak the customer's language; captions can stand in both."),
    _S.CENTRE: N_("The head office's server for the nightly exchange. Empty: this depot works by itself."),
}

CHOICES: dict[DepotSetting, dict[str, str]] = {
    _S.CAPTIONS: {"one": N_("the customer's language"), "both": N_("both languages")},
    _S.CUSTOMER_SIGNING: {
        "signature": N_("signature"), "stamp": N_("company stamp"), "both": N_("signature and stamp"),
        "either": N_("signature or stamp"),
    },
    _S.RECEIPT_COPIES: {"customer": N_("customer"), "customer+file": N_("customer and file")},
    _S.REPAIR_SLIP_COPIES: {
        "customer": N_("customer"), "customer+file": N_("customer and file"),
        "customer+file+finance": N_("customer, file and finance"),
    },
}
