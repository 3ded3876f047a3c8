"""Words for what is filed."""

from __future__ import annotations

from enum import Enum

from app.domain.attachments import AttachmentKind
from app.i18n import N_

LABELS: dict[type[Enum], dict[Enum, str]] = {
    AttachmentKind: {
        AttachmentKind.PHOTO: N_("photo"),
        AttachmentKind.PAPER: N_("paper"),
        AttachmentKind.LOG: N_("test log"),
        AttachmentKind.OTHER: N_("other file"),
    },
}
