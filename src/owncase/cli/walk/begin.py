"""`--walk`: begin a walk through a list, or resume it where it stopped today, and say at the end what came of it."""

from pathlib import Path
from typing import NamedTuple

import typer

from owncase.cli.context import can_ask, desk_of, settings_of, tell, world_of
from owncase.cli.receipt import say
from owncase.cli.signals import Terminated
from owncase.cli.walk.passed import forget, passed, remember
from owncase.cli.walk.route import Route
from owncase.cli.walk.screen import Screen
from owncase.cli.walk.standing import Rows, stops_of
from owncase.cli.walk.walking import DONE, Ended, walk
from owncase.errors import UsageProblem
from owncase.queries.store_facts import store_facts
from owncase.queries.today import day_of

INTERRUPTED, TERMINATED = 130, 143


class Way(NamedTuple):
    """What is walked through: `command` shows the same list at once, `name` names the walk among files.

    `beside` says that something was asked for which a walk cannot give.
    """

    command: str
    name: str
    rows: Rows
    empty: str
    limit: int = 0
    beside: bool = False


def walk_through(ctx: typer.Context, way: Way) -> None:
    """Walk. Raises UsageProblem where nobody can press a key, and `typer.Exit` when the walk was interrupted."""
    if way.beside:
        raise UsageProblem("--walk is for yourself at a terminal", fix=f"owncase {way.command} --walk")
    if not (can_ask(ctx) and world_of(ctx).stdout.isatty()):
        raise UsageProblem("--walk needs a terminal", fix=f"owncase {way.command} shows the same at once")
    desk, found = desk_of(ctx), way.rows()
    day = day_of(desk.zone, desk.now())[0]
    path = _file(ctx, way)
    route = Route(stops_of(desk, found[: way.limit or None]), passed(path, day))
    if route.is_over:
        forget(path)
        say(ctx, f"Nothing is left of {len(found)}; the next walk begins anew." if found else way.empty)
        return
    if route.resumed:
        tell(ctx, f"resuming: {route.resumed} passed already, [b]ack goes there")
    _walk(ctx, route, Screen(ctx, way.rows), path, day)


def _walk(ctx: typer.Context, route: Route, screen: Screen, path: Path, day: str) -> None:
    code = DONE
    try:
        walk(route, screen)
    except Ended as end:
        code = end.code
    except KeyboardInterrupt:
        code = INTERRUPTED
        screen.say("")
    except Terminated:
        raise typer.Exit(TERMINATED) from None  # there may be nobody left to tell
    finally:
        remember(path, day, [] if route.is_over else list(route.marks.values()))
    say(ctx, route.summary())
    raise typer.Exit(code)


def _file(ctx: typer.Context, way: Way) -> Path:
    desk = desk_of(ctx)
    return settings_of(ctx).folders.state / "walks" / f"{store_facts(desk.reader)['store']}-{desk.me.id}-{way.name}"
