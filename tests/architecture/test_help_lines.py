"""Help keeps the line ends of its later paragraphs on a terminal, so each line has to fit 80 columns by itself."""

import ast
from pathlib import Path

CLI = Path(__file__).parents[2] / "src" / "owncase" / "cli"
ROOM = 76


def test_no_paragraph_of_help_breaks_in_the_middle_of_a_line() -> None:
    wide = []
    for file in CLI.rglob("*.py"):
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.FunctionDef) and node.name == "command":
                _, *later = (ast.get_docstring(node) or "").split("\n\n")
                wide += [
                    f"{file.name}: {line}"
                    for paragraph in later
                    if "\n" in paragraph
                    for line in paragraph.split("\n")
                    if len(line) > ROOM
                ]
    assert wide == []
