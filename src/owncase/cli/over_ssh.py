"""The same command line runs on the machine of an ssh:// store: streams, terminal, colour and exit code come through.

There it is called `owncase --here BYTES --store ADDRESS …`, and then what was typed, word for word. Of stdin only what
a `-` asks for is sent, whole, with its length said first: a line whose stdin broke off on the way is not run.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from os import read
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from owncase.bootstrap import ClosedStream, World
from owncase.cli.address import Address
from owncase.cli.boundary import BROKEN_PIPE, INTERRUPTED, TERMINATED
from owncase.cli.context import Invocation
from owncase.errors import BadData, Misconfigured, Unavailable, UsageProblem

LOOKS = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "OWNCASE_DEBUG")
"""What of this environment counts there too, beside the setting `color`."""
MOST = 256 * 1024 * 1024
"""Bytes of stdin that are sent."""
CHUNK = 64 * 1024
NEVER_BEGAN = re.compile(r"^ssh: |verification failed|Permission denied|configuration option", re.IGNORECASE)
"""Last words of an ssh that has not got as far as running anything."""
CANNOT_RUN, NOT_FOUND, FROM_SIGNALS = 126, 127, 128
"""Exit codes of the shell there; above the last are 255 of ssh itself, and those of a command that was killed."""
ENDED = {BROKEN_PIPE, INTERRUPTED, TERMINATED}
"""The ones above it that are owncase's own."""


class NoSsh(Unavailable):
    """There is no ssh program on this machine."""


class Unreachable(Unavailable):
    """A machine could not be reached through ssh, or was lost on the way."""


class NoOwncaseThere(Unavailable):
    """The machine that has the store has no owncase that can be called."""


class LineTooLong(UsageProblem):
    """A command line is longer than the system takes."""


def run_there(address: Address, invocation: Invocation, *, asks_for_stdin: bool) -> int:
    """Run this command line there and give its exit code. Raises Unavailable when that cannot be done."""
    world = invocation.world
    at_terminal = all(stream.isatty() for stream in (world.stdin, world.stdout, world.stderr))
    with (
        _stdin(world, at_terminal=at_terminal, asked=asks_for_stdin) as (source, size),
        TemporaryDirectory(prefix="owncase-") as folder,
    ):
        log = Path(folder) / "ssh.log"
        line = ["ssh", *_ssh_flags(invocation, at_terminal=at_terminal), "-E", str(log), *address.flags, "--"]
        line += [address.target, remote_line(address, invocation, "tty" if at_terminal else str(size))]
        code = _run(line, invocation, address, source, at_terminal=at_terminal)
        if code in {CANNOT_RUN, NOT_FOUND}:
            raise _no_owncase(address, invocation)
        if code < 0 or (code > FROM_SIGNALS and code not in ENDED):
            raise _unreachable(address, invocation, log.read_text("utf-8", "replace") if log.exists() else "")
    return code


def remote_line(address: Address, invocation: Invocation, here: str) -> str:
    """The command line as the shell there has to read it."""
    settings, environ = invocation.settings, invocation.world.environ
    looks = [f"{name}={environ[name]}" for name in LOOKS if environ.get(name)]
    color, acting = settings.find("color"), settings.find("as", invocation.acting)
    if color.value != "auto":
        looks.append(f"OWNCASE_COLOR={color.value}")
    words = [*(["env", *looks] if looks else []), *_program(invocation), "--here", here, "--store", address.url]
    words += ["--as", acting.value] if acting.value else []
    line = " ".join(quoted(word) for word in [*words, *invocation.words])
    return f"{line} >&-" if isinstance(invocation.world.stdout, ClosedStream) else line


def quoted(word: str) -> str:
    """One word, for any shell: fish reads a backslash in single quotes, and csh an exclamation mark."""
    if re.fullmatch(r"[A-Za-z0-9_@+:,./-][A-Za-z0-9_@+=:,./-]*", word):  # zsh looks up =ls
        return word
    parts = re.findall(r"[\\'!]|[^\\'!]+", word)
    return "".join(f"\\{part}" if part in {"\\", "'", "!"} else f"'{part}'" for part in parts) or "''"


def _program(invocation: Invocation) -> list[str]:
    said = invocation.settings.find("remote-command")
    try:
        words = shlex.split(said.value)
    except ValueError:
        words = []
    if not words:
        raise Misconfigured(
            f"remote-command is no command ({said.origin})", fix="owncase config set remote-command owncase"
        )
    return words


def _ssh_flags(invocation: Invocation, *, at_terminal: bool) -> list[str]:
    quiet = ["-o", "LogLevel=ERROR", "-o", "RemoteCommand=none"]  # no "Connection to … closed."
    never_asks = not invocation.may_ask or "--no-input" in invocation.words
    return ["-t" if at_terminal else "-T", *quiet, *(["-o", "BatchMode=yes"] if never_asks else [])]


@contextmanager
def _stdin(world: World, *, at_terminal: bool, asked: bool) -> Iterator[tuple[Any, int]]:
    """What ssh gets as stdin, and how much that is. What nobody asks for is left for whoever reads it next."""
    if at_terminal:
        yield None, 0
    elif not asked:
        yield subprocess.DEVNULL, 0
    else:
        with TemporaryFile() as whole:
            size = _copy(world, whole)
            whole.seek(0)
            yield whole, size


def _copy(world: World, whole: IO[bytes]) -> int:
    source = getattr(world.stdin, "buffer", None)
    take = partial(source.read, CHUNK) if source else lambda: world.stdin.read(CHUNK).encode()
    size = 0
    for chunk in iter(take, b""):
        size += whole.write(chunk)
        if size > MOST:
            raise BadData(
                f"stdin is longer than {MOST // 2**20} MiB", fix="copy the file to that machine and name it there"
            )
    return size


def _run(line: list[str], invocation: Invocation, address: Address, source: Any, *, at_terminal: bool) -> int:
    world = invocation.world
    output = None if at_terminal or isinstance(world.stdout, ClosedStream) else subprocess.PIPE
    with _put_back(world, at_terminal=at_terminal), _started(line, world.environ, source, output) as ssh:
        invocation.sent_to = address.target
        try:
            if ssh.stdout is not None:
                _pass_on(ssh.stdout, world)
            return ssh.wait()
        except BaseException:
            ssh.terminate()  # it then leaves the terminal as it found it
            raise


@contextmanager
def _put_back(world: World, *, at_terminal: bool) -> Iterator[None]:
    """Leave the terminal as it was found, also where ssh was killed and could not."""
    if not at_terminal or sys.platform == "win32":
        yield
        return
    import termios  # not on Windows

    before = termios.tcgetattr(world.stdin)
    try:
        yield
    finally:
        with suppress(termios.error):  # it was closed
            termios.tcsetattr(world.stdin, termios.TCSADRAIN, before)


def _started(line: list[str], environ: Mapping[str, str], source: Any, output: Any) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(line, stdin=source, stdout=output, env=environ)  # noqa: S603 - made here, one word each
    except FileNotFoundError as error:
        raise NoSsh(
            "an ssh:// store needs the program ssh, and there is none", fix="install OpenSSH's client (openssh-client)"
        ) from error
    except OSError as error:
        if error.strerror != "Argument list too long":
            raise
        raise LineTooLong(
            "the command line is too long to be sent", fix="say the long text on stdin, with -"
        ) from error


def _pass_on(answer: IO[bytes], world: World) -> None:
    """Print what comes back as it comes. A disk that is full does not end the command there."""
    out = getattr(world.stdout, "buffer", None)
    chunks = iter(partial(read, answer.fileno(), CHUNK), b"")
    try:
        for chunk in chunks:
            if out:
                out.write(chunk)
            else:
                world.stdout.write(chunk.decode("utf-8", "replace"))
            world.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:
        for _ in chunks:
            pass
        raise


def _no_owncase(address: Address, invocation: Invocation) -> NoOwncaseThere:
    invocation.sent_to = None  # nothing was run
    return NoOwncaseThere(
        f"on {address.target} there is no {_program(invocation)[0]} that can be run",
        fix="install it there, or say how it is called: owncase config set remote-command /PATH/owncase",
    )


def _unreachable(address: Address, invocation: Invocation, log: str) -> Unreachable:
    why = ([line.strip() for line in log.splitlines() if line.strip()] or [""])[-1]
    broke_off = "gave no answer: the connection broke off, or the command there was killed"
    reason = f"could not be reached through ssh: {why.removeprefix('ssh: ')}" if why else broke_off
    fix = shlex.join(["ssh", *address.flags, address.target, "true"])
    if NEVER_BEGAN.search(why):
        invocation.sent_to = None
        return Unreachable(f"{address.target} {reason}", fix=f"try {fix}")
    return Unreachable(f"{address.target} {reason}", fix=f"try {fix}, and look before you repeat a change")
