"""A wish is carried out at most once, on the case that was looked at, and says what came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from owncase.desk import Actor, Desk
from owncase.errors import LookAgain
from owncase.store.engine import write_tx
from owncase.store.write import Write


class MovedOn(LookAgain):
    """The case is no longer the version that was looked at."""


class Once(NamedTuple):
    """What makes a repeated wish one change: its request id, a digest of it, the version it is meant for."""

    request: str | None = None
    digest: str | None = None
    version: int | None = None


class Changed(NamedTuple):
    """What came of a wish: the case, to whom it is on offer now because of it, why nothing was left to do,
    and the number of a new promise.
    """

    case: int
    offered_to: str | None = None
    already: str | None = None
    promise: int | None = None


ANEW = Once()
"""A wish without a request id, for whatever version there is."""


@contextmanager
def change(desk: Desk, once: Once, case: int | None = None, *, by: Actor | None = None) -> Iterator[Write]:
    """One write about a case, if it is still the expected version. Raises `MovedOn`, and what `write_tx` raises."""
    with write_tx(desk, request=once.request, digest=once.digest, by=by) as tx:
        if case is not None and once.version not in (None, version := tx.case(case).version):
            raise MovedOn(
                f"case {case} is at version {version}, not {once.version}",
                fix=f"look again: owncase show {case}; then --if-version {version}",
            )
        yield tx
