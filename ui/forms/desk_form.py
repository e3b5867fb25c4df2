"""The form of one of the office's records: half typed it outlives a power cut, and amounts are keyed in twice if so ruled."""

from collections.abc import Callable, Mapping
from typing import Any

from db.fields import Field
from huajie_desktop.errors import FieldErrors
from huajie_desktop.records import twice
from huajie_desktop.records.entry import Saved
from huajie_desktop.records.meanwhile import Seen
from ui.desk.desk import Desk
from ui.desk.meanwhile import save_asking
from ui.forms.drafts import DraftKeeper
from ui.forms.form_body import Groups
from ui.forms.forms import RecordForm
from ui.forms.twice import key_in_again
from ui.widgets.dialogs import Leaving, ask_leaving

_LONG_AGO = -1  # a version no record has


class DeskForm(RecordForm):
    """A form whose user calls `follow` whenever it shows another record."""

    def __init__(self, desk: Desk, groups: Groups, fields: Mapping[str, Field], usual: int | None = None) -> None:
        super().__init__(groups, fields, {}, desk, usual)
        self.setAccessibleName("表单")
        self._desk = desk
        self._drafts = DraftKeeper(self, desk)
        self._seen: Seen | None = None  # the record as it is shown, None for a new one
        self._agreed: dict[str, str] = {}  # keyed in twice already: not asked again when another field stops the saving

    def follow(self, page: str, subject: Mapping[str, Any]) -> None:
        """Says which record the form shows from here on: the page and the subject by which it is found there again."""
        self._agreed = {}
        self._drafts.follow(page, subject)

    def discard(self) -> None:
        """The clerk gave up what was typed."""
        self._drafts.drop()
        self.set_texts(self.before)

    def may_leave_what_is_typed(self, name: str) -> bool:
        """Whether what is typed of the record called so may go: saved first, left as a draft, or not at all."""
        if not self.changed:
            return True
        answer = ask_leaving(self, name, aside=self._drafts.can_keep)
        if answer is Leaving.SAVE:
            self.ask_save(False)
            return not self.changed
        if answer is Leaving.ASIDE and self._drafts.can_keep:
            return self._drafts.put_aside()
        if answer is Leaving.ASIDE:
            self.discard()
        return answer is Leaving.ASIDE

    def show_kept(self, seen: Seen) -> None:
        """Shows a kept record; saving will say which version of it was seen."""
        self.set_texts(seen.texts)
        self._seen = seen

    def show_fresh(self, texts: Mapping[str, str]) -> None:
        """Shows a new record with texts filled in by the program."""
        self.set_texts(texts, filled=texts.keys())
        self._seen = None

    def forget_kept(self) -> None:
        """The record that was shown is gone; what stands here is a new one."""
        self._seen = None

    def saw(self, texts: Mapping[str, str]) -> None:
        """What is typed here was typed when the record said this, whatever it says now."""
        if self._seen is not None:
            self._seen = Seen(_LONG_AGO, texts)

    def save_by(self, service: Callable[..., Saved], *arguments: Any, **given: Any) -> Saved | None:
        """Saves what was changed through the service; None where it was refused. Its doubts are the caller's to say."""
        texts = self.texts()
        if self._seen is not None:
            texts = {key: text for key, text in texts.items() if text != self.before.get(key, "")}
        try:
            done = save_asking(self._desk, self, service, *arguments, texts=texts, seen=self._seen, **given)
        except FieldErrors as errors:
            self.show_errors(errors.messages)
            return None
        if done is not None:
            self.keep()
        return done

    def say_doubts(self, called: str, saved: Saved) -> None:
        """Says what is doubted of a record `called` so: at last, since whatever is shown next takes a message away."""
        if saved.doubts:
            self._desk.say("warning", f"已保存{called}，请再看一眼：" + "；".join(saved.doubts.values()))

    def ask_save(self, then_next: bool) -> None:
        """Asks for amounts and counts a second time where the office wants that, then for the saving."""
        if not self.save_action.isEnabled():
            return
        texts = self.texts()
        with self._desk.reading() as session:
            fields = twice.fields_to_repeat(session, self._fields, self.before, texts)
        fields = {key: field for key, field in fields.items() if self._agreed.get(key) != texts[key]}
        if fields:
            held = key_in_again(self, self._desk, fields, texts)
            if held is None:
                self.focus(next(iter(fields)))
                return
            self._agreed.update(held)
            self.type_in(held)
        super().ask_save(then_next)
