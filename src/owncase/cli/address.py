"""An address `ssh://[USER@]HOST[:PORT][/PATH]` names a machine that ssh can reach, and maybe the path of a store there.

Whatever ssh or a shell could take for an option or a command is refused, and a password is never repeated.
"""

import re
from typing import NamedTuple

from owncase.errors import Misconfigured

SCHEME = "ssh://"
SHAPE = "ssh://[USER@]HOST[:PORT][/PATH]"
MACHINE = re.compile(r"(?:(?P<user>[^@]*)@)?(?P<host>\[[^]]*\]|[^:]*)(?::(?P<port>.*))?", re.DOTALL)
USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*\$?")
HOST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\]")
PORT = re.compile(r"[0-9]{1,5}")
PASSWORD = re.compile(r"[^/@:]*:(?![0-9]*(/|$))[^@]*@", re.DOTALL)
PATH = re.compile(r"(?:[^%?#]|%[0-9A-Fa-f]{2})*", re.DOTALL)
HIGHEST_PORT = 65535


class BadAddress(Misconfigured):
    """An ssh:// address does not name a machine."""


class Address(NamedTuple):
    """A machine, and the path of the store there; an empty path is that machine's own choice."""

    url: str
    user: str
    host: str
    port: str
    path: str

    @property
    def target(self) -> str:
        """The machine as ssh wants to hear it."""
        return f"{self.user}@{self.host}" if self.user else self.host

    @property
    def flags(self) -> list[str]:
        """What ssh needs beside the target."""
        return ["-p", self.port] if self.port else []


def is_address(store: str) -> bool:
    """Whether a store is said to be on some machine that ssh reaches."""
    return store[: len(SCHEME)].lower() == SCHEME


def read_address(url: str) -> Address:
    """Read an address. Raises BadAddress, which says what is wrong with it."""
    rest = url[len(SCHEME) :]
    if PASSWORD.match(rest):
        raise BadAddress(
            "an address with a password is not taken: everybody on both machines could see it",
            fix="leave it out and let ssh ask, or use a key",
        )
    machine, slash, path = rest.partition("/")
    said = MACHINE.fullmatch(machine)
    user, host, port = said.group("user", "host", "port") if said else (None, machine, None)
    if problem := _problem(user, host, port, path) if is_address(url) else "this is no ssh:// address":
        raise BadAddress(f"{url}: {problem}", fix=f"write it as {SHAPE}")
    return Address(url, user or "", host.strip("[]"), port or "", _decoded(path if path[:1] == "~" else slash + path))


def _problem(user: str | None, host: str, port: str | None, path: str) -> str | None:
    problems = {
        "no host": not host,
        "this is no host that can be given to ssh": not HOST.fullmatch(host),
        "this is no user that can be given to ssh": user is not None and not USER.fullmatch(user),
        f"a port is a number from 1 to {HIGHEST_PORT}": port is not None and not _is_port(port),
        "in a path, %3F is a question mark, %23 a hash, and %25 a percent sign": not PATH.fullmatch(path),
        "a path has only characters that can be seen": not _decoded(path).isprintable(),
    }
    return next((problem for problem, is_so in problems.items() if is_so), None)


def _is_port(text: str) -> bool:
    return bool(PORT.fullmatch(text)) and 1 <= int(text) <= HIGHEST_PORT


def _decoded(path: str) -> str:
    """A path in which `%20` is a space."""
    if "%" not in path:
        return path if path != "/" else ""
    from urllib.parse import unquote  # few paths need it

    return unquote(path, errors="surrogateescape")  # bytes that are no UTF-8 cannot be seen
