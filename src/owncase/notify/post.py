"""One letter is handed to the mail server for its recipients, and what became of it is told for each of them.

Accepted by the server is all that can be known; 5xx for a recipient, or for the letter as a whole, is for good; all
else may go better next time. After a cut nobody knows whether the letter was accepted: it is sent again, under the same
id.
"""

import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from socket import SHUT_RDWR, socket
from threading import Event, Timer
from typing import NamedTuple

from owncase.notify.password import password_of
from owncase.notify.server import Server, server_of, trust

OK, NOT_LOCAL, START, FOR_GOOD = 250, 251, 354, 500
LONGEST_WHY = 200
GREETING = "[127.0.0.1]"
"""What we call ourselves; asking for this machine's full name can take as long as a name server likes."""


class Outcome(NamedTuple):
    """What became of a letter: for whom it was accepted, refused for good, or waits on, each with why."""

    accepted: tuple[int, ...] = ()
    refused: tuple[tuple[int, str], ...] = ()
    waiting: tuple[tuple[int, str], ...] = ()


class _Timed(smtplib.SMTP):
    """A whole answer has to come in time; else each byte of it could take that long, and it need never end."""

    def getreply(self) -> tuple[int, bytes]:
        assert self.sock is not None
        late = Event()
        timer = Timer(self.timeout, _hang_up, (self.sock, late))
        timer.start()
        try:
            return super().getreply()
        finally:
            timer.cancel()
            if late.is_set():
                self.close()
                raise TimeoutError


class _TimedOverTLS(_Timed, smtplib.SMTP_SSL):
    pass


def _hang_up(connection: socket, late: Event) -> None:
    late.set()
    with suppress(OSError):
        socket.shutdown(connection, SHUT_RDWR)


class Post:
    """A mail server to hand letters to, and the password of its user."""

    def __init__(self, server: Server, password: str | None = None) -> None:
        self.server = server
        self._password = password
        self._context = trust(server)

    def send(self, message: str, sender: str, recipients: Mapping[int, str]) -> Outcome:
        """Hand a message over for recipients by number. Never raises for what a server or a network does."""
        answers: dict[int, tuple[int, bytes]] = {}
        try:
            with closing(self._opened()) as smtp:
                _of_sender(smtp.mail(sender))
                answers = {n: smtp.rcpt(address) for n, address in recipients.items()}
                taken = [n for n, (code, _) in answers.items() if code in (OK, NOT_LOCAL)]
                data = smtp.data(message.encode("ascii")) if taken else None
                with suppress(smtplib.SMTPException, OSError):
                    smtp.quit()  # what was accepted stays so, however the server says good-bye
        except (smtplib.SMTPException, OSError) as trouble:
            why, code = self._why(trouble), getattr(trouble, "smtp_code", 0)
            data = (code, why.encode()) if isinstance(trouble, smtplib.SMTPDataError) else (0, why.encode())
        return self._sorted(recipients, answers, data)

    def _opened(self) -> smtplib.SMTP:
        server, context = self.server, self._context
        if server.security == "tls":
            smtp: smtplib.SMTP = _TimedOverTLS(
                server.host, server.port, GREETING, timeout=server.timeout, context=context
            )
        else:
            smtp = _Timed(server.host, server.port, GREETING, timeout=server.timeout)
        try:
            if server.security == "starttls":
                smtp.starttls(context=context)
            if self._password is not None:
                smtp.login(server.user, self._password)
            smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _sorted(
        self, recipients: Mapping[int, str], answers: Mapping[int, tuple[int, bytes]], data: tuple[int, bytes] | None
    ) -> Outcome:
        accepted: list[int] = []
        refused: list[tuple[int, str]] = []
        waiting: list[tuple[int, str]] = []
        for n in recipients:
            code, said = answers.get(n, (0, b""))
            if code in (OK, NOT_LOCAL) or n not in answers:
                code, said = data or (0, b"")
            if code == OK:
                accepted.append(n)
            else:
                (refused if code >= FOR_GOOD else waiting).append((n, self._words(code, said)))
        return Outcome(tuple(accepted), tuple(refused), tuple(waiting))

    def _why(self, trouble: smtplib.SMTPException | OSError) -> str:
        where = f"{self.server.host}:{self.server.port}"
        if isinstance(trouble, smtplib.SMTPResponseException):
            error = trouble.smtp_error
            said = error.decode("utf-8", "replace") if isinstance(error, bytes) else error
            return f"{'login refused: ' if isinstance(trouble, smtplib.SMTPAuthenticationError) else ''}{said}"
        if isinstance(trouble, ssl.SSLCertVerificationError):
            return f"{where} does not prove that it is {self.server.host}: {trouble.verify_message}"
        if isinstance(trouble, TimeoutError) or "timed out" in str(trouble):  # smtplib calls it a disconnection as well
            return f"{where} did not answer within {self.server.timeout:g} s"
        if isinstance(trouble, smtplib.SMTPNotSupportedError):
            return f"{where} does not offer what smtp-security and smtp-user ask for: {trouble}"
        if isinstance(trouble, OSError) and trouble.strerror:
            return f"{where}: {trouble.strerror}"
        return f"{where}: {trouble}"

    def _words(self, code: int, said: bytes) -> str:
        """What the server said, on one line without anything that acts on a terminal, and without the password."""
        words = said.decode("utf-8", "replace")
        for secret in self._secrets():
            words = words.replace(secret, "…")
        shown = "".join(one if one.isprintable() else " " for one in words)
        return " ".join(f"{code or ''} {shown}".split())[:LONGEST_WHY] or "no answer"

    def _secrets(self) -> tuple[str, ...]:
        """The password as it is, and as each way of logging in writes it."""
        if not self._password:
            return ()
        sent = (f"\0{self.server.user}\0{self._password}", self._password)
        return self._password, *(b64encode(one.encode()).decode() for one in sent)


def post_of(setting: Callable[[str], str]) -> Post:
    """The mail server that the settings name, ready. Raises what `server_of`, `password_of` and `trust` raise."""
    server = server_of(setting)
    return Post(server, password_of(server, setting))


def _of_sender(answer: tuple[int, bytes]) -> None:
    """A sender that is refused says something about the settings, and nothing about a recipient."""
    code, said = answer
    if code != OK:
        raise smtplib.SMTPResponseException(code, said)
