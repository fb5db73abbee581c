"""The reference is generated from the program itself; `--check` fails when what is committed is stale."""

import importlib
import io
import pkgutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import owncase
from owncase.bootstrap import World
from owncase.cli.main import run
from owncase.cli.tree import COMMANDS, Branch
from owncase.errors import OwncaseError

REFERENCE = Path(__file__).parent / "reference"
WIDTH = "100"


def main() -> int:
    """Write the pages, or with `--check` say which are stale."""
    pages = {"commands.md": commands(), "errors.md": errors()}
    stale = [name for name, text in pages.items() if _read(REFERENCE / name) != text]
    if "--check" in sys.argv:
        for name in stale:
            sys.stderr.write(f"docs/reference/{name} is stale: make docs\n")
        return 1 if stale else 0
    REFERENCE.mkdir(exist_ok=True)
    for name in stale:
        (REFERENCE / name).write_text(pages[name], "utf-8")
    return 0


def commands() -> str:
    """Every command with its help, as it is printed."""
    parts = ["# Commands\n\nGenerated from the program by `make docs`.\n", _section([])]
    for verb, entry in COMMANDS.items():
        parts.append(_section([verb]))
        if isinstance(entry, Branch):
            parts.extend(_section([verb, below]) for below in entry.verbs)
    return "\n".join(parts)


def errors() -> str:
    """Every refusal that has a name, with its exit code."""
    for module in pkgutil.walk_packages(owncase.__path__, "owncase."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    lines = [
        "# Errors\n\nGenerated from the program by `make docs`. With `--json` an error is an object on stderr: `code`,",
        "`message`, `fix` and `exit`.\n\n| exit | code | meaning |\n|---|---|---|",
    ]
    ours = (kind for kind in _below(OwncaseError) if kind.__module__.startswith("owncase."))
    in_order = sorted(ours, key=lambda kind: (kind.__module__, kind.__qualname__))
    named = {(kind.exit, _code(kind)): (kind.__doc__ or "").split("\n")[0] for kind in in_order}
    lines += [f"| {code} | `{name}` | {meaning} |" for (code, name), meaning in sorted(named.items())]
    return "\n".join(lines) + "\n"


def _section(path: list[str]) -> str:
    out = io.StringIO()
    environ = {"COLUMNS": WIDTH, "TERMINAL_WIDTH": WIDTH}
    world = World(environ, Path("/nowhere"), "you", lambda: datetime.now(UTC), lambda: "UTC", io.StringIO(), out, out)
    if run([*path, "--help"], world):
        raise SystemExit(out.getvalue())
    return f"## `{' '.join(['owncase', *path])}`\n\n```text\n{out.getvalue().rstrip()}\n```\n"


def _below(kind: type[OwncaseError]) -> set[type[OwncaseError]]:
    return {kind} | {deeper for child in kind.__subclasses__() for deeper in _below(child)} - {OwncaseError}


def _code(kind: type[OwncaseError]) -> str:
    return kind("").code


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
