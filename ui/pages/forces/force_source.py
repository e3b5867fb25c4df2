"""The task forces as their form shows them: people and units as names, several by 、."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.fields import Kind
from db.models import TaskForce
from huajie_desktop.records.entry import Saved
from huajie_desktop.records.meanwhile import Seen
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.township.people_words import PeopleWords
from huajie_desktop.year import forces
from ui.forms.choices import choices_of
from ui.forms.sources import Source
from ui.widgets.choice import Choice

PAGE = "forces"


class ForceSource(Source):
    """The task forces of the year."""

    model, noun, name, page = TaskForce, "专班", "name", PAGE
    groups, fields = forces.GROUPS, forces.FIELDS

    def seen(self, session: SeatSession, record_id: int) -> Seen:
        return forces.seen(session, record_id)

    def save(
        self, seat: Seat, record_id: int | None, texts: Mapping[str, str], *, seen: Seen | None = None, **_given: Any
    ) -> Saved:
        return forces.save_force(seat, record_id, texts, seen=seen)

    def choices(self, session: SeatSession) -> Mapping[Kind, Sequence[Choice]]:
        """What there is to choose from; two people of one name are told apart by their unit."""
        people = [Choice(word, word, search) for word, search in PeopleWords(session).choices]
        return {**choices_of(session), Kind.PERSON: people}
