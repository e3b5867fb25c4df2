"""Stored values and their words, for whoever shows them without needing the models."""

STATES = {"draft": "草稿", "submitted": "待审核", "returned": "退回", "approved": "已确认"}
HANDLING = {
    "planned": "未交办", "handed": "已交办", "underway": "办理中", "applied": "申请销号",
    "signed_off": "已销号", "suspended": "已中止",
}  # fmt: skip
PRECISIONS = {"day": "日", "ten_days": "旬", "month": "月", "quarter": "季", "half_year": "半年", "year": "年"}
