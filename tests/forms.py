"""Filled-in forms for tests that send every kind of field out and back."""

import datetime as dt

from hypothesis import strategies as st

from db.fields import Kind
from huajie_desktop.values.text import is_blank

_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), min_size=1, max_size=30)
# A name of digits alone reads like the number of a column, one that is x like an empty cell.
_SAID = _WORDS.filter(lambda text: any(map(str.isalpha, text)) and not is_blank(text))
_NAMES = st.lists(st.sampled_from(["张三", "李四", "倪成纲", "周方敏"]), min_size=1, max_size=3, unique=True).map("、".join)
_MONEY = st.decimals(0, 99_999_999, places=2).map(str)


def _texts(declared, ledger):
    match declared.kind:
        case Kind.TEXT | Kind.PHONE if declared.max_length:
            return _SAID
        case Kind.DAY | Kind.DEADLINE:
            return st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31)).map(dt.date.isoformat)
        case Kind.MONEY:
            return _MONEY
        case Kind.NUMBER:
            return st.integers(1, 9999).map(str)
        case Kind.FLAG:
            return st.sampled_from(["是", "否"])
        case Kind.CHOICE:
            return st.sampled_from(list(declared.choices.values()))
        case Kind.UNIT | Kind.UNITS:
            return st.sampled_from(["倪宅村", "金湖村", "花街居委会", "平安建设办"])
        case Kind.CATEGORY | Kind.CATEGORIES:
            return st.sampled_from(["重点工作", "干事承诺", "全域美丽提升"])
        case Kind.PERSON:
            return st.sampled_from(["张三", "李四"])
        case Kind.PEOPLE:
            return _NAMES
        case Kind.LIST_KIND:
            return st.sampled_from(["市级清单", "村级清单"])
        case Kind.FORCE:
            return st.just("")
        case Kind.MILESTONES:
            return st.sampled_from(["6月底 完成招标", "6月底 完成招标\n9月底 竣工"])
        case Kind.QUANTITIES:
            return st.sampled_from(["路灯12盏", "路灯12盏、绿道1.5公里"])
        case Kind.FUNDING:
            return st.sampled_from(["镇补 5万", "镇补 5万\n自筹 3万"])
        case Kind.REACHED:
            return st.sampled_from(["完成招标 完成：6月25日", "☑ 竣工 完成：2021-09-30 已交：照片"])
        case Kind.BROUGHT:
            return st.sampled_from(["路灯 9／12盏", "路灯 9／12盏\n绿道 1.2公里"])
        case Kind.RECURRENCE:
            return st.sampled_from(["每周一", "每月5日"])
    return _WORDS


def forms(ledger):
    """Filled-in forms of a ledger: what is required, and some of the rest."""
    needed = {key: _texts(declared, ledger) for key, declared in ledger.form_fields.items() if declared.required}
    other = {key: _texts(declared, ledger) for key, declared in ledger.form_fields.items() if not declared.required}
    return st.fixed_dictionaries(needed, optional=other)
