"""A letter is put together from what the store knows, the templates, and what was said; nothing is sent here."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import typer

from owncase.actions.send_letter import Draft, thread
from owncase.cli.context import desk_of, settings_of
from owncase.domain import text
from owncase.domain.letter import fits_account
from owncase.errors import Misconfigured, UsageProblem
from owncase.notify.message import Envelope, Mailbox, built
from owncase.notify.wording import worded
from owncase.queries.letter_facts import Facts, Recipient, letter_facts
from owncase.queries.lookup import customer_of, person_of


class NoSender(Misconfigured):
    """A letter comes from somebody's address."""


class Drafted(NamedTuple):
    """A draft, the version of the case it was drafted from, and how it is shown."""

    draft: Draft
    version: int | None
    key: str
    store: str
    handle: str

    def row(self) -> dict[str, Any]:
        """The letter as an object, as it was not sent yet."""
        draft, envelope = self.draft, self.draft.envelope
        return {
            "letter": None, "kind": draft.kind, "case": draft.case, "customer": self.key,
            "sender": self.handle, "from": str(envelope.sender),
            "to": list(envelope.recipients), "reply_to": str(envelope.reply_to), "subject": draft.words.subject,
            "text": draft.words.text, "html": draft.words.html,
            "promises": [{"promise": f"{draft.case}.{n}", "eta": due} for n, due in draft.promises],
            "message_id": None, "queued_at": None, "deliveries": [],
        }  # fmt: skip

    def message(self) -> str:
        """The letter as a file that a mail program opens; it gets its id and its date where it is sent."""
        return built(self.draft.words, self.draft.envelope, thread(self.store, self.draft))


def drafted(
    ctx: typer.Context, subject: int | str, kind: str, *, to: Sequence[str] | None, note: str | None
) -> Drafted:
    """A letter of this kind about a case (its number) or a customer (the key).

    Raises UsageProblem where nobody is known to write to, `NoSender`, `BrokenTemplate`, and `MalformedEmail`.
    """
    desk = desk_of(ctx)
    case = subject if isinstance(subject, int) else None
    customer = None if case else _customer(ctx, str(subject), kind)
    facts = letter_facts(desk.reader, case=case, customer=customer, zone=desk.me.zone)
    recipients = [Recipient(text.email(one, "--to"), None) for one in to or ()] or [_usual(facts, subject)]
    names = {one.name or facts.contacts.get(one.address) for one in recipients}
    me = person_of(desk.reader, desk.me.handle)
    shown = {
        **facts.shown, "kind": kind, "note": note, "contact": next(iter(names)) if len(names) == 1 else None,
        "sender": {name: me[name] for name in ("name", "email", "phone")},
    }  # fmt: skip
    words = worded(kind, shown, settings_of(ctx).folders.config / "letters")
    if case and f"[{case}]" not in words.subject:
        words = words._replace(subject=f"{words.subject} [{case}]")
    sender = _sender(ctx, me)
    owner = facts.owner
    reply_to = Mailbox(owner["name"], owner["email"]) if owner.get("email") else sender
    addresses = tuple(dict.fromkeys(one.address for one in recipients))
    draft = Draft(kind, case, facts.customer, words, Envelope(sender, addresses, reply_to), facts.promises)
    return Drafted(draft, facts.version, facts.key, facts.store, me["handle"])


def _customer(ctx: typer.Context, key: str, kind: str) -> int:
    fits_account(kind, key)
    found: int = customer_of(desk_of(ctx).reader, key)["id"]
    return found


def _usual(facts: Facts, subject: int | str) -> Recipient:
    if facts.recipient is None:
        raise UsageProblem(
            f"missing: to whom; no contact and no address of {facts.key} is known",
            fix=f"say it with --to ADDRESS, or: owncase customer edit {facts.key} --email ADDRESS",
        )
    return facts.recipient


def _sender(ctx: typer.Context, me: dict[str, Any]) -> Mailbox:
    address = me["email"] or settings_of(ctx).find("mail-from").value
    if not address:
        raise NoSender(
            f"{me['handle']} has no e-mail address to write from",
            fix=f"owncase person edit {me['handle']} --email ADDRESS, or owncase config set mail-from ADDRESS",
        )
    return Mailbox(me["name"], text.email(address, "mail-from"))
