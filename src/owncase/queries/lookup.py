"""Which case, customer or person somebody means by what they typed: exactly one, or a refusal that names the others."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from owncase.errors import NotFound, UsageProblem
from owncase.queries.fitting import Hit, fitting, folded, is_phone

if TYPE_CHECKING:
    from owncase.store.reader import Reader

LISTED = 8
_NUMBER = re.compile(r"#?[1-9][0-9]{0,14}")
_LIKE_A_NUMBER = r"#.*|[^A-Za-z]*\d[^A-Za-z]*|[+-]?\d[\d_.]*e[+-]?\d+|[+-]?0[xob][\da-f]+"


class NoSuchCase(NotFound):
    """There is no case of this number, or no open one of this customer."""


class NoSuchCustomer(NotFound):
    """There is no customer of this key or name."""


class NoSuchPerson(NotFound):
    """There is no person of this handle."""


class SeveralFit(UsageProblem):
    """What was typed fits more than one."""


def case_number_of(reader: "Reader", text: str) -> int:
    """The case meant by `42`, `#42`, or a customer with exactly one open case. Digits alone are always a case.

    Raises UsageProblem for a malformed number or several open cases, NotFound for an unknown case or customer.
    """
    if _NUMBER.fullmatch(text):
        return _existing(reader, int(text.removeprefix("#")))
    if reads_as_number(text) and not _key(reader, text) and (text.isdigit() or not is_phone(text)):
        from owncase.domain.text import case_number  # only a mistake needs it

        return _existing(reader, case_number(text))
    return _only_open_case(reader, customer_of(reader, text))


def customer_of(reader: "Reader", text: str) -> dict[str, Any]:
    """The row of `customer_view` meant by a key, or by a phone number, an e-mail address or words of a name of the
    customer or of a contact there, in any spelling.

    Raises UsageProblem listing the keys when several fit, NotFound with near keys when none does.
    """
    if row := _key(reader, text):
        return row
    found = fitting(reader, text, "customer")
    if not found:
        keys = [row["key"] for row in reader.rows("SELECT key FROM customer")]
        otherwise = "owncase customer add KEY --name NAME" + (", or owncase customer list" if keys else "")
        raise NoSuchCustomer(f"there is no customer {text[:80]!r}", fix=_near(text, keys, otherwise))
    if len(found) > 1:
        raise SeveralFit(f"several customers fit {text[:80]!r}: {_listed(told(found))}", fix="give the key of one")
    row = _key(reader, found[0].name)
    assert row is not None
    return row


def told(found: Sequence[Hit]) -> list[str]:
    """Each who fits by key or handle, a customer with the contact by whom it was found."""
    return [f"{hit.name} ({hit.contact})" if hit.contact else hit.name for hit in found]


def person_of(reader: "Reader", handle: str) -> dict[str, Any]:
    """The row of `person_view` of this handle, active or not. Raises NotFound with near handles."""
    row = reader.one("SELECT * FROM person_view WHERE handle = :handle", handle=handle)
    if row is None:
        handles = [known["handle"] for known in reader.rows("SELECT handle FROM person WHERE active")]
        raise NoSuchPerson(f"there is no person {handle!r}", fix=_near(handle, handles, "owncase person list"))
    return row


def reads_as_number(text: str) -> bool:
    """Whether somebody meant a number, well written or not: of keys only `1e3`, `0x10` and the like look so."""
    if _NUMBER.fullmatch(text):
        return True
    return re.fullmatch(_LIKE_A_NUMBER, text, re.IGNORECASE | re.DOTALL) is not None


def _existing(reader: "Reader", number: int) -> int:
    if reader.one("SELECT number FROM cases WHERE number = :number", number=number):
        return number
    beside = reader.rows(
        "SELECT max(number) AS number FROM cases WHERE number < :number"
        " UNION ALL SELECT min(number) FROM cases WHERE number > :number",
        number=number,
    )
    near = [str(row["number"]) for row in beside if row["number"]]
    raise NoSuchCase(f"there is no case {number}", fix=f"did you mean {' or '.join(near)}?" if near else "owncase list")


def _only_open_case(reader: "Reader", customer: dict[str, Any]) -> int:
    rows = reader.rows(
        "SELECT number FROM cases WHERE customer = :id AND status = 'open' ORDER BY number LIMIT :most",
        id=customer["id"],
        most=LISTED + 1,
    )
    key = customer["key"]
    if not rows:
        raise NoSuchCase(f"{key} has no open case", fix=f"owncase list --customer {key} --status all")
    if len(rows) > 1:
        numbers = _listed([str(row["number"]) for row in rows])
        raise SeveralFit(f"{key} has several open cases: {numbers}", fix="give the number of one")
    return int(rows[0]["number"])


def _key(reader: "Reader", text: str) -> dict[str, Any] | None:
    return reader.one("SELECT * FROM customer_view WHERE key = :key", key=text)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:LISTED]) + (" …" if len(names) > LISTED else "")


def _near(text: str, known: list[str], otherwise: str) -> str:
    import difflib  # only a mistake needs it

    near = difflib.get_close_matches(folded(text)[:100], known)
    return f"did you mean {' or '.join(near)}?" if near else otherwise
