"""Run every benchmark and write what it printed into docs/performance.md, with the machine it ran on."""

import os
import platform
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "performance.md"
SCRIPTS = {
    "startup.py": "Starting",
    "reads.py": "Reads",
    "calls.py": "The card of a call",
    "shell.py": "The warm prompt",
    "writes.py": "Writes",
    "import_log.py": "Importing a log",
    "import_cases.py": "Importing cases",
    "check.py": "Checking a store",
    "taskwarrior.py": "Beside Taskwarrior",
}
LIBRARIES = ("typer", "rich", "sqlmodel", "sqlalchemy", "pydantic")
INTRODUCTION = """# Performance

Written by `make bench`. Each figure stands beside a floor or a peer measured in the same run, in turn with it, because
absolute times say little on a busy machine. What misses its goal says MISSED here, and why below.
"""


def main() -> None:
    """Run the benchmarks named on the command line, or all, and write the page when it was all."""
    wanted = sys.argv[1:] or list(SCRIPTS)
    parts = [INTRODUCTION, _machine()]
    for script in wanted:
        print(f"== {script}", flush=True)
        printed = _run(script)
        parts.append(f"## {SCRIPTS[script]}\n\n{_about(script)}\n\n```text\n{printed.rstrip()}\n```\n")
    if wanted == list(SCRIPTS):
        PAGE.write_text("\n".join([*parts, _reasons()]), "utf-8")


def _run(script: str) -> str:
    lines = []
    with subprocess.Popen([sys.executable, str(HERE / script)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    if process.returncode:
        raise SystemExit(f"{script} failed")
    return "".join(lines)


def _about(script: str) -> str:
    return (HERE / script).read_text("utf-8").split('"""')[1].split("\n")[0]


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} on {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {libraries}.\n"
    )


def _reasons() -> str:
    found = HERE / "missed.md"
    return found.read_text("utf-8") if found.exists() else ""


if __name__ == "__main__":
    main()
