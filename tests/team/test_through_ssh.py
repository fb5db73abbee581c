"""Two OS users at the machine and one who comes through ssh work in one store, each as themselves."""

import json
import os
import shlex
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import chown
from typing import NamedTuple

import pytest

import owncase

from ..over_ssh.sshd import Machine, NoSshd, an_sshd  # noqa: TID252 - tests have no absolute name
from .os_users import Said, Somebody, Team

pytestmark = pytest.mark.slow
SOURCE = Path(owncase.__file__).parent.parent


class Away(NamedTuple):
    """Somebody who sits at another machine, where they are another OS user."""

    there: Somebody
    machine: Machine
    laptop: Path
    store: Path

    def start(self, *words: str) -> "subprocess.Popen[str]":
        inside = [f"{name}={self.there.environ[name]}" for name in ("PYTHONPATH", "TZ")]
        environ = {
            "PATH": f"{self.machine.folder / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.laptop),
            "PYTHONPATH": str(SOURCE),
            "LANG": "C.UTF-8",
            "OWNCASE_STORE": f"ssh://{self.there.login}@desk.example{self.store}",
            "OWNCASE_REMOTE_COMMAND": shlex.join(["env", *inside, *self.there.python, "-m", "owncase"]),
        }
        return subprocess.Popen(
            [sys.executable, "-m", "owncase", *words], env=environ, cwd=self.laptop, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def __call__(self, *words: str) -> Said:
        running = self.start(*words)
        stdout, stderr = running.communicate(timeout=60)
        return Said(running.returncode, stdout, stderr)

    def does(self, *words: str) -> str:
        done = self(*words)
        assert done.exit == 0, (words, done)
        return done.stdout


class Story(NamedTuple):
    """Ada, who made the store, and bob, who joined, are at the machine; cy and eve come through ssh."""

    team: Team
    store: Path
    ada: Somebody
    bob: Somebody
    cy: Away
    eve: Away


@pytest.fixture(scope="module")
def story(machine: Team, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    sshd = machine.place / "sshd"
    sshd.mkdir(mode=0o755)
    try:
        with an_sshd(sshd) as reached:
            yield _begun(machine, reached, tmp_path_factory.mktemp("laptop"))
    except NoSshd as why:
        pytest.skip(str(why))


def _begun(team: Team, machine: Machine, laptop: Path) -> Story:
    place = team.place / "story"
    place.mkdir(mode=0o755)
    store = place / "shared" / "team.db"
    ada, bob = (who._replace(environ={**who.environ, "OWNCASE_STORE": str(store)}) for who in team.members[:2])
    chown(place, ada.login, ada.login)
    ada.does("init", "--me", "ada", "--name", "Ada Byron", "--group", team.group)
    for handle in ("bob", "cy"):
        ada.does("person", "add", handle, "--name", handle.title())
    bob.does("join", "bob")
    ada.does("customer", "add", "acme", "--name", "Acme")
    ada.does("open", "Drives fail", "-c", "acme", "-n", "Call Pat", "-d", "+1d", "--keep")
    away = [Away(who, machine, laptop, store) for who in (team.members[2], team.outsider)]
    return Story(team, store, ada, bob, *away)


def test_two_at_the_machine_and_one_through_ssh_work_one_store(story: Story) -> None:
    ada, bob, cy = story.ada, story.bob, story.cy

    stranger = cy("note", "1", "Hello")
    assert (stranger.exit, "owncase join" in stranger.stderr) == (66, True)
    assert cy("join", "bob").exit == 77
    joined = cy("join", "cy")
    assert (joined.exit, joined.stderr) == (0, "you act as cy from now on\n")

    ada.does("handoff", "1", "--to", "cy", "--note", "Pat knows you")
    assert cy("--as", "bob", "ack", "1").exit == 77
    assert bob("--as", "cy", "ack", "1").exit == 77
    assert cy.does("ack", "1").startswith("1 acme · cy · Call Pat")
    assert cy("handoff", "1", "--to", "cy").exit == 3
    cy.does("handoff", "1", "--to", "bob")
    assert bob.does("ack", "1").startswith("1 acme · bob · Call Pat")

    told = json.loads(cy.does("history", "1", "--json"))
    assert [(event["by"], event["typed_by"], event["claimed"]) for event in told] == [
        (handle, who.login, False)
        for handle, who in (("ada", ada), ("ada", ada), ("cy", cy.there), ("cy", cy.there), ("bob", bob))
    ]
    assert json.loads(cy.does("store", "check", "--json"))["sound"]


def test_all_at_once_lose_nothing_and_change_no_permissions(story: Story) -> None:
    story.cy("join", "cy")
    texts = [(name, f"{name} {number}") for number in range(3) for name in ("ada", "bob", "cy")]
    who = {"ada": story.ada, "bob": story.bob}
    running = [
        story.cy.start("note", "1", text) if name == "cy" else who[name].start("-m", "owncase", "note", "1", text)
        for name, text in texts
    ]
    ended = [(*one.communicate(timeout=60), one.returncode) for one in running]
    assert [code for _, _, code in ended] == [0] * len(texts), ended
    told = json.loads(story.ada.does("history", "1", "--json"))
    assert {(event["by"], event["text"]) for event in told if event["kind"] == "case.noted"} >= set(texts)
    assert json.loads(story.ada.does("store", "check", "--json"))["sound"]
    facts = story.store.stat()
    assert (stat.S_IMODE(facts.st_mode), story.store.group()) == (0o660, story.team.group)


def test_who_is_not_in_the_group_stays_out_through_ssh_too(story: Story) -> None:
    assert story.eve("list").exit == 77
    assert story.eve("join", "cy").exit == 77
