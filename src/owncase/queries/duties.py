"""Who is on duty, now, at a moment or in a stretch, and where is nobody?"""

from typing import TYPE_CHECKING, Any

from owncase.domain.gaps import gaps
from owncase.errors import NotFound

if TYPE_CHECKING:
    from owncase.store.reader import Reader

Row = dict[str, Any]
COLUMNS = "duty, person, name, phone, email, zone, from_at, until_at, note, added_by, added_at, active"
BETWEEN = f"""
SELECT {COLUMNS} FROM duty_view WHERE active = 1 AND until_at > :since AND from_at < :until
ORDER BY from_at, until_at, duty
"""  # noqa: S608 - the program's own words
ONE = f"SELECT {COLUMNS} FROM duty_view WHERE duty = :number"  # noqa: S608 - the program's own words
REQUESTED = "SELECT seq FROM event WHERE request = :request"
EVER = "9999-12-31T23:59:59Z"


class NoSuchDuty(NotFound):
    """There is no duty of this number."""


def duties(reader: "Reader", since: str, until: str = EVER, *, now: str) -> list[Row]:
    """Every duty that touches a stretch, by when it begins. `on_duty` says whether it holds now."""
    return [_told(row, now) for row in reader.rows(BETWEEN, since=since, until=until)]


def on_duty(reader: "Reader", at: str) -> list[Row]:
    """Who is on duty at a moment, who began last first: they were put there knowing of the others."""
    found = reader.rows(BETWEEN, since=at, until=f"{at[:-1]}~")  # a duty that begins at the very moment holds
    return [_told(row, at) for row in reversed(found)]


def in_place_of(reader: "Reader", owner: str | None, now: str) -> Row | None:
    """Who else is on duty now, and how they are reached; None where nobody is, or only the owner."""
    others = [row for row in on_duty(reader, now) if row["person"] != owner]
    return {name: others[0][name] for name in ("person", "name", "phone", "email", "until_at")} if others else None


def duty(reader: "Reader", number: int, *, now: str) -> Row:
    """One duty, taken back or not. Raises `NoSuchDuty`."""
    if row := reader.one(ONE, number=number):
        return _told(row, now)
    raise NoSuchDuty(f"there is no duty {number}", fix="owncase duty list")


def requested(reader: "Reader", request: str) -> int:
    """The number of the duty that this request added."""
    row = reader.one(REQUESTED, request=request)
    return row["seq"] if row else 0


def uncovered(reader: "Reader", now: str, *, since: str | None = None, until: str | None = None) -> list[Row] | None:
    """The stretches in which nobody is on duty, between two moments or in all that is published; None where nothing is.

    What is published begins now, or with the first duty of those that are not over, and ends with the last.
    """
    stretches = [
        (row["from_at"], row["until_at"]) for row in reader.rows(BETWEEN, since=since or now, until=until or EVER)
    ]
    if not stretches and until is None:
        return None
    first = since or max(now, min(begins for begins, _ in stretches) if stretches else now)
    last = until or max(ends for _, ends in stretches)
    return [{"from_at": begins, "until_at": ends} for begins, ends in gaps(stretches, first, last)]


def _told(row: Row, now: str) -> Row:
    return {
        **row,
        "active": bool(row["active"]),
        "on_duty": bool(row["active"]) and row["from_at"] <= now < row["until_at"],
    }
