"""The words people put above the columns of a returns list, beside the labels of the fields in every language."""

from __future__ import annotations

from app.domain.importing.fields import Field

#: Field → its words, separated by bars.
_LISTED: dict[Field, str] = {
    Field.CUSTOMER: (
        "客户|客户名称|用户|用户名称|用户单位|使用单位|单位|单位名称|送修单位|返修单位|customer name|"
        "client|account|company"
    ),
    Field.SITE: "现场|地点|使用地点|安装地点|项目|项目名称|location|installation site",
    Field.CONTACT: "联系人|联络人|contact|contact name",
    Field.PHONE: "电话|联系电话|手机|联系方式|phone|mobile|tel",
    Field.PRODUCT: "产品|型号|产品型号|规格型号|产品名称|设备型号|品名|名称|model|product|item|type|model number",
    Field.PRODUCT_LINE: "产品线|系列|类别|产品类别|line|family|category|series",
    Field.SERIAL: (
        "序列号|产品编号|编号|出厂编号|机身号|机号|sn|s/n|sn号|序号(sn)|条码|serial|serial no|"
        "serial no.|serial number|barcode"
    ),
    Field.LOT: "批号|批次|批次号|生产批号|batch|batch no|lot no|lot number",
    Field.MADE_ON: "生产日期|出厂日期|制造日期|made|manufacture date|manufactured|production date",
    Field.SHIPPED_ON: "出厂（发货）日期|发货日期|交付日期|shipped|ship date|delivery date",
    Field.SYMPTOM: (
        "故障现象|故障描述|故障|问题描述|现象|返修原因|质量问题|problem|fault|defect|"
        "fault description|failure|complaint|reason for return"
    ),
    Field.TRIED: "已采取措施|现场处理|处理情况|现场处理情况|actions taken|tried",
    Field.FAULT_ON: "故障日期|故障时间|发生日期|发现日期|fault date|failure date",
    Field.RECEIVED_ON: (
        "收到日期|接收日期|收货日期|返厂日期|到货日期|登记日期|日期|date|received|received on|"
        "receipt date|return date|arrival date"
    ),
    Field.ACCESSORIES: "附件|配件|随机附件|随附件|accessory|included",
    Field.CONDITION: "外观|外观情况|到货状态|condition|appearance",
    Field.WAY: "返回方式|返厂方式|寄送方式|运输方式|way|method|shipping method|return method",
    Field.BROUGHT_BY: "送修人|送修方|返回人|带回人|sender|sent by",
    Field.WAYBILL: "运单号|快递单号|物流单号|单号|tracking|tracking number|tracking no|awb",
    Field.RETURN_NEEDED: "是否返回|是否需返回|需返回|return required|to be returned",
    Field.PROMISED_ON: "承诺日期|要求完成日期|要求返回日期|计划完成|due|due date|promised",
    Field.OUTCOME: "状态|处理结果|维修结果|结果|status|result|repair status",
    Field.EXTERNAL_ID: "登记号|返修单号|登记编号|工单号|id|rma|rma number|ticket|case number|reference",
    Field.SOURCE: "来源|数据来源|data source",
    Field.RETURNED_ON: (
        "返还日期|寄出日期|发出日期|完成日期|维修完成日期|修复日期|结案日期|date returned|returned on|shipped back|"
        "completed|completed on|closed on|repair date"
    ),
    Field.FAULT: "故障原因|原因|原因分析|故障部位|cause|root cause|fault found|diagnosis",
    Field.WORK_DONE: "维修内容|维修措施|处理措施|维修情况|修理内容|repair|work done|action|resolution|repair action",
    Field.CAUSE_CLASS: "原因分类|原因类别|故障分类|故障类别|责任分类|cause class|cause category|fault category",
    Field.TECHNICIAN: "维修人|维修人员|维修员|修理人|technician|repaired by|engineer",
    Field.NOTE: "备注|说明|note|notes|remark|comment|comments",
}

WORDS: dict[Field, tuple[str, ...]] = {f: tuple(words.split("|")) for f, words in _LISTED.items()}
