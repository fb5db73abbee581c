"""The long search of the schema: `python -m campaigns.search_schema [TRANSITIONS]` prints what it came to; exit 1 if anything broke."""

import sys
from itertools import cycle
from random import Random
from time import perf_counter

from campaigns.schema.search import SWITCHES, Search
from campaigns.schema.states import TELLING, reach
from campaigns.schema.world import begin

SEED = 20261123
STATES = 100
"""At least so many states have to be attacked, unless that would be too few transitions in each."""


def main(wanted: int) -> int:
    """Attack states under every set of switches in turn until so many transitions were tried."""
    started = perf_counter()
    paths = reach(begin(), depth=3, most=5_000)
    print(f"{len(paths):,} states within 3 events, found in {perf_counter() - started:.0f} s; seed {SEED}")
    Random(SEED).shuffle(paths)
    searches = [
        Search(begin(), switches, whole=False, every=61, depth=1, most=max(wanted // STATES, 5_000))
        for switches in SWITCHES
    ]  # fmt: skip
    started = perf_counter()
    for path, search in zip([*TELLING, *paths], cycle(searches)):
        search.attack(path)
        if sum(each.found.transitions for each in searches) >= wanted:
            break
    seconds = perf_counter() - started
    found = [search.found for search in searches]
    for each in found:
        for story in each.broken.values():
            print(f"\nBROKEN {story}")
    print(
        f"{sum(each.transitions for each in found):,} transitions from {sum(each.states for each in found):,} states, "
        f"{sum(each.took_effect for each in found):,} took effect, {sum(len(each.broken) for each in found)} broke a rule, "
        f"{seconds:.0f} s"
    )
    return int(any(each.broken for each in found))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 1_000_000))
