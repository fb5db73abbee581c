"""Every flag that more than one command has, written once: the same flag means the same thing everywhere.

All are plain text or switches; numbers and moments are read by owncase itself (`cli/parse.py`, `domain/when.py`),
because a general converter takes `1_000`, `+7` and Unix milliseconds for what nobody meant.
"""

from typing import Annotated, Any

import typer

from owncase.cli import complete
from owncase.domain.channels import CHANNELS

URGENCIES = ("low", "normal", "high", "hot")

CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="CASE", help="Number of a case, or a customer with one open case.", autocompletion=complete.cases
    ),
]
CustomerArgument = Annotated[
    str,
    typer.Argument(
        metavar="CUSTOMER",
        help="Key, name, contact, e-mail or phone number of a customer.",
        autocompletion=complete.customers,
    ),
]
PersonArgument = Annotated[
    str, typer.Argument(metavar="HANDLE", help="Handle of a person.", autocompletion=complete.handles)
]


def words_to_the_end(metavar: str, help: str) -> Any:
    """An argument that is all words to the end of the line, quoted or not; `Writing.text` makes one text of them.

    Options may stand between them, `--` ends the options, and `-` alone is stdin.
    """
    return typer.Argument(metavar=f"{metavar}…", help=f"{help} Needs no quotes; - reads it from stdin.")


Text = Annotated[list[str] | None, words_to_the_end("TEXT", "The text.")]

NextAction = Annotated[
    str | None,
    typer.Option("--next-action", "--next", "--then", "-n", metavar="ACTION", help="The next action, in one sentence."),
]
Due = Annotated[
    str | None,
    typer.Option("--due", "-d", metavar="WHEN", help="When it is due: 2026-11-27, fri 15:00, +2h, +3bd, eod."),
]
Customer = Annotated[
    str | None,
    typer.Option(
        "--customer", "-c", metavar="CUSTOMER", help="Key or words of a customer.", autocompletion=complete.customers
    ),
]
WaitingFor = Annotated[
    str | None, typer.Option("--waiting-for", metavar="TEXT", help='Who outside has to do something: "Pat: photos".')
]
To = Annotated[
    str | None, typer.Option("--to", metavar="HANDLE", help="The next owner.", autocompletion=complete.handles)
]
Owner = Annotated[
    str | None,
    typer.Option("--owner", metavar="HANDLE", help="Only what this person owns.", autocompletion=complete.handles),
]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What the other should know; - reads stdin.")]
Editor = Annotated[
    bool, typer.Option("--editor", "-e", help="Write the long text in your editor: $VISUAL, or else $EDITOR.")
]
Because = Annotated[str | None, typer.Option("--because", metavar="TEXT", help="The reason.")]
AnswerBy = Annotated[str | None, typer.Option("--answer-by", metavar="WHEN", help="When the answer is needed.")]
Urgency = Annotated[
    str | None,
    typer.Option(
        "--urgency",
        metavar="URGENCY",
        help="low, normal, high or hot.",
        autocompletion=lambda: list(URGENCIES),
    ),
]
Channel = Annotated[
    str | None,
    typer.Option(
        "--channel",
        metavar="CHANNEL",
        help="phone, email, chat, visit, web or other.",
        autocompletion=lambda: list(CHANNELS),
    ),
]
Cause = Annotated[str | None, typer.Option("--cause", metavar="TEXT", help="What brought it about, without blame.")]
Contact = Annotated[str | None, typer.Option("--contact", metavar="TEXT", help="Whom to talk to at the customer's.")]
At = Annotated[str | None, typer.Option("--at", metavar="WHEN", help="As it was at this moment.")]
Since = Annotated[str | None, typer.Option("--since", metavar="WHEN", help="Only from this moment on.")]
FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on", metavar="WHAT", help="End with 1 when there is any: overdue.", autocompletion=lambda: ["overdue"]
    ),
]
AllowPast = Annotated[bool, typer.Option("--allow-past", help="Accept a due moment that has passed.")]

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="table, json, jsonl, csv, tsv, md or html.",
        autocompletion=lambda: ["table", "json", "jsonl", "csv", "tsv", "md", "html"],
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Walk = Annotated[bool, typer.Option("--walk", help="Go through them one at a time, one key each.")]
Limit = Annotated[str | None, typer.Option("--limit", metavar="N", help="At most so many rows; 0 is all.")]
RequestId = Annotated[
    str | None,
    typer.Option("--request-id", metavar="ID", help="Name this request: sent twice, it is answered, not done twice."),
]
IfVersion = Annotated[
    str | None, typer.Option("--if-version", metavar="N", help="Only if the case still has this version.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")]
