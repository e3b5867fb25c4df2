"""The light of a task as what lists judge of it."""

from collections.abc import Mapping, Sequence
from datetime import date

from huajie_desktop.declared.facets import Judgement
from huajie_desktop.lights.kept_facts import lights_of
from huajie_desktop.lights.light import LOOKS
from huajie_desktop.lights.standing import has_light, light_column
from huajie_desktop.seat import SeatSession


def _of(session: SeatSession, ids: Sequence[int], day: date) -> Mapping[int, tuple[str, str]]:
    found = lights_of(session, ids, day)
    return {task_id: (light.key, "\n".join(filter(None, (light.why, light.to_green)))) for task_id, light in found.items()}


LIGHT = Judgement(
    key="light",
    label="亮灯",
    words={key: look.word for key, look in LOOKS.items()},
    colours={key: "ticked" if look.tick else look.colour for key, look in LOOKS.items()},
    of=_of,
    column=light_column,
    having=has_light,
)
