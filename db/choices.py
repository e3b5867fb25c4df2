"""Stored values and their words, for whoever shows them without needing the models."""

STATES = {"draft": "草稿", "submitted": "待审核", "returned": "退回", "approved": "已确认"}
PRECISIONS = {"day": "日", "ten_days": "旬", "month": "月", "quarter": "季", "half_year": "半年", "year": "年"}
