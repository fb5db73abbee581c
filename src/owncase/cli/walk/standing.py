"""How a stop stands at this moment, whoever changed it since the list was made."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from zlib import crc32

from owncase.cli.walk.route import Stop
from owncase.desk import Desk
from owncase.errors import NotFound
from owncase.queries.customers import customer
from owncase.queries.lookup import customer_of
from owncase.queries.packet import packet
from owncase.queries.versions import versions
from owncase.queries.whole_case import whole_case

Row = dict[str, Any]
Rows = Callable[[], list[Row]]
"""The list as it is at this moment, whole."""


class Standing(NamedTuple):
    """A case whole and its customer, or a customer alone, with its row of the list: None when it waits no more.

    `offer` is what this person is asked to acknowledge; `mark` changes with the case.
    """

    stop: Stop
    row: Row | None
    mark: str
    case: Row | None = None
    customer: Row | None = None
    offer: Row | None = None

    @property
    def version(self) -> int | None:
        """The version of the case that was looked at."""
        return self.case["version"] if self.case else None


def stops_of(desk: Desk, rows: Sequence[Row]) -> list[Stop]:
    """The rows of a list as stops."""
    at = versions(desk.reader, [row["case"] for row in rows if row["case"] is not None])
    return [Stop(_subject(row), _mark_of(row, at), row) for row in rows]


def standing(desk: Desk, stop: Stop, rows: Rows) -> Standing:
    """Look at one stop again. The whole list is asked anew only where something has changed."""
    return _account(desk, stop, rows) if stop.is_account else _case(desk, stop, rows)


def mark_now(desk: Desk, stop: Stop) -> str:
    """The mark that the stop has at this moment."""
    if stop.is_account:
        return _account_mark(stop, _customer(desk, stop))
    return _case_mark(stop.row["case"], versions(desk.reader, [stop.row["case"]]))


def _case(desk: Desk, stop: Stop, rows: Rows) -> Standing:
    now = desk.now()
    case = whole_case(desk.reader, stop.row["case"], now)
    mark = f"{case['case']} {case['version']}"
    offer = packet(desk.reader, case["case"], now)
    mine = offer if offer and offer["taker_id"] == desk.me.id else None
    about = customer_of(desk.reader, case["customer"])
    return Standing(stop, _row_now(stop, mark, rows), mark, case=case, customer=about, offer=mine)


def _account(desk: Desk, stop: Stop, rows: Rows) -> Standing:
    found = _customer(desk, stop)
    pending = found["pending"] if found else None
    mark = _account_mark(stop, found)
    mine = pending if pending and pending["to"] == desk.me.handle and not stop.is_touch else None
    return Standing(stop, _row_now(stop, mark, rows), mark, customer=found, offer=mine)


def _row_now(stop: Stop, mark: str, rows: Rows) -> Row | None:
    if mark == stop.mark:
        return stop.row
    return next((row for row in rows() if _subject(row) == stop.subject), None)


def _customer(desk: Desk, stop: Stop) -> Row | None:
    try:
        return customer(desk.reader, stop.customer, now=desk.now())
    except NotFound:
        return None  # it goes by another key now


def _subject(row: Row) -> str:
    if row.get("kind") == "touch":
        return f"the next touch of {row['customer']}"
    return str(row["customer"] if row["case"] is None else row["case"])


def _mark_of(row: Row, at: dict[int, int]) -> str:
    if row["case"] is not None:
        return _case_mark(row["case"], at)
    if row.get("kind") == "touch":
        return _touch_mark(row["customer"], row["next_action"], row["next_due"])
    offer = row.get("pending") or row
    return f"{row['customer']} {offer.get('offered_at') or '-'}"


def _case_mark(number: int, at: dict[int, int]) -> str:
    return f"{number} {at.get(number, 0)}"


def _account_mark(stop: Stop, found: Row | None) -> str:
    if stop.is_touch:
        return _touch_mark(stop.customer, *((found["next_touch"], found["next_touch_due"]) if found else (None, None)))
    pending = found["pending"] if found else None
    return f"{stop.customer} {pending['offered_at'] if pending else '-'}"


def _touch_mark(key: str, action: str | None, due: str | None) -> str:
    return f"{key} touch {due or '-'} {crc32((action or '').encode('utf-8', 'replace')):x}"
