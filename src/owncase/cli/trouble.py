"""What the system throws becomes one of owncase's own errors, with an exit code and something to do."""

import errno
import sqlite3
from typing import Any

from owncase.errors import (
    BadData,
    Busy,
    CannotCreate,
    DiskTrouble,
    NotFound,
    NotPermitted,
    OwncaseError,
    Refused,
    Unsound,
    UsageProblem,
)


class Bug(OwncaseError):
    """Something that nobody foresaw (exit 70)."""


_EXTRA = "Got unexpected extra argument"
_HELP = "No such command 'help'"
_FULL = "free some space and run it again"
_AGAIN = "run it again; if it stays so, look for a stopped owncase"

# The longest matching beginning of SQLite's own error name decides.
_SQLITE: dict[str, tuple[type[OwncaseError], str, str]] = {
    "SQLITE_FULL": (DiskTrouble, "the disk is full", _FULL),
    "SQLITE_IOERR": (DiskTrouble, "the store's disk fails", "owncase store check"),
    "SQLITE_IOERR_WRITE": (
        DiskTrouble,
        "the store cannot be written: the disk is full, a limit is reached, or it fails",
        _FULL,
    ),
    "SQLITE_BUSY": (Busy, "somebody else holds the store", _AGAIN),
    "SQLITE_LOCKED": (Busy, "somebody else holds the store", _AGAIN),
    "SQLITE_READONLY": (NotPermitted, "the store may only be read", "ask its owner for permission to write"),
    "SQLITE_READONLY_ROLLBACK": (NotPermitted, "a writer crashed", "run any write command as the store's owner"),
    "SQLITE_READONLY_RECOVERY": (NotPermitted, "a writer crashed", "run any write command as the store's owner"),
    "SQLITE_READONLY_CANTINIT": (NotPermitted, "a writer crashed", "run any write command as the store's owner"),
    "SQLITE_PERM": (NotPermitted, "the store may not be opened", "ask its owner for permission"),
    "SQLITE_AUTH": (NotPermitted, "the store refuses this", "use the owncase commands"),
    "SQLITE_CANTOPEN": (DiskTrouble, "the store cannot be opened", "check the path and its permissions"),
    "SQLITE_NOTADB": (BadData, "this file is not a store", "check the path given to --store"),
    "SQLITE_CORRUPT": (Unsound, "the store is damaged", "owncase store check, then owncase store restore BACKUP"),
    "SQLITE_TOOBIG": (BadData, "a text is too long for the store", "shorten it"),
    "SQLITE_CONSTRAINT_TRIGGER": (Refused, "the store refuses this", "owncase show CASE"),
}

_SYSTEM: dict[int, tuple[type[OwncaseError], str]] = {
    errno.ENOSPC: (DiskTrouble, _FULL),
    errno.EDQUOT: (DiskTrouble, _FULL),
    errno.EFBIG: (DiskTrouble, _FULL),
    errno.EIO: (DiskTrouble, "check the disk"),
    errno.EROFS: (NotPermitted, "choose a place that can be written"),
    errno.EACCES: (NotPermitted, "check the permissions, or choose another path"),
    errno.EPERM: (NotPermitted, "check the permissions, or choose another path"),
    errno.ENOENT: (NotFound, "check the path"),
    errno.ENOTDIR: (NotFound, "check the path"),
    errno.EEXIST: (CannotCreate, "choose another path"),
    errno.EISDIR: (CannotCreate, "name a file, not a folder"),
    errno.ENAMETOOLONG: (CannotCreate, "choose a shorter path"),
}


def as_owncase_error(error: BaseException) -> OwncaseError:
    """Say it as one of owncase's own errors; whatever nobody foresaw is a Bug."""
    match error:
        case OwncaseError():
            return error
        case sqlite3.Error():
            return _from_sqlite(error)
        case UnicodeError():
            return BadData("a text is not valid UTF-8", fix="convert it to UTF-8")
        case OSError():
            return _from_system(error)
        case _ if isinstance(getattr(error, "orig", None), sqlite3.Error):  # SQLAlchemy wraps what the driver raised
            return _from_sqlite(error.orig)  # type: ignore[attr-defined] # SQLAlchemy is not imported here
        case _:
            return _bug(error)


def from_usage(error: Any) -> OwncaseError:
    """Say what Typer's parser found wrong as a UsageProblem with a fix."""
    message, _, hint = error.format_message().partition(" Did you mean ")
    near = getattr(error, "possibilities", None) or []
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "owncase"
    if message.startswith(_EXTRA):
        message = f"more words than {command} takes: {message.partition(' (')[2].removesuffix(')')}"
        fix = f'say which option they are for, with quotes around several: -n "Call Pat"; {command} --help'
    elif message.startswith(_HELP):
        fix = f"{command} --help, or {command} VERB --help"
    elif hint:
        fix = f"did you mean {hint}"
    elif near:
        message, fix = error.message, f"did you mean {' or '.join(near)}?"
    elif getattr(error, "option_name", None) and _takes_words(context):
        fix = "words that begin with a hyphen stand after --"
    else:
        fix = f"{command} --help"
    return UsageProblem(message[:1].lower() + message[1:].rstrip("."), fix=fix)


def _takes_words(context: Any) -> bool:
    """Whether the command takes words to the end of the line, among which an option may have been meant as one."""
    return any(param.nargs == -1 for param in context.command.params) if context else False


def _from_sqlite(error: Any) -> OwncaseError:
    name = getattr(error, "sqlite_errorname", None) or ""
    known = [beginning for beginning in _SQLITE if name.startswith(beginning)]
    if not known:
        return _bug(error)
    kind, message, fix = _SQLITE[max(known, key=len)]
    if kind is Refused:
        message = str(error)
    return kind(message, fix=fix)


def _from_system(error: OSError) -> OwncaseError:
    kind, fix = _SYSTEM.get(error.errno or 0, (DiskTrouble, "check the file and its disk"))
    place = f"{error.filename}: " if error.filename is not None else ""
    return kind(f"{place}{error.strerror or error}", fix=fix)


def _bug(error: BaseException) -> OwncaseError:
    return Bug(f"a bug: {type(error).__name__}: {error}", fix="report it, with what OWNCASE_DEBUG=1 prints")
