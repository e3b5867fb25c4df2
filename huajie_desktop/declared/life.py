"""The life of a record, declared: the states it stands in, what each locks, and the moves from one to another.

The window takes words and colours from here before any data is open, so nothing here loads the tables.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

from db.acts import Act
from db.choices import STATES

FORM: Final = "form"  # locks every field of the form but those the life leaves open
REASON: Final = "{reason}"  # in `writes`: what the clerk was asked to write
LONGEST_REASON = 200  # characters
# Needs every life can name; `work/review.py` looks at them.
FILLED, ANSWERED, CHECKED, FOUR_EYES = "filled", "answered", "checked", "four_eyes"
HOUSE_NEEDS = (FILLED, ANSWERED, CHECKED, FOUR_EYES)

Rows = Sequence[Mapping[str, Any]]  # of each record id, name, life columns and what must be filled in
# What is against it by id, said behind the record's name: of a session, the ledger, its life, the move and the records.
Need = Callable[[Any, Any, "Workflow", "Move", Rows], Mapping[int, str]]
# Further columns by id, if any: of the running operation, the records' names by id and the reason.
Done = Callable[[Any, Mapping[int, str], str], Mapping[int, dict[str, Any]] | None]


class Effect(NamedTuple):
    """What else happens to records that move, and the columns of theirs it gives."""

    do: Done
    writes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """Where a record stands: its word, the window's name of its colour, and the fields that cannot be changed there."""

    word: str
    colour: str
    locks: tuple[str, ...] | Literal["form"] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """One way from some states to another: how it is called and told, what it needs, asks, writes and does."""

    verb: Act
    word: str  # 提交审核
    start: tuple[str, ...]
    end: str
    short: str = ""  # 提交, where only this is meant; the word unless said
    tip: str = ""  # what the button says it does; {noun} is what the records are called
    asks: str = ""  # what the clerk is asked to write before: a reason; nothing unless said
    needs: tuple[str, ...] = ()  # of HOUSE_NEEDS or of the life
    writes: Mapping[str, str | None] = field(default_factory=dict)  # further columns; REASON stands for what was asked
    effects: tuple[str, ...] = ()  # names of the life's effects; one a ledger does not have is none there
    otherwise: str = ""  # what is said of a record it does not start from; unless said that it cannot become that
    by_sheet: bool = False  # made by a sheet that comes back, not by hand
    by_itself: bool = False  # made by the program when its day has come, not by hand

    @property
    def called(self) -> str:
        """The word where there is little room: 提交, 通过."""
        return self.short or self.word

    @property
    def explained(self) -> tuple[str, ...]:
        """The columns that keep the reason asked for."""
        return tuple(name for name, value in self.writes.items() if value == REASON)

    @property
    def by_hand(self) -> bool:
        """Whether a person makes it."""
        return not (self.by_sheet or self.by_itself)

    def values(self, column: str, reason: str) -> dict[str, str | None]:
        """What a record of a life in that column says after the move."""
        said = {name: reason[:LONGEST_REASON] if value == REASON else value for name, value in self.writes.items()}
        return {column: self.end, **said}


@dataclass(frozen=True, slots=True, eq=False)
class Workflow:
    """A life led in one column: its states, the first of them that of a new record, and its moves."""

    column: str
    states: Mapping[str, State]  # by stored value
    moves: tuple[Move, ...]
    waiting: str  # the state in which somebody else is to decide
    counted: str  # the state that counts where only what is settled does
    counted_too: tuple[str, ...] = ()  # the states that count beside it: what was issued counts before it is closed
    received: str = ""  # the state of a record that was taken in complete from a sheet; none said: that of a new one
    stays_open: tuple[str, ...] = ()  # keys of fields no state locks: what is done once the rest is settled
    needed: tuple[str, ...] = ()  # keys FILLED asks for; none said: all required ones
    needs: Mapping[str, Need] = field(default_factory=dict)  # its own, by name
    effects: Mapping[str, Effect] = field(default_factory=dict)  # by name

    @property
    def fresh(self) -> str:
        """The state of a new record."""
        return next(iter(self.states))

    @property
    def words(self) -> dict[str, str]:
        """The states' words by stored value."""
        return {value: state.word for value, state in self.states.items()}

    @property
    def locking(self) -> tuple[str, ...]:
        """The states that lock anything; what stands there cannot be deleted either."""
        return tuple(value for value, state in self.states.items() if state.locks)

    @property
    def columns(self) -> frozenset[str]:
        """All columns it writes: they say where a record stands, not what it is."""
        further = {name for move in self.moves for name in move.writes}
        return frozenset({self.column, *further, *(name for effect in self.effects.values() for name in effect.writes)})

    def state(self, stored: str | None) -> str:
        """The state a stored value means; what was kept before there was this life stands at its beginning."""
        return stored if stored is not None and stored in self.states else self.fresh

    @property
    def sent_back(self) -> frozenset[str]:
        """The states in which a record stands again that was refused, with a reason."""
        return frozenset(move.end for move in self.from_state(self.waiting) if move.asks)

    def locked(self, stored: str | None, form: Collection[str]) -> frozenset[str]:
        """The keys of the form's fields that cannot be changed in a state."""
        locks = self.states[self.state(stored)].locks
        return frozenset(form if locks == FORM else locks).difference(self.stays_open)

    @property
    def acts(self) -> tuple[Act, ...]:
        """What is done by hand in it, in the order of declaration."""
        return tuple(dict.fromkeys(move.verb for move in self.moves if move.by_hand))

    def of(self, verb: Act) -> tuple[Move, ...]:
        """The moves made by hand under a verb."""
        return tuple(move for move in self.moves if move.verb == verb and move.by_hand)

    def from_state(self, state: str) -> tuple[Move, ...]:
        """The moves that can be made by hand from a state, in the order of declaration."""
        return tuple(move for move in self.moves if state in move.start and move.by_hand)

    def by_sheet(self, state: str) -> Move | None:
        """What becomes of a record in a state when a sheet that comes back changes what it locks, or answers."""
        return next((move for move in self.moves if state in move.start and move.by_sheet), None)

    def openers(self, state: str) -> tuple[Move, ...]:
        """The moves by hand that open what a state locks."""
        return tuple(move for move in self.from_state(state) if move.end not in self.locking)

    def remedy(self, state: str) -> str:
        """What to do to change what a state locks (请先退回，改好后再提交审核。); nothing where there is no way back."""
        opening = next(iter(self.openers(state)), None)
        if opening is None:
            return ""
        again = next((move.word for move in self.from_state(opening.end)), "")
        return f"请先{opening.word}，改好后再{again}。" if again else f"请先{opening.word}。"


_WHY = "写明退回的原因，录入的人会看到。"
_UNLOCKING = "写明解锁的原因，录入的人会看到。解锁后可以修改，改好再提交审核；已经印好的文书标为“已变更”。"
_SETTLED = {"return_reason": None}
_EXPLAINED = {"return_reason": REASON}
_RETURN = "写明原因，退回修改"
NUMBERS, OUTDATES = "numbers", "outdates"  # effects of the review: a number is given, papers no longer say the truth

REVIEW = Workflow(
    column="state",
    states={
        "draft": State(STATES["draft"], "grey"),
        "submitted": State(STATES["submitted"], "blue"),
        "returned": State(STATES["returned"], "yellow"),
        "approved": State(STATES["approved"], "green", locks=FORM),
    },
    moves=(
        Move(
            Act.SUBMIT, "提交审核", ("draft", "returned"), "submitted", short="提交", tip="把选中的{noun}交去审核",
            needs=(FILLED,), writes=_SETTLED,
        ),
        Move(Act.WITHDRAW, "撤回", ("submitted",), "draft", tip="把待审核的{noun}撤回为草稿"),
        Move(
            Act.APPROVE, "审核通过", ("submitted",), "approved", short="通过", tip="确认选中的记录，任务同时编号",
            needs=(ANSWERED, CHECKED, FOUR_EYES), writes=_SETTLED, effects=(NUMBERS,),
        ),
        Move(Act.RETURN, "退回", ("submitted",), "returned", tip=_RETURN, asks=_WHY, writes=_EXPLAINED),
        Move(Act.RETURN, "退回", ("approved",), "returned", tip=_RETURN, asks=_WHY, writes=_EXPLAINED, effects=(OUTDATES,)),
        Move(
            Act.UNLOCK, "解锁", ("approved",), "returned", tip="写明原因，把已确认的改回可以修改", asks=_UNLOCKING,
            writes=_EXPLAINED, effects=(OUTDATES,), otherwise="没有锁定，不用解锁",
        ),
        Move(Act.IMPORT, "报来修改", ("approved",), "submitted", writes=_SETTLED, effects=(OUTDATES,), by_sheet=True),
        Move(Act.IMPORT, "报来修改", ("returned",), "submitted", needs=(FILLED,), writes=_SETTLED, by_sheet=True),
    ),
    waiting="submitted",
    counted="approved",
    received="submitted",
)  # fmt: skip


def faults_of(ledger: Any, columns: Collection[str]) -> Iterator[str]:
    """What is wrong with the lives a ledger declares; `columns` are those of its table."""
    lives = ledger.lives
    for life in lives:
        yield from _faults_of(life, ledger, columns)
    verbs = [verb for life in lives for verb in {move.verb for move in life.moves if move.by_hand}]
    for verb in dict.fromkeys(verbs):
        if verbs.count(verb) > 1:
            yield f"两个流程里都有 {verb}"
    if len({life.column for life in lives}) < len(lives):
        yield "两个流程用了同一列"


def _faults_of(life: Workflow, ledger: Any, columns: Collection[str]) -> Iterator[str]:
    declared, form = ledger.fields, ledger.form_fields
    for name in sorted(life.columns - set(columns)):
        yield f"{ledger.model.__name__} 没有流程用的列 {name}"
    for key in form:
        if declared[key].name in life.columns:
            yield f"字段 {key} 由流程填写，不能在表单里"
    yield from _state_faults(life, declared.get(life.column))
    locked = {key for state in life.states.values() if state.locks != FORM for key in state.locks}
    for word, keys in (("锁定", locked), ("不锁定", life.stays_open), ("要求填写", life.needed)):
        for key in keys:
            if key not in form:
                yield f"流程{word}的 {key} 不是表单里的字段"
    for key in life.needed:
        if key in form and form[key].name not in columns:
            yield f"流程要求填写的 {key} 是几项内容，不能这样要求"
    yield from _move_faults(life)


def _state_faults(life: Workflow, column: Any) -> Iterator[str]:
    for value, state in life.states.items():
        if column is not None and column.choices.get(value) != state.word:
            yield f"状态 {value}（{state.word}）和字段 {life.column} 的选项不一致"
    for value in (life.waiting, life.counted, *life.counted_too, *filter(None, [life.received])):
        if value not in life.states:
            yield f"流程里没有状态 {value}"


def _move_faults(life: Workflow) -> Iterator[str]:
    seen: set[tuple[Act, str]] = set()
    named = {name for move in life.moves for name in move.effects}
    for move in life.moves:
        if not move.start:
            yield f"“{move.word}”没有写从哪个状态出发"
        for value in (*move.start, move.end):
            if value not in life.states:
                yield f"“{move.word}”用到了没有的状态 {value}"
        for value in move.start:
            if (move.verb, value) in seen:
                yield f"从状态 {value} 出发的“{move.word}”出现了两次"
            seen.add((move.verb, value))
        for need in move.needs:
            if need not in (*HOUSE_NEEDS, *life.needs):
                yield f"“{move.word}”的条件 {need} 没有声明"
        if REASON in move.writes.values() and not move.asks:
            yield f"“{move.word}”要写原因，却没有问"
    for name in life.effects.keys() - named:
        yield f"没有一步会用到 {name}"
