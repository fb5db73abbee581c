"""Real OS users and a real group, made once and removed at the end; the program runs as them.

Only root on Linux may do that. Whoever cannot gets a reason to skip with, never a pass.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple

SOURCE = Path(__file__).parents[2] / "src"
TOOLS = ("useradd", "userdel", "groupadd", "groupdel")
SEARCH = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin"
AGAIN = 20
"""How often a busy list of users is asked again, a quarter of a second apart."""


class CannotMakeUsers(Exception):
    """Why there are no real users here."""


class Said(NamedTuple):
    """What a command line answered."""

    exit: int
    stdout: str
    stderr: str


class Somebody(NamedTuple):
    """An OS user; call it with the words of a command line of owncase."""

    login: str
    home: Path
    groups: Sequence[str]
    python: Sequence[str]
    environ: Mapping[str, str]

    def __call__(self, *words: str, environ: Mapping[str, str] | None = None, umask: int = 0o077) -> Said:
        """Run one command line as this user."""
        done = self.start("-m", "owncase", *words, environ=environ, umask=umask)
        out, err = done.communicate(timeout=60)
        return Said(done.returncode, out, err)

    def does(self, *words: str, **facts: Any) -> str:
        """Run what must succeed, and give its answer."""
        done = self(*words, **facts)
        assert done.exit == 0, (self.login, words, done)
        return done.stdout

    def start(self, *words: str, environ: Mapping[str, str] | None = None, umask: int = 0o077) -> Any:
        """Start Python as this user with these words."""
        return subprocess.Popen(
            [*self.python, *words], user=self.login, group=self.login, extra_groups=list(self.groups), umask=umask,
            env={**self.environ, **(environ or {})}, cwd=self.home, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip


class Team(NamedTuple):
    """A place that everybody may enter, the group's name, its members, and somebody who is in another group only."""

    place: Path
    group: str
    members: Sequence[Somebody]
    outsider: Somebody


@contextmanager
def team_of(number: int) -> Iterator[Team]:
    """Make so many users in one group, and one who is not in it. Raises `CannotMakeUsers` with the reason."""
    _may_make_users()
    mark = f"oc{token_hex(3)}"
    with ExitStack() as undo:
        place = Path(undo.enter_context(tempfile.TemporaryDirectory(prefix=f"{mark}-", ignore_cleanup_errors=True)))
        place.chmod(0o755)
        group = f"{mark}g"
        _system("groupadd", group)
        undo.callback(_remove, "groupdel", group)
        logins = [f"{mark}{letter}" for letter in "abcdefgh"[: number + 1]]
        for login in logins:
            member = ("-G", group) if login != logins[-1] else ()
            _system("useradd", "-U", "-M", *member, "-d", str(place / login), "-s", "/bin/sh", "-p", "*", login)
            undo.callback(_remove, "userdel", login)
            (place / login).mkdir(mode=0o700)
            shutil.chown(place / login, login, login)
        python, path = _program(place, logins[0])

        def person(login: str, groups: Sequence[str]) -> Somebody:
            environ = {"HOME": str(place / login), "PATH": SEARCH, "PYTHONPATH": path, "LANG": "C.UTF-8", "TZ": "UTC"}
            return Somebody(login, place / login, groups, python, environ)

        yield Team(place, group, [person(login, [group]) for login in logins[:-1]], person(logins[-1], []))


def _may_make_users() -> None:
    if not sys.platform.startswith("linux"):
        raise CannotMakeUsers("real users are made on Linux only")
    if os.geteuid() != 0:
        raise CannotMakeUsers("only root may make real users")
    if missing := [tool for tool in TOOLS if shutil.which(tool, path=SEARCH) is None]:
        raise CannotMakeUsers(f"no {', '.join(missing)} here to make real users with")


def _system(tool: str, *words: str) -> None:
    for _ in range(AGAIN):
        done = subprocess.run([str(shutil.which(tool, path=SEARCH)), *words], capture_output=True, text=True)
        if done.returncode == 0:
            return
        time.sleep(0.25)  # another process holds the lists
    raise CannotMakeUsers(f"{tool}: {done.stderr.strip()}")


def _remove(tool: str, name: str) -> None:
    subprocess.run([str(shutil.which(tool, path=SEARCH)), name], capture_output=True)


def _program(place: Path, login: str) -> tuple[Sequence[str], str]:
    """A Python that the user may run, and where it finds the program: copies only of what the user cannot read."""
    copy = place / "program"
    shutil.copytree(SOURCE / "owncase", copy / "owncase")
    _open_to_all(copy)
    beside = f"/usr/bin/python3.{sys.version_info.minor}", f"/usr/local/bin/python3.{sys.version_info.minor}"
    pythons = [python for python in (sys.executable, *beside) if _runs(python, login, "", "pass")]
    packages = Path(sysconfig.get_path("purelib"))
    for where in (packages, copy / "packages") if pythons else ():
        if where != packages:
            shutil.copytree(packages, where, ignore=_needless)
            _open_to_all(where)
        for python in pythons:
            if _runs(python, login, f"{copy}:{where}", "import owncase, sqlmodel, typer, rich"):
                return [python, "-P"], f"{copy}:{where}"
    raise CannotMakeUsers(f"other users may run no Python 3.{sys.version_info.minor} that has the program's packages")


def _runs(python: str, login: str, path: str, code: str) -> bool:
    try:
        done = subprocess.run(
            [python, "-c", code], user=login, group=login, extra_groups=[],
            env={"PYTHONPATH": path}, cwd="/", capture_output=True,
        )  # fmt: skip
    except OSError:
        return False
    return done.returncode == 0


def _needless(_folder: str, names: list[str]) -> set[str]:
    return {
        name for name in names if name.startswith(("mypy", "ruff", "pytest", "hypothesis", "uv", "pip", "coverage"))
    }


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
