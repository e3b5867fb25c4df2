"""The commands of supervision: what is due is escalated, draws are made again and compared."""

import argparse

from huajie_desktop.commands.command_seat import opened


def escalate_due(said: argparse.Namespace) -> int:
    """Escalates the notices whose term is over today."""
    from huajie_desktop.supervision.escalating import escalate  # an import need not load it

    with opened(said.data) as seat:
        done = escalate(seat, seat.today())
    print(done.words or "没有到期要升级的督查单。")
    return 0


def verify_draws(said: argparse.Namespace) -> int:
    """Makes every draw of the year again from its seed, and says whether the same comes out."""
    from huajie_desktop.supervision.draws import draws, holds  # an import need not load it

    with opened(said.data) as seat, seat.reading() as session:
        found = [(draw, holds(draw)) for draw in draws(session)]
    for draw, same in found:
        verdict = "重做一遍，结果一致" if same else "重做一遍，结果不一致，名单、种子或结果被改过"
        print(f"{draw.drawn_on.isoformat()} {draw.title}（种子 {draw.seed}）：{verdict}。")
    if not found:
        print("今年没有随机抽取。")
    return 0 if all(same for _draw, same in found) else 1
