"""No text of a user commands, hides, computes or loads anything, in any format. Numbers are rows of the bad inputs."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from owncase.exchange.guard import guard, unguard
from owncase.render import columns
from owncase.render.sheet import FORMATS, Card, Column, Columns, Sheet

Show = Callable[..., str]
Case = Callable[..., dict[str, Any]]
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SGR = re.compile(r"\x1b\[[0-9;]*m")
OURS = {"csv": {"\n", "\r", "\t"}, "tsv": {"\n", "\t"}}
TITLE = Columns((Column("title", "Title", grows=True),), ("title",))
NASTY = [
    "[red]PAID[/red]", "x[/]", "[link=https://evil]ok[/link]", "\x1b[2J", "\x1b]52;c;eA==\x07", "\x1b]8;;https://x\x1b\\y",
    "\x9b2J", "abc\b\b\bX", "good\rEVIL", "a\nb", "a\u2028b", "\u202egpj", "a\u200bb", "a\x00b", "caf\udce9",
    "e" + "\u0301" * 100_000, "👩‍👩‍👧" * 40, "漢字" * 60, "مرحبا بالعالم" * 9, "x" * 500,
    "<script>alert(1)</script>", "=1+1",
]  # fmt: skip


def commands(text: str) -> set[str]:
    return {
        c
        for c in SGR.sub("", text)
        if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or 0x202A <= ord(c) <= 0x202E
    }


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "table"])
def test_of_all_of_unicode_only_line_ends_leave_in(show: Show, form: str) -> None:
    rows = [{"title": "".join(map(chr, range(start, start + 0x4000)))} for start in range(0, 0x110000, 0x4000)]
    assert commands(show(Sheet(rows, TITLE), form)) <= OURS.get(form, {"\n"})


def test_of_all_that_is_no_letter_sign_or_mark_only_line_ends_and_our_own_colours_leave_in_a_table(show: Show) -> None:
    odd = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")]
    rows = [{"title": "".join(odd[start : start + 20])} for start in range(0, len(odd), 20)]
    text = show(Sheet(rows, TITLE), "table", color=True, width=400)
    assert commands(text) == {"\n"}
    assert text.count("\n") == len(rows) + 1


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("width", [1, 20, 80, 200])
def test_1_to_21_hostile_titles_fail_in_no_format_and_add_no_line(
    show: Show, case: Case, form: str, width: int
) -> None:
    plain = show(Sheet([case(title="x" * 400) for _ in NASTY], columns.CASES), form, width=width)
    text = show(Sheet([case(title=title) for title in NASTY], columns.CASES), form, width=width)
    assert commands(text) <= OURS.get(form, {"\n"})
    if form not in ("csv", "html"):  # where a cell may hold a line end
        assert text.count("\n") == plain.count("\n")


@pytest.mark.parametrize("width", [1, 2, 3, 20, 29, 30, 31, 57, 80, 200])
@pytest.mark.parametrize("unicode", [True, False])
def test_21_23_no_line_is_wider_than_the_screen(show: Show, case: Case, width: int, unicode: bool) -> None:
    rows = [case(title=title, next_action=title, owner="漢" * 9, customer="x" * 30) for title in NASTY]
    text = show(Sheet(rows, columns.CASES, title="漢字 title"), "table", width=width, unicode=unicode)
    cards = "".join(show(Card(row, columns.CASE, title="漢字"), "table", width=width, unicode=unicode) for row in rows)
    assert max(map(cell_len, (text + cards).splitlines())) <= width
    assert unicode or (text + cards).isascii()


def test_23_without_colour_a_table_has_no_escape_at_all(show: Show, case: Case) -> None:
    text = show(Sheet([case(overdue=True)], columns.CASES), "table", color=False)
    assert "\x1b" not in text
    assert "overdue" in text


def test_23_colour_is_never_alone(show: Show, case: Case) -> None:
    sheet = Sheet([case(overdue=True, urgency="hot", claimed=True)], columns.CASES)
    colored = SGR.sub("", show(sheet, "table", color=True))
    assert [line.rstrip() for line in colored.splitlines()] == show(sheet, "table").splitlines()


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\nx",
        "\uff1d1",
        "\uff0b1",
        "  =1",
        "\xa0=1",
        "a\n=1",
        "a\n  @x",
        "'=1",
        "''+1",
        "\u22121",
    ],
)
def test_25_a_cell_that_could_be_computed_begins_with_an_apostrophe(show: Show, cell: str) -> None:
    sheet = Sheet([{"title": cell}], TITLE)
    [_, [guarded]] = list(csv.reader(io.StringIO(show(sheet, "csv"), newline="")))
    [_, [raw]] = list(csv.reader(io.StringIO(show(sheet, "csv", raw=True), newline="")))
    assert guarded == "'" + cell
    assert unguard(guarded) == raw == cell


@pytest.mark.parametrize("cell", ["a-b", "it's", "'quoted'", "1+1", "a@b.c", "", "a\nb"])
def test_25_other_cells_are_left_alone(cell: str) -> None:
    assert guard(cell) == unguard(cell) == cell


@given(st.text(alphabet="'=+-@ \t\r\nab\uff1d"))
def test_25_exactly_our_apostrophe_comes_off_again(text: str) -> None:
    assert unguard(guard(text)) == text


def test_25_a_number_is_a_number(show: Show) -> None:
    assert show(Sheet([{"title": -3}], TITLE), "csv") == "title\r\n-3\r\n"


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


HTML = ["<script>alert(1)</script>", '" onload="x', "' onload='x", "javascript:alert(1)", "<img src=http://track>",
        "file:///etc/passwd", "php://filter", "<svg onload=x>", "</style><script>",
        "<!--", "]]>", "&lt;script&gt;"]  # fmt: skip


def test_27_29_html_holds_our_own_tags_and_loads_nothing(show: Show, case: Case) -> None:
    rows = [case(title=text, owner=text, customer=text, next_action=text) for text in HTML]
    pages = [show(Sheet(rows, columns.CASES, title=HTML[0]), "html")]
    pages += [show(Card(row, columns.CASE, title=row["title"]), "html") for row in rows]
    for page in map(Tags, pages):
        assert page.tags <= {
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "h1",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        }
        assert page.attributes <= {"lang", "charset", "http-equiv", "content", "name", "scope", "dir", "class"}
    assert "default-src 'none'" in pages[0]


MARKDOWN = ["[x](javascript:alert(1))", "![](http://track)", "a|b", "`code`", "*x* _y_ ~~z~~", "<script>", "<http://x.y>",
            "https://evil.example", "www.evil.example", "&lt;", "\\", "\\|", "# x", "a\nb", "$x$", "[^1]"]  # fmt: skip


@pytest.mark.parametrize("text", MARKDOWN)
def test_28_markdown_shows_user_text_as_text(show: Show, text: str) -> None:
    page = show(Sheet([{"title": text, "more": "z"}], Columns((Column("title", "T"), Column("more", "M")), ())), "md")
    html = MarkdownIt("gfm-like", {"linkify": False}).enable("table").render(page)
    tags = Tags(html).tags
    assert tags <= {"table", "thead", "tbody", "tr", "th", "td", "br"}
    assert html.count("<td>") == 2
    [cell] = re.findall(r"<td>(.*?)</td>\s*<td>z", html)
    unescaped = (
        cell.replace("<br>", "\n")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&amp;", "&")
    )
    assert unescaped == text


@pytest.mark.parametrize("form", FORMATS)
def test_30_names_in_a_history_are_as_safe_as_titles(show: Show, form: str) -> None:
    event = {
        "seq": 1,
        "case": 42,
        "kind": "note",
        "at": "2026-11-23T12:00:00Z",
        "by": "[red]\x1b[2J<b>\u202e",
        "text": "\x9b<i>",
    }
    text = show(Sheet([event], columns.HISTORY), form)
    assert commands(text) <= OURS.get(form, {"\n"})
    assert form != "html" or Tags(text).tags.isdisjoint({"b", "i"})
