"""Which playbooks are in use, what does one say, and how far is a case with its own?"""

from typing import TYPE_CHECKING, Any

from owncase.errors import BadData, NotFound

if TYPE_CHECKING:
    from owncase.domain.playbook_text import Step
    from owncase.store.reader import Reader

IN_USE = "SELECT * FROM playbook_view WHERE active = 1 ORDER BY playbook"
NAMED = "SELECT * FROM playbook_view WHERE playbook = :key AND active = 1"
VERSION = "SELECT * FROM playbook_view WHERE version = :version"
OF_CASE = """
SELECT b.key AS playbook, b.body, c.step FROM cases AS c JOIN playbook AS b ON b.id = c.playbook
WHERE c.number = :number
"""


class NoSuchPlaybook(NotFound):
    """No playbook of this key is in use."""


def playbooks(reader: "Reader") -> list[dict[str, Any]]:
    """Every playbook in use, by key, without its text."""
    return [_told(row) for row in reader.rows(IN_USE)]


def playbook(reader: "Reader", key: str) -> dict[str, Any]:
    """The playbook of this key that is in use: `plan` is its steps, `text` the file. Raises `NoSuchPlaybook`."""
    if row := reader.one(NAMED, key=key):
        return _whole(row)
    keys = [row["playbook"] for row in reader.rows(IN_USE)]
    raise NoSuchPlaybook(f"no playbook is called {key[:80]!r}", fix=_near(key, keys))


def version_of(reader: "Reader", version: int) -> dict[str, Any]:
    """One version of a playbook, in use or not, which is there."""
    row = reader.one(VERSION, version=version)
    assert row is not None
    return _whole(row)


def progress(reader: "Reader", number: int) -> dict[str, Any]:
    """How far a case is: `playbook`, the `step` that is being done, of how many `steps`, and what the `next_step` is.

    Empty without a playbook.
    """
    row = reader.one(OF_CASE, number=number)
    if row is None:
        return {}
    steps, n = steps_of(row["body"]), row["step"] + 1
    return {
        "playbook": row["playbook"], "step": n, "steps": len(steps),
        "next_step": steps[n].action if n < len(steps) else None,
    }  # fmt: skip


def safe_steps(reader: "Reader", number: int) -> list[dict[str, Any]]:
    """The steps of a case's playbook, from the one being done on, that anybody may do."""
    row = reader.one(OF_CASE, number=number)
    steps = enumerate(steps_of(row["body"]), start=1) if row else ()
    return [{"n": n, "action": step.action} for n, step in steps if row and step.safe and n > row["step"]]


def next_step(reader: "Reader", number: int) -> "tuple[int, Step] | None":
    """The step that follows the one being done, and its number; None where none does."""
    row = reader.one(OF_CASE, number=number)
    if row is None:
        return None
    steps, n = steps_of(row["body"]), row["step"] + 1
    return (n + 1, steps[n]) if n < len(steps) else None


def steps_of(body: str) -> "tuple[Step, ...]":
    """The steps that a text lays down; none where it cannot be read as the playbook that it was."""
    from owncase.domain.playbook_text import read  # most cases follow none

    try:
        return read(body).steps
    except BadData:
        return ()


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "playbook": row["playbook"], "title": row["title"], "topics": row["topics"].split(",") if row["topics"] else [],
        "steps": len(steps_of(row["body"])), "version": row["version"], "active": bool(row["active"]),
        "added_by": row["added_by"], "added_at": row["added_at"],
    }  # fmt: skip


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    plan = [{"n": n, **step._asdict()} for n, step in enumerate(steps_of(row["body"]), start=1)]
    return _told(row) | {"plan": plan, "text": row["body"]}


def _near(key: str, keys: list[str]) -> str:
    from difflib import get_close_matches  # only a mistake needs it

    near = get_close_matches(key, keys, n=1)
    return f"did you mean {near[0]}?" if near else "owncase playbook list"
