"""The codes a new depot begins with; head office edits the table from there (spec 1 §8).

Rows: code, Chinese, English, and for a fault the cause class that it usually has (a proposal on the bench).
"""

from __future__ import annotations

from app.domain.codes import CauseClass

_C = CauseClass

SYMPTOMS: tuple[tuple[str, str, str], ...] = (
    ("S10", "不上电", "does not power up"),
    ("S11", "反复重启", "keeps restarting"),
    ("S12", "间歇性故障", "fails now and then"),
    ("S20", "无显示或显示异常", "no display, or a wrong one"),
    ("S21", "按键、开关失灵", "keys or switches do not respond"),
    ("S30", "无输出", "no output"),
    ("S31", "输出超差、测量不准", "output or reading out of tolerance"),
    ("S40", "通信中断", "no communication"),
    ("S41", "误告警", "false alarm"),
    ("S50", "异响、振动", "noise or vibration"),
    ("S51", "过热、异味、冒烟", "overheats, smells, smokes"),
    ("S60", "外观破损、进液", "damaged or wet"),
    ("S90", "现象不详", "symptom not known"),
)

FAULTS: tuple[tuple[str, str, str, CauseClass], ...] = (
    ("F10", "电源模块失效", "power supply failed", _C.COMPONENT_QUALITY),
    ("F11", "电容失效", "capacitor failed", _C.COMPONENT_QUALITY),
    ("F12", "半导体器件失效", "semiconductor failed", _C.COMPONENT_QUALITY),
    ("F13", "显示器件失效", "display failed", _C.COMPONENT_QUALITY),
    ("F14", "连接器接触不良", "bad contact in a connector", _C.COMPONENT_QUALITY),
    ("F20", "设计余量不足", "too little margin in the design", _C.DESIGN_PROCESS),
    ("F21", "软件缺陷", "software defect", _C.DESIGN_PROCESS),
    ("F22", "工艺缺陷", "process defect", _C.DESIGN_PROCESS),
    ("F30", "虚焊、漏焊", "cold or missing solder joint", _C.PRODUCTION_CONTROL),
    ("F31", "装配错误", "assembly error", _C.PRODUCTION_CONTROL),
    ("F32", "调试、标定错误", "wrong adjustment or calibration", _C.PRODUCTION_CONTROL),
    ("F40", "操作、接线错误", "wrong operation or wiring", _C.USER),
    ("F41", "自行改装", "modified by the user", _C.USER),
    ("F42", "保管、维护不当", "badly stored or maintained", _C.USER),
    ("F50", "运输损坏", "damaged in transport", _C.TRANSPORT),
    ("F60", "进液、腐蚀", "liquid or corrosion", _C.ENVIRONMENT),
    ("F61", "供电异常、雷击", "mains disturbance or lightning", _C.ENVIRONMENT),
    ("F90", "测试无故障", "no fault found", _C.NFF),
    ("F99", "原因待查", "cause not determined", _C.UNDETERMINED),
)

RESOLUTIONS: tuple[tuple[str, str, str], ...] = (
    ("R10", "更换元器件", "component replaced"),
    ("R11", "更换模块、部件", "module or assembly replaced"),
    ("R20", "补焊、重新接线", "resoldered or rewired"),
    ("R21", "重新装配", "reassembled"),
    ("R30", "重新调试、标定", "readjusted or recalibrated"),
    ("R31", "软件升级或重装", "software updated or reinstalled"),
    ("R40", "清洁、除湿", "cleaned or dried"),
    ("R90", "仅测试", "tested only"),
    ("R99", "未处理", "nothing done"),
)
