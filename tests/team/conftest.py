"""The real OS users of this run, made where somebody first needs them."""

from collections.abc import Iterator

import pytest

from .os_users import CannotMakeUsers, Team, team_of


@pytest.fixture(scope="session")
def machine() -> Iterator[Team]:
    """Three users of one group and one who is not in it. Where they cannot be made, the tests skip, and say why."""
    try:
        with team_of(3) as made:
            yield made
    except CannotMakeUsers as why:
        pytest.skip(str(why))
