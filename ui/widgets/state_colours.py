"""The colours records are shown in while they are drafted, waiting, returned and approved."""

from huajie_desktop.declared.life import REVIEW

STATE_COLOURS = {value: state.colour for value, state in REVIEW.states.items()}
