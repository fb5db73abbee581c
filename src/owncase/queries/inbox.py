"""What waits for this person's acknowledgement: offers of cases and of accounts, the next to be answered first?"""

from typing import TYPE_CHECKING, Any

from owncase.queries.case_story import names
from owncase.queries.hands import with_hands

if TYPE_CHECKING:
    from owncase.store.reader import Reader

_FIELDS = (
    *("case", "title", "customer", "kind", "from", "to", "offered_at", "seen_at", "answer_by", "next_action"),
    *("next_due", "note", "lapsed", "owner", "offered_by", "urgency", "promises_open", "outcome", "confirmed_by"),
    *("unconfirmed", "offer", "eta_debt"),
)

CASES = "SELECT * FROM offer_view WHERE state = 'offered' AND taker_id = :who"
ACCOUNTS = "SELECT * FROM customer_offer_view WHERE state = 'offered' AND taker_id = :who"
EVERY_CASE = "SELECT * FROM offer_view WHERE state = 'offered'"
EVERY_ACCOUNT = "SELECT * FROM customer_offer_view WHERE state = 'offered'"


def inbox(reader: "Reader", who: int | None, now: str, *, source: str | None = None) -> list[dict[str, Any]]:
    """The standing offers to this person, or to everybody for None. `lapsed`: the answer-by moment has passed.
    `claimed`: the OS user in `typed_by` made it for somebody without a login.

    With a `source` only cases that were imported from there.
    """
    if who is None:
        cases, accounts = reader.rows(EVERY_CASE), reader.rows(EVERY_ACCOUNT)
    else:
        cases, accounts = reader.rows(CASES, who=who), reader.rows(ACCOUNTS, who=who)
    if source is not None:
        cases, accounts = [row for row in cases if row["source"] == source], []
    offers = [*(_case(row, now) for row in cases), *(account(row, now) for row in accounts)]
    return sorted(with_hands(reader, offers, "offer"), key=lambda offer: (offer["answer_by"] or "9", offer["offer"]))


def account(row: dict[str, Any], now: str) -> dict[str, Any]:
    """The offer of an account as a row like that of a case: `kind` is account, and there is no case."""
    known = {"title": f"Account of {row['customer_name']}", "kind": "account", "owner": row["from"]}
    return _offer(dict.fromkeys(_FIELDS) | row | known, now)


def _case(row: dict[str, Any], now: str) -> dict[str, Any]:
    return _offer(row | {"owner": row["from"]}, now)


def _offer(row: dict[str, Any], now: str) -> dict[str, Any]:
    answer_by = row["answer_by"]
    known = row | {"lapsed": answer_by is not None and answer_by < now, "offer": row["id"]}
    return {name: known[name] for name in _FIELDS} | {"eta_debt": names(known["eta_debt"])}
