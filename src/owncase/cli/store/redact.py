"""`owncase store redact CASE|CUSTOMER|PERSON`: what people wrote is removed for good, once it is over."""

from typing import Annotated, Any

import typer

from owncase.actions import typed
from owncase.cli.context import answer, desk_of, settings_of, tell
from owncase.cli.options import Because, DryRun, Format, Json, RequestId
from owncase.cli.output import show
from owncase.cli.receipt import say
from owncase.cli.store.columns import REDACTED
from owncase.cli.written import Writing
from owncase.errors import NotFound, UsageProblem
from owncase.queries.lookup import case_number_of, reads_as_number
from owncase.queries.redactions import plain_digests, redaction
from owncase.render.safe import safe
from owncase.render.sheet import Card
from owncase.store import place
from owncase.store.copies import copies_beside
from owncase.store.engine import AlreadyDone
from owncase.store.heads import head_of
from owncase.store.redact import Part, Target, redact, would_redact

Named = Annotated[str, typer.Argument(metavar="CASE|CUSTOMER|PERSON", help="Number of a case, a key, or a handle.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without being asked.")]
KEPT = {"customer": "key", "person": "handle"}
FIND = "what was written elsewhere is not looked for: owncase find WORDS"


class NobodyOfThisName(NotFound):
    """The name is no customer's and no person's."""


def command(
    ctx: typer.Context,
    target: Named,
    because: Because = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    request_id: RequestId = None,
    format: Format = None,
    json: Json = False,
) -> None:
    """Remove what people wrote about something that is over, for good.

    A case has ended. A customer goes with its cases, none of which is open. Of
    a person who has left go name, e-mail, phone and place. Numbers, keys,
    handles and external ids stay, and who removed how many texts, when and why.
    """
    if yes and dry_run:
        raise UsageProblem("--yes and --dry-run say different things", fix="give one of them")
    work = Writing(ctx, request_id, None, format, json)
    because = work.text("because", because)
    meant = _meant(ctx, target)
    try:
        once, parts = work.once, would_redact(work.desk, meant)
        seq = None
        if parts and not dry_run:
            reason = typed.note(work.answer(because, "because", "--because TEXT"), "reason")
            if not yes:
                _is_sure(ctx, f"Remove {_texts(_count(parts))} of {_of(meant, target)} for good?")
            seq = redact(work.desk, meant, reason, request=once.request, digest=once.digest)
    except AlreadyDone as before:
        parts, seq = [], before.event
        tell(ctx, "already done")
    row = {"target": target, "what": meant.what, "dry_run": dry_run, **_result(ctx, meant, parts, seq)}
    row["lines_forgotten"] = not dry_run and _forgets_lines(ctx)
    if work.shape.plain:
        _say(ctx, row, _of(meant, target))
    else:
        show(ctx, Card(row, REDACTED), format, json=json)


def _meant(ctx: typer.Context, name: str) -> Target:
    """Only a whole name counts: no words are looked for, where what is found is gone."""
    reader = desk_of(ctx).reader
    if reads_as_number(name):
        return Target("case", case_number_of(reader, name))
    if row := reader.one("SELECT id FROM customer WHERE key = :name", name=name):
        return Target("customer", row["id"])
    if row := reader.one("SELECT id FROM person WHERE handle = :name", name=name):
        return Target("person", row["id"])
    raise NobodyOfThisName(f"there is no customer or person {name!r}", fix="owncase customer list; owncase person list")


def _is_sure(ctx: typer.Context, question: str) -> None:
    if answer(ctx, f"{question} It cannot be undone (yes, no)", "--yes").casefold() not in {"y", "yes"}:
        tell(ctx, "nothing was removed")
        raise typer.Exit


def _result(ctx: typer.Context, meant: Target, parts: list[Part], seq: int | None) -> dict[str, Any]:
    """What went, or would go, and where it may still stand."""
    desk = desk_of(ctx)
    cases = sorted({part.case for part in parts if part.case is not None})
    row: dict[str, Any] = {"texts": _count(parts), "cases": cases, "events": [], "at": None, "because": None}
    if seq is not None:
        row |= redaction(desk.reader, seq)
    subject = None if meant.what == "case" else meant.id
    row["digests_left"] = plain_digests(desk.reader, row["cases"], subject)
    store = place.existing(desk.store)
    row["copies"] = [str(path) for path in copies_beside(store, head_of(desk.reader.connection).store)]
    return row


def _forgets_lines(ctx: typer.Context) -> bool:
    """What was typed in the shell may hold the texts in any spelling. That is forgotten whole, and says so."""
    lines = settings_of(ctx).lines_of(head_of(desk_of(ctx).reader.connection).store)
    try:
        lines.unlink()
    except OSError:
        return False
    return True


def _say(ctx: typer.Context, row: dict[str, Any], of: str) -> None:
    if not row["texts"]:
        say(ctx, f"no text of {of} is left")
        return
    what = f"{_texts(row['texts'])} of {of}"
    say(ctx, f"would remove {what} for good" if row["dry_run"] else f"removed {what} for good")
    for copy in row["copies"]:
        tell(ctx, f"an older copy still holds them: {safe(copy)}")
    if row["lines_forgotten"]:
        tell(ctx, "the lines that you typed in the shell are forgotten; those of others stay with them")
    if row["digests_left"]:
        tell(ctx, f"digests of what was typed stay in events of an older owncase: {row['digests_left']}")
    if row["what"] != "case":
        tell(ctx, f"the {KEPT[row['what']]} {of} stays, also in history")
    tell(ctx, FIND)


def _count(parts: list[Part]) -> int:
    return sum(len(part.commitments) for part in parts)


def _texts(count: int) -> str:
    return f"{count:,} text{'' if count == 1 else 's'}"


def _of(meant: Target, name: str) -> str:
    return f"case {meant.id}" if meant.what == "case" else safe(name)
