"""The walk that the guide shows is one that was really walked."""

import importlib.util
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from owncase.bootstrap import World
from owncase.cli.main import run

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "guide" / "a-day.md"
HEADING = "## Walking through what waits"
BEFORE = """
rob$ owncase init --me rob --name "Rob Hale"
rob$ owncase person add dana --name "Dana Cole" --login dana --manager rob
rob$ owncase customer add norfolk --name "Norfolk Freight" --contact "Pat Moore" --phone "+44 1603 555999" --second dana
rob$ owncase open "Pallet 7 arrived wet" -c norfolk -n "Ask Pat for photos" -d 09:30
dana$ owncase open "Drives fail in cold" -c norfolk -n "Ask for serials" -d tomorrow --promise "A loan unit" --by fri
dana$ owncase note 1 "Pat rang: two pallets, not one"
"""
TYPED = ("a", "y", "Ask Pat for the serial numbers", "d", "Send the photos to the insurer", "tomorrow 11:00")


class Screen(io.StringIO):
    """A terminal with somebody at it, whose answers are seen as they are typed; keys the walk shows itself."""

    encoding = "utf-8"

    def __init__(self, typed: tuple[str, ...]) -> None:
        super().__init__()
        self.typed = list(typed)

    def isatty(self) -> bool:
        return True

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        if not self.typed:
            return ""
        line = self.typed.pop(0)
        at_keys = self.getvalue().endswith("[?]: ")
        self.write("" if at_keys else f"{line}\n")
        return f"{line}\n"


def walked(folder: Path) -> str:
    """What the walk of the page shows."""
    spec = importlib.util.spec_from_file_location("examples", ROOT / "docs" / "examples.py")
    assert spec is not None
    assert spec.loader is not None
    examples: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(examples)
    examples.Page(folder).rewrite(f"```console\n# 2026-11-24 09:00\n{BEFORE}```\n")
    screen = Screen(TYPED)
    environ = {
        "OWNCASE_STORE": str(folder / "store.db"), "COLUMNS": "80", "NO_COLOR": "1", "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "rob"),
    }  # fmt: skip
    later = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    assert run(["next", "--walk"], World(environ, folder, "rob", lambda: later, lambda: "UTC", *[screen] * 3)) == 0
    return f"$ owncase next --walk\n{screen.getvalue()}"


def test_the_guide_shows_a_walk_that_was_walked(tmp_path: Path) -> None:
    shown = PAGE.read_text("utf-8").split(f"{HEADING}\n")[1].split("```text\n")[1].split("```")[0]
    assert shown == walked(tmp_path)
