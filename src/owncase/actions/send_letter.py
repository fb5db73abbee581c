"""A letter is written into the outbox before anything is sent, and what became of it is recorded after.

Nothing is sent inside a transaction. Whoever is killed in between leaves a letter that waits; trying again sends the
very same bytes under the same id, so that at worst somebody gets one letter twice.
"""

from typing import Any, NamedTuple, Protocol

from owncase.actions.change import ANEW, Once, change
from owncase.desk import Desk
from owncase.domain.values import Prose
from owncase.notify.message import Envelope, Stamp, built, message_id, sender_of, thread_of
from owncase.notify.post import Outcome
from owncase.notify.wording import Words
from owncase.store.sending import sending
from owncase.store.waiting import Waiting, waiting
from owncase.store.write import Write


class Draft(NamedTuple):
    """A letter that is ready but for its id: about a case, or else about a customer (an id)."""

    kind: str
    case: int | None
    customer: int
    words: Words
    envelope: Envelope
    promises: list[list[Any]]


class Posting(Protocol):
    """Whatever hands letters over."""

    def send(self, message: str, sender: str, recipients: dict[int, str], /) -> Outcome: ...


class _Rehearsed(Exception):
    pass


def thread(store: str, draft: Draft) -> str:
    """What all letters about the same case or customer answer."""
    return thread_of(store, "case" if draft.case else "customer", draft.case or draft.customer)


def queue(desk: Desk, draft: Draft, once: Once = ANEW) -> int:
    """Write a letter into the outbox; its number. Raises the refusals of `domain.letter`."""
    with change(desk, once, draft.case) as tx:
        return _append(tx, draft)


def rehearse(desk: Desk, draft: Draft, once: Once = ANEW) -> None:
    """Raise what `queue` would, and change nothing."""
    try:
        with change(desk, once._replace(request=None), draft.case) as tx:
            _append(tx, draft)
            raise _Rehearsed
    except _Rehearsed:
        return


def deliver(desk: Desk, post: Posting, *, only: int | None = None, once: Once = ANEW) -> list[int]:
    """Try to send what waits, or this letter of it, and record what became of each. The letters that were tried.

    Raises `SendsAlready` where another process does.
    """
    tried = []
    with sending(desk.store):
        for letter in waiting(desk.reader, only):
            outcome = _tried(post, letter)
            with change(desk, once) as tx:
                tx.append(
                    "letter.tried", case=letter.case, subject=letter.subject, letter=letter.letter,
                    accepted=list(outcome.accepted), refused=_told(outcome.refused), waiting=_told(outcome.waiting),
                )  # fmt: skip
            once = ANEW
            tried.append(letter.letter)
    return tried


def _append(tx: Write, draft: Draft) -> int:
    store, seq, sender = tx.head.store, tx.head.seq + 1, draft.envelope.sender
    named = ("request", tx.request[0]) if tx.request else ("event", seq)
    stamp = Stamp(message_id(store, *named, domain=sender.domain), tx.now)
    message = built(draft.words, draft.envelope, thread(store, draft), stamp)
    tx.append(
        "letter.queued", case=draft.case, subject=None if draft.case else draft.customer, form=draft.kind,
        to=[Prose(address) for address in draft.envelope.recipients], title=Prose(draft.words.subject),
        message=Prose(message), message_id=stamp.message_id, promises=draft.promises,
    )  # fmt: skip
    return seq


def _tried(post: Posting, letter: Waiting) -> Outcome:
    if why := letter.outdated:
        return Outcome(refused=tuple((n, why) for n in letter.recipients))
    return post.send(letter.message, sender_of(letter.message), letter.recipients)


def _told(outcome: tuple[tuple[int, str], ...]) -> list[list[Any]]:
    return [[n, Prose(why)] for n, why in outcome]
