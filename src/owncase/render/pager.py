"""A text longer than the screen goes through the reader's own pager; leaving it early is no error."""

import shlex
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TextIO


def pager_of(environ: Mapping[str, str], stream: TextIO) -> Callable[[str], None] | None:
    """Who pages: OWNCASE_PAGER, PAGER or `less`; None where that is empty or `cat`. Falls back to the stream."""
    command = environ.get("OWNCASE_PAGER", environ.get("PAGER", "less"))
    words = shlex.split(command)
    if not words or words == ["cat"]:
        return None
    settings = {"LESS": "FRX", **environ}

    def page(text: str) -> None:
        try:
            reader = subprocess.Popen(words, stdin=subprocess.PIPE, env=settings)  # noqa: S603 - the user's own choice
        except OSError:
            stream.write(text)
            return
        with suppress(BrokenPipeError, KeyboardInterrupt):
            reader.communicate(text.encode("utf-8", "backslashreplace"))
        reader.wait()

    return page
