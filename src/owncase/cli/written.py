"""Every command that writes is done once, says which moments it understood, and ends by saying where things stand.

    with writing(ctx, request_id, if_version, format, json) as w:
        note = w.text("note", note)                  # first whatever may come from stdin
        number = w.case(case)                        # then what is meant; a repeated request ends here, answered
        w.show(hand_off(w.desk, number, …, once=w.once), "offered to {}")

The case is printed as one line, or as the object with `--json` or `-f`. What changes no case is shown by the command
itself, after `w.once` was handed to its action; `again` then shows what a repeated request was about.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from json import dumps
from typing import TYPE_CHECKING, TypeVar

import typer

from owncase.actions.change import Changed, Once
from owncase.actions.due import DuePassed, is_ahead
from owncase.cli import parse, receipt
from owncase.cli.context import answer, desk_of, tell, text_argument
from owncase.cli.standing_offer import say_debt
from owncase.domain.moment import from_text, to_text
from owncase.domain.wallclock import zone_named
from owncase.domain.when import parse_when
from owncase.domain.wordless import is_another
from owncase.domain.worktime import WorkingHours
from owncase.errors import BadData, NotFound, UsageProblem
from owncase.queries.case_story import case_object
from owncase.queries.lookup import case_number_of
from owncase.queries.requested import requested
from owncase.render.safe import safe
from owncase.store.engine import AlreadyDone, RequestReused

if TYPE_CHECKING:
    from owncase.cli.editor import Draft

T = TypeVar("T")

OFFERED = "offered to {0}; yours until {0} acknowledges"
AGAIN = "offered again to {}, because what is on offer has changed"
ASIDE = ("request_id", "if_version", "format", "json")
"""Parameters that say how to answer, not what is wished."""


class Writing:
    """One command line that writes. `once` is what its action needs to be done once only."""

    def __init__(
        self,
        ctx: typer.Context,
        request_id: str | None,
        if_version: str | None,
        format: str | None,
        json: bool,
        wisher: str | None = None,
    ) -> None:
        self.ctx = ctx
        self.wisher = wisher
        self.desk = desk_of(ctx)
        self.request = parse.request_id(request_id)
        self.version = parse.version(if_version)
        self.shape = receipt.Shape(format, json)
        self.moments: list[tuple[str, str]] = []
        self.about: int | None = None
        self.read = ""
        self.draft: Draft | None = None

    @cached_property
    def once(self) -> Once:
        """The request id with the digest of the wish. Raises `AlreadyDone` when it was done, `RequestReused`."""
        if self.request is None:
            return Once(version=self.version)
        who = self.desk.me.id if self.wisher is None else self.wisher
        said = {name: value for name, value in self.ctx.params.items() if name not in ASIDE}
        wish = dumps([self.ctx.command_path, who, said], sort_keys=True)
        digest = hashlib.sha256(wish.encode()).hexdigest()
        before = requested(self.desk.reader, self.request)
        if before and is_another(before["digest"], digest):
            raise RequestReused(
                f"request {self.request} was something else (event {before['seq']})", fix="use a fresh --request-id"
            )
        if before:
            raise AlreadyDone(before["seq"], before["case"], before["subject"])
        return Once(self.request, digest, self.version)

    def text(self, name: str, value: str | Sequence[str] | None) -> str | None:
        """What a parameter of this name says: its words as one text, or stdin for `-`. That text counts as said.

        Raises UsageProblem for a second `-`: stdin is one text.
        """
        if value is not None and not isinstance(value, str):
            self.ctx.params[name] = value = " ".join(value)
        if value == "-":
            if self.read:
                raise UsageProblem(f"stdin is one text, and {self.read} was it", fix="say the others in words")
            self.read = name
            self.ctx.params[name] = value = text_argument(self.ctx, value)
        return value

    def edited(self, what: str, said: str | None, about: int | str, *, editor: bool) -> str | None:
        """What was said, or with `--editor` what is written now about the case of this number, or a customer.

        A command asks for it last, so that nothing else is missing once it is written. Raises as `editor.write` does.
        """
        if not editor:
            return said
        if said is not None:
            raise UsageProblem(f"the {what} is said already, and --editor asks for it", fix="leave out one of them")
        from owncase.cli import editor as editors  # few texts are that long

        name = f"the account {about}" if isinstance(about, str) else self._title(about)
        self.desk.close()  # nobody knows how long it takes
        self.draft = editors.write(self.ctx, f"{what.capitalize()}, for {name}")
        return self.draft.text

    def _title(self, number: int) -> str:
        title = case_object(self.desk.reader, number, self.desk.now())["title"]
        return f"case {number}: {safe(title, one_line=True)}"

    def answer(self, value: str | None, prompt: str, flag: str) -> str:
        """What was said, or else the answer to a question. Raises UsageProblem where nobody can be asked."""
        return answer(self.ctx, prompt, flag) if value is None else value

    def case(self, text: str) -> int:
        """The number of the case that is meant, unless the request was done before."""
        _ = self.once
        return case_number_of(self.desk.reader, text)

    def when(
        self, what: str, value: str | None, *, allow_past: bool | None = False, flag: str = "-d WHEN"
    ) -> str | None:
        """The moment meant, as stored; None when nothing was said. Raises `BadWhen` and `DuePassed`.

        `allow_past` is what that option said, and None where a moment always has to lie ahead.
        """
        if value is None:
            return None
        me, now = self.desk.me, self.desk.now()
        moment = to_text(
            parse_when(value, now=from_text(now), zone=zone_named(me.zone), hours=WorkingHours.parse(me.hours))
        )
        if not allow_past:
            said = f"{what} {receipt.absolute(moment, me.zone)}"
            otherwise = "" if allow_past is None else ", or say --allow-past"
            is_ahead(moment, now, said, fix=f"give a later {flag}{otherwise}")
        self.moments.append((what, moment))
        return moment

    def due(self, value: str | None, prompt: str, flag: str = "-d WHEN", *, allow_past: bool = False) -> str:
        """A moment that is needed: as said, else asked for until it can be read. Raises as `when`, or UsageProblem."""

        if value is None:
            return self.asked(prompt, flag, lambda said: self.later(prompt, said, allow_past=allow_past))
        found = self.when(prompt, value, allow_past=allow_past, flag=flag)
        assert found is not None
        return found

    def later(self, what: str, said: str, *, allow_past: bool = False) -> str:
        """The moment that somebody answered with, who names no flags. Raises as `when`."""
        found = self.when(what, said, allow_past=allow_past or None, flag="moment")
        assert found is not None
        return found

    def asked(self, prompt: str, flag: str, read: Callable[[str], T], default: str | None = None) -> T:
        """The answer to a question, asked again until it can be read. Raises UsageProblem where nobody can be asked."""
        while True:
            said = answer(self.ctx, prompt, flag, default)
            try:
                return read(said)
            except (BadData, DuePassed, NotFound, UsageProblem) as problem:
                tell(self.ctx, safe(" — ".join(filter(None, (problem.message, problem.fix)))))

    def show(self, changed: Changed, offered: str = "") -> None:
        """Say where the case stands now. `offered` tells with `{}` to whom it is on offer because of this, if it is."""
        self.about = changed.case
        receipt.show_case(self.ctx, changed.case, self.shape)
        if changed.promise:
            tell(self.ctx, f"promise {changed.case}.{changed.promise}")
        if changed.already:
            tell(self.ctx, safe(changed.already))
        elif changed.offered_to and offered:
            tell(self.ctx, offered.format(changed.offered_to))
        if changed.offered_to:
            say_debt(self.ctx, changed.case)

    def tell_moments(self) -> None:
        """Repeat every moment that was understood, also by the clock of the case's owner where that differs."""
        if not self.moments:
            return
        owner = receipt.owner_of(self.desk, self.about) if self.about else None
        for what, moment in self.moments:
            tell(self.ctx, f"{what}: {receipt.absolute(moment, self.desk.zone, owner)}")

    def tell_typist(self) -> None:
        """Say who typed it, where that was for somebody without a login."""
        me = self.desk.me_if_known
        if me is not None and me.claimed and me.typed_by != me.handle:
            tell(self.ctx, f"{safe(me.handle)} (typed by {safe(me.typed_by)})")


@contextmanager
def writing(
    ctx: typer.Context,
    request_id: str | None,
    if_version: str | None,
    format: str | None,
    json: bool,
    *,
    again: Callable[[int], None] | None = None,
    wisher: str | None = None,
) -> Iterator[Writing]:
    """What a command needs to write. A repeated request is answered with how things are now, and is no error.

    `again` shows the person or customer with this id, for commands that are about one. `wisher` names who repeats a
    request where that is nobody in the store yet.
    """
    work = Writing(ctx, request_id, if_version, format, json, wisher)
    try:
        with _never_lost(work):
            yield work
        work.tell_moments()
        work.tell_typist()
    except AlreadyDone as before:
        if before.case is not None:
            receipt.show_case(ctx, before.case, work.shape)
        elif before.subject is not None and again is not None:
            again(before.subject)
        tell(ctx, "already done")
    receipt.tell_what_waits(ctx)


@contextmanager
def _never_lost(work: Writing) -> Iterator[None]:
    """A text that was written in an editor stays in its file unless it reached the store."""
    before = work.desk.committed
    try:
        yield
    except BaseException:
        if work.draft is not None and work.desk.committed == before:
            work.draft.leave(work.ctx)
        elif work.draft is not None:
            work.draft.discard()
        raise
    if work.draft is not None:
        work.draft.discard()
