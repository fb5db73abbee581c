"""What people typed becomes prose only after it was found to be one visible line, or a note of bearable length."""

from owncase.domain import text
from owncase.domain.malformed import IsBlank
from owncase.domain.values import Prose


def line(words: str, field: str) -> Prose:
    """One line, such as a title. Raises the BadData that names what is wrong with it."""
    return Prose(text.one_line(words, field))


def maybe_line(words: str | None, field: str) -> Prose | None:
    """One line, if it was given."""
    return None if words is None else line(words, field)


def action(words: str) -> Prose:
    """A next action: one line that says something."""
    taken = line(words, "next action")
    if not text.has_words(taken):
        raise IsBlank(f"needs a next action: {taken!r} says nothing", fix="say what happens next in words")
    return taken


def maybe_action(words: str | None) -> Prose | None:
    """A next action, if it was given."""
    return None if words is None else action(words)


def note(words: str, field: str = "note") -> Prose:
    """A text of any shape up to 64 KiB."""
    return Prose(text.prose(words, field))


def maybe_note(words: str | None, field: str = "note") -> Prose | None:
    """A text, if it was given."""
    return None if words is None else note(words, field)
