"""An answer is quick because of what is not imported: counted in modules, which is the same on every machine."""

import subprocess
import sys
from pathlib import Path

import pytest

import owncase

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
)
RUN = """
import sys
sys.argv = ["owncase", *{words!r}]
from owncase.__main__ import main
code = main()
print(code, *sorted(sys.modules), file=sys.stderr)
"""


def imported_by(*words: str, environ: dict[str, str] | None = None) -> set[str]:
    """The modules that one command line has loaded when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(words=words)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        env=environ,
    )
    code, *modules = done.stderr.splitlines()[-1].split()
    assert code == "0", done.stderr
    return set(modules)


@pytest.mark.parametrize("words", [["--version"], ["--help"], [], ["promise", "--help"], ["show", "--help"]])
def test_help_and_version_load_nothing_heavy(words: list[str]) -> None:
    assert imported_by(*words).isdisjoint(HEAVY)


def test_version_alone_loads_no_parser() -> None:
    assert imported_by("--version").isdisjoint({"typer", "sqlite3", "json", "inspect"})


def test_help_of_the_whole_imports_no_command() -> None:
    commands = {name for name in imported_by("--help") if name.startswith("owncase.cli.")}
    allowed = ("complete", "context", "elsewhere", "everywhere", "lazy", "main", "signals", "tree")
    assert commands == {f"owncase.cli.{name}" for name in allowed}


def test_a_shell_that_is_piped_draws_no_prompt() -> None:
    assert imported_by("shell").isdisjoint(HEAVY)


def test_nothing_but_the_shell_draws_a_prompt() -> None:
    root = Path(owncase.__file__).parent
    named = {
        file.relative_to(root).parent for file in root.rglob("*.py") if "prompt_toolkit" in file.read_text("utf-8")
    }
    assert named == {Path("cli/shell")}


def test_completion_of_commands_loads_nothing_heavy() -> None:
    import os

    line = {"_OWNCASE_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "owncase re"}
    modules = imported_by(environ={**os.environ, **line})
    assert not any(name.startswith("rich.") for name in modules)
    assert modules.isdisjoint(set(HEAVY) - {"rich"})
