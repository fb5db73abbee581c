"""The gaps between stretches are exactly the moments that none of them holds."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from owncase.domain.gaps import gaps

minutes = st.integers(0, 40).map(lambda minute: f"2026-11-23T09:{minute:02}:00Z")
stretches = st.lists(st.tuples(minutes, minutes).filter(lambda pair: pair[0] < pair[1]), max_size=6)


@given(stretches, minutes, minutes)
def test_a_moment_is_in_a_gap_or_somebody_is_on_duty(published: list[tuple[str, str]], since: str, until: str) -> None:
    found = gaps(published, since, until)
    assert found == sorted(found)
    for minute in range(41):
        at = f"2026-11-23T09:{minute:02}:00Z"
        asked = since <= at < until
        covered = any(begins <= at < ends for begins, ends in published)
        assert any(begins <= at < ends for begins, ends in found) == (asked and not covered)


@given(stretches, minutes, minutes)
def test_gaps_lie_apart(published: list[tuple[str, str]], since: str, until: str) -> None:
    found = gaps(published, since, until)
    assert all(begins < ends for begins, ends in found)
    assert all(earlier[1] < later[0] for earlier, later in pairwise(found))
