"""Who said no to an offer and why, on which terms it would be a yes, and which command offers again on them?"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from owncase.store.reader import Reader

Row = dict[str, Any]
OF_CASES = """
SELECT k.number AS about, v.kind, v."to" AS "by", v.answered_at AS at, v.reason, v.answer_note AS note, v.suggested,
  v.terms, v.outcome, v.confirmed_by, v.unconfirmed
FROM cases AS k JOIN offer_view AS v ON v.id = k.came_back
WHERE k.number IN (SELECT value FROM json_each(:numbers)) AND v.state = 'declined'
"""
OF_ACCOUNT = """
SELECT v.customer AS about, 'account' AS kind, v."to" AS "by", v.answered_at AS at, v.reason, v.answer_note AS note,
  v.suggested, v.terms
FROM customer_offer_view AS v WHERE v.customer = :customer AND v.state = 'declined'
  AND NOT EXISTS (SELECT 1 FROM customer_offer AS n WHERE n.customer = v.customer_id AND n.id > v.id)
"""


def declined(reader: "Reader", numbers: Iterable[int]) -> dict[int, Row]:
    """For each of these cases that came back by a no: who said it (`by`), when, why, on which terms, and `again`."""
    rows = reader.rows(OF_CASES, numbers=json.dumps(list(numbers)))
    return {row["about"]: _no(row) for row in rows}


def declined_account(reader: "Reader", customer: str) -> Row | None:
    """The same of the last offer of the account of the customer with this key, if it was declined."""
    found = reader.one(OF_ACCOUNT, customer=customer)
    return _no(found) if found else None


def _no(row: Row) -> Row:
    terms = [{"promise": name, "due": due} for name, due in json.loads(row["terms"] or "[]")]
    told = {name: row[name] for name in ("kind", "by", "at", "reason", "note", "suggested")}
    return told | {"terms": terms, "again": _again(row, terms) if terms else None}


def _again(row: Row, terms: list[Row]) -> str:
    """The command that offers on these terms to who named them; of what is offered to end, the ETAs are moved first."""
    kind, about, taker = row["kind"], row["about"], row["by"]
    if kind == "closing":
        return " && ".join([*(_move(term, taker) for term in terms), _close(row)])
    verb = "customer handoff" if kind == "account" else "handoff"
    return f"owncase {verb} {about} --to {taker}" + "".join(
        f" --move {term['promise']}={term['due']}" for term in terms
    )


def _move(term: Row, taker: str) -> str:
    return f"owncase promise move {term['promise']} --to {term['due']} --because 'terms of {taker}'"


def _close(row: Row) -> str:
    from shlex import quote  # few closings are declined on terms

    said = [("outcome", row["outcome"]), ("confirmed-by", row["confirmed_by"]), ("unconfirmed", row["unconfirmed"])]
    words = "".join(f" --{name} {quote(text)}" for name, text in said if text)
    return f"owncase close {row['about']} --to {row['by']}{words}"
