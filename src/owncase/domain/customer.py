"""A customer has one account owner, who changes only by an acknowledged customer handoff (rule 12)."""

from owncase.domain.change import changed
from owncase.domain.event import Event
from owncase.domain.person import HandleTaken, is_active, run_by
from owncase.domain.records import Records
from owncase.domain.terms import Terms, said_terms
from owncase.domain.values import Customer, CustomerOffer
from owncase.errors import Refused


class NotTheAccountOwner(Refused):
    """Rule 12: only the account owner, or their manager, offers the account."""


class AccountAlreadyOnOffer(Refused):
    """Rule 3: at most one offer stands."""


class AccountOwnerAlready(Refused):
    """An account is offered to somebody else than who has it."""


class NothingOffered(Refused):
    """There is no standing offer to answer."""


class NextAccountOwnerMustAcknowledge(Refused):
    """Rule 12: only the one named acknowledges or declines."""


def added(records: Records, event: Event) -> None:
    """Add a customer. Somebody else named as account owner is claimed until they acknowledge."""
    wish = event.data
    if records.is_taken(wish["key"]):
        raise HandleTaken(f"the name {wish['key']} is taken by a person or a customer", fix="choose another key")
    is_active(records.person(wish["account_owner"]))
    if wish["second"]:
        is_active(records.person(wish["second"]))
    records.put(
        Customer(**wish, id=event.seq, claimed=int(wish["account_owner"] != event.actor), via=0,
                 added_by=event.actor, added_at=event.at, event=event.seq)
    )  # fmt: skip


def edited(records: Records, event: Event) -> None:
    """Change what is known of a customer; the second is chosen by the account owner."""
    customer = records.customer(event.subject or 0)
    wish = event.data
    if "second" in wish:
        _owns(records, customer, event.actor, f"owncase customer edit {customer.key} --second …")
    if "key" in wish and records.is_taken(wish["key"], but=customer.id):
        raise HandleTaken(f"the name {wish['key']} is taken by a person or a customer", fix="choose another key")
    records.put(changed(customer, **wish, event=event.seq))


def offered(records: Records, event: Event) -> None:
    """Offer the account to its next owner. The giver stays accountable until the answer is yes."""
    customer = records.customer(event.subject or 0)
    taker = records.person(event.data["to"])
    command = f"owncase customer handoff {customer.key} --to {taker.handle}"
    naming = bool(customer.claimed) and event.actor == customer.added_by
    if not naming:
        _owns(records, customer, event.actor, command)
    is_active(taker)
    giver = event.actor if naming else customer.account_owner
    if taker.id == giver:
        raise AccountOwnerAlready(f"{taker.handle} is the account owner of {customer.key}", fix="name somebody else")
    if standing := records.account_offer_of(customer.id):
        asked = records.person(standing.taker).handle
        raise AccountAlreadyOnOffer(
            f"{customer.key} is already offered to {asked}", fix=f"owncase withdraw {customer.key}"
        )
    records.put(
        CustomerOffer(id=event.seq, customer=customer.id, giver=giver, offered_by=event.actor, taker=taker.id,
                      state="offered", note=event.data["note"], offered_at=event.at,
                      answer_by=event.data["answer_by"], event=event.seq)
    )  # fmt: skip
    records.put(changed(customer, event=event.seq))


def acknowledged(records: Records, event: Event) -> None:
    """The one named takes the account on."""
    customer, offer = _answered(records, event, "ack")
    records.put(changed(offer, state="acknowledged", answered_at=event.at, answered_by=event.actor, event=event.seq))
    records.put(changed(customer, account_owner=offer.taker, claimed=0, via=offer.id, event=event.seq))


def declined(records: Records, event: Event) -> None:
    """The one named says no; an account that was only claimed to be theirs returns to who claimed it."""
    customer, offer = _answered(records, event, "decline")
    wish = event.data
    terms = of_open_cases(records, customer, wish.get("terms", ()))
    records.put(
        changed(offer, state="declined", answered_at=event.at, answered_by=event.actor, reason=wish["reason"],
                answer_note=wish["note"], suggested=wish["suggested"], terms=terms, event=event.seq)
    )  # fmt: skip
    records.put(_unclaimed(records, customer, offer, event))


def of_open_cases(records: Records, customer: Customer, terms: Terms) -> str | None:
    """Terms as an offer keeps them. Raises `OtherTerms` unless they name open promises of the customer's open cases."""
    return said_terms(
        records, terms, lambda case: case.customer == customer.id and case.status == "open",
        f"an open case of {customer.key}", f"owncase promise list -c {customer.key}",
    )  # fmt: skip


def withdrawn(records: Records, event: Event) -> None:
    """The giver's side takes the offer back."""
    customer = records.customer(event.subject or 0)
    offer = records.account_offer_of(customer.id)
    if offer is None:
        raise NothingOffered(f"the account {customer.key} is not on offer", fix=f"owncase customer show {customer.key}")
    if event.actor not in (offer.giver, offer.offered_by):
        _owns(records, customer, event.actor, f"owncase withdraw {customer.key}")
    records.put(changed(offer, state="withdrawn", answered_at=event.at, event=event.seq))
    records.put(_unclaimed(records, customer, offer, event))


def seen(records: Records, event: Event) -> None:
    """Tell the giver that the offer was read."""
    customer, offer = _answered(records, event, "seen")
    records.put(changed(offer, seen_at=offer.seen_at or event.at, event=event.seq))
    records.put(changed(customer, event=event.seq))


def _unclaimed(records: Records, customer: Customer, offer: CustomerOffer, event: Event) -> Customer:
    """The account after a no: back with who claimed it for another, unless they have left meanwhile."""
    if customer.claimed and offer.taker == customer.account_owner and records.person(customer.added_by).active:
        return changed(customer, account_owner=customer.added_by, claimed=0, via=offer.id, event=event.seq)
    return changed(customer, event=event.seq)


def _answered(records: Records, event: Event, verb: str) -> tuple[Customer, CustomerOffer]:
    customer = records.customer(event.subject or 0)
    offer = records.account_offer_of(customer.id)
    if offer is None:
        raise NothingOffered(f"the account {customer.key} is not on offer", fix=f"owncase customer show {customer.key}")
    if event.actor != offer.taker:
        taker, actor = records.person(offer.taker), records.person(event.actor).handle
        raise NextAccountOwnerMustAcknowledge(
            f"the account {customer.key} is offered to {taker.handle}, not to {actor}",
            fix=run_by(taker, f"owncase {verb} {customer.key}"),
        )
    return customer, offer


def _owns(records: Records, customer: Customer, actor: int, command: str) -> None:
    owner = records.person(customer.account_owner)
    if actor not in (owner.id, owner.manager):
        who = records.person(actor).handle
        raise NotTheAccountOwner(
            f"the account {customer.key} is {owner.handle}'s, not {who}'s", fix=f"ask {owner.handle} to run: {command}"
        )
