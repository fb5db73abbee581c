"""A playbook as people read it: one line, drawn on a terminal, or as HTML in which nothing is but its own words.

Its Markdown is read by a parser that knows no HTML, no images and no entities, and follows links to the web and to
mail alone; every text in it passes through `safe`.
"""

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from owncase.render.safe import ascii_only, safe
from owncase.render.sheet import Column, Columns
from owncase.render.terminal import Terminal

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

PLAYBOOKS = Columns(
    shown=(
        Column("playbook", "Playbook"),
        Column("title", "Title", grows=True),
        Column("topics", "Topics", "list"),
        Column("steps", "Steps", "number"),
    ),
    fields=("playbook", "title", "topics", "steps", "version", "active", "added_by", "added_at"),
)
PLAYBOOK = Columns(shown=PLAYBOOKS.shown, fields=(*PLAYBOOKS.fields, "plan", "text"))
WIDEST = 100
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~&:])")
_LINKS = ("https://", "http://", "mailto:")


def playbook_line(playbook: Mapping[str, Any], *, unicode: bool = True) -> str:
    """`damaged-shipment · A shipment arrived damaged · 5 steps · delivery`."""
    count = playbook["steps"]
    parts = [safe(playbook["playbook"]), safe(playbook["title"]), f"{count} step{'' if count == 1 else 's'}"]
    line = " · ".join(parts + ([", ".join(map(safe, playbook["topics"]))] if playbook["topics"] else []))
    return line if unicode else ascii_only(line)


def progress_line(found: Mapping[str, Any]) -> str:
    """`damaged-shipment, step 2 of 5; then: Order the replacement`; without the last where there is none."""
    at = f"{safe(found['playbook'])}, step {found['step']} of {found['steps']}"
    return f"{at}; then: {safe(found['next_step'])}" if found["next_step"] else f"{at}, the last"


def drawn(playbook: Mapping[str, Any], prose: str, terminal: Terminal) -> str:
    """The playbook for a terminal, in its width and colours."""
    from rich.console import Console  # for a terminal alone
    from rich.markdown import Markdown

    said = Markdown("", hyperlinks=False)
    said.parsed = _read(_whole(playbook, prose))
    stream = io.StringIO()
    console = Console(
        file=stream, width=min(terminal.width, WIDEST), force_terminal=terminal.color, no_color=not terminal.color,
        color_system="standard" if terminal.color else None, emoji=False, markup=False, highlight=False,
        legacy_windows=False,
    )  # fmt: skip
    console.print(said)
    text = "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())
    return text if terminal.unicode else ascii_only(text)


def as_html(playbook: Mapping[str, Any], prose: str) -> str:
    """A part of a page: the title, the steps and the prose."""
    parser = _parser()
    found: str = parser.renderer.render(_made_safe(parser.parse(_whole(playbook, prose))), parser.options, {})
    return found


def _whole(playbook: Mapping[str, Any], prose: str) -> str:
    steps = "".join(
        f"{step['n']}. {_plain(step['action'])} ({_plain(step['due'])}{', anybody' if step['safe'] else ''})\n"
        for step in playbook["plan"]
    )
    return f"# {_plain(playbook['title'])}\n\n{steps}\n{prose}\n"


def _plain(text: str) -> str:
    """A line of text as Markdown that says just that."""
    return _SPECIAL.sub(r"\\\1", text)


def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # 20 ms, for a playbook that is read by people

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    parser.disable(["entity", "image", "html_block", "html_inline"]).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: url.strip().lower().startswith(_LINKS)  # type: ignore[method-assign]
    return parser


def _read(text: str) -> "list[Token]":
    return _made_safe(_parser().parse(text))


def _made_safe(tokens: "Sequence[Token]") -> "list[Token]":
    for token in tokens:
        token.content = safe(token.content, one_line=False)
        token.info = safe(token.info)
        token.attrs = {name: safe(value) if isinstance(value, str) else value for name, value in token.attrs.items()}
        _made_safe(token.children or ())
    return list(tokens)
