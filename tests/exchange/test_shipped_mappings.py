"""What comes out of other trackers is understood by the mapping that is shipped for it: the files here are made up."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from owncase.exchange import mapping_file, records
from owncase.settings import Settings

FIELDS = ("external", "title", "owner", "customer", "contact", "next", "due", "urgency", "status", "note", "cause")

JIRA = """\
Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Assignee,Reporter,Due date,Labels,Labels,Sprint,Sprint
Fix the belt,OPS-1,10001,Bug,To Do,OPS,Highest,Ana Lee,Pat Moore,24/Dec/26 12:00 AM,a,b,S1,S2
Old one,OPS-2,10002,Task,Done,OPS,Medium,Unassigned,Pat Moore,,,,,
"""
ZENDESK = """\
ID,Subject,Requester,Organization,Assignee,Status,Priority
35436,Printer is on fire,Pat Moore,Norfolk Freight,Ana Lee,Open,Urgent
35437,Thanks,Pat Moore,Norfolk Freight,-,Solved,-
"""
BUGZILLA = """\
"Bug ID","Product","Component","Assignee","Status","Resolution","Summary","Changed"
7,"Ledger","Print","ana@x.example","NEW","---","Totals are cut off","2026-11-02 10:00:00"
8,"Ledger","Print","nobody@x.example","RESOLVED","FIXED","Crash","2026-11-02 10:00:00"
"""
NYC311 = """\
Unique Key,Created Date,Agency,Complaint Type,Descriptor,Incident Address,Borough,Status,Due Date
901,11/20/2026 11:33:07 PM,DEP,Noise,Jack hammer,11 EAST 3 STREET,BROOKLYN,In Progress,12/24/2026 03:00:00 PM
902,11/20/2026 11:33:07 PM,DEP,Noise,Alarm,,BROOKLYN,Closed,
"""
REST: list[dict[str, Any]] = [
    {
        "number": 12, "title": "Totals are cut off", "state": "open", "html_url": "https://forge.example/o/r/issues/12",
        "url": "https://api.forge.example/12", "assignee": {"login": "ana"}, "assignees": [{"login": "ana"}],
        "user": {"login": "pat"}, "labels": [{"name": "bug"}], "body": "At the bottom", "milestone": None,
    },
    {"number": 13, "title": "Mend it", "state": "open", "pull_request": {"url": "https://api.forge.example/13"}},
]  # fmt: skip
LISTED = [
    {
        "number": 12, "title": "Totals are cut off", "state": "OPEN", "url": "https://forge.example/o/r/issues/12",
        "assignees": [{"id": "x", "login": "ana", "name": "Ana"}], "author": {"login": "pat"}, "labels": [], "body": "",
    },
]  # fmt: skip
TASKS = """[
{"id":1,"description":"Call Pat","due":"20261224T140000Z","entry":"20261124T100419Z","priority":"H","project":"norfolk","status":"pending","uuid":"d46de14e","annotations":[{"entry":"20261124T100419Z","description":"after lunch"}],"tags":["phone"],"urgency":25.4},
{"id":0,"description":"Every week","recur":"weekly","status":"recurring","uuid":"9c09a86d","urgency":0},
{"id":0,"description":"Pack","end":"20261124T100419Z","status":"completed","uuid":"37cce7b7","urgency":0}
]"""  # noqa: E501 - as one task stands on a line
TODO = "(A) 2026-11-20 Call Pat +norfolk @phone due:2026-12-24\nx 2026-11-24 Pack\n"


def understood(name: str, text: str, form: str | None = None) -> list[dict[str, str]]:
    """What the mapping makes of a file: its cases, each with what is known and whether it has ended."""
    mapping = mapping_file.find(Settings({}, Path("/nowhere")), name)
    table = records.read("-", io.StringIO(text), form)
    fitted = mapping.fitted(table.header, FIELDS)
    return [
        {name: said for name in FIELDS if (said := fitted.value(record, name))}
        | {"status": "ended" if fitted.ends(fitted.value(record, "status")) else "open"}
        for record in table.rows
        if not fitted.leaves_out(record)
    ]


@pytest.mark.parametrize(
    ("name", "text", "form", "wanted", "states"),
    [
        (
            "jira", JIRA, None,
            {
                "external": "OPS-1", "title": "Fix the belt", "owner": "Ana Lee", "customer": "OPS",
                "contact": "Pat Moore", "next": "Read OPS-1 and say what happens next", "due": "24/Dec/26 12:00 AM",
                "urgency": "hot", "status": "open",
            },
            ["open", "ended"],
        ),
        (
            "zendesk", ZENDESK, None,
            {
                "external": "35436", "title": "Printer is on fire", "owner": "Ana Lee", "customer": "Norfolk Freight",
                "contact": "Pat Moore", "next": "Read the ticket and answer Pat Moore", "urgency": "hot",
                "status": "open",
            },
            ["open", "ended"],
        ),
        (
            "bugzilla", BUGZILLA, None,
            {
                "external": "7", "title": "Totals are cut off", "owner": "ana@x.example", "customer": "Ledger",
                "next": "Read the bug and say what happens next", "status": "open",
            },
            ["open", "ended"],
        ),
        (
            "nyc311", NYC311, None,
            {
                "external": "901", "title": "Noise: Jack hammer", "customer": "BROOKLYN", "contact": "11 EAST 3 STREET",
                "next": "Ask DEP how it stands", "due": "12/24/2026 03:00:00 PM", "status": "open", "cause": "Noise",
            },
            ["open", "ended"],
        ),
        (
            "github", json.dumps(REST), None,
            {
                "external": "https://forge.example/o/r/issues/12", "title": "Totals are cut off", "owner": "ana",
                "contact": "pat", "next": "Read the issue and answer pat", "status": "open", "note": "At the bottom",
            },
            ["open"],
        ),
        (
            "github", json.dumps(LISTED), None,
            {
                "external": "https://forge.example/o/r/issues/12", "title": "Totals are cut off", "owner": "ana",
                "contact": "pat", "next": "Read the issue and answer pat", "status": "open",
            },
            ["open"],
        ),
        (
            "taskwarrior", TASKS, None,
            {
                "external": "d46de14e", "title": "Call Pat", "customer": "norfolk", "next": "Call Pat",
                "due": "20261224T140000Z", "urgency": "high", "status": "open", "note": "after lunch",
            },
            ["open", "ended"],
        ),
        (
            "todo.txt", TODO, "todo.txt",
            {
                "external": "b2b1b0a3", "title": "Call Pat", "customer": "norfolk", "next": "Call Pat",
                "due": "2026-12-24", "urgency": "high", "status": "open",
            },
            ["open", "ended"],
        ),
    ],
)  # fmt: skip
def test_an_export_is_understood(
    name: str, text: str, form: str | None, wanted: dict[str, str], states: list[str]
) -> None:
    found = understood(name, text, form)
    if name == "todo.txt":  # its tasks have no name of their own
        wanted = {**wanted, "external": found[0]["external"]}
    assert found[0] == wanted
    assert [row["status"] for row in found] == states
    assert "owner" not in found[-1] or len(found) == 1
