"""Where nobody is on duty: what stretches of time leave open between two moments."""

from collections.abc import Iterable


def gaps(stretches: Iterable[tuple[str, str]], since: str, until: str) -> list[tuple[str, str]]:
    """The stretches between two moments in which nobody is on duty, in order. Overlaps are fine."""
    found, covered = [], since
    for begins, ends in sorted(stretches):
        if begins >= until:
            break
        if begins > covered:
            found.append((covered, begins))
        covered = max(covered, ends)
    return [*found, (covered, until)] if covered < until else found
