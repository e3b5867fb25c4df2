"""What must be reached by a day and what must be shown then: 完成招标 佐证：中标通知书."""

import re

from huajie_desktop.values.text import trim

_EVIDENCE = re.compile(r"^(?P<text>.*?)[\s,，;；。(（]*佐证(?:材料)?\s*[:：]\s*(?P<evidence>.+?)[)）]?$", re.S)
_LONGEST = 200  # characters of the evidence


def split_evidence(text: str) -> tuple[str, str | None]:
    """The requirement and what must be shown, None where nothing is said; what is too long stays with the requirement."""
    found = _EVIDENCE.match(text) if "佐证" in text else None
    if not found or not found["text"] or len(found["evidence"]) > _LONGEST:
        return text, None
    return trim(found["text"]), trim(found["evidence"])


def with_evidence(text: str, evidence: str | None) -> str:
    """Both again as a clerk types them."""
    return f"{text} 佐证：{evidence}" if evidence else text
