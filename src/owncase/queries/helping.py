"""Who can help now, with this topic, there, and for this customer; and who answers when nobody is in their hours?"""

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from owncase.domain.helping import SHORTEST, Facts, fitting, merits, ranked, reasons
from owncase.domain.moment import from_text
from owncase.domain.wallclock import zone_named
from owncase.domain.worktime import WorkingHours, working_for
from owncase.queries.duties import on_duty
from owncase.queries.fitting import folded

if TYPE_CHECKING:
    from owncase.store.reader import Reader

Row = dict[str, Any]

_KIND = "json_array(zone, hours, topics)"
_COLUMNS = f"id, handle, name, phone, email, place, zone, languages, {_KIND} AS kind"
KINDS = f"SELECT DISTINCT zone, hours, topics, {_KIND} AS kind FROM person WHERE active = 1"  # noqa: S608 - the program's own words
PEOPLE = f"""
SELECT {_COLUMNS} FROM person WHERE active = 1 AND {_KIND} IN (SELECT value FROM json_each(:kinds))
  AND (:ids IS NULL OR id IN (SELECT value FROM json_each(:ids)))
  AND (:spoken IS NULL OR instr(',' || languages || ',', :spoken) > 0)
"""  # noqa: S608 - the program's own words
NAMED = f"SELECT {_COLUMNS} FROM person WHERE handle = :handle"  # noqa: S608 - the program's own words
LOADS = """
SELECT owner, count(*) AS load FROM cases
WHERE status = 'open' AND owner IN (SELECT value FROM json_each(:ids)) GROUP BY owner
"""
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
    """What help is needed with: words, when, where, for the customer with this id, in which language, from how many."""

    words: str
    at: str
    place: str | None = None
    customer: int | None = None
    language: str | None = None
    most: int = 0


class Found(NamedTuple):
    """Who can help, best first, and whether nobody of them is in their hours."""

    people: list[Row]
    nobody_works: bool


class Kind(NamedTuple):
    """Whoever shares zone, hours and topics: which topics fit, and minutes left of the hours."""

    topics: tuple[str, ...]
    minutes: int | None

    @property
    def rank(self) -> tuple[bool, int]:
        """What ranking looks at first; whoever ranks lower is not even read while there are enough above."""
        return (self.minutes is None, -len(self.topics))


ASLEEP = Kind((), None)
"""Of whom nothing is known any more, because they have left."""


def helpers(reader: "Reader", wish: Wish) -> Found:
    """Who fits, best first; where nobody of them is in their hours, first who is on duty, or else the account owner.

    Everybody fits where neither words nor a customer are given, and who works where nobody knows the words.
    """
    kinds, known = _kinds(reader, wish), _known(reader, wish.customer)
    named = any(kind.topics for kind in kinds.values())
    found: list[Row] = []
    for rank in sorted({kind.rank for kind in kinds.values()}):
        asleep, topics = rank
        free = (wish.customer is None and not wish.words) or bool(wish.words and not named and not asleep)
        only = None if topics or free else list(known)
        found += _people(reader, wish, {of: kind for of, kind in kinds.items() if kind.rank == rank}, known, only)
        if wish.most and len(found) >= wish.most:
            break
    if any(row["in_hours"] for row in found):
        return Found(found[: wish.most or None], nobody_works=False)
    last = _last_rung(reader, wish, kinds, known)
    rungs = {row["handle"] for row in last}
    rows = [*last, *(row for row in found if row["handle"] not in rungs)]
    return Found(rows[: wish.most or None], nobody_works=True)


def _kinds(reader: "Reader", wish: Wish) -> dict[str, Kind]:
    """Everybody by zone, hours and topics, because many share them."""
    moment, words = from_text(wish.at), set(re.split(r"[^\w.+#-]+", folded(wish.words))) - {""}

    @cache
    def left(zone: str, hours: str) -> int | None:
        span = working_for(moment, _hours(hours), zone_named(zone))
        return int(span.total_seconds()) // 60 if span else None

    return {
        row["kind"]: Kind(fitting(words, (row["topics"] or "").split(",")), left(row["zone"], row["hours"]))
        for row in reader.rows(KINDS)
    }


@cache
def _hours(text: str) -> WorkingHours:
    return WorkingHours.parse(text)


def _known(reader: "Reader", customer: int | None) -> dict[int, tuple[str, ...]]:
    known: dict[int, tuple[str, ...]] = {}
    for row in reader.rows(KNOWN, customer=customer) if customer is not None else ():
        known[row["id"]] = (*known.get(row["id"], ()), row["how"])
    return known


def _people(
    reader: "Reader", wish: Wish, kinds: dict[str, Kind], known: dict[int, tuple[str, ...]], only: list[int] | None
) -> list[Row]:
    rows = reader.rows(
        PEOPLE,
        kinds=json.dumps(list(kinds), ensure_ascii=False),
        ids=None if only is None else json.dumps(only),
        spoken=f",{wish.language}," if wish.language is not None else None,
    )
    people = {row["handle"]: row for row in rows}
    facts = ranked(_facts(reader, wish, rows, kinds, known))
    return [_row(people[one.handle], one, wish) for one in facts[: wish.most or None]]


def _facts(
    reader: "Reader", wish: Wish, rows: list[Row], kinds: dict[str, Kind], known: dict[int, tuple[str, ...]]
) -> list[Facts]:
    ids = json.dumps([row["id"] for row in rows])
    loads = {row["owner"]: row["load"] for row in reader.rows(LOADS, ids=ids)}
    return [
        Facts(row["handle"], *kinds.get(row["kind"], ASLEEP), there=_is_there(wish.place, row["place"]),
              knows=known.get(row["id"], ()), load=loads.get(row["id"], 0))
        for row in rows
    ]  # fmt: skip


def _is_there(wanted: str | None, place: str | None) -> bool:
    """Whether each word of the place that is wanted begins one of a person's place, a short one is all of it."""
    words = re.findall(r"\w+", folded(place)) if wanted and place else []
    return bool(words) and all(
        any(word == one or (len(one) >= SHORTEST and word.startswith(one)) for word in words)
        for one in re.findall(r"\w+", folded(wanted or ""))
    )


def _last_rung(reader: "Reader", wish: Wish, kinds: dict[str, Kind], known: dict[int, tuple[str, ...]]) -> list[Row]:
    """Who is on duty; where nobody is, the account owner, if a customer is meant."""
    names = list(dict.fromkeys(row["person"] for row in on_duty(reader, wish.at)))
    why = "on duty" if names else "account owner"
    rows = [row for name in names or _account_owner(reader, wish.customer) for row in reader.rows(NAMED, handle=name)]
    facts = _facts(reader, wish, rows, kinds, known)
    told = [_row(row, one, wish) for row, one in zip(rows, facts, strict=True)]
    duty = {"on_duty": bool(names)}
    return [row | duty | {name: [why, *row[name]] for name in ("why", "merits")} for row in told]


def _account_owner(reader: "Reader", customer: int | None) -> list[str]:
    sql = "SELECT account_owner FROM customer_view WHERE id = :id"
    return [row["account_owner"] for row in reader.rows(sql, id=customer)] if customer is not None else []


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
        "merits": merits(one, place=person["place"]),
    }
