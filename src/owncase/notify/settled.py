"""What is typed as a setting of mail is looked at before it is kept; what may be a password is not repeated."""

import shlex
import shutil

from owncase.domain import text
from owncase.notify.password import PasswordUnread, in_file
from owncase.notify.server import PORTS, MailMisconfigured, number


def can_be(key: str, value: str) -> None:
    """Raise `MailMisconfigured`, `MalformedEmail`, or what reading the password raises, for what cannot be."""
    if key == "mail-from":
        text.email(value, key)
    if key in ("smtp-port", "smtp-timeout"):
        number(key, value)
    if key == "smtp-security" and value not in PORTS:
        raise MailMisconfigured(
            f"smtp-security is none of {', '.join(PORTS)}", fix=f"owncase config set {key} starttls"
        )
    if key == "smtp-password-file":
        in_file(value)
    if key == "smtp-password-command":
        _is_program(value)


def _is_program(command: str) -> None:
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words or shutil.which(words[0]) is None:
        raise PasswordUnread("smtp-password-command names no program", fix="name one that prints the password")
