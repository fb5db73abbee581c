"""A mapping with a name is a TOML file: the user's own in the folder of settings, or one that comes with the program.

The user's own wins. It is written whole or not at all, for the user alone.
"""

import re
from collections.abc import Mapping as Named
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from owncase.errors import Misconfigured, NotFound, UsageProblem
from owncase.exchange.mapping import Mapping, parse
from owncase.exchange.new_file import NewFile
from owncase.settings import Settings

SHIPPED = Path(__file__).parent / "mappings"
OF_FORM = {"todo.txt": "todo.txt"}
"""Formats that say themselves which mapping they mean."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")
_TEXTS = ("about", "source", "dates")
_TABLES = ("default", "left_out")


class NoSuchMapping(NotFound):
    """There is no mapping of this name."""


def chosen(settings: Settings, named: str | None, said: Sequence[str], form: str) -> Mapping:
    """The mapping that `--mapping`, `--map` and the format of the file come to."""
    found = find(settings, named) if named else find(settings, OF_FORM[form]) if form in OF_FORM else Mapping()
    return found | parse(said)


def find(settings: Settings, name: str) -> Mapping:
    """The mapping of this name. Raises `NoSuchMapping`, and Misconfigured (78) for a file that says something else."""
    for folder in (_own(settings), SHIPPED):
        path = folder / f"{name}.toml"
        if _NAME.fullmatch(name) and path.is_file():
            return _read(path)
    known = sorted({**dict.fromkeys(_names(SHIPPED)), **dict.fromkeys(_names(_own(settings)))})
    near = get_close_matches(name, known, n=1)
    fix = f"did you mean {near[0]}? " if near else ""
    raise NoSuchMapping(f"there is no mapping called {name}", fix=f"{fix}one of {', '.join(known)}")


def save(settings: Settings, name: str, mapping: Mapping) -> Path:
    """Remember a mapping under this name, in place of one of the same name. Gives the path of its file."""
    if not _NAME.fullmatch(name):
        raise UsageProblem(
            "a mapping is called by 1 to 32 of a-z, 0-9, dot, underscore, hyphen", fix="--save-mapping crm"
        )
    import tomlkit  # only remembering needs it

    folder = _own(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = NewFile(folder / f"{name}.toml")
    try:
        with draft.text() as file:
            file.write(tomlkit.dumps(_document(mapping)))
        draft.keep()
    finally:
        draft.drop()
    return draft.target


def listed(settings: Settings) -> list[dict[str, Any]]:
    """Every mapping there is, by name: whose it is, what it is for, and which columns it reads."""
    folders = {"shipped": SHIPPED, "yours": _own(settings)}
    found = {name: (origin, folder) for origin, folder in folders.items() for name in _names(folder)}
    return [_row(name, origin, _read(folder / f"{name}.toml")) for name, (origin, folder) in sorted(found.items())]


def _row(name: str, origin: str, mapping: Mapping) -> dict[str, Any]:
    columns = [f"{field}={columns[0]}" for field, columns in mapping.columns.items()]
    return {"mapping": name, "origin": origin, "about": mapping.about, "columns": columns}


def _own(settings: Settings) -> Path:
    return settings.folders.config / "mappings"


def _names(folder: Path) -> list[str]:
    return [path.stem for path in folder.glob("*.toml") if _NAME.fullmatch(path.stem) and path.is_file()]


def _read(path: Path) -> Mapping:
    import tomllib  # 15 ms, and only a mapping needs it

    try:
        said = tomllib.loads(path.read_text("utf-8"))
        return Mapping(
            columns={field: _several(columns) for field, columns in said.get("columns", {}).items()},
            stated=frozenset(_several(said.get("required", []))),
            source=_maybe(said.get("source")),
            dates=_maybe(said.get("dates")),
            closed=_several(said.get("closed", [])),
            default=_texts(said.get("default", {})),
            values={field: _texts(words) for field, words in said.get("values", {}).items()},
            left_out=_texts(said.get("left_out", {})),
            about=_text(said.get("about", "")),
        )
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        raise Misconfigured(f"{path} cannot be read: {error}", fix=f"mend or remove {path}") from error


def _several(said: Any) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(map(_text, said if isinstance(said, list) else [said]))


def _texts(said: Any) -> dict[str, str]:
    return {name: _text(value) for name, value in said.items()}


def _maybe(said: Any) -> str | None:
    return None if said is None else _text(said)


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise ValueError(f"{said!r} is to be text")
    return said


def _document(mapping: Mapping) -> Named[str, Any]:
    said: dict[str, Any] = {name: getattr(mapping, name) for name in _TEXTS if getattr(mapping, name)}
    said |= {"closed": list(mapping.closed)} if mapping.closed else {}
    said |= {"required": sorted(mapping.stated)} if mapping.stated else {}
    said["columns"] = {
        field: columns[0] if len(columns) == 1 else list(columns) for field, columns in mapping.columns.items()
    }
    said |= {name: dict(getattr(mapping, name)) for name in _TABLES if getattr(mapping, name)}
    return said | (
        {"values": {field: dict(words) for field, words in mapping.values.items()}} if mapping.values else {}
    )
