"""Choices ticked by hand: 婚宴□ 生日☑ 其它□, the box before or behind its word."""

import re

_EMPTY, _TICKED = "□☐○", "☑√✓✔■●▣"
_BOX = f"[{_EMPTY}{_TICKED}]"
_BEFORE = re.compile(rf"({_BOX})\s*([^{_EMPTY}{_TICKED}\s、，,;；]+)")
_BEHIND = re.compile(rf"([^{_EMPTY}{_TICKED}\s、，,;；]+)\s*({_BOX})")


def ticked(text: str) -> list[str] | None:
    """The words that are ticked; None where the text holds no boxes to choose from."""
    stripped = text.strip()
    if not any(box in stripped for box in _EMPTY) or len(re.findall(_BOX, stripped)) < 2:
        return None
    if stripped[0] in _EMPTY + _TICKED:
        return [word for box, word in _BEFORE.findall(stripped) if box in _TICKED]
    return [word for word, box in _BEHIND.findall(stripped) if box in _TICKED]
