"""A real mail server on this machine, with real certificates, which does what a test tells it to."""

import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

PASSWORD = "canary-Passw0rd"
USER = "letters@hale.example"


class Mailbox:
    """What the server accepted, and how it answers: `refuse` by recipient, `data` to the letter, `cut` after it."""

    def __init__(self) -> None:
        self.accepted: list[Envelope] = []
        self.logins: list[str] = []
        self.refuse: dict[str, str] = {}
        self.data = "250 kept"
        self.cut = False
        self.on_data: Callable[[], None] = lambda: None

    @property
    def messages(self) -> list[bytes]:
        """The letters as they came."""
        return [bytes(envelope.content or b"") for envelope in self.accepted]

    async def handle_RCPT(  # noqa: N802 - so called by the server
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if answer := self.refuse.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        if self.data.startswith("250"):
            self.accepted.append(envelope)
        self.on_data()
        if self.cut:
            assert server.transport is not None
            server.transport.abort()
        return self.data

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, said: Any) -> AuthResult:
        assert isinstance(said, LoginPassword)
        self.logins.append(said.login.decode())
        return AuthResult(success=said.password.decode() == PASSWORD, handled=False)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


Serve = Callable[..., int]


@pytest.fixture
def serve(box: Mailbox, authority: trustme.CA, tmp_path: Path, settings: Callable[..., None]) -> Iterator[Serve]:
    """Start the server: `serve("starttls", name="127.0.0.1", login=True)`, and set owncase up for it."""
    running: list[Controller] = []

    def start(security: str = "none", *, name: str = "127.0.0.1", login: bool = False) -> int:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        port = free_port()
        how: dict[str, Any] = {"ssl_context": context} if security == "tls" else {}
        if security == "starttls":
            how = {"tls_context": context, "require_starttls": True}
        if login:
            how |= {"authenticator": box.authenticate, "auth_required": True, "auth_require_tls": security != "none"}
        controller = Quiet(box, hostname="127.0.0.1", port=port, **how)
        controller.start()
        running.append(controller)
        certificates = tmp_path / "ca.pem"
        authority.cert_pem.write_to_path(str(certificates))
        settings(smtp_host="127.0.0.1", smtp_port=port, smtp_security=security, smtp_ca_file=certificates)
        return port

    yield start
    for controller in running:
        controller.stop()


class Quiet(Controller):
    """Implicit TLS is tried out by the controller with a client that trusts nobody; here the port is enough."""

    def _trigger_server(self) -> None:
        if self.ssl_context is None:
            super()._trigger_server()
            return
        with socket.create_connection((self.hostname, self.port), timeout=5):
            pass


@pytest.fixture
def settings(tmp_path: Path) -> Callable[..., None]:
    """Write settings into the user's file: `settings(smtp_host="127.0.0.1")`."""
    known: dict[str, str] = {}

    def put(**values: object) -> None:
        known.update({name.replace("_", "-"): str(value) for name, value in values.items()})
        file = tmp_path / "home" / ".config" / "owncase" / "config.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f'{key} = "{value}"\n' for key, value in known.items()))

    return put


@pytest.fixture
def promised(team: Callable[..., Any]) -> Callable[..., Any]:
    """Case 1 of rob's for norfolk, with the promise 1.1, and addresses for both sides."""
    for words in (
        ("person", "edit", "rob", "--email", "rob@hale.example", "--phone", "+49 30 1234567"),
        ("open", "Drives fail", "-c", "norfolk", "-n", "Call Pat", "-d", "+3d", "--keep", "--contact", "Pat"),
        ("promise", "make", "1", "A loan unit", "--by", "2026-11-27T17:00"),
    ):
        done = team(*words)
        assert done.exit == 0, done
    done = team("customer", "edit", "norfolk", "--email", "pat@norfolk.example", by="dana")
    assert done.exit == 0, done
    return team
