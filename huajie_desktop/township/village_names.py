"""What a village or residents' committee is called in the office, after its official name: 倪宅村委会 is 倪宅村, also 倪宅."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.models import Unit
from db.words.searching import search_text
from huajie_desktop.township.divisions import Village, divisions

_COMMITTEE = re.compile(r"(?P<stem>.+?)(?:社区)?(?:居民委员会|居委会|社区委员会)会*")
_VILLAGE = re.compile(r"(?P<stem>.+?)(?:村民委员会|村委会|牧委会)会*")  # some stand in the list with a sign too many
_WHOLE = re.compile(r".*(?:村|嘎查|社区|居委会|生活区|管理区|连|队|场)")  # what needs no 村 behind it
_OFFICE = re.compile(r".*(?:办公?室?|中心|站|所|局|科|股|大队|服务队)")
_NAMELESS = re.compile("社区|居委|居民|村委|村民|村$|$")  # how no name begins
_LONGEST = 200  # characters of all further names


@dataclass(frozen=True, slots=True)
class Offered:
    """A unit that may be made: what it will be called, and the unit kept under nearly that name, which it may be."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    code: str = ""
    near: int = 0  # id
    near_name: str = ""

    def unit(self) -> Unit:
        """The unit, not yet kept."""
        aliases = "、".join(self.aliases) or None
        return Unit(
            name=self.name, kind=self.kind, code=self.code or None, aliases=aliases, search=search_text(self.name, aliases)
        )


@dataclass(frozen=True, slots=True)
class _Shape:
    """An official name taken apart."""

    official: str
    kind: str
    name: str
    bare: str
    further: tuple[str, ...]


def everyday(
    township: str,
    villages: Iterable[Village],
    variants: Mapping[str, Sequence[str]] = {},  # never changed
) -> list[Offered]:
    """Villages of a township under the names its office uses; no word that could mean two of them is a further name.

    What sheets write beside (某镇某村民委员会) is read all the same (`values/units.py`); its letters would be found by accident.

    `variants` are other spellings of bare names.
    """
    shapes = [(village.code, _shape(_without_place(village, township))) for village in villages]
    twice, bare = Counter(shape.name for _code, shape in shapes), Counter(shape.bare for _code, shape in shapes)
    names = [_name(township, shape, twice[shape.name] > 1) for _code, shape in shapes]
    used = {*names, township, _bare(township)}
    offered = []
    for (code, shape), name in zip(shapes, names, strict=True):
        short = [shape.bare] if bare[shape.bare] == 1 and len(shape.bare) > 1 else []
        others = [f"{old}{end}" for old in variants.get(shape.bare, ()) for end in ("村", "", "村委会")]
        words = [word for word in (*short, *shape.further, *others) if word not in used]
        aliases = tuple(with_room(dict.fromkeys(words)))
        used.update(aliases)
        offered.append(Offered(name, shape.kind, aliases, code))
    return offered


def kind_of(name: str) -> str:
    """What a unit probably is by its name: a village, a committee or an office."""
    if _OFFICE.fullmatch(name):
        return "office"
    return _shape(name).kind


def from_name(name: str) -> Offered:
    """A unit of which but a name is known, as a clerk or a sheet writes it."""
    kind = kind_of(name)
    if kind == "office":
        return Offered(name, kind)
    shape = _shape(name)
    return Offered(shape.name, kind, tuple(with_room(word for word in (shape.bare, *shape.further) if len(word) > 1)))


def _shape(official: str) -> _Shape:
    if found := _COMMITTEE.fullmatch(official):
        stem = found["stem"]
        name = f"{stem}社区" if "社区" in official else stem if stem.endswith("村") else f"{stem}居委会"
        plain = name.removesuffix("居委会")
        return _Shape(official, "committee", name, stem, _besides(name, official, f"{plain}居委会"))
    if official.endswith("社区"):
        further = _besides(official, f"{official}居委会")
        return _Shape(official, "committee", official, official.removesuffix("社区"), further)
    found = _VILLAGE.fullmatch(official)
    stem = found["stem"] if found else official
    name = stem if _WHOLE.fullmatch(stem) else f"{stem}村"
    further = _besides(name, official, f"{name}委会") if name.endswith("村") else _besides(name, official)
    return _Shape(official, "village", name, name.removesuffix("村"), further)


def _without_place(village: Village, township: str) -> str:
    """An official name without the city, county and township it may begin with: 韶山市银田镇南村村委会 is 南村村委会."""
    found, name = divisions().township(village.code), village.official
    for place in (*(found.above if found else ()), found.name if found else township):
        rest = name.removeprefix(place)
        name = name if _NAMELESS.match(rest) else rest
    return name


def _name(township: str, shape: _Shape, taken: bool) -> str:
    """Its own name, unless another or the township itself is called so."""
    name = shape.official if taken else shape.name
    return f"{name}村" if name == township else name


def _besides(name: str, *words: str) -> tuple[str, ...]:
    return tuple(word for word in dict.fromkeys(words) if word != name)


def _bare(township: str) -> str:
    return re.sub(r"(?:街道办事处|街道|镇|乡)$", "", township) or township


def with_room(words: Iterable[str]) -> Iterable[str]:
    """As many further names as have room in their field."""
    length = 0
    for word in words:
        length += len(word) + 1
        if length <= _LONGEST:
            yield word
