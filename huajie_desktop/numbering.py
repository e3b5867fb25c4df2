"""Numbers of tasks and papers: given in order, never twice, never again."""

from sqlalchemy.orm import Session

from db.models import Campaign, Counter, Unit


def take_numbers(session: Session, series: str, count: int) -> range:
    """The next `count` numbers of a series, from 1; call inside an operation. They stay used even if it is undone later."""
    counter = session.get(Counter, series)
    if counter is None:
        counter = Counter(name=series, value=0)
        session.add(counter)
    first = counter.value + 1
    counter.value += count
    return range(first, counter.value + 1)


def task_number(township: Unit, campaign: Campaign, code: str, number: int) -> str:
    """花〔2021〕干诺-012: the township's first character, the year in hexagonal brackets, the category's code."""
    return f"{township.name[0]}〔{campaign.year}〕{code}-{number:03d}"


def paper_number(township: Unit, campaign: Campaign, kind: str, number: int) -> str:
    """花承交〔2021〕1号: year in full in hexagonal brackets, no leading zero (GB/T 9704-2012, 7.2.5)."""
    mark = {"pledge": "承诺", "slip": "承交"}[kind]
    return f"{township.name[0]}{mark}〔{campaign.year}〕{number}号"
