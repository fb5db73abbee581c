"""A change of a value is a new value: the same fields, but for those that are named.

The standard library's `replace` runs a value's whole construction again; here the fields are copied as they are, which
makes telling a long history again several times as quick.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from owncase.domain.values import Row

R = TypeVar("R", bound=Row)


def changed(value: R, **changes: Any) -> R:
    """The value with these fields changed. Raises KeyError for a field that it does not have."""
    kind: Any = type(value)
    put, get = _way_of(kind)
    new = object.__new__(type(value))
    for place, now in zip(put.values(), get(value), strict=True):
        place(new, now)
    for name, then in changes.items():
        put[name](new, then)
    return new


@cache
def _way_of(kind: Any) -> tuple[dict[str, Callable[[Row, Any], None]], Callable[[Row], tuple[Any, ...]]]:
    names = [field.name for field in fields(kind)]
    return {name: getattr(kind, name).__set__ for name in names}, attrgetter(*names)
