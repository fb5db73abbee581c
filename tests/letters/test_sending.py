"""A letter is sent through a real server, once, and what became of it is recorded for each recipient."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

ETA = ("letter", "1", "--kind", "eta", "--send")
Team = Callable[..., Any]
THREE = ("--to", "pat@norfolk.example", "--to", "kim@norfolk.example", "--to", "lee@norfolk.example")


def outbox(team: Team) -> list[tuple[str, str, int]]:
    rows = json.loads(team("outbox", "list", "--status", "all", "--json").stdout)
    return [(row["to"], row["state"], row["tries"]) for row in rows]


def debts(team: Team) -> list[bool]:
    return [row["eta_debt"] for row in json.loads(team("promise", "list", "1", "--json").stdout)]


def ids(box: Any) -> list[str]:
    return [message_from_bytes(raw, policy=policy.default)["Message-ID"] for raw in box.messages]


def is_sound(team: Team) -> bool:
    checked = team("store", "check")
    assert checked.exit == 0, checked
    return True


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_a_letter_that_the_server_accepts_is_sent(promised: Team, serve: Any, box: Any, security: str) -> None:
    serve(security)
    done = promised(*ETA)
    assert (done.exit, done.stdout, done.stderr) == (0, "letter 13 eta: accepted for pat@norfolk.example\n", "")
    assert outbox(promised) == [("pat@norfolk.example", "sent", 1)]
    (message,) = [message_from_bytes(raw, policy=policy.default) for raw in box.messages]
    assert message["Subject"] == "Drives fail [1]"
    assert message["From"] == message["Reply-To"] == "Rob Hale <rob@hale.example>"
    assert message["Date"] == "Mon, 23 Nov 2026 09:00:13 +0000"
    assert "Auto-Submitted" not in message
    assert "Fri 27 Nov 2026 17:00 CET (Europe/Berlin)" in message.get_body(("plain",)).get_content()
    assert "<p>Rob Hale looks after" in message.get_body(("html",)).get_content()
    assert is_sound(promised)


def test_an_eta_that_moved_is_told_by_the_letter(promised: Team, serve: Any, box: Any) -> None:
    serve()
    promised("promise", "move", "1.1", "--to", "2026-12-04T17:00", "--because", "The carrier is late")
    assert debts(promised) == [True]
    before = json.loads(promised("show", "1", "--json").stdout)["version"]
    assert promised("letter", "1", "--kind", "eta-moved", "--send").exit == 0
    assert debts(promised) == [False]
    text = message_from_bytes(box.messages[0], policy=policy.default).get_body(("plain",)).get_content()
    assert "Fri 4 Dec 2026 17:00 CET (Europe/Berlin) (before: Fri 27 Nov 2026 17:00 CET (Europe/Berlin))" in text
    assert json.loads(promised("show", "1", "--json").stdout)["version"] == before + 2
    assert is_sound(promised)


MOVED = ("promise", "move", "1.1", "--to", "2026-12-04T17:00", "--because", "The carrier is late")


def test_a_letter_whose_eta_has_moved_meanwhile_is_not_sent(promised: Team, serve: Any, box: Any) -> None:
    serve()
    box.data = "451 later"
    assert promised(*ETA).exit == 69
    promised(*MOVED)
    promised("told", "1", "--how", "phone", "--whom", "Pat")
    box.data = "250 kept"
    again = promised("outbox", "send")
    assert (again.exit, "an ETA in it has moved since it was written; write it again" in again.stderr) == (69, True)
    assert (box.accepted, debts(promised), outbox(promised)) == ([], [False], [("pat@norfolk.example", "refused", 2)])
    assert is_sound(promised)


def test_a_letter_of_who_no_longer_answers_for_it_is_not_sent(promised: Team, serve: Any, box: Any) -> None:
    serve()
    box.data = "451 later"
    promised(*ETA)
    promised("handoff", "1", "--to", "dana")
    assert promised("ack", "1", "--take", "1", by="dana").exit == 0
    box.data = "250 kept"
    again = promised("outbox", "send")
    assert (again.exit, "somebody else answers for it since it was written" in again.stderr) == (69, True)
    assert box.accepted == []


def test_an_eta_that_moves_while_its_letter_is_sent_is_still_not_told(promised: Team, serve: Any, box: Any) -> None:
    serve()
    box.on_data = lambda: promised(*MOVED)
    assert promised(*ETA).exit == 0
    assert debts(promised) == [True]
    assert is_sound(promised)


def test_who_is_refused_for_good_is_named_and_never_tried_again(promised: Team, serve: Any, box: Any) -> None:
    serve()
    box.refuse["kim@norfolk.example"] = "550 no such box"
    done = promised(*ETA, *THREE)
    assert done.exit == 69
    assert done.stdout.splitlines() == [f"letter 13 eta: accepted for {who}@norfolk.example" for who in ("pat", "lee")]
    assert "letter 13 was refused for kim@norfolk.example: 550 no such box" in done.stderr
    assert outbox(promised) == [
        ("pat@norfolk.example", "sent", 1),
        ("kim@norfolk.example", "refused", 1),
        ("lee@norfolk.example", "sent", 1),
    ]
    assert promised("outbox", "send").exit == 0
    assert len(box.accepted) == 1
    assert box.accepted[0].rcpt_tos == ["pat@norfolk.example", "lee@norfolk.example"]
    assert is_sound(promised)


def test_who_is_refused_for_now_waits_while_the_others_have_it(promised: Team, serve: Any, box: Any) -> None:
    serve()
    box.refuse["kim@norfolk.example"] = "450 greylisted"
    done = promised(*ETA, *THREE)
    assert done.exit == 69
    assert "letter 13 waits for kim@norfolk.example: 450 greylisted; owncase outbox send" in done.stderr
    box.refuse.clear()
    again = promised("outbox", "send")
    assert again.exit == 0, again
    assert [envelope.rcpt_tos for envelope in box.accepted][1:] == [["kim@norfolk.example"]]
    assert box.messages[0] == box.messages[1]
    assert [state for _, state, _ in outbox(promised)] == ["sent"] * 3
    told = [event for event in events(promised) if event["kind"] == "letter.tried"]
    assert [event["what"] for event in told] == ["sent letter 13: 2 accepted, 1 waiting", "sent letter 13: 1 accepted"]
    assert is_sound(promised)


def events(team: Team) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(team("history", "1", "--json").stdout)
    return found


@pytest.mark.parametrize(("answer", "state"), [("451 try later", "queued"), ("554 we take no such thing", "refused")])
def test_what_the_server_says_of_the_letter_holds_for_all(
    promised: Team, serve: Any, box: Any, answer: str, state: str
) -> None:
    serve()
    box.data = answer
    done = promised(*ETA, *THREE)
    assert (done.exit, done.stdout) == (69, "")
    assert done.stderr.count(answer) == 3
    assert [found for _, found, _ in outbox(promised)] == [state] * 3
    assert is_sound(promised)


def test_after_a_cut_the_very_same_letter_is_sent_again(promised: Team, serve: Any, box: Any) -> None:
    serve()
    box.cut = True
    assert promised(*ETA).exit == 69
    box.cut = False
    assert promised("outbox", "send").exit == 0
    first, second = box.messages
    assert first == second
    assert outbox(promised) == [("pat@norfolk.example", "sent", 2)]


def test_nothing_is_sent_to_a_server_that_is_another(promised: Team, serve: Any, box: Any) -> None:
    for security in ("starttls", "tls"):
        serve(security, name="mail.elsewhere.example")
        done = promised(*ETA)
        assert done.exit == 69
        assert "does not prove that it is 127.0.0.1" in done.stderr
    assert box.accepted == []
    assert [state for _, state, _ in outbox(promised)] == ["queued", "queued"]


def test_nothing_is_sent_to_a_server_that_offers_no_tls(promised: Team, serve: Any, box: Any, settings: Any) -> None:
    serve("none")
    settings(smtp_security="starttls")
    assert "does not offer" in promised(*ETA).stderr
    assert box.accepted == []


def test_a_letter_waits_for_a_server_that_is_down(promised: Team, serve: Any, settings: Any, clock: Any) -> None:
    up = serve()
    settings(smtp_port=1)
    done = promised(*ETA)
    assert (done.exit, done.stdout) == (69, "")
    assert done.stderr == (
        "owncase: letter 13 waits for pat@norfolk.example: 127.0.0.1:1: Connection refused; owncase outbox send tries"
        " again what waits — the change is saved, do not repeat it: event 14\n"
    )
    waits = promised("outbox", "list", terminal=True).stdout
    assert "127.0.0.1:1: Connection refused" in waits
    clock.move(days=1)
    settings(smtp_port=up)
    sent = promised("outbox", "send", "--json")
    assert [(row["state"], row["tries"]) for row in json.loads(sent.stdout)] == [("sent", 2)]
    assert promised("outbox", "send", terminal=True).stdout == "Nothing waits to be sent.\n"


def test_a_server_that_says_nothing_is_not_waited_for(promised: Team, settings: Any) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings(smtp_host="127.0.0.1", smtp_port=silent.getsockname()[1], smtp_security="none", smtp_timeout=1)
        done = promised(*ETA)
    assert done.exit == 69
    assert "did not answer within 1 s" in done.stderr


def test_the_same_request_is_sent_once(promised: Team, serve: Any, box: Any) -> None:
    serve()
    assert promised(*ETA, "--request-id", "r1").exit == 0
    again = promised(*ETA, "--request-id", "r1")
    assert (again.exit, again.stderr) == (0, "already sent\n")
    assert len(box.accepted) == 1
    assert promised(*ETA, "--note", "x", "--request-id", "r1").exit == 4


def test_the_same_request_tries_again_what_waits(promised: Team, serve: Any, box: Any) -> None:
    serve()
    box.data = "451 later"
    assert promised(*ETA, "--request-id", "r1").exit == 69
    box.data = "250 kept"
    again = promised(*ETA, "--request-id", "r1")
    assert (again.exit, again.stdout) == (0, "letter 13 eta: accepted for pat@norfolk.example\n")
    assert outbox(promised) == [("pat@norfolk.example", "sent", 2)]


def command(tmp_path: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "owncase", "--store", str(tmp_path / "team.db"), *words]


def surroundings(tmp_path: Path) -> dict[str, str]:
    """The environment of a process that finds the settings of the tests."""
    home = tmp_path / "home"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return {**kept, "HOME": str(home)}


def mine(team: Team) -> None:
    """Let the OS user who runs the tests be rob."""
    import pwd

    login = pwd.getpwuid(os.getuid()).pw_name
    assert team("person", "edit", "rob", "--login", login, by="dana").exit == 0


def test_who_is_killed_after_the_server_accepted_it_sends_the_same_again(
    promised: Team, serve: Any, box: Any, tmp_path: Path
) -> None:
    serve()
    mine(promised)
    here: Any = {"env": surroundings(tmp_path), "text": True}
    killed = subprocess.Popen(command(tmp_path, *ETA), stdout=subprocess.PIPE, stderr=subprocess.PIPE, **here)
    box.on_data = lambda: os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    assert len(box.accepted) == 1
    box.on_data = lambda: None
    again = subprocess.run(command(tmp_path, "outbox", "send"), capture_output=True, check=False, **here)
    assert again.returncode == 0, again.stderr
    first, second = ids(box)
    assert first == second
    checked = subprocess.run(command(tmp_path, "store", "check"), capture_output=True, check=False, **here)
    assert checked.returncode == 0, checked.stdout


def test_of_two_who_send_at_once_one_does(promised: Team, serve: Any, box: Any) -> None:
    serve()
    box.data = "451 later"
    promised(*ETA)
    box.data = "250 kept"
    others: list[Any] = []
    box.on_data = lambda: others.append(promised("outbox", "send"))
    assert promised("outbox", "send").exit == 0
    assert [(other.exit, other.stderr) for other in others] == [
        (75, "owncase: another process is sending what waits in this store — owncase outbox list, and then send\n")
    ]
    assert len(box.accepted) == 1
    assert outbox(promised) == [("pat@norfolk.example", "sent", 2)]


def test_no_intent_holds_a_word_of_a_letter(promised: Team, serve: Any, box: Any, tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    serve()
    box.refuse["zebra@norfolk.example"] = "550 zebra is unknown"
    done = promised(*ETA, "--note", "zebra", "--to", "zebra@norfolk.example", "--to", "pat@norfolk.example")
    assert done.exit == 69
    with closing(sqlite3.connect(tmp_path / "team.db")) as raw:
        intents = [intent for (intent,) in raw.execute("SELECT intent FROM event WHERE kind GLOB 'letter.*'")]
        kept = raw.execute("SELECT count(*) FROM text WHERE body LIKE '%zebra%'").fetchone()[0]
    assert len(intents) == 2
    assert [intent for intent in intents if "zebra" in intent or "norfolk" in intent or "Drives" in intent] == []
    assert kept == 3


def test_a_letter_goes_with_the_redaction_of_its_case(promised: Team, serve: Any, box: Any, tmp_path: Path) -> None:
    serve()
    box.refuse["kim@norfolk.example"] = "450 kim@norfolk.example is greylisted"
    promised(*ETA, "--note", "zebra", *THREE)
    promised("promise", "keep", "1.1")
    promised("close", "1", "--outcome", "Replaced", "--confirmed-by", "Pat", "--to", "dana")
    promised("ack", "1", by="dana")
    done = promised("store", "redact", "1", "--because", "They asked for it", "--yes")
    assert done.exit == 0, done
    assert is_sound(promised)
    assert b"zebra" not in (tmp_path / "team.db").read_bytes()
    assert b"kim@norfolk.example" not in (tmp_path / "team.db").read_bytes()
    box.refuse.clear()
    again = promised("outbox", "send")
    assert (again.exit, "redacted before it was sent" in again.stderr) == (69, True)
    assert len(box.accepted) == 1


def test_a_server_that_never_ends_its_answer_is_given_up(promised: Team, settings: Any) -> None:
    import socket
    from contextlib import suppress
    from threading import Thread

    def dribble(listening: socket.socket) -> None:
        with listening.accept()[0] as caller, suppress(OSError):
            caller.settimeout(0.2)
            while True:
                caller.sendall(b"2")
                with suppress(TimeoutError):
                    if not caller.recv(1):
                        return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=dribble, args=(listening,), daemon=True).start()
        settings(
            smtp_host="127.0.0.1", smtp_port=listening.getsockname()[1], smtp_security="none", smtp_timeout=1
        )  # fmt: skip
        done = promised(*ETA)
    assert (done.exit, "did not answer within 1 s" in done.stderr) == (69, True)


def test_a_password_that_a_server_repeats_as_it_was_sent_is_not_shown() -> None:
    from base64 import b64encode

    from owncase.notify.post import Post
    from owncase.notify.server import Server

    post = Post(Server("127.0.0.1", 25, "none", "rob", "", 1), "canary-Passw0rd")
    for sent in (b"canary-Passw0rd", b64encode(b"canary-Passw0rd"), b64encode(b"\0rob\0canary-Passw0rd")):
        assert post._words(535, b"no: AUTH " + sent) == "535 no: AUTH …"
