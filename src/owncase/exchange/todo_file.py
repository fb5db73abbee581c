"""A line of todo.txt is one task: what its marks say becomes cells, and what is left is its text.

`x` and two dates, `(A)`, `+project`, `@context` and `due:2026-11-27` become `done`, `completed`, `created`, `priority`,
`project`, `context` and `due`; every other `key:value` is a cell of that name. Tasks have no name of their own unless
they say `id:`, so `digest` names one by its words.
"""

import hashlib
import re
from collections.abc import Iterator

from owncase.exchange import csv_file
from owncase.exchange.source import Source

COLUMNS = ("text", "done", "priority", "completed", "created", "project", "context", "due", "digest")
"""The columns that every file has."""

_FRONT = re.compile(
    r"(?P<done>x )?(?:\((?P<priority>[A-Z])\) )?(?:(?P<first>[0-9]{4}-[0-9]{2}-[0-9]{2}) )?"
    r"(?:(?P<second>[0-9]{4}-[0-9]{2}-[0-9]{2}) )?"
)
_NAMED = re.compile(r"(?P<key>[A-Za-z][A-Za-z0-9_-]*):(?P<value>(?!//)\S+)")
_TAG = re.compile(r"[+@]\S+")


def header(source: Source) -> list[str]:
    """The columns: those of every file, and the further keys of this one."""
    found = dict.fromkeys(COLUMNS)
    for _, cells in tasks(source):
        found.update(dict.fromkeys(cells))
    return list(found)


def tasks(source: Source) -> Iterator[tuple[int, dict[str, str]]]:
    """The tasks, each with its line. Raises the BadData of a file that is no text."""
    for number, line in enumerate(csv_file.lines(source.opened()), start=1):
        if words := line.strip():
            yield number, _task(words)


def _task(line: str) -> dict[str, str]:
    front = _FRONT.match(line)
    assert front is not None
    words = line[front.end() :].split()
    cells = {
        key.lower(): value for key, value in (found.group("key", "value") for found in map(_named, words) if found)
    }
    said = [word for word in words if not _named(word)]
    cells |= {"project": _tagged(said, "+"), "context": _tagged(said, "@"), "text": _text(said)}
    cells |= {"done": "true" if front["done"] else "false", "priority": front["priority"] or cells.get("pri", "")}
    created, completed = (front["second"], front["first"]) if front["done"] else (front["first"], None)
    cells |= {"created": created or "", "completed": completed or ""}
    cells["digest"] = hashlib.sha256(" ".join(said).encode()).hexdigest()[:16]
    return cells


def _named(word: str) -> re.Match[str] | None:
    return _NAMED.fullmatch(word)


def _tagged(words: list[str], mark: str) -> str:
    return ", ".join(word[1:] for word in words if word.startswith(mark) and _TAG.fullmatch(word))


def _text(words: list[str]) -> str:
    """The words without the tags at the end; a tag inside the sentence is one of its words."""
    kept = len(words)
    while kept and _TAG.fullmatch(words[kept - 1]):
        kept -= 1
    return " ".join(words[:kept] or words)
