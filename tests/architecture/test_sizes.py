"""Files and functions stay small enough to be read at once. Over the limit is a sign to look again, so it is listed."""

import ast
from pathlib import Path

import owncase

ROOT = Path(owncase.__file__).parent
LONGEST_FILE, LONGEST_FUNCTION = 300, 40


def sources() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


def test_no_file_is_too_long() -> None:
    sizes = {str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines()) for file in sources()}
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    """Parameters are not counted: a command has as many as it has flags."""
    long = {
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}": size
        for file in sources()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and (size := (node.end_lineno or 0) - node.body[0].lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_every_file_says_what_is_true_about_it() -> None:
    silent = [
        str(file.relative_to(ROOT)) for file in sources() if file.read_text("utf-8").strip() and not _first_line(file)
    ]
    assert silent == []


def _first_line(file: Path) -> str | None:
    return ast.get_docstring(ast.parse(file.read_text("utf-8")))
