"""Who is accountable for this, how are they reached, and until whose acknowledgement; now, or at a moment in the past?

At a past moment owner and status come from the tenures, an offer that stood then from the handoffs, and the next action
from the events of the case. Names, contacts and the customer of a case are those of today.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from owncase.queries import lookup
from owncase.queries.duties import in_place_of
from owncase.queries.fitting import Hit, fitting, is_phone
from owncase.queries.hands import OF_ACCOUNT, acknowledgement
from owncase.queries.heard import OF_CASE, OF_CUSTOMER, last_calls, last_told
from owncase.queries.playbooks import safe_steps
from owncase.queries.reach import account_owner, contacts, reached, with_phones
from owncase.queries.whose import case_at, case_now, cases_of_customer, cases_of_person

if TYPE_CHECKING:
    from owncase.store.reader import Reader


class _Found(NamedTuple):
    """Who is accountable, for which cases of how many, what is to be said of the thing itself, for whom, and since
    whose own yes.
    """

    owner: str | None
    cases: list[dict[str, Any]]
    total: int
    about: dict[str, Any]
    customer: dict[str, Any] | None = None
    contact: str | None = None
    said: dict[str, Any] | None = None


def who(reader: "Reader", text: str, now: str, *, at: str | None = None) -> dict[str, Any]:
    """The card of who is accountable for a case, customer, person, phone number, e-mail address or words.

    Raises NotFound for what is unknown (also a case that was opened after `at`), UsageProblem where several fit.
    """
    kind, name = target(reader, text, now)
    return card_of(reader, kind, name, text, now, at=at)


def card_of(reader: "Reader", kind: str, name: str, text: str, now: str, *, at: str | None = None) -> dict[str, Any]:
    """The card of a case, customer or person that is known by number, key or handle. Raises NotFound."""
    if kind == "case":
        found = _of_case(reader, int(name), now, at)
    elif kind == "customer":
        found = _of_customer(reader, name, now, at)
    else:
        found = _of_person(reader, name, now, at)
    return _card(reader, found, text, kind, now, at)


def target(reader: "Reader", text: str, now: str) -> tuple[str, str]:
    """What sort of thing is meant, and its number, key or handle."""
    for kind, sql in (
        ("person", "SELECT 1 FROM person WHERE handle = :n"),
        ("customer", "SELECT 1 FROM customer WHERE key = :n"),
    ):
        if reader.one(sql, n=text):
            return kind, text
    phone = is_phone(text)
    if lookup.reads_as_number(text) and (not phone or _is_case(reader, text)):
        return "case", str(lookup.case_number_of(reader, text))
    if found := fitting(reader, text, "customer", "person"):
        return _one(found, text)
    if phone:
        raise lookup.NoSuchCustomer(
            f"nobody has the phone number {text!r}", fix="owncase customer list, or owncase person list"
        )
    return "case", _by_words(reader, text, now)


def _is_case(reader: "Reader", text: str) -> bool:
    return (
        text.isascii()
        and text.isdigit()
        and bool(reader.one("SELECT 1 FROM cases WHERE number = :n", n=int(text[:16])))
    )


def _by_words(reader: "Reader", text: str, now: str) -> str:
    """The only case in which the words stand."""
    from owncase.queries.search import search  # only words that name nobody need it

    cases, total = search(reader, text, now, limit=lookup.LISTED)
    if total > 1:
        numbers = ", ".join(str(case["case"]) for case in cases) + (" …" if total > len(cases) else "")
        raise lookup.SeveralFit(
            f"{total} cases fit {text!r}: {numbers}", fix=f"give the number of one; owncase find {text}"
        )
    if not cases:
        lookup.customer_of(reader, text)
    return str(cases[0]["case"])


def _one(found: list[Hit], text: str) -> tuple[str, str]:
    """The only one who fits. Raises `SeveralFit`."""
    if len(found) > 1:
        names = ", ".join(
            f"{hit.kind} {name}" for hit, name in zip(found[: lookup.LISTED], lookup.told(found), strict=False)
        )
        raise lookup.SeveralFit(f"several fit {text!r}: {names}", fix="give the key or handle of one")
    return found[0].kind, found[0].name


def _of_case(reader: "Reader", number: int, now: str, at: str | None) -> _Found:
    case = case_now(reader, number, now) if at is None else case_at(reader, number, at)
    customer = lookup.customer_of(reader, case["customer"])
    said = acknowledgement(reader, number) if at is None else None
    return _Found(case["accountable"], [case], 1, case, customer, case["contact"] or _contact(customer), said)


def _of_customer(reader: "Reader", key: str, now: str, at: str | None) -> _Found:
    customer = lookup.customer_of(reader, key)
    cases, total = cases_of_customer(reader, customer["id"], now, at)
    if at is None:
        about = {"until_acknowledged_by": customer["offered_to"]}
        said = acknowledgement(reader, customer["id"], OF_ACCOUNT)
        return _Found(customer["account_owner"], cases, total, about, customer, _contact(customer), said)
    return _Found(account_owner_at(reader, customer["id"], at), cases, total, {}, customer, _contact(customer))


def _of_person(reader: "Reader", handle: str, now: str, at: str | None) -> _Found:
    cases, total = cases_of_person(reader, lookup.person_of(reader, handle)["id"], now, at)
    return _Found(handle, cases, total, {})


def _card(  # noqa: PLR0917 - what was found, under which words, when
    reader: "Reader", found: _Found, text: str, kind: str, now: str, at: str | None
) -> dict[str, Any]:
    customer, about = found.customer or {}, found.about
    card = {
        "target": text,
        "at": at or now,
        "owner": found.owner,
        "cover": None,
        "until_acknowledged_by": about.get("until_acknowledged_by"),
        "customer": customer.get("key"),
        "contact": found.contact,
        "cases": with_phones(reader, found.cases),
        "kind": kind,
        **reached(reader, found.owner, now if at is None else None),
        "customer_name": customer.get("name"),
        "customer_phone": customer.get("phone"),
        "account_owner": customer.get("account_owner"),
        "second": customer.get("second"),
        **{name: about.get(name) for name in ("status", "next_action", "next_due", "waiting_for")},
        "promises": [promise for case in found.cases for promise in case["promises"]] if customer else [],
        "told": None,
        "open": found.total,
        "acknowledgement": found.said,
        **account_owner(reader, customer.get("account_owner")),
        "contacts": contacts(reader, customer["id"]) if customer else [],
        "title": about.get("title"),
        **{name: about.get(name) for name in ("heard_at", "silent_seconds", "silent_days")},
        "last_call": None,
        "safe_steps": safe_steps(reader, about["case"]) if about.get("status") == "open" and at is None else [],
        "duty": None,
        **_heard(reader, kind, found, at),
    }
    if card["working"] is False:
        card["duty"] = in_place_of(reader, found.owner, now)
    return card


def _heard(reader: "Reader", kind: str, found: _Found, at: str | None) -> dict[str, Any]:
    """What was last told and asked: about the case, or over the whole relationship with the customer."""
    if found.customer is None:
        return {}
    about = (OF_CASE, found.about["case"]) if kind == "case" else (OF_CUSTOMER, found.customer["id"])
    calls = last_calls(reader, *about, at=at)
    return {"told": last_told(reader, *about, at=at), "last_call": calls[0] if calls else None}


def _contact(customer: dict[str, Any]) -> str | None:
    contact: str | None = customer["contact"] or customer["email"] or customer["phone"]
    return contact


def account_owner_at(reader: "Reader", customer: int, at: str) -> str | None:
    """The account owner at a moment, from the events of the customer; None before it was added."""
    from owncase.queries.events import events_of_subject

    owner = offered = None
    first = None
    for event in events_of_subject(reader, customer, until=at):
        if event["kind"] == "customer.added":
            owner, first = event["data"]["account_owner"], event["by"]
        elif event["kind"] == "customer.offered":
            offered = event["data"]["to"]
        elif event["kind"] == "customer.acknowledged":
            owner, first = event["by"], None
        elif event["kind"] in ("customer.declined", "customer.withdrawn") and first and offered == owner:
            owner, first = first, None
    return owner
