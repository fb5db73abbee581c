"""The tree of commands is the tree of files: `owncase promise make` is `command` in `cli/promise/make.py`.

Names and one-line helps stand here, so that help, completion and did-you-mean import no command. A test holds each line
against the first line of the command's own docstring.
"""

from keyword import iskeyword
from typing import NamedTuple


class Verb(NamedTuple):
    """A command: its one-line help, and under which heading the root help lists it."""

    help: str
    panel: str | None = None


class Branch(NamedTuple):
    """A folder of commands."""

    help: str
    verbs: dict[str, Verb]
    panel: str | None = None


DAY, HANDING, ENDING = "Every day", "Handing over", "Ending and coming back"
WHO, LOOKING, STORE = "People, customers, promises", "Looking and reporting", "The store and the program"

COMMANDS: dict[str, Verb | Branch] = {
    "open": Verb("Open a case: yours, and offered to the account owner.", DAY),
    "next": Verb("Show what waits for you, most pressing first.", DAY),
    "done": Verb("Say that the next action is done, and what comes next.", DAY),
    "replan": Verb("Change the next action without having done it.", DAY),
    "undo": Verb("Take your own last change of a case back.", DAY),
    "call": Verb("Take a call: see what answers it, then record the question.", DAY),
    "note": Verb("Write something down in a case.", DAY),
    "told": Verb("Say what a customer was told, and that they know the ETAs now.", DAY),
    "seen": Verb("Say that you read the notes of others, or an offer.", DAY),
    "edit": Verb("Mend the title, customer, cause, contact or urgency of a case.", DAY),
    "handoff": Verb("Offer a case to its next owner.", HANDING),
    "inbox": Verb("Show what waits for your acknowledgement.", HANDING),
    "ack": Verb("Acknowledge an offer: I own this now.", HANDING),
    "decline": Verb("Say no to an offer, and why.", HANDING),
    "withdraw": Verb("Take an offer back.", HANDING),
    "close": Verb("Offer the closing of a case to who answers for it afterwards.", ENDING),
    "confirm": Verb("Say that the customer confirmed a case that was closed unconfirmed.", ENDING),
    "reopen": Verb("Open an ended case again.", ENDING),
    "void": Verb("Take a duplicate, spam or a mistake out of the way.", ENDING),
    "promise": Branch(
        "Make, move, end and list promises to customers.",
        {
            "make": Verb("Record what a customer was promised, and by when."),
            "move": Verb("Move the ETA of a promise, and say why."),
            "keep": Verb("Say that a promise was kept."),
            "break": Verb("Say that a promise was broken, and why."),
            "release": Verb("Say that the customer released us from a promise, and who there did."),
            "at-risk": Verb("Say that a promise may not be kept in time, and why."),
            "told": Verb("Say that the customer was told the ETA of a promise."),
            "list": Verb("List promises, the next due first."),
        },
        WHO,
    ),
    "letter": Verb("Write to the customer who answers for it, and by when.", WHO),
    "outbox": Branch(
        "List and send the letters that wait.",
        {
            "list": Verb("List the letters that wait to be sent, and why."),
            "send": Verb("Try to send what waits."),
        },
        WHO,
    ),
    "customer": Branch(
        "Add, show, edit and hand over customers.",
        {
            "add": Verb("Add a customer."),
            "list": Verb("List the customers."),
            "show": Verb("Show one customer whole."),
            "edit": Verb("Change what is known about a customer."),
            "touch": Verb("Say what comes next for a customer, with or without an open case."),
            "handoff": Verb("Offer the account of a customer to its next owner."),
        },
        WHO,
    ),
    "contact": Branch(
        "Add, list, edit and remove contacts at the customers'.",
        {
            "add": Verb("Add a contact at a customer's."),
            "list": Verb("List whom to ask for at a customer's, or at all of them."),
            "edit": Verb("Change what is known about a contact."),
            "remove": Verb("Take a contact from a customer's list."),
        },
        WHO,
    ),
    "playbook": Branch(
        "Keep what is done in known situations, step by step.",
        {
            "add": Verb("Add playbooks, or further versions of them."),
            "list": Verb("List the playbooks in use."),
            "show": Verb("Show one playbook whole."),
            "edit": Verb("Write a further version of a playbook in your editor."),
            "retire": Verb("Take a playbook out of use; cases that follow it go on."),
            "check": Verb("Say whether files are playbooks, and what is wrong with them."),
        },
        WHO,
    ),
    "person": Branch(
        "Add, show, edit and retire people of the team.",
        {
            "add": Verb("Add a person to the team."),
            "list": Verb("List the people of the team."),
            "show": Verb("Show one person whole."),
            "edit": Verb("Change what is known about a person."),
            "retire": Verb("Let a person go who owns nothing any more."),
        },
        WHO,
    ),
    "helper": Verb("Show who can help, best first, and why.", WHO),
    "duty": Branch(
        "Publish, list and check who is on duty.",
        {
            "add": Verb("Say who is on duty from when until when."),
            "list": Verb("List who is on duty, from now on unless told otherwise."),
            "check": Verb("Check that somebody is on duty at every moment that is published."),
            "remove": Verb("Take a duty back."),
        },
        WHO,
    ),
    "who": Verb("Show who is accountable, now or at any moment in the past.", LOOKING),
    "show": Verb("Show one case whole.", LOOKING),
    "history": Verb("Show everything that happened to a case or a customer.", LOOKING),
    "list": Verb("List cases, open ones unless told otherwise.", LOOKING),
    "find": Verb("Find cases by the words in them.", LOOKING),
    "report": Branch(
        "Report on owners, customers, handoffs and the day.",
        {
            "owners": Verb("Report what each person is accountable for."),
            "calls": Verb("Report the calls of each week, and how many were answered on the spot."),
            "customers": Verb("Report how each customer's cases stand."),
            "handoffs": Verb("Report how often each case changed hands, and how long the answers took."),
            "daily": Verb("Report what is due, late or not told, and what was moved, closed, voided or reopened."),
        },
        LOOKING,
    ),
    "join": Verb("Say which person of the team you are.", STORE),
    "init": Verb("Make a store and register yourself in it.", STORE),
    "import": Branch(
        "Bring in what other trackers kept.",
        {
            "cases": Verb("Import what another tracker holds open: yours, and offered to its owners there."),
            "contacts": Verb("Import contacts of customers: a vCard file, or a table of them."),
            "customers": Verb("Import customers, each offered to the account owner the file names."),
            "log": Verb("Import the history that somebody else's tracker kept."),
            "mappings": Verb("List the mappings that imports know by name."),
            "people": Verb("Import people: everybody a file names joins the team."),
        },
        STORE,
    ),
    "export": Verb("Write the whole store, or one sort of thing in it, to a file.", STORE),
    "store": Branch(
        "Check, back up, restore, upgrade and redact the store.",
        {
            "info": Verb("Show where the store is and what is in it."),
            "check": Verb("Check that history, tables and rules agree."),
            "backup": Verb("Write a copy of the store that can be restored."),
            "restore": Verb("Bring a backup back."),
            "upgrade": Verb("Make the tables anew from the history."),
            "redact": Verb("Remove what people wrote about something that is over, for good."),
            "head": Verb("Show the last event's number and hash, to be kept elsewhere."),
        },
        STORE,
    ),
    "config": Branch(
        "Show and change settings.",
        {
            "get": Verb("Show the value of one setting."),
            "set": Verb("Change a setting."),
            "list": Verb("List every setting, its value and where that comes from."),
            "path": Verb("Show where the settings are kept."),
        },
        STORE,
    ),
    "shell": Verb("Type commands at a warm prompt, with completion and history.", STORE),
    "completion": Verb("Print the completion script for a shell.", STORE),
    "tutorial": Verb("Learn owncase by doing, in ten minutes, on a store that is thrown away.", STORE),
    "demo": Verb("Try everything on the week of a small team, in a store that is thrown away.", STORE),
}


def module_of(path: tuple[str, ...]) -> str:
    """The module in which the command with this path is written."""
    return ".".join(("owncase.cli", *(f"{part}_" if iskeyword(part) else part.replace("-", "_") for part in path)))
