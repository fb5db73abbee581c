"""What is a letter to a customer about: who answers for it, what was promised by when, and who is written to there?"""

from typing import TYPE_CHECKING, Any, NamedTuple

from owncase.domain.moment import from_text
from owncase.domain.wallclock import zone_named
from owncase.queries.fitting import folded
from owncase.store.heads import head_of

if TYPE_CHECKING:
    from owncase.store.reader import Reader

ANSWERS = """
SELECT iif(status = 'closed', next_owner, owner) AS handle, "case" AS number, title, outcome, contact, version,
  customer_id
FROM case_view WHERE "case" = :case
"""
CUSTOMER = "SELECT id, key, name, contact, email, account_owner AS handle FROM customer_view WHERE id = :customer"
PERSON = "SELECT handle, name, email, phone, zone FROM person_view WHERE handle = :handle"
PROMISES = "SELECT n, text, due, told_due FROM promise WHERE case_number = :case AND state = 'open' ORDER BY n"
BEFORE = """
SELECT p.handle, p.name, p.email, p.phone FROM person AS p WHERE p.id = CASE WHEN :case IS NULL
  THEN (SELECT h.giver FROM customer AS c JOIN customer_offer AS h ON h.id = c.via WHERE c.id = :customer)
  ELSE (SELECT h.giver FROM cases AS c JOIN handoff AS h ON h.id = c.via WHERE c.number = :case) END
"""
CONTACTS = "SELECT name, email FROM contact WHERE customer = :customer AND active = 1 AND email IS NOT NULL ORDER BY n"


class Recipient(NamedTuple):
    """Whom a letter goes to unless somebody else is named; the name is known of a contact."""

    address: str
    name: str | None


class Facts(NamedTuple):
    """What is known for a letter: `shown` is what templates see, `owner` who answers for what it is about.

    `promises` are what it states, each with its number and the ETA; `version` is that of the case; `store` its id.
    """

    shown: dict[str, Any]
    owner: dict[str, Any]
    promises: list[list[Any]]
    customer: int
    key: str
    version: int | None
    recipient: Recipient | None
    contacts: dict[str, str]
    store: str


def letter_facts(reader: "Reader", *, case: int | None = None, customer: int | None = None, zone: str) -> Facts:
    """The facts of a case, or of a customer as a whole; moments as clocks in the sender's `zone` show them."""
    about = reader.one(ANSWERS, case=case) if case else None
    served = reader.one(CUSTOMER, customer=about["customer_id"] if about else customer)
    assert served is not None
    owner = reader.one(PERSON, handle=(about or served)["handle"]) or {}
    promises = reader.rows(PROMISES, case=case)
    contacts = {row["email"]: row["name"] for row in reader.rows(CONTACTS, customer=served["id"])}
    shown = {
        "customer": {"key": served["key"], "name": served["name"]},
        "case": {name: about[name] for name in ("number", "title", "outcome")} if about else None,
        "owner": owner,
        "before": reader.one(BEFORE, case=case, customer=served["id"]),
        "promises": [_shown(promise, case, zone) for promise in promises],
        "zone": zone,
    }
    asked = about["contact"] if about else None
    return Facts(
        shown, owner, [[promise["n"], promise["due"]] for promise in promises], served["id"], served["key"],
        about["version"] if about else None, _recipient(asked, contacts, served), contacts,
        head_of(reader.connection).store,
    )  # fmt: skip


def _shown(promise: dict[str, Any], case: int | None, zone: str) -> dict[str, Any]:
    clock = zone_named(zone)
    return {
        "number": f"{case}.{promise['n']}",
        "text": promise["text"],
        "eta": from_text(promise["due"]).astimezone(clock),
        "told": from_text(promise["told_due"]).astimezone(clock),
        "moved": promise["due"] != promise["told_due"],
    }


def _recipient(asked: str | None, contacts: dict[str, str], served: dict[str, Any]) -> Recipient | None:
    """The contact that the case names, if exactly one with an address is meant; else the customer's own address."""
    if wanted := set(folded(asked or "").split()):
        fitting = {email: name for email, name in contacts.items() if wanted <= set(folded(name).split())}
        if len(fitting) == 1:
            return Recipient(*next(iter(fitting.items())))
    return Recipient(served["email"], contacts.get(served["email"])) if served["email"] else None
