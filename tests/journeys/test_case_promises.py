"""What a customer was told binds whoever holds it, until they say that it was kept."""

import json
from collections.abc import Callable
from typing import Any

import pytest

Team = Callable[..., Any]


def test_a_promise_gets_a_number_and_stands_in_the_receipt(kept: Team) -> None:
    code, stdout, stderr = kept("promise", "make", "1", "Spare disk", "--by", "2026-11-25")
    assert (code, stdout) == (0, "1 norfolk · rob · Call Pat, Tue 24 Nov 15:00 CET · 1 promise\n")
    assert stderr == "promise 1.1\npromised by: Wed 25 Nov 2026 17:00 CET\n"


def test_a_kept_promise_says_who_confirmed_it(kept: Team) -> None:
    kept("promise", "make", "1", "Spare disk", "--by", "2026-11-25")
    assert kept("promise", "keep", "#1.1", "--confirmed-by", "Pat").exit == 0
    held = json.loads(kept("promise", "list", "--status", "all", "--json").stdout)[0]
    assert (held["status"], held["kept_by"], held["confirmed_by"]) == ("kept", "rob", "Pat")
    code, _, stderr = kept("promise", "keep", "1.1")
    assert (code, "promise 1.1 is kept" in stderr) == (3, True)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("promise", "make", "1", "--by", "fri"), 2, "missing: promise"),
        (("promise", "make", "1", "Spare disk"), 2, "--by WHEN"),
        (("promise", "make", "1", "Spare disk", "--by", "2026-11-20"), 3, "--allow-past"),
        (("promise", "make", "1", " ", "--by", "fri"), 65, "promise"),
        (("promise", "keep", "1"), 2, "case 1 has no open promise"),
        (("promise", "keep", "1.1.1"), 2, "write it like 1.1"),
        (("promise", "keep", "1.0"), 2, "promise"),
        (("promise", "keep", "1.7"), 66, "case 1 has no promise 7"),
        (("promise", "keep", "7.1"), 66, "there is no case 7"),
    ],
)
def test_what_is_no_promise_is_refused(kept: Team, words: tuple[str, ...], code: int, says: str) -> None:
    outcome = kept(*words)
    assert (outcome.exit, outcome.stdout) == (code, "")
    assert says.replace("1.1", "42.1") in outcome.stderr


def test_only_the_holder_says_that_it_was_kept(kept: Team) -> None:
    kept("promise", "make", "1", "Spare disk", "--by", "2026-11-25")
    code, _, stderr = kept("promise", "keep", "1.1", by="dana")
    assert (code, "ask rob to run: owncase promise keep 1.1" in stderr) == (3, True)
