"""The same rows in each format."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from inline_snapshot import snapshot

from owncase.errors import UsageProblem
from owncase.render.sheet import FORMATS, Card, Column, Columns, Sheet, choose_format

THINGS = Columns(
    shown=(Column("number", "No", "number"), Column("title", "Title", grows=True), Column("due", "Due", "due")),
    fields=("number", "title", "due", "done", "parts"),
)
ROWS = [
    {"number": 1, "title": "Ordinary", "due": "2026-11-27T14:00:00Z", "done": False, "parts": [1, 2]},
    {
        "number": 2,
        "title": 'Tab\t, "two" | \\ <b>',
        "due": None,
        "done": True,
        "parts": {"a": None},
        "later": "ü",
    },
]
SHEET = Sheet(ROWS, THINGS, empty="No things.")

Show = Callable[..., str]


def test_json_is_an_array_with_one_row_on_each_line(show: Show) -> None:
    assert show(SHEET, "json") == snapshot("""\
[{"number": 1, "title": "Ordinary", "due": "2026-11-27T14:00:00Z", "done": false, "parts": [1, 2]},
 {"number": 2, "title": "Tab\\t, \\"two\\" | \\\\ <b>", "due": null, "done": true, "parts": {"a": null}, "later": "ü"}]
""")


def test_json_on_a_terminal_is_indented(show: Show) -> None:
    assert show(Card(ROWS[0], THINGS), "json", is_tty=True) == snapshot("""\
{
  "number": 1,
  "title": "Ordinary",
  "due": "2026-11-27T14:00:00Z",
  "done": false,
  "parts": [
    1,
    2
  ]
}
""")


def test_json_lines_are_objects(show: Show) -> None:
    assert show(SHEET, "jsonl") == snapshot("""\
{"number": 1, "title": "Ordinary", "due": "2026-11-27T14:00:00Z", "done": false, "parts": [1, 2]}
{"number": 2, "title": "Tab\\t, \\"two\\" | \\\\ <b>", "due": null, "done": true, "parts": {"a": null}, "later": "ü"}
""")


def test_tsv_has_a_header_of_field_names_and_escapes(show: Show) -> None:
    assert show(SHEET, "tsv") == snapshot("""\
number	title	due	done	parts
1	Ordinary	2026-11-27T14:00:00Z	false	[1, 2]
2	Tab\\t, "two" | \\\\ <b>		true	{"a": null}
""")


def test_a_single_thing_in_tsv_is_key_tab_value(show: Show) -> None:
    assert show(Card(ROWS[0], THINGS), "tsv") == snapshot("""\
number	1
title	Ordinary
due	2026-11-27T14:00:00Z
done	false
parts	[1, 2]
""")


def test_csv_quotes_what_needs_it(show: Show) -> None:
    assert show(SHEET, "csv") == snapshot("""\
number,title,due,done,parts\r
1,Ordinary,2026-11-27T14:00:00Z,false,"[1, 2]"\r
2,"Tab	, ""two"" | \\ <b>",,true,"{""a"": null}"\r
""")


def test_markdown_is_a_table_for_people(show: Show) -> None:
    assert show(SHEET._replace(title="Things"), "md") == snapshot("""\
## Things

| No | Title | Due |
| --- | --- | --- |
| 1 | Ordinary | Fri 27 Nov 15:00 CET |
| 2 | Tab␉, "two" \\| \\\\ \\<b\\> |  |
""")


def test_html_is_a_page_that_needs_nothing_else(show: Show) -> None:
    head, _, body = show(SHEET._replace(title="Things"), "html").partition("<body>\n")
    assert "default-src 'none'; style-src 'sha256-" in head
    assert body.replace("><", ">\n<") == snapshot("""\
<h1>Things</h1>
<table>
<thead>
<tr>
<th scope="col">No</th>
<th scope="col">Title</th>
<th scope="col">Due</th>
</tr>
</thead>
<tbody>
<tr>
<td dir="auto" class="number">1</td>
<td dir="auto" class="text">Ordinary</td>
<td dir="auto" class="due">Fri 27 Nov 15:00 CET</td>
</tr>
<tr>
<td dir="auto" class="number">2</td>
<td dir="auto" class="text">Tab␉, &quot;two&quot; | \\ &lt;b&gt;</td>
<td dir="auto" class="due">
</td>
</tr>
</tbody>
</table>
</body>
</html>
""")


def test_a_table_shows_the_chosen_columns(show: Show) -> None:
    assert show(SHEET, "table") == snapshot("""\
No  Title                Due
 1  Ordinary             Fri 27 Nov 15:00 CET
 2  Tab␉, "two" | \\ <b>
""")


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("json", "[]\n"),
        ("jsonl", ""),
        ("tsv", "number\ttitle\tdue\tdone\tparts\n"),
        ("csv", "number,title,due,done,parts\r\n"),
        ("md", "No things.\n"),
        ("table", "No things.\n"),
    ],
)
def test_nothing_is_said_in_the_way_of_each_format(show: Show, form: str, text: str) -> None:
    assert show(Sheet([], THINGS, empty="No things."), form) == text


def test_json_and_json_lines_give_back_what_went_in(show: Show) -> None:
    hostile = [{"text": "\x1b[2J\x7f\x9b\u202e\u2028\ud800\U000e0041😀\ufeff"}]
    columns = Columns((), ("text",))
    assert json.loads(show(Sheet(hostile, columns), "json")) == hostile
    assert json.loads(show(Sheet(hostile, columns), "jsonl")) == hostile[0]


@pytest.mark.parametrize("form", FORMATS)
def test_a_group_names_its_rows_in_every_format(show: Show, form: str) -> None:
    rows = [{"block": "Overdue", "title": "a"}, {"block": "Today", "title": "b"}]
    sheet = Sheet(rows, Columns((Column("title", "Title"),), ("block", "title")), group="block")
    text = show(sheet, form)
    assert text.index("Overdue") < text.index("Today")


def test_a_table_heads_each_block_of_a_group(show: Show) -> None:
    rows = [{"block": "Overdue", "title": "a"}, {"block": "Today", "title": "b"}, {"block": "Today", "title": "c"}]
    sheet = Sheet(rows, Columns((Column("title", "Title"),), ("block", "title")), group="block")
    assert show(sheet, "table") == snapshot("""\
Overdue
Title
a

Today
b
c
""")


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_26_csv_is_read_back_as_it_was(show: Show) -> None:
    title = 'a,b "c"\nd\te;f'
    assert read_csv(show(Sheet([{"title": title}], Columns((), ("title",))), "csv")) == [["title"], [title]]


def test_the_format_is_json_when_asked_else_a_table_on_a_terminal_else_tsv() -> None:
    assert choose_format(None, json=True, terminal=True) == "json"
    assert choose_format(None, json=False, terminal=True) == "table"
    assert choose_format(None, json=False, terminal=False) == "tsv"
    assert choose_format("csv", json=False, terminal=True) == "csv"


@pytest.mark.parametrize(("asked", "json_too"), [("yaml", False), ("", False), ("csv", True)])
def test_an_unknown_or_second_format_is_a_usage_problem(asked: str, json_too: bool) -> None:
    with pytest.raises(UsageProblem):
        choose_format(asked, json=json_too, terminal=True)


def test_every_set_of_columns_shows_only_fields_it_has() -> None:
    from owncase.render import columns, report_columns

    for module in (columns, report_columns):
        for name, those in vars(module).items():
            if isinstance(those, Columns):
                fields: set[Any] = {*those.fields, ""}
                assert {c.field for c in those.shown} <= fields, name
