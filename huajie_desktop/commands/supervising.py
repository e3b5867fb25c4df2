"""The commands of supervision: what is due is escalated."""

import argparse

from huajie_desktop.commands.command_seat import opened


def escalate_due(said: argparse.Namespace) -> int:
    """Escalates the notices whose term is over today."""
    from huajie_desktop.supervision.escalating import escalate  # an import need not load it

    with opened(said.data) as seat:
        done = escalate(seat, seat.today())
    print(done.words or "没有到期要升级的督查单。")
    return 0
