"""What an import of cases takes besides, and how it is read."""

import re
from pathlib import Path
from typing import Annotated

import typer

from owncase.cli import complete
from owncase.cli.context import desk_of
from owncase.domain import text
from owncase.domain.moment import from_text, to_text
from owncase.domain.wallclock import zone_named
from owncase.domain.when import parse_when
from owncase.domain.worktime import WorkingHours
from owncase.errors import Refused, UsageProblem

NextDefault = Annotated[
    str | None,
    typer.Option("--next-default", "-n", metavar="TEXT", help="The next action where the file does not say one."),
]
DueDefault = Annotated[
    str | None, typer.Option("--due-default", "-d", metavar="WHEN", help="When it is due where the file does not say.")
]
Spread = Annotated[
    str | None,
    typer.Option("--spread", metavar="N/day", help="Give an owner at most N default dues a working day, from then on."),
]
OwnerDefault = Annotated[
    str | None,
    typer.Option(
        "--owner-default", metavar="HANDLE", help="Owner where the file names none; else the account owner.",
        autocompletion=complete.handles,
    ),
]  # fmt: skip
OwnerIs = Annotated[
    list[str] | None,
    typer.Option("--owner-is", metavar="NAME=HANDLE", help="Whom a name in the file means. Repeatable."),
]
CustomerDefault = Annotated[
    str | None,
    typer.Option(
        "--customer-default",
        metavar="KEY",
        help="Customer where the file names none.",
        autocompletion=complete.customers,
    ),
]
NewCustomers = Annotated[
    bool, typer.Option("--new-customers", help="Add customers that are not here, you as their account owner.")
]
Closed = Annotated[
    list[str] | None,
    typer.Option("--closed", metavar="GLOB", help="A status of what has ended and is left out. Repeatable."),
]
PastDue = Annotated[
    str | None,
    typer.Option(
        "--past-due",
        metavar="default",
        help="Give what has passed the default due.",
        autocompletion=lambda: ["default"],
    ),
]


class DefaultPassed(Refused):
    """A moment that is said for all rows has to lie ahead."""


def source(file: str, said: str | None) -> str:
    """What the other tracker is called: as said, else the name of the file."""
    if said is None and file == "-":
        raise UsageProblem("missing: what the other tracker is called", fix="say it with --source NAME")
    return text.name(said or Path(file.removesuffix(".gz")).stem, "source")


def ahead(ctx: typer.Context, said: str | None, flag: str) -> str | None:
    """The moment that an option names, as stored. Raises `DefaultPassed`."""
    if said is None:
        return None
    desk = desk_of(ctx)
    now = from_text(desk.now())
    due = parse_when(said, now=now, zone=zone_named(desk.me.zone), hours=WorkingHours.parse(desk.me.hours))
    if due <= now:
        raise DefaultPassed(f"{flag} {to_text(due)} has passed", fix=f"{flag} with a moment to come")
    return to_text(due)


def spread(said: str | None, due_default: str | None) -> int | None:
    """How many default dues a person gets a day."""
    if said is None:
        return None
    found = re.fullmatch(r"([1-9][0-9]{0,3})(?:/day)?", said)
    if not found:
        raise UsageProblem(f"--spread takes how many a day, not {said[:20]!r}", fix="--spread 5/day")
    if due_default is None:
        raise UsageProblem("--spread needs the day to begin with", fix="--due-default WHEN")
    return int(found[1])


def meanings(said: list[str]) -> dict[str, str]:
    """Who is meant by a name, by handle."""
    found: dict[str, str] = {}
    for words in said:
        name, sign, handle = words.rpartition("=")
        if not (sign and name.strip() and handle.strip()):
            raise UsageProblem(f"--owner-is takes NAME=HANDLE, not {words[:40]!r}", fix='--owner-is "Anna Smith=anna"')
        if found.setdefault(name.strip(), handle.strip()) != handle.strip():
            raise UsageProblem(f"--owner-is says twice who {name.strip()[:40]!r} is", fix="say it once")
    return found
