"""What one card says of a contact: whose they are, their name and role, and the address and number that they prefer."""

import re
from typing import Any
from urllib.parse import unquote

import vobject

PARTS = ("given", "additional", "family")
_FAX = frozenset(("FAX", "PAGER", "VIDEO", "TEXTPHONE", "MODEM"))
_GROUPS = ("group", "org", "location")
Read = tuple[dict[str, str], str | None]


def read(text: str) -> Read:
    """The cells of one card, or why it cannot be read. A card of a group or a firm says nothing of a contact."""
    try:
        return _read(vobject.readOne(text))
    except RecursionError:
        return {}, "is nested too deep"
    except Exception as trouble:  # noqa: BLE001 - the library lets whatever it stumbles over through
        return {}, f"cannot be read: {type(trouble).__name__}"


def _read(card: Any) -> Read:
    said: dict[str, list[Any]] = card.contents
    if any(isinstance(line.value, bytes) for lines in said.values() for line in lines):
        return {}, "has base64 where words belong"
    if any(line.value.lower() in _GROUPS for line in said.get("kind", ())):
        return {}, None
    emails, phones = _best(said, "email"), _best(said, "tel")
    left = [*emails[1:], *phones[1:]]
    cells = {
        "customer": _organisation(said),
        "name": _first(said, "fn") or _name(said),
        "role": _first(said, "role") or _first(said, "title"),
        "email": emails[0] if emails else "",
        "phone": phones[0] if phones else "",
        "left": ", ".join(left),
    }
    return {name: cell for name, cell in cells.items() if cell}, None


def _first(said: dict[str, list[Any]], name: str) -> str:
    return next((line.value.strip() for line in said.get(name, ()) if line.value.strip()), "")


def _name(said: dict[str, list[Any]]) -> str:
    """The parts of a name as they are spoken, where the whole is not given."""
    line = next(iter(said.get("n", ())), None)
    return " ".join(filter(None, (_joined(getattr(line.value, part), " ") for part in PARTS))) if line else ""


def _organisation(said: dict[str, list[Any]]) -> str:
    """The name of the organisation, without its departments."""
    line = next(iter(said.get("org", ())), None)
    return _joined(line.value[0], ", ") if line and line.value else ""


def _joined(value: Any, by: str) -> str:
    return by.join(part.strip() for part in ([value] if isinstance(value, str) else value)).strip()


def _best(said: dict[str, list[Any]], name: str) -> list[str]:
    """The addresses or numbers of a card, each once, the preferred first and what nobody speaks into last."""
    read = _dialled if name == "tel" else _addressed
    lines = sorted(said.get(name, ()), key=_rank)
    return list(dict.fromkeys(value for line in lines if (value := read(line.value.strip()))))


def _rank(line: Any) -> tuple[bool, int]:
    types = {word.upper() for said in line.params.get("TYPE", ()) for word in said.split(",")}
    types |= {word.upper() for word in line.singletonparams}
    pref = next((int(word) for word in line.params.get("PREF", ()) if re.fullmatch(r"[0-9]{1,3}", word)), 101)
    return bool(types & _FAX), 0 if "PREF" in types else pref


def _addressed(value: str) -> str:
    return unquote(value[7:]) if value.lower().startswith("mailto:") else value


def _dialled(value: str) -> str:
    """A number as people write it, also of a `tel:` address; empty for an address of another kind."""
    scheme, colon, rest = value.partition(":")
    if not colon:
        return value
    if scheme.lower() != "tel":
        return ""
    number, *said = unquote(rest).split(";")
    known = dict(_pair(one) for one in said)
    around = known.get("phone-context", "")
    before = f"{around} " if around.startswith("+") and not number.startswith("+") else ""
    return before + number + (f" x {known['ext']}" if known.get("ext") else "")


def _pair(said: str) -> tuple[str, str]:
    name, _, value = said.partition("=")
    return name.lower(), value
