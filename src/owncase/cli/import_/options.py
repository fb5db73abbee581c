"""What every import of a file takes, written once."""

from typing import Annotated

import typer

FORMS = ("csv", "tsv", "json", "jsonl", "todo.txt", "vcf")

File = Annotated[
    str, typer.Argument(metavar="FILE", help="A CSV, TSV, JSON, JSON Lines, todo.txt or vCard file; - is stdin.")
]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=COLUMN", help="Which column is which field: owner=Rep,next=Step. Repeatable."),
]
MappingName = Annotated[
    str | None, typer.Option("--mapping", metavar="NAME", help="A mapping that is known: github, jira, zendesk, …")
]
SaveMapping = Annotated[
    str | None, typer.Option("--save-mapping", metavar="NAME", help="Remember what --map said under this name.")
]
From = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="FORMAT", help=f"{', '.join(FORMS[:-1])} or {FORMS[-1]}.", autocompletion=lambda: list(FORMS)
    ),
]
Dates = Annotated[
    str | None,
    typer.Option(
        "--dates",
        metavar="ORDER",
        help="How dates are written: dmy, mdy, ymd, or a pattern such as '%d %b %Y'.",
        autocompletion=lambda: ["dmy", "mdy", "ymd"],
    ),
]
Source = Annotated[
    str | None, typer.Option("--source", metavar="NAME", help="What the other tracker is called; else the file's name.")
]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Leave refused rows out, and take the others.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it; without it you only see what would be done.")]
