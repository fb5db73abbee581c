"""A question never pays for the writing way: asked in one process, no read loads the ORM, and none Rich."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

HEAVY = (
    "prompt_toolkit",
    "rich",
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "asyncio",
    "platformdirs",
    "tomlkit",
    "tzlocal",
    "hashlib",
    "owncase.domain.values",
)
QUESTIONS = (
    *(
        "next",
        "next --json",
        "inbox",
        "inbox --all",
        "show 1",
        "list",
        "list --status all --sort urgency",
        "find damaged",
    ),
    *("who 1", "who norfolk", "who ada --at now", "history 1", "history norfolk --since yesterday", "promise list"),
    *(
        "report owners",
        "report owners --at now",
        "report customers",
        "report handoffs",
        "report daily",
        "report calls",
        "person list",
        "customer list",
        "contact list",
        "contact list norfolk",
        "duty list",
        "duty list --at now",
        "duty check",
        "playbook list",
        "helper damaged --customer norfolk --place berlin",
    ),
    *("person show ada", "customer show norfolk", "show 1 -f csv", "list -f jsonl"),
)
ASK = """
import sys
from owncase import bootstrap
from owncase.cli.main import run
world = bootstrap.real_world()._replace(os_user="ada")
for words in {questions!r}:
    code = run(["--store", {store!r}, *words.split()], world)
    loaded = [name for name in {heavy!r} if name in sys.modules]
    assert code == 0 and not loaded, (words, code, loaded)
"""


def test_no_read_loads_what_only_writing_or_a_terminal_needs(run: Callable[..., Any], tmp_path: Path) -> None:
    store = str(tmp_path / "team.db")
    run("--store", store, "init", "--me", "ada", "--name", "Ada Lund", "--zone", "Europe/Berlin")
    run("--store", store, "customer", "add", "norfolk", "--name", "Norfolk Storage")
    opened = ("open", "Devices damaged", "-c", "norfolk", "-n", "Call Pat", "-d", "+1d", "--keep")
    assert run("--store", store, *opened, "--promise", "New ones", "--by", "+2d").exit == 0
    assert run("--store", store, "call", "1", "Where is it?", "--whom", "Pat", "--answered", "On the truck").exit == 0
    assert run("--store", store, "duty", "add", "ada", "2026-11-23", "2026-12-23").exit == 0
    script = ASK.format(questions=QUESTIONS, store=store, heavy=HEAVY)
    environ = {**os.environ, "HOME": str(tmp_path / "other")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environ, check=False)
    assert done.returncode == 0, done.stderr


CARD = """
import os, sys
from owncase import bootstrap
from owncase.cli.main import run
class Out:
    encoding = "utf-8"
    def isatty(self): return False
    def write(self, text): self.loaded = self.loaded or [name for name in {heavy!r} if name in sys.modules]
    loaded = []
    def flush(self): os.write(1, f"flushed with {{self.loaded}}".encode())
world = bootstrap.real_world()._replace(os_user="ada", stdout=Out())
sys.exit(run(["--store", {store!r}, "call", "norfolk", "Where is it?", "--answered", "There"], world))
"""


def test_the_card_of_a_call_is_out_before_what_writes_is_imported(run: Callable[..., Any], tmp_path: Path) -> None:
    store = str(tmp_path / "team.db")
    run("--store", store, "init", "--me", "ada", "--name", "Ada Lund", "--zone", "Europe/Berlin")
    run("--store", store, "customer", "add", "norfolk", "--name", "Norfolk Storage")
    script = CARD.format(store=store, heavy=HEAVY)
    environ = {**os.environ, "HOME": str(tmp_path / "home")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environ, check=False)
    assert done.stdout.startswith("flushed with []"), done.stderr
    assert done.returncode == 0
