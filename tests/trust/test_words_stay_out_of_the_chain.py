"""What people write stands behind commitments, in whatever way it came: no event's intent holds a word of it."""

import csv
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from owncase.store.check import check

WORD = "zebra"
PLAYBOOK = """+++
key = "late"
title = "zebra title"
[[steps]]
action = "zebra step"
due = "+1bd"
[[steps]]
action = "zebra last"
due = "eod"
+++
zebra
"""


def test_no_intent_holds_what_people_wrote(  # noqa: PLR0915 - a line for each verb
    team: Callable[..., Any], tmp_path: Path
) -> None:
    def do(*words: str, by: str = "rob") -> None:
        done = team(*words, by=by)
        assert done.exit == 0, (words, done.stderr)

    z = WORD
    do("customer", "edit", "acme", "--contact", f"{z} one", "--name", f"{z} Tools")
    do("contact", "add", "acme", f"{z} Doyle", "--role", f"{z} buyer", "--email", f"{z}@acme.example")
    do("contact", "edit", "acme.1", "--name", f"{z} Wu", "--role", f"{z} night")
    do("contact", "remove", "acme.1")
    do("person", "add", "erin", "--name", f"{z} Low", "--place", f"{z} town", "--topics", z, "--languages", z)
    do("duty", "add", "carol", "2026-11-24", "2026-11-25", "--note", f"{z} desk")
    (tmp_path / "late.md").write_text(PLAYBOOK)
    do("playbook", "add", str(tmp_path / "late.md"))
    do("open", f"{z} title", "-c", "acme", "-n", f"{z} action", "-d", "+3d", "--cause", z, "--to", "dana",
       "--promise", f"{z} promised", "--by", "+4d")  # fmt: skip
    do("open", f"{z} again", "-c", "acme", "--playbook", "late", "--keep")
    do("done", "2", "--step")
    do("undo", "2")
    do("done", "2", "--step")
    do("withdraw", "1")
    do("handoff", "1", "--to", "dana", "--note", f"{z} packet", "-n", f"{z} proposal", "-d", "+5d")
    do("done", "1", "-n", f"{z} next", "-d", "+3d", "--did", f"{z} did", "--waiting-for", z)
    do("undo", "1")
    do("replan", "1", "-d", "+6d", "--because", f"{z} why")
    do("edit", "1", "--title", f"{z} other", "--cause", f"{z} cause")
    do("undo", "1")
    do("promise", "make", "1", f"{z} second", "--by", "+5d")
    do("undo", "1")
    do("note", "1", f"{z} noted", by="carol")
    for about, ending in ((("1",), ("--answered", f"{z} answer")), (("acme", "--account"), ("--callback", "+1h"))):
        do("told", *about, f"{z} told", "--how", "phone", "--whom", f"{z} Pat", by="carol")
        do("call", about[0], f"{z} asked", "--whom", f"{z} caller", *ending, by="carol")
    do("decline", "1", "--reason", "other", "--note", f"{z} no", "--terms", "1=+9d", by="dana")
    do("handoff", "1", "--to", "dana", "--note", f"{z} again", "--move", "1=+9d", "--because", f"{z} agreed",
       "--promise", f"{z} on the way", "--by", "+5d")  # fmt: skip
    do("withdraw", "1")
    do("promise", "release", "1.3", "--by", z, "--because", f"{z} no need")
    do("promise", "make", "1", f"{z} third", "--by", "+5d")
    do("promise", "move", "1.4", "--to", "+6d", "--because", f"{z} storm", "--how", "phone", "--whom", f"{z} Pat")
    do("promise", "at-risk", "1.4", "--because", f"{z} parts")
    do("promise", "break", "1.4", "--because", f"{z} none")
    do("handoff", "1", "--to", "dana", "--note", f"{z} again")
    do("withdraw", "1")
    do("undo", "1")
    do("ack", "1", "--take", "1", "-n", f"{z} in my words", "-d", "+3d", by="dana")
    do("promise", "keep", "1.1", "--confirmed-by", z, by="dana")
    do("close", "1", "--outcome", f"{z} outcome", "--unconfirmed", f"{z} silent", "--to", "rob", by="dana")
    do("edit", "1", "--urgency", "hot", by="dana")
    do("ack", "1", "-n", f"{z} touch", "-d", "+5d")
    do("confirm", "1", "--by", f"{z} boss", by="dana")
    do("customer", "touch", "acme", "--did", f"{z} did", "-n", f"{z} again", "-d", "+5d")
    do("reopen", "1", "--because", f"{z} back", "-n", f"{z} start", "-d", "+3d")
    do("void", "1", "--reason", "mistake", "--note", f"{z} void", "--to", "dana")
    do("edit", "1", "--urgency", "low")
    do("customer", "handoff", "acme", "--to", "dana", "--note", f"{z} account")
    with open(tmp_path / "old.csv", "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["title", "customer", "owner", "next", "due", "note", "promise", "promise_by"])
        rows.writerow([f"{z} t", "acme", "dana", f"{z} n", "2026-12-24", f"{z} note", f"{z} p", "2026-12-24"])
    do("import", "cases", str(tmp_path / "old.csv"), "--yes")
    with closing(sqlite3.connect(tmp_path / "team.db")) as raw:
        told = raw.execute("SELECT seq, kind, intent FROM event ORDER BY seq").fetchall()
        kept = raw.execute("SELECT count(*) FROM text WHERE body LIKE ?", (f"%{z}%",)).fetchone()[0]
    assert [(seq, kind) for seq, kind, intent in told if z in intent.lower()] == []
    do("store", "check")
    assert (kept > 30, broken_without_a_text(tmp_path / "team.db")) == (True, [])


def broken_without_a_text(store: Path) -> list[str]:
    """The rules that this history breaks once every text in it reads `[redacted]`: no rule may hang on one."""
    with closing(sqlite3.connect(store, isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER text_delete")
        raw.execute("DELETE FROM text")
    found = check(store).found
    assert {one.kind for one in found} >= {"text", "row"}
    return [one.message for one in found if one.kind in ("rule", "chain")]
