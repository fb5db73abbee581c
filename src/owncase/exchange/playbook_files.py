"""A playbook comes from a file of whoever adds it, or is one of those that come with the program."""

from difflib import get_close_matches
from pathlib import Path

from owncase.domain import playbook_text
from owncase.domain.text import PROSE_BYTES
from owncase.errors import BadData, DiskTrouble, NotFound

SHIPPED = Path(__file__).parent.parent / "playbooks"


class NoSuchFile(NotFound):
    """There is no file of this name, and no playbook that comes with the program."""


def names() -> list[str]:
    """The playbooks that come with the program."""
    return sorted(path.stem for path in SHIPPED.glob("*.md"))


def source(name: str) -> str:
    """The text of a file, or of the playbook of this name that comes with the program."""
    if name in names():
        return _text(SHIPPED / f"{name}.md")
    return _text(Path(name).expanduser())


def written(name: str) -> playbook_text.Written:
    """A playbook that can be added. Raises BadData that names the file, and the line or step in it."""
    said = source(name)
    if found := playbook_text.problems(said):
        first = found[0]
        more = f" (and {len(found) - 1} more: owncase playbook check {name})" if len(found) > 1 else ""
        raise type(first)(f"{name}: {first.message}{more}", fix=first.fix)
    return playbook_text.read(said)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            kept = file.read(2 * PROSE_BYTES + 1)  # lines of a CRLF file are longer than they will be
    except FileNotFoundError:
        near = get_close_matches(path.name, names(), n=1)
        fix = f"did you mean {near[0]}?" if near else f"a file, or one of {', '.join(names())}"
        raise NoSuchFile(f"there is no file {path}", fix=fix) from None
    except OSError as trouble:
        raise DiskTrouble(f"{path} cannot be read: {trouble.strerror}", fix="name a file that can be read") from None
    try:
        return kept.decode("utf-8")
    except UnicodeDecodeError as trouble:
        raise BadData(f"{path} is not UTF-8 at byte {trouble.start + 1}", fix="save it as UTF-8") from None
