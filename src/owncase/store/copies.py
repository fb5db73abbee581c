"""Which files beside a store are older copies of it: backups, what an upgrade or a restore left, exports, drafts."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from owncase.errors import OwncaseError
from owncase.store.heads import head_of

DATABASE = b"SQLite format 3\0"
EXPORT = b'{"format":"owncase-export/'
LINE = 4_096


def copies_beside(store: Path, identity: str) -> list[Path]:
    """Files in the store's folder that hold a history of the store with this identity. No other folder is looked at."""
    return [path for path in sorted(store.parent.iterdir()) if path != store and identity in _told_by(path)]


def _told_by(path: Path) -> Iterator[str]:
    """The identity of the store whose history a file tells; nothing for any other file, or one that is not readable."""
    with suppress(OSError, ValueError, sqlite3.Error, OwncaseError):
        if not path.is_file() or path.is_symlink():
            return
        with path.open("rb") as file:
            begins = file.readline(LINE)
        if begins.startswith(EXPORT):
            yield str(json.loads(begins).get("store"))
        elif begins.startswith(DATABASE):
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
                yield head_of(connection).store
