"""Which offers of a customer, of the account and of its cases, wait for a person's answer or were made by them?"""

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from owncase.store.reader import Reader

Side = Literal["taker", "giver"]
"""Whether the person is asked, or asks."""

CASES = """
SELECT h.case_number AS "case" FROM handoff AS h JOIN cases AS k ON k.number = h.case_number
WHERE k.customer = :customer AND h.state = 'offered'
  AND CASE :side WHEN 'taker' THEN h.taker = :who ELSE :who IN (h.giver, h.offered_by) END
ORDER BY h.case_number
"""

ACCOUNT = """
SELECT state, CASE :side WHEN 'taker' THEN taker = :who ELSE :who IN (giver, offered_by) END AS mine
FROM customer_offer WHERE customer = :customer ORDER BY id DESC LIMIT 1
"""


def offered_cases(reader: "Reader", customer: int, who: int, side: Side) -> list[int]:
    """Numbers of the customer's cases whose standing offer asks this person, or was made by them."""
    return [row["case"] for row in reader.rows(CASES, customer=customer, who=who, side=side)]


def last_account_offer(reader: "Reader", customer: int, who: int, side: Side) -> dict[str, Any] | None:
    """The latest offer of the account: its state, and whether it is `mine`, asked or asking."""
    return reader.one(ACCOUNT, customer=customer, who=who, side=side)
