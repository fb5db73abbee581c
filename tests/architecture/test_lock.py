"""A clone installs what was locked, today and after the next release of anything in it."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCKS = (ROOT / "requirements" / "run.txt", ROOT / "requirements" / "dev.txt")
PINNED = re.compile(r"^([a-z0-9._-]+(?:\[[a-z0-9,._-]+\])?)==", re.MULTILINE)


def test_an_extra_that_is_asked_for_is_locked_with_it() -> None:
    """Without it the installer takes the newest release for the extra's sake, and refuses it for its hash."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wished = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    extras = {found[0] for line in wished if (found := re.match(r"[a-z0-9._-]+\[[a-z0-9,._-]+\]", line))}
    locked = set(PINNED.findall(LOCKS[1].read_text("utf-8")))
    assert extras
    assert extras <= locked


def test_every_locked_requirement_has_a_version_and_hashes_and_says_no_place() -> None:
    for lock in LOCKS:
        text = lock.read_text("utf-8")
        wishes = [wish for wish in re.split(r"\n(?=[a-z])", text.strip()) if wish]
        assert len(wishes) == len(PINNED.findall(text))
        assert [wish.split()[0] for wish in wishes if "--hash=sha256:" not in wish] == []
        assert "://" not in text
