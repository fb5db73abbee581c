"""What somebody typed means exactly one thing, or is refused with what would be right (bad inputs 41 to 44)."""

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., Any]


def test_a_number_a_hash_a_key_and_words_of_a_name_all_mean_the_case(team: Ask, opened: Callable[..., int]) -> None:
    number = opened()
    for text in (str(number), f"#{number}", "norfolk", "NORFOLK storage", "nor"):
        assert team("show", text, "--json")["case"] == number


# 41
@pytest.mark.parametrize("text", ["0", "1.0", "1e3", "0x10", "1_000", "+7", " 7\n", "٧", "#", "#x", "7 8"])
def test_a_number_written_otherwise_is_a_usage_problem(team: Ask, run: Ask, text: str) -> None:
    assert run("show", "--", text).exit == 2


def test_a_negative_number_is_a_usage_problem(team: Ask, run: Ask) -> None:
    assert run("show", "-1").exit == 2


# 42
def test_zeros_in_front_are_refused_with_the_number_meant(team: Ask, run: Ask) -> None:
    done = run("show", "007")
    assert done.exit == 2
    assert "did you mean 7" in done.stderr


# 43
@pytest.mark.parametrize("text", [str(2**53), str(2**63), "9" * 5000])
def test_a_number_that_no_reader_could_hold_is_bad_data(team: Ask, run: Ask, text: str) -> None:
    assert run("show", text).exit == 65


# 44
def test_an_unknown_number_names_its_neighbours(team: Ask, run: Ask, opened: Callable[..., int]) -> None:
    number = opened()
    done = run("show", "99")
    assert done.exit == 66
    assert f"did you mean {number}?" in done.stderr


def test_an_unknown_customer_names_those_alike(team: Ask, run: Ask) -> None:
    done = run("list", "-c", "norfolc")
    assert (done.exit, "norfolk" in done.stderr) == (66, True)


def test_an_unknown_customer_like_no_other_is_to_be_added(team: Ask, run: Ask) -> None:
    done = run("list", "-c", "zzz")
    assert (done.exit, "owncase customer add KEY --name NAME, or owncase customer list" in done.stderr) == (66, True)


# 45
@pytest.mark.parametrize("text", ["-1", str(10**9), "1e3", "x", ""])
def test_a_limit_is_a_whole_number(team: Ask, run: Ask, text: str) -> None:
    assert run("list", "--limit", text).exit == 2


def test_several_open_cases_of_a_customer_are_listed(team: Ask, run: Ask, opened: Callable[..., int]) -> None:
    numbers = [opened(), opened()]
    done = run("show", "norfolk")
    assert done.exit == 2
    assert ", ".join(map(str, numbers)) in done.stderr


def test_several_customers_are_listed_by_key_but_a_whole_name_is_one(team: Ask, run: Ask) -> None:
    team("customer", "add", "norfolk-2", "--name", "Norfolk Störage North")
    assert "norfolk-2" in run("list", "-c", "Norf stor").stderr
    assert run("list", "-c", "norfolk störage").exit == 0


def test_a_customer_without_an_open_case_has_none_to_show(team: Ask, run: Ask) -> None:
    assert run("show", "norfolk").exit == 66
