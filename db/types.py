"""What columns are made of: 64-bit keys, text every database can keep, amounts kept as whole numbers."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, ForeignKey, Integer, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from db.damage import UNDECODABLE, Undecodable

# SQLite's own row ids have 64 bits and need the bare word; elsewhere 32 would run out with the journal.
Key = BigInteger().with_variant(Integer(), "sqlite")


def key_to(target: str) -> ForeignKey:
    """A reference to "table.id" that an operation may leave open until it ends, since undo writes rows in any order."""
    return ForeignKey(target, deferrable=True, initially="IMMEDIATE")


class UnkeepableText(ValueError):
    """A text holds the character NUL, which PostgreSQL refuses and many tools take for the end of the text."""


def keepable(texts: Iterable[str | None]) -> bool:
    """Whether every database can keep all of these texts."""
    return "\0" not in "".join(filter(None, texts))


def readable(kept: Any) -> Any:
    """A kept text without NUL: older programs let it in, and what was read with it could not be written again."""
    return kept.replace("\0", "") if isinstance(kept, str) and "\0" in kept else kept


class Keepable(TypeDecorator[str]):
    """Text without the character NUL, in every database alike."""

    impl: Any = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is not None and "\0" in value:
            raise UnkeepableText(value.replace("\0", "␀")[:60])
        return value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:  # noqa: ARG002
        return readable if dialect.name == "sqlite" else None  # a server never kept any


class Words(Keepable):
    """Text of any length."""

    cache_ok = True


class Line(Keepable):
    """Text of at most so many characters."""

    impl = String
    cache_ok = True


class Whole(TypeDecorator[int]):
    """A whole number of something; a sum of such is one, too, which PostgreSQL gives as a decimal."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def process_result_value(self, value: Any, dialect: Dialect) -> int | None:  # noqa: ARG002
        try:
            return None if value is None else int(value)
        except UNDECODABLE as error:
            raise Undecodable(error) from error


class _Scaled(TypeDecorator[Decimal]):
    """A decimal kept as a whole number, so that sums are exact in every database."""

    impl = BigInteger
    cache_ok = True
    scale = 1  # kept units to one

    @property
    def python_type(self) -> type[Decimal]:
        """What the column gives; without this it would be the kept integer's type."""
        return Decimal

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else int(value * self.scale)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        try:
            return None if value is None else Decimal(value) / self.scale
        except UNDECODABLE as error:
            raise Undecodable(error) from error


class Money(_Scaled):
    """An amount in 元 (Decimal, two places), kept as whole 分."""

    cache_ok = True
    scale = 100


class Thousandths(_Scaled):
    """A quantity with up to three decimals (1.5 公里)."""

    cache_ok = True
    scale = 1000
