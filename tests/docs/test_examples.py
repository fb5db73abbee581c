"""What the README and the guide show is what the program answers."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


examples = _load("examples")


@pytest.mark.parametrize("page", examples.pages(), ids=lambda page: page.name)
def test_every_command_line_on_the_page_answers_what_the_page_shows(page: Path) -> None:
    assert examples.rewritten(page) == page.read_text("utf-8")


def test_the_reference_is_fresh() -> None:
    generate = _load("generate")
    stale = [
        name
        for name, text in {"commands.md": generate.commands(), "errors.md": generate.errors()}.items()
        if (generate.REFERENCE / name).read_text("utf-8") != text
    ]
    assert stale == []
