"""Which colour goes with the words of a stage, a place, a mood; the same on every page."""

from __future__ import annotations

from app.domain.life_line import Mood
from app.domain.places import Place
from app.domain.stages import Stage
from ui.tones import Tone

STAGE_TONE: dict[Stage, Tone] = {
    Stage.REPORTED: Tone.MUTE,
    Stage.RECEIVED: Tone.INFO,
    Stage.PLANNED: Tone.INFO,
    Stage.RELEASED: Tone.INFO,
    Stage.IN_REPAIR: Tone.PLUM,
    Stage.AWAITING_CUSTOMER: Tone.WARN,
    Stage.IN_QA: Tone.WARN,
    Stage.PASSED: Tone.OK,
    Stage.READY_TO_RETURN: Tone.OK,
    Stage.RETURNED: Tone.MUTE,
    Stage.SPARE: Tone.OK,
    Stage.RESTOCKED: Tone.MUTE,
    Stage.REFERRED: Tone.BAD,
    Stage.SCRAPPED: Tone.BAD,
    Stage.TO_RND: Tone.BAD,
    Stage.CLOSED: Tone.MUTE,
    Stage.VOID: Tone.MUTE,
}

PLACE_TONE: dict[Place, Tone] = {
    Place.ZONE_PENDING: Tone.INFO,
    Place.ZONE_REPAIRED: Tone.OK,
    Place.ZONE_SPARE: Tone.PLUM,
    Place.ZONE_SCRAP: Tone.BAD,
    Place.REPAIR: Tone.PLUM,
    Place.QA: Tone.WARN,
}

MOOD_TONE: dict[Mood, Tone] = {
    Mood.PLAIN: Tone.INFO,
    Mood.GOOD: Tone.OK,
    Mood.CAUTION: Tone.WARN,
    Mood.BAD: Tone.BAD,
}
