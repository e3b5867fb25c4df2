"""Numbers that name a person: citizen ID (GB 11643-1999) and telephone numbers, as text; what is wrong with one, in words."""

import re
import unicodedata

from db.personal import check_digit

_ID = re.compile(r"\d{17}[\dXx]")
_MOBILE = re.compile(r"(?:(?:\+|00)?86-?)?1[3-9]\d{9}")
_AREA = r"0(?:10|2\d|[3-9]\d{2})"
_LANDLINE = re.compile(rf"(?:{_AREA}-?)?[2-9]\d{{6,7}}(?:(?:转|-)\d{{1,6}})?|[48]00-?\d{{3}}-?\d{{4}}|\d{{3,6}}")
_BLANKS = re.compile(r"\s")
_BETWEEN = re.compile(r"[\s()（）]")


def tidy_phone(text: str) -> str:
    """Telephone numbers as they are dialled: plain digits without blanks in them; several stay apart by their own signs."""
    return "".join(_dialled(part) for part in re.split(r"([、，,;；/\n]+)", text))


def _dialled(part: str) -> str:
    number = _BLANKS.sub("", unicodedata.normalize("NFKC", part))
    return number if number and phone_fault(number) == "" else part


def tidy_id(text: str) -> str:
    """A citizen ID number in plain digits without blanks; what is none stays as it is written."""
    number = _BLANKS.sub("", unicodedata.normalize("NFKC", text)).upper()
    return number if looks_like_id(number) else text


def looks_like_id(text: str) -> bool:
    """Whether a text has the form of an 18-digit citizen ID number."""
    return _ID.fullmatch(text.strip()) is not None


def id_fault(text: str) -> str:
    """What is wrong with an 18-digit citizen ID number by its check digit; "" if nothing."""
    digits = text.strip().upper()
    return (
        ""
        if digits[17] == check_digit(digits)
        else f"身份证号 {digits[:6]}********{digits[-4:]} 的校验位不对，请核对是不是抄错了"
    )


def phone_fault(text: str) -> str:
    """What is wrong with a telephone number, several of which may stand in one text; "" if nothing."""
    for part in filter(None, re.split(r"[、，,;；/\n]+", text)):
        number = re.sub("[—–]", "-", _BETWEEN.sub("", part))
        if not (_MOBILE.fullmatch(number) or _MOBILE.fullmatch(number.replace("-", "")) or _LANDLINE.fullmatch(number)):
            return f"“{part.strip()[:20]}”不像电话号码（手机 11 位，座机要写区号），请核对"
    return ""
