"""Which promises bound whom at a moment of the past, with the ETAs that were believed and told then?"""

from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]

ENDS = ("promise.kept", "promise.broken", "promise.released")


def promises_then(number: int, events: Iterable[Row]) -> list[Row]:
    """The promises of a case that were open after these events of it, the next due first."""
    held: dict[int, Row] = {}
    letters: dict[int, list[Any]] = {}
    for event in events:
        said, kind = event["data"], event["kind"]
        if kind == "promise.made":
            n = len(held) + 1
            held[n] = _made(f"{number}.{n}", n, event)
        elif kind == "promise.moved":
            _knows(held[said["n"]] | {"due": said["due"]}, held, event)
        elif kind in ENDS:
            held[said["n"]] = held[said["n"]] | {"open": False}
        elif kind == "case.undone" and str(said["what"]).startswith("promise."):
            held[said["n"]] = held[said["n"]] | {"open": said["what"] != "promise.made"}
        elif kind == "handoff.acknowledged":
            held |= {n: promise | {"holder": event["by"]} for n, promise in held.items() if promise["open"]}
        elif kind == "letter.queued":
            letters[event["seq"]] = said.get("promises") or []
        else:
            for n, due in _told(event, held, letters):
                _knows(held[n] | {"told_due": due}, held, event)
    rows = sorted((promise for promise in held.values() if promise["open"]), key=lambda one: (one["due"], one["n"]))
    return [{name: value for name, value in promise.items() if name not in ("open", "n")} for promise in rows]


def _made(name: str, n: int, event: Row) -> Row:
    text, due = event["data"]["text"], event["data"]["due"]
    return {
        "promise": name, "n": n, "text": text, "due": due, "holder": event["by"], "told_due": due,
        "debt_since": None, "open": True,
    }  # fmt: skip


def _told(event: Row, held: dict[int, Row], letters: dict[int, list[Any]]) -> list[tuple[int, str]]:
    """The promises whose ETA the customer was told by an event, and which ETA."""
    said = event["data"]
    if event["kind"] == "case.told":
        return [(n, held[n]["due"]) for n in said["promises"]]
    if event["kind"] == "letter.tried" and said["accepted"]:
        return [(n, due) for n, due in letters.pop(said["letter"], ()) if held[n]["open"]]
    return []


def _knows(promise: Row, held: dict[int, Row], event: Row) -> None:
    """The promise after its ETA was moved or told: the debt lasts from when the two first differed."""
    gap = promise["due"] != promise["told_due"]
    held[promise["n"]] = promise | {"debt_since": (promise["debt_since"] or event["at"]) if gap else None}
