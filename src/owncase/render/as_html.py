"""HTML: one page that loads nothing, runs nothing and links nowhere; every value is escaped in one place."""

from base64 import b64encode
from hashlib import sha256
from html import escape

from owncase.render.cells import cell, is_late
from owncase.render.safe import safe
from owncase.render.sheet import Card, Column, Look, Row, Sheet

_STYLE = (
    ":root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}"
    "th{font-weight:400;opacity:.7;text-align:left}th,td{padding:.3rem 1.2rem .3rem 0;vertical-align:top;"
    "border-bottom:1px solid #8884;white-space:pre-wrap}"
    ".number{text-align:right}.person{font-weight:600}.late{color:#c62828}"
)
_DIGEST = b64encode(sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"


def render(thing: Sheet | Card, look: Look) -> str:
    """A whole page."""
    title = thing.title or "owncase"
    body = _card(thing, look) if isinstance(thing, Card) else _sheet(thing, look)
    return page(title, f"<h1>{_shown(title)}</h1>\n{body}")


def page(title: str, body: str) -> str:
    """A page of HTML that is safe already, under a title that need not be."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="viewport" content="width=device-width">\n'
        f"<title>{_shown(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _sheet(sheet: Sheet, look: Look) -> str:
    if not sheet.rows:
        return f"<p>{_shown(sheet.empty)}</p>\n"
    columns = [*([Column(sheet.group, "")] if sheet.group else []), *sheet.columns.shown]
    head = "".join(f'<th scope="col">{_shown(column.heading)}</th>' for column in columns)
    rows = "".join(f"<tr>{''.join(_cell(column, row, look) for column in columns)}</tr>\n" for row in sheet.rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _card(card: Card, look: Look) -> str:
    rows = "".join(
        f'<tr><th scope="row">{_shown(column.heading)}</th>{_cell(column, card.row, look)}</tr>\n'
        for column in card.columns.shown
        if cell(column, card.row, look)
    )
    return f"<table>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _cell(column: Column, row: Row, look: Look) -> str:
    kind = "late" if is_late(column, row, look) else column.kind
    return f'<td dir="auto" class="{kind}">{_shown(cell(column, row, look, one_line=False), one_line=False)}</td>'


def _shown(text: str, *, one_line: bool = True) -> str:
    return escape(safe(text, one_line=one_line))
