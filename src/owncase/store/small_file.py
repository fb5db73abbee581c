"""A small file that only its owner reads is replaced whole, or stays as it was."""

import os
from contextlib import suppress
from pathlib import Path


def write_small_file(path: Path, text: str) -> None:
    """Write it; where that cannot be, a command that has succeeded does not fail for it."""
    with suppress(OSError):
        os.makedirs(path.parent, mode=0o700, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(draft, path)
