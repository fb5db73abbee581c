"""What comes next for a customer, open case or not, is said by its account owner or the second."""

from owncase.domain.change import changed
from owncase.domain.event import Event
from owncase.domain.records import Records
from owncase.domain.values import Customer
from owncase.errors import Refused


class NotYourCustomer(Refused):
    """What comes next for a customer is said by its account owner or second."""


class NeedsTouchAndDue(Refused):
    """A next touch has an action and a due moment, or there is none."""


def planned(records: Records, event: Event) -> None:
    """The next touch is set, replaced or cleared; `did` tells what was done before."""
    customer = records.customer(event.subject or 0)
    action, due = event.data["next_touch"], event.data["next_touch_due"]
    answers_for(records, customer, event.actor)
    if bool(action and action.strip()) != bool(due):
        raise NeedsTouchAndDue(
            f"the next touch of {customer.key} needs an action and when it is due",
            fix=f"owncase customer touch {customer.key} -n ACTION -d WHEN",
        )
    records.put(changed(customer, next_touch=action or None, next_touch_due=due, event=event.seq))


def answers_for(records: Records, customer: Customer, actor: int) -> None:
    """Raise `NotYourCustomer` with who says what comes next for a customer, and how."""
    if actor in (customer.account_owner, customer.second):
        return
    owner, who = records.person(customer.account_owner).handle, records.person(actor).handle
    second = f" (second {records.person(customer.second).handle})" if customer.second else ""
    raise NotYourCustomer(
        f"the account {customer.key} is {owner}'s{second}, not {who}'s",
        fix=f"ask {owner} to run: owncase customer touch {customer.key} -n ACTION -d WHEN",
    )
