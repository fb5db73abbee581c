"""What people type is taken as it is, or refused by name with its place."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from owncase.domain import malformed, text
from owncase.errors import BadData

ANYTHING = st.text(st.characters(), max_size=60)


@pytest.mark.parametrize(
    "title", ["[red]PAID[/red]", "x[/]", "[link=https://evil]ok[/link]", "a\u200bb", "🔥", "👨\u200d👩", "שלום\u200f!"]
)
def test_trust_1_2_3_13_a_title_is_stored_as_typed(title: str) -> None:
    assert text.one_line(title, "title") == title


@pytest.mark.parametrize(
    ("title", "refusal", "place"),
    [
        pytest.param("x\x1b[2J", malformed.HasControlCharacter, 2, id="trust 4: escape"),
        pytest.param("\x1b]52;c;eA==\a", malformed.HasControlCharacter, 1, id="trust 5: clipboard"),
        pytest.param("see \x1b]8;;https://evil\x1b\\", malformed.HasControlCharacter, 5, id="trust 6: link"),
        pytest.param("ab\x9b2J", malformed.HasControlCharacter, 3, id="trust 7: C1"),
        pytest.param("abc\b\b\bX", malformed.HasControlCharacter, 4, id="trust 8: backspace"),
        pytest.param("a\x7f", malformed.HasControlCharacter, 2, id="trust 8: delete"),
        pytest.param("a\tb", malformed.HasControlCharacter, 2, id="trust 4: tab"),
        pytest.param("good\rEVIL", malformed.HasLineBreak, 5, id="trust 9: carriage return"),
        pytest.param("real\n42 fake", malformed.HasLineBreak, 5, id="trust 10: line feed"),
        pytest.param("a\u2028b", malformed.HasLineBreak, 2, id="trust 11: line separator"),
        pytest.param("a\u2029b", malformed.HasLineBreak, 2, id="trust 11: paragraph separator"),
        pytest.param("a\x85b", malformed.HasLineBreak, 2, id="trust 11: next line"),
        pytest.param("a\u202egnp.exe", malformed.HasDirectionControl, 2, id="trust 12: override"),
        pytest.param("a\u2066b", malformed.HasDirectionControl, 2, id="trust 12: isolate"),
        pytest.param("a\0b", malformed.HasControlCharacter, 2, id="trust 14: NUL"),
        pytest.param("caf\udce9", malformed.NotUnicode, 4, id="trust 15: lone surrogate"),
        pytest.param("\u00a0 a\x1b", malformed.HasControlCharacter, 4, id="places count white space in front"),
    ],
)
def test_a_one_line_field_refuses_what_breaks_it_and_says_where(title: str, refusal: type[BadData], place: int) -> None:
    with pytest.raises(refusal, match=rf"^title .*position {place}$") as refused:
        text.one_line(title, "title")
    assert refused.value.exit == 65


@pytest.mark.parametrize("blank", ["", "   ", "\u00a0", "\u2003\n", "\u200b", "\u3164", "\u2800"])
def test_trust_22_blank_is_not_a_next_action(blank: str) -> None:
    with pytest.raises(malformed.IsBlank, match="needs a next action"):
        text.one_line(blank, "next action")
    with pytest.raises(malformed.IsBlank, match="needs an outcome"):
        text.prose(blank, "outcome")


@pytest.mark.parametrize("length", [501, 2_001, 10_000_000])
def test_trust_17_a_long_title_is_refused_with_the_limit(length: int) -> None:
    with pytest.raises(malformed.TooLong, match=rf"title has {length:,} characters, at most 500 fit"):
        text.one_line("x" * length, "title")


def test_trust_18_a_million_combining_marks_are_refused_at_once() -> None:
    with pytest.raises(malformed.TooLong):
        text.one_line("a" + "\u0301\u0316" * 500_000, "title")


def test_trust_17_five_hundred_characters_are_at_most_two_thousand_bytes() -> None:
    assert len(text.one_line("🔥" * 500, "title").encode()) == 2000


def test_trust_19_twins_become_one() -> None:
    assert text.one_line("Cafe\u0301", "title") == "Caf\u00e9" == text.name("Cafe\u0301", "name")


def test_white_space_around_a_line_is_dropped_also_the_line_end_of_a_pipe() -> None:
    assert text.one_line(" \u00a0Call Pat \r\n", "title") == "Call Pat"


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\u3164", "\u115f", "\ufeff", "\U000e0041", "\ufe0f", "\u200d"])
def test_trust_13_a_name_has_no_invisible_characters(hidden: str) -> None:
    with pytest.raises(malformed.HasInvisibleCharacter, match=r"name has .* at position 4"):
        text.name(f"Ana{hidden}B", "name")
    with pytest.raises(malformed.HasInvisibleCharacter, match="external id"):
        text.external_id(f"Ana{hidden}B")


def test_an_external_id_stays_exactly_as_it_is() -> None:
    assert text.external_id(" 1-364285768 ") == " 1-364285768 "


def test_trust_9_and_12_a_note_keeps_what_terminals_would_act_on() -> None:
    note = "  first\n\tsecond\x1b[2J\r\u202e\u200b"
    assert text.prose(f"\n\n{note}\n \n", "note") == note


def test_trust_14_15_17_a_note_refuses_nul_half_characters_and_more_than_64_kib() -> None:
    with pytest.raises(malformed.HasControlCharacter, match=r"note has a NUL .* position 3"):
        text.prose("\na\0", "note")
    with pytest.raises(malformed.NotUnicode, match="position 2"):
        text.prose("a\ud800", "note")
    with pytest.raises(malformed.TooLong):
        text.prose("é" * 40_000, "note")
    assert len(text.prose("x" * 65_536, "note")) == 65_536


@pytest.mark.parametrize("good", ["a", "dana", "owner-7", "j.doe_2", "7up", "x" * 32])
def test_a_handle_is_taken_as_it_is(good: str) -> None:
    assert text.handle(good, "handle") == good == text.handle_from(good)


@pytest.mark.parametrize(
    ("bad", "said", "fix"),
    [
        ("Dana", "a capital letter at position 1", "write dana"),
        ("dana b", "SPACE", "write dana-b"),
        ("42", "needs a letter", "write p42"),
        ("", "empty", "write it like dana"),
        ("-x", "begin with", "write x"),
        ("x" * 33, "at most 32", "write " + "x" * 32),
        ("\u0667a", "ARABIC-INDIC DIGIT SEVEN", ""),
        ("a\n", "a line break", "write a"),
    ],
)
def test_a_handle_that_is_none_is_refused_with_one_that_is(bad: str, said: str, fix: str) -> None:
    with pytest.raises(malformed.MalformedHandle, match=said) as refused:
        text.handle(bad, "handle")
    assert (refused.value.fix or "").startswith(fix)


def test_trust_20_a_letter_that_only_looks_latin_is_named() -> None:
    with pytest.raises(
        malformed.MalformedHandle, match=r"CYRILLIC SMALL LETTER A \(U\+0430\), a letter of another script"
    ):
        text.handle("\u0430na", "handle")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Owner 7", "owner-7"),
        ("Zoë O'Neil", "zoe-o-neil"),
        ("  José  María ", "jose-maria"),
        ("Straße Øst", "strasse-ost"),
        ("İpek", "ipek"),
        ("jane.doe", "jane.doe"),
        ("(a) - b!", "a-b"),
        ("x" * 31 + " y", "x" * 31),
        ("42", "person-1"),
        ("Дана", "person-1"),
        ("", "person-1"),
        ("?", "person-1"),
    ],
)
def test_a_handle_is_made_of_a_name(name: str, expected: str) -> None:
    assert text.handle_from(name) == expected


@given(ANYTHING)
def test_every_handle_made_of_a_name_is_a_handle(name: str) -> None:
    assert text.handle(text.handle_from(name), "handle")


@pytest.mark.parametrize(("typed", "number"), [("7", 7), ("#42", 42), (str(2**53 - 1), 2**53 - 1)])
def test_a_case_number_is_read(typed: str, number: int) -> None:
    assert text.case_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "-1",
        "0",
        "1.0",
        "1e3",
        "0x10",
        "1_000",
        "+7",
        " 7\n",
        "7\n",
        "\u0667",
        "",
        "#",
        "##7",
        "²",
        "#-1",
        "0000",
        "acme",
    ],
)
def test_trust_41_what_is_no_case_number_is_a_usage_problem(typed: str) -> None:
    with pytest.raises(malformed.MalformedCaseNumber) as refused:
        text.case_number(typed)
    assert refused.value.exit == 2


def test_trust_42_zeros_in_front_are_asked_about() -> None:
    with pytest.raises(malformed.MalformedCaseNumber, match="did you mean 7") as refused:
        text.case_number("007")
    assert refused.value.exit == 2


@pytest.mark.parametrize("typed", [str(2**53), str(2**63), "9" * 5000], ids=["2^53", "2^63", "5,000 digits"])
def test_trust_43_numbers_too_large_for_a_case_are_bad_data(typed: str) -> None:
    with pytest.raises(malformed.CaseNumberTooLarge) as refused:
        text.case_number(typed)
    assert refused.value.exit == 65


@pytest.mark.parametrize(
    ("typed", "tokens"),
    [
        ("'; DROP TABLE x", ["DROP", "TABLE", "x"]),
        ('"foo AND', ["foo", "AND"]),
        ("* col:x NEAR( -x a^ 50%_", ["col", "x", "NEAR", "x", "a", "50"]),
        ("a\0b \ud800", ["a", "b"]),
        ("Cafe\u0301 Größe", ["Caf\u00e9", "Größe"]),
        ("\u0301 !!", []),
    ],
)
def test_trust_37_38_searching_keeps_words_only(typed: str, tokens: list[str]) -> None:
    assert text.search_tokens(typed) == tokens


def test_trust_39_a_search_is_at_most_a_thousand_characters_and_32_words() -> None:
    with pytest.raises(malformed.TooLong):
        text.search_tokens("x" * 1001)
    assert len(text.search_tokens("ab " * 300)) == 32


@pytest.mark.parametrize("good", ["ana@example.com", "o'neil+cases@mail.example.org", " a.b@x-y.example \n"])
def test_an_address_is_taken(good: str) -> None:
    assert text.email(good) == good.strip()


@pytest.mark.parametrize(
    "bad",
    [
        "ana@x.test, eve@evil.test",
        "Ana <ana@x.test>",
        "ana@x.test\nBcc: eve@evil.test",
        "ana@x.test\r\n eve",
        "ana",
        "@x.test",
        "ana@localhost",
        "a..b@x.test",
        "ana@-x.test",
        "-oQ@x.test",
        "=?utf-8?q?=0a?=@x.test",
        "\u0430na@x.test",
        "ana@x.test\0",
        "a" * 65 + "@x.test",
        "",
    ],
)
def test_trust_31_32_33_only_one_plain_address_is_taken(bad: str) -> None:
    with pytest.raises(malformed.MalformedEmail):
        text.email(bad)


@pytest.mark.parametrize("good", ["112", "+1 (757) 555-0100", "030/1234-567", "+49 30 1234 ext. 12", "555-0100 x12"])
def test_a_phone_number_is_taken(good: str) -> None:
    assert text.phone(good) == good


@pytest.mark.parametrize("bad", ["", "12", "call me", "+", "555\n0100", "٠٣٠١٢٣", "1" * 40, "555-0100; rm", "--555"])
def test_what_cannot_be_dialled_is_refused(bad: str) -> None:
    with pytest.raises(malformed.MalformedPhone):
        text.phone(bad)


def test_a_request_id_is_1_to_64_safe_characters() -> None:
    assert text.request_id("A-z_0.9:1") == "A-z_0.9:1"
    for bad in ("", "x" * 65, "a b", "a\n", "é"):
        with pytest.raises(malformed.MalformedRequestId):
            text.request_id(bad)


def test_words_are_letters_or_digits() -> None:
    assert text.has_words("Call!")
    assert not text.has_words("... -- ?")


@given(ANYTHING)
def test_any_text_is_either_taken_safely_or_refused_by_name(typed: str) -> None:
    taken = _taken_or_refused(typed)
    assert taken.encode() or not taken
    assert all(unicodedata.category(character) not in ("Cc", "Cs") for character in taken)
    assert not taken or text.one_line(taken, "title") == taken


def _taken_or_refused(typed: str) -> str:
    try:
        return text.one_line(typed, "title")
    except BadData as refused:
        return f"{refused.message} {refused.fix}"
