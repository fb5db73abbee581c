"""A file of any format is read as it is written, or refused by line: TRUST 77 to 81."""

import contextlib
import gzip
import io
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from owncase.errors import BadData, NotFound, UsageProblem
from owncase.exchange import records, source

SPECTRUM = Path(__file__).parents[3] / "shared" / "data" / "csv-spectrum"
"""Corner cases of CSV with the JSON that a reader must make of them, where they are kept beside this repository."""


class Piped(io.TextIOWrapper):
    """Stdin with these bytes."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content), "utf-8")


def rows(content: str | bytes, form: str | None = None) -> list[dict[str, str]]:
    encoded = content.encode() if isinstance(content, str) else content
    return [dict(record.cells) for record in records.read("-", Piped(encoded), form).rows]


def refused(content: str | bytes, form: str | None = None) -> str:
    with pytest.raises(BadData) as refusal:
        rows(content, form)
    return refusal.value.message


# CSV and its kin --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(path.stem for path in (SPECTRUM / "csvs").glob("*.csv")) or [None])
def test_corner_cases_of_csv_are_read_as_their_json_says(name: str | None) -> None:
    if name is None:
        pytest.skip("csv-spectrum is not kept beside this repository")
    content = (SPECTRUM / "csvs" / f"{name}.csv").read_bytes()
    if name.endswith("_crlf"):  # line ends may have been made plain on the way here
        content = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    told = json.loads((SPECTRUM / "json" / f"{name}.json").read_text("utf-8"))
    found = rows(content)
    if name == "location_coordinates":  # its JSON has another phone number, and no list
        told, found = [told], [{**found[0], "Contact Phone Number": told["Contact Phone Number"]}]
    assert found == told


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        ('a,b\n"x, y",2\n', [{"a": "x, y", "b": "2"}]),
        ('a,b\n1,"say ""ha"""\n', [{"a": "1", "b": 'say "ha"'}]),
        ('a,b\r\n"one\r\ntwo",2\r\n', [{"a": "one\r\ntwo", "b": "2"}]),
        ('a,b\n"one\ntwo",""', [{"a": "one\ntwo", "b": ""}]),
        ("a,b\n\n08123,ʤ\n\n", [{"a": "08123", "b": "ʤ"}]),
        ('key,val\n1,"{""type"": [1, 2]}"', [{"key": "1", "val": '{"type": [1, 2]}'}]),
        ("\ufeffid,b\n1,2\n", [{"id": "1", "b": "2"}]),
        ("a;b, c;d\n1;2,5;3\n", [{"a": "1", "b, c": "2,5", "d": "3"}]),
        ("sep=;\na;b\n1;2\n", [{"a": "1", "b": "2"}]),
        ("a\tb c\n1\t2, 3\n", [{"a": "1", "b c": "2, 3"}]),
        ('"a;b",c\n1,2\n', [{"a;b": "1", "c": "2"}]),
    ],
)
def test_csv_is_read_whatever_stands_between_its_cells(content: str, cells: list[dict[str, str]]) -> None:
    """77: a byte order mark is no part of the first name."""
    assert rows(content) == cells


def test_a_ragged_row_is_named_and_the_others_stay_readable() -> None:
    """78."""
    found = list(records.read("-", Piped(b"a,b\n1,2\n3\n4,5,6\n7,8\n")).rows)
    assert [(record.line, record.fault) for record in found] == [
        (2, None), (3, "has 1 cell, the header 2"), (4, "has 3 cells, the header 2"), (5, None),
    ]  # fmt: skip


def test_a_column_that_is_there_twice_has_no_cells_but_is_told() -> None:
    """78: never the last one in silence."""
    table = records.read("-", Piped(b"Labels,id,Labels\nx,1,y\n"))
    assert table.header == ["Labels", "id", "Labels"]
    assert [record.cells for record in table.rows] == [{"id": "1"}]


@pytest.mark.timeout(20)
def test_a_quarter_of_a_million_columns_are_no_trouble() -> None:
    names = ",".join(["a"] * 250_000 + ["b"])
    table = records.read("-", Piped(f"{names}\n{names}\n".encode()))
    assert [dict(record.cells) for record in table.rows] == [{"b": "b"}]


def test_our_own_apostrophe_before_a_formula_is_taken_off_and_no_other() -> None:
    """25."""
    assert rows("a\n'=1+1\n'tis\n''=x\n=1\n") == [{"a": "=1+1"}, {"a": "'tis"}, {"a": "'=x"}, {"a": "=1"}]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'a,b\n1,"2\n3,4\n', "line 2: a quote is opened and never closed"),
        (b'a,b\n1,"2"x\n', "line 2: ',' expected after '\"'"),
        ("a,b\n1,é\n".encode("latin-1"), "line 2 is not UTF-8 at byte 3"),
        ("a,b\n".encode("utf-16"), "the file is UTF-16, not UTF-8"),
        (b"a,b\n1,\0\n", "line 2 holds a NUL character"),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", "line 2: the row has a field of more than 131,072 characters"),
        (b"a,b\n" + b"x" * 10_000_000 + b",1\n", "line 2 is longer than 1,048,576 bytes"),
        (b"", "stdin is empty"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0)[:-5], "stdin is no whole gzip file"),
    ],
)
def test_what_is_no_csv_is_refused_by_line(content: bytes, message: str) -> None:
    """77, 79, 80."""
    assert message in refused(content)


# JSON -------------------------------------------------------------------------------------------------------------


def test_json_is_read_by_dotted_paths() -> None:
    item = {"n": 1, "who": {"name": "ana"}, "labels": [{"name": "x"}, {"name": "y"}], "tags": ["p", "q"], "no": None}
    table = records.read("-", Piped(json.dumps([item, {"n": 2, "a.b": True}]).encode()))
    assert (table.header, table.unit) == (["n", "who.name", "labels.*.name", "tags", "a.b"], "item")
    first, second = table.rows
    wanted = {
        "n": "1", "who.name": "ana", "labels.0.name": "x", "labels.*.name": "x, y", "tags": "p, q", "tags.1": "q",
        "labels.2.name": None, "no": None, "who": None, "labels": None,
    }  # fmt: skip
    assert {path: first.cells.get(path) for path in wanted} == wanted
    assert (second.line, dict(second.cells)) == (2, {"n": "2", "a.b": "true"})


def test_numbers_of_json_stay_the_text_they_are() -> None:
    text = '[{"a": 1.50, "b": 12345678901234567890, "c": -0, "d": 1E2}]'
    assert rows(text) == [{"a": "1.50", "b": "12345678901234567890", "c": "-0", "d": "1E2"}]


@pytest.mark.parametrize(
    "content",
    [
        '{"n": 1}\n\n{"n": 2}\n',
        '[{"n": 1},\n {"n": 2}]',
        '[{"n": 1}]\n[{"n": 2}]',
        '{"total": 2, "issues": [{"n": 1}, {"n": 2}], "names": ["x"]}',
    ],
)
def test_json_comes_as_an_array_as_lines_as_pages_or_inside_an_answer(content: str) -> None:
    assert rows(content) == [{"n": "1"}, {"n": "2"}]


def test_json_lines_never_look_inside_an_object() -> None:
    line = '{"n": 1, "notes": [{"text": "x"}]}'
    assert rows(line, "jsonl") == [{"n": "1", "notes.*.text": "x"}]
    assert rows(line) == [{"text": "x"}]


def test_lines_of_json_lines_are_counted_and_not_its_objects() -> None:
    assert [record.line for record in records.read("-", Piped(b'\n{"n": 1}\n\n{"n": 2}\n')).rows] == [2, 4]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[\n{"a": 1, "a": 2}]', "line 2: in the object that begins there, the key 'a' stands twice"),
        ('[\n\n{"a": NaN}]', "line 3: in the object that begins there, NaN is no value of JSON"),
        ('{"a": -Infinity}', "line 1: in the object that begins there, -Infinity is no value of JSON"),
        ('[{"a": 1e400}]', "line 1: in the object that begins there, the number 1e400 is too large"),
        ('[{"a": "\\ud800"}]', "line 1: '\\ud800' holds half a character"),
        ('[{"\\uDC00": 1}]', "line 1: '\\udc00' holds half a character"),
        ('\ufeff[{"a": 1}]', "line 1: a byte order mark stands in front"),
        ('{"a":' * 100_000, "line 1: the object is more than 64 levels deep"),
        ("[" * 100_000, "line 1: '[' stands where an object belongs"),
        ('[{"a": ' + "[" * 70 + "]" * 70 + "}]", "line 1: the object is more than 64 levels deep"),
        ('[{"a": 1},\n]', "line 1: ',' stands between objects"),
        ('[{"a": 1}\n{"b": 1}]', "line 2: a comma is missing"),
        ("[1, 2]", "line 1: '1, 2' stands between objects"),
        ('[{"a": 1}', "line 1: the array does not end"),
        ('[\n{"a": [1}', "line 2: the object that begins there does not end"),
        ('[{"a": "x}]', "line 1: a quote is opened and never closed"),
        ('[{"a": 1}] x', "line 1: 'x' stands between objects"),
        ('[{"a" 1}]', "line 1: expecting ':' delimiter"),
        ('{"a": [{"x": 1}], "b": [{"x": 1}]}', "the object holds several lists: 'a', 'b'"),
        ('[{"a": "' + "x" * 200_000 + '"}]', "line 1: a text has more than 131,072 characters"),
        (b'[\n{"a": "\xff"}]', "line 2 is not UTF-8"),
        ('[{"a": 1}]'.encode("utf-16"), "UTF-16"),
    ],
)
def test_what_is_no_list_of_objects_is_refused_by_line(content: str | bytes, message: str) -> None:
    """16, 81."""
    assert message in refused(content)


def test_a_key_that_stands_twice_among_very_many_is_found_soon() -> None:
    keys = ", ".join(f'"k{number}": 1' for number in range(100_000))  # counted one by one, minutes
    assert "the key 'k99999' stands twice" in refused(f'[{{{keys}, "k99999": 2}}]')


def test_a_broken_object_far_into_a_file_is_found_before_any_row_is_given() -> None:
    with pytest.raises(BadData, match="line 3001"):
        records.read("-", Piped(b'{"a": "\\u00e9"}\n' * 3000 + b'{"a": 1, "a": 1}\n'))


def test_objects_are_found_wherever_the_reading_stops_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [{"a": 'x"\\', "b": [{"c": "é{"}]}, {"a": "}]\\\\"}]
    content = json.dumps(told, ensure_ascii=False)
    for size in range(1, 12):
        monkeypatch.setattr("owncase.exchange.json_file.CHUNK", size)
        assert rows(content) == [{"a": 'x"\\', "b.*.c": "é{"}, {"a": "}]\\\\"}], size


# todo.txt ---------------------------------------------------------------------------------------------------------


def test_marks_of_todo_txt_become_cells() -> None:
    open_ = "(A) 2026-11-20 Call Pat at http://x.example +norfolk @phone due:2026-11-27 id:7"
    first, second = rows(f"{open_}\n\nx 2026-11-24 2026-11-01 Ask +acme twice\n", "todo.txt")
    wanted = {"text": "Call Pat at http://x.example", "priority": "A", "created": "2026-11-20", "project": "norfolk"}
    assert wanted | {"context": "phone", "due": "2026-11-27", "id": "7", "done": "false"} == {
        name: cell for name, cell in first.items() if name not in ("completed", "digest")
    }
    assert (second["done"], second["completed"], second["created"]) == ("true", "2026-11-24", "2026-11-01")
    assert second["text"] == "Ask +acme twice"
    assert first["digest"] != second["digest"]


# formats and places -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", "n\n1\n"), ("x.TSV", "n\tm\n1\t\n"), ("x.json", '[{"n": 1}]'), ("x.jsonl", '{"n": 1}'),
        ("x.ndjson", '{"n": 1}'), ("x.txt", "1"), ("export", "n\n1\n"), ("dump", ' [{"n": 1}]'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("packed", [False, True])
def test_the_name_or_else_the_first_character_tells_the_format(
    tmp_path: Path, name: str, content: str, packed: bool
) -> None:
    path = tmp_path / (f"{name}.gz" if packed else name)
    path.write_bytes(gzip.compress(content.encode()) if packed else content.encode())
    (record,) = records.read(str(path), io.StringIO()).rows
    assert record.cells.get("n") or record.cells["text"] == "1"


def test_an_unknown_format_is_a_wrong_command_line() -> None:
    with pytest.raises(UsageProblem, match="--from takes no 'xml'"):
        records.read("-", Piped(b""), "xml")


def test_a_text_stream_without_bytes_will_do() -> None:
    assert [dict(record.cells) for record in records.read("-", io.StringIO("a\né\n")).rows] == [{"a": "é"}]


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, error in ((tmp_path, NotFound), (tmp_path / "none.csv", FileNotFoundError)):
        with pytest.raises(error):
            records.read(str(path), io.StringIO())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.csv"
    path.write_text("a\n")
    path.chmod(0)
    with pytest.raises(PermissionError):
        records.read(str(path), io.StringIO())


def test_a_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text('[{"n": 1}]'))
    writer.start()
    assert [dict(record.cells) for record in records.read(str(pipe), io.StringIO()).rows] == [{"n": "1"}]
    writer.join()


class Endless(io.RawIOBase):
    """A stream that never ends."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        buffer[:] = (b"a,b\n" * (len(buffer) // 4 + 1))[: len(buffer)]
        return len(buffer)


def test_endless_stdin_ends_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """80."""
    monkeypatch.setattr(source, "LARGEST", 1 << 20)
    with pytest.raises(BadData, match="stdin is larger than 1 MiB"):
        records.read("-", io.TextIOWrapper(io.BufferedReader(Endless())))


def test_a_small_file_that_unzips_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """80."""
    monkeypatch.setattr(source, "LARGEST", 1 << 20)
    bomb = tmp_path / "bomb.csv.gz"
    bomb.write_bytes(gzip.compress(b"a,b\n" * (1 << 20)))
    with pytest.raises(BadData, match=r"bomb\.csv\.gz is larger than 1 MiB"):
        list(records.read(str(bomb), io.StringIO()).rows)


def test_more_rows_than_anybody_keeps_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST", 3)
    assert refused("a\n1\n2\n3\n4\n") == "stdin has more than 3 rows"


@pytest.mark.parametrize("content", [b"\x1b[2J,b\n\x1b]52;c;x\x07,2\n", "a,b\n\u202ex,\u200by\n".encode()])
def test_characters_that_command_or_hide_are_left_to_the_fields_they_come_to(content: bytes) -> None:
    assert len(rows(content)) == 1


@pytest.mark.parametrize("form", records.FORMS)
@pytest.mark.parametrize(
    "content",
    [b"\x1f\x8b", b"\x1f\x8bxxxx", b"\xef\xbb\xbf", b'"', b"{", b"[", b"]", b"\\", b'{"a":"\\u12"}', b"\xff", b"sep="],
)
def test_nothing_but_a_refusal_with_a_way_out_comes_of_any_bytes(content: bytes, form: str) -> None:
    with contextlib.suppress(BadData):
        rows(content, form)
