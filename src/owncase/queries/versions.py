"""Which version is each of these cases at: has somebody touched it since it was looked at?"""

import json
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from owncase.store.reader import Reader

VERSIONS = "SELECT number, version FROM cases WHERE number IN (SELECT value FROM json_each(:numbers))"


def versions(reader: "Reader", numbers: Collection[int]) -> dict[int, int]:
    """The version of each case of these numbers that there is."""
    rows = reader.rows(VERSIONS, numbers=json.dumps(list(numbers)))
    return {row["number"]: row["version"] for row in rows}
