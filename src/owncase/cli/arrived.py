"""A line that another machine sent (`cli/over_ssh.py`) says how much stdin comes with it, and waits for all of it.

Else a connection that breaks off would look like the end of a text, and half of it would be noted.
"""

import os
from tempfile import TemporaryFile
from typing import TextIO

from owncase.errors import Unavailable, UsageProblem

CHUNK = 64 * 1024
AT_TERMINAL = "tty"


class CutOff(Unavailable):
    """What came on stdin is not all that was sent."""


def take_stdin(stdin: TextIO, said: str) -> None:
    """Put all of stdin, `said` bytes of it, in the place of a stream that may still break off."""
    if said in {AT_TERMINAL, "0"}:
        return
    if not (said.isascii() and said.isdigit()):
        raise UsageProblem("--here is said by owncase on another machine, with the size of stdin", fix="leave it out")
    with TemporaryFile() as whole:
        missing = int(said)
        while missing and (chunk := os.read(stdin.fileno(), min(missing, CHUNK))):
            missing -= whole.write(chunk)
        if missing:
            raise CutOff(f"stdin broke off, {missing} bytes are missing", fix="run it again")
        whole.seek(0)
        os.dup2(whole.fileno(), stdin.fileno())
