"""A machine `desk.example` that the system's ssh reaches, and a store on it.

Where sshd or ssh is missing, these tests are skipped, and say so.
"""

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import owncase

from .sshd import Machine, NoSshd, an_sshd

SOURCE = Path(owncase.__file__).parent.parent
OWNCASE = [sys.executable, "-m", "owncase"]


class There(NamedTuple):
    """A home and a store on the other machine, and a home here."""

    machine: Machine
    home: Path
    here: Path

    @property
    def store(self) -> Path:
        """The store, on the other machine."""
        return self.home / "team.db"

    @property
    def environ(self) -> dict[str, str]:
        """What somebody here has set."""
        return {
            "PATH": self.machine.path,
            "HOME": str(self.here),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(SOURCE),
            "XDG_CONFIG_DIRS": str(self.here),
            "OWNCASE_STORE": f"ssh://desk.example{self.store}",
            "OWNCASE_REMOTE_COMMAND": self.command,
        }

    @property
    def command(self) -> str:
        """How owncase is called there."""
        inside = {"HOME": self.home, "PYTHONPATH": SOURCE, "XDG_CONFIG_DIRS": self.home}
        return shlex.join(["env", *(f"{name}={value}" for name, value in inside.items()), *OWNCASE])

    def run(self, *words: str, stdin: str | bytes | None = None, **environ: str) -> subprocess.CompletedProcess[bytes]:
        """Run a command line here, with the store over there."""
        given = {"stdin": subprocess.DEVNULL} if stdin is None else {"input": _bytes(stdin)}
        return subprocess.run([*OWNCASE, *words], env=self.environ | environ, capture_output=True, timeout=60, **given)

    def run_there(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run a command line on the other machine itself."""
        inside = {"HOME": str(self.home), "XDG_CONFIG_DIRS": str(self.home), "OWNCASE_STORE": str(self.store)}
        return subprocess.run([*OWNCASE, *words], env=self.environ | inside, capture_output=True, timeout=60)


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """An sshd of the current user."""
    try:
        with an_sshd(tmp_path_factory.mktemp("sshd")) as found:
            yield found
    except NoSshd as why:
        pytest.skip(str(why))


@pytest.fixture
def there(machine: Machine, tmp_path: Path) -> There:
    """A home there, in which no store is yet."""
    found = There(machine, tmp_path / "there", tmp_path / "here")
    found.home.mkdir()
    found.here.mkdir()
    return found


@pytest.fixture(scope="session")
def one_case(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which ada, the current user, owns case 1 of norfolk; tests work on copies of it."""
    there = There(machine, tmp_path_factory.mktemp("there"), tmp_path_factory.mktemp("here"))
    for line in (
        ["init", "--me", "ada", "--name", "Ada Lund", "--zone", "UTC"],
        ["customer", "add", "norfolk", "--name", "Norfolk"],
        ["open", "Disks damaged", "-c", "norfolk", "-n", "Call Pat", "-d", "+1d", "--keep"],
    ):
        done = there.run_there(*line)
        assert done.returncode == 0, done.stderr
    return there.store


@pytest.fixture
def desk(there: There, one_case: Path) -> There:
    """A store there, in which ada owns case 1 of norfolk."""
    shutil.copyfile(one_case, there.store)
    there.store.chmod(0o600)
    return there


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
