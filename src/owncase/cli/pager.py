"""A text longer than the screen goes through the reader's pager; quitting the pager is no error."""

import shlex
import subprocess

from owncase.bootstrap import World


def page(world: World, chosen: str, text: str) -> None:
    """Show a text through the chosen pager, else $PAGER, else less; where there is none, print it."""
    command = chosen or world.environ.get("PAGER") or "less"
    try:
        subprocess.run(  # noqa: S603 - the reader chooses the pager
            shlex.split(command),
            input=text,
            text=True,
            encoding="utf-8",
            env={"LESS": "FRX", "LESSCHARSET": "utf-8", **world.environ},
            check=False,
        )
    except BrokenPipeError:
        return
    except (OSError, ValueError):
        world.stdout.write(text)
