"""`owncase outbox send`: whatever waits is tried again, the very same letters under the same ids."""

import typer

from owncase.actions.send_letter import deliver
from owncase.cli.context import settings_of
from owncase.cli.options import Format, Json, RequestId
from owncase.cli.output import show
from owncase.cli.sent import are_sent
from owncase.cli.written import writing
from owncase.notify.post import post_of
from owncase.queries.outbox import outbox
from owncase.render.letter_columns import OUTBOX
from owncase.render.sheet import Sheet


def command(ctx: typer.Context, request_id: RequestId = None, format: Format = None, json: Json = False) -> None:
    """Try to send what waits."""
    with writing(ctx, request_id, None, format, json) as w:
        once, rows = w.once, outbox(w.desk.reader)
        if rows:
            tried = set(deliver(w.desk, post_of(settings_of(ctx).value), once=once))
            rows = [row for row in outbox(w.desk.reader, "all") if row["letter"] in tried]
        show(ctx, Sheet(rows, OUTBOX, empty="Nothing waits to be sent."), format, json=json)
        are_sent(rows)
