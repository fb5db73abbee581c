"""Whatever ends a command early becomes one line on stderr and an exit code; there is no other place that does this."""

import json
import re
from itertools import pairwise
from typing import Any, TextIO

import typer

from owncase.cli import trouble
from owncase.cli.context import Invocation
from owncase.cli.signals import Terminated
from owncase.errors import DiskTrouble, OwncaseError, Unavailable
from owncase.render.fitted import fitted
from owncase.render.safe import safe

_MOMENT = re.compile(r"\b2[01]\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
BROKEN_PIPE, INTERRUPTED, TERMINATED = 141, 130, 143


def report(error: BaseException, words: list[str], invocation: Invocation) -> int:
    """Tell what happened, on stderr, and give the exit code for it."""
    match error:
        case SystemExit():
            return error.code if isinstance(error.code, int) else 0
        case BrokenPipeError():
            return BROKEN_PIPE  # whoever read the answer has read enough
        case KeyboardInterrupt() | typer.Abort():
            return _stopped("interrupted", INTERRUPTED, invocation)
        case Terminated():
            return _stopped("terminated", TERMINATED, invocation)
        case typer.TyperException():
            problem = trouble.from_usage(error)
        case _:
            problem = trouble.as_owncase_error(error)
    if invocation.world.environ.get("OWNCASE_DEBUG"):
        _print_trace(error, invocation.world.stderr)
    _print(problem, invocation, as_json=wants_json(words))
    return problem.exit


def wants_json(words: list[str]) -> bool:
    """Whether the command line asks for JSON, judged without parsing it: it may be the very thing that is wrong."""
    options = words[: words.index("--")] if "--" in words else words
    asked = {"--json", "-fjson", "--format=json"}
    return any(word in asked for word in options) or any(
        word in ("-f", "--format") and value == "json" for word, value in pairwise(options)
    )


def _print(problem: OwncaseError, invocation: Invocation, *, as_json: bool) -> None:
    fix = problem.fix
    if invocation.committed:
        fix = f"the change is saved, do not repeat it: {invocation.committed}"
    elif invocation.sent_to and not isinstance(problem, Unavailable):
        fix = f"{fix}; {_unknown(invocation.sent_to)}" if fix else _unknown(invocation.sent_to)
    elif isinstance(problem, DiskTrouble):
        fix = f"nothing was changed; {fix}" if fix else "nothing was changed"
    if as_json:
        body: dict[str, Any] = {"code": problem.code, "message": problem.message, "fix": fix, "exit": problem.exit}
        body["committed"] = None if invocation.sent_to else invocation.committed is not None
        _write(invocation.world.stderr, json.dumps({"error": body}))
    else:
        world = invocation.world
        line = _line(_by_the_clock(problem.message, invocation), fix)
        _write(world.stderr, fitted(line, world.stderr, world.environ))


def _by_the_clock(message: str, invocation: Invocation) -> str:
    """The message with its moments by the clock of who reads it at a terminal; a fix is typed again, and stays."""
    if not invocation.world.stderr.isatty() or not _MOMENT.search(message):
        return message
    from owncase.domain.wallclock import zone_named  # few messages hold a moment
    from owncase.render.words import day_and_time

    try:
        zone = zone_named(invocation.zone)
        return _MOMENT.sub(lambda found: day_and_time(found[0], zone), message)
    except Exception:  # noqa: BLE001 - what went wrong may be the very store that knows the zone, or no moment at all
        return message


def _stopped(how: str, code: int, invocation: Invocation) -> int:
    saved = f"the change is saved: {invocation.committed}" if invocation.committed else "nothing was changed"
    _write(invocation.world.stderr, _line(how, _unknown(invocation.sent_to) if invocation.sent_to else saved))
    return code


def _unknown(machine: str) -> str:
    return f"look on {machine} before you repeat a change"


def _line(message: str, fix: str | None) -> str:
    return " — ".join(safe(part, one_line=True) for part in (f"owncase: {message}", fix) if part)


def _write(stderr: TextIO, line: str) -> None:
    try:
        "—".encode(getattr(stderr, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        line = line.replace("—", "-")
    try:
        stderr.write(f"{line}\n")
        stderr.flush()
    except (OSError, ValueError):
        return  # nobody can be told; the exit code still tells


def _print_trace(error: BaseException, stderr: TextIO) -> None:
    import traceback  # only a debugging run needs it

    traceback.print_exception(error, file=stderr)
