"""What a write costs as a whole process, beside a Python that imports the parser and the row writer and does nothing.

    python benchmarks/writes.py [ROUNDS]

One case after another is opened, worked on, handed over, acknowledged and offered for closing, in a store of 100 and
one of 100,000 open cases, in turn with the floor. A commit waits for the disk some four times; what one such wait costs
here is printed apart. Goals: within 1.5 times the floor, and no slower with a thousand times the cases (1.15).
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from big_store import MOST, build
from timing import OWNCASE, PYTHON, in_turn, line

SIZES = (100, 100_000)
TAKER = "person-1"
FLOOR = [*PYTHON, "-c", "import typer, sqlmodel"]
GOAL, GROWTH = 1.5, 1.15


def main() -> None:
    """Build, measure, print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9  # the smaller store has a case of `most` for each
    with tempfile.TemporaryDirectory() as folder:
        stores = {size: Path(folder) / f"{size}.db" for size in SIZES}
        for size, path in stores.items():
            build(path, size)
        print(f"one wait for the disk (4 KiB, fsync): {disk_wait(Path(folder)) * 1000:.2f} ms")
        times: dict[tuple[str, int], float] = {}
        floors = []
        for turn in range(rounds + 1):
            for size, path in stores.items():
                took = in_turn(life(path, case=4 + 10 * turn), rounds=0, environ={"HOME": folder})
                floors.append(took.pop("floor")) if turn else took.pop("floor")
                for verb, seconds in took.items() if turn else ():
                    times[verb, size] = min(seconds, times.get((verb, size), seconds))
    show(times, min(floors))


def life(store: Path, case: int) -> dict[str, list[str]]:
    """The commands of a case's life, in order, on a case of `most`; the floor stands among them."""
    base = [*OWNCASE, "--store", str(store)]
    mine, theirs, number = [*base, "--as", MOST], [*base, "--as", TAKER], str(case)
    plan = ["-n", "Call them back", "-d", "+3d"]
    return {
        "open": [*mine, "open", "The camera fails", "-c", "customer-1", *plan],
        "note": [*mine, "note", number, "They called again"],
        "done": [*mine, "done", number, *plan],
        "handoff": [*mine, "handoff", number, "--to", TAKER],
        "floor": FLOOR,
        "ack": [*theirs, "ack", number, *plan],
        "close": [*theirs, "close", number, "--outcome", "Replaced", "--confirmed-by", "Pat", "--to", MOST],
    }


def disk_wait(folder: Path) -> float:
    """Seconds that one fsync of four fresh kilobytes takes here."""
    with (folder / "wait").open("wb", buffering=0) as file:
        began = time.perf_counter()
        for _ in range(50):
            file.write(bytes(4096))
            os.fsync(file.fileno())
        return (time.perf_counter() - began) / 50


def show(times: dict[tuple[str, int], float], floor: float) -> None:
    """A line for each verb."""
    print(f"floor {floor * 1000:.0f} ms; the fastest of the rounds counts")
    for verb in ("open", "note", "done", "handoff", "ack", "close"):
        small, large = times[verb, SIZES[0]], times[verb, SIZES[-1]]
        flat = "flat" if large / small <= GROWTH else "GROWS"
        print(f"{line(verb, large, floor, GOAL)}   100 to 100,000 cases: {large / small:.2f} {flat}")


if __name__ == "__main__":
    main()
