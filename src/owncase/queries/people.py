"""Who is on the team, and what does each of them answer for?"""

from typing import TYPE_CHECKING, Any

from owncase.queries.lookup import person_of

if TYPE_CHECKING:
    from owncase.store.reader import Reader

FIELDS = "handle, name, active, login, email, phone, place, zone, hours, manager, founder, topics, languages"

PEOPLE = f"SELECT {FIELDS} FROM person_view ORDER BY active DESC, handle"  # noqa: S608 - the program's own names

PERSON = f"""
SELECT {FIELDS}, added_by, added_at,
  (SELECT count(*) FROM cases WHERE owner = p.id AND status = 'open') AS open,
  (SELECT count(*) FROM cases WHERE owner = p.id AND status = 'open' AND next_due < :now) AS overdue,
  (SELECT count(*) FROM handoff WHERE giver = p.id AND state = 'offered') AS offered_out,
  (SELECT count(*) FROM handoff WHERE taker = p.id AND state = 'offered')
    + (SELECT count(*) FROM customer_offer WHERE taker = p.id AND state = 'offered') AS to_acknowledge,
  (SELECT count(*) FROM promise WHERE holder = p.id AND state = 'open') AS promises_open,
  (SELECT count(*) FROM customer WHERE account_owner = p.id) AS accounts
FROM person_view AS p WHERE handle = :handle
"""  # noqa: S608 - the program's own names


def people(reader: "Reader") -> list[dict[str, Any]]:
    """Everybody, those who left last."""
    return [_told(row) for row in reader.rows(PEOPLE)]


def person(reader: "Reader", handle: str, *, now: str) -> dict[str, Any]:
    """One person and how much they answer for at this moment. Raises NotFound with near handles."""
    row = reader.one(PERSON, handle=handle, now=now)
    return _told(row or person_of(reader, handle))


def handle_of(reader: "Reader", person_id: int) -> str:
    """The handle that the person with this id goes by now."""
    row = reader.one("SELECT handle FROM person WHERE id = :id", id=person_id)
    assert row is not None
    return str(row["handle"])


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "active": bool(row["active"]),
        "founder": bool(row["founder"]),
        **{name: row[name].split(",") if row[name] else [] for name in ("topics", "languages")},
    }
