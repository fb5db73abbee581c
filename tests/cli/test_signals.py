"""No request to end is lost, wherever Python happens to be when it comes."""

import subprocess
import sys

import pytest

SCRIPT = """
import os, signal, sys, time, weakref
from owncase.cli.signals import Terminated, end_politely

class Thing:
    pass

def dropped(_reference):
    os.kill(os.getpid(), signal.{name})
    for _ in range(1000):
        pass

end_politely()
try:
    thing = Thing()
    reference = weakref.ref(thing, dropped)
    del thing
    # Python looks for what came only between its steps, so a single long sleep could begin with a request waiting
    for _ in range(600):
        time.sleep(0.05)
except (KeyboardInterrupt, Terminated) as asked:
    print(type(asked).__name__)
"""


@pytest.mark.parametrize(
    ("name", "asked"), [("SIGINT", "KeyboardInterrupt"), ("SIGTERM", "Terminated"), ("SIGHUP", "Terminated")]
)
def test_a_request_to_end_that_comes_in_a_callback_of_a_weak_reference_ends_the_program(name: str, asked: str) -> None:
    script = SCRIPT.format(name=name)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{asked}\n", "")


AT_ONCE = """end_politely()
from owncase.cli import signals
again = signals._ask_again
def at_once(number):
    signals._ask_again = again
    again(number)
    time.sleep(0.05)
signals._ask_again = at_once
"""
"""The first request that is dropped is asked again while Python still tells of it."""


def test_a_request_that_comes_while_a_dropped_one_is_told_is_not_lost() -> None:
    script = SCRIPT.format(name="SIGTERM").replace("end_politely()\n", AT_ONCE)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Terminated\n", "")


def test_what_else_is_dropped_is_still_told() -> None:
    script = SCRIPT.format(name="SIGINT").replace("os.kill(os.getpid(), signal.SIGINT)", "raise ValueError('odd')")
    done = subprocess.run(
        [sys.executable, "-c", script.replace("time.sleep(0.05)", "pass")],
        capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip
    assert "ValueError: odd" in done.stderr
