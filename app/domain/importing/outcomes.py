"""What old lists call the end of a repair, and what that is called here."""

from __future__ import annotations

from app.domain.codes import RepairResult
from app.domain.importing.fields import fold

#: Result → the words of old lists, separated by bars. "Repairable" of the Open Repair Data: worked on, not yet cured.
_WORDS: dict[RepairResult, str] = {
    RepairResult.REPAIRED: (
        "fixed|repaired|ok|done|completed|修复|已修复|修好|已修好|已修|维修完成|维修合格|合格|正常|更换|已更换|完成"
    ),
    RepairResult.NFF: (
        "nff|no fault found|no fault|ndf|cnd|ntf|"
        "测试无故障|无故障|未发现故障|检测正常|测试正常|未复现|故障未复现|无异常"
    ),
    RepairResult.IRREPARABLE: (
        "end of life|irreparable|not repairable|scrapped|scrap|报废|无法修复|不可修复|不能修复|修不好|已报废"
    ),
    RepairResult.BER: "ber|beyond economic repair|uneconomic|无修复必要|无维修价值|无修理价值|不值得维修|维修不经济",
    RepairResult.FAULT_REMAINS: (
        "repairable|not fixed|fault remains|unrepaired|未修复|未修好|故障未排除|故障仍在|未完成"
    ),
    RepairResult.DECLINED: (
        "declined|customer declined|refused|用户不同意维修|客户拒修|用户拒修|拒修|客户放弃|放弃维修|不修"
    ),
}

_RESULTS = {fold(word): result for result, words in _WORDS.items() for word in words.split("|")}
_RESULTS |= {fold(result.value): result for result in RepairResult}


def result_of(outcome: str) -> RepairResult | None:
    """The result that an old list's word stands for; ``None`` where it says nothing we know."""
    return _RESULTS.get(fold(outcome))
