"""An import that is killed (SIGKILL) by itself at a given layer of a given batch, before that batch is committed.

python import_killed.py STORE HOME FILE LAYER
"""

import io
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from owncase.bootstrap import World
from owncase.cli.main import run
from owncase.exchange import import_cases
from owncase.store.bulk import Bulk

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def main(store: str, home: str, file: str, layer: int) -> None:
    """Import 10 cases a batch, and die in the middle of the layer with this number, counted from 1."""
    import_cases.BATCH = 10
    lay, layers = Bulk.lay, iter(range(1, 1_000))

    def dies(bulk: Bulk) -> None:
        lay(bulk)
        if next(layers) == layer:
            os.kill(os.getpid(), signal.SIGKILL)

    Bulk.lay = dies  # type: ignore[method-assign]
    streams = (io.StringIO(), io.StringIO(), io.StringIO())
    world = World({"HOME": home}, Path(home), "rob", lambda: NOW, lambda: "UTC", *streams)
    sys.exit(run(["--store", store, "import", "cases", file, "--new-customers", "--yes"], world))


if __name__ == "__main__":
    main(*sys.argv[1:4], int(sys.argv[4]))
