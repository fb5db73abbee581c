"""The things owncase speaks of, as frozen values whose fields are the columns of their tables.

People, customers and customer offers are named by `id`, cases by `number`; a reference to one is that integer. Moments
are text, RFC 3339 in UTC to the second (see `moment`). A flag is 0 or 1. `event` is the seq of the last event that
changed the value.
"""

from owncase.domain.values.cases import Case, Handoff, Note, Tenure
from owncase.domain.values.choices import Setting
from owncase.domain.values.helping import Duty, Playbook
from owncase.domain.values.parties import Contact, Customer, CustomerOffer, Person
from owncase.domain.values.promises import Call, Delivery, Letter, Promise, Told
from owncase.domain.values.value import REDACTED, Prose, Value

Row = (
    Person
    | Customer
    | CustomerOffer
    | Contact
    | Case
    | Handoff
    | Promise
    | Told
    | Call
    | Letter
    | Delivery
    | Duty
    | Playbook
    | Note
    | Tenure
    | Setting
)

KEYS: dict[str, tuple[str, ...]] = {
    "cases": ("number",), "promise": ("case_number", "n"), "tenure": ("case_number", "n"), "contact": ("customer", "n"),
    "outbox": ("letter", "n"), "setting": ("name",),
}  # fmt: skip
"""The columns that identify a row of a table; of all others it is `id`."""

__all__ = [
    "KEYS",
    "REDACTED",
    "Call",
    "Case",
    "Contact",
    "Customer",
    "CustomerOffer",
    "Delivery",
    "Duty",
    "Handoff",
    "Letter",
    "Note",
    "Person",
    "Playbook",
    "Promise",
    "Prose",
    "Row",
    "Setting",
    "Tenure",
    "Told",
    "Value",
]
