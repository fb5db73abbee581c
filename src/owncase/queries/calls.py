"""How many calls came in each week, how many asked how their job is going, and how many were answered on the spot?"""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from owncase.domain.moment import from_text, to_text
from owncase.domain.wallclock import first_moment

if TYPE_CHECKING:
    from owncase.store.reader import Reader

Row = dict[str, Any]

WEEK = timedelta(days=7)
_WISHES = {"owner": "coalesce(k.owner, u.account_owner) = :owner", "customer": "l.customer = :customer"}
_FROM = """
FROM call AS l JOIN customer AS u ON u.id = l.customer LEFT JOIN cases AS k ON k.number = l.case_number
WHERE l.called_at >= :since AND l.called_at <= :until
"""
COUNTED = """
SELECT w.key AS week, count(*) AS calls, sum(l.about_status) AS about_status, count(l.answer) AS answered
FROM json_each(:weeks) AS w CROSS JOIN call AS l INDEXED BY call_at
  ON l.called_at >= json_extract(w.value, '$[0]') AND l.called_at < json_extract(w.value, '$[1]')
JOIN customer AS u ON u.id = l.customer LEFT JOIN cases AS k ON k.number = l.case_number
"""


def calls_by_week(reader: "Reader", wishes: Mapping[str, Any], since: str, until: str, zone: tzinfo) -> list[Row]:
    """One object for each week from the first call to the last, by the clock of the zone.

    Wishes: `owner` (an id: of the case, or of the account where the call is about no case) and `customer` (an id).
    """
    where = "".join(f" AND {_WISHES[name]}" for name in wishes)
    within = {**wishes, "since": since, "until": until}
    span = reader.one(f"SELECT min(l.called_at) AS first, max(l.called_at) AS last {_FROM}{where}", **within)
    if span is None or span["first"] is None:
        return []
    weeks = _weeks(span["first"], span["last"], zone)
    bounds = json.dumps([[max(week["from"], since), min(week["until"], _after(until))] for week in weeks])
    found = reader.rows(f"{COUNTED} WHERE 1{where} GROUP BY w.key", **wishes, weeks=bounds)
    counted = {row.pop("week"): row for row in found}
    return [week | shared(counted.get(n, NONE)) for n, week in enumerate(weeks)]


NONE: Row = {"calls": 0, "about_status": 0, "answered": 0}


def total(rows: list[Row]) -> Row:
    """All weeks together."""
    return shared({name: sum(row[name] for row in rows) for name in NONE})


def shared(counts: Row) -> Row:
    """Counts with the share that was answered on the spot, null without calls."""
    share = round(counts["answered"] / counts["calls"], 3) if counts["calls"] else None
    return {**counts, "share_answered": share}


def _weeks(first: str, last: str, zone: tzinfo) -> list[Row]:
    """The ISO weeks from one moment to another, each with when it begins and when the next does."""
    local = from_text(first).astimezone(zone).date()
    monday = local - timedelta(days=local.weekday())
    found = []
    while (begins := _begins(monday, zone)) <= last:
        year, number, _ = monday.isocalendar()
        found.append({"week": f"{year}-W{number:02}", "from": begins, "until": _begins(monday + WEEK, zone)})
        monday += WEEK
    return found


def _begins(monday: date, zone: tzinfo) -> str:
    return to_text(first_moment(datetime.combine(monday, time()), zone))


def _after(moment: str) -> str:
    return to_text(from_text(moment) + timedelta(seconds=1))
