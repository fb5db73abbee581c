"""A typed line becomes words as in a shell, without a shell: no pipes, no globs, and an apostrophe needs no escaping.

Blanks separate words. '…' and "…" hold words together, where a word or its value begins: after a blank or `=`, or
right after a short option (`-n"Call Pat"`). After a letter or a digit a quote is a plain character: `Pat's`, `3.5"`; so
is `'` between two letters inside '…'. A backslash takes quotes, blanks and itself as they are; before anything else it
is plain. What `shlex.join` writes is read back word by word.
"""

from typing import NamedTuple

from owncase.errors import UsageProblem

PROGRAM = "owncase"
QUOTES = "'\""
BLANKS = " \t\r\n"
SHORT_OPTION = 2
"""Characters of `-n`."""


class Word(NamedTuple):
    """A word, where it begins in the line, and the quote that is still open at its end."""

    text: str
    start: int
    open: str = ""


class UnclosedQuote(UsageProblem):
    """A quote begins and does not end."""


def split(text: str) -> list[str]:
    """The words of a line, without a leading `owncase`; none for a comment. Raises `UnclosedQuote`."""
    if is_comment(text):
        return []
    text = text.strip()
    found = words(text)
    if found and (mark := found[-1].open):
        raise UnclosedQuote(
            f"a {mark} is not closed: {text[found[-1].start :][:40]}", fix=f"close it with {mark}, or leave it out"
        )
    return without_program([word.text for word in found])


def is_comment(text: str) -> bool:
    """Whether a line says nothing: it is blank, or begins with #."""
    return not text.strip() or text.lstrip().startswith("#")


def without_program(found: list[str]) -> list[str]:
    """What is said, also by somebody who types `owncase` first from habit."""
    return found[1:] if found[:1] == [PROGRAM] else found


def words(line: str) -> list[Word]:
    """The words of a line that may still be being typed: the last one may have a quote open."""
    found: list[Word] = []
    at = 0
    while at < len(line):
        if line[at] in BLANKS:
            at += 1
            continue
        word, at = _word(line, at)
        found.append(word)
    return found


def _word(line: str, start: int) -> tuple[Word, int]:
    text, mark, at = "", "", start
    while at < len(line):
        here, after = line[at], line[at + 1 : at + 2]
        if here == "\\" and mark != "'" and _is_taken(after, mark):
            text, at = text + after, at + 2
            continue
        if mark:
            if here == mark and not _is_apostrophe(line, at):
                mark = ""
            else:
                text += here
        elif here in BLANKS:
            break
        elif here in QUOTES and _opens(line, start, at):
            mark = here
        else:
            text += here
        at += 1
    return Word(text, start, mark), at


def _is_taken(after: str, mark: str) -> bool:
    """Whether a backslash makes the next character plain, rather than being plain itself."""
    return bool(after) and after in (f"{mark}\\" if mark else f"{QUOTES}{BLANKS}\\")


def _opens(line: str, start: int, at: int) -> bool:
    before = line[start:at]
    return not before or not before[-1].isalnum() or (len(before) == SHORT_OPTION and before.startswith("-"))


def _is_apostrophe(line: str, at: int) -> bool:
    return line[at] == "'" and line[at - 1 : at].isalpha() and line[at + 1 : at + 2].isalpha()
