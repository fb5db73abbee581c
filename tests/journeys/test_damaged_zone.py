"""A zone that somebody wrote into the store past owncase is named, and is no crash."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize("terminal", [False, True])
def test_a_zone_that_is_none_is_bad_data_and_no_bug(
    team: Callable[..., Any], tmp_path: Path, *, terminal: bool
) -> None:
    with closing(sqlite3.connect(tmp_path / "team.db")) as raw:
        (trigger,) = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'person_update'").fetchone()
        raw.execute("DROP TRIGGER person_update")
        raw.execute("UPDATE person SET zone = 'Europe/Berlni' WHERE handle = 'rob'")
        raw.execute(trigger)
        raw.commit()
    answered = team("next", terminal=terminal)
    assert (answered.exit, answered.stdout) == (65, "")
    assert "Europe/Berlni" in answered.stderr
    checked = json.loads(team("store", "check", "--json").stdout)
    assert not checked["sound"]
