"""`owncase store check`: 0 when all is sound, 5 when history does not verify, 1 when only what is derived is wrong."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Annotated

import typer

from owncase.cli.context import desk_of, tell, world_of
from owncase.cli.options import Format, Json
from owncase.cli.output import show
from owncase.cli.store.columns import CHECK
from owncase.errors import BadData, NotFound, OwncaseError, Unhealthy, Unsound
from owncase.render.safe import safe
from owncase.render.sheet import Card
from owncase.store import heads, place
from owncase.store.check import check
from owncase.store.connection import connect
from owncase.store.findings import Findings

Against = Annotated[
    str | None,
    typer.Option("--against", metavar="FILE", help="A text with `owncase store head` lines in it; - reads stdin."),
]


class NoHeads(BadData):
    """The text given to check against names no head."""


class StoreReplaced(Unsound):
    """The heads that were kept elsewhere are of another store than the one in this place."""


class NoSuchFile(NotFound):
    """There is no file of this name."""


def command(ctx: typer.Context, against: Against = None, format: Format = None, json: Json = False) -> None:
    """Check that history, tables and rules agree."""
    desk = desk_of(ctx)
    path = place.existing(desk.store)
    if against not in {None, "-"} and not Path(str(against)).exists():
        raise NoSuchFile(f"there is no file {against}", fix="owncase store head > FILE keeps one")
    findings = check(path, seen=_seen(ctx, path, against))
    if format is None and not json:
        _say(ctx, findings)
    else:
        show(ctx, Card(_row(findings), CHECK), format, json=json)
    if findings.sound:
        heads.remember(desk.heads_dir, heads.Head(findings.store, findings.seq, findings.hash))
        return
    raise typer.Exit(Unhealthy.exit if findings.history_sound else Unsound.exit)


def _seen(ctx: typer.Context, path: Path, against: str | None) -> list[heads.Head]:
    """What was seen of this store: remembered here, and named in the text given, which must name it."""
    named = _named(ctx, against) if against is not None else []
    store = ""
    with suppress(OwncaseError, sqlite3.Error), closing(connect(path, readonly=True)) as connection:
        store = heads.head_of(connection).store
    known = heads.remembered(desk_of(ctx).heads_dir, store)
    ours = [head for head in named if store in {head.store, ""}]
    if named and not ours:
        raise StoreReplaced(
            f"the heads given are of the store {named[0].store[:8]}, and {store[:8]} is here",
            fix="find out who put another store in its place",
        )
    return ours if known is None else [known, *ours]


def _named(ctx: typer.Context, against: str) -> list[heads.Head]:
    found = heads.lines_in(_text(ctx, against))
    if not found:
        raise NoHeads(
            "no line there is one that `owncase store head` prints", fix="owncase store head > FILE keeps one"
        )
    return found


def _text(ctx: typer.Context, against: str) -> str:
    return world_of(ctx).stdin.read() if against == "-" else Path(against).read_text("utf-8", "replace")


def _say(ctx: typer.Context, findings: Findings) -> None:
    more = [f"and {findings.left_out} more"] if findings.left_out else []
    found = [f"{finding.kind}: {safe(finding.message)}" for finding in findings.found]
    world_of(ctx).stdout.write("".join(f"{line}\n" for line in (findings.verdict(), *found, *more)))
    for note in findings.notes:
        tell(ctx, safe(note))


def _row(findings: Findings) -> dict[str, object]:
    return {
        "sound": findings.sound, "history_sound": findings.history_sound, "verdict": findings.verdict(),
        "store": findings.store, "events": findings.seq, "hash": findings.hash, "texts": findings.texts,
        "rows": findings.rows, "sound_to": findings.sound_to,
        "findings": [{"kind": one.kind, "event": one.seq, "message": one.message} for one in findings.found],
        "left_out": findings.left_out, "notes": findings.notes, "redacted": findings.redacted,
    }  # fmt: skip
