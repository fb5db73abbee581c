"""A phone number is the same in any spelling, and a number without a country may be of any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from owncase.domain.phone import ENDING, WITH_ZERO, Sameness, digits, parts, plain, reads_as_phone, sameness

VIRGINIA = "+1 (757) 555-0100"
LONDON = "+44 20 7946 0018"


@pytest.mark.parametrize(
    "typed",
    [
        "+1 (757) 555-0100", "757.555.0100", "757 555 0100", "7575550100", "(757) 555-0100", "1-757-555-0100",
        "+17575550100", "0017575550100", "00 1 757 555 0100", "011 1 757 555 0100", "tel:+1-757-555-0100",
        "757/555/0100",
        "\u202a+1 757 555\u20110100\u202c", "+1\u00a0757\u00a0555\u00a00100", "＋１ ７５７ ５５５ ０１００",
    ],
)  # fmt: skip
def test_every_spelling_is_the_same_number(typed: str) -> None:
    assert reads_as_phone(typed)
    assert sameness(plain(typed), VIRGINIA) is Sameness.NUMBER
    assert sameness(VIRGINIA, plain(typed)) is Sameness.NUMBER


@pytest.mark.parametrize("typed", ["0044 20 7946 0018", "(020) 7946 0018", "+44 (0)20 7946 0018", "020 79460018"])
def test_the_zero_of_a_country_and_the_zeros_before_another_are_understood(typed: str) -> None:
    assert sameness(typed, LONDON) is Sameness.NUMBER


def test_of_two_numbers_without_a_country_the_digits_agree() -> None:
    assert sameness("(020) 7946 0018", "020-79460018") is Sameness.NUMBER
    assert sameness("030 7946 0018", "020 7946 0018") is Sameness.NONE


def test_a_number_without_a_country_may_be_of_any() -> None:
    for known in ("+1 757 555 0100", "+44 757 555 0100"):
        assert sameness("757 555 0100", known) is Sameness.NUMBER
    assert sameness("+1 757 555 0100", "+44 757 555 0100") is Sameness.NONE


def test_the_local_part_alone_ends_alike() -> None:
    assert sameness("555-0100", VIRGINIA) is Sameness.ENDING
    assert sameness("555-0101", VIRGINIA) is Sameness.NONE


@pytest.mark.parametrize("typed", ["x12", " x 12", " ext. 12", " extension 12", ";ext=12", " #12", " EXT 012"])
def test_an_extension_is_another_phone_and_one_left_out_may_be_any(typed: str) -> None:
    assert reads_as_phone(VIRGINIA + typed)
    assert sameness(VIRGINIA + typed, f"{VIRGINIA} x 12") is Sameness.EXTENSION
    assert sameness(VIRGINIA + typed, f"{VIRGINIA} x 13") is Sameness.NONE
    assert sameness(VIRGINIA + typed, VIRGINIA) is Sameness.NUMBER
    assert sameness(VIRGINIA, VIRGINIA + typed) is Sameness.NUMBER


def test_a_number_inside_words_is_found_there() -> None:
    assert sameness(VIRGINIA, "Pat Doyle, 757-555-0100") is Sameness.NUMBER


@pytest.mark.parametrize(
    "text", ["42", "555012", "norfolk", "pat@757.5550100", "x" * 99, "1" * 21, "", "+", "7575550100 x", "((((((("]
)  # fmt: skip
def test_other_texts_are_no_number(text: str) -> None:
    assert not reads_as_phone(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_is_too_strange_to_be_compared(one: str, other: str) -> None:
    assert sameness(plain(one), other) in Sameness
    assert reads_as_phone(one) in (True, False)


GAPS = st.lists(st.sampled_from(["", " ", "-", ".", " (", ") "]), min_size=10, max_size=10)


@given(GAPS, st.sampled_from(["", "+1 ", "001 ", "1 "]))
def test_however_a_number_is_spaced_its_end_and_its_sense_stay(gaps: list[str], country: str) -> None:
    typed = country + "".join(gap + digit for gap, digit in zip(gaps, "7575550100", strict=True)).strip()
    assert digits(parts(typed)[0]).endswith(digits(VIRGINIA)[-ENDING:])
    assert sameness(typed, VIRGINIA) is Sameness.NUMBER


def test_what_is_compared_without_the_rules_of_countries_is_as_they_say() -> None:
    from phonenumbers import (
        COUNTRY_CODE_TO_REGION_CODE,
        PhoneMetadata,
        PhoneNumberFormat,
        example_number,
        format_number,
    )

    from owncase.domain.phone import _are_plainly_same

    for code, regions in COUNTRY_CODE_TO_REGION_CODE.items():
        for region in (region for region in regions if region != "001"):
            abroad, at_home = (
                format_number(example_number(region), form)
                for form in (PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.NATIONAL)
            )
            assert sameness(at_home, abroad) is Sameness.NUMBER, (abroad, at_home)
            if str(code) in WITH_ZERO:
                assert PhoneMetadata.metadata_for_region(region).national_prefix == "0"
                assert _are_plainly_same(at_home, abroad)
