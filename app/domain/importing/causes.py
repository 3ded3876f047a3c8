"""What old lists call the class of a cause, and what that is called here."""

from __future__ import annotations

from app.domain.codes import CauseClass
from app.domain.importing.fields import fold

#: Cause class → the words of old lists, separated by bars.
_WORDS: dict[CauseClass, str] = {
    CauseClass.COMPONENT_QUALITY: (
        "component quality|component|components|part quality|元器件质量|元器件|元件质量|器件质量|器件失效|外购件质量"
    ),
    CauseClass.DESIGN_PROCESS: (
        "design or process|design|process|design and process|"
        "设计及工艺缺陷|设计|工艺|设计缺陷|工艺缺陷|设计工艺|设计及工艺"
    ),
    CauseClass.PRODUCTION_CONTROL: (
        "production control|production|manufacturing|workmanship|生产过程控制|生产|生产过程|制造|装配|生产质量"
    ),
    CauseClass.USER: "user-caused|user|customer|misuse|用户原因|用户|客户原因|使用不当|人为|人为损坏",
    CauseClass.TRANSPORT: "transport|transit|carrier|运输|运输原因|物流|运输损坏",
    CauseClass.ENVIRONMENT: "environment|lightning|环境|环境原因|雷击|外部环境",
    CauseClass.NFF: "no fault found|nff|no fault|测试无故障|无故障|未发现故障|检测正常",
    CauseClass.UNDETERMINED: "undetermined|unknown|open|待查|不明|原因不明|未定",
}

_CAUSES = {fold(word): cause for cause, words in _WORDS.items() for word in words.split("|")}
_CAUSES |= {fold(cause.value): cause for cause in CauseClass}


def cause_of(word: str) -> CauseClass | None:
    """The class that an old list's word stands for; ``None`` where it says nothing we know."""
    return _CAUSES.get(fold(word))
