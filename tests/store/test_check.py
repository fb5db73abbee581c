"""A check finds nothing in a sound store, and names whatever is not as history says."""

from collections.abc import Callable
from pathlib import Path

from owncase.store.check import check

Copy = Callable[[], Path]


def test_a_sound_store_is_sound(store: Path) -> None:
    findings = check(store)
    assert findings.found == []
    assert findings.notes == []
    assert findings.sound
    assert findings.texts > 20
    assert findings.verdict().startswith("sound: ")
