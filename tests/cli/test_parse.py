"""Numbers are read strictly, because what looks like a number to a converter is often a slip of the hand."""

import pytest

from owncase.cli import parse
from owncase.errors import UsageProblem


@pytest.mark.parametrize("text", ["", "-1", "+7", "1_000", "3.0", " 7", "٧", "12345678"])
def test_a_limit_is_one_to_seven_digits(text: str) -> None:
    with pytest.raises(UsageProblem):
        parse.limit(text)


def test_a_limit_of_zero_is_all() -> None:
    assert parse.limit("0") == 0


@pytest.mark.parametrize("text", ["", "a b", "x" * 65, "é", "a\n"])
def test_a_request_id_has_safe_characters_only(text: str) -> None:
    with pytest.raises(UsageProblem):
        parse.request_id(text)
