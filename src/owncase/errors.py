"""Every way owncase says no: one family for each exit code, and each refusal names what would satisfy it.

The exit codes are a public interface and are never renumbered. `code` is the stable name that scripts match on; it is
the class name in kebab case unless the class says otherwise. `fix` is the exact command or act that would satisfy the
rule.
"""

import re


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


class OwncaseError(Exception):
    """Base of all errors meant for people: one line of what happened, one of what to do."""

    exit = 70

    def __init__(self, message: str, *, fix: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    @property
    def code(self) -> str:
        """The stable name of this error, such as `next-owner-must-acknowledge`."""
        return _kebab(type(self).__name__)


class Unhealthy(OwncaseError):
    """Something asked about is not well (exit 1)."""

    exit = 1


class UsageProblem(OwncaseError):
    """The command line is wrong or an answer is missing (exit 2)."""

    exit = 2


class Refused(OwncaseError):
    """A rule of accountability says no (exit 3)."""

    exit = 3


class LookAgain(OwncaseError):
    """The case has moved on, or a request id came back with other content (exit 4)."""

    exit = 4


class Unsound(OwncaseError):
    """The history does not verify, or the store went back in time (exit 5)."""

    exit = 5


class BadData(OwncaseError):
    """A value or a file is malformed (exit 65)."""

    exit = 65


class NotFound(OwncaseError):
    """No such case, person, customer or store (exit 66)."""

    exit = 66


class Unavailable(OwncaseError):
    """A service that is needed is down (exit 69)."""

    exit = 69


class CannotCreate(OwncaseError):
    """A file cannot be created, or it exists already (exit 73)."""

    exit = 73


class DiskTrouble(OwncaseError):
    """Input, output or space failed (exit 74)."""

    exit = 74


class Busy(OwncaseError):
    """Somebody else holds the store for too long; try again (exit 75)."""

    exit = 75


class StoreTooNew(OwncaseError):
    """The store was written by a newer owncase (exit 76)."""

    exit = 76


class NotPermitted(OwncaseError):
    """This OS user may not do this (exit 77)."""

    exit = 77


class Misconfigured(OwncaseError):
    """The configuration or the surroundings are wrong (exit 78)."""

    exit = 78
