"""The tutorial teaches by doing: each step waits until the store says that it is done, and nothing is left behind."""

import re
import shlex
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from owncase.cli.played import Step
from owncase.cli.tree import COMMANDS, Branch
from owncase.cli.tutorial import GREETING, WAYS, Course
from owncase.cli.tutorial_story import BEGIN, CHEATED, LESSONS, SETTING

Run = Callable[..., Any]
ALL = len(LESSONS)
PROMISE, TAKE_ON, MORNING = (
    next(number for number, lesson in enumerate(LESSONS, 1) if title in lesson.title)
    for title in ("A promise", "offers you a case", "next morning")
)
ASIDE = ("you", "owncase", "hint", "skip", "quit")
"""Quoted in the texts, and no command."""


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))


@pytest.fixture
def learn(run: Run) -> Callable[..., str]:
    """Sit through the tutorial, typing these lines; what the screen showed."""

    def sit(*lines: str, begin: int = 1, environ: dict[str, str] | None = None) -> str:
        typed = "".join(f"{line}\n" for line in lines)
        shown = run(
            "tutorial", "--from", str(begin), terminal=True, stdin=typed, environ={"NO_COLOR": "1", **(environ or {})}
        )
        assert (shown.exit, shown.stderr) == (0, "")
        return " ".join(shown.stdout.split())

    return sit


def by_hints(steps: Iterable[int]) -> Iterator[str]:
    """Each hint as it stands, and Enter to go on."""
    for number in steps:
        yield from (*LESSONS[number - 1].hint, "")


def test_each_step_is_done_by_its_own_hint_and_the_store_is_sound(
    learn: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    checked: list[tuple[int, str]] = []
    part = Course._part

    def check(course: Course) -> None:
        part(course)
        checked.append(course.days.team.play("carol", ("ack", "1"), course.days.at))
        checked.append(course.days.team.play("carol", ("store", "check"), course.days.at))

    monkeypatch.setattr(Course, "_part", check)
    shown = learn(*by_hints(range(1, ALL + 1)))
    for lesson in LESSONS:
        assert lesson.title in shown
        assert plain(lesson.reply) in shown
    assert "Still to do" not in shown
    assert "done that already" not in shown
    assert "their own way" not in shown
    assert "Error: rules 2 and 4" in shown
    assert "owncase init --me HANDLE --name NAME" in shown
    assert plain(CHEATED) in shown
    assert [code for code, _ in checked] == [0, 0]
    assert "closed by you, next owner carol" in checked[0][1]
    assert list((tmp_path / "tmp").iterdir()) == []
    assert list((tmp_path / "home").iterdir()) == []


def test_every_step_can_be_skipped(learn: Callable[..., str]) -> None:
    shown = learn(*("skip", "skip") * ALL)
    assert "That was all of it" in shown
    assert shown.count("you$ owncase") == sum(len(lesson.hint) for lesson in LESSONS)


@pytest.mark.parametrize("begin", range(1, ALL + 1))
def test_each_step_can_be_the_first(learn: Callable[..., str], begin: int) -> None:
    shown = learn(*by_hints([begin]), "quit", begin=begin)
    assert plain(LESSONS[begin - 1].reply) in shown


def test_what_came_of_it_counts_not_what_was_typed(learn: Callable[..., str]) -> None:
    """A question answered is as good as a flag, JSON as good as the receipt, and the prefix may be left away."""
    shown = learn('open "Wet pallet" -c norfolk --json', "Look at it", "15:00", "quit")
    assert plain(LESSONS[0].reply) in shown


def test_a_wrong_answer_is_told_what_is_still_to_do_and_the_second_one_the_ways_out(learn: Callable[..., str]) -> None:
    shown = learn("next", "owncase frobnicate", "hint", "quit")
    assert shown.count(f"Still to do: {LESSONS[0].todo}") == 2
    assert shown.count(plain(WAYS)) == 2
    assert LESSONS[0].hint[0] in shown


def test_going_on_is_left_to_the_learner(learn: Callable[..., str]) -> None:
    shown = learn(*LESSONS[0].hint, "show 2", "list", "", "quit")
    assert "Opened by you" in shown
    assert "Still to do" not in shown
    assert LESSONS[1].title in shown


def test_a_step_done_before_it_was_asked_for_is_seen(learn: Callable[..., str]) -> None:
    early = LESSONS[PROMISE - 1].hint[0]
    shown = learn("undo 2", early, "", "quit", begin=PROMISE - 1)
    assert "You have done that already." in shown


def test_cases_that_went_their_own_way_are_set_right_before_the_story_needs_them(learn: Callable[..., str]) -> None:
    shown = learn(LESSONS[TAKE_ON - 1].hint[0], "withdraw 2", "", *by_hints([MORNING]), "quit", begin=TAKE_ON)
    assert "their own way" in shown
    assert plain(LESSONS[MORNING - 1].reply) in shown


def test_a_step_that_has_become_impossible_can_be_skipped(learn: Callable[..., str]) -> None:
    shown = learn("decline 1 --reason no-capacity", "skip", "", "quit", begin=TAKE_ON)
    assert "their own way" in shown
    assert plain(LESSONS[TAKE_ON - 1].reply) in shown
    assert LESSONS[MORNING - 1].title in shown


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("owncase --store /tmp/other.db next", "a store of its own"),
        ("next --store=x", "a store of its own"),
        ("export /tmp/x.jsonl", "for a store of your own"),
        ("owncase store backup x", "for a store of your own"),
        ("tutorial", "for a store of your own"),
        ('note 2 "open', "is not closed"),
    ],
)
def test_what_would_reach_outside_is_refused_gently(learn: Callable[..., str], line: str, said: str) -> None:
    shown = learn(line, "quit")
    assert said in shown
    assert "Still to do" not in shown


def test_nothing_of_the_learners_own_store_and_settings_is_seen(
    learn: Callable[..., str], run: Run, tmp_path: Path
) -> None:
    mine = {"OWNCASE_STORE": str(tmp_path / "mine.db"), "OWNCASE_AS": "nobody", "EDITOR": "false"}
    shown = learn("config set limit 3", "config get store", *LESSONS[0].hint, "quit", environ=mine)
    assert plain(LESSONS[0].reply) in shown
    assert "mine.db" not in shown
    assert not (tmp_path / "mine.db").exists()
    assert list((tmp_path / "home").iterdir()) == []


def test_who_leaves_is_told_how_to_come_back(learn: Callable[..., str]) -> None:
    assert "owncase tutorial --from 3" in learn("quit", begin=3)
    assert "owncase tutorial --from 3" in learn(begin=3)  # the end of input, like Ctrl-D


def test_it_needs_a_terminal_and_a_step_that_exists(run: Run) -> None:
    code, stdout, stderr = run("tutorial")
    assert (code, stdout) == (2, "")
    assert stderr == "owncase: the tutorial needs a terminal — owncase demo shows the same without one\n"
    assert run("tutorial", "--from", "0", terminal=True).exit == 2
    assert run("tutorial", "--from", "x", terminal=True).exit == 2


def test_on_a_terminal_it_is_coloured_unless_unwanted(run: Run) -> None:
    assert "\x1b[" in run("tutorial", terminal=True, environ={"TERM": "xterm"}).stdout
    assert "\x1b" not in run("tutorial", terminal=True, environ={"TERM": "xterm", "NO_COLOR": "1"}).stdout


def test_every_command_that_it_names_exists_and_fits_a_narrow_screen() -> None:
    texts = [GREETING, WAYS, CHEATED, *(begin for begin, _ in BEGIN)]
    for lesson in LESSONS:
        forms = [f"owncase {pattern}" for pattern in lesson.pattern]
        texts += [lesson.words, lesson.todo, lesson.reply, *lesson.hint, *forms]
        assert all(len(line) <= 78 for line in [*lesson.hint, *forms])
    named = [shlex.split(command) for text in texts for command in re.findall(r"owncase ([a-z][^`]*)", text)]
    named += [
        quoted.split()
        for text in texts
        for quoted in re.findall(r"`(?!owncase )([a-z][^`]*)`", text)
        if quoted not in ASIDE
    ]
    played = [step.words for step in (*SETTING, *(step for lesson in LESSONS for step in lesson.meanwhile))]
    assert len(named) > 2 * ALL
    for words in (*named, *played):
        verb = COMMANDS[words[0]]
        assert not isinstance(verb, Branch) or words[1] in (*verb.verbs, "--help"), words


def test_a_story_that_stumbles_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = LESSONS[0]._replace(meanwhile=(Step("mon 08:00", "dana", ("ack", "99")),))
    monkeypatch.setattr("owncase.cli.tutorial.LESSONS", (wrong,))
    code, _, stderr = run("tutorial", terminal=True)
    assert code == 70
    assert "stumbled" in stderr


def plain(text: str) -> str:
    return text.replace("`", "")
