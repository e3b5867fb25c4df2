"""One person's name as it is typed and compared; what a text of several says is `people`, which takes longer to load."""

from huajie_desktop.values.text import clean, fold


def clean_name(text: str) -> str:
    """One person's name as typed: what nobody sees is left out, and blanks between its parts are single ones."""
    return " ".join(clean(text).split())


def folded_name(name: str) -> str:
    """One person's name for comparison only."""
    return fold(clean_name(name))


def same_name(one: str, other: str) -> bool:
    """Whether both are one name to whoever reads them: blanks, width and signs nobody sees do not tell people apart."""
    return folded_name(one) == folded_name(other)
