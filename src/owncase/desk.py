"""A desk is all that a command may touch: the store, the person who acts, and the clock.

Nothing is opened or asked before it is needed, so that a command that only prints a path reads no store.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from owncase.domain.moment import to_text
from owncase.errors import NotFound, NotPermitted

if TYPE_CHECKING:
    from owncase.store.reader import Reader

    Opener = Callable[[Path, Path], Reader]

UNCLAIMED = "SELECT handle, name FROM person WHERE active = 1 AND login IS NULL ORDER BY handle"
FEW = 5
PERSON = "SELECT id, handle, name, zone, hours, login, manager_id, active FROM person_view"


class Actor(NamedTuple):
    """The person who acts. `claimed` says that somebody else typed it for a person without a login.

    `typed_by` is the OS user; `zone` an IANA name; `manager` the id of a person.
    """

    id: int
    handle: str
    name: str
    zone: str
    hours: str
    login: str | None
    manager: int | None
    typed_by: str
    claimed: bool


class Desk:
    """What one command works with. `committed` is set by the write that reached the disk, in words for people.

    `opener` opens the store for reading, where something better than opening it anew is at hand.
    """

    def __init__(
        self,
        *,
        store: Path,
        heads_dir: Path,
        os_user: str,
        acting: str | None,
        clock: Callable[[], datetime],
        local_zone: Callable[[], str],
        opener: "Opener | None" = None,
    ) -> None:
        self.store = store
        self.heads_dir = heads_dir
        self.os_user = os_user
        self.acting = acting
        self.committed: str | None = None
        self._clock = clock
        self._local_zone = local_zone
        self._opener = opener

    def now(self) -> str:
        """The present moment as text, such as `2026-11-23T14:00:00Z`."""
        return to_text(self._clock())

    @cached_property
    def reader(self) -> "Reader":
        """The store, to be asked only. Raises NotFound when there is none."""
        if self._opener is not None:
            return self._opener(self.store, self.heads_dir)
        from owncase.store.reader import open_reader  # what needs no store pays for none

        return open_reader(self.store, self.heads_dir)

    @cached_property
    def me_if_known(self) -> Actor | None:
        """The person who acts, or None where no person has this OS user's login. A wrong `--as` is still refused."""
        if self.acting:
            return self._named(self.acting)
        row = self.reader.one(f"{PERSON} WHERE login = :login AND active", login=self.os_user)
        return _actor(row, typed_by=self.os_user) if row else None

    @property
    def me(self) -> Actor:
        """The person who acts. Raises NotFound when no person has the login, NotPermitted for a borrowed name."""
        if self.me_if_known is None:
            raise NotFound(f"no person here has the login {self.os_user}", fix=self._how_to_join())
        return self.me_if_known

    def unclaimed(self) -> list[dict[str, Any]]:
        """Handle and name of everybody whom no OS user has joined as."""
        return self.reader.rows(UNCLAIMED)

    def claimant(self, handle: str) -> Actor:
        """The person of this handle as somebody who is about to be this OS user. Raises NotFound, and NotPermitted."""
        return _actor(self._active(handle), typed_by=self.os_user)._replace(claimed=False)

    def look_again(self) -> None:
        """Forget who acts: that has just changed."""
        self.__dict__.pop("me_if_known", None)

    @property
    def zone(self) -> str:
        """The IANA zone in which moments are read and shown: the actor's, else this machine's."""
        if self.store.exists() and self.me_if_known:
            return self.me_if_known.zone
        return self._local_zone()

    def close(self) -> None:
        """Let go of the store."""
        reader = self.__dict__.pop("reader", None)
        if reader is not None:
            reader.close()

    def _how_to_join(self) -> str:
        from shlex import quote  # only a stranger needs it

        names = [row["handle"] for row in self.unclaimed()]
        some = ", ".join(names[:FEW]) + (", …" if len(names) > FEW else "")
        join = f"owncase join HANDLE (unclaimed: {some}), or " if names else ""
        return f"{join}owncase person add HANDLE --name NAME --login {quote(self.os_user)}, or say --as HANDLE"

    def _named(self, handle: str) -> Actor:
        row = self._active(handle)
        if row["login"] is not None and row["login"] != self.os_user:
            raise NotPermitted(
                f"{handle} is acted for only by the OS user {row['login']}, and you are {self.os_user}",
                fix=f"ask {handle} to run it, or leave out --as to act as yourself",
            )
        return _actor(row, typed_by=self.os_user)

    def _active(self, handle: str) -> dict[str, Any]:
        row = self.reader.one(f"{PERSON} WHERE handle = :handle", handle=handle)
        if row is None:
            raise NotFound(f"there is no person {handle}", fix=self._near(handle))
        if not row["active"]:
            raise NotPermitted(f"{handle} has left and acts no more", fix="owncase person list")
        return row

    def _near(self, handle: str) -> str:
        import difflib  # only a mistake needs it

        handles = [row["handle"] for row in self.reader.rows("SELECT handle FROM person_view WHERE active")]
        near = difflib.get_close_matches(handle, handles)
        return f"did you mean {' or '.join(near)}?" if near else "owncase person list"


def _actor(row: dict[str, Any], *, typed_by: str) -> Actor:
    return Actor(
        id=row["id"],
        handle=row["handle"],
        name=row["name"],
        zone=row["zone"],
        hours=row["hours"],
        login=row["login"],
        manager=row["manager_id"],
        typed_by=typed_by,
        claimed=row["login"] is None,
    )
