"""A missing answer is asked for where somebody can answer, and is a usage error anywhere else."""

from collections.abc import Callable
from typing import Any

import pytest
import typer

from owncase.bootstrap import World
from owncase.cli.context import Invocation, answer, text_argument
from owncase.cli.main import root
from owncase.errors import BadData, UsageProblem


@pytest.fixture
def ctx(world: Callable[..., World]) -> Callable[..., Any]:
    """A context in a world with these facts."""

    def make(**facts: Any) -> typer.Context:
        at = world(**facts)
        return root(at).make_context("owncase", [], obj=Invocation(at))  # type: ignore[return-value]

    return make


def test_a_terminal_is_asked(ctx: Callable[..., Any]) -> None:
    here = ctx(terminal=True, stdin="\n  call Pat \n")
    assert answer(here, "What happens next?", "-n") == "call Pat"
    assert here.obj.world.stderr.getvalue() == "What happens next? What happens next? "


def test_enter_takes_the_default(ctx: Callable[..., Any]) -> None:
    assert answer(ctx(terminal=True, stdin="\n"), "Next action", "-n", default="call Pat") == "call Pat"


def test_elsewhere_the_flag_is_named(ctx: Callable[..., Any]) -> None:
    with pytest.raises(UsageProblem, match="missing: What happens next") as refusal:
        answer(ctx(stdin="call Pat\n"), "What happens next?", "-n ACTION")
    assert refusal.value.fix == "say it with -n ACTION"


def test_no_input_is_obeyed_on_a_terminal(ctx: Callable[..., Any]) -> None:
    here = ctx(terminal=True, stdin="call Pat\n")
    here.obj.may_ask = False
    with pytest.raises(UsageProblem):
        answer(here, "What happens next?", "-n")


def test_a_dash_is_stdin_and_has_an_end(ctx: Callable[..., Any]) -> None:
    assert text_argument(ctx(stdin="two\nlines\n"), "-") == "two\nlines"
    assert text_argument(ctx(stdin="unread"), "said") == "said"
    with pytest.raises(BadData):
        text_argument(ctx(stdin="é" * 40_000), "-")
