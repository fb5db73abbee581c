"""The story that `owncase demo` tells: one case of a small team, from damaged goods to a closing that somebody owns."""

from typing import NamedTuple

from owncase.cli.played import Sql, Step

REFUSED = 3


class Chapter(NamedTuple):
    """A heading, what happens in words, and the steps."""

    heading: str
    words: str
    steps: tuple[Step | Sql, ...]


MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (f"2026-11-{day}" for day in range(16, 21))


def _at(day: str, clock: str) -> str:
    return f"{day}T{clock}-05:00"


STORY = (
    Chapter(
        "A team of three",
        "Carol makes the store. Each person acts only under their own login.",
        (
            Step(
                _at(MONDAY, "08:00"), "carol",
                ("init", "--me", "carol", "--name", "Carol Diaz", "--zone", "America/New_York"),
            ),
            Step(
                _at(MONDAY, "08:01"), "carol",
                ("person", "add", "rob", "--name", "Rob Hale", "--login", "rob", "--manager", "carol"),
            ),
            Step(
                _at(MONDAY, "08:02"), "carol",
                ("person", "add", "dana", "--name", "Dana Reed", "--login", "dana", "--manager", "carol"),
            ),
            Step(
                _at(MONDAY, "08:05"), "dana",
                (
                    "customer", "add", "norfolk", "--name", "Norfolk Data Services", "--second", "carol",
                    "--contact", "Pat Doyle", "--phone", "+1 757 555 0100",
                ),
            ),
        ),
    ),
    Chapter(
        "Damaged goods",
        "Pat rings: a pallet of storage devices arrived crushed. Rob takes the call, so the case is his, and it is "
        "offered to Dana, the account owner. He does not wait for her answer: he drives there, and makes a promise.",
        (
            Step(
                _at(MONDAY, "09:10"), "rob",
                (
                    "open", "Storage devices damaged in transit", "-c", "norfolk", "--channel", "phone",
                    "-n", "Drive to Norfolk and look", "-d", "14:00",
                ),
            ),
            Step(
                _at(MONDAY, "13:40"), "rob",
                (
                    "done", "1", "--did", "Looked at the pallet with Pat: 12 of 40 devices are crushed",
                    "-n", "Get 12 devices replaced", "-d", "tomorrow 12:00",
                ),
            ),
            Step(
                _at(MONDAY, "13:45"), "rob",
                ("promise", "make", "1", "12 new devices at your dock", "--by", "wed 17:00"),
            ),
        ),
    ),
    Chapter(
        "Only the next owner can say yes",
        "Until Dana answers, Rob owns it. Nobody can answer for her, not even the manager of both.",
        (
            Step(_at(MONDAY, "14:00"), "carol", ("ack", "1"), REFUSED),
            Step(_at(MONDAY, "15:20"), "dana", ("inbox",)),
            Step(
                _at(MONDAY, "15:30"), "dana",
                ("ack", "1", "-n", "Put 12 devices on the night truck", "-d", "tomorrow 16:00"), REFUSED,
            ),
            Step(
                _at(MONDAY, "15:31"), "dana",
                ("ack", "1", "-n", "Put 12 devices on the night truck", "-d", "tomorrow 16:00", "--take", "1"),
            ),
        ),
    ),
    Chapter(
        "A call, answered on the spot",
        "Pat rings and wants to know where the devices are. Carol picks up; she never saw the case. Before she is "
        "asked for anything, the card says whose it is, what comes next and who promised what. That is enough.",
        (
            Step(
                _at(TUESDAY, "10:05"), "carol",
                (
                    "call", "+1 (757) 555-0100", "Where are our 12 devices?", "--whom", "Pat Doyle",
                    "--answered", "On the truck tonight, with you tomorrow by 17:00",
                ),
            ),
        ),
    ),
    Chapter(
        "Two ETAs",
        "The truck is full. Dana moves the ETA, and from then on two are known: what we believe, and what Pat was last "
        "told. That is a debt, wherever the case is shown, until Pat hears of it.",
        (
            Step(
                _at(TUESDAY, "15:50"), "dana",
                (
                    "promise", "move", "1.1", "--to", "thu 12:00", "--because", "The night truck is full",
                ),
            ),
            Step(_at(TUESDAY, "15:51"), "dana", ("list", "--eta-debt")),
            Step(_at(TUESDAY, "15:58"), "dana", ("told", "1", "--how", "phone", "--whom", "Pat Doyle")),
        ),
    ),
    Chapter(
        "A promise kept",
        "The promise moved before it was due, and Pat knew: that is counted apart from a broken one. Dana keeps it.",
        (
            Step(
                _at(WEDNESDAY, "15:50"), "dana",
                ("done", "1", "--did", "On the truck", "-n", "Ask Pat what arrived", "-d", "tomorrow 11:00"),
            ),
            Step(_at(THURSDAY, "10:30"), "dana", ("promise", "keep", "1.1", "--confirmed-by", "Pat Doyle")),
        ),
    ),
    Chapter(
        "A case does not end by itself",
        "Dana is done, yet somebody has to answer for whatever comes back: Carol, the second for this customer. Until "
        "she says so the case stays open, even for whoever writes SQL past the program.",
        (
            Step(
                _at(THURSDAY, "10:40"), "dana",
                ("close", "1", "--outcome", "12 devices replaced", "--confirmed-by", "Pat Doyle"),
            ),
            Sql(_at(THURSDAY, "10:45"), "dana", "UPDATE cases SET status = 'closed' WHERE number = 1"),
            Step(_at(THURSDAY, "11:15"), "carol", ("ack", "1")),
        ),
    ),
    Chapter(
        "Who owned it, and when?",
        "The past is kept as it was: any moment can be asked about.",
        (
            Step(_at(FRIDAY, "09:00"), "carol", ("who", "1", "--at", "2026-11-16 12:00")),
            Step(_at(FRIDAY, "09:00"), "carol", ("who", "1", "--at", "2026-11-17 12:00")),
        ),
    ),
    Chapter(
        "Nothing is forgotten",
        "Every change is an event behind a hash of all before it, and every table is compared with what they say.",
        (
            Step(_at(FRIDAY, "09:01"), "carol", ("history", "1")),
            Step(_at(FRIDAY, "09:02"), "carol", ("store", "check")),
        ),
    ),
)  # fmt: skip
