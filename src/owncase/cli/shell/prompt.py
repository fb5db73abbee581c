"""At a terminal: a line editor with history and completion, and a prompt that says who you are and what waits."""

from functools import partial
from pathlib import Path
from typing import Any

from prompt_toolkit import Application, PromptSession  # noqa: TID253 - this module is imported at a terminal alone
from prompt_toolkit.formatted_text import StyleAndTextTuples  # noqa: TID253 - this module is imported at a terminal alone
from prompt_toolkit.input import create_input  # noqa: TID253 - this module is imported at a terminal alone
from prompt_toolkit.key_binding import (  # noqa: TID253 - this module is imported at a terminal alone
    KeyBindings,
    KeyPressEvent,
)
from prompt_toolkit.keys import Keys  # noqa: TID253 - this module is imported at a terminal alone
from prompt_toolkit.output import ColorDepth, create_output  # noqa: TID253 - this module is imported at a terminal alone

from owncase.cli.boundary import TERMINATED
from owncase.cli.context import Invocation
from owncase.cli.shell.candidates import Candidates
from owncase.cli.shell.past_lines import PastLines
from owncase.cli.shell.session import Session
from owncase.cli.signals import Terminated, passed_on
from owncase.queries.store_facts import store_facts
from owncase.queries.waiting import overdue, waits_for
from owncase.render.safe import ascii_only, safe
from owncase.render.terminal import Terminal, terminal_of

NOBODY = "owncase"


def run_prompt(said: Invocation) -> int:
    """Ask for lines and run them until somebody leaves."""
    session = Session(said.world, said)
    screen = terminal_of(said.world.stdout, said.world.environ)
    typing = editor(session, screen)
    while not session.over:
        try:
            line = ask(typing, prompt_of(session, screen))
        except KeyboardInterrupt:
            continue
        except EOFError:
            break
        if session.run_line(line) == TERMINATED:
            return TERMINATED
    session.close()
    return 0


def editor(session: Session, screen: Terminal) -> "PromptSession[str]":
    """A line editor with what may be typed in this session, and what was."""
    return PromptSession(
        input=create_input(session.world.stdin),
        output=create_output(session.world.stdout),
        color_depth=None if screen.color else ColorDepth.DEPTH_1_BIT,
        completer=Candidates(session),
        complete_while_typing=False,
        history=PastLines(_file_of(session)),
        enable_history_search=True,
        enable_suspend=True,
        key_bindings=_keys(),
    )


def ask(typing: "PromptSession[str]", message: StyleAndTextTuples) -> str:
    """The next line. Raises EOFError, KeyboardInterrupt and Terminated.

    Raised by a signal in the midst of drawing, Terminated would be taken for a fault of the editor, and lost.
    """
    with passed_on(partial(_leave, typing.app)):
        return typing.prompt(message)


def _leave(app: Application[str]) -> None:
    if app.loop is None:
        raise Terminated  # before the first key, or after the last
    app.loop.call_soon_threadsafe(lambda: app.future is None or app.future.done() or app.exit(exception=Terminated()))


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add(Keys.BracketedPaste)
    def paste(event: KeyPressEvent) -> None:
        """What is pasted becomes one line: nobody's mail runs as commands."""
        event.current_buffer.insert_text(" ".join(event.data.split("\n")).replace("\r", ""))

    return keys


def _file_of(session: Session) -> Path | None:
    """Where the lines for this store are kept; nowhere without a store."""
    line = session.invocation()
    try:
        store = store_facts(line.desk.reader)["store"]
        return line.settings.lines_of(store)
    except Exception:  # noqa: BLE001 - the first command says what is wrong
        return None
    finally:
        line.close()


def prompt_of(session: Session, screen: Terminal) -> StyleAndTextTuples:
    """`rob 3 · 2 to ack · 1 overdue> `: who acts, the exit code unless it is 0, and what waits."""
    who, waits = _standing(session)
    parts: list[tuple[str, str]] = [("bold", safe(who))]
    if session.code:
        parts.append(("fg:ansired", f" {session.code}"))
    parts += [part for style, text in waits for part in (("", " · "), (style, text))]
    parts.append(("bold", "> "))
    return [(style, text if screen.unicode else ascii_only(text)) for style, text in parts]


def _standing(session: Session) -> tuple[str, list[tuple[str, str]]]:
    line = session.invocation()
    try:
        me: Any = line.desk.me_if_known
        if me is None:
            return NOBODY, []
        now = line.desk.now()
        offers, back = waits_for(line.desk.reader, me.id, now)
        late = overdue(line.desk.reader, me.id, now)
    except Exception:  # noqa: BLE001 - the next command says what is wrong
        return NOBODY, []
    finally:
        line.close()
    counts = (("bold", offers, "to ack"), ("bold", len(back), "came back"), ("fg:ansired", late, "overdue"))
    return me.handle, [(style, f"{number} {what}") for style, number, what in counts if number]
