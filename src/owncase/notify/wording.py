"""A letter's words stand in templates alone: the shipped ones, or files of the same name in the user's folder.

Templates get facts and no layout: a translation overrides files. The first line of a text is its subject. The HTML part
has the same words, because it is made of the paragraphs of the text. A template can look at what it is given and at
other templates, and at nothing else.
"""

import re
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.sandbox import SandboxedEnvironment

from owncase.domain import text
from owncase.errors import Misconfigured

SHIPPED = Path(__file__).parent / "templates"
SUBJECT = "Subject:"
FRAME = "letter.html"
_GAP = re.compile(r"\n{3,}")
_DEAD_END = re.compile(r"[ \t]+$", re.MULTILINE)


class BrokenTemplate(Misconfigured):
    """A template of a letter cannot be filled in."""


class Words(NamedTuple):
    """What a letter says."""

    subject: str
    text: str
    html: str


def worded(kind: str, facts: Mapping[str, Any], own: Path) -> Words:
    """Fill in the templates of a kind of letter; those in the folder `own` come first. Raises `BrokenTemplate`."""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader([own, SHIPPED]), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        autoescape=select_autoescape(("html",), default=False), auto_reload=False,
    )  # fmt: skip
    name = f"{kind}.txt"
    said = _filled(environment, own, (name,), facts)
    subject, body = _parted(said, own, name)
    shown = {**facts, "subject": subject, "paragraphs": _paragraphs(body)}
    return Words(subject, body, _filled(environment, own, (f"{kind}.html", FRAME), shown).strip() + "\n")


def _filled(environment: SandboxedEnvironment, own: Path, names: tuple[str, ...], facts: Mapping[str, Any]) -> str:
    try:
        template: Template = environment.select_template(list(names))
        return template.render(facts)
    except Exception as trouble:  # noqa: BLE001 - a template is a program of somebody else's, and may fail in any way
        raise _broken(trouble, own, names[-1]) from None


def _parted(said: str, own: Path, name: str) -> tuple[str, str]:
    """The subject, which is the first line, and the rest."""
    first, _, rest = said.strip().partition("\n")
    if not first.startswith(SUBJECT) or not first.removeprefix(SUBJECT).strip():
        raise BrokenTemplate(f"the letter of {name} does not begin with a line '{SUBJECT} …'", fix=_mend(own, name))
    body = _GAP.sub("\n\n", _DEAD_END.sub("", rest)).strip()
    if not body:
        raise BrokenTemplate(f"the letter of {name} says nothing", fix=_mend(own, name))
    return text.one_line(first.removeprefix(SUBJECT), "subject", limit=1_000), text.prose(body, "letter") + "\n"


def _paragraphs(body: str) -> list[list[str]]:
    lines = body.splitlines()
    return [list(group) for is_text, group in groupby(lines, key=lambda line: bool(line.strip())) if is_text]


def _broken(trouble: Exception, own: Path, name: str) -> BrokenTemplate:
    if isinstance(trouble, TemplateSyntaxError):
        name, line = trouble.name or name, trouble.lineno
    else:
        name, line = _place(trouble.__traceback__, name)
    what = " ".join(_why(trouble).split())[:200]
    return BrokenTemplate(
        f"the template {name} is broken{f' in line {line}' if line else ''}: {what}", fix=_mend(own, name)
    )


def _why(trouble: Exception) -> str:
    if isinstance(trouble, TemplateNotFound):
        return f"there is no template {trouble.name}"
    if isinstance(trouble, TemplateError) and trouble.message:
        return trouble.message
    return str(trouble) or type(trouble).__name__


def _place(trace: TracebackType | None, name: str) -> tuple[str, int]:
    """The innermost template that a trouble came from, and the line in it; Jinja puts templates into the trace."""
    found = (name, 0)
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.suffix in (".txt", ".html"):
            found = (file.name, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _mend(own: Path, name: str) -> str:
    path = own / name
    return f"mend or remove {path}" if path.exists() else f"put a file that works at {path}"
