"""The registry of commands tells the truth: every entry resolves, and its help is the command's own first line."""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import owncase.cli
from owncase.cli.tree import COMMANDS, Branch, Verb, module_of

CLI = Path(owncase.cli.__file__).parent
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def leaves(
    verbs: Mapping[str, Verb | Branch] = COMMANDS, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Verb]]:
    for name, verb in verbs.items():
        if isinstance(verb, Branch):
            yield from leaves(verb.verbs, (*path, name))
        else:
            yield (*path, name), verb


EVERY = pytest.mark.parametrize(("path", "verb"), [pytest.param(*leaf, id=" ".join(leaf[0])) for leaf in leaves()])


@EVERY
def test_the_registry_says_what_the_command_says(path: tuple[str, ...], verb: Verb) -> None:
    command = import_module(module_of(path)).command
    assert (inspect.getdoc(command) or "").splitlines()[0] == verb.help


@EVERY
@pytest.mark.parametrize("terminal", [False, True], ids=["piped", "terminal"])
def test_every_command_explains_itself(
    path: tuple[str, ...], verb: Verb, terminal: bool, run: Callable[..., Any]
) -> None:
    for flag in ("-h", "--help"):
        code, stdout, stderr = run(*path, flag, terminal=terminal)
        assert (code, stderr) == (0, "")
        plain = COLOURS.sub("", stdout)
        assert " ".join(path) in plain
        assert "--store" in plain


def test_every_command_module_is_in_the_registry() -> None:
    """A module under cli/ with a `command` is reachable by the path that its folder and name say."""
    known = {module_of(path) for path, _ in leaves()}
    written = {
        ".".join(("owncase.cli", *file.relative_to(CLI).with_suffix("").parts)).removesuffix(".__init__")
        for file in CLI.rglob("*.py")
        if "\ndef command(" in file.read_text("utf-8")
    }
    assert written <= known
