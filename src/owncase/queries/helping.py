"""Who can help now, with this topic, there, and for this customer; and who answers when nobody is in their hours?"""

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from owncase.domain.helping import Facts, fitting, ranked, reasons
from owncase.domain.moment import from_text
from owncase.domain.wallclock import zone_named
from owncase.domain.worktime import WorkingHours, working_for
from owncase.queries.duties import on_duty
from owncase.queries.fitting import folded

if TYPE_CHECKING:
    from datetime import timedelta

    from owncase.store.reader import Reader

Row = dict[str, Any]

PEOPLE = "SELECT id, handle, name, phone, email, place, zone, hours, topics, languages FROM person WHERE active = 1"
LOADS = "SELECT owner, count(*) AS load FROM cases WHERE status = 'open' GROUP BY owner"
LOAD = "SELECT count(*) AS load FROM cases WHERE status = 'open' AND owner = :id"
FEW = 200
"""So many people are counted for one by one; of more, everybody's cases are counted at once."""
KNOWN = """
SELECT account_owner AS id, 'account' AS how FROM customer WHERE id = :customer
UNION SELECT second, 'account' FROM customer WHERE id = :customer
UNION SELECT giver, 'account' FROM customer_offer WHERE customer = :customer AND state = 'acknowledged'
UNION SELECT t.owner, 'case' FROM cases AS c JOIN tenure AS t ON t.case_number = c.number WHERE c.customer = :customer
UNION SELECT p.made_by, 'promise' FROM cases AS c JOIN promise AS p ON p.case_number = c.number
  WHERE c.customer = :customer
ORDER BY how
"""


class Wish(NamedTuple):
    """What help is needed with: words, where, when, for the customer with this id, and in which language."""

    words: str
    at: str
    place: str | None = None
    customer: int | None = None
    language: str | None = None


class Found(NamedTuple):
    """Who can help, best first, and whether nobody of them is in their hours."""

    people: list[Row]
    nobody_works: bool


def helpers(reader: "Reader", wish: Wish) -> Found:
    """Who fits, best first; where nobody of them is in their hours, first who is on duty, or else the account owner.

    Everybody fits where neither words nor a customer are given, and where nobody else does.
    """
    people = {row["handle"]: row for row in reader.rows(PEOPLE)}
    facts = _facts(reader, wish, people.values())
    asked = bool(wish.words.split()) or wish.customer is not None
    fit = [one for one in facts if one.fits] if asked else facts
    if not fit or (wish.words.split() and not any(one.topics for one in fit)):
        fit = [one for one in facts if one.fits or one.minutes is not None]
    rows = [_row(people[one.handle], one, wish) for one in ranked(_loaded(reader, fit, people))]
    if any(one.minutes is not None for one in fit):
        return Found(rows, nobody_works=False)
    last = _last_rung(reader, wish, people)
    named = {row["handle"] for row in last}
    return Found([*last, *(row for row in rows if row["handle"] not in named)], nobody_works=True)


def _facts(reader: "Reader", wish: Wish, people: Iterable[Row]) -> list[Facts]:
    words = set(re.split(r"[^\w.+#-]+", folded(wish.words))) - {""}
    known = _known(reader, wish.customer)
    place, left, topics = folded(wish.place or ""), _hours_left(wish.at), cache(lambda said: _named(words, said))
    return [
        Facts(
            row["handle"], topics(row["topics"]), left(row["zone"], row["hours"]),
            bool(place and row["place"] and place in folded(row["place"])), known.get(row["id"], ()),
        )
        for row in people
        if wish.language is None or wish.language in (row["languages"] or "").split(",")
    ]  # fmt: skip


def _named(words: set[str], said: str | None) -> tuple[str, ...]:
    return fitting(words, said.split(",")) if said and words else ()


def _known(reader: "Reader", customer: int | None) -> dict[int, tuple[str, ...]]:
    known: dict[int, tuple[str, ...]] = {}
    for row in reader.rows(KNOWN, customer=customer) if customer is not None else ():
        known[row["id"]] = (*known.get(row["id"], ()), row["how"])
    return known


def _hours_left(at: str) -> Any:
    """Minutes left in somebody's hours, worked out once for all who share hours and zone."""
    moment = from_text(at)

    @cache
    def left(zone: str, hours: str) -> int | None:
        span: timedelta = working_for(moment, _hours(hours), zone_named(zone))
        return int(span.total_seconds()) // 60 if span else None

    return left


@cache
def _hours(text: str) -> WorkingHours:
    return WorkingHours.parse(text)


def _loaded(reader: "Reader", fit: list[Facts], people: dict[str, Row]) -> list[Facts]:
    ids = {one.handle: people[one.handle]["id"] for one in fit}
    if len(fit) <= FEW:
        loads = {number: reader.rows(LOAD, id=number)[0]["load"] for number in ids.values()}
    else:
        loads = {row["owner"]: row["load"] for row in reader.rows(LOADS)}
    return [one._replace(load=loads.get(ids[one.handle], 0)) for one in fit]


def _last_rung(reader: "Reader", wish: Wish, people: dict[str, Row]) -> list[Row]:
    """Who is on duty; where nobody is, the account owner, if a customer is meant."""
    on = list(dict.fromkeys(row["person"] for row in on_duty(reader, wish.at)))
    if on:
        return [_rung(reader, people[handle], wish, "on duty") for handle in on if handle in people]
    owner = _account_owner(reader, wish.customer)
    return [_rung(reader, people[owner], wish, "account owner")] if owner in people else []


def _account_owner(reader: "Reader", customer: int | None) -> str:
    sql = "SELECT account_owner FROM customer_view WHERE id = :id"
    row = reader.one(sql, id=customer) if customer is not None else None
    return str(row["account_owner"]) if row else ""


def _rung(reader: "Reader", person: Row, wish: Wish, why: str) -> Row:
    (facts,) = _facts(reader, wish._replace(language=None), [person])
    (facts,) = _loaded(reader, [facts], {person["handle"]: person})
    row = _row(person, facts, wish)
    return row | {"on_duty": why == "on duty", "why": [why, *row["why"]]}


def _row(person: Row, one: Facts, wish: Wish) -> Row:
    return {
        **{name: person[name] for name in ("handle", "name", "phone", "email", "place", "zone")},
        "local_time": from_text(wish.at).astimezone(zone_named(person["zone"])).isoformat(),
        "in_hours": one.minutes is not None,
        "minutes_left": one.minutes,
        "topics": list(one.topics),
        "languages": person["languages"].split(",") if person["languages"] else [],
        "there": one.there,
        "knows_customer": list(one.knows),
        "open": one.load,
        "on_duty": False,
        "why": reasons(one, place=person["place"]),
    }
