"""What belongs to a record is said where it is declared: content, children, what hangs on it."""

import pytest
from sqlalchemy import select

from db.belonging import children_of, parts_of
from db.ledgers.progress import Progress
from db.models import Attachment, Extension, Milestone, Person, Query, Step, Task
from huajie_desktop import settings
from huajie_desktop.errors import Problem
from huajie_desktop.journal import history, recycle_bin
from huajie_desktop.journal.authors import last_authors
from huajie_desktop.journal.versions import versions
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records import entry
from huajie_desktop.township import unit_merging
from huajie_desktop.township.registers import PEOPLE
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import attachments, queries, review
from huajie_desktop.work.task_ledger import TASKS
from huajie_desktop.year.years import Wishes, next_year
from tests.office import enter
from tests.tasks import form_texts, save_task

PROGRESS = LEDGERS["progress"]


def report(app, task_id, **texts):
    with app.reading() as session:
        task = form_texts(session, task_id)
    given = {"unit": task["unit"], "title": task["title"], "month": "3月", "percent": "30", "summary": "已开工"}
    return entry.save(app, PROGRESS, None, {**given, **texts}).record_id


def photo(tmp_path, content=b"jpg"):
    path = tmp_path / "现场.jpg"
    path.write_bytes(content)
    return path


def count(app, model):
    with app.reading() as session:
        return len(session.scalars(select(model)).all())


def test_reports_are_children_and_people_are_content():
    assert Progress not in {part.model for part in parts_of(Task)}
    assert {child.model for child in children_of(Task)} == {Progress, Extension, Step}
    assert Milestone in {part.model for part in parts_of(Task)}


def test_who_approves_a_report_may_approve_its_task(app):
    """Entry and review apart: the report is no content of the task, so its reviewer did not change the task."""
    settings.keep_rule(app, settings.FOUR_EYES, "1")
    task_id = enter(app)
    report_id = report(app, task_id)
    review.submit(app, [task_id])
    review.submit(app, [report_id], PROGRESS)
    reviewer = come_in(app.data, "李四")
    review.approve(reviewer, [report_id], PROGRESS)
    review.approve(reviewer, [task_id])
    with app.reading() as session:
        assert session.get_one(Task, task_id).state == "approved"
        assert last_authors(session, TASKS, [task_id])[task_id].name == "张三"
        assert all("30" not in str(version.changes) for version in versions(session, TASKS, task_id))


def test_four_eyes_go_by_the_person_not_by_the_name(app):
    settings.keep_rule(app, settings.FOUR_EYES, "1")
    task_id = enter(app)
    review.submit(app, [task_id])
    with app.reading() as session:
        person = next(found for found in session.scalars(select(Person)) if found.uid == app.author.uid)
        name_of = person.id
    entry.save(app, PEOPLE, name_of, {"name": "张三丰"})
    renamed = come_in(app.data, "张三丰")
    assert renamed.author.uid == app.author.uid
    with pytest.raises(Problem, match="是您（张三丰）最后改的"):
        review.approve(renamed, [task_id])


def test_a_deleted_task_takes_its_reports_along_and_brings_them_back(app, tmp_path):
    task_id = enter(app)
    report_id = report(app, task_id)
    attachments.add(app, report_id, [photo(tmp_path)], of=Progress)
    queries.ask(app, PROGRESS, report_id, "percent", "有照片吗")
    entry.delete(app, [task_id], TASKS)
    assert [count(app, model) for model in (Task, Progress, Attachment, Query)] == [0, 0, 0, 0]
    with app.reading() as session:
        (gone,) = recycle_bin.deleted_ids(session, kind="tasks")
    recycle_bin.restore_deleted(app, [gone])
    assert [count(app, model) for model in (Task, Progress, Attachment, Query)] == [1, 1, 1, 1]
    with app.reading() as session:
        assert session.get_one(Progress, report_id).task_id == task_id


def test_a_task_with_an_approved_report_is_not_deleted(app):
    task_id = enter(app)
    report_id = report(app, task_id)
    review.submit(app, [report_id], PROGRESS)
    review.approve(app, [report_id], PROGRESS)
    with pytest.raises(Problem, match="月度进展.*已确认.*没有删除"):
        entry.delete(app, [task_id], TASKS)
    assert (count(app, Task), count(app, Progress)) == (1, 1)


def test_a_report_has_its_photograph(app, tmp_path):
    task_id = enter(app)
    report_id = report(app, task_id)
    attachments.add(app, report_id, [photo(tmp_path)], of=Progress)
    with app.reading() as session:
        (line,) = attachments.lines(session, app.folder, report_id, of=Progress)
        assert (line.name, line.fault) == ("现场.jpg", "")
        assert attachments.lines(session, app.folder, task_id) == [], "it is the report's, not the task's"
        assert "现场.jpg" in str(versions(session, PROGRESS, report_id)[0].changes)


def test_what_hangs_on_a_merged_record_hangs_on_the_kept_one(app, tmp_path):
    enter(app, responsible="倪成纲")
    enter(app, responsible="倪成刚")
    with app.reading() as session:
        ids = {person.name: person.id for person in session.scalars(select(Person))}
    attachments.add(app, ids["倪成刚"], [photo(tmp_path)], of=Person)
    done = unit_merging.merge_people(app, ids["倪成纲"], ids["倪成刚"])
    with app.reading() as session:
        assert [line.name for line in attachments.lines(session, app.folder, ids["倪成纲"], of=Person)] == ["现场.jpg"]
    history.undo(app, [done.operation_id])
    with app.reading() as session:
        assert [line.name for line in attachments.lines(session, app.folder, ids["倪成刚"], of=Person)] == ["现场.jpg"]


def test_a_query_goes_with_its_record_and_comes_back(app):
    task_id = enter(app)
    queries.ask(app, TASKS, task_id, "due", "到底哪天")
    done = entry.delete(app, [task_id], TASKS)
    assert count(app, Query) == 0
    history.undo(app, [done.operation_id])
    with app.reading() as session:
        assert [line.text for line in queries.query_lines(session, TASKS, task_id)] == ["到底哪天"]
        assert queries.open_counts(session, TASKS, [task_id]) == {task_id: 1}


def test_a_step_with_something_newer_hanging_on_what_it_brought_is_not_undone_alone(app, tmp_path):
    saved = save_task(app, None, {"title": "路灯", "unit": "倪宅村"})
    attachments.add(app, saved.record_id, [photo(tmp_path)])
    with pytest.raises(history.LaterChanges, match="附件“现场.jpg”"):
        history.undo(app, [saved.changes.operation_id])


def test_a_task_carried_into_the_next_year_says_so_when_it_is_deleted(app):
    task_id = enter(app)
    next_year(app, Wishes(2022, "大比拼"))
    with pytest.raises(Problem, match="还在使用.*没有删除"):
        entry.delete(app, [task_id], TASKS)
