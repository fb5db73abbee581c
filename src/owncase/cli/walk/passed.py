"""What was passed in today's walk is remembered beside the store, so that the next walk resumes after it.

One small file for each store, person and list: the day on its first line, then one mark a line. A file that cannot be
read, or is of another day, is as good as none.
"""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from owncase.store.small_file import write_small_file

MOST = 64 * 1024
"""Characters that are read; a walk that passed more begins anew."""


def passed(path: Path, day: str) -> frozenset[str]:
    """The marks passed on this day."""
    try:
        with path.open(encoding="utf-8") as file:
            written, *marks = file.read(MOST).splitlines() or [""]
    except (OSError, ValueError):
        return frozenset()
    return frozenset(marks) if written == day else frozenset()


def remember(path: Path, day: str, marks: Collection[str]) -> None:
    """Remember what was passed; with nothing to remember, or where that cannot be, forget it."""
    if not marks:
        forget(path)
        return
    write_small_file(path, "".join(f"{line}\n" for line in [day, *marks]))


def forget(path: Path) -> None:
    """Begin anew next time."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
