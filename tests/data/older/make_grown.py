"""One office that kept its data through all versions: python make_grown.py DATA-FOLDER CHECKOUT, once for each version in order.

Each program opens what the one before left, brings it forward and goes on working; after the last one the database is kept.
"""

import sys
import tempfile
from importlib import import_module
from pathlib import Path

import make

LAST = "0004"


def main(folder: Path, checkout: Path) -> None:
    """The part of the program in `checkout`."""
    sys.path.insert(0, str(checkout))
    version = import_module("db.schema").HEAD
    with tempfile.TemporaryDirectory() as scratch:
        app = make.opened(folder)
        last = STEPS[version](app, Path(scratch))
        app.close()
        make.prove(folder, Path(scratch) / "again", last)
    if version == LAST:
        make.keep(folder, "grown", LAST)


def begin(app, scratch: Path) -> list[int]:
    """Schema 0001: the whole year of that version."""
    part = import_module("make_0001")
    part.work(app, scratch)
    return part.last_five(app, scratch)


def go_on_0002(app, scratch: Path) -> list[int]:
    """Schema 0002: older tasks get their new parts, papers that know their tasks, outdated ones, disputes, units made one."""
    desk, campaigns = desk_of("0002", app, scratch), import_module("huajie_desktop.year.campaigns")
    review, merging = import_module("huajie_desktop.work.review"), import_module("huajie_desktop.township.merging")
    campaigns.sort_into_lists(app)
    desk.change("公厕改造", cooperating="金湖村", quantities="公厕1座", funding="镇补 3万", recurrence="每季度")
    import_module("huajie_desktop.work.attachments").add(app, desk.task("公厕改造"), [desk.picture("现场.png", 5)])
    desk.approve([desk.task("公厕改造")])
    desk.make(app, "pledge", scratch / "p.pdf")
    first = desk.dispute().record_id
    desk.back(desk.make(app, "slip", scratch / "s.pdf"))
    unlocked = desk.reviewed(review.unlock, [desk.task("公厕改造")], "金额有误")
    return [
        unlocked.operation_id,
        desk.change("公厕改造", investment="4", responsible="张三、赵六"),
        desk.dispute(first, amount="9000").changes.operation_id,
        merging.merge_units(app, desk.unit("颜宅村"), desk.unit("金杜村")).operation_id,
        desk.make(app, "slip", scratch / "s.pdf").operation_id,
    ]


def go_on_0003(app, scratch: Path) -> list[int]:
    """Schema 0003: progress, and again papers made, outdated and taken back."""
    desk, review = desk_of("0003", app, scratch), import_module("huajie_desktop.work.review")
    entry, returned = import_module("huajie_desktop.records.entry"), import_module("returned")
    desk.approve([desk.task("公厕改造")])
    desk.make(app, "pledge", scratch / "p.pdf")
    reported = entry.save(app, returned.PROGRESS, None, returned.REPORT)
    desk.enter(title="新添的事", milestones="5月底 开工", further="全域美丽提升")
    desk.approve([desk.task("新添的事")])
    return [
        reported.changes.operation_id,
        entry.save(app, returned.PROGRESS, reported.record_id, {**returned.REPORT, "percent": "50"}).changes.operation_id,
        desk.back(desk.make(app, "pledge", scratch / "p2.pdf")).operation_id,
        desk.reviewed(review.unlock, [desk.task("穿村段路灯安装")], "请核对").operation_id,
        desk.change("穿村段路灯安装", due="9月底前", cooperating="金湖村"),
    ]


def go_on_0004(app, scratch: Path) -> list[int]:
    """Schema 0004: papers of earlier versions handed out, signed, outdated and turned to another unit; new ones beside them."""
    desk, review = desk_of("0004", app, scratch), import_module("huajie_desktop.work.review")
    register, merging = import_module("huajie_desktop.papers.register"), import_module("huajie_desktop.township.merging")
    part, entry, returned = import_module("make_0004"), import_module("huajie_desktop.records.entry"), import_module("returned")
    approved = [desk.task("新添的事"), desk.task("公厕改造")]
    register.sign(app, [1, 2], make.TODAY, "张三")
    made = part.make_papers(app, part.Order("slip", None, part.SAID), scratch / "s.pdf").changes
    desk.back(desk.back(made))
    merging.merge_units(app, desk.unit("颜宅村"), desk.unit("卉川村"))
    march = returned.progress(desk)
    return [
        register.hand_out(app, [3, 4], make.TODAY, make.TODAY).operation_id,
        part.make_papers(app, part.Order("signoff", approved[:1], part.SAID), scratch / "x.pdf").changes.operation_id,
        desk.reviewed(review.unlock, approved, "请核对").operation_id,
        desk.change("公厕改造", responsible="周九、吴十", milestones="5月底 竣工", quantities="公厕2座"),
        entry.save(app, returned.PROGRESS, march, {**returned.REPORT, "percent": "80"}).changes.operation_id,
    ]


def desk_of(version: str, app, scratch: Path):
    """The desk with the papers of that version."""
    return import_module("desk").Desk(app, scratch, import_module(f"make_{version}").make)


STEPS = {"0001": begin, "0002": go_on_0002, "0003": go_on_0003, "0004": go_on_0004}

if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
