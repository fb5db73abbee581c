"""User text is shown, never obeyed, and nothing in it is hidden. Numbers are rows of the bad inputs."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from owncase.render.safe import ascii_only, safe, visible

EVERYTHING = "".join(map(chr, range(0x110000)))


def test_of_all_of_unicode_only_the_newline_is_not_a_visible_character() -> None:
    seen = safe(EVERYTHING, one_line=False)
    unseen = {c for c in seen if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")}
    assert unseen == {"\n"}
    assert not {
        c for c in seen if unicodedata.bidirectional(c) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "PDI")
    }


def test_of_all_of_unicode_one_line_stays_one_line() -> None:
    assert len(safe(EVERYTHING).splitlines()) == 1


def test_of_all_format_characters_only_signs_that_are_drawn_stay_as_they_are() -> None:
    stay = [c for c in EVERYTHING if unicodedata.category(c) == "Cf" and safe(c) == c]
    assert all(
        "NUMBER" in unicodedata.name(c) or "ARABIC" in unicodedata.name(c) or "SYRIAC" in unicodedata.name(c)
        for c in stay
    )


@given(st.text())
def test_what_is_safe_stays_as_it_is(text: str) -> None:
    once = safe(text, one_line=False)
    assert safe(once, one_line=False) == once


@given(st.text(alphabet=st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs"))))
def test_ordinary_text_is_not_touched(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize("title", ["[red]PAID[/red]", "x[/]", "[link=https://evil]ok[/link]", ":smile:"])
def test_1_2_3_markup_is_not_interpreted(title: str) -> None:
    assert safe(title) == title


@pytest.mark.parametrize(
    ("row", "hostile", "shown"),
    [
        (4, "\x1b[2J\x1b[8m", "␛[2J␛[8m"),
        (5, "\x1b]52;c;ZXZpbA==\x07", "␛]52;c;ZXZpbA==␇"),
        (6, "\x1b]8;;https://evil\x1b\\bank\x1b]8;;\x1b\\", "␛]8;;https://evil␛\\bank␛]8;;␛\\"),
        (7, "\x9b2J\x9d52\x9c", "<U+009B>2J<U+009D>52<U+009C>"),
        (8, "abc\b\b\bX\x7f\a", "abc␈␈␈X␡␇"),
        (9, "good\rEVIL", "good␍EVIL"),
        (10, "title\n43  acme", "title␊43  acme"),
        (11, "a\u2028b\u2029c\x85d\r\ne", "a␊b␊c␊d␊e"),
        (12, "\u202egpj.exe \u2066x\u2069", "<U+202E>gpj.exe <U+2066>x<U+2069>"),
        (13, "a\u200bd\xadm\u3164in\U000e0041", "a<U+200B>d<U+00AD>m<U+3164>in<U+E0041>"),
        (14, "a\x00b", "a␀b"),
        (15, "caf\udce9", "caf<U+DCE9>"),
    ],
)
def test_4_to_15_what_commands_or_hides_is_shown(row: int, hostile: str, shown: str) -> None:
    assert safe(hostile) == shown


def test_11_a_note_keeps_its_lines_whatever_they_were_broken_with() -> None:
    assert safe("a\r\nb\u2028c\nd", one_line=False) == "a\nb\nc\nd"


@pytest.mark.parametrize("text", ["👩‍👩‍👧", "❤️‍🔥", "1️⃣", "می‌خواهم", "葛󠄀城", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "श्री‍मान"])
def test_13_joiners_stay_where_writing_needs_them(text: str) -> None:
    assert safe(text) == text


def test_13_a_joiner_outside_an_emoji_is_shown() -> None:
    assert safe("ad\u200dmin\ufe0f") == "ad<U+200D>min<U+FE0F>"


def test_18_a_pile_of_marks_is_cut_and_says_so() -> None:
    assert safe("e" + "\u0301" * 1_000_000 + "x") == "e" + "\u0301" * 8 + "…x"
    assert visible("e" + "\u0301" * 20) == "e" + "\u0301" * 20


def test_24_a_terminal_without_unicode_gets_ascii() -> None:
    assert ascii_only("42 müller · ␛[2J…") == "42 m\\xfcller - ^[[2J..."
    assert re.fullmatch(r"[\x20-\x7e]*", ascii_only(safe(EVERYTHING)))
