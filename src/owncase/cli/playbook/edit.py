"""`owncase playbook edit KEY`: a further version, written in the editor of whoever acts."""

import typer

from owncase.actions.playbooks import add_playbooks
from owncase.cli.context import tell
from owncase.cli.editor import write
from owncase.cli.options import Format, Json, RequestId
from owncase.cli.playbook.options import PlaybookArgument, show_playbook
from owncase.cli.written import writing
from owncase.domain.playbook_text import read
from owncase.errors import UsageProblem
from owncase.queries.playbooks import playbook


class AnotherKey(UsageProblem):
    """An edit is about the playbook that was named."""


def command(
    ctx: typer.Context, key: PlaybookArgument, request_id: RequestId = None, format: Format = None, json: Json = False
) -> None:
    """Write a further version of a playbook in your editor."""
    with writing(ctx, request_id, None, format, json) as w:
        once = w.once
        row = playbook(w.desk.reader, key)
        w.desk.close()  # nobody knows how long it takes
        w.draft = write(ctx, f"The playbook {key}", row["text"])
        one = read(w.draft.text)
        if one.key != key:
            raise AnotherKey(f"the key is {one.key} now, not {key}", fix="save it as a file: owncase playbook add FILE")
        added = add_playbooks(w.desk, [one], instead_of=row["version"], once=once)
        show_playbook(ctx, key, w.shape)
        if not added:
            tell(ctx, f"{key}: already so")
