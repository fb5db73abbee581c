"""What Tab offers at the prompt is what the commands themselves declare: verbs, options, cases, people, customers."""

import shlex
from collections.abc import Iterator
from typing import Any

from prompt_toolkit.completion import (  # noqa: TID253 - this module is imported at a terminal alone
    CompleteEvent,
    Completer,
    Completion,
)
from prompt_toolkit.document import Document  # noqa: TID253 - this module is imported at a terminal alone
from typer._click.shell_completion import _resolve_context, _resolve_incomplete

from owncase.cli.main import root
from owncase.cli.shell.lines import BLANKS, PROGRAM, words
from owncase.cli.shell.session import LEAVING, Session
from owncase.render.safe import safe

OWN = {"help": "Say how lines are read, and what keys do.", **dict.fromkeys(LEAVING, "Leave the shell.")}


class Candidates(Completer):
    """Completes the word before the cursor."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Every way to complete the word at hand; none rather than an error."""
        before, typed, start = self._at(document.text_before_cursor)
        own = [] if before else [(word, what) for word, what in OWN.items() if word.startswith(typed)]
        found = own + [(item.value, item.help or "") for item in self._candidates(before, typed)]
        for value, what in found:
            taken = start + typed.index("=") + 1 if _is_value(typed, value) else start
            text = shlex.quote(value) + " " * (len(found) == 1)  # the next word can be typed at once
            yield Completion(text, start_position=taken, display=safe(value), display_meta=safe(what))

    def _candidates(self, before: list[str], typed: str) -> list[Any]:
        """What the command at hand offers."""
        line = self.session.invocation()
        try:
            within = _resolve_context(root(self.session.world), {"obj": line}, PROGRAM, before)
            thing, typed = _resolve_incomplete(within, before, typed)
            return thing.shell_complete(within, typed)
        except Exception:  # noqa: BLE001 - a Tab key must never print an error into somebody's line
            return []
        finally:
            line.close()

    @staticmethod
    def _at(line: str) -> tuple[list[str], str, int]:
        """The words before the one that is typed, that word, and where it begins as seen from the cursor."""
        found = words(line)
        last = found.pop() if found and (found[-1].open or line[-1] not in BLANKS) else None
        before = [word.text for word in found]
        if before[:1] in ([PROGRAM], ["help"]):
            del before[0]
        return before, last.text if last else "", last.start - len(line) if last else 0


def _is_value(typed: str, candidate: str) -> bool:
    """Whether the value of an option is completed, as in `--as=da`."""
    return typed.startswith("-") and "=" in typed and not candidate.startswith("-")
