"""What is longer than the screen breaks where people would break it, and only on a screen."""

import io

import pytest

from owncase.render.fitted import fitted


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


RECEIPT = "1 norfolk · rob · Order the trucks at the works, Wed 25 Nov 15:00 UTC · 3 promises, 1 not told"


def test_a_receipt_breaks_between_its_parts() -> None:
    assert fitted(RECEIPT, Screen(), {"COLUMNS": "80"}).split("\n") == [
        "1 norfolk · rob · Order the trucks at the works, Wed 25 Nov 15:00 UTC",
        "  · 3 promises, 1 not told",
    ]


def test_a_part_wider_than_the_screen_breaks_between_words() -> None:
    assert fitted(RECEIPT, Screen(), {"COLUMNS": "30"}).split("\n") == [
        "1 norfolk · rob",
        "  · Order the trucks at the",
        "  works, Wed 25 Nov 15:00 UTC",
        "  · 3 promises, 1 not told",
    ]


def test_a_command_begins_a_line_and_stays_in_one_piece() -> None:
    command = "owncase customer handoff norfolk --to dana --move 1.1=2026-12-02T12:00:00Z"
    said = f"  norfolk: dana would take it with 1.1: {command}"
    assert fitted(said, Screen(), {"COLUMNS": "60"}).split("\n") == [
        "  norfolk: dana would take it with 1.1:",
        f"    {command}",
    ]


def test_a_question_keeps_the_blank_before_its_answer() -> None:
    asked = fitted("reason (no-capacity, missing-info, away, other): ", Screen(), {"COLUMNS": "40"})
    assert asked == "reason (no-capacity, missing-info,\n  away, other): "


@pytest.mark.parametrize("text", [RECEIPT, f"\n{RECEIPT}"])
def test_a_pipe_gets_one_line(text: str) -> None:
    assert fitted(text, io.StringIO(), {"COLUMNS": "40"}) == text


def test_what_fits_is_left_as_it_is() -> None:
    assert fitted("  1 to acknowledge", Screen(), {"COLUMNS": "80"}) == "  1 to acknowledge"
