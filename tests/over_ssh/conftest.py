"""A real sshd on a loopback port, and a machine `desk.example` that the system's ssh finds there.

Where sshd or ssh is missing, these tests are skipped, and say so.
"""

import getpass
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import owncase

SOURCE = Path(owncase.__file__).parent.parent
SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin:/sbin")
MISSING = [name for name in ("ssh", "ssh-keygen") if not shutil.which(name)] + ([] if SSHD else ["sshd"])
SERVER = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/client_key.pub
PidFile {folder}/sshd.pid
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
PrintMotd no
AcceptEnv none
MaxStartups 100
"""
CLIENT = """
Host desk.example
  HostName 127.0.0.1
  Port {port}
  User {user}
  HostKeyAlias desk.example
Host stranger.example
  HostName 127.0.0.1
  Port {port}
  User {user}
  HostKeyAlias stranger.example
Host gone.example
  HostName 127.0.0.1
  Port {closed}
Host *
  IdentityFile {folder}/client_key
  IdentitiesOnly yes
  StrictHostKeyChecking yes
  UserKnownHostsFile {folder}/known_hosts
  GlobalKnownHostsFile /dev/null
  ControlPath none
"""
SSH = """#!/bin/sh
exec {ssh} -F {folder}/client_config "$@"
"""


class Machine(NamedTuple):
    """The other machine: a folder for keys and settings, and the program that reaches it, in front of PATH."""

    folder: Path
    port: int

    @property
    def path(self) -> str:
        """A PATH on which `ssh` knows desk.example."""
        return f"{self.folder / 'bin'}:{os.environ['PATH']}"


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


OWNCASE = [sys.executable, "-m", "owncase"]


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """An sshd of the current user."""
    if MISSING:
        pytest.skip(f"not installed: {', '.join(MISSING)}")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, parents=True, exist_ok=True)
    folder = tmp_path_factory.mktemp("sshd")
    for key in ("host_key", "client_key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True)
    process, port = _started(folder)
    try:
        _write_client(folder, port)
        yield Machine(folder, port)
    finally:
        process.terminate()
        process.wait()


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


def _started(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    log = folder / "sshd.log"
    for _ in range(5):  # somebody else may take the port in between
        port = _free_port()
        (folder / "server_config").write_text(SERVER.format(port=port, folder=folder))
        process = subprocess.Popen([str(SSHD), "-D", "-E", log, "-f", folder / "server_config"])
        if _answers(process, port):
            return process, port
    pytest.fail(log.read_text())


def _write_client(folder: Path, port: int) -> None:
    user, closed = getpass.getuser(), _free_port()
    (folder / "client_config").write_text(CLIENT.format(port=port, closed=closed, user=user, folder=folder))
    host_key, client_key = ((folder / f"{name}.pub").read_text() for name in ("host_key", "client_key"))
    (folder / "known_hosts").write_text(f"desk.example {host_key}stranger.example {client_key}")
    (folder / "bin").mkdir()
    ssh = folder / "bin" / "ssh"
    ssh.write_text(SSH.format(ssh=shutil.which("ssh"), folder=folder))
    ssh.chmod(0o755)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    for _ in range(200):
        if process.poll() is not None:
            return False
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.02)  # it has just been started
    return False


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
