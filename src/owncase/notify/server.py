"""Which mail server sends letters, as the settings say; what could give a password away is refused.

Its certificate is always looked at. Nothing is sent in the clear with a password, but to this machine itself.
"""

import re
import ssl
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from owncase.errors import Misconfigured

PORTS = {"starttls": 587, "tls": 465, "none": 25}
LARGEST = {"smtp-port": 65_535, "smtp-timeout": 600}
PATIENCE = 20
_HOST = re.compile(r"(?=.{1,253}$)([A-Za-z0-9_-]{1,63}\.)*[A-Za-z0-9_-]{1,63}|[0-9A-Fa-f:.]{2,45}")


class NoMailServer(Misconfigured):
    """No mail server is set, so that no letter can be sent."""


class MailMisconfigured(Misconfigured):
    """A setting of the mail server is not one that can be."""


class PasswordInTheClear(Misconfigured):
    """A password goes to another machine over TLS alone."""


class Server(NamedTuple):
    """Where letters are handed over. `security` is starttls, tls or none; `timeout` is in seconds."""

    host: str
    port: int
    security: str
    user: str
    ca_file: str
    timeout: float


def server_of(setting: Callable[[str], str]) -> Server:
    """The server that the settings name. Raises `NoMailServer`, `MailMisconfigured`, `PasswordInTheClear`."""
    host = setting("smtp-host")
    if not host:
        raise NoMailServer("no mail server is set", fix="owncase config set smtp-host HOST")
    if not _HOST.fullmatch(host):
        raise MailMisconfigured("smtp-host is no name of a machine", fix="owncase config set smtp-host HOST")
    if not setting("smtp-user").isascii():
        raise MailMisconfigured("smtp-user is not plain ASCII", fix="owncase config set smtp-user USER")
    security = setting("smtp-security")
    if security not in PORTS:
        raise MailMisconfigured(
            f"smtp-security is none of {', '.join(PORTS)}", fix="owncase config set smtp-security starttls"
        )
    port = number("smtp-port", setting("smtp-port")) or PORTS[security]
    patience = number("smtp-timeout", setting("smtp-timeout")) or PATIENCE
    found = Server(host, port, security, setting("smtp-user"), setting("smtp-ca-file"), patience)
    if security == "none" and found.user and not _is_here(host):
        raise PasswordInTheClear(
            f"the password of {found.user} would go to {host} in the clear",
            fix="owncase config set smtp-security starttls",
        )
    return found


def trust(server: Server) -> ssl.SSLContext:
    """Whom to believe that they are the server. Raises `MailMisconfigured` for a file of certificates that is none."""
    try:
        return ssl.create_default_context(cafile=str(Path(server.ca_file).expanduser()) if server.ca_file else None)
    except (OSError, ssl.SSLError) as trouble:
        raise MailMisconfigured(
            f"smtp-ca-file {server.ca_file} cannot be used: {trouble.strerror or 'no certificates'}",
            fix="owncase config set smtp-ca-file FILE.pem",
        ) from None


def number(key: str, said: str) -> int | None:
    """What a setting that is a whole number says. Raises `MailMisconfigured`."""
    if not said:
        return None
    largest = LARGEST[key]
    if not (said.isascii() and said.isdigit() and 1 <= int(said[:9]) <= largest):
        raise MailMisconfigured(f"{key} is no whole number from 1 to {largest}", fix=f"owncase config set {key} N")
    return int(said)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
