"""How long an answer takes, beside what any answer costs, and how that grows with the store.

    python benchmarks/reads.py [ROUNDS]

The floor is a Python that imports the parser, the driver and JSON and does nothing. Everything runs in turn, so that a
busy moment of the machine hits all alike; the fastest half of the rounds counts. Goals: within 1.3 times the floor, 1.8
for the report on all owners, and from 100 to 100,000 open cases by no more than 1.15.
"""

import sys
import tempfile
from pathlib import Path

from big_store import MOST, build
from timing import OWNCASE, READ_FLOOR, in_turn

SIZES = (100, 10_000, 100_000)
QUESTIONS: dict[str, tuple[list[str], float]] = {
    "next": (["next", "--limit", "20", "--json"], 1.3),
    "inbox": (["inbox", "--limit", "20", "--json"], 1.3),
    "show": (["show", "42", "--json"], 1.3),
    "who": (["who", "42", "--json"], 1.3),
    "list": (["list", "--limit", "20", "--json"], 1.3),
    "find": (["find", "order", "546", "--json"], 1.3),
    "report owners": (["report", "owners", "--json"], 1.8),
}
GROWTH = 1.15


def main() -> None:
    """Build the stores, measure, print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        stores = {size: Path(folder) / f"{size}.db" for size in SIZES}
        for size, path in stores.items():
            build(path, size)
        times = measured(stores, Path(folder), rounds)
    print_all(times)


def measured(stores: dict[int, Path], home: Path, rounds: int) -> dict[tuple[str, int], float]:
    """Seconds of each question on each store, and of the floor (size 0)."""
    runs = {("floor", 0): READ_FLOOR} | {
        (name, size): [*OWNCASE, "--store", str(path), *words]
        for name, (words, _) in QUESTIONS.items()
        for size, path in stores.items()
    }
    return in_turn(runs, rounds=rounds, environ={"HOME": str(home), "OWNCASE_AS": MOST})


def print_all(times: dict[tuple[str, int], float]) -> None:
    """A line for each question: milliseconds, ratio to the floor, and growth, with what is missed."""
    floor, largest = times["floor", 0], SIZES[-1]
    print(f"floor {floor * 1000:.0f} ms")
    for name, (_, goal) in QUESTIONS.items():
        ratios = [times[name, size] / floor for size in SIZES]
        growth = times[name, largest] / times[name, SIZES[0]]
        missed = [
            *(["slower than its goal"] if ratios[-1] > goal else []),
            *(["grows"] if growth > GROWTH and goal < 1.5 else []),
        ]
        shown = "  ".join(
            f"{size:,}: {times[name, size] * 1000:.0f} ms = {ratio:.2f}"
            for size, ratio in zip(SIZES, ratios, strict=True)
        )
        print(f"{name:14} {shown}  goal {goal}  growth {growth:.2f}  {', '.join(missed) or 'met'}")


if __name__ == "__main__":
    main()
