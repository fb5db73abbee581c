"""The password of the mail server comes from a private file, a command or the desktop's keyring, and goes nowhere else.

No flag, no environment variable and no setting holds it, and no message of an error repeats it.
"""

import os
import shlex
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

from owncase.errors import Misconfigured
from owncase.notify.server import Server

SOURCES = ("smtp-password-file", "smtp-password-command", "smtp-keyring")
LONGEST = 4_096
PATIENCE_SECONDS = 120.0


class NoPassword(Misconfigured):
    """The settings do not say where one password is, for one user."""


class UnsafePassword(Misconfigured):
    """The file of the password can be read by others, or is not a file of yours."""


class PasswordUnread(Misconfigured):
    """The password could not be had from where the settings say it is."""


class KeyringMissing(Misconfigured):
    """The keyring is an extra that is not installed."""


def password_of(server: Server, setting: Callable[[str], str]) -> str | None:
    """The password, or None where nobody logs in. Raises the named refusals above."""
    said = [key for key in SOURCES if setting(key)]
    if not server.user:
        return None
    if len(said) != 1:
        what = "says twice" if said else "does not say"
        raise NoPassword(
            f"the configuration {what} where the password of smtp-user is", fix=f"set one of {', '.join(SOURCES)}"
        )
    value = setting(said[0])
    read = {"smtp-password-file": in_file, "smtp-password-command": _by_command}.get(said[0])
    found = read(value) if read else _in_keyring(value, server.user)
    if not found or not found.isascii() or not found.isprintable():
        raise PasswordUnread(f"what {said[0]} gives is no password in plain ASCII", fix="look there")
    return found


def in_file(name: str) -> str:
    """What the first line of a private file says. Raises `UnsafePassword` and `PasswordUnread`."""
    path = Path(name).expanduser()
    if not path.is_absolute():
        raise PasswordUnread("smtp-password-file has to be a whole path, from / on", fix="name a file that is yours")
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        raise PasswordUnread("the file that smtp-password-file names cannot be read", fix="name a file") from None
    with os.fdopen(descriptor, "rb") as file:
        facts = os.fstat(descriptor)
        mine = facts.st_uid == os.geteuid()  # noqa: TID251 - whose file this is, not who acts
        if not stat.S_ISREG(facts.st_mode) or not mine or stat.S_IMODE(facts.st_mode) & 0o077:
            raise UnsafePassword(
                "the file that smtp-password-file names is not yours alone", fix=f"chmod 600 {shlex.quote(str(path))}"
            )
        return _first_line(file.read(LONGEST))


def _by_command(command: str) -> str:
    try:
        words = shlex.split(command)
        done = subprocess.run(  # noqa: S603 - the user's own command, split here and never given to a shell
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
            timeout=PATIENCE_SECONDS,
        )  # fmt: skip
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired):
        raise PasswordUnread("smtp-password-command cannot be run", fix="run it by hand") from None
    if done.returncode:
        raise PasswordUnread(f"smtp-password-command ended with {done.returncode}", fix="run it by hand")
    return _first_line(done.stdout[:LONGEST])


def _in_keyring(service: str, user: str) -> str:
    try:
        import keyring  # type: ignore[import-not-found, unused-ignore] # an extra
    except ImportError:
        raise KeyringMissing(
            "smtp-keyring needs the keyring, which is not installed", fix="pip install 'owncase[keyring]'"
        ) from None
    try:
        return keyring.get_password(service, user) or ""
    except Exception as trouble:  # noqa: BLE001 - each desktop has a keyring of its own that fails in its own way
        raise PasswordUnread(
            f"the keyring did not answer ({type(trouble).__name__})", fix=f"keyring get {shlex.quote(service)} USER"
        ) from None


def _first_line(said: bytes) -> str:
    return said.decode("utf-8", "replace").partition("\n")[0].removesuffix("\r")
