"""What the declarations of fields refuse by themselves: counts out of their bounds, a beginning after its deadline."""

from collections.abc import Iterator, Mapping
from functools import partial

from db.fields import Field, Kind
from huajie_desktop.declared.facets import Check, Values, no_faults
from huajie_desktop.declared.ledger import Ledger, once_each


@once_each
def check_of(ledger: Ledger) -> Check:
    """All that is asked of the values of one record: what its fields say of themselves, then the ledger's own check."""
    own = ledger.rules.check
    checks = (*_bounded(ledger), *_beginning(ledger), *(() if own is no_faults else (own,)))

    def check(values: Values) -> Mapping[str, str]:
        faults: dict[str, str] = {}
        for look in checks:
            if found := look(values):
                faults |= found
        return faults

    return check if checks else no_faults


def _bounded(ledger: Ledger) -> Iterator[Check]:
    return (partial(_outside, declared) for declared in ledger.form_fields.values() if declared.kind == Kind.NUMBER)


def _outside(declared: Field, values: Values) -> Mapping[str, str]:
    number = values.get(declared.key)
    if number is None or (number >= declared.least and (declared.most is None or number <= declared.most)):
        return {}
    if declared.most is not None:
        return {declared.key: f"{declared.label}应在 {declared.least} 到 {declared.most} 之间"}
    few = f"应是 {declared.least} 以上的整数" if declared.least else "不能是负数，没有就空着"
    return {declared.key: f"{declared.label}{few}"}


def _beginning(ledger: Ledger) -> Iterator[Check]:
    fields = ledger.form_fields
    return (partial(_begun_late, fields[due.begins], due) for due in fields.values() if due.begins in fields)


def _begun_late(begin: Field, due: Field, values: Values) -> Mapping[str, str]:
    start = values.get(begin.key)
    deadline = values.get(due.key) if start else None
    if not deadline or not deadline.day or start <= deadline.day:
        return {}
    return {begin.key: f"{begin.label}（{start.isoformat()}）不能晚于{due.label}（{deadline.day.isoformat()}）"}
