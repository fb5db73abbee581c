"""What a command may ask of the line it was called with: its desk, its world, an answer, a text."""

from functools import cached_property
from typing import TYPE_CHECKING, cast

import typer

from owncase import bootstrap
from owncase.bootstrap import World
from owncase.desk import Desk
from owncase.errors import BadData, UsageProblem
from owncase.render.fitted import fitted
from owncase.render.safe import safe
from owncase.settings import Settings

if TYPE_CHECKING:
    from owncase.cli.address import Address
    from owncase.desk import Opener

LONGEST_INPUT = 64 * 1024
"""Bytes of a text read from stdin."""


class Invocation:
    """One command line: the world it runs in, what the options that stand everywhere said, and its desk once needed.

    `words` are the line as it was typed. `here` says that another machine sent it to this one, `sent_to` that this one
    has sent it to another.
    """

    def __init__(self, world: World, opener: "Opener | None" = None) -> None:
        self.world = world
        self._opener = opener
        self.words: list[str] = []
        self.store: str | None = None
        self.acting: str | None = None
        self.quiet = False
        self.may_ask = True
        self.walking = False
        """One key of a walk: the case is on the screen, and no answer to the first question takes the key back."""
        self.answered = False
        self.here = False
        self.sent_to: str | None = None
        self._desk: Desk | None = None

    def key_of_walk(self) -> "Invocation":
        """Another line of the same person in the same store, which a key of their walk stands for."""
        line = self.within(self.world, self._opener)
        line.walking = True
        return line

    @property
    def is_warm(self) -> bool:
        """Whether this is one line of many in a shell."""
        return self._opener is not None

    @cached_property
    def settings(self) -> Settings:
        """The settings of this world, read once."""
        return bootstrap.settings(self.world)

    @property
    def desk(self) -> Desk:
        """The desk, made when it is first needed."""
        if self._desk is None:
            self._desk = bootstrap.desk(
                self.world, self.settings, store=self._store(), acting=self.acting, opener=self._opener
            )
        return self._desk

    @cached_property
    def address(self) -> "Address | None":
        """The machine that has the store, where that is another one. Raises BadAddress."""
        store = self.settings.find("store", self.store).value
        if self.here or "://" not in store:
            return None
        from owncase.cli.address import is_address, read_address  # most stores are here

        return read_address(store) if is_address(store) else None

    @property
    def zone(self) -> str:
        """The IANA zone in which moments are shown: the desk's, else this machine's."""
        return self.world.local_zone() if self.address else self.desk.zone

    def within(self, world: World, opener: "Opener | None" = None) -> "Invocation":
        """A line that this one runs in this process, and that holds only its options."""
        line = Invocation(world, opener)
        line.store = str(self.settings.store_path(self._store())) if self.here else self.store
        line.acting, line.quiet, line.may_ask = self.acting, self.quiet, self.may_ask
        return line

    def _store(self) -> str | None:
        """What `--store` said. A line that was sent here has an address, of which only the path matters now."""
        if not self.here or self.store is None:
            return self.store
        from owncase.cli.address import is_address, read_address  # most lines come from a keyboard

        if not is_address(self.store):
            return self.store
        own = self.settings.find("store").value
        same = str(self.settings.default_store) if own == self.store else None  # this machine's name for itself
        return read_address(self.store).path or same

    @property
    def committed(self) -> str | None:
        """What reached the disk, in words for people, or None."""
        return self._desk.committed if self._desk else None

    def close(self) -> None:
        """Let go of the store, if it was opened."""
        if self._desk:
            self._desk.close()


def invocation_of(ctx: typer.Context) -> Invocation:
    """The invocation that this context belongs to."""
    return cast(Invocation, ctx.find_root().obj)


def desk_of(ctx: typer.Context) -> Desk:
    """The desk of this command."""
    return invocation_of(ctx).desk


def settings_of(ctx: typer.Context) -> Settings:
    """The settings of this command."""
    return invocation_of(ctx).settings


def world_of(ctx: typer.Context) -> World:
    """Environment and streams of this command."""
    return invocation_of(ctx).world


def tell(ctx: typer.Context, text: str) -> None:
    """Say something beside the answer: one line on stderr, unless `--quiet`. Text of users must be `safe` already."""
    if not invocation_of(ctx).quiet:
        world = world_of(ctx)
        world.stderr.write(f"{fitted(text, world.stderr, world.environ)}\n")


def can_ask(ctx: typer.Context) -> bool:
    """Whether there is somebody to answer a question."""
    return invocation_of(ctx).may_ask and world_of(ctx).talks


def answer(ctx: typer.Context, prompt: str, flag: str, default: str | None = None) -> str:
    """Ask on a terminal until there is an answer; Enter takes the default.

    Elsewhere raise UsageProblem naming the flag.
    """
    if not can_ask(ctx):
        raise UsageProblem(f"missing: {prompt}", fix=f"say it with {flag}")
    invocation = invocation_of(ctx)
    shown = f"{prompt} [{safe(default)}]: " if default else f"{prompt}{'' if prompt.endswith('?') else ':'} "
    while True:
        line = _typed(ctx, shown)
        if line.strip() or (line and default):
            invocation.answered = True
            return line.strip() or str(default)
        if invocation.walking and not invocation.answered:
            raise typer.Exit(UsageProblem.exit)
        if not line:
            raise UsageProblem(f"no answer: {prompt}", fix=f"say it with {flag}")


def answer_if_any(ctx: typer.Context, prompt: str, left_out: str = "none") -> str | None:
    """Ask once for what may be left out; Enter, or the end of the answers, leaves it out, and then it is `left_out`."""
    return _typed(ctx, f"{prompt} (Enter: {left_out}): ").strip() or None


def _typed(ctx: typer.Context, shown: str) -> str:
    """The line that is typed behind a prompt; empty at the end of the answers."""
    world = world_of(ctx)
    world.stderr.write(fitted(shown, world.stderr, world.environ))
    world.stderr.flush()
    line = world.stdin.readline()
    if not line:
        world.stderr.write("\n")
    return line


def text_argument(ctx: typer.Context, value: str) -> str:
    """The text itself, or all of stdin for `-`. Raises BadData when that is longer than 64 KiB or not UTF-8."""
    if value != "-":
        return value
    text = world_of(ctx).stdin.read(LONGEST_INPUT + 1)
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST_INPUT:
        raise BadData(
            "the text on stdin is longer than 64 KiB", fix="shorten it, or keep it in a file and note its path"
        )
    return text.rstrip("\n")
