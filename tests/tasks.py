"""Tasks saved and shown as the form does it, for tests about tasks alone."""

from huajie_desktop.records import entry
from huajie_desktop.work.task_ledger import TASKS


def save_task(app, task_id, texts, *, seen=None):
    return entry.save(app, TASKS, task_id, texts, seen=seen)


def form_texts(session, task_id):
    return entry.texts_of(session, TASKS, task_id)


def seen(session, task_id):
    return entry.seen(session, TASKS, task_id)
