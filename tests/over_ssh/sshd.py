"""A real sshd on a loopback port, with a key that lets somebody in, and an `ssh` that finds it as desk.example."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

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


class NoSshd(Exception):
    """Why there is no sshd here."""


@contextmanager
def an_sshd(folder: Path) -> Iterator[Machine]:
    """Run an sshd whose keys and settings are in this folder. Raises `NoSshd` with the reason."""
    if MISSING:
        raise NoSshd(f"not installed: {', '.join(MISSING)}")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, parents=True, exist_ok=True)
    for key in ("host_key", "client_key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True)
    process, port = _started(folder)
    try:
        _write_client(folder, port)
        yield Machine(folder, port)
    finally:
        process.terminate()
        process.wait()


def _started(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    log = folder / "sshd.log"
    for _ in range(5):  # somebody else may take the port in between
        port = _free_port()
        (folder / "server_config").write_text(SERVER.format(port=port, folder=folder))
        process = subprocess.Popen([str(SSHD), "-D", "-E", log, "-f", folder / "server_config"])
        if _answers(process, port):
            return process, port
    raise NoSshd(log.read_text())


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
