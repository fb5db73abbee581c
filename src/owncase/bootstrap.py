"""The real world comes in here and nowhere else: clock, environment, OS user and streams."""

import io
import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO, cast

from owncase.desk import Desk
from owncase.errors import Misconfigured
from owncase.settings import Settings

if TYPE_CHECKING:
    from owncase.desk import Opener


class World(NamedTuple):
    """Everything outside the program that it may look at. Tests make their own.

    `clock` gives aware datetimes, `local_zone` the IANA name of this machine's zone.
    """

    environ: Mapping[str, str]
    home: Path | None
    os_user: str
    clock: Callable[[], datetime]
    local_zone: Callable[[], str]
    stdin: TextIO
    stdout: TextIO
    stderr: TextIO

    @property
    def talks(self) -> bool:
        """Whether somebody can be asked: a question goes out on stderr and its answer comes in on stdin."""
        return self.stdin.isatty() and self.stderr.isatty()


class ClosedStream(io.TextIOBase):
    """Stands for a standard output that was closed before the program started: writing to it fails loudly."""

    encoding = "utf-8"

    def writable(self) -> bool:
        """It takes writes in order to refuse them."""
        return True

    def write(self, text: str, /) -> int:
        """Refuse, unless there is nothing to say."""
        if text:
            raise OSError(9, "standard output is closed")
        return 0


def real_world() -> World:
    """The world of this process."""
    _hold_standard_descriptors()
    stdin, stdout, stderr = sys.stdin, sys.stdout, sys.stderr
    for stream in (stdout, stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if isinstance(stdin, io.TextIOWrapper):
        stdin.reconfigure(encoding="utf-8", errors="strict")
    return World(
        environ=os.environ,
        home=_home(),
        os_user=_os_user(),
        clock=_clock,
        local_zone=_local_zone,
        stdin=stdin or io.StringIO(""),
        stdout=stdout or cast(TextIO, ClosedStream()),
        stderr=stderr or io.StringIO(),
    )


def settings(world: World) -> Settings:
    """The settings of this world."""
    return Settings(world.environ, world.home)


def desk(
    world: World,
    chosen: Settings,
    *,
    store: str | None = None,
    acting: str | None = None,
    opener: "Opener | None" = None,
) -> Desk:
    """A desk for this world, with these settings. `store` and `acting` are what `--store` and `--as` said."""
    _check_time_zone(world.environ.get("TZ", ""))
    return Desk(
        store=chosen.store_path(store),
        heads_dir=chosen.heads_dir,
        os_user=world.os_user,
        acting=chosen.find("as", acting).value or None,
        clock=world.clock,
        local_zone=world.local_zone,
        opener=opener,
    )


def _check_time_zone(name: str) -> None:
    """A misspelt TZ is silently UTC to the C library, so every time would be shown wrong."""
    if name.removeprefix(":") in {"", "UTC", "/etc/localtime"}:
        return
    from zoneinfo import ZoneInfo  # most people have no TZ

    try:
        ZoneInfo(name.removeprefix(":"))
    except (OSError, ValueError, LookupError) as error:
        raise Misconfigured(f"TZ={name} names no time zone", fix="set TZ to a name such as Europe/Berlin") from error


def _clock() -> datetime:
    return datetime.now(UTC)


def _local_zone() -> str:
    import tzlocal  # 20 ms, and most people have a zone of their own in the store

    return tzlocal.get_localzone_name() or "UTC"


def _os_user() -> str:
    """The login that the system knows for this process, never what an environment variable says."""
    if sys.platform == "win32":
        return os.getlogin()
    import pwd  # not on Windows

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"


def _home() -> Path | None:
    given = os.environ.get("HOME" if sys.platform != "win32" else "USERPROFILE", "")
    if given:
        return Path(given)
    if sys.platform == "win32":
        return None
    import pwd  # not on Windows

    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        return None


def _hold_standard_descriptors() -> None:
    """Fill closed descriptors 0 to 2, lest the store be opened as one of them and output be written into it."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
