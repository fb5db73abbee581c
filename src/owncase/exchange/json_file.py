"""JSON is read object by object, strictly: no doubled key, no number that is none, no endless depth, nothing after it.

The objects are the items of an array, or stand one after another as in JSON Lines, or are the one list of objects in a
single object, as the interfaces of many trackers answer. Numbers stay the text they are; null is nothing.
"""

import codecs
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from owncase.domain.characters import first_surrogate
from owncase.exchange.json_pieces import MalformedJson, Piece, pieces
from owncase.exchange.source import CHUNK, Source

JOINED_BY = ", "


class Cells(Mapping[str, str]):
    """The values of an object by dotted path; a `*` takes every item of a list. Iterating gives the paths with `*`."""

    __slots__ = ("_value",)

    def __init__(self, value: dict[str, Any]) -> None:
        self._value = value

    def __getitem__(self, path: str) -> str:
        found = [leaf for leaf in _reached(self._value, path.split(".")) if leaf is not None]
        if not found:
            raise KeyError(path)
        return JOINED_BY.join(found)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(_paths(self._value, "")))

    def __len__(self) -> int:
        return len(dict.fromkeys(self))


class Items:
    """The objects of a file, each time from its beginning, as `(line, cells)`."""

    def __init__(self, source: Source, *, lines: bool) -> None:
        self._source = source
        first = list(islice(self._pieces(), 2))
        self._inner = _only_list(first[0]) if len(first) == 1 and not first[0].in_array and not lines else None
        self.unit = "item" if self._inner is not None or (first and first[0].in_array) else "line"

    def header(self) -> list[str]:
        """Every path that any object has, in the order in which they come; this reads and checks the whole file."""
        found: dict[str, None] = {}
        for _, cells in self:
            found.update(dict.fromkeys(cells))
        return list(found)

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        if self._inner is not None:
            return iter([(number, Cells(item)) for number, item in enumerate(self._inner, start=1)])
        return (
            (number if self.unit == "item" else piece.line, Cells(_object(piece)))
            for number, piece in enumerate(self._pieces(), start=1)
        )

    def _pieces(self) -> Iterator[Piece]:
        return pieces(_texts(self._source))


def _texts(source: Source) -> Iterator[str]:
    """The text of a file, piece by piece. Raises `MalformedJson` for another encoding than UTF-8."""
    file, decoder, line = source.opened(), codecs.getincrementaldecoder("utf-8")(), 1
    chunk = file.read(CHUNK)
    if chunk.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise MalformedJson("line 1: a byte order mark stands in front", fix="save it as UTF-8 without one")
    while chunk:
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            line += chunk.count(b"\n", 0, error.start)
            raise MalformedJson(f"line {line} is not UTF-8", fix="save it as UTF-8") from None
        line += chunk.count(b"\n")
        yield text
        chunk = file.read(CHUNK)
    if decoder.getstate()[0]:
        raise MalformedJson(f"line {line} is not UTF-8: it ends inside a character", fix="get the file again")


def _object(piece: Piece) -> dict[str, Any]:
    try:
        value: dict[str, Any] = _DECODER.decode(piece.text)
    except json.JSONDecodeError as error:
        where = f"line {piece.line + error.lineno - 1}"
        raise MalformedJson(f"{where}: {error.msg[:1].lower()}{error.msg[1:]}", fix="is this JSON?") from None
    except _Unfit as unfit:
        raise MalformedJson(f"line {piece.line}: in the object that begins there, {unfit}", fix="mend it") from None
    if "\\ud" in piece.text.lower():
        _refuse_half_characters(value, piece.line)
    return value


class _Unfit(Exception):
    """What is JSON by its form, and yet says two things or nothing."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        name = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        raise _Unfit(f"the key {name!a} stands twice")
    return made


def _constant(name: str) -> str:
    raise _Unfit(f"{name} is no value of JSON")


def _finite(text: str) -> str:
    if math.isinf(float(text)):
        raise _Unfit(f"the number {text[:40]} is too large")
    return text


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant, parse_float=_finite, parse_int=str)


def _refuse_half_characters(value: Any, line: int) -> None:
    parts = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        if isinstance(part, str) and first_surrogate(part) is not None:
            raise MalformedJson(f"line {line}: {part[:40]!a} holds half a character", fix="write the whole character")
        _refuse_half_characters(part, line)


def _only_list(piece: Piece) -> list[dict[str, Any]] | None:
    """The one list of objects in an object that is alone, if there is one. Raises `MalformedJson` for several."""
    lists = {name: value for name, value in _object(piece).items() if _is_objects(value)}
    if len(lists) > 1:
        raise MalformedJson(
            f"the object holds several lists: {', '.join(map(ascii, lists))}", fix="give an array with one of them"
        )
    return next(iter(lists.values()), None)


def _is_objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _reached(value: Any, parts: list[str]) -> list[str | None]:
    """The leaves at the end of a path. A key may itself hold dots: the longest that is there is meant."""
    if not parts:
        return list(map(_leaf, value)) if isinstance(value, list) else [_leaf(value)]
    if isinstance(value, list):
        if parts[0] == "*":
            return [leaf for item in value for leaf in _reached(item, parts[1:])]
        place = int(parts[0]) if parts[0].isascii() and parts[0].isdecimal() and len(parts[0]) < 8 else len(value)  # noqa: PLR2004 - no list is longer
        return _reached(value[place], parts[1:]) if place < len(value) else []
    if isinstance(value, dict):
        for taken in range(len(parts), 0, -1):
            if (key := ".".join(parts[:taken])) in value:
                return _reached(value[key], parts[taken:])
    return []


def _leaf(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else None


def _paths(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _paths(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for item in value:
            yield from _paths(item, f"{path}.*" if isinstance(item, dict | list) else path)
    elif value is not None:
        yield path
