"""No playbook commands a terminal or a browser, whatever Markdown stands in it."""

import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from owncase.render.playbooks import as_html, drawn
from owncase.render.terminal import Terminal

SGR = re.compile(r"\x1b\[[0-9;]*m")
NASTY = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](https://evil.example/x.png)",
    "![x][y]\n\n[y]: x",
    "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "<javascript:alert(1)>", "[x](data:text/html;base64,eA==)", "[x](vbscript:x)", "[x](file:///etc/passwd)",
    "[x](//evil.example)", "[x](https://ok.example 'a\" onclick=\"alert(1)')", "[x]: javascript:alert(1)\n\n[x]",
    "<a href='javascript:x'>y</a>", "<!-- x -->", "<style>*{}</style>", "\x1b[2J\x1b]52;c;eA==\x07", "`\x1b[2J`",
    "```\x1b[2J\n\x9b2J\n```", "    \x1b[2J", "&#27;[2J", "&#x202e;gpj", "&#155;2J", "\u202egpj", "[x](\u202egpj)",
    "| a |\n|---|\n| \x1b[2J |", "[red]PAID[/red]", "[link=https://evil]ok[/link]", ":warning:", "> " * 200 + "x",
    "- " * 200 + "x", "*" * 5000, "[" * 5000, "# \x07", "~~~html\n<script>\n~~~", "caf\udce9",
]  # fmt: skip


def plan(action: str) -> dict[str, object]:
    return {"title": action, "plan": [{"n": 1, "action": action, "due": "+4h", "safe": True}]}


def commands(text: str) -> set[str]:
    return {
        c
        for c in SGR.sub("", text)
        if (unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") and c != "\n") or 0x202A <= ord(c) <= 0x202E
    }


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


PLAIN = {
    "a", "blockquote", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "br", "li", "ol", "p", "pre", "s",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


def is_harmless(prose: str, action: str) -> None:
    assert commands(drawn(plan(action), prose, Terminal(is_tty=True, width=80, color=True))) == set()
    assert "\x1b" not in drawn(plan(action), prose, Terminal(is_tty=True, width=80))
    html = as_html(plan(action), prose)
    page = Page()
    page.feed(html)
    assert page.tags <= PLAIN
    assert commands(html) == set()
    assert {name for name, _ in page.attributes} <= {"href", "title", "class", "start", "style"}
    for name, value in page.attributes:
        assert name != "href" or str(value).startswith(("https://", "http://", "mailto:"))
        assert name != "style" or str(value).startswith("text-align:")


@pytest.mark.parametrize("nasty", NASTY)
def test_no_markdown_does_anything(nasty: str) -> None:
    is_harmless(nasty, "Call them")
    if "\n" not in nasty:
        is_harmless("# Tell them", nasty[:500])


@settings(max_examples=60)
@given(st.text(st.characters() | st.sampled_from("<>[]()!&#;:`*_\x1b\u202e\n"), max_size=80))
def test_no_text_at_all_does_anything(text: str) -> None:
    is_harmless(text, "Call them")


def test_a_step_says_its_words_and_is_no_markdown() -> None:
    html = as_html(plan("# *Call* 1. <b>Pat</b> & co [now](https://x.example)"), "")
    assert "<li># *Call* 1. &lt;b&gt;Pat&lt;/b&gt; &amp; co [now](https://x.example) (+4h, anybody)</li>" in html


def test_a_terminal_without_colours_or_unicode_gets_neither() -> None:
    shown = drawn(plan("Call Zoë"), "- **now**", Terminal(is_tty=True, width=40, unicode=False))
    assert shown.isascii()
    assert "Call Zo\\xeb (+4h, anybody)" in shown
