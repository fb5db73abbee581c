"""The password of the mail server is had from where the settings say, and is never seen anywhere else."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ETA = ("letter", "1", "--kind", "eta", "--send")
SECRET, USER = "canary-Passw0rd", "letters@hale.example"


class Mail(NamedTuple):
    """The team, its mail server that asks for a password, and a private file with it."""

    team: Callable[..., Any]
    box: Any
    settings: Callable[..., None]
    secret: Path


@pytest.fixture
def mail(promised: Callable[..., Any], serve: Any, box: Any, settings: Any, tmp_path: Path) -> Mail:
    serve("starttls", login=True)
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET}\n")
    secret.chmod(0o600)
    settings(smtp_user=USER)
    return Mail(promised, box, settings, secret)


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file() and file.name != "secret")


@pytest.mark.parametrize("source", ["smtp_password_file", "smtp_password_command"])
def test_a_password_logs_in(mail: Mail, source: str) -> None:
    mail.settings(**{source: mail.secret if source == "smtp_password_file" else f"cat '{mail.secret}'"})
    done = mail.team(*ETA)
    assert (done.exit, mail.box.logins) == (0, [USER]), done


def test_a_password_that_others_may_read_is_not_used(mail: Mail) -> None:
    mail.settings(smtp_password_file=mail.secret)
    mail.secret.chmod(0o640)
    done = mail.team(*ETA)
    fix = f"chmod 600 {mail.secret}"
    assert (done.exit, mail.box.logins) == (78, [])
    assert done.stderr == f"owncase: the file that smtp-password-file names is not yours alone — {fix}\n"
    assert mail.team("outbox", "list", "--status", "all", "--json").stdout == "[]\n"


def test_a_password_goes_to_another_machine_over_tls_alone(mail: Mail) -> None:
    mail.settings(smtp_host="mail.hale.example", smtp_security="none", smtp_password_file=mail.secret)
    done = mail.team(*ETA)
    assert done.exit == 78
    assert f"the password of {USER} would go to mail.hale.example in the clear" in done.stderr


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({}, "does not say where the password"),
        ({"smtp_password_file": "/x", "smtp_keyring": "mail"}, "says twice where the password"),
        ({"smtp_password_file": "/no/such/file"}, "cannot be read"),
        ({"smtp_password_command": "no-such-program-here"}, "cannot be run"),
        ({"smtp_password_command": "false"}, "ended with 1"),
        ({"smtp_password_command": "true"}, "no password in plain ASCII"),
        ({"smtp_keyring": "mail"}, "pip install 'owncase[keyring]'"),
    ],
)
def test_where_there_is_no_password_nothing_is_sent(mail: Mail, how: dict[str, str], says: str) -> None:
    if list(how) == ["smtp_keyring"] and importlib.util.find_spec("keyring"):
        pytest.skip("the keyring is installed here")
    mail.settings(**how)
    done = mail.team(*ETA)
    assert (done.exit, done.stdout) == (78, "")
    assert says in done.stderr
    assert mail.box.logins == mail.box.accepted == []


def test_a_password_is_seen_nowhere(mail: Mail, tmp_path: Path) -> None:
    mail.settings(smtp_password_file=mail.secret)
    debug = {"OWNCASE_DEBUG": "1"}
    said = []
    for bad in (f"{SECRET}-wrong", f"{SECRET}-é", SECRET):
        mail.secret.write_text(f"{bad}\n")
        said += [mail.team(*words, environ=debug) for words in (ETA, (*ETA, "--json"), ("outbox", "send"))]
    mail.settings(smtp_port=1)
    said += [mail.team(*words, environ=debug) for words in (ETA, ("config", "list"), ("history", "1", "--json"))]
    mail.settings(smtp_ca_file=mail.secret)
    said.append(mail.team(*ETA, environ=debug))
    assert mail.box.accepted
    assert any("Traceback" in done.stderr for done in said)
    assert [done for done in said if SECRET in str(done)] == []
    assert SECRET.encode() not in everything_in(tmp_path)


def test_a_password_cannot_be_set(run: Callable[..., Any], tmp_path: Path) -> None:
    for key in ("smtp-password", "smtp-password-file", "smtp-password-command"):
        done = run("config", "set", key, SECRET)
        assert done.exit in (2, 78)
        assert SECRET not in done.stderr
    assert SECRET.encode() not in everything_in(tmp_path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("smtp-port", "0"),
        ("smtp-port", "1e3"),
        ("smtp-timeout", "ever"),
        ("smtp-security", "no"),
        ("mail-from", "a,b"),
    ],
)
def test_a_setting_of_mail_is_looked_at_before_it_is_kept(run: Callable[..., Any], key: str, value: str) -> None:
    assert run("config", "set", key, value).exit in (65, 78)
