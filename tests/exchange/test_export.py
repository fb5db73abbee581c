"""A store that was written out as text comes back whole, chain and all, or not at all."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def store(run: Callable[..., Any], tmp_path: Path) -> Path:
    """A small store of rob's with a case that dana acknowledged and carol closed."""
    path = tmp_path / "desk" / "team.db"
    for words in (
        ["init", "--me", "rob", "--name", "Rob Hale"],
        ["person", "add", "dana", "--name", "Dana Cole"],
        ["person", "add", "carol", "--name", "Carol =1+1 \u202fInes"],
        ["customer", "add", "norfolk", "--name", "Norfolk Freight", "--second", "dana"],
        [
            "open",
            "Räder naß 📦",
            "-c",
            "norfolk",
            "-n",
            "Call Pat",
            "-d",
            "tomorrow",
            "--promise",
            "A loan",
            "--by",
            "fri",
        ],
        ["handoff", "1", "--to", "dana"],
        ["ack", "1", "--take", "1", "--as", "dana"],
        ["note", "1", "line one\nline \x1b[2J two"],
        ["promise", "keep", "1.1", "--as", "dana"],
        ["close", "1", "--outcome", "Fine", "--confirmed-by", "Pat", "--as", "dana"],
    ):
        out = run("--store", str(path), *words, os_user="rob")
        assert out.exit == 0, out
    return path


def test_an_export_brought_back_exports_the_same_bytes(run: Callable[..., Any], store: Path, tmp_path: Path) -> None:
    first, second, again = tmp_path / "one.jsonl", tmp_path / "two.jsonl", tmp_path / "desk" / "again.db"
    assert run("--store", str(store), "export", str(first)).exit == 0
    assert run("--store", str(again), "init", "--from", str(first), os_user="rob").exit == 0
    assert run("--store", str(again), "export", str(second)).exit == 0
    assert first.read_bytes() == second.read_bytes()
    assert run("--store", str(again), "store", "check").exit == 0
    shown = [run("--store", str(path), "show", "1", "--json").stdout for path in (store, again)]
    assert shown[0] == shown[1]


def test_a_store_brought_back_goes_on_under_the_rules(run: Callable[..., Any], store: Path, tmp_path: Path) -> None:
    export, again = tmp_path / "one.jsonl", tmp_path / "desk" / "again.db"
    run("--store", str(store), "export", str(export))
    run("--store", str(again), "init", "--from", str(export), os_user="rob")
    assert run("--store", str(again), "ack", "1", "--as", "carol", os_user="rob").exit == 3
    assert run("--store", str(again), "ack", "1", os_user="rob").exit == 0
    assert run("--store", str(again), "store", "check").exit == 0


def test_an_export_is_private_and_replaces_nothing_unasked(
    run: Callable[..., Any], store: Path, tmp_path: Path
) -> None:
    target = tmp_path / "one.jsonl"
    assert run("--store", str(store), "export", str(target)).exit == 0
    assert target.stat().st_mode & 0o777 == 0o600
    assert run("--store", str(store), "export", str(target)).exit == 73
    assert run("--store", str(store), "export", str(target), "--force").exit == 0
    link = tmp_path / "link.jsonl"
    link.symlink_to(target)
    assert run("--store", str(store), "export", str(link), "--force").exit == 73


@pytest.mark.parametrize("what", [[], ["cases"]])
def test_no_export_takes_the_place_of_a_store(
    run: Callable[..., Any], store: Path, tmp_path: Path, what: list[str]
) -> None:
    copy = tmp_path / "copy.db"
    assert run("--store", str(store), "store", "backup", str(copy)).exit == 0
    for target in (store, copy):
        before = target.read_bytes()
        out = run("--store", str(store), "export", *what, str(target), "--force")
        assert (out.exit, out.stderr) == (
            73, f"owncase: {target} is a store, and no export takes its place — name another file\n",
        )  # fmt: skip
        assert target.read_bytes() == before


def test_an_export_older_than_what_was_seen_of_its_store_is_not_brought_back(
    run: Callable[..., Any], store: Path, tmp_path: Path
) -> None:
    export, again = tmp_path / "one.jsonl", tmp_path / "desk" / "again.db"
    run("--store", str(store), "export", str(export))
    assert run("--store", str(store), "note", "1", "Later", os_user="rob").exit == 0
    out = run("--store", str(again), "init", "--from", str(export), os_user="rob")
    assert (out.exit, again.exists()) == (5, False), out.stderr


def test_a_long_history_is_written_out_in_stretches(
    run: Callable[..., Any], store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from owncase.store import whole_history

    first, second = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    run("--store", str(store), "export", str(first))
    monkeypatch.setattr(whole_history, "STRETCH", 3)
    run("--store", str(store), "export", str(second))
    assert first.read_bytes() == second.read_bytes()


def _tampered(lines: list[str], change: Callable[[list[dict[str, Any]]], None]) -> str:
    parsed = [json.loads(line) for line in lines]
    change(parsed)
    return "".join(
        json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n" for line in parsed
    )


def _cut(lines: list[dict[str, Any]]) -> None:
    lines.pop()


def _edit_text(lines: list[dict[str, Any]]) -> None:
    line = next(line for line in lines if line.get("texts"))
    line["texts"][0][2] += "!"


def _edit_intent(lines: list[dict[str, Any]]) -> None:
    lines[4]["intent"] = lines[4]["intent"].replace("UTC", "GMT")


def _swap(lines: list[dict[str, Any]]) -> None:
    lines[3], lines[4] = lines[4], lines[3]


@pytest.mark.parametrize(("change", "code"), [(_cut, 5), (_edit_text, 5), (_edit_intent, 5), (_swap, 65)])
def test_an_export_that_was_changed_makes_no_store(
    run: Callable[..., Any], store: Path, tmp_path: Path, change: Callable[[list[dict[str, Any]]], None], code: int
) -> None:
    export, again = tmp_path / "one.jsonl", tmp_path / "desk" / "again.db"
    run("--store", str(store), "export", str(export))
    export.write_text(_tampered(export.read_text("utf-8").splitlines(), change), "utf-8")
    out = run("--store", str(again), "init", "--from", str(export), os_user="rob")
    assert (out.exit, again.exists()) == (code, False), out.stderr


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]\n", b"hello\n", b'{"format":"owncase-export/1"}\n', b"\xff\xfe\n", b'{"format":NaN}\n',
        b'{"a":1,"a":2}\n', b"[" * 100_000 + b"\n",
    ],
)  # fmt: skip
def test_trust_81_a_file_that_is_no_export_is_refused_in_one_line(
    run: Callable[..., Any], tmp_path: Path, content: bytes
) -> None:
    export, again = tmp_path / "one.jsonl", tmp_path / "desk" / "again.db"
    export.write_bytes(content)
    out = run("--store", str(again), "init", "--from", str(export), os_user="rob")
    assert (out.exit, again.exists(), out.stderr.count("\n")) == (65, False, 1), out.stderr
