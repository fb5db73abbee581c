"""`owncase playbook show KEY`: drawn on a terminal; elsewhere the file that it came from, ready to be added again."""

import typer

from owncase.cli.context import desk_of
from owncase.cli.options import Format, Json
from owncase.cli.output import show, show_text, terminal_here
from owncase.cli.playbook.options import PlaybookArgument
from owncase.domain.playbook_text import FENCE
from owncase.queries.playbooks import playbook
from owncase.render.playbooks import PLAYBOOK, as_html, drawn
from owncase.render.safe import safe
from owncase.render.sheet import Card, choose_format


def command(ctx: typer.Context, key: PlaybookArgument, format: Format = None, json: Json = False) -> None:
    """Show one playbook whole."""
    row = playbook(desk_of(ctx).reader, key)
    prose = row["text"].partition(f"\n{FENCE}")[2].partition("\n")[2].strip("\n")
    terminal = terminal_here(ctx)
    chosen = choose_format(format, json=json, terminal=terminal.is_tty)
    if chosen == "table":
        show_text(ctx, drawn(row, prose, terminal))
    elif chosen == "html":
        from owncase.render.as_html import page  # one format of many

        show_text(ctx, page(row["title"], as_html(row, prose)))
    elif chosen == "md" or (format is None and not json):
        show_text(ctx, f"{safe(row['text'], one_line=False)}\n")
    else:
        show(ctx, Card(row, PLAYBOOK), chosen)
