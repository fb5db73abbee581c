"""However many write at once, each change happens exactly once, and every loser is told so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from owncase.store.check import check

WRITERS, EACH = 16, 4


def test_sixteen_writers_lose_nothing(crowd: Callable[..., Any], ask: Callable[..., Any], store: Path) -> None:
    texts = [[f"writer {writer} line {line}" for line in range(EACH)] for writer in range(WRITERS)]
    opening = ("-c", "norfolk", "-n", "Call", "-d", "2026-11-27", "--keep")
    said = crowd(
        *(
            (
                "dana" if writer % 2 else "rob",
                [["open", text, *opening] if line % 4 == 0 else ["note", "1", text] for line, text in enumerate(lines)],
            )
            for writer, lines in enumerate(texts)
        )
    )
    assert [line for lines in said for line in lines if line[0]] == []
    wanted = sorted(text for lines in texts for text in lines)
    assert [body for (body,) in ask("SELECT body FROM text WHERE body GLOB 'writer *' ORDER BY body")] == wanted
    numbers = [int(line[1].split()[0]) for lines in said for line in lines[::4]]
    assert sorted(numbers) == list(range(2, 2 + WRITERS * EACH // 4))
    assert check(store).found == []


def test_eight_acknowledgements_at_once_are_one(
    team: Callable[..., Any], crowd: Callable[..., Any], ask: Callable[..., Any], store: Path
) -> None:
    assert team("handoff", "1", "--to", "dana").exit == 0
    said = crowd(*(("dana", [["ack", "1"]]) for _ in range(8)))
    assert [line[0] for (line,) in said] == [0] * 8
    assert ask("SELECT count(*) FROM event WHERE kind = 'handoff.acknowledged'") == [(1,)]
    assert ask("SELECT handoffs FROM cases WHERE number = 1") == [(1,)]
    assert check(store).found == []


@pytest.mark.parametrize("back", ["withdraw", "undo"])
def test_of_taking_back_and_acknowledging_at_the_same_moment_one_wins(
    back: str, team: Callable[..., Any], crowd: Callable[..., Any], ask: Callable[..., Any], store: Path
) -> None:
    numbers = range(2, 10)
    for number in numbers:
        team("open", f"Case {number}", "-c", "norfolk", "-n", "Call", "-d", "+3d", "--keep")
        assert team("handoff", str(number), "--to", "dana").exit == 0
    said = crowd(
        *(("rob", [[back, str(number)]]) for number in numbers),
        *(("dana", [["ack", str(number)]]) for number in numbers),
    )
    owners = dict(ask("SELECT c.number, p.handle FROM cases AS c JOIN person AS p ON p.id = c.owner"))
    for number, withdrawn, taken in zip(numbers, said[: len(numbers)], said[len(numbers) :], strict=True):
        assert sorted((withdrawn[0][0], taken[0][0])) == [0, 3], (withdrawn, taken)
        assert owners[number] == ("rob" if withdrawn[0][0] == 0 else "dana")
    assert check(store).found == []


def test_two_offers_at_once_leave_one_standing(crowd: Callable[..., Any], ask: Callable[..., Any], store: Path) -> None:
    said = crowd(*(("rob", [["handoff", "1", "--to", to]]) for to in ("dana", "carol") * 3))
    assert sorted(line[0] for (line,) in said) == [0, 3, 3, 3, 3, 3]
    assert ask("SELECT count(*) FROM handoff WHERE state = 'offered'") == [(1,)]
    assert check(store).found == []
